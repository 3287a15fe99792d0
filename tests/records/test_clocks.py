"""By when a written complaint is answered: days counted as the policy says, the earliest clock, never a closed day."""

from __future__ import annotations

from typing import Any

import pytest

from clientcoach.case.clock import clock
from clientcoach.records.clocks import reply_by

WEEKDAYS = {**{day: ["09:00", "18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}, "sat": None, "sun": None}


def one(days: int, calendar: str = "calendar", **more: Any) -> dict[str, Any]:
    return {"days": days, "calendar": calendar, **more}


@pytest.mark.parametrize(
    ("received", "clocks", "due"),
    [
        ("2026-11-20", [one(10)], "2026-11-30"),  # Friday and a Monday
        ("2026-11-20", [one(8)], "2026-11-27"),  # a Saturday: the Friday before
        ("2026-11-20", [one(9)], "2026-11-27"),
        ("2026-11-20", [one(5, "working")], "2026-11-27"),
        ("2026-11-21", [one(1, "working")], "2026-11-23"),
        ("2026-11-21", [one(0)], "2026-11-21"),  # it came in on a Saturday: not before that
        ("2026-11-21", [one(1)], "2026-11-21"),
        ("2024-02-20", [one(10)], "2024-03-01"),
        ("2026-11-20", [{"days": 10}], "2026-11-30"),
        ("2026-11-20", [one(14), one(7, "working"), one(30)], "2026-12-01"),
    ],
)
def test_the_date(received: str, clocks: list[dict[str, Any]], due: str) -> None:
    found = reply_by(received, clocks, clock({"hours": WEEKDAYS}, "2026-11-25T10:00+05:00"))
    assert found is not None
    assert found[0] == due


def test_always_open_and_no_clock() -> None:
    always = clock({}, "2026-11-25T10:00+05:00")
    assert reply_by("2026-11-20", [one(8), one(9, "working")], always) == ("2026-11-28", one(8))
    assert reply_by("2026-11-20", [], always) is None


@pytest.mark.parametrize("calendar", ["calendar", "working"])
def test_beyond_the_calendar(calendar: str) -> None:
    with pytest.raises(ValueError, match="9999-12-30"):
        reply_by("9999-12-30", [one(10, calendar)], clock({}, "2026-11-25T10:00+05:00"))
