"""What a playbook looks up before anything is said: promises still open to a customer it would part with, the clocks of a reply."""

from __future__ import annotations

from clientcoach.commands.log_reply import clocked
from clientcoach.errors import CoachError
from clientcoach.views.messages import owner_of, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.coach.shapes import Playbook
    from clientcoach.commands.session import Session


class OpenPromises(CoachError):
    """What was promised comes first: exit 1, as for a search that finds something."""


def look(session: Session, case: Mapping[str, Any], playbook: Playbook) -> list[str]:
    """What the worker should know, as sentences. Raises OpenPromises where the playbook may not be used now, StorageError."""
    told = []
    if "commitments" in playbook["looks_up"]:
        told += _commitments(session, case)
    if "clocks" in playbook["looks_up"]:
        told += _clocks(session, case)
    return told


def _commitments(session: Session, case: Mapping[str, Any]) -> list[str]:
    ui = session.ui(case)
    if session.policy(ui)["parting"] == "never":
        raise OpenPromises("parting_never")
    from clientcoach.commands import keeping
    from clientcoach.commands.owed import Days, owed_to
    from clientcoach.records.observed import references

    strings = session.strings(ui)
    named = references(case)
    if not named:
        return [word(strings, "warning.parting_unknown")]
    store = keeping.store(session)
    if store is None:
        return []
    days = Days(session)
    with store:
        owed = [days.shown(one) for one in owed_to(store.engine, named)]
    if owed:
        lines = [f"{one['what'].rstrip('.')} ({one['day']}, {owner_of(one, strings)})" for one in owed]
        raise OpenPromises("promises_open", promises=lines)
    return []


def _clocks(session: Session, case: Mapping[str, Any]) -> list[str]:
    """That it is looked into first, and by when the policy wants it answered."""
    strings, found = session.strings(session.ui(case)), clocked(session, case)
    told = [word(strings, "log.investigate")]
    if found:
        due, one, _ = found
        told.append(word(strings, "log.reply_by", date=due, source=one["source"], checked=one["checked_on"]))
    return told
