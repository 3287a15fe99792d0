"""Dates, times and waits as workers type them, read without a calendar or a clock."""

from __future__ import annotations

from clientcoach.case.languages import DAYS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict

    class Asked(TypedDict, total=False):
        """What was typed: `kind` day time datetime wait; the parts that kind has."""

        kind: str
        year: int | None
        month: int
        day: int
        ahead: int
        hour: int
        minute: int
        offset: int | None
        count: int
        unit: str


_UNITS = {"m": "minute", "h": "hour", "d": "day", "w": "week"}
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_YEARS = range(1970, 2200)
_DATE_PARTS, _CLOCK_PARTS = 3, (2, 3)
_MAX_DIGITS = 3


def parse(text: str) -> Asked:
    """Reads `2026-11-25`, `25.11.2026`, `25.11`, `15:00`, `2026-11-25T15:00` (T or a space; an offset is allowed),
    `30m 2h 3d 1w`, `today`, `tomorrow` (the two words in any language).

    Raises ValueError with the reason: not_a_moment, no_such_date, no_such_time, wait_out_of_range.
    """
    low = " ".join(text.lower().split())
    if low in DAYS:
        return {"kind": "day", "ahead": DAYS[low]}
    if low[-1:] in _UNITS and _is_number(low[:-1].rstrip(" ")):
        return _wait(low[:-1].rstrip(" "), _UNITS[low[-1]])
    middle = low.find("t")
    if middle > 0 and low[middle - 1].isdigit():
        low = f"{low[:middle]} {low[middle + 1 :]}"
    first, _, second = low.partition(" ")
    if not second:
        return _time_alone(first) if ":" in first else {"kind": "day", **_date(first)}
    day: Asked = {"ahead": DAYS[first]} if first in DAYS else _date(first)
    return {"kind": "datetime", **day, **_time(second)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _wait(digits: str, unit: str) -> Asked:
    if len(digits) > _MAX_DIGITS or int(digits) == 0:
        raise ValueError("wait_out_of_range")
    return {"kind": "wait", "count": int(digits), "unit": unit}


def _date(text: str) -> Asked:
    parts = text.split("-") if "-" in text else text.rstrip(".").split(".")[::-1]
    if len(parts) == _DATE_PARTS - 1 and "-" not in text:
        parts = ["", *parts]
    if len(parts) != _DATE_PARTS or not all(map(_is_number, parts[1:])) or max(map(len, parts[1:])) > len("12"):
        raise ValueError("not_a_moment")
    if parts[0] and (not _is_number(parts[0]) or len(parts[0]) != len("2026")):
        raise ValueError("not_a_moment")
    year, month, day = int(parts[0]) if parts[0] else None, int(parts[1]), int(parts[2])
    if not exists(year, month, day):
        raise ValueError("no_such_date")
    return {"year": year, "month": month, "day": day}


def exists(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has that day; without a year: in some year."""
    if not 1 <= month <= len(_MONTH_DAYS) or not 1 <= day <= _MONTH_DAYS[month - 1]:
        return False
    if year is None:
        return True
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return year in _YEARS and (leap or (month, day) != (2, 29))


def _time_alone(text: str) -> Asked:
    asked = _time(text)
    if asked["offset"] is not None:
        raise ValueError("not_a_moment")  # which day's offset?
    return {"kind": "time", **asked}


def _time(text: str) -> Asked:
    body, sign, offset = text.removesuffix("z"), "", 0 if text.endswith("z") else None
    for mark in "+-":
        if mark in body:
            body, sign, zone = body.partition(mark)
            offset = _minutes(zone if ":" in zone else f"{zone[:2]}:{zone[2:] or '00'}") * (-1 if sign == "-" else 1)
    minutes = _minutes(body)
    return {"hour": minutes // 60, "minute": minutes % 60, "offset": offset}


def _minutes(text: str) -> int:
    parts = text.split(":")
    if (
        len(parts) not in _CLOCK_PARTS
        or not all(_is_number(part) and len(part) <= len("59") for part in parts)
        or len(parts[1]) != len("59")
    ):
        raise ValueError("not_a_moment")
    hour, minute, second = map(int, (*parts, "0")[:3])
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError("no_such_time")
    return hour * 60 + minute
