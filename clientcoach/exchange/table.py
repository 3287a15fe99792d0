"""Tables of phrases: read whatever the spreadsheet made of them, written so that no cell can become a formula, and back."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from clientcoach.errors import UsageError
from clientcoach.views.sheet import FORMULA, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DELIMITERS = ",;\t|"


def rows(path: str, text: str) -> Iterator[tuple[list[str], int, str]]:
    """(cells, where the row begins, how it is written); the delimiter is the most frequent of the first line's. Raises UsageError."""
    first = text.partition("\n")[0]
    taken: list[str] = []
    start = 0
    reader = csv.reader(_taking(text, taken), delimiter=max(DELIMITERS, key=first.count), strict=True)
    try:
        for cells in reader:
            raw = "".join(taken)
            taken.clear()
            yield cells, start, raw
            start += len(raw)
    except csv.Error as error:
        raise UsageError("bad_csv", file=path, line=reader.line_num, reason=str(error)) from error


def _taking(text: str, taken: list[str]) -> Iterator[str]:
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        taken.append(line)
        yield line


def records(path: str, text: str, needed: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column) of each row that is not empty; columns in any order and any case. Raises UsageError where one is missing."""
    found = rows(path, text)
    head = [title.strip().lower() for title in next(found, ([], 0, ""))[0]]
    missing = [name for name in needed if name not in head]
    if missing:
        raise UsageError("no_columns", file=path, names=missing, found=[title[:40] for title in head[:20] if title] or "–")
    line = 2
    for cells, _, raw in found if head else ():
        if any(cell.strip() for cell in cells):
            if len(cells) > len(head):
                raise UsageError("bad_csv", file=path, line=line, reason=f"{len(cells)} cells, {len(head)} columns")
            yield line, {name: unguarded(cell.replace("\r\n", "\n")) for name, cell in zip(head, cells, strict=False)}
        line += max(1, raw.count("\n"))


def written(head: Iterable[str], found: Iterable[Iterable[str]]) -> str:
    """The heading and the rows (RFC 4180)."""
    return "".join([row(head), *(row(map(guarded, cells)) for cells in found)])


def guarded(text: str) -> str:
    """A cell that no spreadsheet calculates; what begins like a guarded one gets one more apostrophe, so that the way back is certain."""
    return f"'{text}" if text.lstrip("'")[:1] in FORMULA and text.strip("'") else text


def unguarded(text: str) -> str:
    """What `guarded` made it from."""
    return text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in FORMULA and text.strip("'") else text
