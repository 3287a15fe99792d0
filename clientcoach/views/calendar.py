"""Promises as a calendar (RFC 5545): events, since many calendars do not show tasks. The only module that knows icalendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from icalendar import Alarm, Calendar, Event

from clientcoach.case.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

BEFORE = timedelta(minutes=-30)  # the alarm of a time
MORNING = timedelta(hours=9)  # the alarm of a day
DAY = len("2026-11-25")


def calendar(data: Mapping[str, Any]) -> str:
    """One event a promise. Its uid is the promise's id: imported again it replaces itself. A date is a whole day."""
    found = Calendar()
    found.add("prodid", "-//clientcoach//promises//EN")
    found.add("version", "2.0")
    for one in data["promises"]:
        found.add_component(_event(one))
    return str(found.to_ical(), "utf-8")


def _event(promise: Mapping[str, Any]) -> Event:
    event, what = Event(), safe(promise["what"])
    event.add("uid", promise["id"])
    event.add("dtstamp", datetime.fromisoformat(promise["made_at"]))
    whole_day = len(promise["due"]) == DAY
    event.add("dtstart", date.fromisoformat(promise["due"]) if whole_day else datetime.fromisoformat(promise["due_at"]))
    event.add("summary", what)
    event.add("description", safe(", ".join(promise[name] for name in ("owner", "reference", "channel") if promise[name])))
    event.add("transp", "TRANSPARENT")  # it is a date to keep, not time that is taken
    event.add_component(_alarm(what, MORNING if whole_day else BEFORE))
    return event


def _alarm(what: str, when: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", what)
    alarm.add("trigger", when)
    return alarm
