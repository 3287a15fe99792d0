"""What every verb of the records needs: where the store is, who writes, what time it is; and a way out where it cannot be written."""

from __future__ import annotations

import os

from clientcoach.errors import StorageError, UsageError
from clientcoach.records.engine import is_url
from clientcoach.records.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.commands.session import Session
    from clientcoach.errors import CoachError

FILE = "records.db"


def place(session: Session) -> str:
    """The path or URL of the store: `--db`, CLIENTCOACH_DB, the settings, else a file in the data directory. Raises UsageError."""
    if session.values.get("db", session.env.variables.get("CLIENTCOACH_DB")) == "":
        raise UsageError("no_store_named")  # SQLite would open a file that nobody ever sees again
    named = session.values.get("db") or session.settings.get("db")
    if named and (is_url(named) or session.values.get("db")):
        return resolved(session, named)
    if named:
        return session.settings.paths("db")[0]
    folder = session.env.directory("data")
    if folder is None:
        raise UsageError("no_store_named")
    return os.path.join(folder, FILE)


def resolved(session: Session, named: str) -> str:
    """A path or URL as it was typed: a path from where the worker is."""
    return named if is_url(named) else os.path.normpath(os.path.join(session.env.cwd or "/", os.path.expanduser(named)))


def store(session: Session) -> Store | None:
    """The store, to be read; None where there is none yet. Raises StorageError, UsageError."""
    return _open(session, write=False) if there(session) else None


def there(session: Session) -> bool:
    """Whether there is a store that could hold anything."""
    where = place(session)
    return is_url(where) or os.path.exists(where)


def opened(session: Session) -> Store:
    """The store, to be written; made where there is none yet."""
    return _open(session, write=True)


def _open(session: Session, *, write: bool) -> Store:
    return Store(place(session), lambda: now(session), actor(session), write=write)


def save(session: Session, incident: Mapping[str, Any], action: str = "create") -> None:
    """Saves an incident that was read (`reading.incident_from`) and drops its draft; the same one again changes nothing.

    Whatever keeps it out of the store, it stays as a draft. Raises StorageError (`kept_as_draft`; `not_kept` where that could not be
    written either: then the caller has to show it), UsageError where its id or a promise's is another's.
    """
    from clientcoach.records import drafts, incidents

    folder = session.env.directory("runtime")
    try:
        with opened(session) as kept:
            kept.change(lambda engine, at, actor: incidents.insert_new(engine, dict(incident), at, actor, action))
    except UsageError as error:
        if error.code != "no_store_named":
            raise
        raise _unsaved(session, incident, error) from error
    except StorageError as error:
        raise _unsaved(session, incident, error) from error
    except BaseException:  # Ctrl-C while the store is locked
        drafts.keep(folder, incident)
        raise
    drafts.drop(folder, incident["id"])


def _unsaved(session: Session, incident: Mapping[str, Any], error: CoachError) -> StorageError:
    """What failed, that the incident waits, and how it gets into the store."""
    from clientcoach.records import drafts
    from clientcoach.views.messages import sentence

    path = drafts.keep(session.env.directory("runtime"), incident)
    reason = sentence(error, session.strings(session.ui()))
    return StorageError("kept_as_draft", reason=reason, file=path) if path else StorageError("not_kept", reason=reason)


def masked_told(session: Session, found: Mapping[str, int]) -> list[str]:
    """What was taken out of an incident's texts (kind: count), as a sentence; none where nothing was."""
    if not found:
        return []
    from clientcoach.views.messages import word

    strings = session.strings(session.ui())
    told = [f"{word(strings, f'mask.{kind}')} {count}" for kind, count in sorted(found.items())]
    return [word(strings, "log.masked", found=told)]


def drafts_notice(session: Session, strings: Mapping[str, Any]) -> str | None:
    """That incidents wait to be saved, and how; None where none does. Opens no store."""
    from clientcoach.records import drafts
    from clientcoach.views.messages import word

    count = len(drafts.waiting(session.env.directory("runtime")))
    return word(strings, "log.waiting", count=count) if count else None


def now(session: Session) -> str:
    """The time, as the store keeps it."""
    from clientcoach.records.observed import utc

    return utc(session.clock(session.policy(session.ui())).now.isoformat(timespec="seconds"))


def actor(session: Session) -> str:
    """Who does it: the worker of the settings, else the account."""
    named = session.settings.get("agent")
    return str(named or session.env.variables.get("USER") or session.env.variables.get("USERNAME") or "worker")
