"""`drill`: practice with a simulated customer, the one that is due (`run`) or a chosen one (`drill run NAME`)."""

from __future__ import annotations

from clientcoach.case.read import whole
from clientcoach.commands import Result
from clientcoach.commands.drill_desk import Desk, Task
from clientcoach.commands.drill_kept import Kept
from clientcoach.commands.session import Session
from clientcoach.drill.schedule import ladder
from clientcoach.errors import NeedsTerminal, UsageError
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from clientcoach.env import Env

    Tasks = Callable[[Desk, Kept | None], list[Task]]

MOST_SEED = 2**31 - 1


def run(values: Mapping[str, Any], env: Env) -> Result:
    """The drill that is due: a rule, in a persona that the trainee has not met in it last; or where the model's numbers come from."""
    if values.get("explain"):
        from clientcoach.commands.drill_explain import explained

        return explained(Session(values, env))
    return practised(values, env, _due)


def run_run(values: Mapping[str, Any], env: Env) -> Result:
    """A drill with a chosen persona, or the one that is due."""
    return practised(values, env, _chosen if values.get("name") or values.get("answers") else _due)


def practised(values: Mapping[str, Any], env: Env, tasks: Tasks) -> Result:
    """Drills one after another, in the terminal or by `--answers`; the lines come as they go on. Raises NeedsTerminal."""
    desk = Desk(Session(values, env))
    style = "ndjson" if values.get("json") else values.get("format", "text")
    result = Result("drill", None)
    result.notes = lambda _style: desk.session.warned()
    if values.get("resume") and (values.get("name") or values.get("answers")):
        raise UsageError("not_together", names=["--resume", "--answers" if values.get("answers") else "NAME"])
    if values.get("answers"):
        from clientcoach.commands.drill_answers import Answers
        from clientcoach.commands.drill_scripted import scripted

        kept = Kept(desk) if values.get("keep") else None
        found = [allowed(desk, task) for task in tasks(desk, kept)]
        result.lines = scripted(desk, found, Answers(desk.session.open(values["answers"]), values["answers"]), style, kept)
        return result
    if values.get("no_input") or not env.is_terminal("stdin"):
        raise NeedsTerminal("drill_needs_terminal")
    from clientcoach.commands.drill_live import Live

    live = Live(desk, style, result)
    result.lines = live.resumed() if values.get("resume") else live.drills(tasks(desk, live.kept))
    return result


def _due(desk: Desk, kept: Kept | None) -> list[Task]:
    kept = kept or Kept(desk)
    found = kept.due()
    if found.day > kept.today:
        desk.notices.append(word(desk.strings, "drill.ahead", day=found.day))
    return [Task(found.persona, seed(desk, kept), rule=found.rule, new=found.rule not in ladder(kept.results, desk.model))]


def _chosen(desk: Desk, kept: Kept | None) -> list[Task]:
    if not desk.values.get("name"):
        raise UsageError("missing_word", command="clientcoach drill run", name="NAME")
    return [Task(desk.values["name"], seed(desk, None if desk.values.get("answers") else kept))]


def seed(desk: Desk, kept: Kept | None) -> int:
    """The one that was given; without it drawn where results are kept, else 0. Raises UsageError."""
    if "seed" in desk.values:
        return whole("--seed", desk.values["seed"], 0, MOST_SEED)
    return kept.seed() if kept else 0


def allowed(desk: Desk, task: Task) -> Task:
    """The task, where nobody has to agree to it first or `--opt-in` says so. Raises UsageError."""
    needed = desk.persona(task.persona)["opt_in"]
    if needed and needed not in desk.opted:
        raise UsageError("needs_opt_in", value=task.persona, needed=needed)
    return task
