"""Texts put into the YAML of a playbook: comments, order and all that is not changed stay as they are. Alone imports ruamel.yaml.

It is given only what `strict_yaml` has read before: no anchors, no tags, no second document.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString

from clientcoach.content.schemas import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from clientcoach.exchange.lines import Line

WIDTH = 110  # columns of a folded text
_PLAIN_START = frozenset("-?:,[]{}#&*!|>'\"%@`=~ ")
_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])


def with_texts(text: str, lines: Iterable[Line]) -> str:
    """A language file with the lines in it; a new phrase stands behind the last of its part."""

    def put(root: Any) -> None:
        for line in sorted(lines, key=lambda line: FORMS.index(line.form) if line.phrase else 0):
            _put(root, line)

    return _changed(text, put)


def with_phrases(text: str, phrases: Mapping[str, Mapping[str, list[str]]]) -> str:
    """playbook.yaml with new phrases and their conditions, each behind the last of its part."""

    def put(root: Any) -> None:
        for name, when in phrases.items():
            _insert(root["phrases"], name, _flow({"when": _flow({fact: _flow(values) for fact, values in when.items()})} if when else {}))

    return _changed(text, put)


def _changed(text: str, change: Callable[[Any], None]) -> str:
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 1 << 20
    yaml.indent(mapping=2, sequence=4, offset=2)
    root = yaml.load(text.replace("\r\n", "\n"))  # a comment would keep its own
    change(root)
    out = io.StringIO()
    yaml.dump(root, out)
    found = out.getvalue()
    return found.replace("\n", "\r\n") if "\r\n" in text else found


def _put(root: Any, line: Line) -> None:
    if line.phrase:
        _phrase(root["phrases"], line)
        return
    node = root
    for key in line.path[:-1]:
        node = node[_place(node, key)]
    last = _place(node, line.path[-1])
    node[last] = _scalar(line.text, node[last])


def _place(node: Any, key: str) -> Any:
    """Notes, and what to avoid where it has no names, are numbered from 1."""
    return int(key) - 1 if isinstance(node, CommentedSeq) else key


def _phrase(phrases: Any, line: Line) -> None:
    name, form = line.phrase, line.form
    now = phrases.get(name)
    if isinstance(now, CommentedMap):
        if form in now:
            now[form] = _scalar(line.text, now[form])
        else:
            now.insert(sum(other in now for other in FORMS[: FORMS.index(form)]), form, _scalar(line.text))
    elif form != "say":
        phrases[name] = CommentedMap([("say", now), (form, _scalar(line.text))])
    elif now is not None:
        phrases[name] = _scalar(line.text, now)
    else:
        said = _scalar(line.text)
        _insert(phrases, name, CommentedMap([("say", said), ("verbatim", True)]) if line.verbatim else said)


def _insert(table: Any, name: str, value: Any) -> None:
    part = name.rpartition(".")[0]
    places = [place for place, key in enumerate(table) if key.rpartition(".")[0] == part]
    table.insert(places[-1] + 1 if places else len(table), name, value)


def _flow(value: Any) -> Any:
    made = CommentedMap(value) if isinstance(value, dict) else CommentedSeq(value)
    made.fa.set_flow_style()
    return made


def _scalar(text: str, old: Any = None) -> Any:
    """The text as a person would write it there: like the one before, in quotes or folded where it needs it."""
    if "\n" in text:
        return LiteralScalarString(text)
    if isinstance(old, DoubleQuotedScalarString):
        return DoubleQuotedScalarString(text)
    folded = isinstance(old, FoldedScalarString) or len(text) > WIDTH
    if (
        not folded
        and text[0] not in _PLAIN_START
        and ": " not in text
        and " #" not in text
        and text[-1] != ":"
        and text.lower() not in _WORDS
    ):
        return text
    return _folded(text)


def _folded(text: str) -> Any:
    made: Any = FoldedScalarString(text)
    start, folds = 0, []
    while len(text) - start > WIDTH:
        place = text.rfind(" ", start, start + WIDTH)
        if place <= start:
            break
        folds.append(place)
        start = place + 1
    made.fold_pos = folds
    return made
