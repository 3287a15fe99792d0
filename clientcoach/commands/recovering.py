"""`doctor --recover FILE`: what a damaged store still says, into a new one. The damaged file is only read."""

from __future__ import annotations

import contextlib
import os

from clientcoach.commands import Result, keeping
from clientcoach.errors import CoachError, StorageError, UsageError
from clientcoach.records import recovery
from clientcoach.records.engine import is_url
from clientcoach.records.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from clientcoach.commands.session import Session


def recover(session: Session) -> Result:
    """What was found, and what was not; exit 1 where something was not. Raises UsageError, StorageError."""
    damaged = keeping.place(session)
    if is_url(damaged) or is_url(session.values["recover"]):
        raise UsageError("recover_needs_file")
    new = keeping.resolved(session, session.values["recover"])
    if not os.path.isfile(damaged):
        raise StorageError("store_unreachable", file=damaged, reason="")
    _reserve(new)
    try:
        found = _copied(session, os.path.realpath(damaged), new)
    except BaseException:
        for path in (new, f"{new}-journal"):
            with contextlib.suppress(OSError):
                os.unlink(path)
        raise
    whole = not any(found[state] for state in ("changed", "unchecked", "lost", "audit_lost"))
    answer = {"schema": "clientcoach/recovery@1", "file": damaged, "to": new, **found}
    return Result("recovery", answer, exit_code=0 if whole else 1, strings=session.told_in(session.ui()))


def _reserve(path: str) -> None:
    """The new file, empty; nothing that is there is ever written over."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise UsageError("recover_exists", file=path) from error
    except OSError as error:
        raise StorageError("cannot_save", file=path, reason=os.strerror(error.errno or 0)) from error


def _copied(session: Session, damaged: str, new: str) -> dict[str, Any]:
    clock = session.clock(session.policy(session.ui()))
    actor = keeping.actor(session)
    try:
        with recovery.at_rest(damaged, os.path.dirname(new)) as pages, Store(new, lambda: keeping.now(session), actor, write=True) as kept:
            found = kept.change(lambda engine, at, actor: recovery.fill(engine, at, actor, pages, clock))
    except OSError as error:
        raise StorageError("store_unreachable", file=damaged, reason=os.strerror(error.errno or 0)) from error
    if not (found["recovered"] or any(found[state] for state in ("changed", "unchecked", "lost"))):
        raise CoachError("recover_nothing", file=damaged)
    return found
