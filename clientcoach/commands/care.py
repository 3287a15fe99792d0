"""`care`: the worker's own reset after a hard call, before a shift, or when to seek help. It reads and keeps nothing about anybody."""

from __future__ import annotations

from clientcoach.coach.script import build
from clientcoach.commands import Result
from clientcoach.commands.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

PLAYBOOK = "care"
USUAL = "after"


def run(values: Mapping[str, Any], env: Env) -> Result:
    """One card, in the worker's language."""
    session = Session(values, env)
    case = session.case()
    session.named = PLAYBOOK
    ui = session.ui(case)
    lang = session.written(case.get("ui") or session.lang(case), PLAYBOOK)["lang"]  # it can be written where the interface is not
    desk = session.desk(case, lang)
    card = build(desk, desk.playbook)
    steps = [step for step in card["steps"] if step["step"] == values.get("when", USUAL)]
    shown = {name: value for name, value in case.items() if name == "set"}
    answer = {"schema": "clientcoach/script@1", **card, "steps": steps, "missing": [], "case": shown, "warnings": []}
    result = Result("script", answer, strings=session.told_in(ui))
    result.colour = session.settings.get("color")
    result.notes = lambda _style: session.warned()
    return result
