"""A class's report in plain text: tables with small bars, then what to talk about."""

from __future__ import annotations

from clientcoach.views.drill_report import headline, tables
from clientcoach.views.messages import word
from clientcoach.views.report_text import GAP, NARROW, WIDE, block_for, table_lines, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any


def text(data: Mapping[str, Any], strings: Mapping[str, Any], width: int, encoding: str) -> str:
    """The whole report. `width` in columns; every letter of the catalogues and of the names is one wide."""
    width = max(NARROW, min(width, WIDE))
    title, span, *rest = headline(data, strings)
    lines = [f"{title}  {span}", *wrapped(" · ".join(rest), width)]
    for table in tables(data, strings):
        lines += ["", *table_lines(table, width, block_for(encoding))]
    lines += ["", word(strings, "class.to_talk"), *_points(data, width), "", *wrapped(word(strings, "class.no_evidence"), width)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _points(data: Mapping[str, Any], width: int) -> Iterator[str]:
    for number, one in enumerate(data["points"], 1):
        first, *rest = wrapped(one["text"], width - len("  1. "))
        yield f"{GAP}{number}. {first}"
        yield from (f"{GAP * 2} {line}" for line in rest)
