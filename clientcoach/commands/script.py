"""`script`: the five steps, tailored to the case; with `--stream`, one case a line in and one script a line out."""

from __future__ import annotations

from clientcoach.coach.facts import deadline_warnings
from clientcoach.coach.script import build
from clientcoach.commands import Result
from clientcoach.commands.session import Session, deadline_of, hints, looked_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env


def run(values: Mapping[str, Any], env: Env) -> Result:
    """The script of one case, or the stream of many."""
    session = Session(values, env)
    if values.get("stream"):
        from clientcoach.commands.stream import streamed

        return streamed(session, lambda given: tailored(session, session.case(given)), ("case",))
    case = session.case()
    answer, strings = tailored(session, case), session.told_in(session.ui(case))
    result = Result("script", answer, strings=strings)
    result.colour = session.settings.get("color")
    result.notes = lambda style: [*hints(answer, strings, style), *session.warned()]
    return result


def tailored(session: Session, case: Mapping[str, Any]) -> dict[str, Any]:
    """script@1 of a checked case."""
    lang, ui = session.lang(case), session.ui(case)
    desk = session.desk(case, lang)
    known = looked_up(session, desk.case, desk.playbook)
    script = build(desk, session.notes(ui, desk.playbook))
    shown = {name: value for name, value in case.items() if name not in {"lang", "ui"}}
    deadline = deadline_of(desk.values.moments)
    if deadline:
        shown["deadline_at"] = deadline["iso"]
    more = {"hints": known} if known else {}
    return {"schema": "clientcoach/script@1", **script, "case": shown, "warnings": deadline_warnings(deadline), **more}
