"""`log add`, `log show`: an incident in, an incident out. The other verbs of `log` have their own modules, imported when they are meant."""

from __future__ import annotations

from clientcoach import quickjson
from clientcoach.case.fields import AGENT
from clientcoach.commands import Result
from clientcoach.commands.keeping import masked_told, now, save, store
from clientcoach.commands.log_in import run_import
from clientcoach.commands.log_out import run_export, run_list, shown
from clientcoach.commands.owed import Days
from clientcoach.commands.session import Session
from clientcoach.errors import CoachError, StorageError, UsageError
from clientcoach.views.messages import sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

__all__ = ["run_add", "run_export", "run_import", "run_list", "run_show"]

BESIDE = frozenset(["lang", "ui", "db", "format", "json", "color", "no_input", "debug", "source"])  # may stand beside --from
PEOPLE = frozenset(["agent", "agent_gender", "customer", "customer_gender", "address", "company", "role", "seed", "owner"])
SILENT = BESIDE | PEOPLE | {"kind"}  # tell nothing of what happened
MAX_FILE = 1 << 20  # bytes
CALL = '"clientcoach/call@1"'  # in the first line of the events of a call
SHORTEST = 4  # characters of an id's beginning


def run_add(values: Mapping[str, Any], env: Env) -> Result:
    """Saves one incident, masked; answers with its id. Raises FieldErrors, UsageError, StorageError."""
    from clientcoach.records.reading import incident_from

    session = Session(values, env)
    if values.get("drafts"):
        _check_beside(values, "--drafts", BESIDE - {"source"})
        from clientcoach.commands.log_drafts import run as save_drafts

        return save_drafts(session)
    if not values.get("source") and (not _tells(values) or _opens(values)) and _can_ask(values, env):
        from clientcoach.commands.log_ask import run as ask

        return ask(session, _saved, *(_from_flags(session) if _tells(values) else ({}, [])))
    raw, hints = (_from_file(session), []) if values.get("source") else _from_flags(session)
    if not values.get("source"):
        raw.update(_answers(session))
    incident, masked = incident_from(raw, session.clock(session.policy(session.ui())), now(session))
    result = _saved(session, incident, masked)
    told = result.notes
    result.notes = lambda style: [*told(style), *hints, *_noticed(session, incident)]
    return result


def _noticed(session: Session, incident: dict[str, Any]) -> list[str]:
    """What the worker should look at once more."""
    from clientcoach.commands.labelled import warnings

    return [*warnings(session, incident), *(_unanswered(session, incident) if incident["kind"] != "call" else ())]


def _unanswered(session: Session, incident: dict[str, Any]) -> list[str]:
    from clientcoach.commands.log_answers import unanswered

    return unanswered(session, incident)


def _opens(values: Mapping[str, Any]) -> bool:
    """Whether an investigation begins: of a kind that has questions, and none is answered."""
    return values.get("kind", "call") != "call" and not values.get("answer")


def _tells(values: Mapping[str, Any]) -> bool:
    """Whether anything was said of what happened."""
    return any(values.get(name) for name in values if name not in SILENT)


def _can_ask(values: Mapping[str, Any], env: Env) -> bool:
    """Whether somebody is there to answer, in a terminal that can show a question."""
    there = env.is_terminal("stdin") and env.is_terminal("stdout") and env.variables.get("TERM", "dumb") != "dumb"
    return there and not values.get("no_input")


def _saved(session: Session, incident: dict[str, Any], masked: Mapping[str, int]) -> Result:
    """The incident in the store. Where it could be kept nowhere, it is the answer itself, so that nothing is lost."""
    try:
        save(session, incident)
    except StorageError as error:
        if error.code != "not_kept":
            raise
        told = f"error: {sentence(error, session.strings(session.ui()))}"
        printed = Result("stream", None, exit_code=error.exit_code)
        printed.lines = (f"{quickjson.dumps(incident)}\n",)
        printed.notes = lambda _style: [told]
        return printed
    result = Result("saved", shown(incident, Days(session)), strings=session.told_in(session.ui()))
    result.notes = lambda _style: masked_told(session, masked)
    return result


def _from_file(session: Session) -> dict[str, Any]:
    """A whole incident from a file, or the incident of the events of a call. Raises UsageError."""
    path = session.values["source"]
    _check_beside(session.values, "--from", BESIDE)
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


def _check_beside(values: Mapping[str, Any], flag: str, allowed: frozenset[str]) -> None:
    beside = [f"--{name.replace('_', '-')}" for name in values if name not in {*allowed, flag.lstrip("-")}]
    if beside:
        raise UsageError("not_together", names=[flag, *beside])


def _observed(events: list[Any], session: Session, path: str) -> dict[str, Any]:
    """The incident of a call that `call --json` has told."""
    from clientcoach.records.observed import incident_of

    try:
        return incident_of(events, session.case().get("agent"))
    except (KeyError, TypeError, AttributeError) as error:
        raise UsageError("not_an_incident", file=path) from error


def _from_flags(session: Session) -> tuple[dict[str, Any], list[str]]:
    """The incident that the flags tell: the matter, what was done, what is promised; nothing of the person. And what to know about it."""
    from clientcoach.records.observed import FACTS, reference_of, told

    values = session.values
    if not _tells(values):
        raise UsageError("log_needs")
    case = session.case()
    promises, hints = _promised(session, case.get("agent")), []
    if case.get("received"):
        from clientcoach.commands.log_reply import owed

        for promise, hint in filter(None, [owed(session, case)]):
            promises.append(promise)
            hints.append(hint)
    raw = {
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
        **{name: values.get(name) for name in ("outcome", "anger_end", "warnings", "worked", "better")},
        "promises": promises,
    }
    return raw, hints


def _answers(session: Session) -> dict[str, Any]:
    """The kind of incident and its answers. Raises UsageError."""
    if not (session.values.get("kind") or session.values.get("answer")):
        return {}
    from clientcoach.commands.log_answers import told

    return told(session)


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
    owner = values.get("owner") or agent or AGENT
    return [{"what": values["promise"], "owner": owner, "due": due}]


def run_show(values: Mapping[str, Any], env: Env) -> Result:
    """The incident of an id or of its beginning. Raises CoachError where there is none, or more than one."""
    from clientcoach.records import incidents

    session = Session(values, env)
    name = values["id"].strip().lower()
    kept = store(session) if len(name) >= SHORTEST else None
    if kept is None:
        raise CoachError("no_incident", value=values["id"][:40])
    with kept:
        found = kept.read(lambda engine: incidents.beginning(engine, name))
        if len(found) > 1:
            raise CoachError("several_incidents", value=name[:40], names=found)
        incident = kept.read(lambda engine: incidents.find(engine, found[0])) if found else None
    if incident is None:
        raise CoachError("no_incident", value=name[:40])
    strings = session.told_in(session.ui())
    if incident["checklist"] or incident["conduct"]:
        from clientcoach.commands.log_answers import shown_in

        strings = lambda: shown_in(session)  # noqa: E731
    return Result("incident", shown(incident, Days(session)), strings=strings)
