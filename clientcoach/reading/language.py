"""Which of the four languages a text is in, from its letters and its commonest words. Kazakh is also known in Russian letters alone and in Latin."""

from __future__ import annotations

import re

from clientcoach.reading.words import Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Tables = Mapping[str, Mapping[str, Any]]  # by language: letters, words, endings

CYRILLIC = re.compile("[а-я]")
LETTER = 2  # what a letter of its own counts
MOST_LETTERS = 6  # letters that count; more say nothing more
SIDES = {True: ("ru", "kk"), False: ("en", "pl", "kk")}  # by script; a tie goes to the first


def language(text: str, words: Words, tables: Tables) -> tuple[str, float]:
    """The language, and how sure (0: a guess, 1: nothing speaks for another)."""
    side = SIDES[CYRILLIC.search(words.low) is not None]
    low = text.lower()
    scores = [_score(words.folded, low, tables[lang]) for lang in side]
    best = max(range(len(side)), key=lambda place: (scores[place], -place))
    rest = max(score for place, score in enumerate(scores) if place != best)
    return side[best], round((scores[best] - rest) / (scores[best] + rest), 2) if scores[best] else 0.0


def _score(folded: Sequence[str], low: str, table: Mapping[str, Any]) -> int:
    known: Mapping[str, int] = table["words"]
    score = sum([known[word] for word in folded if word in known])
    if not low.isascii() and table.get("letters"):
        score += LETTER * min(MOST_LETTERS, sum(map(low.count, table["letters"])))
    endings = table.get("endings")
    return score + sum(word.endswith(tuple(endings)) for word in folded) if endings else score
