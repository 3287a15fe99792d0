"""What a typed date, time or wait comes to on the team's clock and in its working hours.

Nothing here imports `datetime` before a date is asked for.
"""

from __future__ import annotations

from clientcoach.case.asked import exists, parse
from clientcoach.case.clock import Clock, clock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, timedelta
    from typing import Any, TypedDict

    from clientcoach.case.asked import Asked

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


__all__ = ["Clock", "Moments", "clock", "days_late", "parse", "resolve"]

_MINUTES = {"minute": 1, "hour": 60}
_DAYS = {"day": 1, "week": 7}
_STEP = 5  # minutes: nobody says "by 15:07"
_SEARCH_DAYS = 4000
_LEAP_CYCLE = 9  # years in which any 29 February comes round


def resolve(text: str, clock: Clock, *, back: bool = False) -> Moment:
    """What a typed moment comes to. `back`: it may be over (a date once promised); without a year it is the nearest.

    Minutes and hours count as working time; days and weeks are calendar days, moved on when that day is closed.
    `moved`: not what was typed, so `wait` would be false and is None. `outside`: typed, but outside the hours.
    `past`: typed, but over. Raises ValueError as `parse` does.
    """
    asked = parse(text)
    if asked["kind"] == "wait":
        return _waited(asked["count"], asked["unit"], clock)
    if asked["kind"] == "time" and not back:
        return _next_time(asked, clock)
    from datetime import UTC, datetime, timedelta

    day = _day(asked, clock.now.date(), back=back)
    if asked["kind"] == "day":
        return _moment(clock, day, None, flags={"past": not back and day < clock.now.date(), "outside": clock.span(day) is None})
    wall = datetime(day.year, day.month, day.day, asked["hour"], asked["minute"])  # noqa: DTZ001 - `at` gives it its zone
    offset = asked["offset"]
    utc = wall.replace(tzinfo=UTC) - timedelta(minutes=offset or 0)
    return _typed(clock.at(wall) if offset is None else clock.here(utc), clock, back=back)


def _day(asked: Asked, today: date, *, back: bool) -> date:
    from datetime import date, timedelta

    if "month" not in asked:
        return today + timedelta(days=asked.get("ahead", 0))
    year, month, day = asked["year"], asked["month"], asked["day"]
    if year:
        return date(year, month, day)
    near = [date(around, month, day) for around in range(today.year - _LEAP_CYCLE, today.year + _LEAP_CYCLE) if exists(around, month, day)]
    return min(near, key=lambda one: abs(one - today)) if back else next(one for one in near if one >= today)


def _typed(when: datetime, clock: Clock, *, back: bool = False, moved: bool = False) -> Moment:
    """A minute that the worker named: kept as it is, with what is odd about it."""
    span = clock.span(when.date())
    inside = span is not None and span[0] <= when.hour * 60 + when.minute <= span[1]
    return _moment(
        clock,
        when.date(),
        when,
        flags={"past": not back and when.timestamp() < clock.now.timestamp(), "outside": not inside, "moved": moved},
    )


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
    """The first open day from `day` on; `day` itself when the team never opens."""
    from datetime import timedelta

    week = (day + timedelta(days=ahead) for ahead in range(7))
    return next((one for one in week if clock.span(one)), day)


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
    if (when.hour, when.minute) == (0, 0):  # "by midnight tomorrow" is heard as a day later
        when += timedelta(minutes=_STEP)
    return _moment(clock, when.date(), when, [count, unit] if fits else None, {"moved": not fits})


def _worked(left: timedelta, clock: Clock) -> datetime:
    """The end of so much working time from now; hours too short to hold it in eleven years count as always open."""
    from datetime import UTC, datetime, timedelta

    start, total, day = clock.now.astimezone(UTC), left, clock.now.date()
    for _ in range(_SEARCH_DAYS):
        span = clock.span(day)
        if span:
            midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - `at` gives it its zone
            opening, closing = (clock.at(midnight + timedelta(minutes=at)).astimezone(UTC) for at in span)
            begin = max(opening, start)
            if closing - begin >= left:
                return clock.here(begin + left)
            left -= max(closing - begin, timedelta())
        day += timedelta(days=1)
    return clock.here(start + total)


def _rounded(when: datetime, clock: Clock) -> datetime:
    """Up to the next five minutes of the clock."""
    from datetime import UTC, timedelta

    over = timedelta(minutes=when.minute % _STEP, seconds=when.second, microseconds=when.microsecond)
    return clock.here(when.astimezone(UTC) + timedelta(minutes=_STEP) - over) if over else when


def _moment(
    clock: Clock,
    day: date,
    when: datetime | None,
    wait: list[Any] | None = None,
    flags: Mapping[str, bool] | None = None,
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
