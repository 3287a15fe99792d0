"""`log import`: NDJSON in. A bad line is told with its number and the rest goes on; what is there already is not doubled."""

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

    Incident = dict[str, Any]
    Numbered = tuple[int, Incident]

BATCH = 500  # incidents a transaction: twenty times faster than one each


def run_import(values: Mapping[str, Any], env: Env) -> Result:
    """Saves every line that can be saved; exit 1 when one could not. A batch is saved whole or not at all."""
    session = Session(values, env)
    counts = {"imported": 0, "skipped": 0}
    errors: list[dict[str, Any]] = []
    source = session.open(values["file"])
    try:
        with opened(session) as kept:
            for batch in _batches(_read(session, source, values["file"], errors)):
                _save(kept, batch, counts, errors, session)
    finally:
        if values["file"] != "-":
            source.close()
    errors.sort(key=lambda one: one["line"])
    data = {"schema": "clientcoach/import@1", **counts, "failed": len(errors), "errors": errors}
    result = Result("imported", data, strings=session.told_in(session.ui({})), exit_code=1 if errors else 0)
    result.notes = lambda style: _told(errors, session) if style == "text" else ()
    return result


def _told(errors: Iterable[Mapping[str, Any]], session: Session) -> Iterator[str]:
    strings = session.strings(session.ui({}))
    return (word(strings, "log.bad_line", line=one["line"], message=one["message"]) for one in errors)


def _read(session: Session, source: Any, name: str, errors: list[dict[str, Any]]) -> Iterator[Numbered]:
    """The lines that are incidents; the others go to `errors`."""
    from clientcoach.ndjson import objects
    from clientcoach.records.reading import incident_from

    clock, at = session.clock(session.policy(session.ui({}))), now(session)
    for number, given in objects(source, name):
        try:
            if isinstance(given, UsageError):
                raise given
            _check_named(given)
            yield number, incident_from(given, clock, at)[0]
        except CoachError as error:
            errors.append(_error(number, error, session))


def _check_named(given: Mapping[str, Any]) -> None:
    """A line without its id or its time would be another incident each time the file is read. Raises UsageError."""
    for name, expected in (("id", "id"), ("closed_at", "time")):
        if not given.get(name):
            raise UsageError("wrong_type", field=name, value="", expected=expected)


def _error(number: int, error: CoachError, session: Session) -> dict[str, Any]:
    strings = session.strings(session.ui({}))
    return {"line": number, "code": error.code, "message": " ".join(sentence(one, strings) for one in error.each())}


def _batches(found: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    batch: list[Numbered] = []
    for one in found:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _save(kept: Store, batch: list[Numbered], counts: dict[str, int], errors: list[dict[str, Any]], session: Session) -> None:
    """One transaction. Whatever could fail for one incident is asked before its rows are written, so that the others are not lost."""
    from clientcoach.records import incidents

    def save(engine: Any, at: str, actor: str) -> list[tuple[int, UsageError | None, bool]]:
        done: list[tuple[int, UsageError | None, bool]] = []
        for number, incident in batch:
            try:
                done.append((number, None, incidents.insert_new(engine, incident, at, actor, "import")))
            except UsageError as error:
                done.append((number, error, False))
        return done

    for number, error, new in kept.change(save):
        if error is not None:
            errors.append(_error(number, error, session))
        else:
            counts["imported" if new else "skipped"] += 1
