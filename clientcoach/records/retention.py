"""What is older than the policy allows, out of the store: first what tells of a person, later the whole record.

An incident with an open promise is left alone: the matter is not over. A batch is a transaction; one that was done is not done again.
"""

from __future__ import annotations

from clientcoach.records import incidents, promises

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from clientcoach.records.engine import Engine
    from clientcoach.records.store import Store

    Do = Callable[[Engine, str, str, str], Any]  # engine, id, at, actor

ACTION = "prune"
BATCH = 500  # records a transaction
OPEN = "EXISTS (SELECT 1 FROM promise AS owed WHERE owed.incident = incident.id AND owed.done_at IS NULL)"
PRUNED = "EXISTS (SELECT 1 FROM audit WHERE record = {table}.id AND action = 'prune')"
KINDS = {
    "incidents": ("incident", f"closed_at < ? AND NOT {OPEN}"),
    "promises": ("promise", "incident IS NULL AND done_at < ?"),  # those made outside an incident; an open one is never over
}


def due(kind: str, *, again: bool) -> str:
    """FROM and WHERE of the records of a kind that are older than `?`; `again`: also those without their texts already."""
    table, condition = KINDS[kind]
    return f"FROM {table} WHERE {condition}" + ("" if again else f" AND NOT {PRUNED.format(table=table)}")


def counts(engine: Engine, personal: str | None, details: str | None) -> dict[str, dict[str, int]]:
    """How many would be erased (older than `details`) and how many left without what tells of a person (older than `personal`)."""
    erased = {kind: _count(engine, due(kind, again=True), details) for kind in KINDS}
    scrubbed = {kind: _count(engine, due(kind, again=False), personal) for kind in KINDS}
    both = {kind: _count(engine, due(kind, again=False), _earlier(personal, details)) for kind in KINDS}
    return {"scrubbed": {kind: scrubbed[kind] - both[kind] for kind in KINDS}, "erased": erased}


def _earlier(personal: str | None, details: str | None) -> str | None:
    """Up to when both are due: those are erased and nothing else."""
    return min(personal, details) if personal and details else None


def _count(engine: Engine, which: str, before: str | None) -> int:
    return int(next(engine.rows(f"SELECT count(*) {which}", (before,)))[0]) if before else 0


def left_open(engine: Engine, before: str | None) -> int:
    """How many incidents would be due, were there no open promise."""
    return _count(engine, f"FROM incident WHERE closed_at < ? AND {OPEN}", before)


def prune(kept: Store, personal: str | None, details: str | None) -> dict[str, dict[str, int]]:
    """Erases, then takes out what tells of a person; how many of each kind."""
    erase: dict[str, Do] = {
        "incidents": lambda engine, name, at, actor: incidents.erase(engine, name, at, actor, ACTION),
        "promises": lambda engine, name, at, actor: promises.erase(engine, name, at, actor, ACTION),
    }
    scrub: dict[str, Do] = {
        "incidents": lambda engine, name, at, actor: incidents.scrub(engine, name, at, actor, ACTION),
        "promises": lambda engine, name, at, actor: promises.scrub(engine, name, at, actor, ACTION),
    }
    return {
        "erased": {kind: _each(kept, due(kind, again=True), details, do) for kind, do in erase.items()},
        "scrubbed": {kind: _each(kept, due(kind, again=False), personal, do) for kind, do in scrub.items()},
    }


def _each(kept: Store, which: str, before: str | None, do: Do) -> int:
    """Does it to all of them in the order of their ids, a batch a transaction; how many there were."""
    count, last = 0, ""
    while before:
        done = kept.change(lambda engine, at, actor: _batch(engine, which, (before, last), lambda name: do(engine, name, at, actor)))  # noqa: B023 - called at once
        count += len(done)
        if len(done) < BATCH:
            break
        last = done[-1]
    return count


def _batch(engine: Engine, which: str, bounds: tuple[str, str], do: Callable[[str], Any]) -> list[str]:
    names = [row[0] for row in engine.rows(f"SELECT id {which} AND id > ? ORDER BY id LIMIT {BATCH}", bounds)]
    for name in names:
        do(name)
    return names
