"""A customer with a problem, or conduct beyond reason: what several messages show. Behaviours with their words, never a label.

The kinds are the NSW Ombudsman's five (research/science.md 4): persistence, demands, no_cooperation, arguments, behaviours.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Triage = Mapping[str, Any]

PREFIX = "conduct."
ABUSE = ("flags.abuse", "flags.threat")  # count as behaviours
QUOTES = 3


def history(readings: Sequence[Triage], times: Sequence[float | None], model: Mapping[str, Any]) -> dict[str, Any]:
    """{messages, reading: problem|conduct, behaviours: [{kind, count, quotes}]}; `times`: seconds, None where a message tells none.

    Conduct is what repeats: one kind in `behaviours` messages or more, or `messages` of them within `hours`.
    """
    seen: dict[str, list[str]] = {}
    for reading in readings:
        kinds = {_kind(one["signal"]): one["text"] for one in reading["evidence"] if _kind(one["signal"])}
        for kind, text in kinds.items():
            seen.setdefault(kind, []).append(text)
    count = _within(times, model["hours"] * 3600)
    found = [{"kind": kind, "count": len(quotes), "quotes": list(dict.fromkeys(quotes))[:QUOTES]} for kind, quotes in seen.items()]
    if count >= model["messages"] and not any(one["kind"] == "persistence" for one in found):
        found.append({"kind": "persistence", "count": count, "quotes": []})
    beyond = any(one["count"] >= model["behaviours"] for one in found)
    return {"messages": len(readings), "reading": "conduct" if beyond else "problem", "behaviours": found}


def _kind(signal: str) -> str:
    return "behaviours" if signal in ABUSE else signal.removeprefix(PREFIX) if signal.startswith(PREFIX) else ""


def _within(times: Sequence[float | None], seconds: float) -> int:
    """The most messages within such a time; those without a time are not counted."""
    told = sorted(time for time in times if time is not None)
    first = most = 0
    for last, time in enumerate(told):
        while time - told[first] > seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
