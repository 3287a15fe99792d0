"""Everything wrong with what all simulated customers share: `drills/lines/LANGUAGE.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientcoach.content import strict_yaml
from clientcoach.content.lint_personas import leaves
from clientcoach.content.lint_texts import said
from clientcoach.content.persona_texts import LINES
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from clientcoach.content.source import Node, Source
    from clientcoach.errors import Problem

NAME, TEXT = 30, 120  # characters of a rule
MOST = {"acts": 4, "rules": 0, "replies": 16, "styles": 16, "events": 25, "ends": 25, "lines": 22}  # words; of a rule characters count


def lint_lines(path: str, lang: str) -> list[Problem]:
    """The problems of one file."""
    try:
        source, root = strict_yaml.load(path)
    except ContentError as error:
        return error.problems
    told = LINES.read(root, source)
    seen: set[int] = set()
    for key, node, most in _texts(told):
        if id(node) not in seen:
            seen.add(id(node))
            said(node, source, lang, spoken=key != "acts", most=most)
            if key == "lines" and "!" in str(node.value):
                source.report("exclamation-mark", "no line of the worker's has an exclamation mark", node)
    for rule in (told.get("rules") or {}).values():
        _rule(rule or {}, source)
    return source.problems


def _texts(told: dict[str, Any]) -> Iterator[tuple[str, Node, int]]:
    for key, most in MOST.items():
        for node in leaves(told.get(key)):
            yield key, node, most


def _rule(rule: dict[str, Node], source: Source) -> None:
    for key, node in rule.items():
        most = NAME if key == "name" else TEXT
        if node and len(str(node.value)) > most:
            message = f"{len(str(node.value))} characters; at most {most} fit into a line"
            source.report("too-long", message, node, "warning")
