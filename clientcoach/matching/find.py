"""Finding by words, however they are typed: what `playbook find` and the lists of the live call look things up with."""

from __future__ import annotations

import re
import unicodedata

from clientcoach.matching.words import TYPED, fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Item = tuple[Any, str]

WORD = re.compile(r"\w+")
WHOLE, START, INSIDE, STEM = 4, 3, 2, 1  # what a word that is found so is worth
SHORTEST_STEM = 4  # letters that two forms of a word must share
ENDING = 3  # letters at most that an ending takes


def folded(text: str) -> str:
    """What two spellings of a text have in common: it is as patterns see it (`words.fold`), without any accent or apostrophe."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return fold("".join(char for char in plain if not unicodedata.combining(char))).translate(TYPED).replace("'", "")


class Index:
    """Items by the words of their texts."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = list(items)
        self._texts = [folded(text) for _, text in self.items]

    def find(self, typed: str, *, stems: bool = False) -> list[Item]:
        """The items that have every word typed, best first: whole words, then beginnings, then what is inside of one; in their order else.

        `stems`: other forms of a word count too («доставку» finds «доставка»).
        """
        wanted = WORD.findall(folded(typed))
        if not wanted:
            return [] if stems else [item for item, text in zip(self.items, self._texts, strict=True) if folded(typed).strip() in text]
        scored = [(_worth(text, wanted, stems=stems), place) for place, text in enumerate(self._texts)]
        return [self.items[place] for worth, place in sorted((-worth, place) for worth, place in scored if worth)]


def _worth(text: str, wanted: list[str], *, stems: bool) -> int:
    """0 where a word is not there at all; a text that has them in a row is worth more, and one of few words."""
    words = WORD.findall(text)
    found = [_best(word, words, text, stems=stems) for word in wanted]
    if not all(found):
        return 0
    return 100 * sum(found) + 100 * (" ".join(wanted) in text) - min(len(words), 99)


def _best(wanted: str, words: list[str], text: str, *, stems: bool) -> int:
    if wanted in words:
        return WHOLE
    if wanted in text:
        return START if any(word.startswith(wanted) for word in words) else INSIDE
    stem = max(SHORTEST_STEM, len(wanted) - ENDING)
    akin = stems and any(word[:stem] == wanted[:stem] and len(word) - stem <= ENDING + 1 for word in words if len(word) >= stem)
    return STEM if akin and len(wanted) >= stem else 0
