"""`_manifest.yml` of a pack: espanso's, with the languages it is written in and the clientcoach it needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clientcoach.content import strict_yaml
from clientcoach.content.facts import LANGS
from clientcoach.content.shape import NAME, Choice, ListOf, Record, Text, matching
from clientcoach.content.source import Source
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from clientcoach.content.source import Node

FILE = "_manifest.yml"
_VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})", re.ASCII)
_WANTED = re.compile(r"(?:>= ?)?((?:\d{1,6}\.){0,2}\d{1,6})", re.ASCII)


_LINE = Text()
MANIFEST = Record(
    {
        "name": matching(NAME, "a name (a-z 0-9 _ -, at most 64)"),
        "title": _LINE,
        "description": _LINE,
        "version": matching(_VERSION, "a version like 1.0.0"),
        "author": _LINE,
        "tags": ListOf(_LINE),
        "homepage": _LINE,
        "license": _LINE,
        "languages": ListOf(Choice(LANGS)),
        "requires": matching(_WANTED, 'a version of clientcoach like ">=0.1.0"'),
    },
    required=("name", "title", "description", "version", "author", "languages"),
)


def read_manifest(path: str, data: bytes) -> tuple[Source, Node, dict[str, Any]]:
    """A manifest that is whole. `path` names it in errors. Raises ContentError."""
    source = Source(path)
    root = strict_yaml.parse(data, source)
    found = MANIFEST.read(root, source)
    if source.broken:
        raise ContentError(source.problems)
    return source, root, found


def newer(wanted: str, version: str) -> bool:
    """Whether a pack wants a newer clientcoach than this one."""
    found = _WANTED.fullmatch(wanted)
    return bool(found) and _numbers(found[1]) > _numbers(version)  # type: ignore[index]


def _numbers(version: str) -> tuple[int, ...]:
    """1.2 and 1.2.0 are the same version; what follows the numbers (rc1) does not count."""
    found = re.match(r"[\d.]*", version)
    numbers = [int(number) for number in (found[0] if found else "").split(".") if number]
    return (*numbers[:3], 0, 0, 0)[:3]
