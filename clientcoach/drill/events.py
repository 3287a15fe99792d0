"""What the customer does between two turns of the worker; each once, named as the interruptions of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientcoach.drill.state import Card, Model, State

    Before = tuple[int, int, int]  # anger, trust, heard before the turn


def happen(model: Model, card: Card, state: State, before: Before) -> list[str]:
    """The events of this turn, noted in the state."""
    state.hot = state.hot + 1 if state.anger >= model["events"]["manager"]["anger"] else 0
    state.abusing = _insult(model, card, state, before)
    found = [name for name, holds in EVENTS.items() if name not in state.events and holds(model, card, state, before)]
    state.events.update(dict.fromkeys(found, state.turn))
    return found


def of_the_customer(model: Model, turn: int) -> bool:
    """Whether an event so early belongs to how the customer came, not to what the worker did."""
    opening: int = model["events"]["opening"]["turns"]
    return turn < opening


def _insult(model: Model, card: Card, state: State, _before: Before) -> bool:
    at: dict[str, int] = model["events"]["insult"]
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
