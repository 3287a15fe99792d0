"""`log prune`: what is older than the policy's `retention`, out of the store. Safe for cron: nothing to do is no error."""

from __future__ import annotations

import os
import time

from clientcoach.commands import Result
from clientcoach.commands.keeping import now, opened, place, store
from clientcoach.commands.log_forget import tidied
from clientcoach.commands.session import Session
from clientcoach.records import forget, retention
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

PERIODS = ("personal", "details")
NONE = {"erased": dict.fromkeys(retention.KINDS, 0), "scrubbed": dict.fromkeys(retention.KINDS, 0)}
DAY = 24 * 3600  # seconds


def run_prune(values: Mapping[str, Any], env: Env) -> Result:
    """What is due, in counts; with `--yes` it is done."""
    session = Session(values, env)
    days = session.policy(session.ui())["retention"]
    before = {name: _ago(session, days[name]) if name in days else None for name in PERIODS}
    kept = store(session) if any(before.values()) else None
    data: dict[str, Any] = {"schema": "clientcoach/prune@1", "done": False, "at": now(session), **before, **NONE, "open": 0, "copies": []}
    if kept is not None:
        with kept:
            data.update(kept.read(lambda engine: retention.counts(engine, **before)))
            data["open"] = kept.read(lambda engine: retention.left_open(engine, max(filter(None, before.values()))))
        data["copies"] = _old_copies(session, min(days[name] for name in PERIODS if name in days))
    result = Result("pruned", data, strings=session.told_in(session.ui()))
    result.notes = lambda style: _why(session, before) if style == "text" else ()
    if values.get("yes") and _due(data):
        _prune(session, before, data, result)
    return result


def _ago(session: Session, days: int) -> str:
    """The moment so many days ago, as the store keeps it."""
    from datetime import timedelta

    from clientcoach.records.ids import stamp

    return stamp(session.clock(session.policy(session.ui())).now - timedelta(days=days))


def _old_copies(session: Session, days: int) -> list[str]:
    """Copies made before a change of schema that are older than the shortest period themselves: all in them is due."""
    return [path for path in forget.copies(place(session)) if time.time() - os.path.getmtime(path) > days * DAY]


def _due(data: Mapping[str, Any]) -> bool:
    return bool(data["copies"]) or any(count for name in NONE for count in data[name].values())


def _why(session: Session, before: Mapping[str, str | None]) -> list[str]:
    return [] if any(before.values()) else [word(session.strings(session.ui()), "log.no_retention")]


def _prune(session: Session, before: Mapping[str, str | None], data: dict[str, Any], result: Result) -> None:
    with opened(session) as kept:
        data.update(retention.prune(kept, **before), done=True)
        for path in data["copies"]:
            os.unlink(path)
        tidied(session, kept, result)
