"""`log list`, `log export`: incidents one by one, so that a million need no more memory than a page of them."""

from __future__ import annotations

from itertools import chain, islice

from clientcoach import quickjson
from clientcoach.commands import Result
from clientcoach.commands.keeping import drafts_notice, opened, store, there
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
    Promise = dict[str, Any]


def run_list(values: Mapping[str, Any], env: Env) -> Result:
    """The incidents that are meant, the newest first."""
    session = Session(values, env)
    style = "json" if values.get("json") else values.get("format", "text")
    result = Result("stream", None)
    found = Counted(_read(session, wanted(session), limit(session)))
    result.lines = _told(found, session) if style == "text" else _lines(found, style)
    strings = session.strings(session.ui())
    waiting = drafts_notice(session, strings) if style == "text" else None
    result.notes = lambda _style: [word(strings, "log.listed", count=found.count), *filter(None, [waiting])]
    return result


def run_export(values: Mapping[str, Any], env: Env) -> Result:
    """The incidents that are meant, to standard output or whole into a file; all of one customer's is an access that the audit keeps."""
    session = Session(values, env)
    style = "json" if values.get("json") else values.get("format", "ndjson")
    where, most = wanted(session), limit(session)
    meant = [where]
    if where.get("reference"):
        meant = [{**where, "reference": one} for one in _remember(session, where["reference"])]
    result = Result("stream", None)
    whole = most is None and where.keys() <= {"reference"}
    alone = chain.from_iterable(_alone(session, one.get("reference")) for one in meant) if whole and style != "csv" else ()
    found = Counted(islice(chain.from_iterable(_read(session, one, most) for one in meant), most))
    lines = _lines(found, style, alone)
    result.notes = lambda _style: [word(session.strings(session.ui()), "log.exported", count=found.count)]
    if not values.get("out"):
        result.lines = lines
        return result
    from clientcoach.outfile import write

    write(values["out"], lines)
    result.lines = ()
    return result


def _remember(session: Session, reference: str) -> list[str]:
    """A line in the audit, before anything is handed out: who read all of a customer's, and when. The spellings it has there."""
    from clientcoach.records import audit, forget

    def do(engine: Any, at: str, actor: str) -> list[str]:
        audit.append(engine, at, actor, "read", forget.sealed(engine, reference), None)
        return forget.spellings(engine, reference)

    if not there(session):
        return []
    with opened(session) as kept:
        return kept.change(do)


def _read(session: Session, where: Mapping[str, Any], most: int | None) -> Iterator[Incident]:
    from clientcoach.records import incidents

    kept = store(session)
    if kept is not None:
        days = Days(session)
        with kept:
            yield from (shown(incident, days) for incident in incidents.listed(kept.engine, where, limit=most))


def _alone(session: Session, reference: str | None) -> Iterator[Promise]:
    """The promises that were made outside an incident: with them an export is all there is, or all of a customer's."""
    from clientcoach.records import promises

    kept = store(session)
    if kept is not None:
        days = Days(session)
        with kept:
            yield from map(days.shown, promises.on_their_own(kept.engine, reference=reference))


def shown(incident: Incident, days: Days) -> Incident:
    """The incident with how its promises stand now."""
    return {**incident, "promises": [days.shown(promise) for promise in incident["promises"]]}


class Counted:
    """The same incidents, and their number once they have gone by."""

    def __init__(self, found: Iterable[Incident]) -> None:
        self.found, self.count = found, 0

    def __iter__(self) -> Iterator[Incident]:
        for incident in self.found:
            self.count += 1
            yield incident


def _told(found: Iterable[Incident], session: Session) -> Iterator[str]:
    from datetime import datetime

    from clientcoach.views.incidents import line

    strings = session.strings(session.ui())
    clock = session.clock(session.policy(session.ui()))
    for incident in found:
        yield line(incident, clock.here(datetime.fromisoformat(incident["closed_at"])).strftime("%Y-%m-%d %H:%M"), strings)


def _lines(found: Iterable[Incident], style: str, alone: Iterable[Promise] = ()) -> Iterator[str]:
    if style == "csv":
        from clientcoach.views.sheet import rows

        return rows(found)
    return _json(found, alone) if style == "json" else (f"{quickjson.dumps(record)}\n" for record in chain(found, alone))


def _json(found: Iterable[Incident], alone: Iterable[Promise]) -> Iterator[str]:
    """One JSON value, written as it comes: what `quickjson.dumps(…, indent=2)` gives of the whole. `promises` only where there are some."""
    from clientcoach.views.whole import array

    yield '{\n  "schema": "clientcoach/incidents@1",\n  "incidents": '
    yield from array(found)
    rest = iter(alone)
    first = next(rest, None)
    if first is not None:
        yield ',\n  "promises": '
        yield from array(chain([first], rest))
    yield "\n}\n"
