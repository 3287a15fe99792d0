"""`log import`: NDJSON in, incidents and promises. A bad line is told with its number and the rest goes on; nothing is doubled."""

from __future__ import annotations

from clientcoach.commands import Result
from clientcoach.commands.keeping import now, opened
from clientcoach.commands.session import Session
from clientcoach.errors import CoachError, UsageError
from clientcoach.views.messages import sentence, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from clientcoach.env import Env
    from clientcoach.records.store import Store

    Record = dict[str, Any]
    Numbered = tuple[int, Record]

MOST_TOLD = 1000  # faults that are told one by one; the others are counted
BATCH = 500  # records a transaction: twenty times faster than one each


class Faults:
    """The lines that could not be saved: all are counted, the first of them kept to be told."""

    def __init__(self, session: Session) -> None:
        self.session, self.count = session, 0
        self.told: list[dict[str, Any]] = []

    def add(self, number: int, error: CoachError) -> None:
        """One more."""
        self.count += 1
        if len(self.told) < MOST_TOLD:
            strings = self.session.strings(self.session.ui())
            message = " ".join(sentence(one, strings) for one in error.each())
            self.told.append({"line": number, "code": error.code, "message": message})

    def lines(self) -> Iterator[str]:
        """Each as a sentence, then how many more there are."""
        strings = self.session.strings(self.session.ui())
        yield from (word(strings, "log.bad_line", line=one["line"], message=one["message"]) for one in self.told)
        if self.count > len(self.told):
            yield word(strings, "log.more", count=self.count - len(self.told))


def run_import(values: Mapping[str, Any], env: Env) -> Result:
    """Saves every line that can be saved; exit 1 when one could not. A batch is saved whole or not at all."""
    session = Session(values, env)
    counts = {"imported": 0, "skipped": 0}
    faults = Faults(session)
    source = session.open(values["file"])
    try:
        with opened(session) as kept:
            for batch in _batches(_read(session, source, values["file"], faults)):
                _save(kept, batch, counts, faults)
    finally:
        if values["file"] != "-":
            source.close()
    faults.told.sort(key=lambda one: one["line"])
    data = {"schema": "clientcoach/import@1", **counts, "failed": faults.count, "errors": faults.told}
    result = Result("imported", data, strings=session.told_in(session.ui()), exit_code=1 if faults.count else 0)
    result.notes = lambda style: faults.lines() if style == "text" else ()
    return result


def _read(session: Session, source: Any, name: str, faults: Faults) -> Iterator[Numbered]:
    """The lines that are records; the others go to `faults`."""
    from clientcoach.ndjson import objects
    from clientcoach.records.reading import PROMISED, incident_from, promise_from

    clock, at = session.clock(session.policy(session.ui())), now(session)
    for number, given in objects(source, name):
        try:
            if isinstance(given, UsageError):
                raise given
            is_promise = given.get("schema") == PROMISED
            _check_named(given, "made_at" if is_promise else "closed_at")
            yield number, promise_from(given, clock) if is_promise else incident_from(given, clock, at)[0]
        except CoachError as error:
            faults.add(number, error)


def _check_named(given: Mapping[str, Any], time: str) -> None:
    """A line without its id or its time would be another record each time the file is read. Raises UsageError."""
    for name, expected in (("id", "id"), (time, "time")):
        if not given.get(name):
            raise UsageError("wrong_type", field=name, value="", expected=expected)


def _batches(found: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    batch: list[Numbered] = []
    for one in found:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _save(kept: Store, batch: list[Numbered], counts: dict[str, int], faults: Faults) -> None:
    """One transaction. Whatever could fail for one record is asked before its rows are written, so that the others are not lost."""
    done = kept.change(lambda engine, at, actor: [_in(engine, record, at, actor) for _, record in batch])
    for (number, _), came in zip(batch, done, strict=True):
        if isinstance(came, UsageError):
            faults.add(number, came)
        else:
            counts["imported" if came else "skipped"] += 1


def _in(engine: Any, record: Record, at: str, actor: str) -> bool | UsageError:
    """Whether the record was new, or why it cannot be saved."""
    from clientcoach.records import incidents, promises
    from clientcoach.records.reading import PROMISED

    save = promises.add_new if record["schema"] == PROMISED else incidents.insert_new
    try:
        return save(engine, record, at, actor, "import")
    except UsageError as error:
        return error
