"""How a call ends, and how the next one begins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientcoach.drill.state import bounded, start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientcoach.drill.state import Card, Model, State

ENDS = ("settled", "grudging", "false_peace", "boundary_end", "handed_over", "left", "hung_up", "timeout")  # as simulation@1 has them


def end(model: Model, state: State, before: tuple[int, int, int], told: Sequence[str], *, abused: bool) -> str:
    """The end of the call, or nothing. `abused`: the worker set a limit once more, after a warning that did not help."""
    if "hang_up" in told:
        return "hung_up"
    if state.handed:
        return "handed_over"
    if abused:
        return "boundary_end"
    if "leaving" in state.events and "leaving" not in told and state.anger - before[0] >= model["ends"]["left"]["anger"]:
        return "left"  # they said they would, and it got worse
    if state.closing and "one_more_thing" not in told and (agreed := agreement(model, state)):
        return agreed
    timeout, agreed_on = model["ends"]["timeout"], state.solution >= model["gates"]["solution"]["at"]
    return "timeout" if state.turn >= timeout["turns"] + (timeout["grace"] if agreed_on else 0) else ""


def agreement(model: Model, state: State) -> str:
    """What a summing-up comes to now: settled, false_peace (nobody has said by when), grudging, or nothing."""
    ends = model["ends"]
    if state.anger <= ends["settled"]["anger"] and state.heard >= ends["settled"]["heard"]:
        return "settled" if state.promised else "false_peace"
    return "grudging" if state.anger <= ends["grudging"]["anger"] else ""


def second_call(model: Model, card: Card, first: State, *, kept: bool) -> tuple[Card, State]:
    """The customer calls again: what was felt is still felt, and a promise was kept or was not; more than one may give never is."""
    told = model["second_call"]
    anger, trust, again = first.anger, first.trust, card
    if kept:
        trust += told["kept"]["trust"]
    else:
        anger += told["broken"]["anger"]
        again = replace(card, prior=card.prior + told["broken"]["prior"])
    if first.overpromised:
        anger += told["overpromised"]["anger"]
        trust += told["overpromised"]["trust"]
    state = start(model, replace(again, vent=0))  # the story is known: it is read back, not told again
    state.anger, state.trust, state.heard = bounded(anger), bounded(trust), first.heard
    state.known, state.peak, state.told = list(first.known), state.anger, 1
    return replace(again, scripted=()), state
