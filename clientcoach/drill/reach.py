"""What a persona's hidden facts need: which of them are told, by whoever works well and goes on asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientcoach.drill.dice import Dice
from clientcoach.drill.policies import five_steps
from clientcoach.drill.state import start
from clientcoach.drill.turn import take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientcoach.drill.state import Card, Model


def reached(model: Model, card: Card) -> list[int]:
    """The numbers of the facts that come by listening and asking, in the order they come; what slips out at the end counts for nothing."""
    state, dice = start(model, card), Dice(0)
    found = list(state.known)
    while not state.end:
        acts = five_steps(model, state, dice)
        told = take(model, card, state, acts if len(state.known) == len(card.facts) or state.endangered else _asking(acts))
        if "one_more_thing" not in told:
            found += state.fresh
    return found


def _asking(acts: Sequence[str]) -> Sequence[str]:
    """The same with a question, and without the end."""
    return (*(act for act in acts if act not in ("confirm", "explore")), "explore")
