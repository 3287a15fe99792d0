"""Everything wrong with the drills of a pack: the model, the customers and what they share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from clientcoach.content.drills import FILE, compile_file, read_file
from clientcoach.content.facts import LANGS
from clientcoach.content.lessons import FILE as LESSONS
from clientcoach.content.library import bundled
from clientcoach.content.lint_lessons import lint_lessons
from clientcoach.content.lint_lines import lint_lines
from clientcoach.content.lint_personas import lint_persona
from clientcoach.content.lint_rules import unread
from clientcoach.content.personas import FOLDER, SHARED
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from clientcoach.errors import Problem

_LANGUAGES = tuple(f"{lang}.yaml" for lang in LANGS)


def lint_drills(folder: str) -> list[Problem]:
    """The problems of a folder of drills."""
    problems, path = unread(folder, (FILE, LESSONS)), os.path.join(folder, FILE)
    if os.path.isfile(path):
        try:
            problems += read_file(path)[0].problems
        except ContentError as error:
            problems += error.problems
    shared = os.path.join(folder, SHARED)
    if os.path.isdir(shared):
        problems += unread(shared, _LANGUAGES)
        for lang, file in zip(LANGS, _LANGUAGES, strict=True):
            problems += lint_lines(os.path.join(shared, file), lang) if os.path.exists(os.path.join(shared, file)) else []
    lessons = os.path.join(folder, LESSONS)
    problems += lint_lessons(lessons) if os.path.exists(lessons) else []
    numbers = model(folder)
    for name in people(folder):
        problems += lint_persona(os.path.join(folder, name), numbers)
    return problems


def people(folder: str) -> list[str]:
    """The personas of a folder of drills, also those whose names are none."""
    names = (name for name in sorted(os.listdir(folder)) if name != SHARED and not name.startswith("."))
    return [name for name in names if os.path.isdir(os.path.join(folder, name))]


def lines(folder: str, lang: str) -> str:
    """The file of the lines that a folder's customers share: its own, else ours."""
    own = os.path.join(folder, SHARED, f"{lang}.yaml")
    return own if os.path.isfile(own) else os.path.join(bundled(), FOLDER, SHARED, f"{lang}.yaml")


def model(folder: str) -> dict[str, Any] | None:
    """The numbers that a folder's customers are worked with: its own, else ours; nothing where they cannot be used."""
    own = os.path.join(folder, FILE)
    try:
        return compile_file(own if os.path.isfile(own) else os.path.join(bundled(), FOLDER, FILE))
    except ContentError:
        return None
