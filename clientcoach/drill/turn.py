"""A turn: the worker's acts one after the other, the limits of a turn, then what the customer does and whether it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientcoach.drill.acts import act, interruption
from clientcoach.drill.ends import end
from clientcoach.drill.events import happen
from clientcoach.drill.state import bounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientcoach.drill.acts import Change
    from clientcoach.drill.state import Card, Model, State


def take(model: Model, card: Card, state: State, acts: Sequence[str]) -> list[str]:
    """Changes the state; the events of this turn. After `state.end` is set there is no further turn."""
    state.turn += 1
    state.closing, state.handed = False, ""
    state.replies, state.fresh = [], []
    before = (state.anger, state.trust, state.heard)
    abused = state.abusing and state.warned > 0
    _act(model, card, state, acts, before)
    if state.turn > model["patience"]["after"]:
        state.anger = bounded(state.anger + model["patience"]["anger"])
    state.peak = max(state.peak, state.anger)
    told = happen(model, card, state, before)
    state.end = end(model, state, before, told, abused="boundary" in acts and abused)
    return told


def _act(model: Model, card: Card, state: State, acts: Sequence[str], before: tuple[int, int, int]) -> None:
    """Each act meets the customer as the one before has left him; all together do not pass the limits."""
    total = [0, 0, 0]
    cut = False
    for name in acts:
        changes = [act(model, card, state, name)]
        if state.vent_left > 0 and not cut and name in model["interrupt"]["acts"]:
            cut = True
            changes.append(interruption(model, card, state))
        for change in changes:
            _add(model, state, total, change, before)


def _add(model: Model, state: State, total: list[int], change: Change, before: tuple[int, int, int]) -> None:
    for place, name in enumerate(("anger", "trust", "heard")):
        total[place] += change[place]
        limit = model["limits"][name]
        setattr(state, name, bounded(before[place] + max(-limit["down"], min(limit["up"], total[place]))))
    state.solution = bounded(state.solution + change[3])
