"""A report in plain text: tables with small bars, as wide as the screen; on a narrow one without bars, then without columns."""

from __future__ import annotations

import textwrap

from clientcoach.views.report import advice, empty, headline, tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.views.report import Table

NARROW, WIDE = 40, 100
BAR = 24  # columns at most
SHORTEST = 4
BLOCKS = "█", "#"  # the second where the first cannot be written
GAP = "  "


def text(data: Mapping[str, Any], strings: Mapping[str, Any], width: int, encoding: str) -> str:
    """The whole report. `width` in columns; every letter of the catalogues and of the names is one wide."""
    if not data["totals"]["incidents"]:
        return f"{empty(data, strings)}\n"
    width = max(NARROW, min(width, WIDE))
    title, days, *limits = headline(data, strings)
    lines = [f"{title}  {days}", *(wrapped(" · ".join(limits), width) if limits else [])]
    for table in tables(data, strings):
        lines += ["", *table_lines(table, width, block_for(encoding))]
        if table["id"] == "causes":
            lines += _advice(data, strings, width)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def block_for(encoding: str) -> str:
    """What bars are made of, as far as it can be written."""
    try:
        BLOCKS[0].encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return BLOCKS[1]
    return BLOCKS[0]


def table_lines(table: Table, width: int, block: str) -> Iterator[str]:
    """A table with its title and note; `block`: what bars are made of."""
    yield from wrapped(table["title"], width)
    sizes = [max(map(len, column)) for column in zip(table["head"], *table["rows"], strict=True)]
    room = width - sum(sizes) - len(GAP) * len(sizes)
    yield from _columns(table, sizes, width, block * min(BAR, room - len(GAP))) if room >= 0 else _listed(table, width)
    yield from wrapped(table["note"], width, GAP)


def _columns(table: Table, sizes: Sequence[int], width: int, bar: str) -> Iterator[str]:
    """A line for each row; `bar`: the longest there is room for."""
    if any(table["head"]):
        yield GAP + _row(table["head"], sizes)
    parts = table["bars"] if table["bars"] and len(bar) >= SHORTEST else [0.0] * len(table["rows"])
    for row, under, part in zip(table["rows"], table["under"], parts, strict=True):
        yield f"{GAP}{_row(row, sizes)}{GAP}{bar[: round(part * len(bar))]}"
        yield from wrapped(under, width, GAP * 2)


def _listed(table: Table, width: int) -> Iterator[str]:
    """Where the columns do not fit: the name of each row, then its numbers with theirs."""
    for row, under in zip(table["rows"], table["under"], strict=True):
        yield from wrapped(row[0], width, GAP)
        yield from wrapped(
            " · ".join(f"{head} {cell}".strip() for head, cell in zip(table["head"][1:], row[1:], strict=True)), width, GAP * 2
        )
        yield from wrapped(under, width, GAP * 2)


def _row(cells: Sequence[str], sizes: Sequence[int]) -> str:
    """The name to the left, the numbers to the right."""
    return GAP.join([cells[0].ljust(sizes[0]), *(cell.rjust(size) for cell, size in zip(cells[1:], sizes[1:], strict=True))])


def wrapped(told: str, width: int, indent: str = "") -> list[str]:
    """A text in lines of so many columns."""
    return textwrap.wrap(told, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _advice(data: Mapping[str, Any], strings: Mapping[str, Any], width: int) -> Iterator[str]:
    from clientcoach.views.messages import word

    yield from ("", word(strings, "report.prevention"))
    for heading, texts, behind in advice(data, strings):
        yield from wrapped(heading, width, GAP)
        for one in texts:
            yield from textwrap.wrap(one, width, initial_indent=f"{GAP * 2}- ", subsequent_indent=f"{GAP * 3}")
        yield from wrapped(behind, width, GAP * 2)
