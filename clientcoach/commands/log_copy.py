"""`log copy`: all records into another store, a batch a transaction: killed and started again, nothing is there twice or missing."""

from __future__ import annotations

import os
from itertools import islice

from clientcoach.commands import Result
from clientcoach.commands.keeping import actor, now, place, resolved, store
from clientcoach.commands.log_in import MOST_TOLD
from clientcoach.commands.session import Session
from clientcoach.errors import UsageError
from clientcoach.records import audit, copying, incidents, promises
from clientcoach.records.engine import is_url, shown
from clientcoach.records.store import Store
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from clientcoach.env import Env

BATCH = 500  # records a transaction
COUNTED = (copying.COPIED, copying.THERE, copying.UPDATED, copying.ERASED, copying.CONFLICT)


def run_copy(values: Mapping[str, Any], env: Env) -> Result:
    """What came of every record; exit 1 where one is there with other content. Raises UsageError, StorageError."""
    session = Session(values, env)
    if not values.get("to"):
        raise UsageError("missing_word", command="clientcoach log copy", name="--to")
    target = resolved(session, values["to"])
    if _is_one_file(place(session), target):
        raise UsageError("same_store", file=shown(target))
    data: dict[str, Any] = {"schema": "clientcoach/copy@1", "to": shown(target), **dict.fromkeys(COUNTED, 0), "ids": []}
    source = store(session)
    if source is not None:
        with source, Store(target, lambda: now(session), actor(session), write=True) as other:
            _copy(source, other, data)
    result = Result("copied", data, strings=session.told_in(session.ui()), exit_code=1 if data[copying.CONFLICT] else 0)
    result.notes = lambda style: _told(session, data) if style == "text" else ()
    return result


def _is_one_file(one: str, other: str) -> bool:
    return not is_url(one) and not is_url(other) and os.path.exists(other) and os.path.exists(one) and os.path.samefile(one, other)


def _copy(source: Store, other: Store, data: dict[str, Any]) -> None:
    head = audit.head(source.engine)
    if head[0] and head == audit.head(other.engine):  # two addresses of one server, or a copy that has all there is
        raise UsageError("same_store", file=other.engine.place)
    kinds: tuple[tuple[Callable[..., str], Iterator[Any]], ...] = (
        (copying.incident, incidents.listed(source.engine, {})),
        (copying.promise, promises.on_their_own(source.engine)),
    )
    for save, records in kinds:
        while batch := list(islice(records, BATCH)):
            for record, came in zip(batch, _saved(source, other, save, batch), strict=True):
                data[came] += 1
                if came == copying.CONFLICT and len(data["ids"]) < MOST_TOLD:
                    data["ids"].append(record["id"])


def _saved(source: Store, other: Store, save: Callable[..., str], batch: list[Any]) -> list[str]:
    return other.change(lambda engine, at, who: [save(source.engine, engine, record, at, who) for record in batch])


def _told(session: Session, data: Mapping[str, Any]) -> list[str]:
    strings = session.strings(session.ui())
    return [word(strings, "log.conflict", id=name) for name in data["ids"]]
