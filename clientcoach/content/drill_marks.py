"""Where each number of `drills/drill-model.yaml` comes from: its studies, or why it was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.content.drills import MARKS, read_file
from clientcoach.content.strict_yaml import load
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientcoach.content.source import Node


def marks(path: str) -> list[dict[str, Any]]:
    """[{place, line, numbers: {name: text}, evidence: [E1]} or {…, chosen: why}], in the order of the file. Raises ContentError."""
    source, _ = read_file(path)
    if source.broken:
        raise ContentError([problem for problem in source.problems if problem["level"] == "error"])
    return list(_groups(load(path)[1], ""))


def _groups(node: Node, place: str) -> Iterator[dict[str, Any]]:
    if isinstance(node.value, list):
        for number, item in enumerate(node.value, 1):
            yield from _groups(item, f"{place} {number}" if len(node.value) > 1 else place)
    elif isinstance(node.value, dict):
        mark = next((name for name in MARKS if name in node.value), None)
        if mark:
            numbers = {name: plain(inner) for name, inner in node.value.items() if name != mark}
            yield {"place": place, "line": node.line, "numbers": numbers, mark: plain(node.value[mark])}
            return
        for name, inner in node.value.items():
            yield from _groups(inner, f"{place}.{name}" if place else name)


def plain(node: Node) -> Any:
    """A node as text and lists of text."""
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return " ".join(str(node.value).split())
