"""What a damaged file still says, into a new store. Each record is held against the last line that the audit has of it: `recovered` is
as it was, `changed` differs, `unchecked` has no line any more, `lost` has a line and is nowhere. What was erased stays erased.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager

from clientcoach import quickjson
from clientcoach.errors import StorageError, UsageError
from clientcoach.records import audit, incidents, promises
from clientcoach.records.ids import digest, id_from, is_id
from clientcoach.records.pages import Pages
from clientcoach.records.reading import READERS, incident_from
from clientcoach.records.schema import AUDIT, INCIDENT, MIGRATIONS, PROMISE
from clientcoach.records.sqlite import APPLICATION, SQLite

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.case.clock import Clock
    from clientcoach.records.engine import Engine, Row

    Record = dict[str, Any]

AUDITED, NAME, SEEN = AUDIT.index("record"), 0, AUDIT.index("digest")  # places in a row


@contextmanager
def at_rest(path: str, beside: str) -> Iterator[Pages]:
    """The pages of a file while nobody writes into it; what broke off in the middle is undone in a copy in the folder `beside`."""
    journal = f"{path}-journal"
    broken_off = os.path.exists(journal) and os.path.getsize(journal) > 0
    with tempfile.TemporaryDirectory(dir=beside) as folder:
        source = os.path.join(folder, "copy.db") if broken_off else path
        if broken_off:
            shutil.copyfile(path, source)
            shutil.copyfile(journal, f"{source}-journal")
        held = _held(source)
        try:
            with open(source, "rb") as file:
                yield _ours(Pages(file), path)
        finally:
            if held is not None:
                held.close()


def _held(path: str) -> SQLite | None:
    """The file, open and being read, so that writers wait; None where it is so damaged that there can be none."""
    try:
        held = SQLite(path, write=False)
    except StorageError:
        return None
    try:
        held.look()
        next(held.rows("SELECT count(*) FROM sqlite_schema"))
    except StorageError:
        held.close()
        return None
    return held


def _ours(pages: Pages, path: str) -> Pages:
    """Raises StorageError where a whole header says that another program, or a newer version of us, made the file."""
    if pages.application not in {0, APPLICATION}:
        raise StorageError("store_not_ours", file=path, reason="")
    if pages.application and pages.version > len(MIGRATIONS):
        raise StorageError("store_newer", file=path, version=pages.version)
    return pages


def looks_ours(path: str) -> bool:
    """Whether a file that SQLite does not know has rows of ours among its first pages."""
    try:
        with open(path, "rb") as file:
            pages = Pages(file)
            pages.count = min(pages.count, 100)
            return any(True for columns in (AUDIT, INCIDENT) for _ in _rows(pages, columns))
    except OSError:
        return False


def fill(engine: Engine, at: str, actor: str, pages: Pages, clock: Clock) -> dict[str, Any]:
    """Saves what is found and tells it: `recovered` (a number), the ids that are `changed`, `unchecked`, `lost`, and how many lines of the
    audit are missing. Inside a transaction.
    """
    recovery = _Recovery(engine, at, actor, clock)
    recovery.listen(pages)
    recovery.take(pages, INCIDENT, recovery.incident, recovery.mended_incident)
    recovery.take(pages, PROMISE, recovery.promise, recovery.mended_promise)
    return recovery.report()


class _Recovery:
    """One run: what the audit says of each record (its last line's number and digest), and what became of it."""

    def __init__(self, engine: Engine, at: str, actor: str, clock: Clock) -> None:
        self.engine, self.at, self.actor, self.clock = engine, at, actor, clock
        self.last: dict[str, tuple[int, str]] = {}
        self.lines: set[int] = set()
        self.digests: dict[str, bool] = {}  # of the last lines; whether a record was found that has it
        self.saved: set[str] = set()
        self.states: dict[str, list[str]] = {"changed": [], "unchecked": []}

    def listen(self, pages: Pages) -> None:
        """Reads the audit."""
        for row in _rows(pages, AUDIT):
            self.lines.add(row[-1])
            self.last[row[AUDITED]] = max(self.last.get(row[AUDITED], (0, "")), (row[-1], row[SEEN]))
        self.digests = {seen: False for _, seen in self.last.values()}

    def take(self, pages: Pages, columns: Sequence[str], save: Callable[[Record, str], None], mend: Callable[[Row], Record]) -> None:
        """Saves a table's rows: first those that are as they were, so that no damaged one takes their place."""
        aside = []
        for row in _rows(pages, columns):
            record = _or_none(row, columns)
            if record is None or not self._is_known(record):
                aside.append(row)
            elif record["id"] not in self.saved:
                save(record, "recover")
                self.saved.add(record["id"])
        for row in aside:
            name = row[NAME] if is_id(row[NAME]) else id_from(row)
            if name not in self.saved and self.last.get(name, (0, "?"))[1] != audit.GONE:
                self._take_changed(name, row, save, mend)

    def _is_known(self, record: Record) -> bool:
        """Whether the audit saw the record so (the line may misspell its name: the digest covers it), and what it belongs to is there."""
        about, found = record.get("incident"), digest(_core(record))
        known = found in self.digests and (about is None or about in self.saved)
        if known:
            self.digests[found] = True
        return known

    def _take_changed(self, name: str, row: Row, save: Callable[[Record, str], None], mend: Callable[[Row], Record]) -> None:
        state = "changed" if name in self.last else "unchecked"
        try:
            record = mend((name, *row[1:]))
        except UsageError:  # nothing in it that could stand alone
            return
        save(record, f"recover-{state}")
        self.saved.add(name)
        self.states[state].append(name)

    def incident(self, record: Record, action: str) -> None:
        """Saves an incident; its promises follow as rows of their own."""
        incidents.insert(self.engine, record, self.at, self.actor, action)

    def promise(self, record: Record, action: str) -> None:
        """Saves a promise."""
        promises.insert(self.engine, record)
        audit.append(self.engine, self.at, self.actor, action, record["id"], promises.core(record))

    def mended_incident(self, row: Row) -> Record:
        """An incident of what can still be used. Raises UsageError."""
        raw = dict(zip(INCIDENT, row, strict=False))
        try:
            detail = quickjson.loads(str(raw["detail"]))
        except (ValueError, RecursionError):
            detail = None
        told = {**raw, **(detail if isinstance(detail, dict) else {}), "id": row[NAME]}
        return _mended({name: told.get(name) for name in READERS if name != "promises"}, self._door)

    def mended_promise(self, row: Row) -> Record:
        """A promise of what can still be used; without its incident where that is gone. Raises UsageError."""
        raw = dict(zip(PROMISE, row, strict=False))
        about = raw["incident"] if raw["incident"] in self.saved else None
        found = _mended({**raw, "incident": None}, lambda given: self._door({"promises": [given]})["promises"][0])
        return {**found, "incident": about}

    def _door(self, given: Record) -> Record:
        """Through the door that everything takes that comes from elsewhere."""
        return incident_from(given, self.clock, self.at)[0]

    def report(self) -> dict[str, Any]:
        """What became of everything."""
        gone = {name for name, (_, seen) in self.last.items() if seen == audit.GONE or self.digests[seen]}
        lost = sorted(self.last.keys() - self.saved - gone)
        told = sum(map(len, self.states.values()))
        last = max((line for line in self.lines if line - 1 in self.lines), default=0)  # a number that stands alone may be misread
        missing = sum(line not in self.lines for line in range(1, last))
        return {"recovered": len(self.saved) - told, **self.states, "lost": lost, "audit_lost": missing}


def _rows(pages: Pages, columns: Sequence[str]) -> Iterator[Row]:
    """The rows that are of this shape; a row's number is their last value. No two of our tables are equally wide."""
    for row in pages.rows(len(columns)):
        name, seen = (row[AUDITED], row[SEEN]) if columns == AUDIT else (row[NAME], "")
        if (
            isinstance(name, str)
            and isinstance(seen, str)
            and (columns != AUDIT or ((is_id(name) if seen else name) and len(seen) in {0, 64} and row[-1] > 0))
        ):
            yield row


def _or_none(row: Row, columns: Sequence[str]) -> Record | None:
    """The record that a row still says whole; None where it does not."""
    try:
        return incidents.read(row[:-1], ()) if columns == INCIDENT else promises.read(row[:-1])
    except (AttributeError, TypeError, ValueError, RecursionError):
        return None


def _core(record: Record) -> Record:
    return incidents.core(record) if "opened_at" in record else promises.core(record)


def _mended(raw: Mapping[str, Any], read: Callable[[Record], Record]) -> Record:
    """What `read` makes of the fields that it takes; the others are left out. Raises UsageError where too little is left."""
    left = dict(raw)
    while True:
        try:
            return read(left)
        except UsageError as error:
            fields = [str(one.params.get("field")).removeprefix("promises[0].") for one in error.each()]
            bad = {field.partition("[")[0].partition(".")[0] for field in fields} & left.keys()
            if not bad:
                raise
            left = {name: value for name, value in left.items() if name not in bad}
