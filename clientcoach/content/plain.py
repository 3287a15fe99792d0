"""A case written as YAML, as plain values; read as strictly as a playbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.case.fields import FIELDS
from clientcoach.content.source import Source
from clientcoach.content.strict_yaml import parse

if TYPE_CHECKING:
    from clientcoach.content.source import Node

_NOTHING = ("null", "~", "")


def case(path: str, text: str) -> Any:
    """The value of a YAML text; the fields of a case are what they would be in JSON. `path` names it in errors. Raises ContentError."""
    found = _value(parse(text.encode(), Source(path)))
    if isinstance(found, dict):
        for name, value in found.items():
            if FIELDS.get(name, {}).get("kind") == "money" and isinstance(value, dict):
                found[name] = {key: _number(inner) for key, inner in value.items()}
    return found


def _value(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {name: _value(inner) for name, inner in node.value.items()}
    if isinstance(node.value, list):
        return [_value(inner) for inner in node.value]
    return None if not node.style and node.value in _NOTHING else node.value


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 15 else value
