"""A text as words that patterns can be held against: folded, with stops between sentences. One pass, linear in its length.

Folding takes away what people leave out when they type in a hurry: case, Polish diacritics, the letters that a Russian keyboard lacks
in Kazakh, ё, apostrophes, letters drawn out ("soooo"). Patterns are folded the same way, so that either spelling is found.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_FOLDED = str.maketrans("ёąćęłńóśźżәіңғүұқө’ʼ´‑", "еacelnoszzаингууко'''-")  # Kazakh letters as Russian keyboards type them
TYPED = str.maketrans("һ", "х")  # typed so too, but not folded: «һәм» is no «хам». A pattern with һ stands for both
_TOKEN = re.compile(
    r"[^\W_]+(?:'[^\W_]+)*"
    r"|[:;=]-?[()\[\]/\\|dp](?![^\W_])|[(]{2,}|[)]{2,}|[\u2620-\u2764\U0001F300-\U0001FAFF]"
    r"|[.;…]+(?=[\s\"'»”)]|$)|[!?…][!?….]*|\n(?=[ \t]*(?:\n|[-*•–—]|\d+[.)]))\s*"
    r"|[\"«»„“”]"
)
_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1+")
STOPS = frozenset(".;!?…\n")  # what a token begins with that ends a sentence
QUOTES = frozenset('"«»„“”')
OPENING, CLOSING = "«„", "»”"  # the rest does either
FACES = frozenset(":;=()")  # what a typed face begins with
SAD, GLAD = "☹", "☺"  # how patterns name them
KNOWN, LONGEST = 20_000, 40  # tokens that are remembered, and their letters: hostile text must not fill the memory
_KNOWN: dict[str, str] = {}
LONGEST_QUOTE = 60  # words; what is not closed by then was no quotation


class Words:
    """The tokens of a text: words, faces, and the stops between sentences, which no pattern crosses.

    `folded[i]` is a token as patterns see it; `span(i, j)` the place of tokens i to j - 1 in the text, in code points;
    `quoted` the numbers of the tokens that somebody else is quoted in.
    """

    __slots__ = ("_places", "_tokens", "folded", "low", "quoted", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = low = fold(text)
        self._places: list[tuple[int, int]] | None = None
        self._tokens = found = _TOKEN.findall(low)
        self.folded = found = [_KNOWN[word] if word in _KNOWN else _token(word) for word in found]
        self.quoted: Collection[int] = () if QUOTES.isdisjoint(found) else _quoted(found)

    def __len__(self) -> int:
        return len(self.folded)

    @property
    def plain(self) -> bool:
        """Whether every token is as it was typed, but for its case: nothing is drawn out then."""
        return self._tokens == self.folded

    def span(self, first: int, after: int) -> tuple[int, int]:
        """Where tokens stand in the text."""
        if self._places is None:
            self._places = _places(self.low, self._tokens)
        return self._places[first][0], self._places[after - 1][1]

    def apart(self, first: int, after: int) -> bool:
        """Whether a comma stands between two words that follow each other."""
        return "," in self.low[self.span(first, first + 1)[1] : self.span(after, after + 1)[0]]

    def stops(self, place: int) -> bool:
        """Whether a sentence ends here."""
        return self.folded[place][0] in STOPS


def _places(low: str, tokens: Sequence[str]) -> list[tuple[int, int]]:
    """Where the tokens stand. Nothing with a letter or digit is left out between them, so words are where they are first seen."""
    places = []
    end = 0
    for token in tokens:
        if token[0].isalnum():
            start = low.find(token, end)
            end = start + len(token)
            places.append((start, end))
        else:
            found = _TOKEN.search(low, end)
            assert found is not None  # noqa: S101 - it was found before
            places.append(found.span())
            end = found.end()
    return places


def fold(text: str) -> str:
    """A text as patterns see it, as long as it was."""
    low = text.lower()
    if len(low) != len(text):  # İ and its like have longer small letters
        low = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return low if low.isascii() else low.translate(_FOLDED)


def _token(raw: str) -> str:
    """A token as patterns see it; remembered, for a stream meets the same words again and again."""
    word = _DRAWN_OUT.sub(r"\1", raw.replace("'", "") if len(raw) > 1 else raw)
    if word[0] in FACES and len(word) > 1:
        word = GLAD if word[-1] in ")]dp" else SAD
    if len(_KNOWN) >= KNOWN:
        _KNOWN.clear()
    if len(raw) <= LONGEST:
        _KNOWN[raw] = word
    return word


def _quoted(tokens: Sequence[str]) -> frozenset[int]:
    """Which tokens stand between quotation marks."""
    found: set[int] = set()
    start = -1
    for place, mark in enumerate(tokens):
        if mark not in QUOTES:
            continue
        if start >= 0 and mark not in OPENING:
            if place - start <= LONGEST_QUOTE:
                found.update(range(start + 1, place))
            start = -1
        elif mark not in CLOSING:
            start = place
    return frozenset(found)
