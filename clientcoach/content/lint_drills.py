"""Everything wrong with the drills of a pack."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clientcoach.content.drills import FILE, read_file
from clientcoach.content.lint_rules import unread
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from clientcoach.errors import Problem

FOLDER = "drills"


def lint_drills(folder: str) -> list[Problem]:
    """The problems of a folder of drills."""
    problems, path = unread(folder, (FILE,)), os.path.join(folder, FILE)
    if not os.path.isfile(path):
        return problems
    try:
        return [*problems, *read_file(path)[0].problems]
    except ContentError as error:
        return [*problems, *error.problems]
