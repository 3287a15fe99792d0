"""Dates, times and waits as workers type them, and what they come to on the team's clock and in its working hours.

`parse` reads the text alone; `resolve` needs a `Clock`. Nothing here imports `datetime` before a date is asked for.
"""

from __future__ import annotations

from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, timedelta, tzinfo
    from typing import Any, TypedDict

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

    class Moment(TypedDict):
        """A moment on the team's clock. `iso` is a date, or a minute with its offset."""

        date: str
        time: str | None
        wait: list[Any] | None
        iso: str
        today: str
        ahead: int
        weekday: int
        moved: bool
        outside: bool
        past: bool


_WORDS = {
    **dict.fromkeys(("today", "сегодня", "dziś", "dzisiaj", "бүгін"), 0),
    **dict.fromkeys(("tomorrow", "завтра", "jutro", "ертең"), 1),
}
_UNITS = {"m": "minute", "h": "hour", "d": "day", "w": "week"}
_MINUTES = {"minute": 1, "hour": 60}
_DAYS = {"day": 1, "week": 7}
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_YEARS = range(1970, 2200)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STEP = 5  # minutes: nobody says "by 15:07"
_DATE_PARTS, _CLOCK_PARTS = 3, (2, 3)
_MAX_DIGITS = 3
_SEARCH_DAYS = 4000
_LEAP_CYCLE = 9  # years in which any 29 February comes round


def parse(text: str) -> Asked:
    """Reads `2026-11-25`, `25.11.2026`, `25.11`, `15:00`, `2026-11-25T15:00` (an offset is allowed), `30m 2h 3d 1w`, `today`, `tomorrow`.

    Raises ValueError with the reason: not_a_moment, no_such_date, no_such_time, wait_out_of_range.
    """
    low = " ".join(text.lower().split())
    if low in _WORDS:
        return {"kind": "day", "ahead": _WORDS[low]}
    if low[-1:] in _UNITS and _is_number(low[:-1].rstrip(" ")):
        return _wait(low[:-1].rstrip(" "), _UNITS[low[-1]])
    middle = low.find("t")
    if middle > 0 and low[middle - 1].isdigit():
        low = f"{low[:middle]} {low[middle + 1 :]}"
    first, _, second = low.partition(" ")
    if not second:
        return _time_alone(first) if ":" in first else {"kind": "day", **_date(first)}
    day: Asked = {"ahead": _WORDS[first]} if first in _WORDS else _date(first)
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
    if not _exists(year, month, day):
        raise ValueError("no_such_date")
    return {"year": year, "month": month, "day": day}


def _exists(year: int | None, month: int, day: int) -> bool:
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
    if len(parts) not in _CLOCK_PARTS or not all(_is_number(part) and len(part) <= len("59") for part in parts) or len(parts[1]) != len("59"):
        raise ValueError("not_a_moment")
    hour, minute, second = map(int, (*parts, "0")[:3])
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - the clock
        raise ValueError("no_such_time")
    return hour * 60 + minute


class Clock:
    """The team's time: `now` (aware), `zone` (None: the system's), `hours` by weekday (empty: always open)."""

    def __init__(self, now: datetime, zone: tzinfo | None, hours: Mapping[str, Any]) -> None:
        self.now, self.zone, self.hours = now, zone, hours

    @property
    def today(self) -> str:
        """The date where the team is."""
        return self.now.date().isoformat()

    def at(self, wall: datetime) -> datetime:
        """A wall-clock time of this zone as an instant; one that daylight saving skips moves on by the gap."""
        from datetime import timezone

        instant = (wall.replace(tzinfo=self.zone) if self.zone else wall.astimezone()).astimezone(timezone.utc)
        return self.here(instant)

    def here(self, instant: datetime) -> datetime:
        """An instant in this zone."""
        return instant.astimezone(self.zone)

    def span(self, day: date) -> tuple[int, int] | None:
        """Opening and closing time of a day in minutes after midnight; None: closed."""
        if not self.hours:
            return 0, 24 * 60
        hours = self.hours.get(_WEEKDAYS[day.weekday()])
        opening, closing = (_wall_minutes(text) for text in hours) if hours else (0, 0)
        return (opening, closing) if opening < closing else None


