"""The ledger of promises: verb, owner, date. A promise stays due until it is done; being put off does not change the promised date."""

from __future__ import annotations

from clientcoach.errors import UsageError
from clientcoach.records import audit, lookup
from clientcoach.records.ids import stamp
from clientcoach.records.schema import PROMISE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.case.clock import Clock
    from clientcoach.records.engine import Engine, Row

    Promise = dict[str, Any]

COLUMNS = ", ".join(PROMISE)
REMOVED = "[removed]"  # stands for a text that was taken out
PAGE = 500  # rows read at once
LAST_MINUTE = 24 * 60 - 1  # a day ends in itself: midnight is the next one's


def due_at(due: str, clock: Clock) -> str:
    """The moment (UTC text) by which it is due: a time as it is, a date at the end of that day's hours. Raises ValueError."""
    from datetime import datetime, timedelta

    when = datetime.fromisoformat(due)
    if len(due) == len("2026-11-25"):
        closing = (clock.span(when.date()) or (0, LAST_MINUTE))[1]
        when = clock.at(when + timedelta(minutes=min(closing, LAST_MINUTE)))
    elif when.tzinfo is None:
        when = clock.at(when)
    try:
        return stamp(when)
    except OverflowError as error:
        raise ValueError(due) from error


def completed(promise: Mapping[str, Any], clock: Clock, incident: Mapping[str, Any] | None = None) -> Promise:
    """A promise with every column of the table: `due_at` from its `due`, the rest from the incident it was made in. Raises ValueError."""
    about = incident or {}
    given = {"incident": about.get("id"), **{name: about.get(name) for name in ("reference", "channel")}}
    told = {name: value for name, value in promise.items() if value is not None}
    return {"schema": "clientcoach/promise@1", **dict.fromkeys(PROMISE), **given, "due_at": due_at(promise["due"], clock), **told}


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
    """The row of a promise alone."""
    marks = ", ".join("?" * len(PROMISE))
    engine.run(f"INSERT INTO promise ({COLUMNS}) VALUES ({marks})", [promise.get(name) for name in PROMISE])  # noqa: S608 - our own names


def add(engine: Engine, promise: Promise, at: str, actor: str, action: str = "promise") -> None:
    """A promise with its line in the audit, made by hand or in an incident."""
    insert(engine, promise)
    audit.append(engine, at, actor, action, promise["id"], core(promise))


def add_new(engine: Engine, promise: Promise, at: str, actor: str, action: str) -> bool:
    """Whether the promise was new; the same one again changes nothing. Raises UsageError where its id is another's."""
    found = find(engine, promise["id"])
    if found is None:
        add(engine, promise, at, actor, action)
    elif core(found) != core(promise):
        raise UsageError("promise_taken", id=promise["id"])
    return found is None


def change(engine: Engine, promise: Promise, at: str, actor: str, action: str) -> None:
    """A promise done or put off."""
    engine.run("UPDATE promise SET snoozed = ?, done_at = ? WHERE id = ?", (promise["snoozed"], promise["done_at"], promise["id"]))
    audit.append(engine, at, actor, action, promise["id"], core(promise))


def erase(engine: Engine, name: str, at: str, actor: str, action: str) -> None:
    """A promise out of the store."""
    engine.run("DELETE FROM promise WHERE id = ?", (name,))
    audit.append(engine, at, actor, action, name, None)


def scrub(engine: Engine, name: str, at: str, actor: str, action: str) -> None:
    """A promise without what tells of a person: its dates stay."""
    engine.run("UPDATE promise SET what = ?, reference = ? WHERE id = ?", (REMOVED, None, name))
    bare = read(next(engine.rows(f"SELECT {COLUMNS} FROM promise WHERE id = ?", (name,))))  # noqa: S608 - our own names
    audit.append(engine, at, actor, action, name, core(bare))


def begin_so(engine: Engine, name: str) -> list[Promise]:
    """The promises whose id is this or begins so, two at most: nobody needs to know more."""
    return [read(row) for row in lookup.beginning(engine, "promise", PROMISE, name)]


def find(engine: Engine, name: str) -> Promise | None:
    """The promise of an id, or of the only id that begins so; None where there is none or more than one."""
    found = begin_so(engine, name)
    return found[0] if len(found) == 1 else None


def still_open(engine: Engine, *, reference: str | None = None, before: str | None = None) -> Iterator[Promise]:
    """What is not done yet, the nearest date first; of one customer, or due before a moment (UTC text)."""
    tests = {"reference = ?": reference, "due_at < ?": before}
    wanted = {test: value for test, value in tests.items() if value is not None}
    condition = " AND ".join(["done_at IS NULL", *wanted])
    sql = f"SELECT {COLUMNS} FROM promise WHERE {condition} ORDER BY due_at, id"  # noqa: S608 - our own names
    yield from map(read, engine.rows(sql, list(wanted.values())))


def every(engine: Engine, *, reference: str | None = None) -> Iterator[Promise]:
    """All of them, done ones too, by id; of one customer."""
    yield from _paged(engine, {} if reference is None else {"reference = ?": reference})


def on_their_own(engine: Engine, *, reference: str | None = None) -> Iterator[Promise]:
    """Those that were made outside an incident, by id; of one customer."""
    yield from _paged(engine, {} if reference is None else {"reference = ?": reference}, "incident IS NULL AND ")


def _paged(engine: Engine, wanted: Mapping[str, str], condition: str = "") -> Iterator[Promise]:
    """A page at a time: a million need no more memory than one, and nobody who writes waits for the reader."""
    last = ""
    while True:
        tests = " AND ".join([*wanted, "id > ?"])
        sql = f"SELECT {COLUMNS} FROM promise WHERE {condition}{tests} ORDER BY id LIMIT {PAGE}"  # noqa: S608 - our own names, a number
        page = [read(row) for row in engine.rows(sql, [*wanted.values(), last])]
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1]["id"]
