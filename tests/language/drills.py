"""Every text of the simulated customers as it is read or heard: what customers and workers say, titles, names of acts and rules."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from clientcoach.content import library
from clientcoach.content.lessons import read_lessons
from clientcoach.content.lint_personas import leaves
from clientcoach.content.persona_texts import LANGUAGE, LINES
from clientcoach.content.strict_yaml import load
from tests.language.expand import PLACES, PLAYBOOKS

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")  # an insult that nobody writes
PEOPLE = tuple(library.personas(PLACES))


class Text(NamedTuple):
    """`key`: where in its file it stands; `who`: customer, worker, or reader (of a screen)."""

    file: str
    key: str
    who: str
    sentence: str

    @property
    def place(self) -> str:
        """For messages of failures."""
        return f"{self.file} {self.key}: {self.sentence}"


_READ = {"title", "who", "may", "acts", "rules", "item", "amount"}
_WORKER = {"lines", "ask", "open"}


@cache
def drill_texts(lang: str) -> tuple[Text, ...]:
    """All of a language, each once."""
    shared = PLAYBOOKS / "drills" / "lines" / f"{lang}.yaml"
    found = list(_texts("lines", LINES, str(shared)))
    for name in PEOPLE:
        found += _texts(name, LANGUAGE, str(PLAYBOOKS / "drills" / name / f"{lang}.yaml"))
    lessons = read_lessons(str(PLAYBOOKS / "drills" / "lessons.yaml"))[2]["lessons"]
    found += [Text("lessons", "title", "reader", str(lesson["title"][lang].value)) for lesson in lessons]
    return tuple(dict.fromkeys(found))


def _texts(file: str, shape: Any, path: str) -> Iterator[Text]:
    source, root = load(path)
    for key, value in shape.read(root, source).items():
        who = "reader" if key in _READ else "worker" if key in _WORKER else "customer"
        for inner, node in _named(key, value):
            yield Text(file, inner, who, " ".join(str(node.value).split()))


def _named(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _named(f"{key}.{name}", inner)
    else:
        yield from ((key, node) for node in leaves(value))
