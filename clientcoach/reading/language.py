"""Which language a text is in, of those that have signals, from its letters and its commonest words; Kazakh also in others’."""

from __future__ import annotations

import re

from clientcoach.case.languages import LANGS, SCRIPTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from clientcoach.matching.words import Words

    Tables = Mapping[str, Mapping[str, Any]]  # by language: letters, words, endings

CYRILLIC = re.compile("[а-я]")
LETTER = 2  # what a letter of its own counts
CLEAR = 4  # weight from which words alone may decide
MOST_LETTERS = 6  # letters that count; more say nothing more


class Languages:
    """What tells the languages apart, ready to be held against texts."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        known = [lang for lang in LANGS if lang in tables]  # a tie goes to the first
        self.sides = [[lang for lang in known if script in SCRIPTS[lang]] for script in ("LATIN", "CYRILLIC")]
        self.words: dict[str, list[tuple[str, int]]] = {}
        for lang, table in tables.items():
            for word, weight in table["words"].items():
                self.words.setdefault(word, []).append((lang, weight))

    def told(self, text: str, words: Words) -> tuple[str, float]:
        """The language, and how sure (0: a guess, 1: nothing speaks for another)."""
        side = self.sides[not words.low.isascii() and CYRILLIC.search(words.low) is not None]
        scores = dict.fromkeys(side, 0)
        known = self.words
        for word in filter(known.__contains__, words.folded):
            for lang, weight in known[word]:
                if lang in scores:
                    scores[lang] += weight
        if not text.isascii():
            self._letters(text.lower(), scores)
        best, rest = _first_two(scores)
        if scores[best] < CLEAR or scores[best] < 2 * scores[rest]:
            self._endings(words.folded, scores)
            best, rest = _first_two(scores)
        total = scores[best] + scores[rest]
        return best, round((scores[best] - scores[rest]) / total, 2) if total else 0.0

    def _letters(self, low: str, scores: dict[str, int]) -> None:
        for lang in scores:
            letters = self.tables[lang].get("letters")
            if letters:
                scores[lang] += LETTER * min(MOST_LETTERS, sum(map(low.count, letters)))

    def _endings(self, folded: Sequence[str], scores: dict[str, int]) -> None:
        """Where words alone do not tell, the ends of words do."""
        for lang in scores:
            endings = tuple(self.tables[lang].get("endings") or ())
            if endings:
                scores[lang] += sum(word.endswith(endings) for word in folded)


def _first_two(scores: Mapping[str, int]) -> list[str]:
    return sorted(scores, key=lambda lang: -scores[lang])[:2]
