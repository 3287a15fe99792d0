"""The customers to practise with as a table, and how a check of them came out."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import problem, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    Json = Mapping[str, Any]

LEVELS = 5


def drills(data: Json, strings: Json) -> str:
    """A line each: name, title, cause, style, difficulty, languages, and whether somebody has to agree first."""
    rows = [[word(strings, f"drill.list_{name}") for name in ("name", "title", "cause", "style", "level", "langs")] + [""]]
    rows += [_row(one, strings) for one in data["personas"]]
    lines = list(_aligned(rows))
    if not data["personas"]:
        lines = [word(strings, "drill.list_nobody")]
    return "".join(f"{line}\n" for line in lines)


def _row(one: Json, strings: Json) -> list[str]:
    marks = [word(strings, f"drill.list_{one['opt_in']}")] if one["opt_in"] else []
    marks += [word(strings, "drill.list_transfer")] if one["transfer"] else []
    told = [word(strings, f"value.cause.{one['cause']}"), word(strings, f"drill.style_{one['style']}")]
    level = "●" * one["level"] + "○" * (LEVELS - one["level"])
    return [one["name"], safe(one["title"]), *told, level, " ".join(one["langs"]), ", ".join(marks)]


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def drill_lint(data: Json, strings: Json) -> str:
    """Findings as file:line:col code message, then how each customer's calls end, then a count."""
    found = [problem(one) for one in data["problems"]]
    tried = [_tried(one, strings) for one in data["personas"]]
    counts = {"errors": data["errors"], "warnings": data["warnings"], "count": len(data["personas"])}
    return _lines([*found, *tried, word(strings, "drill.lint", **counts)])


def _tried(one: Json, strings: Json) -> str:
    if "five_steps" not in one:
        return f"{safe(one['name'])} ({' '.join(one['langs'])}): {word(strings, 'drill.lint_not_tried')}"
    ends = {
        f"{who}_{key}": word(strings, f"drill.{value}") if key == "end" else value
        for who, policy in (("good", "five_steps"), ("bad", "blamer"))
        for key, value in one[policy].items()
    }
    return f"{safe(one['name'])} ({' '.join(one['langs'])}): {word(strings, 'drill.lint_tried', **ends)}"


def drill_new(data: Json, strings: Json) -> str:
    """Where the customer is, and what to do next."""
    lines = [word(strings, "authoring.made", folder=data["folder"], langs=data["langs"])]
    if "packs" in data:
        lines.append(word(strings, "authoring.not_used", packs=data["packs"]))
    return _lines([*lines, word(strings, "drill.new_next", folder=data["folder"])])


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


VIEWS = {"drills": drills, "drill_lint": drill_lint, "drill_new": drill_new}
