"""Calls of tests: what was done in each turn, as text."""

from __future__ import annotations

from copy import copy
from typing import Any

from clientcoach.drill.talk import Talk
from tests.drill.models import model
from tests.drill.people import persona

# What the five steps do with the persona of the tests, to its end.
GOOD = ("listen", "listen explore", "paraphrase empathy explore", "apology own", "propose choice promise", "confirm thank")


def call(*turns: str, seed: int = 0, given: dict[str, Any] | None = None, **card: Any) -> Talk:
    """The call after turns of acts ("listen explore"), each said as itself; `given`: its state before the first."""
    talk = Talk(model(), persona(**card), seed)
    for name, value in (given or {}).items():
        setattr(talk.state, name, copy(value))
    if given:
        talk.begin(talk.state)
    for acts in turns:
        assert not talk.ended, f"over before: {acts}"
        talk.take(acts.split(), f"“{acts}”")
    return talk
