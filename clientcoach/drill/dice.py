"""Chance by seed: SplitMix64 (Steele, Lea and Flood 2014), the same on every Python and machine.

Not `random`: Python promises that `random()` stays as it is, but not how `randrange`, `choice` or `shuffle` draw from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALL = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
T = TypeVar("T")


class Dice:
    """One seeded generator. Several numbers make one seed, so that the fifth customer does not depend on the four before."""

    __slots__ = ("at",)

    def __init__(self, *seeds: int) -> None:
        self.at = 0
        for number, seed in enumerate(seeds):
            self.at = (self.at ^ seed) & _ALL if not number else self.draw() ^ (seed & _ALL)

    def draw(self) -> int:
        """The next 64 bits."""
        self.at = (self.at + _STEP) & _ALL
        mixed = ((self.at ^ (self.at >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _ALL
        return mixed ^ (mixed >> 31)

    def below(self, count: int) -> int:
        """0 to count - 1; of 64 bits the bias is less than one in a hundred thousand million."""
        return self.draw() % count

    def between(self, low: int, high: int) -> int:
        """A number of a range, both ends in it."""
        return low + self.below(high - low + 1)

    def pick(self, items: Sequence[T]) -> T:
        """One of several."""
        return items[self.below(len(items))]
