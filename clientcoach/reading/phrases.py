"""Where a text says one of the phrases of a table: whole words, the longest phrase first, in one pass.

By hand: FlashText takes only ASCII for letters (its issue 48, open since 2018) and pyahocorasick finds letters, not words with any ending.
"""

from __future__ import annotations

from clientcoach.case.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    Word = tuple[int, int, str]
    Found = tuple[int, int, str]

QUOTES = {"«": "»", "“": "”", "„": "”“", "‘": "’", '"': '"'}  # opening → closing
BETWEEN = frozenset(" \u00a0\t\n-‑")  # what may stand between the words of a phrase


def found(table: Mapping[str, Any], text: str) -> Iterator[Found]:
    """Begin and end of each phrase outside quotation marks, and what to write instead; they do not overlap."""
    said, quoted, place = list(words(text)), _quoted(text), 0
    while place < len(said):
        hit = None if _inside(said[place][0], quoted) else _longest(table, said, place, text)
        if hit:
            yield said[place][0], said[place + hit[0] - 1][1], hit[1]
        place += hit[0] if hit else 1


def _quoted(text: str) -> list[tuple[int, int]]:
    """What stands between quotation marks: somebody else's words. A mark without its partner quotes nothing."""
    spans: list[tuple[int, int]] = []
    start, closing = 0, ""
    for place, char in enumerate(text):
        if closing and char in closing:
            spans.append((start, place))
            closing = ""
        elif not closing and char in QUOTES:
            start, closing = place, QUOTES[char]
    return spans


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a place is in one of the spans; those that are over are dropped, since places only grow."""
    while spans and spans[0][1] < place:
        spans.pop(0)
    return bool(spans) and spans[0][0] < place


def _longest(table: Mapping[str, Any], said: Sequence[Word], place: int, text: str) -> tuple[int, str] | None:
    """The number of words of the longest phrase that begins here, and what to write instead."""
    first = said[place][2]
    phrases = [*table["whole"].get(first, ())]
    for length in table["lengths"]:
        phrases += table["begins"].get(first[:length], ()) if length <= len(first) else ()
    fitting = [(len(rest) + 1, instead) for rest, instead in phrases if _follows(rest, said, place, text)]
    return max(fitting, key=lambda one: one[0]) if fitting else None


def _follows(rest: Sequence[str], said: Sequence[Word], place: int, text: str) -> bool:
    """Whether the other words of a phrase come right after its first."""
    after = said[place + 1 : place + 1 + len(rest)]
    if len(after) < len(rest):
        return False
    for wanted, word in zip(rest, after, strict=True):
        between = text[said[place][1] : word[0]]
        place += 1
        fits = word[2].startswith(wanted[:-1]) if wanted.endswith("*") else word[2] == wanted
        if not fits or not BETWEEN.issuperset(between):
            return False
    return True
