"""What every verb of the records needs: where the store is, who writes, what time it is; and a way out where it cannot be written."""

from __future__ import annotations

import os

from clientcoach.errors import UsageError
from clientcoach.records.engine import is_url
from clientcoach.records.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from clientcoach.commands.session import Session

FILE = "records.db"


def place(session: Session) -> str:
    """The path or URL of the store: `--db`, CLIENTCOACH_DB, the settings, else a file in the data directory. Raises UsageError."""
    if session.env.variables.get("CLIENTCOACH_DB") == "":
        raise UsageError("no_store_named")  # SQLite would open a file that nobody ever sees again
    named = session.values.get("db") or session.settings.get("db")
    if named and is_url(named):
        return str(named)
    if named:
        base = session.env.cwd or "/"
        own = session.values.get("db")
        return os.path.normpath(os.path.join(base, os.path.expanduser(own))) if own else session.settings.paths("db")[0]
    folder = session.env.directory("data")
    if folder is None:
        raise UsageError("no_store_named")
    return os.path.join(folder, FILE)


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


def now(session: Session) -> str:
    """The time, as the store keeps it."""
    from clientcoach.records.observed import utc

    return utc(session.clock(session.policy(session.ui())).now.isoformat(timespec="seconds"))


def actor(session: Session) -> str:
    """Who does it: the worker of the settings, else the account."""
    named = session.settings.get("agent")
    return str(named or session.env.variables.get("USER") or session.env.variables.get("USERNAME") or "worker")
