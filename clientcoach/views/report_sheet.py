"""A report as one long CSV table, a number a line: section, key, period, measure, value. Numbers are written as programs read them."""

from __future__ import annotations

from clientcoach.views.sheet import row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

HEAD = ("section", "key", "period", "measure", "value")
KEYS = {
    "by_cause": "name", "by_channel": "name", "by_lang": "name", "by_playbook": "name", "by_outcome": "name",
    "by_step": "step", "interruptions": "kind", "phrases": "id", "offers": "id", "rising": "cause", "prevention": "cause",
}  # fmt: skip


def sheet(data: Mapping[str, Any]) -> Iterator[str]:
    """The heading, then a line for each number and each advice."""
    yield row(HEAD)
    for name in ("totals", "promises"):
        yield from _lines(name, "", "", data[name])
    for period in data["periods"]:
        told = {name: value for name, value in period.items() if name not in {"first", "by_cause"}}
        yield from _lines("periods", "", period["first"], told)
        yield from _listed("periods.by_cause", "name", period["first"], period["by_cause"])
    for name, key in KEYS.items():
        yield from _listed(name, key, "", data[name])


def _listed(section: str, key: str, period: str, found: list[Mapping[str, Any]]) -> Iterator[str]:
    for one in found:
        yield from _lines(section, one[key], period, {name: value for name, value in one.items() if name != key})


def _lines(section: str, key: str | None, period: str, told: Mapping[str, Any]) -> Iterator[str]:
    for measure, value in _flat("", told):
        yield row((section, key, period, measure, value))


def _flat(measure: str, value: Any) -> Iterator[tuple[str, Any]]:
    """An object's numbers by their path (`anger.start`), a list's items one by one."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(f"{measure}.{name}" if measure else name, inner)
    elif isinstance(value, list):
        for item in value:
            yield from _flat(measure, item)
    else:
        yield measure, value
