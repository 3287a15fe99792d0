"""The team's clock: the time now, its zone, its working hours."""

from __future__ import annotations

from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, tzinfo
    from typing import Any

_YEARS = range(1970, 2190)  # every 29 February ahead can still be typed
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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
        from datetime import UTC

        instant = (wall.replace(tzinfo=self.zone) if self.zone else wall.astimezone()).astimezone(UTC)
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
    from datetime import UTC, datetime

    zone = _zone(policy.get("zone") or "local")
    hours = policy.get("hours") or {}
    hours = hours if any(hours.values()) else {}
    if not now_text:
        return Clock(datetime.now(UTC).astimezone(zone), zone, hours)
    try:
        now = datetime.fromisoformat(now_text.strip())
        if now.year not in _YEARS:
            raise ValueError("year")
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
