"""Many calls of a policy with random customers: how they end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.drill.dice import Dice
from clientcoach.drill.ends import ENDS
from clientcoach.drill.personas import generate
from clientcoach.drill.policies import POLICIES
from clientcoach.drill.state import start
from clientcoach.drill.turn import take

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientcoach.drill.policies import Policy
    from clientcoach.drill.state import Card, Model, State


def simulate(model: Model, names: Iterable[str], runs: int, seed: int) -> dict[str, Any]:
    """{policy: {end: share 0..1, …, "turns": mean, "trust": mean at the end}}; every policy meets the same customers."""
    cards = [generate(model, seed, number) for number in range(runs)]
    return {name: _policy(model, name, cards, seed) for name in names}


def _policy(model: Model, name: str, cards: list[Card], seed: int) -> dict[str, float]:
    policy = POLICIES[name]
    ended = [play(model, card, policy, Dice(seed, number, len(cards))) for number, card in enumerate(cards)]
    ends = [state.end for state in ended]
    return {
        **{end: round(ends.count(end) / len(cards), 4) for end in ENDS},
        "turns": round(sum(state.turn for state in ended) / len(cards), 1),
        "trust": round(sum(state.trust for state in ended) / len(cards), 1),
    }


def play(model: Model, card: Card, policy: Policy, dice: Dice) -> State:
    """One call to its end."""
    state = start(model, card)
    while not state.end:
        take(model, card, state, policy(model, state, dice))
    return state