def _wall_minutes(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)


def clock(policy: Mapping[str, Any], now_text: str | None = None) -> Clock:
    """The clock of a policy's `zone` and `hours`. `now_text` (ISO 8601; CLIENTCOACH_NOW) replaces the system's time:
    with zone `local` its offset is the zone; without an offset it is a time in the zone.

    Raises UsageError: bad_now, unknown_zone.
    """
    from datetime import datetime, timezone

    zone = _zone(policy.get("zone") or "local")
    hours = policy.get("hours") or {}
    hours = hours if any(hours.values()) else {}
    if not now_text:
        return Clock(datetime.now(timezone.utc).astimezone(zone), zone, hours)
    try:
        now = datetime.fromisoformat(now_text.strip())
        if now.tzinfo is None:
            return Clock(Clock(now, zone, hours).at(now), zone, hours)
        zone = zone or now.tzinfo
        return Clock(now.astimezone(zone), zone, hours)
    except (ValueError, OverflowError) as error:
        raise UsageError("bad_now", value=now_text[:40]) from error


def _zone(name: str) -> tzinfo | None:
    if name == "local":
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise UsageError("unknown_zone", value=name) from error


def resolve(text: str, clock: Clock, *, back: bool = False) -> Moment:
    """What a typed moment comes to. `back`: it may lie behind us (a date once promised), so a date without a year is the nearest one.

    Minutes and hours count as working time; days and weeks are calendar days, moved on when that day is closed. `moved`: not what
    was typed, so `wait` would be false and is None. `outside`: typed, but outside the hours. `past`: typed, but over.
    Raises ValueError as `parse` does.
    """
    asked = parse(text)
    if asked["kind"] == "wait":
        return _waited(asked["count"], asked["unit"], clock)
    if asked["kind"] == "time" and not back:
        return _next_time(asked, clock)
    from datetime import datetime, timedelta, timezone

    day = _day(asked, clock.now.date(), back=back)
    if asked["kind"] == "day":
        return _moment(clock, day, None, flags={"past": not back and day < clock.now.date(), "outside": clock.span(day) is None})
    wall = datetime(day.year, day.month, day.day, asked["hour"], asked["minute"])  # noqa: DTZ001 - `at` gives it its zone
    offset = asked["offset"]
    if offset is None:
        when = clock.at(wall)
    else:
        when = clock.here((wall - timedelta(minutes=offset)).replace(tzinfo=timezone.utc))
    return _typed(when, clock, back=back)


def _day(asked: Asked, today: date, *, back: bool) -> date:
    from datetime import date, timedelta

    if "month" not in asked:
        return today + timedelta(days=asked.get("ahead", 0))
    year, month, day = asked["year"], asked["month"], asked["day"]
    if year:
        return date(year, month, day)
    near = [date(around, month, day) for around in range(today.year - _LEAP_CYCLE, today.year + _LEAP_CYCLE) if _exists(around, month, day)]
    return min(near, key=lambda one: abs(one - today)) if back else next(one for one in near if one >= today)


def _typed(when: datetime, clock: Clock, *, back: bool = False, moved: bool = False) -> Moment:
    """A minute that the worker named: kept as it is, with what is odd about it."""
    span = clock.span(when.date())
    inside = span is not None and span[0] <= when.hour * 60 + when.minute <= span[1]
    return _moment(clock, when.date(), when, flags={"past": not back and when.timestamp() < clock.now.timestamp(), "outside": not inside, "moved": moved})


def _next_time(asked: Asked, clock: Clock) -> Moment:
    """A time alone: today, or on the next open day when it is over or today is closed."""
    from datetime import datetime, time, timedelta

    wall, today = time(asked["hour"], asked["minute"]), clock.now.date()
    when = clock.at(datetime.combine(today, wall))
    if when.timestamp() >= clock.now.timestamp() and clock.span(today):
        return _typed(when, clock)
    day = _open_day(today + timedelta(days=1), clock)
    return _typed(clock.at(datetime.combine(day, wall)), clock, moved=True)


