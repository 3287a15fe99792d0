"""Everything wrong with lessons: names that are nobody's, and customers that no lesson should wear out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from clientcoach.content.lessons import read_lessons
from clientcoach.content.library import bundled
from clientcoach.content.lint_texts import said
from clientcoach.content.personas import FILE, FOLDER, read_file
from clientcoach.content.source import nearest
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from clientcoach.content.source import Node, Source
    from clientcoach.errors import Problem

TITLE = 40  # characters


def lint_lessons(path: str) -> list[Problem]:
    """The problems of a file of lessons, whose customers are beside it or ours."""
    try:
        source, root, data = read_lessons(path)
    except ContentError as error:
        return error.problems
    shelves = (os.path.dirname(path), os.path.join(bundled(), FOLDER))
    for node in _items(root, "lessons"):
        for drill in _items(node, "drills"):
            name = drill.value.get("persona") if isinstance(drill.value, dict) else None
            if name and isinstance(name.value, str):
                _persona(name, shelves, source)
    for lesson in data.get("lessons") or ():
        for lang, title in (lesson.get("title") or {}).items():
            if title:
                _title(title, lang, source)
    return source.problems


def _title(title: Node, lang: str, source: Source) -> None:
    said(title, source, lang)
    if (length := len(str(title.value))) > TITLE:
        source.report("too-long", f"{length} characters; at most {TITLE} are wanted in a title", title, "warning")


def _items(node: Node, key: str) -> list[Node]:
    inner = node.value.get(key) if isinstance(node.value, dict) else None
    return inner.value if inner and isinstance(inner.value, list) else []


def _persona(name: Node, shelves: tuple[str, ...], source: Source) -> None:
    known = {one: shelf for shelf in reversed(shelves) for one in _people(shelf)}
    shelf = known.get(str(name.value))
    if shelf is None:
        source.report("unknown-name", f"'{name.value}' is not a persona{nearest(str(name.value), known)}", name)
        return
    try:
        told: dict[str, Any] = read_file(os.path.join(shelf, str(name.value), FILE))[2]
    except ContentError:  # told where the personas are linted
        return
    if told.get("opt_in") or told.get("transfer") == "yes":
        why = "asks for an agreement first" if told.get("opt_in") else "is kept to show what was learned"
        source.report("lesson-persona", f"'{name.value}' {why}: it belongs into no lesson", name, "warning")


def _people(shelf: str) -> list[str]:
    return [name for name in (os.listdir(shelf) if os.path.isdir(shelf) else ()) if os.path.isfile(os.path.join(shelf, name, FILE))]
