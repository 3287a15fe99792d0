"""Small shapes that a schema is put together from: each reads a node and reports what does not fit, with its place.

`read` gives plain data (or the node itself where the place is needed later); after a report it gives None and goes on.
`schema` gives the same as JSON Schema, for editors: it takes what `read` takes, whether a parser leaves 10, true and 2026 text or not,
and refuses what can be told without a second look; the rest is for `playbook lint`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from clientcoach.content.source import Node, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clientcoach.content.source import Source

    Schema = dict[str, Any]

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_TYPED = {"10": "integer", "1.5": "number", "true": "boolean", "NO": "boolean"}  # plain text that an editor takes for something else
_SPELLED = 100  # of at most as many numbers a pattern names each


class Shape(Protocol):
    """What a value has to look like."""

    def read(self, node: Node, source: Source) -> Any:
        """The value as plain data, or None after a report."""

    def schema(self) -> Schema:
        """The shape as JSON Schema."""


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


def some_text() -> Schema:
    """Text that is not empty."""
    return {"type": ["string", "number", "boolean"], "pattern": r"\S"}


@dataclass(frozen=True, slots=True)
class Text:
    """Text that `parse` turns into data; `parse` raises ValueError for what is not `wanted`. `told`: its values as JSON Schema."""

    wanted: str = "text"
    parse: Callable[[str], Any] = str
    code: str = "bad-value"
    told: Mapping[str, Any] = field(default_factory=some_text)

    def read(self, node: Node, source: Source) -> Any:
        if not is_text(node, source, self.wanted):
            return None
        try:
            return self.parse(str(node.value))
        except ValueError:
            source.report(self.code, f"expected {self.wanted}, found '{str(node.value)[:80]}'", node)
            return None

    def schema(self) -> Schema:
        if self.wanted == "text":
            return dict(self.told)
        return {**self.told, "description": f"{self.wanted[0].upper()}{self.wanted[1:]}.", "patternErrorMessage": f"expected {self.wanted}"}


def matching(pattern: re.Pattern[str], wanted: str, code: str = "bad-value", parse: Callable[[str], Any] = str) -> Text:
    """Text that a pattern takes whole, before `parse` has a look at it."""

    def parsed(text: str) -> Any:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return parse(text)

    typed = (kind for text, kind in _TYPED.items() if pattern.fullmatch(text))
    return Text(wanted, parsed, code, {"type": list(dict.fromkeys(["string", *typed])), "pattern": all_of(pattern)})


def whole(low: int, high: int, wanted: str = "") -> Text:
    """A whole number of a range."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 12 and low <= int(text) <= high):
            raise ValueError(text)
        return int(text)

    written = "|".join(str(number) for number in range(low, high + 1)) if high - low <= _SPELLED else "[0-9]{1,12}"
    told = {"type": ["integer", "string"], "minimum": low, "maximum": high, "pattern": f"^0*({written})$"}
    return Text(wanted or f"a whole number {low}–{high}", parse, told=told)


def all_of(pattern: re.Pattern[str]) -> str:
    """The pattern for who looks for it anywhere in a text."""
    return f"^(?:{pattern.pattern})$"


def names(pattern: re.Pattern[str]) -> Schema:
    """The keys of a mapping."""
    return {"pattern": all_of(pattern), "patternErrorMessage": "not a valid name here"}


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

    def schema(self) -> Schema:
        return {"enum": [*self.values, *(value == "yes" for value in self.values if value in ("yes", "no"))]}


@dataclass(frozen=True, slots=True)
class Message:
    """Text in ICU MessageFormat: the node is kept, so that the compiler can name places in it."""

    def read(self, node: Node, source: Source) -> Node | None:
        return node if is_text(node, source, "text") else None

    def schema(self) -> Schema:
        return some_text()


@dataclass(frozen=True, slots=True)
class Optional:
    """`null` (or nothing at all), or the inner shape."""

    inner: Shape

    def read(self, node: Node, source: Source) -> Any:
        return None if node.value in ("null", "~", "") and not node.style else self.inner.read(node, source)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "null"}, self.inner.schema()]}


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

    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema()}


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

    def schema(self) -> Schema:
        return {"type": "object", "propertyNames": names(self.key), "additionalProperties": self.value.schema()}


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

    def schema(self) -> Schema:
        properties = {key: shape.schema() for key, shape in self.fields.items()}
        return {"type": "object", "properties": properties, "required": list(self.required), "additionalProperties": False}
