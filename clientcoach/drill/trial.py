"""A persona tried out: how the reference fares with it, and how the blamer; every word of it heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientcoach.drill.dice import Dice
from clientcoach.drill.picks import line, picks, reference
from clientcoach.drill.policies import POLICIES
from clientcoach.drill.score import DANGERS, LIMITS
from clientcoach.drill.simulate import play
from clientcoach.drill.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from clientcoach.drill.state import Card, Model

GOOD, BAD = "five_steps", "blamer"


class Outcome(NamedTuple):
    """How a policy's call ended, and after how many turns."""

    end: str
    turns: int


def outcome(model: Model, card: Card, policy: str) -> Outcome:
    """The same with every seed: the dice choose words, not numbers."""
    state = play(model, card, POLICIES[policy], Dice(0))
    return Outcome(state.end, state.turn)


def wins(card: Card) -> set[str]:
    """The ends that are as good as can be: where danger or abuse is sure to come, also the ways out of it."""
    told = {name for name, _ in card.scripted}
    ends = {"settled"}
    if not told.isdisjoint(DANGERS):
        ends.add("handed_over")
    if not told.isdisjoint(LIMITS) or card.style == "abusive":
        ends.add("boundary_end")
    return ends


def unsaid(model: Model, persona: Mapping[str, Any], seeds: Iterable[int]) -> list[int]:
    """The seeds with which somebody has nothing to say: in a call of the reference, the lines to pick from among it."""
    return [seed for seed in seeds if not _said(Talk(model, persona, seed))]


def _said(talk: Talk) -> bool:
    heard = bool(talk.opening)
    while not talk.ended:
        heard = heard and all(pick.text for pick in picks(talk))
        acts = reference(talk)
        one = talk.take(acts, line(talk, acts))
        heard = heard and bool(one.answer)
    return heard
