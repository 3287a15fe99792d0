"""Can a phrase ever be said? The most specific eligible phrase wins, so one can be shadowed by others for good.

A fact that nobody has told yet has no value, and no condition on it holds. Of the variables only those that the phrase itself needs
are taken as known: a phrase is reachable when there is one case in which nothing more specific is eligible.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from clientcoach.coach.facts import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clientcoach.coach.shapes import Phrase
    from clientcoach.content.structure import Structure

ALWAYS_KNOWN = ("verified", "hardship", "verify", "owns")  # coach/facts.py sets these whatever the case says
_LIMIT = 200_000  # combinations tried for one phrase


def unreachable(phrases: list[Phrase], part: str, book: Structure) -> Iterator[Phrase]:
    """The phrases of a part that can never win."""
    said_when = book.parts.get(part, {})
    for phrase in phrases:
        rivals = [
            other["when"]
            for other in phrases
            if other["specificity"] > phrase["specificity"] and set(other["forms"]["say"]["needs"]) <= set(phrase["forms"]["say"]["needs"])
        ]
        if not _wins(phrase["when"], rivals, said_when, book):
            yield phrase


def _wins(
    when: Mapping[str, list[str]],
    rivals: Sequence[Mapping[str, list[str]]],
    said_when: Mapping[str, list[str]],
    book: Structure,
) -> bool:
    names = sorted({*when, *said_when, *(name for rival in rivals for name in rival)})
    choices = [_choices(name, when.get(name), said_when.get(name), book) for name in names]
    for number, values in enumerate(product(*choices)):
        facts = dict(zip(names, values, strict=True))
        if number >= _LIMIT or not any(holds(rival, facts) for rival in rivals):
            return True
    return False


def _choices(name: str, wanted: list[str] | None, part: list[str] | None, book: Structure) -> list[str]:
    """The values a fact can have while both conditions hold; "" stands for a fact nobody has told."""
    values = [*(book.values(name) or ())]
    if name not in ALWAYS_KNOWN:
        values.insert(0, "")
    return [value for value in values if all(value in limit for limit in (wanted, part) if limit is not None)]
