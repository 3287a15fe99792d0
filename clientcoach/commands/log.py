"""`log add`, `log show`: an incident in, an incident out. `log list`, `log export` and `log import` have their own modules."""

from __future__ import annotations

from clientcoach import quickjson
from clientcoach.commands import Result
from clientcoach.commands.keeping import now, opened, store
from clientcoach.commands.log_in import run_import
from clientcoach.commands.log_out import run_export, run_list, shown
from clientcoach.commands.owed import Days
from clientcoach.commands.session import Session
from clientcoach.errors import CoachError, UsageError
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

__all__ = ["run_add", "run_export", "run_import", "run_list", "run_show"]

BESIDE = frozenset(["lang", "ui", "db", "format", "json", "color", "no_input", "debug", "source"])  # may stand beside --from
PEOPLE = frozenset(["agent", "agent_gender", "customer", "customer_gender", "address", "company", "role", "seed", "owner"])
SILENT = BESIDE | PEOPLE  # tell nothing of what happened
MAX_FILE = 1 << 20  # bytes
CALL = '"clientcoach/call@1"'  # in the first line of the events of a call
SHORTEST = 4  # characters of an id's beginning


def run_add(values: Mapping[str, Any], env: Env) -> Result:
    """Saves one incident, masked; answers with its id. Raises FieldErrors, UsageError, StorageError."""
    from clientcoach.records import incidents
    from clientcoach.records.reading import incident_from

    session = Session(values, env)
    raw = _from_file(session) if values.get("source") else _from_flags(session)
    incident, masked = incident_from(raw, session.clock(session.policy(session.ui())), now(session))
    with opened(session) as kept:
        kept.change(lambda engine, at, actor: incidents.insert_new(engine, incident, at, actor, "create"))
    result = Result("saved", shown(incident, Days(session)), strings=session.told_in(session.ui()))
    result.notes = lambda _style: _masked(session, masked)
    return result


def _masked(session: Session, found: Mapping[str, int]) -> list[str]:
    """What was taken out of the texts, as a sentence."""
    if not found:
        return []
    strings = session.strings(session.ui())
    told = [f"{word(strings, f'mask.{kind}')} {count}" for kind, count in sorted(found.items())]
    return [word(strings, "log.masked", found=told)]


def _from_file(session: Session) -> dict[str, Any]:
    """A whole incident from a file, or the incident of the events of a call. Raises UsageError."""
    path = session.values["source"]
    beside = [f"--{name.replace('_', '-')}" for name in session.values if name not in BESIDE]
    if beside:
        raise UsageError("not_together", names=["--from", *beside])
    text = session.read(path, MAX_FILE)
    try:
        if CALL in text.partition("\n")[0]:
            return _observed([quickjson.loads(line) for line in text.splitlines() if line.strip()], session, path)
        found = quickjson.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError("bad_json", file=path, reason=str(error)) from error
    if not isinstance(found, dict):
        raise UsageError("not_an_incident", file=path)
    return found


def _observed(events: list[Any], session: Session, path: str) -> dict[str, Any]:
    """The incident of a call that `call --json` has told."""
    from clientcoach.records.observed import incident_of

    try:
        return incident_of(events, session.case().get("agent"))
    except (KeyError, TypeError, AttributeError) as error:
        raise UsageError("not_an_incident", file=path) from error


def _from_flags(session: Session) -> dict[str, Any]:
    """The incident that the flags tell: the matter, what was done, what is promised; nothing of the person."""
    from clientcoach.records.observed import FACTS, reference_of, told

    values = session.values
    if not any(values.get(name) for name in values if name not in SILENT):
        raise UsageError("log_needs")
    case = session.case()
    return {
        "lang": session.lang(case),
        "playbook": session.named,
        "worker": case.get("agent"),
        **{name: case.get(name) for name in ("cause", "channel")},
        "reference": case.get("reference") or reference_of(case),
        "anger_start": case.get("anger"),
        "prior": int(bool(case.get("prior"))),
        "facts": [{"name": name, "value": told(case[name])} for name in FACTS if case.get(name)],
        "offers": [{"id": name, "answer": None} for name in case.get("offer", ())],
        "measures": values.get("did", []),
        **{name: values.get(name) for name in ("outcome", "anger_end", "worked", "better")},
        "promises": _promised(session, case.get("agent")),
    }


def _promised(session: Session, agent: str | None) -> list[dict[str, Any]]:
    """The promise of `--promise` and `--due`; either alone is none. Raises UsageError."""
    from clientcoach.case.moments import resolve

    values = session.values
    needed = {"--promise": values.get("promise"), "--due": values.get("due")}
    missing = [flag for flag, value in needed.items() if not value]
    if len(missing) == len(needed):
        return []
    if missing:
        raise UsageError("promise_needs", fields=missing)
    try:
        due = resolve(values["due"], session.clock(session.policy(session.ui())))["iso"]
    except ValueError as error:
        raise UsageError("bad_moment", field="due", value=values["due"][:40]) from error
    owner = values.get("owner") or agent or word(session.strings(session.ui()), "screen.me")
    return [{"what": values["promise"], "owner": owner, "due": due}]


def run_show(values: Mapping[str, Any], env: Env) -> Result:
    """The incident of an id or of its beginning. Raises CoachError where there is none, or more than one."""
    from clientcoach.records import incidents

    session = Session(values, env)
    name = values["id"].strip().lower()
    kept = store(session) if _could_be(name) else None
    if kept is None:
        raise CoachError("no_incident", value=values["id"][:40])
    with kept:
        found = list(kept.read(lambda engine: incidents.beginning(engine, name)))
        if len(found) > 1:
            raise CoachError("several_incidents", value=name[:40], names=found)
        incident = kept.read(lambda engine: incidents.find(engine, found[0])) if found else None
    if incident is None:
        raise CoachError("no_incident", value=name[:40])
    return Result("incident", shown(incident, Days(session)), strings=session.told_in(session.ui()))


def _could_be(name: str) -> bool:
    """Whether an id may begin so; what an id never holds is not asked for."""
    return len(name) >= SHORTEST and all(char in "0123456789abcdef-" for char in name)
