"""Incidents in the store: an incident@1 goes in and comes out as it was. Everything here runs inside the caller's transaction."""

from __future__ import annotations

from clientcoach import quickjson
from clientcoach.errors import UsageError
from clientcoach.records import audit, lookup
from clientcoach.records.promises import add as add_promise
from clientcoach.records.promises import find as find_promise
from clientcoach.records.promises import read as read_promise
from clientcoach.records.promises import scrub as scrub_promise
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
PERSONAL = ("facts", "behaviours", "measures", "conduct", "checklist", "worked", "better")  # what of the detail may tell of a person
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
        add_promise(engine, {**promise, "incident": incident["id"]}, at, actor, "copy" if action == "copy" else "promise")
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


def beginning(engine: Engine, name: str, most: int = 5) -> list[str]:
    """The ids that begin so."""
    return [row[0] for row in lookup.beginning(engine, "incident", ("id",), name, most)]


def find(engine: Engine, name: str) -> Incident | None:
    """The incident of an id, or of the only id that begins so; None where there is none or more than one."""
    found = list(lookup.beginning(engine, "incident", INCIDENT, name))
    return next(_with_promises(engine, found)) if len(found) == 1 else None


def warned(engine: Engine, references: Sequence[str]) -> int:
    """How many boundary warnings were given in the calls about a matter."""
    marks = ", ".join("?" * len(references))
    found = list(engine.rows(f"SELECT sum(warnings) FROM incident WHERE reference IN ({marks})", references))  # noqa: S608 - marks
    return int(found[0][0] or 0)


def _with_promises(engine: Engine, rows: Sequence[Row]) -> Iterator[Incident]:
    """The incidents of some rows. One query for all their promises: each has its price in locks."""
    marks = ", ".join("?" * len(rows))
    sql = f"SELECT {', '.join(PROMISE)} FROM promise WHERE incident IN ({marks}) ORDER BY id"  # noqa: S608 - our own names, marks
    made: dict[str, list[Any]] = {row[0]: [] for row in rows}
    for one in map(read_promise, engine.rows(sql, list(made))):
        made[one["incident"]].append(one)
    yield from (read(row, made[row[0]]) for row in rows)


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
        sql = f"SELECT {', '.join(INCIDENT)} FROM incident WHERE {condition} ORDER BY closed_at DESC, id DESC LIMIT ?"  # noqa: S608 - our own names
        page = list(engine.rows(sql, [*where.values(), *(last or ()), count]))  # told as a number, 1 would make SQLite sort the whole table
        if page:
            yield from _with_promises(engine, page)
        if len(page) < count:
            return
        last = (page[-1][INCIDENT.index("closed_at")], page[-1][0])
        left = None if left is None else left - count


def erase(engine: Engine, name: str, at: str, actor: str, action: str = "erase") -> list[str]:
    """An incident, its measures and its promises, out of the store; the ids of what is gone."""
    promises = [row[0] for row in engine.rows("SELECT id FROM promise WHERE incident = ?", (name,))]
    for table, column in (("measure", "incident"), ("promise", "incident"), ("incident", "id")):
        engine.run(f"DELETE FROM {table} WHERE {column} = ?", (name,))  # noqa: S608 - our own names
    for gone in (*promises, name):
        audit.append(engine, at, actor, action, gone, None)
    return [*promises, name]


def scrub(engine: Engine, name: str, at: str, actor: str, action: str) -> None:
    """An incident without what tells of a person; what statistics are made of stays."""
    row = next(engine.rows(f"SELECT {', '.join(INCIDENT)} FROM incident WHERE id = ?", (name,)))  # noqa: S608 - our own names
    found = next(_with_promises(engine, [row]))
    bare = {**found, "reference": None, **{name: blank()[name] for name in PERSONAL}}
    detail = quickjson.dumps({name: bare[name] for name in DETAIL})
    engine.run("UPDATE incident SET reference = ?, detail = ? WHERE id = ?", (None, detail, name))
    audit.append(engine, at, actor, action, name, core(bare))
    for promise in found["promises"]:
        scrub_promise(engine, promise["id"], at, actor, action)
