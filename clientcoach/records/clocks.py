"""By when a written complaint must be answered, by the policy's clocks. A hint and no advice: the team's lawyer knows."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from clientcoach.case.clock import Clock

WORKING = "working"


def reply_by(received: str, clocks: Iterable[Mapping[str, Any]], clock: Clock) -> tuple[str, Mapping[str, Any]] | None:
    """The earliest date (ISO) of the clocks and the clock that gives it; None where there is none. `received`: an ISO date.

    Raises ValueError for a date beyond the calendar.
    """
    from datetime import date

    start = date.fromisoformat(received)
    try:
        found = [(_open(_due(start, one, clock), start, clock).isoformat(), one) for one in clocks]
    except OverflowError as error:
        raise ValueError(received) from error
    return min(found, key=lambda pair: pair[0], default=None)


def _due(start: date, one: Mapping[str, Any], clock: Clock) -> date:
    """So many days after the day it came in; working days are those on which the team is open."""
    from datetime import timedelta

    if one.get("calendar") != WORKING:
        return start + timedelta(days=one["days"])
    day, left = start, one["days"]
    while left:
        day += timedelta(days=1)
        left -= clock.span(day) is not None
    return day


def _open(day: date, start: date, clock: Clock) -> date:
    """The last open day until then: on a closed one nobody would send it."""
    from datetime import timedelta

    while day > start and clock.span(day) is None:
        day -= timedelta(days=1)
    return day
