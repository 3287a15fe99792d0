"""Incidents in the store: an incident@1 goes in and comes out as it was. Everything here runs inside the caller's transaction."""

from __future__ import annotations

from clientcoach import quickjson
from clientcoach.errors import UsageError
from clientcoach.records import audit
from clientcoach.records.promises import add as add_promise
from clientcoach.records.promises import find as find_promise
from clientcoach.records.promises import read as read_promise
from clientcoach.records.schema import INCIDENT, MEASURE, PROMISE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.records.engine import Engine, Row

    Incident = dict[str, Any]

DETAIL = (
    "facts", "behaviours", "measures", "offers", "interruptions", "steps", "phrases", "conduct", "checklist", "worked", "better",
)  # fmt: skip
LISTS = ("facts", "behaviours", "measures", "offers", "interruptions", "phrases")
PAGE = 500  # rows read at once


def blank() -> Incident:
    """An incident that says nothing yet."""
    return {
        "schema": "clientcoach/incident@1",
        **dict.fromkeys(INCIDENT[:-1]),
        "kind": "call",
        "warnings": 0,
        "prior": 0,
        **{name: [] for name in LISTS},
        "steps": {},
        "conduct": None,
        "checklist": None,
        "worked": None,
        "better": None,
        "promises": [],
    }


def insert(engine: Engine, incident: Incident, at: str, actor: str, action: str = "create") -> None:
    """An incident with its promises, its measures and their lines in the audit."""
    detail = quickjson.dumps({name: incident[name] for name in DETAIL})
    columns = [*(incident[name] for name in INCIDENT[:-1]), detail]
    marks = ", ".join("?" * len(INCIDENT))
    engine.run(f"INSERT INTO incident ({', '.join(INCIDENT)}) VALUES ({marks})", columns)  # noqa: S608 - our own names
    marks = ", ".join("?" * len(MEASURE))
    engine.run_many(f"INSERT INTO measure ({', '.join(MEASURE)}) VALUES ({marks})", list(measures(incident)))  # noqa: S608 - our own names
    for promise in incident["promises"]:
        add_promise(engine, {**promise, "incident": incident["id"]}, at, actor)
    audit.append(engine, at, actor, action, incident["id"], core(incident))


def insert_new(engine: Engine, incident: Incident, at: str, actor: str, action: str) -> bool:
    """Whether the incident was new; the same one again changes nothing. Raises UsageError where its id or a promise's is another's."""
    found = find(engine, incident["id"])
    if found == incident:
        return False
    if found is not None:
        raise UsageError("incident_differs", id=incident["id"])
    names = [promise["id"] for promise in incident["promises"]]
    taken = [name for name in names if names.count(name) > 1 or find_promise(engine, name)]
    if taken:
        raise UsageError("promise_taken", id=taken[0])
    insert(engine, incident, at, actor, action)
    return True


def core(incident: Mapping[str, Any]) -> dict[str, Any]:
    """What the digest of an incident covers: all of it but its promises, which have lines of their own."""
    return {name: incident[name] for name in (*INCIDENT[:-1], *DETAIL)}


def measures(incident: Incident) -> Iterator[tuple[Any, ...]]:
    """What the reports count, one row each."""
    rows = [
        *(("step", step, state) for step, state in incident["steps"].items()),
        *(("offer", offer["id"], offer["answer"]) for offer in incident["offers"]),
        *(("interruption", kind, None) for kind in incident["interruptions"]),
        *(("phrase", phrase["id"], "calmed" if phrase.get("calmed") else None) for phrase in incident["phrases"]),
    ]
    for place, row in enumerate(rows):
        yield (incident["id"], place, *row)


def read(row: Row, promises: Sequence[Mapping[str, Any]]) -> Incident:
    """The incident of a row of the table."""
    columns = dict(zip(INCIDENT, row, strict=True))
    detail = quickjson.loads(columns.pop("detail"))
    return {"schema": "clientcoach/incident@1", **columns, **{name: detail.get(name) for name in DETAIL}, "promises": list(promises)}


def beginning(engine: Engine, name: str, most: int = 5) -> Iterator[str]:
    """The ids that begin so."""
    sql = "SELECT id FROM incident WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
    yield from (row[0] for row in engine.rows(sql, (name, f"{name}g", most)))


def find(engine: Engine, name: str) -> Incident | None:
    """The incident of an id, or of the only id that begins so; None where there is none or more than one."""
    found = list(engine.rows(f"SELECT {', '.join(INCIDENT)} FROM incident WHERE id >= ? AND id < ? LIMIT 2", (name, f"{name}g")))  # noqa: S608 - our own names
    return _with_promises(engine, found[0]) if len(found) == 1 else None


def _with_promises(engine: Engine, row: Row) -> Incident:
    rows = engine.rows(f"SELECT {', '.join(PROMISE)} FROM promise WHERE incident = ? ORDER BY id", (row[0],))  # noqa: S608 - our own names
    return read(row, [read_promise(one) for one in rows])


def listed(engine: Engine, where: Mapping[str, Any], *, limit: int | None = None) -> Iterator[Incident]:
    """The incidents that fit, the newest first, a page at a time: a million need no more memory than one page.

    `where`: columns and the values they must have; `since` and `until` bound `closed_at` (until is not included).
    """
    bounds = {"since": "closed_at >= ?", "until": "closed_at < ?"}
    tests = [bounds.get(name, f"{name} = ?") for name in where]
    last: tuple[str, str] | None = None
    left = limit
    while left is None or left > 0:
        after = ["(closed_at, id) < (?, ?)"] if last else []
        condition = " AND ".join([*tests, *after]) or "1 = 1"
        count = PAGE if left is None else min(PAGE, left)
        sql = f"SELECT {', '.join(INCIDENT)} FROM incident WHERE {condition} ORDER BY closed_at DESC, id DESC LIMIT {count}"  # noqa: S608 - our own names, a number
        page = list(engine.rows(sql, [*where.values(), *(last or ())]))
        yield from (_with_promises(engine, row) for row in page)
        if len(page) < count:
            return
        last = (page[-1][INCIDENT.index("closed_at")], page[-1][0])
        left = None if left is None else left - count


def erase(engine: Engine, name: str, at: str, actor: str) -> None:
    """An incident, its measures and its promises, out of the store."""
    promises = [row[0] for row in engine.rows("SELECT id FROM promise WHERE incident = ?", (name,))]
    for table, column in (("measure", "incident"), ("promise", "incident"), ("incident", "id")):
        engine.run(f"DELETE FROM {table} WHERE {column} = ?", (name,))  # noqa: S608 - our own names
    for gone in (*promises, name):
        audit.append(engine, at, actor, "erase", gone, None)
