"""Which records are meant: `--since`, `--until` and the columns that must have a value."""

from __future__ import annotations

from clientcoach.case.read import read_field, whole
from clientcoach.content.library import is_name
from clientcoach.errors import UsageError
from clientcoach.records.ids import stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from clientcoach.case.clock import Clock
    from clientcoach.commands.session import Session

# of the table, typed as
COLUMNS = {"cause": "cause", "lang": "call_lang", "channel": "channel", "reference": "reference", "playbook": "playbook"}
MAX_LIMIT = 10**9
_UNITS = {"minute": "minutes", "hour": "hours", "day": "days", "week": "weeks"}


def wanted(session: Session) -> dict[str, Any]:
    """Columns with the values they must have, and the bounds of `closed_at` in UTC. Raises UsageError."""
    values = session.values
    found = {name: _read(name, values[typed]) for name, typed in COLUMNS.items() if values.get(typed) is not None}
    if values.get("since") or values.get("until"):
        clock = session.clock(session.policy(session.ui()))
        found.update({name: bound(name, values[name], clock) for name in ("since", "until") if values.get(name)})
    return found


def _read(name: str, typed: str) -> Any:
    """A playbook may be one that is no longer there, but has to be named as one."""
    if name != "playbook":
        found = read_field(name, typed)
        if found is None:  # a text that says nothing is nobody's, and must not mean everybody's
            raise UsageError("wrong_type", field=name, expected="text", value=typed[:40])
        return found
    if not is_name(typed):
        raise UsageError("unknown_playbook", value=typed[:40])
    return typed


def bound(name: str, text: str, clock: Clock) -> str:
    """A typed moment as UTC: a wait is so long ago, a day begins for `since` and is over for `until`."""
    try:
        return stamp(_bound(name, text, clock))
    except (ValueError, OverflowError) as error:
        raise UsageError("bad_moment", field=name, value=text[:40]) from error


def _bound(name: str, text: str, clock: Clock) -> datetime:
    from datetime import datetime, timedelta

    from clientcoach.case.moments import parse, resolve

    asked = parse(text)
    if asked["kind"] == "wait":
        return clock.now - timedelta(**{_UNITS[asked["unit"]]: asked["count"]})
    when = datetime.fromisoformat(resolve(text, clock, back=True)["iso"])
    if when.tzinfo is None:
        when = clock.at(when + timedelta(days=1 if name == "until" else 0))
    return when


def limit(session: Session) -> int | None:
    """How many at most; None: all."""
    typed = session.values.get("limit")
    return None if typed is None else whole("limit", typed, 0, MAX_LIMIT)