def _open_day(day: date, clock: Clock) -> date:
    from datetime import timedelta

    while clock.span(day) is None:
        day += timedelta(days=1)
    return day


def _waited(count: int, unit: str, clock: Clock) -> Moment:
    from datetime import timedelta

    if unit in _DAYS:
        asked = clock.now.date() + timedelta(days=count * _DAYS[unit])
        day = _open_day(asked, clock)
        return _moment(clock, day, None, [count, unit] if day == asked else None, {"moved": day != asked})
    minutes = timedelta(minutes=count * _MINUTES[unit])
    end = _worked(minutes, clock)
    fits = end.timestamp() - clock.now.timestamp() == minutes.total_seconds()
    when = _rounded(end, clock)
    return _moment(clock, when.date(), when, [count, unit] if fits else None, {"moved": not fits})


def _worked(left: timedelta, clock: Clock) -> datetime:
    """The end of so much working time from now. Hours that add up to next to nothing in eleven years count as always open."""
    from datetime import datetime, timedelta, timezone

    start, total, day = clock.now.astimezone(timezone.utc), left, clock.now.date()
    for _ in range(_SEARCH_DAYS):
        span = clock.span(day)
        if span:
            midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - `at` gives it its zone
            opening, closing = (clock.at(midnight + timedelta(minutes=at)).astimezone(timezone.utc) for at in span)
            begin = max(opening, start)
            if closing - begin >= left:
                return clock.here(begin + left)
            left -= max(closing - begin, timedelta())
        day += timedelta(days=1)
    return clock.here(start + total)


def _rounded(when: datetime, clock: Clock) -> datetime:
    """Up to the next five minutes of the clock."""
    from datetime import timedelta, timezone

    over = timedelta(minutes=when.minute % _STEP, seconds=when.second, microseconds=when.microsecond)
    return clock.here(when.astimezone(timezone.utc) + timedelta(minutes=_STEP) - over) if over else when


def _moment(
    clock: Clock, day: date, when: datetime | None, wait: list[Any] | None = None, flags: Mapping[str, bool] | None = None
) -> Moment:
    flags = flags or {}
    return {
        "date": day.isoformat(),
        "time": when.strftime("%H:%M") if when else None,
        "wait": wait,
        "iso": when.isoformat(timespec="minutes") if when else day.isoformat(),
        "today": clock.today,
        "ahead": (day - clock.now.date()).days,
        "weekday": day.weekday(),
        "moved": flags.get("moved", False),
        "outside": flags.get("outside", False),
        "past": flags.get("past", False),
    }


def days_late(promised: Moment) -> int | None:
    """Whole days from the promised date to today; None when it is not late."""
    return -promised["ahead"] if promised["ahead"] < 0 else None


class Moments:
    """The dates of one case (`promised`, `deadline`, `received`), worked out when first asked for."""

    def __init__(self, case: Mapping[str, Any], policy: Mapping[str, Any], now_text: str | None = None) -> None:
        self._case, self._policy, self._now_text = case, policy, now_text
        self._clock: Clock | None = None
        self._found: dict[str, Moment] = {}

    @property
    def clock(self) -> Clock:
        """The team's clock, stopped at the first look."""
        if self._clock is None:
            self._clock = clock(self._policy, self._now_text)
        return self._clock

    def moment(self, field: str) -> Moment | None:
        """The moment in a field of the case, None when there is none. Only a deadline lies ahead by its nature."""
        text = self._case.get(field)
        if not text:
            return None
        if field not in self._found:
            self._found[field] = resolve(text, self.clock, back=field != "deadline")
        return self._found[field]

    def days_late(self) -> int | None:
        """Whole days since the promised date; None when nothing was promised or it is not late."""
        promised = self.moment("promised")
        return days_late(promised) if promised else None
