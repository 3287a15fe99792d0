"""The weeks or months of a report. Weeks are counted back from its end, so that each is whole; months are the calendar's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from clientcoach.errors import UsageError
from clientcoach.records.ids import stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientcoach.case.clock import Clock

    Period = tuple[str, str]

USUAL = 4  # as many, when no beginning is named
MOST = 262  # five years of weeks; each is a query of its own
WEEK = timedelta(days=7)


def periods(since: str | None, until: str, by: str, clock: Clock) -> list[Period]:
    """(start, end) of each, the oldest first, as UTC text; the first begins at `since`. Raises UsageError: no_span, too_many_periods."""
    if since is not None and since >= until:
        raise UsageError("no_span", since=_day(since, clock), until=_day(until, clock))
    found: list[Period] = []
    end = until
    for start in _starts(until, by, clock):
        found.append((max(start, since or start), end))
        end = start
        if len(found) == USUAL if since is None else start <= since:
            break
        if len(found) == MOST:
            raise UsageError("too_many_periods", limit=MOST)
    return found[::-1]


def _starts(until: str, by: str, clock: Clock) -> Iterator[str]:
    """The beginnings of the periods before a moment, the newest first, in the team's days (which may have 23 hours or 25)."""
    wall = clock.here(datetime.fromisoformat(until)).replace(tzinfo=None)
    while True:
        wall = wall - WEEK if by == "week" else (wall - timedelta.resolution).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        yield stamp(clock.at(wall))


def days(period: Period, clock: Clock) -> tuple[str, str]:
    """The first and the last day of a period where the team is."""
    last = datetime.fromisoformat(period[1]) - timedelta(seconds=1)
    return _day(period[0], clock), _day(stamp(last), clock)


def _day(at: str, clock: Clock) -> str:
    return clock.here(datetime.fromisoformat(at)).date().isoformat()


def length(periods: list[Period], now: str) -> float:
    """The seconds of several periods that are over."""
    moments = [[datetime.fromisoformat(min(at, now)).astimezone(UTC) for at in period] for period in periods]
    return sum((end - start).total_seconds() for start, end in moments)
