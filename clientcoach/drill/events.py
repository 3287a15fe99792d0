"""What the customer does between two turns of the worker; each once, named as the interruptions of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientcoach.drill.state import FULL

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientcoach.drill.state import Card, Model, State

    Before = tuple[int, int, int]  # anger, trust, heard before the turn


def happen(model: Model, card: Card, state: State, before: Before) -> list[str]:
    """The events of this turn, noted in the state."""
    state.hot = state.hot + 1 if state.anger >= model["events"]["manager"]["anger"] else 0
    found = [name for name in KINDS if _may_come(name, state) and _comes(name, model, card, state, before)]
    unasked = [name for name in found if name not in ALONG]
    found = [name for name in found if name in ALONG or name == unasked[0]]  # one thing at a time; what still holds comes next
    state.events.update(dict.fromkeys(found, state.turn))
    if "refuses_all" in found:
        state.solution = max(0, state.solution - model["events"]["refuses_all"]["solution"])
    lately = state.turn - state.events.get("insult", 0) <= model["events"]["insult"]["turns"]
    state.abusing = "insult" in found or (state.abusing and lately and "boundary" not in state.replies)
    state.endangered = state.endangered or not DANGERS.isdisjoint(found)
    return found


def _may_come(name: str, state: State) -> bool:
    """Each once; an insult once more, where a limit did not help."""
    return name not in state.events or (name == "insult" and state.warned > 0 and not state.abusing)


def _comes(name: str, model: Model, card: Card, state: State, before: Before) -> bool:
    """By itself, or because the persona does it in any case. Nobody threatens who has just been helped, or without a cause."""
    risen, at = state.anger - before[0], model["events"]
    if name in card.never or (name in HOSTILE and (-risen >= at["helped"]["anger"] or not CALMING.isdisjoint(state.replies))):
        return False
    if name not in state.events and any(name == one and turn <= state.turn for one, turn in card.scripted):
        return not _out_of_place(name, state)
    worse = risen >= at["provoked"]["anger"] or state.anger == FULL
    if name in (*HOSTILE, "hang_up") and (not worse or state.turn < _earliest(model, name)):
        return False
    return name in EVENTS and EVENTS[name](model, card, state, before)


def _earliest(model: Model, name: str) -> int:
    at: dict[str, int] = model["events"]["earliest"]
    return at["hang_up" if name == "hang_up" else "unasked"]


def _out_of_place(name: str, state: State) -> bool:
    """Nothing to turn down yet; nothing that could be read from a sheet; no pause but in the story; no new beginning at the close."""
    said = {"refuses_all": OFFERED, "scripted": SHEET, "silence": {"listen"}}.get(name)
    listened = set(state.replies) <= {"listen"}
    if name == "talks_over" and (listened or not state.vent_left):
        return True
    return state.closing or (said is not None and said.isdisjoint(state.replies))


def of_the_customer(model: Model, turn: int) -> bool:
    """Whether an event so early belongs to how the customer came, not to what the worker did."""
    opening: int = model["events"]["opening"]["turns"]
    return turn < opening


def _insult(model: Model, card: Card, state: State, _before: Before) -> bool:
    at: dict[str, int] = model["events"]["insult"]
    if card.style not in ABUSIVE:
        return False
    if "boundary" in state.replies:  # who has just been told pulls himself together
        return False
    return state.anger >= (min(at["abusive"], at["anger"]) if card.style == "abusive" else at["anger"])


def _manager(model: Model, _card: Card, state: State, _before: Before) -> bool:
    at: dict[str, int] = model["events"]["manager"]
    return state.hot >= at["turns"] or state.trust <= at["trust"]


def _review(model: Model, _card: Card, state: State, _before: Before) -> bool:
    at: dict[str, int] = model["events"]["review"]
    return state.anger >= at["anger"] and state.trust <= at["trust"]


def _legal(model: Model, card: Card, state: State, _before: Before) -> bool:
    return (card.prior > 0 or state.denied) and bool(state.trust <= model["events"]["legal"]["trust"])


def _leaving(model: Model, _card: Card, state: State, _before: Before) -> bool:
    at: dict[str, int] = model["events"]["leaving"]
    return state.trust <= at["trust"] or state.failed >= at["failed"]


def _silence(model: Model, card: Card, state: State, before: Before) -> bool:
    return card.style in ("cold", "anxious") and before[2] - state.heard >= model["events"]["silence"]["fell"]


def _tears(model: Model, card: Card, state: State, _before: Before) -> bool:
    at = model["events"]["tears"]
    relieved = card.style == "anxious" and state.peak >= at["from"] and state.anger < at["below"] and state.heard >= at["heard"]
    return relieved or any(card.facts[number].hardship for number in state.known)


def _softening(model: Model, _card: Card, state: State, _before: Before) -> bool:
    at: dict[str, int] = model["events"]["softening"]
    return state.heard >= at["heard"] and state.anger < at["anger"]


def _one_more_thing(_model: Model, card: Card, state: State, _before: Before) -> bool:
    """At the close, what was not told comes out; the call goes on with it."""
    hidden = [number for number in range(len(card.facts)) if number not in state.known]
    if not state.closing or not hidden:
        return False
    state.known.append(hidden[0])
    state.fresh.append(hidden[0])
    return True


def _hang_up(model: Model, _card: Card, state: State, _before: Before) -> bool:
    at: dict[str, int] = model["events"]["hang_up"]
    return state.anger >= at["anger"] or (state.handed == "cold" and state.anger >= at["transfer"])


EVENTS: dict[str, Callable[[Model, Card, State, Before], bool]] = {
    "insult": _insult,
    "manager": _manager,
    "review": _review,
    "legal": _legal,
    "leaving": _leaving,
    "silence": _silence,
    "tears": _tears,
    "softening": _softening,
    "one_more_thing": _one_more_thing,
    "hang_up": _hang_up,
}
DANGERS = frozenset(("threat", "self_harm"))
# what only a persona does
SCRIPTED = (
    "threat", "self_harm", "talks_over", "refuses_all", "scripted", "recording", "other_language", "not_the_owner",
)  # fmt: skip
KINDS = (*SCRIPTED, *EVENTS)
OFFERED = {"propose", "choice", "compensation", "compensation_other"}
CALMING = {*OFFERED, "propose_unheard", "promise", "hold_timed"}  # what is answered with anything but a threat
# What sounds read from a sheet.
SHEET = {
    "apology_generic", "empathy_generic", "flat_no", "explanation", "explanation_early", "jargon", "promise_vague", "propose_vague",
}  # fmt: skip
ABUSIVE = ("loud", "abusive")  # who insults by themselves; others only where the persona does
# What nobody does who has just been helped.
HOSTILE = ("threat", "talks_over", "insult", "manager", "review", "legal", "leaving")
ALONG = ("softening", "one_more_thing", "hang_up")  # what may come beside another: an answer, or the end
