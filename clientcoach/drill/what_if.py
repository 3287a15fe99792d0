"""The same call in another way: as it stood before a turn, with other acts from there, or as the reference would have had it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.drill.picks import line, reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientcoach.drill.talk import Talk

CURVES = ("anger", "trust")


def before(talk: Talk, turn: int) -> Talk:
    """The call as it stood before a turn; the first is 1."""
    found = talk.afresh()
    for one in talk.rounds[: turn - 1]:
        found.take(one.acts, one.said, aided=one.aided)
    return found


def par(talk: Talk) -> Talk:
    """The reference with the same customer and seed."""
    return _to_the_end(talk.afresh())


def what_if(talk: Talk, turn: int, acts: Sequence[str]) -> dict[str, Any]:
    """{"curves": {"anger": […], "trust": […]}, "end": …, "talk": Talk}: `acts` in that turn (1 to the last), then what was really done,
    as long as the call lives, then the reference to the end.
    """
    found = before(talk, turn)
    found.take(acts, said(found, acts))
    for one in talk.rounds[turn:]:
        if not found.ended:
            found.take(one.acts, one.said)
    _to_the_end(found)
    return {"curves": curves(found), "end": found.state.end, "talk": found}


def curves(talk: Talk) -> dict[str, list[int]]:
    """Anger and trust, as the call began and after each turn."""
    return {name: talk.curve(name) for name in CURVES}


def said(talk: Talk, acts: Sequence[str]) -> str:
    """What the persona's own lines say for acts now; nothing for those that have none (a name is said within another line)."""
    known = [act for act in acts if act == "explore" or act in talk.persona["texts"]["lines"]]
    return line(talk, known) if known else ""


def _to_the_end(talk: Talk) -> Talk:
    while not talk.ended:
        acts = reference(talk)
        talk.take(acts, said(talk, acts))
    return talk
