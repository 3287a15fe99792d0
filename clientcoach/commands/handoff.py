"""`handoff`: what a colleague needs in six lines, in the worker's language, and what the customer hears, in theirs."""

from __future__ import annotations

from clientcoach.coach.facts import deadline_warnings
from clientcoach.coach.script import build
from clientcoach.commands import Result
from clientcoach.commands.keeping import store
from clientcoach.commands.session import Session, deadline_of
from clientcoach.errors import UsageError
from clientcoach.records import incidents
from clientcoach.wording.evaluate import render

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.coach.script import Desk
    from clientcoach.env import Env

    Incident = dict[str, Any]

PLAYBOOK = "handoff"
FACTS = ("order", "item")  # of an incident's facts, those the lines can name
MATTER = ("case", "reference", "cause", "order", "item", "promised", "amount")  # whoever types one of these speaks of a case of their own


def run(values: Mapping[str, Any], env: Env) -> Result:
    """The lines of the incident that is named, else of the case that is typed, else of the newest incident."""
    session = Session(values, env)
    incident = _incident(session)
    case = session.case(_facts(incident)) if incident and not values.get("case") else session.case()
    session.named = PLAYBOOK
    lang, ui = session.lang(case), session.ui(case)
    colleague, customer = (_steps(session, case, spoken, ui, incident) for spoken in (ui, lang))
    steps = [step if step["step"] == "colleague" else other for step, other in zip(colleague["steps"], customer["steps"], strict=True)]
    deadline = deadline_of(session.moments(case, session.policy(ui)))
    shown = {name: value for name, value in case.items() if name not in {"lang", "ui"}}
    answer = {"schema": "clientcoach/script@1", **customer, "steps": steps, "case": shown, "warnings": deadline_warnings(deadline)}
    result = Result("script", answer, strings=session.told_in(ui))
    result.colour = session.settings.get("color")
    return result


def _incident(session: Session) -> Incident | None:
    """The incident that was named, else the newest one; None where there is none or a case is typed. Raises UsageError, StorageError."""
    name = session.values.get("incident")
    if not name and any(session.values.get(field) for field in MATTER):
        return None  # the newest incident is another customer's
    kept = store(session)
    if kept is None and not name:
        return None
    found = None
    if kept is not None:
        with kept:
            found = kept.read(lambda engine: incidents.find(engine, name) if name else next(incidents.listed(engine, {}, limit=1), None))
    if found is None and name:
        raise UsageError("unknown_incident", value=name[:40])
    return found


def _facts(incident: Incident) -> dict[str, Any]:
    """The case of an incident, as far as it was kept."""
    told = {fact["name"]: fact["value"] for fact in incident["facts"]}
    due = [promise["due"] for promise in incident["promises"] if not promise.get("done_at")]
    anger = incident["anger_start"] if incident["anger_end"] is None else incident["anger_end"]
    facts = {name: incident[name] for name in ("lang", "cause", "channel", "reference")}
    facts |= {"anger": anger, "prior": incident["prior"] or None, "deadline": min(due, default=None)}
    return {name: value for name, value in {**facts, **{name: told.get(name) for name in FACTS}}.items() if value is not None}


def _steps(session: Session, case: Mapping[str, Any], lang: str, ui: str, incident: Incident | None) -> dict[str, Any]:
    desk = session.desk(case, lang)
    if incident:
        agreed = _agreed(desk, incident)
        desk = session.desk(case, lang, {"agreed": agreed}) if agreed else desk
        desk.facts["solution"] = _solution(incident)
    return build(desk, session.notes(ui, desk.playbook))


def _agreed(desk: Desk, incident: Incident) -> str:
    """What was accepted, as sentences of a language; an offer that the policy no longer has is left out."""
    taken = {offer["id"] for offer in incident["offers"] if offer["answer"] == "accepted"}
    return " ".join(render(offer["agreed"]["text"], desk.values) for offer in desk.policy["offers"] if offer["id"] in taken)


def _solution(incident: Incident) -> str:
    """What the call had come to (the fact `solution`), as its offers tell."""
    answers = {offer["answer"] for offer in incident["offers"]}
    return "accepted" if "accepted" in answers else "refused" if "refused" in answers else "open"
