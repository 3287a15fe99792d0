"""A line for a tool without choices: variables as that tool writes them, of every choice the branch that fits anybody.

The way back is by comparing: a text that is still what its phrase looks like there is that phrase, choices and all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clientcoach.content.facts import Scope
from clientcoach.content.messages import compile_message
from clientcoach.content.source import Node, Source
from clientcoach.errors import ContentError
from clientcoach.wording.evaluate import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clientcoach.exchange.lines import Line

ADDRESS = ("addr_pre", "addr_mid")  # the customer's name with its comma: empty for somebody unknown
_FIRST = 0xE000  # private characters that stand for variables while the text around them is mended


class Shown(NamedTuple):
    """A line as a tool without choices shows it. `lost`: choices and variables that had to be left out; `names`: the variables in it."""

    text: str
    lost: list[str]
    names: list[str]


def plainly(line: Line, write: Callable[[str], str]) -> Shown:
    """The line with each variable as `write` gives it (nothing: it is left out). Raises ContentError where it is no ICU message."""
    source = Source(line.key if line.phrase else "/".join(line.path), line.text.splitlines())
    tree = compile_message(Node(line.text, 1, 1, "|"), source, Scope(line.lang))["text"]
    if source.problems:
        raise ContentError(source.problems)
    lost: list[str] = []
    flat = list(_flat(tree, lost, ""))
    named = dict.fromkeys(part[1] for part in flat if not isinstance(part, str))
    kept = {name: written for name in named if (written := write(name))}
    marks = {name: chr(_FIRST + number) for number, name in enumerate(kept)}
    text = render(flat, {name: marks.get(name, "") for name in named})
    for name, mark in marks.items():
        text = text.replace(mark, kept[name])
    return Shown(text, [*dict.fromkeys([*lost, *(name for name in named if name not in kept)])], [*kept])


def _flat(tree: list[Any], lost: list[str], counted: str) -> Iterator[Any]:
    """The message without its choices: of a gender the branch for anybody, of a number the one for most numbers."""
    for part in tree:
        if isinstance(part, str) or part[0] == "v":
            yield part
        elif part[0] == "#":
            yield ["v", counted]
        else:
            kind, name, branches = part
            lost.append(name)
            branch = branches["many" if "many" in branches else "other"]
            yield from _flat(branch, lost, name if kind == "p" else counted)
