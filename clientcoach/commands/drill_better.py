"""A better line for a debrief: the phrase of the packs that does an act in the case of a simulated customer."""

from __future__ import annotations

from clientcoach.case.read import read_case
from clientcoach.content import library
from clientcoach.errors import ContentError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from clientcoach.commands.session import Session

STEPS = "angry-customer"
# The part whose phrases do an act, and what it takes for granted. A read-back, an offer, a promise and a summary are made of what was told
# and agreed; the packs only lead into them, and the persona's own lines are better there.
PARTS: dict[str, tuple[str, str, dict[str, str]]] = {
    "explore": (STEPS, "listen.ask", {}),
    "empathy": (STEPS, "empathize.feel", {}),
    "apology": (STEPS, "apologize.own", {}),
    "boundary": (library.TURNS, "insult.limit", {"rung": "ask", "warned": "no"}),
    "transfer": (library.TURNS, "manager.offer", {}),
}
DANGERS = {"threat": "threat.say", "self_harm": "self_harm.ask"}  # `safety` is said to the one that the persona brings
KNOWN = ("customer", "customer_gender", "item", "order", "amount", "fault", "cause", "relationship", "channel")


def better(
    session: Session, persona: Mapping[str, Any], acts: Sequence[str], lang: str, *, anger: int | None = None
) -> dict[str, str] | None:
    """{id, text} of the phrase that does the first of `acts` that the packs have words for; None where they have none.

    `anger`: of the customer in that turn, 0–100. It depends on packs and policy alone, not on whose machine it is: no name, no settings.
    """
    place = _place(persona, acts)
    if place is None:
        return None
    name, part, told = place
    try:
        desk = session.desk(_case(persona, lang, anger), lang, told, name=name)
    except (ContentError, UsageError):  # a team's policy approves none, or a pack does not speak the language: the drill goes on
        return None
    found = desk.ranked(part)
    if not found:
        return None
    line = desk.line(part, found[0])
    return {"id": line["id"], "text": line["text"]}


def _place(persona: Mapping[str, Any], acts: Sequence[str]) -> tuple[str, str, dict[str, str]] | None:
    """The playbook, the part and what it takes for granted."""
    danger = next((DANGERS[name] for name in persona["card"]["events"] if name in DANGERS), None)
    known = {**PARTS, "safety": (library.TURNS, danger, {})} if danger else PARTS
    return next((known[act] for act in acts if act in known), None)


def _case(persona: Mapping[str, Any], lang: str, anger: int | None) -> dict[str, Any]:
    """The persona's case as a call would know it."""
    given = {name: value for name, value in persona["case"].items() if name in KNOWN}
    given |= {"lang": lang, "prior": persona["card"]["prior"]}
    return read_case(given if anger is None else {**given, "anger": anger // 10})
