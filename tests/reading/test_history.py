"""Several messages of a customer: a problem, or conduct beyond reason; behaviours with their words."""

from __future__ import annotations

from typing import Any

import pytest

from clientcoach.reading.history import history

MODEL = {"messages": 3, "hours": 2, "behaviours": 2}
HOUR = 3600.0


def message(*signals: tuple[str, str]) -> dict[str, Any]:
    return {"evidence": [{"signal": name, "text": text} for name, text in signals]}


def test_a_customer_with_a_problem() -> None:
    told = history([message(("mood.negative", "late")), message(("conduct.demands", "now"))], [None, None], MODEL)
    assert told == {"messages": 2, "reading": "problem", "behaviours": [{"kind": "demands", "count": 1, "quotes": ["now"]}]}


def test_what_repeats_is_conduct() -> None:
    readings = [message(("conduct.demands", "now")), message(("conduct.demands", "now"), ("conduct.demands", "at once"))]
    told = history(readings, [None, None], MODEL)
    assert told["reading"] == "conduct"
    assert told["behaviours"] == [{"kind": "demands", "count": 2, "quotes": ["now", "at once"]}]


def test_different_kinds_once_each_are_none() -> None:
    told = history([message(("conduct.demands", "now")), message(("conduct.arguments", "a plot"))], [None, None], MODEL)
    assert told["reading"] == "problem"


@pytest.mark.parametrize(("first", "second"), [("flags.abuse", "flags.threat"), ("flags.abuse", "conduct.behaviours")])
def test_abuse_and_threats_are_behaviours_and_no_label(first: str, second: str) -> None:
    told = history([message((first, "a")), message((second, "b"))], [None, None], MODEL)
    assert told["behaviours"] == [{"kind": "behaviours", "count": 2, "quotes": ["a", "b"]}]
    assert told["reading"] == "conduct"


@pytest.mark.parametrize(
    ("times", "reading"),
    [
        ([0.0, HOUR, 2 * HOUR], "conduct"),
        ([2 * HOUR, 0.0, HOUR], "conduct"),  # in any order
        ([0.0, HOUR, 2 * HOUR + 1], "problem"),
        ([0.0, None, HOUR], "problem"),  # without a time it is not counted
        ([0.0, 5 * HOUR, 6 * HOUR, 7 * HOUR], "conduct"),
    ],
)
def test_many_messages_in_a_short_time(times: list[float | None], reading: str) -> None:
    told = history([message() for _ in times], times, MODEL)
    assert told["reading"] == reading
    assert told["behaviours"] == ([{"kind": "persistence", "count": 3, "quotes": []}] if reading == "conduct" else [])
