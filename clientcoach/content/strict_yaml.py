"""YAML, read strictly: a tree of text, lists and mappings with their places, and nothing else.

PyYAML's own loaders hang or crash on files of a few hundred bytes (merge keys, depth, numbers of 5,000 digits) and read
`no` as false and `12:30` as 750 (research: storage.md section 4). So only its parser is used, event by event: no aliases, anchors, tags,
merge keys or duplicate keys, at most 16 levels and 1 MiB, UTF-8 without invisible characters; scalars stay text.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from clientcoach.content.source import INVISIBLE, Node, Source
from clientcoach.errors import ContentError

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
except ImportError:  # PyYAML built without libyaml
    _Parser = yaml.Loader  # type: ignore[misc, assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 1 << 20
MAX_DEPTH = 16
MAX_REPORTED = 20  # of the same kind in one file

# What PyYAML raises on bad input besides its own errors (PyYAML issues 895, 843, 357 and `chr` of a large escape).
_PARSER_ERRORS = (yaml.YAMLError, ValueError, OverflowError, IndexError, RecursionError, TypeError, AttributeError)


def load(path: str) -> tuple[Source, Node]:
    """The file and its tree. Raises ContentError, and nothing else, for a file that cannot be read or is not strict YAML."""
    source = Source(path)
    try:
        info = os.stat(path)
        if not stat.S_ISREG(info.st_mode):
            raise OSError("not a regular file")
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        source.report("file-unreadable", f"cannot be read: {reason}", (1, 1))
        raise ContentError(source.problems) from error
    return source, parse(data, source)


def parse(data: bytes, source: Source) -> Node:
    """The tree of a YAML text; `source` gets its lines and problems. Raises ContentError."""
    try:
        root = _events(_text(data, source), source)
    except _PARSER_ERRORS as error:
        mark = getattr(error, "problem_mark", None)
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = getattr(error, "problem", None) or str(error) or type(error).__name__
        source.report("yaml-syntax", f"not valid YAML: {reason}", place)
        raise ContentError(source.problems) from error
    if source.problems or root is None:
        raise ContentError(source.problems)
    return root


def _text(data: bytes, source: Source) -> str:
    if len(data) > MAX_BYTES:
        source.report("yaml-size", f"larger than {MAX_BYTES} bytes", (1, 1))
        raise ContentError(source.problems)
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8").splitlines() or [""]
        source.lines = data.decode("utf-8", "replace").splitlines()
        source.report("yaml-encoding", f"not UTF-8 at byte {error.start}", (len(good), len(good[-1]) + 1))
        raise ContentError(source.problems) from error
    source.lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = ((number, hit) for number, line in enumerate(source.lines, 1) if (hit := INVISIBLE.search(line)))
    for number, hit in found:
        _report_character(source, hit[0], (number, hit.start() + 1))
        if len(source.problems) >= MAX_REPORTED:
            break
    if source.problems:
        raise ContentError(source.problems)
    return text


def _report_character(source: Source, character: str, place: tuple[int, int]) -> None:
    source.report("yaml-character", f"invisible or control character U+{ord(character):04X}", place)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet, with the key that waits for its value."""

    node: Node
    key: tuple[str, int, int] | None = None


def _events(text: str, source: Source) -> Node | None:
    opened: list[_Open] = []
    root: Node | None = None
    documents = 0
    for event in _parser(text):
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        _refuse(event, source, place)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1 or event.version or event.tags:
                _fatal(source, "yaml-documents", "one document without directives is allowed", place)
        elif isinstance(event, yaml.CollectionEndEvent):
            opened.pop()
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            node = _node(event, place)
            _add(opened, node, source)
            root = root or node
            if isinstance(event, yaml.CollectionStartEvent):
                opened.append(_Open(node))
            elif hit := INVISIBLE.search(event.value):
                _report_character(source, hit[0], place)
            if len(opened) > MAX_DEPTH:
                _fatal(source, "yaml-depth", f"nested deeper than {MAX_DEPTH}", place)
    if root is None:
        source.report("yaml-empty", "the file is empty", (1, 1))
    return root


def _parser(text: str) -> Iterator[yaml.Event]:
    parser = _Parser(text)
    while (event := parser.get_event()) is not None:
        yield event


def _node(event: yaml.Event, place: tuple[int, int]) -> Node:
    if isinstance(event, yaml.ScalarEvent):
        return Node(event.value, *place, style=event.style or "")
    if isinstance(event, yaml.MappingStartEvent):
        return Node({}, *place, style="{" if event.flow_style else "")
    return Node([], *place, style="[" if getattr(event, "flow_style", False) else "")


def _add(opened: list[_Open], node: Node, source: Source) -> None:
    if not opened:
        return
    top = opened[-1]
    if isinstance(top.node.value, list):
        top.node.value.append(node)
    elif top.key is None:
        top.key = _key(node, source)
    else:
        _set(top, node, source)
        top.key = None


def _key(node: Node, source: Source) -> tuple[str, int, int]:
    if not isinstance(node.value, str) or not node.value:
        _fatal(source, "yaml-key", "a key must be text", (node.line, node.col))
    if node.value == "<<" and not node.style:
        _fatal(source, "yaml-merge", "merge keys are not allowed", (node.line, node.col))
    return str(node.value), node.line, node.col


def _set(top: _Open, node: Node, source: Source) -> None:
    values = top.node.value
    if not isinstance(values, dict) or top.key is None:
        return
    key, line, col = top.key
    if key in values:
        first = top.node.keys[key][0]
        if len(source.problems) < MAX_REPORTED:
            source.report("yaml-duplicate", f"key '{key}' is given twice, lines {first} and {line}", (line, col))
        return
    values[key] = node
    top.node.keys[key] = (line, col)


def _refuse(event: yaml.Event, source: Source, place: tuple[int, int]) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        _fatal(source, "yaml-alias", "anchors and aliases are not allowed", place)
    if getattr(event, "tag", None) is not None:
        _fatal(source, "yaml-tag", "tags are not allowed", place)


def _fatal(source: Source, code: str, message: str, place: tuple[int, int]) -> None:
    source.report(code, message, place)
    raise ContentError(source.problems)
