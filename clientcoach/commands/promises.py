"""`promises` and its verbs: what is owed, by whom, by when. Being put off hides a promise from the list, never from `due`."""

from __future__ import annotations

from clientcoach.case.fields import AGENT
from clientcoach.commands import Result, keeping
from clientcoach.commands.owed import Days, listed
from clientcoach.commands.session import Session
from clientcoach.errors import CoachError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env
    from clientcoach.records.promises import Promise

LATE = 1


def run(values: Mapping[str, Any], env: Env) -> Result:
    """What is owed and not put off; with `--all` everything."""
    session = Session(values, env)
    if values.get("all"):
        from clientcoach.commands.promises_all import everything

        return everything(session)
    return _list(session, listed(session, hide=True))


def run_due(values: Mapping[str, Any], env: Env) -> Result:
    """What is late or due today, put off or not; with `--fail` a sign for cron."""
    session = Session(values, env)
    answer = listed(session, hide=False, today=True)
    result = Result("promises", answer, strings=session.told_in(session.ui()))
    result.exit_code = LATE if values.get("fail") and answer["late"] else 0
    return result


def run_export(values: Mapping[str, Any], env: Env) -> Result:
    """What is owed, put off or not, for a calendar."""
    session = Session(values, env)
    return Result("calendar", listed(session, hide=False), strings=session.told_in(session.ui()))


def run_add(values: Mapping[str, Any], env: Env) -> Result:
    """A promise made outside a call."""
    from clientcoach.case.read import read_text
    from clientcoach.coach.facts import deadline_warnings
    from clientcoach.records import promises
    from clientcoach.records.ids import new_id
    from clientcoach.records.observed import clean

    session = Session(values, env)
    case, days = session.case(), Days(session)
    given = {name: read_text(name, values[name]) for name in ("what", "due", "owner") if name in values}
    lacking = [name for name in ("what", "due") if not given.get(name)]
    if lacking:
        raise UsageError("promise_needs", fields=lacking)
    moment = days.moment("due", given["due"] or "")
    owner = given.get("owner") or session.settings.get("agent") or AGENT
    texts = {"what": clean(given["what"]), "owner": clean(str(owner)), "reference": clean(case.get("reference"))}
    made = {"id": new_id(), "due": moment["iso"], "channel": case.get("channel"), "made_at": days.now, **texts}
    promise = promises.completed(made, days.clock)
    with keeping.opened(session) as store:
        store.change(lambda engine, at, actor: promises.add(engine, promise, at, actor))
    return _one(session, promise, days, [f"warning.{code}" for code in deadline_warnings(moment)])


def run_done(values: Mapping[str, Any], env: Env) -> Result:
    """A promise kept. Said twice, it stays as it was."""
    session = Session(values, env)
    days = Days(session)
    promise = _change(session, "done", lambda one: None if one["done_at"] else {"done_at": days.now})
    return _one(session, promise, days)


def run_snooze(values: Mapping[str, Any], env: Env) -> Result:
    """A promise off the list until a moment; on the promised day it is back at the latest."""
    session = Session(values, env)
    days, typed = Days(session), values.get("until", "")
    until = days.opening(days.moment("until", typed)["iso"])
    if until <= days.now:
        raise UsageError("until_past", field="until", value=typed[:40])
    promise = _change(session, "snooze", lambda one: {"snoozed": days.no_later(until, one)})
    return _one(session, promise, days, ["label.comes_back"] if promise["snoozed"] < until else [])


def _change(session: Session, action: str, how: Any) -> Promise:
    """Changes the one promise that is meant, in a single transaction; `how` gives the new values, None for no change."""
    from clientcoach.records import promises

    name = session.values["id"].strip().lower()
    shown = name[:40]

    def do(engine: Any, at: str, actor: str) -> Promise:
        found = promises.begin_so(engine, name)
        if not found:
            raise CoachError("unknown_promise", value=shown)
        if len(found) > 1:
            raise UsageError("many_promises", value=shown)
        if found[0]["done_at"] and action != "done":
            raise CoachError("promise_is_done", value=shown)
        new = how(found[0])
        promise = {**found[0], **(new or {})}
        if new:
            promises.change(engine, promise, at, actor, action)
        return promise

    if not keeping.there(session):
        raise CoachError("unknown_promise", value=shown)
    with keeping.opened(session) as store:
        return store.change(do)


def _one(session: Session, promise: Promise, days: Days, notes: list[str] | None = None) -> Result:
    """A promise as it now is, and what to know about it."""
    from clientcoach.views.messages import word

    result = Result("promise", days.shown(promise), strings=session.told_in(session.ui()))
    if notes:
        result.notes = lambda _style: [word(session.strings(session.ui()), key) for key in notes]
    return result


def _list(session: Session, answer: dict[str, Any]) -> Result:
    """The list, with a word about what is not on it."""
    from clientcoach.views.messages import word

    def notes(style: str) -> list[str]:
        strings = session.strings(session.ui()) if style == "text" else {}
        none = [word(strings, "label.nothing_owed")] if strings and not answer["promises"] and not answer["put_off"] else []
        hidden = [word(strings, "label.put_off", count=answer["put_off"])] if strings and answer["put_off"] else []
        waiting = keeping.drafts_notice(session, strings) if strings else None
        return [*none, *hidden, *filter(None, [waiting])]

    result = Result("promises", answer, strings=session.told_in(session.ui()))
    result.notes = notes
    return result
