"""Small shapes that a schema is put together from: each reads a node and reports what does not fit, with its place.

`read` gives plain data (or the node itself where the place is needed later); after a report it gives None and goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from clientcoach.content.source import Node, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clientcoach.content.source import Source

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)


class Shape(Protocol):
    """What a value has to look like."""

    def read(self, node: Node, source: Source) -> Any:
        """The value as plain data, or None after a report."""


def is_text(node: Node, source: Source, wanted: str) -> bool:
    """Whether the node is non-empty text; reports when not."""
    if isinstance(node.value, str) and node.value.strip():
        return True
    if isinstance(node.value, str):
        source.report("empty-text", f"expected {wanted}, found nothing", node)
        return False
    hint = " (text that starts with { goes into a >- block)" if node.style == "{" else ""
    found = "a list" if isinstance(node.value, list) else "a mapping"
    source.report("wrong-type", f"expected {wanted}, found {found}{hint}", node)
    return False


@dataclass(frozen=True, slots=True)
class Text:
    """Text that `parse` turns into data; `parse` raises ValueError for what is not `wanted`."""

    wanted: str = "text"
    parse: Callable[[str], Any] = str
    code: str = "bad-value"

    def read(self, node: Node, source: Source) -> Any:
        if not is_text(node, source, self.wanted):
            return None
        try:
            return self.parse(str(node.value))
        except ValueError:
            source.report(self.code, f"expected {self.wanted}, found '{str(node.value)[:80]}'", node)
            return None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    values: tuple[str, ...]

    def read(self, node: Node, source: Source) -> Any:
        if not is_text(node, source, "one of " + " ".join(self.values)):
            return None
        if node.value not in self.values:
            value = str(node.value)[:80]
            source.report("unknown-value", f"'{value}' is not possible here{nearest(value, self.values)}", node)
            return None
        return node.value


@dataclass(frozen=True, slots=True)
class Message:
    """Text in ICU MessageFormat: the node is kept, so that the compiler can name places in it."""

    def read(self, node: Node, source: Source) -> Node | None:
        return node if is_text(node, source, "text") else None


@dataclass(frozen=True, slots=True)
class Optional:
    """`null` (or nothing at all), or the inner shape."""

    inner: Shape

    def read(self, node: Node, source: Source) -> Any:
        return None if node.value in ("null", "~", "") and not node.style else self.inner.read(node, source)


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; items that do not fit are left out after their report."""

    item: Shape

    def read(self, node: Node, source: Source) -> list[Any]:
        if not isinstance(node.value, list):
            source.report("wrong-type", "expected a list", node)
            return []
        items = (self.item.read(item, source) for item in node.value)
        return [item for item in items if item is not None]


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping with free keys that `key` accepts."""

    value: Shape
    key: re.Pattern[str] = NAME

    def read(self, node: Node, source: Source) -> dict[str, Any]:
        if not isinstance(node.value, dict):
            source.report("wrong-type", "expected a mapping", node)
            return {}
        entries = {}
        for key, item in node.value.items():
            if not self.key.fullmatch(key):
                source.report("bad-name", f"'{key[:80]}' is not a valid name here", node.keys[key])
            elif (value := self.value.read(item, source)) is not None:
                entries[key] = value
        return entries


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with the keys of a table; absent keys are absent in the data too."""

    fields: Mapping[str, Shape]
    required: tuple[str, ...] = ()

    def read(self, node: Node, source: Source) -> dict[str, Any]:
        if not isinstance(node.value, dict):
            source.report("wrong-type", "expected a mapping with " + " ".join(self.fields), node)
            return {}
        for key in node.value:
            if key not in self.fields:
                source.report("unknown-key", f"unknown key '{key[:80]}'{nearest(key, self.fields)}", node.keys[key])
        for key in self.required:
            if key not in node.value:
                source.report("missing-key", f"the key '{key}' is missing", node)
        return {key: self.fields[key].read(item, source) for key, item in node.value.items() if key in self.fields}
