"""How the policies fared, as a table: a line each, the ends in percent."""

from __future__ import annotations

from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

PLAIN = ("turns", "trust")  # means; all others are shares


def simulation(data: Mapping[str, Any], strings: Mapping[str, Any]) -> str:
    """The table, with only those ends that came to pass, and what it is worth."""
    policies = data["policies"]
    names = [name for name in next(iter(policies.values())) if name in PLAIN or any(told[name] for told in policies.values())]
    rows = [[word(strings, "drill.policy"), *(word(strings, f"drill.{name}") for name in names)]]
    rows += [[policy, *(_cell(name, told[name]) for name in names)] for policy, told in policies.items()]
    lines = [*_aligned(rows), "", word(strings, "drill.of_runs", count=data["runs"]), word(strings, "drill.coherence")]
    return "".join(f"{line}\n" for line in lines)


def _cell(name: str, number: float) -> str:
    return f"{number:.1f}" if name in PLAIN else f"{number * 100:.1f}"


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        yield "  ".join([first.ljust(widths[0]), *cells])
