"""`drill lesson N|FILE`: one rule, on several customers, the easiest first."""

from __future__ import annotations

import os

from clientcoach.case.text import safe
from clientcoach.commands.drill import practised
from clientcoach.commands.drill_desk import Task
from clientcoach.content import library
from clientcoach.records.drill_shape import LONGEST_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.commands import Result
    from clientcoach.commands.drill_desk import Desk
    from clientcoach.commands.drill_kept import Kept
    from clientcoach.env import Env


def run_lesson(values: Mapping[str, Any], env: Env) -> Result:
    """The drills of a lesson of ours by its number, or those of a file of the same shape. Raises UsageError, ContentError."""
    return practised(values, env, _tasks)


def _tasks(desk: Desk, _kept: Kept | None) -> list[Task]:
    wanted: str = desk.values["lesson"]
    if wanted.isascii() and wanted.isdigit():
        lessons, name = [library.lesson(desk.session.places, int(wanted))], wanted
    else:
        from clientcoach.content.lessons import compile_lessons

        lessons, name = compile_lessons(wanted)["lessons"], safe(os.path.basename(wanted))[:LONGEST_NAME]
    return [
        Task(
            drill["persona"], drill["seed"], lesson["rule"], name, title=lesson["title"].get(desk.ui, next(iter(lesson["title"].values())))
        )
        for lesson in lessons
        for drill in lesson["drills"]
    ]
