"""The reply that a written complaint is owed: a promise with the date of the policy's clocks, and where that date is from."""

from __future__ import annotations

from clientcoach.case.fields import AGENT
from clientcoach.errors import UsageError
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.commands.session import Session

WRITTEN = ("chat", "email")


def owed(session: Session, case: Mapping[str, Any]) -> tuple[dict[str, Any], str] | None:
    """The promise, and what to know about it; None where nothing came in writing or the policy has no clock. Raises UsageError."""
    written = session.values.get("kind") == "complaint" or case.get("channel") in WRITTEN
    found = clocked(session, case) if written else None
    if found is None:
        return None
    due, one, received = found
    strings, owner = session.strings(session.ui()), case.get("agent") or AGENT
    note = word(strings, "log.reply_by", date=due, source=one["source"], checked=one["checked_on"])
    return {"what": word(strings, "log.reply", date=received), "owner": owner, "due": due}, note


def clocked(session: Session, case: Mapping[str, Any]) -> tuple[str, Mapping[str, Any], str] | None:
    """By when a complaint must be answered (an ISO date), its clock, and when it came in; None where nothing tells it.

    Raises UsageError.
    """
    policy = session.policy(session.ui())
    if not (case.get("received") and policy["clocks"]):
        return None
    from clientcoach.case.moments import resolve
    from clientcoach.records.clocks import reply_by

    clock = session.clock(policy)
    received: str = resolve(case["received"], clock, back=True)["date"]
    try:
        found = reply_by(received, policy["clocks"], clock)
    except ValueError as error:
        raise UsageError("bad_moment", field="received", value=case["received"]) from error
    return (*found, received) if found else None
