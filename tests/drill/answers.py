"""Answers for `drill run`: what the reference would do, as lines of NDJSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.content import library
from clientcoach.drill.picks import reference
from clientcoach.drill.talk import Talk
from tests.support import ndjson

if TYPE_CHECKING:
    from tests.support import Place


def played(at: Place, name: str, lang: str, seed: int = 0, *, again: str = "", first: Talk | None = None, begin: str = "") -> Talk:
    """A call of the reference policy with a persona; `begin`: an act before it."""
    places = at.session().places
    talk = Talk(library.drill_model(places), library.persona(places, name, lang), seed, again=again, first=first)
    if begin:
        talk.take([begin])
    while not talk.ended:
        talk.take(reference(talk))
    return talk


def answers(talk: Talk) -> list[dict[str, Any]]:
    """The turns of a call as answers."""
    return [{"act": list(one.acts)} for one in talk.rounds]


def file(at: Place, *lines: Any, name: str = "answers.ndjson") -> str:
    """A file of answers in the working directory."""
    (at.cwd / name).write_bytes(ndjson(lines))
    return str(at.cwd / name)
