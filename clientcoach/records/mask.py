"""A text as it may be kept: without what names a person. The patterns, a third of our start, are read only where a text could hold some."""

from __future__ import annotations

import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    Span = tuple[int, int, str]

FEWEST = 6  # digits: a passport, the shortest of what is looked for


def masked(text: str) -> tuple[str, dict[str, int]]:
    """The text with `[card]`, `[phone]` and so on in place of what names a person, and how many of each kind there were."""
    if "@" not in text and sum(map(str.isdigit, text)) < FEWEST:
        return text, {}
    from clientcoach.records.personal import FINDERS

    plain = "".join(_digit(char) for char in text)
    spans: list[Span] = []
    for find in FINDERS:
        for span in find(plain):
            if not any(span[0] < end and start < span[1] for start, end, _ in spans):
                spans.append(span)
    found: dict[str, int] = {}
    for start, end, kind in sorted(spans, reverse=True):
        if kind:
            text = f"{text[:start]}[{kind}]{text[end:]}"
            found[kind] = found.get(kind, 0) + 1
    return text, found


def _digit(char: str) -> str:
    """Arabic-Indic and full-width digits as ASCII ones, in the same place."""
    return char if char.isascii() else str(unicodedata.digit(char, char)) if char.isdigit() else char
