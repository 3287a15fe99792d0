"""A file of content while it is being read: its lines, the tree of its YAML, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientcoach.errors import Problem

QUOTED = 160  # characters of a source line shown with a problem

# Controls (but tab and line ends), separators that editors and YAML count differently as line ends, zero-width and
# direction characters, surrogates, interlinear marks, non-characters, tags: nothing of it can be seen in a review.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a YAML file: text, list or mapping with its 1-based place; scalars are never typed.

    `style` is "" (plain text, block list or mapping), one of ' " | > for text, or [ { for what is written in flow form.
    `keys` has the place of every key of a mapping.
    """

    value: str | list[Node] | dict[str, Node]
    line: int
    col: int
    style: str = ""
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Source:
    """One file and the problems found in it so far."""

    file: str
    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def report(self, code: str, message: str, place: Node | tuple[int, int], level: str = "error") -> None:
        """Note a problem at a node or at (line, column); a place past the end is the last line."""
        line, col = (place.line, place.col) if isinstance(place, Node) else place
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        self.problems.append(
            {"file": self.file, "line": line, "col": col, "code": code, "level": level,
             "message": visible(message), "text": visible(text)[:QUOTED]}
        )  # fmt: skip

    @property
    def broken(self) -> bool:
        """Is anything in it an error, so that it cannot be used?"""
        return any(problem["level"] == "error" for problem in self.problems)


def visible(text: str) -> str:
    """The text with everything that could move a terminal's cursor replaced by U+FFFD."""
    return INVISIBLE.sub("\ufffd", text)


def nearest(name: str, known: Iterable[str]) -> str:
    """'; did you mean …?' for an error message, or the known names when few, or nothing."""
    names = list(known)
    near = get_close_matches(name, names, n=2, cutoff=0.6)
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return f"; known: {', '.join(sorted(names))}" if 0 < len(names) <= 12 else ""
