"""A case or a note written as YAML, as plain dicts, lists and text; read as strictly as a playbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.content.source import Source
from clientcoach.content.strict_yaml import parse

if TYPE_CHECKING:
    from clientcoach.content.source import Node


def plain(path: str, text: str) -> Any:
    """The value of a YAML text; `path` names it in errors. Raises ContentError."""
    return _value(parse(text.encode(), Source(path)))


def _value(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {name: _value(inner) for name, inner in node.value.items()}
    if isinstance(node.value, list):
        return [_value(inner) for inner in node.value]
    return node.value
