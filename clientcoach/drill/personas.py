"""A random customer by seed, for `drill simulate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientcoach.case.fields import CAUSES
from clientcoach.drill.dice import Dice
from clientcoach.drill.state import NEEDS, STYLES, Card, Fact

if TYPE_CHECKING:
    from clientcoach.drill.state import Model

_LOSS = {"product": "fix", "promise": "deadline", "delivery": "deadline", "staff": "respect", "experience": "respect", "billing": "money"}


def generate(model: Model, *seeds: int) -> Card:
    """A customer; the same seeds and model give the same."""
    dice, ranges = Dice(*seeds), model["personas"]

    def draw(name: str) -> int:
        return dice.between(ranges[name]["from"], ranges[name]["to"])

    cause = dice.pick(CAUSES)
    return Card(
        cause=cause,
        severity=draw("severity"),
        prior=draw("prior"),
        style=dice.pick(STYLES),
        reactivity=draw("reactivity"),
        forgiveness=draw("forgiveness"),
        vent=draw("vent"),
        one_off=dice.below(100) < ranges["one_off"]["percent"],
        needs=tuple(dict.fromkeys((_LOSS.get(cause, "fix"), dice.pick(NEEDS)))),
        facts=_facts(model, dice, draw("facts"), hardship=dice.below(100) < ranges["hardship"]["percent"]),
    )


def _facts(model: Model, dice: Dice, count: int, *, hardship: bool) -> tuple[Fact, ...]:
    """The first comes with the story; the others are asked for, and guarded. Hardship is the last."""
    facts = [Fact("listen", "heard", 0, hardship=False)]
    for number in range(1, count):
        gate = dice.pick(("heard", "trust")) if number > 1 else "heard"
        guard = model["personas"][gate]
        at = dice.between(guard["from"], guard["to"]) if number > 1 else 0
        facts.append(Fact("explore", gate, at, hardship=hardship and number == count - 1))
    return tuple(facts)
