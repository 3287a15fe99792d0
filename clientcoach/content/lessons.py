"""`drills/lessons.yaml`, or a team's own file of that shape → lessons: one rule, and the customers it is practised on, easy ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.content import strict_yaml
from clientcoach.content.facts import LANGS
from clientcoach.content.shape import NAME, Choice, ListOf, Message, Record, matching, whole
from clientcoach.drill.score import RULES
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from clientcoach.content.source import Node, Source

FILE = "lessons.yaml"
MOST_SEED = 2**31 - 1
_DRILL = Record({"persona": matching(NAME, "the name of a persona"), "seed": whole(0, MOST_SEED)}, ("persona", "seed"))
_LESSON = Record(
    {"title": Record(dict.fromkeys(LANGS, Message())), "rule": Choice(tuple(RULES)), "drills": ListOf(_DRILL)},
    ("title", "rule", "drills"),
)
LESSONS = Record({"lessons": ListOf(_LESSON)}, ("lessons",))


def read_lessons(path: str) -> tuple[Source, Node, dict[str, Any]]:
    """The lessons and their problems. Raises ContentError where the file is not even strict YAML."""
    source, root = strict_yaml.load(path)
    data = LESSONS.read(root, source)
    listed = root.value.get("lessons") if isinstance(root.value, dict) else None
    if listed and listed.value == []:
        source.report("bad-value", "expected a lesson at least", listed)
    for node in listed.value if listed and isinstance(listed.value, list) else ():
        _whole(node, source)
    return source, root, data


def _whole(node: Node, source: Source) -> None:
    """A lesson has a title, and somebody to practise on."""
    for key, wanted in (("title", "a title in a language at least"), ("drills", "a customer at least")):
        inner = node.value.get(key) if isinstance(node.value, dict) else None
        if inner and inner.value in ({}, []):
            source.report("bad-value", f"expected {wanted}", inner)


def compile_lessons(path: str) -> dict[str, Any]:
    """{"lessons": [{title: {lang: text}, rule, drills: [{persona, seed}]}]}. Raises ContentError."""
    source, _, data = read_lessons(path)
    if source.broken:
        raise ContentError([problem for problem in source.problems if problem["level"] == "error"])
    return {"lessons": [{**lesson, "title": _titles(lesson["title"])} for lesson in data["lessons"]]}


def _titles(told: dict[str, Node]) -> dict[str, str]:
    return {lang: " ".join(str(node.value).split()) for lang, node in told.items()}
