"""Whether the store still says what was put into it: the file, the chain of the audit, and every record against its last line there.

SQLite has no sums of its rows: of 300 flipped bits its own check passed 170 that changed a record (research/storage.md 2.8).
"""

from __future__ import annotations

from itertools import groupby

from clientcoach.records import audit, incidents, promises
from clientcoach.records.ids import digest
from clientcoach.records.schema import INCIDENT, MEASURE, PROMISE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.records.engine import Engine, Row

    Finding = tuple[str, str]  # kind, and the record, the number of the audit's line, or the database's words

PAGE = 500  # rows read at once
RECORDED = "(SELECT digest FROM audit WHERE record = {table}.id ORDER BY seq DESC LIMIT 1)"
LOST = """
    SELECT record FROM audit WHERE digest <> ''
    AND NOT EXISTS (SELECT 1 FROM audit AS later WHERE later.record = audit.record AND later.seq > audit.seq)
    AND NOT EXISTS (SELECT 1 FROM incident WHERE id = audit.record) AND NOT EXISTS (SELECT 1 FROM promise WHERE id = audit.record)"""
STRAY = "SELECT DISTINCT incident FROM measure WHERE NOT EXISTS (SELECT 1 FROM incident WHERE id = measure.incident)"


def verify(engine: Engine) -> Iterator[Finding]:
    """What is wrong, one by one: `file`, `chain`, `differs`, `unrecorded`, `lost`, `measures`.

    Where the file itself is broken nothing more is asked of it: a broken tree may never end. Raises StorageError where nothing can be read.
    """
    broken = [("file", words) for words in engine.faults()]
    yield from broken
    if broken:
        return
    yield from (("chain", str(number)) for number in audit.broken_links(engine))
    yield from _incidents(engine)
    yield from _promises(engine)
    yield from (("lost", record) for (record,) in engine.rows(LOST))
    yield from (("measures", incident) for (incident,) in engine.rows(STRAY))


def _incidents(engine: Engine) -> Iterator[Finding]:
    """Each incident against the audit and against its measures, in one reading."""
    for page in _pages(engine, "incident", (*INCIDENT, RECORDED.format(table="incident"))):
        counted = _measures(engine, page[0][0], page[-1][0])
        for *row, recorded in page:
            incident = _or_none(lambda row: incidents.read(row, ()), row)
            yield from _compared(row[0], _or_none(lambda one: digest(incidents.core(one)), incident), recorded)
            if _or_none(lambda one: list(incidents.measures(one)), incident) != counted.get(row[0], []):
                yield "measures", row[0]


def _measures(engine: Engine, first: str, last: str) -> Mapping[str, Sequence[Row]]:
    """What the reports count, by incident."""
    sql = f"SELECT {', '.join(MEASURE)} FROM measure WHERE incident >= ? AND incident <= ? ORDER BY incident, place"  # noqa: S608 - our own names
    return {name: list(rows) for name, rows in groupby(engine.rows(sql, (first, last)), lambda row: row[0])}


def _promises(engine: Engine) -> Iterator[Finding]:
    for page in _pages(engine, "promise", (*PROMISE, RECORDED.format(table="promise"))):
        for *row, recorded in page:
            yield from _compared(row[0], _or_none(lambda row: digest(promises.core(promises.read(row))), row), recorded)


def _compared(name: str, found: str | None, recorded: str | None) -> Iterator[Finding]:
    """A record that is not what the audit saw last."""
    if found is None or found != recorded:
        yield "differs" if recorded else "unrecorded", name


def _pages(engine: Engine, table: str, columns: Sequence[str]) -> Iterator[Sequence[Row]]:
    last = ""
    while True:
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE id > ? ORDER BY id LIMIT {PAGE}"  # noqa: S608 - our own names, a number
        page = list(engine.rows(sql, (last,)))
        if page:
            yield page
        if len(page) < PAGE:
            return
        last = page[-1][0]


def _or_none(make: Callable[[Any], Any], row: Any) -> Any:
    """What is made of a row, or None where the row's texts no longer say one."""
    try:
        return make(row)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return None
