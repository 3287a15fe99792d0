"""Records from one store into another. What is there is not doubled, what differs is not overwritten, what was erased there stays so.

Of a promise that is the same but for how it stands, the later state wins: kept over open, put off longer over less long.
"""

from __future__ import annotations

from clientcoach.errors import UsageError
from clientcoach.records import audit, incidents, promises
from clientcoach.records.retention import ACTION as PRUNED
from clientcoach.records.schema import PROMISE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from clientcoach.records.engine import Engine

    Record = dict[str, Any]
    Save = Callable[[Engine, Engine, Record, str, str], str]  # source, target, record, at, actor → what came of it

ACTION = "copy"
COPIED, THERE, UPDATED, ERASED, CONFLICT = "copied", "there_already", "updated", "erased_there", "conflicts"


def incident(source: Engine, target: Engine, record: Record, at: str, actor: str) -> str:
    """One incident with its promises; what came of it. Inside a transaction of the target."""
    found = incidents.find(target, record["id"])
    if found is None:
        return _new(target, record["id"], lambda: incidents.insert_new(target, record, at, actor, ACTION))
    if _pruned(source, target, record["id"]):
        return THERE
    if incidents.core(found) != incidents.core(record):
        return CONFLICT
    there = {one["id"]: one for one in found["promises"]}
    here = {one["id"]: one for one in record["promises"]}
    merged = {name: _merged(there[name], here[name]) for name in there.keys() & here.keys()}
    apart = [name for name in there.keys() ^ here.keys() if not (_gone(target, name) or _gone(source, name))]
    if apart or None in merged.values():
        return CONFLICT
    return _changed(target, [(there[name], one) for name, one in merged.items() if one is not None], at, actor)


def promise(source: Engine, target: Engine, record: Record, at: str, actor: str) -> str:
    """One promise that was made outside an incident; what came of it. Inside a transaction of the target."""
    found = promises.find(target, record["id"])
    if found is None:
        return _new(target, record["id"], lambda: promises.add(target, record, at, actor, ACTION))
    if _pruned(source, target, record["id"]):
        return THERE
    merged = _merged(found, record)
    return CONFLICT if merged is None else _changed(target, [(found, merged)], at, actor)


def _new(target: Engine, name: str, save: Callable[[], Any]) -> str:
    if _gone(target, name):
        return ERASED
    try:
        save()
    except UsageError:  # one of its promises is there under another incident
        return CONFLICT
    return COPIED


def _gone(engine: Engine, name: str) -> bool:
    """Whether the record was there once and was erased."""
    return audit.last(engine, name)[1] == audit.GONE


def _pruned(source: Engine, target: Engine, name: str) -> bool:
    """Whether either has only its bare figures left."""
    return PRUNED in {audit.last(engine, name)[0] for engine in (source, target)}


def _merged(there: Mapping[str, Any], here: Mapping[str, Any]) -> Record | None:
    """The promise as it stands later; None where it is another."""
    state = ("snoozed", "done_at")
    if any(there[name] != here[name] for name in PROMISE if name not in state):
        return None
    return {**there, "done_at": there["done_at"] or here["done_at"], "snoozed": max(there["snoozed"] or "", here["snoozed"] or "") or None}


def _changed(target: Engine, pairs: list[tuple[Record, Record]], at: str, actor: str) -> str:
    new = [after for before, after in pairs if before != after]
    for one in new:
        promises.change(target, one, at, actor, ACTION)
    return UPDATED if new else THERE
