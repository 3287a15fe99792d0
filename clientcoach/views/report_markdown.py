"""A report as Markdown: a table for each heading; whatever a name holds stays text."""

from __future__ import annotations

from clientcoach.views.markdown import escape
from clientcoach.views.messages import word
from clientcoach.views.report import advice, empty, headline, tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.views.report import Table


def markdown(data: Mapping[str, Any], strings: Mapping[str, Any]) -> str:
    """The whole report."""
    title, *limits = headline(data, strings)
    lines = [f"# {escape(title)}", "", *(f"{escape(line)}  " for line in limits), ""]
    if not data["totals"]["incidents"]:
        return "\n".join([*lines, escape(empty(data, strings))]) + "\n"
    for table in tables(data, strings):
        lines += _table(table)
        if table["id"] == "causes":
            lines += _advice(data, strings)
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(table: Table) -> Iterator[str]:
    yield from (f"## {escape(table['title'])}", "")
    yield _row(table["head"])
    yield _row(["---", *["--:"] * (len(table["head"]) - 1)])
    for (first, *rest), under in zip(table["rows"], table["under"], strict=True):
        yield _row([escape(first) + (f"<br>{escape(under)}" if under else ""), *map(escape, rest)])
    yield ""
    if table["note"]:
        yield from (escape(table["note"]), "")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _advice(data: Mapping[str, Any], strings: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"## {escape(word(strings, 'report.prevention'))}", "")
    for heading, texts, behind in advice(data, strings):
        yield from (f"**{escape(heading)}**", "", *(f"- {escape(one)}" for one in texts), *([""] if texts else []), escape(behind), "")
