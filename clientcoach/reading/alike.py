"""Which of a few known lines a sentence says, in other words or another order: by the beginnings of the words they share.

Beginnings, because the four languages inflect at the end; no measure of letters (edit distance) sees that a word was moved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

STEM = 5  # letters by which a word is known in another form
SHORTEST = 4  # letters of a word that says something
ENOUGH = 3  # words that two lines share at least, unless the shorter has no more
ALIKE = 67  # percent of the words of the longer and of the shorter line, taken together, that they share
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_SENTENCE = re.compile(r"[^.?!…\n]+[.?!…\n]*")


class Lines:
    """Known lines by what they do."""

    def __init__(self, lines: Mapping[str, Iterable[str]]) -> None:
        self.known = [(name, words) for name, texts in lines.items() for line in texts for words in _said(line)]

    def nearest(self, sentence: str) -> str:
        """What the most alike line does; "" where none is alike enough. Of two the first."""
        words = stems(sentence)
        best, name = max(((_alike(words, line), -place) for place, (_, line) in enumerate(self.known)), default=(0, 0))
        return self.known[-name][0] if best >= ALIKE else ""


def _said(line: str) -> Iterator[frozenset[str]]:
    """The words of each of its sentences; a single word tells something only where it is the whole line."""
    parts = [stems(line[start:end]) for start, end in sentences(line)]
    return (words for words in parts if len(words) > 1 or len(parts) == 1)


def _alike(one: frozenset[str], other: frozenset[str]) -> int:
    """Percent."""
    shared = len(one & other)
    whole = len(one) + len(other)
    return 200 * shared // whole if whole and shared >= min(ENOUGH, len(one), len(other)) else 0


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that say something."""
    return frozenset(word[:STEM] for word in _WORD.findall(text.casefold()) if len(word) >= SHORTEST)


def numbers(text: str) -> frozenset[str]:
    """The numbers written in digits."""
    return frozenset(_NUMBER.findall(text))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends."""
    return (match.span() for match in _SENTENCE.finditer(text) if match[0].strip())
