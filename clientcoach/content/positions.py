"""Where in the file a character of a text stands: exact for every way YAML can write a text.

Folding changes only white space, so the n-th visible character of the text is the n-th visible character of the scalar
in the file, once the escapes of quoted scalars are counted as the one character they make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientcoach.content.source import Node, Source

_HEX = {"x": 2, "u": 4, "U": 8}
_SPACES = "nrtvfNLP_ \t"  # the escapes that make white space


def position(node: Node, source: Source, offset: int) -> tuple[int, int]:
    """(line, column), 1-based, of the character `offset` of the node's text; past the end: just behind its last one."""
    text = str(node.value)
    visible = sum(not character.isspace() for character in text[:offset])
    place = (node.line, node.col)
    for number, place in enumerate(_visible(node, source.lines)):
        if number == visible:
            return place
        if number == visible - 1 and offset >= len(text.rstrip()):
            return place[0], place[1] + 1
    return place


def _visible(node: Node, lines: list[str]) -> Iterator[tuple[int, int]]:
    block = node.style in ("|", ">")
    line = node.line + 1 if block else node.line
    col = 0 if block else node.col - 1 + (node.style in ("'", '"'))
    while line <= len(lines):
        raw = lines[line - 1]
        while col < len(raw):
            length, shown = _unit(raw, col, node.style)
            if length == 0:
                return
            if shown:
                yield line, col + 1
            col += length
        line, col = line + 1, 0


def _unit(raw: str, col: int, style: str) -> tuple[int, bool]:
    """Length in the file and visibility of one character of the text; length 0: the closing quote."""
    character = raw[col]
    if character != style and not (style == '"' and character == "\\"):
        return 1, not character.isspace()
    if style == "'":
        return (2, True) if raw[col + 1 : col + 2] == "'" else (0, False)
    if character == '"' or style != '"':
        return (0, False) if style == '"' else (1, True)
    return _escape(raw[col + 1 : col + 2], raw[col + 2 : col + 10])


def _escape(letter: str, digits: str) -> tuple[int, bool]:
    if letter in _HEX:
        return 2 + _HEX[letter], not chr(int(digits[: _HEX[letter]], 16)).isspace()
    return 2, bool(letter) and letter not in _SPACES
