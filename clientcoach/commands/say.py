"""`say STEP`: one line, the best next phrase of a step."""

from __future__ import annotations

from clientcoach.case.read import unknown, whole
from clientcoach.coach.facts import deadline_warnings, possible
from clientcoach.coach.offers import find
from clientcoach.commands import Result
from clientcoach.commands.session import Session, deadline_of, hints, looked_up
from clientcoach.errors import CoachError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

MAX_ANOTHER = 999
FORMS = ("short", "softer", "firmer", "written")


def run(values: Mapping[str, Any], env: Env) -> Result:
    """One line; `--another N` gives the Nth alternative, `--part` another part than the step's first."""
    session = Session(values, env)
    case = session.case()
    desk = session.desk(case, session.lang(case))
    looked_up(session, desk.case, desk.playbook)
    for name in case.get("offer", ()):
        find(desk.policy, name, desk.today)
    steps = dict(desk.playbook["steps"])
    step = values["step"].lower().replace("-", "_")
    if step not in steps:
        raise unknown("step", values["step"], steps)
    part = values.get("part") or _first(desk, step, steps[step])
    if part not in steps[step]:
        raise unknown("part", part, steps[step])
    form = values.get("form")
    if form is not None and form not in FORMS:
        raise unknown("form", form, FORMS)
    key = f"{step}.{part}"
    ranked = desk.ranked(key, wish=form)
    if form:
        ranked = [phrase for phrase in ranked if form in phrase["forms"]]
    nth = whole("another", values.get("another", "0"), 0, MAX_ANOTHER)
    if nth >= len(ranked):
        raise NoSuchLine("no_alternative", part=key, count=max(len(ranked) - 1, 0), asked=nth)
    line = desk.line(key, ranked[nth], form)
    answer = {
        "schema": "clientcoach/say@1",
        "lang": desk.playbook["lang"],
        "step": step,
        "part": part,
        "id": line["id"],
        "text": line["text"],
        "alternatives": len(ranked) - 1,
        "missing": desk.missing,
        "warnings": deadline_warnings(deadline_of(desk.values.moments)),
    }
    strings = session.told_in(session.ui(case))
    result = Result("say", answer, strings=strings)
    result.notes = lambda style: [*hints({**answer, "missing": []}, strings, style), *session.warned()]
    return result


def _first(desk: Any, step: str, parts: list[str]) -> str:
    open_parts = (part for part in parts if part != "verify" and possible(desk.playbook["parts"].get(f"{step}.{part}", {}), desk.facts))
    return next(open_parts, parts[0])


class NoSuchLine(CoachError):
    """Nothing (more) to say here: exit 1, as for a search without a match."""
