"""Phrases for recall, drawn by seed: other ones with another seed, none twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from clientcoach.drill.dice import Dice

if TYPE_CHECKING:
    from collections.abc import Sequence

    Thing = TypeVar("Thing")

CARDS = 17  # what the dice are thrown for


def drawn(things: Sequence[Thing], count: int, seed: int) -> list[Thing]:
    """So many of them, or all where there are fewer, in the order they were drawn."""
    left, dice = list(things), Dice(seed, CARDS)
    return [left.pop(dice.below(len(left))) for _ in range(min(count, len(left)))]
