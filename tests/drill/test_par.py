"""The reference with every customer that ships: it keeps every rule that there is a chance for, so that no debrief sends anybody astray."""

from __future__ import annotations

from typing import Any

import pytest

from clientcoach.content import library
from clientcoach.drill.debrief import debrief
from clientcoach.drill.score import KEPT, NO_CHANCE, slips
from clientcoach.drill.talk import Talk
from clientcoach.drill.what_if import par
from tests.drill.models import model

PLACES: Any = {"packs": [library.bundled()], "policy": None, "cache": None}
NAMES = library.personas(PLACES)


@pytest.mark.parametrize("name", NAMES)
def test_par_is_a_call_without_a_fault(name: str) -> None:
    persona = library.persona(PLACES, name, "en")
    for seed in range(3):
        talk = par(Talk(model(), persona, seed))
        told = debrief(talk)
        assert (slips(talk), told["costliest"], told["rule"], told["critical"]) == ([], None, None, [])
        assert {one["mark"] for one in told["marks"].values()} <= {KEPT, NO_CHANCE}
        assert (told["process"], told["outcome"]["end"]) == (100, told["par"]["end"])
        assert told["outcome"]["end"] == ("handed_over" if talk.state.endangered else "settled")


def test_somebody_shows_each_rule() -> None:
    talks = [par(Talk(model(), library.persona(PLACES, name, "en"), 0)) for name in NAMES]
    shown = {rule for talk in talks for rule, one in debrief(talk)["marks"].items() if one["mark"] == KEPT}
    assert shown == set(model()["rules"])
