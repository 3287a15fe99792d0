"""`log list`, `log export`: incidents one by one, so that a million need no more memory than a page of them."""

from __future__ import annotations

from clientcoach import quickjson
from clientcoach.commands import Result
from clientcoach.commands.keeping import store
from clientcoach.commands.owed import Days
from clientcoach.commands.session import Session
from clientcoach.commands.window import limit, wanted
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from clientcoach.env import Env

    Incident = dict[str, Any]


def run_list(values: Mapping[str, Any], env: Env) -> Result:
    """The incidents that are meant, the newest first."""
    session = Session(values, env)
    style = "json" if values.get("json") else values.get("format", "text")
    result = Result("stream", None)
    found = _counted(_found(session), result, session, "log.listed")
    result.lines = _told(found, session) if style == "text" else _lines(found, style)
    return result


def run_export(values: Mapping[str, Any], env: Env) -> Result:
    """The incidents that are meant, to standard output or whole into a file."""
    session = Session(values, env)
    style = "json" if values.get("json") else values.get("format", "ndjson")
    result = Result("stream", None)
    lines = _lines(_counted(_found(session), result, session, "log.exported"), style)
    if not values.get("out"):
        result.lines = lines
        return result
    from clientcoach.commands.outfile import write

    write(values["out"], lines)
    result.lines = ()
    return result


def _found(session: Session) -> Iterator[Incident]:
    """The incidents of the store; a bad bound is told before the store is opened."""
    return _read(session, wanted(session), limit(session))


def _read(session: Session, where: Mapping[str, Any], most: int | None) -> Iterator[Incident]:
    from clientcoach.records import incidents

    kept = store(session)
    if kept is not None:
        days = Days(session)
        with kept:
            yield from (shown(incident, days) for incident in incidents.listed(kept.engine, where, limit=most))


def shown(incident: Incident, days: Days) -> Incident:
    """The incident with how its promises stand now."""
    return {**incident, "promises": [days.shown(promise) for promise in incident["promises"]]}


def _counted(found: Iterable[Incident], result: Result, session: Session, key: str) -> Iterator[Incident]:
    """The same, with their number told beside the answer once it is known."""
    count = 0
    result.notes = lambda _style: [word(session.strings(session.ui({})), key, count=count)]
    for incident in found:
        count += 1
        yield incident


def _told(found: Iterable[Incident], session: Session) -> Iterator[str]:
    from datetime import datetime

    from clientcoach.views.incidents import line

    strings = session.strings(session.ui({}))
    clock = session.clock(session.policy(session.ui({})))
    for incident in found:
        yield line(incident, clock.here(datetime.fromisoformat(incident["closed_at"])).strftime("%Y-%m-%d %H:%M"), strings)


def _lines(found: Iterable[Incident], style: str) -> Iterator[str]:
    if style == "csv":
        from clientcoach.views.sheet import rows

        return rows(found)
    return _json(found) if style == "json" else (quickjson.dumps(incident) + "\n" for incident in found)


def _json(found: Iterable[Incident]) -> Iterator[str]:
    """One JSON value, written as it comes: what `quickjson.dumps(…, indent=2)` gives of the whole."""
    yield '{\n  "schema": "clientcoach/incidents@1",\n  "incidents": ['
    before = ""
    for incident in found:
        yield f"{before}\n    {quickjson.dumps(incident, 2, 2)}"
        before = ","
    yield "\n  ]\n}\n" if before else "]\n}\n"
