"""The ledger of promises: verb, owner, date. A promise stays due until it is done; being put off does not change the promised date."""

from __future__ import annotations

from clientcoach.records import audit
from clientcoach.records.schema import PROMISE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.records.engine import Engine, Row

    Promise = dict[str, Any]

COLUMNS = ", ".join(PROMISE)


def read(row: Row) -> Promise:
    """The promise of a row of the table."""
    return {"schema": "clientcoach/promise@1", **dict(zip(PROMISE, row, strict=True))}


def core(promise: Mapping[str, Any]) -> dict[str, Any]:
    """What the digest of a promise covers."""
    return {name: promise.get(name) for name in PROMISE}


def status(promise: Mapping[str, Any], now: str) -> str:
    """open, done or late, at a moment (UTC text)."""
    return "done" if promise["done_at"] else "late" if promise["due_at"] < now else "open"


def insert(engine: Engine, promise: Promise) -> None:
    """A promise; its own line in the audit follows from the caller's action."""
    marks = ", ".join("?" * len(PROMISE))
    engine.run(f"INSERT INTO promise ({COLUMNS}) VALUES ({marks})", [promise.get(name) for name in PROMISE])  # noqa: S608 - our own names


def add(engine: Engine, promise: Promise, at: str, actor: str) -> None:
    """A promise made by hand."""
    insert(engine, promise)
    audit.append(engine, at, actor, "promise", promise["id"], core(promise))


def change(engine: Engine, promise: Promise, at: str, actor: str, action: str) -> None:
    """A promise done or put off."""
    engine.run("UPDATE promise SET snoozed = ?, done_at = ? WHERE id = ?", (promise["snoozed"], promise["done_at"], promise["id"]))
    audit.append(engine, at, actor, action, promise["id"], core(promise))


def find(engine: Engine, name: str) -> Promise | None:
    """The promise of an id, or of the only id that begins so; None where there is none or more than one."""
    found = list(engine.rows(f"SELECT {COLUMNS} FROM promise WHERE id >= ? AND id < ? LIMIT 2", (name, f"{name}g")))  # noqa: S608 - our own names
    return read(found[0]) if len(found) == 1 else None


def still_open(engine: Engine, *, reference: str | None = None, before: str | None = None) -> Iterator[Promise]:
    """What is not done yet, the nearest date first; of one customer, or due before a moment (UTC text)."""
    tests = {"reference = ?": reference, "due_at < ?": before}
    wanted = {test: value for test, value in tests.items() if value is not None}
    condition = " AND ".join(["done_at IS NULL", *wanted])
    sql = f"SELECT {COLUMNS} FROM promise WHERE {condition} ORDER BY due_at, id"  # noqa: S608 - our own names
    yield from map(read, engine.rows(sql, list(wanted.values())))


def every(engine: Engine) -> Iterator[Promise]:
    """All of them, done ones too, the nearest date first."""
    yield from map(read, engine.rows(f"SELECT {COLUMNS} FROM promise ORDER BY due_at, id"))  # noqa: S608 - our own names
