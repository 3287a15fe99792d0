"""The generator is SplitMix64, the same on every Python."""

from __future__ import annotations

from collections import Counter

from clientcoach.drill.dice import Dice


def test_it_is_splitmix64() -> None:
    """The numbers that other implementations print for this seed (https://rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64)."""
    dice = Dice(1234567)
    assert [dice.draw() for _ in range(5)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_every_number_of_a_seed_counts() -> None:
    firsts = {seeds: Dice(*seeds).draw() for seeds in [(0,), (1,), (0, 0), (0, 1), (1, 0), (1, 1), (0, 0, 1), (-1,), (2**64, 5)]}
    assert len(set(firsts.values())) == len(firsts)


def test_what_is_drawn_is_in_its_range_and_all_of_it_comes() -> None:
    dice = Dice(7)
    drawn = Counter(dice.between(-2, 3) for _ in range(6000))
    assert set(drawn) == set(range(-2, 4))
    assert all(800 < count < 1200 for count in drawn.values())
    assert {dice.pick("abc") for _ in range(50)} == set("abc")
