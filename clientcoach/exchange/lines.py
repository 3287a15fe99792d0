"""The neutral list in between: every text of a playbook as a line of its own, with all that a format may want to tell of it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from clientcoach.content import strict_yaml
from clientcoach.content.facts import LANGS
from clientcoach.content.schemas import FORMS, LANGUAGE, PHRASE_ID
from clientcoach.content.structure import read_structure
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clientcoach.content.source import Node
    from clientcoach.content.structure import Structure

    Path = tuple[str, ...]

_KEY = re.compile(rf"({'|'.join(LANGS)})\.([^.]+)\.({PHRASE_ID.pattern})(?:\.({'|'.join(FORMS[1:])}))?", re.ASCII)


class Line(NamedTuple):
    """One text. What a file from elsewhere does not tell is empty.

    `path`: its place in its language file: phrases/ID/FORM, title/STEP, part/PART, do/STEP/NUMBER, avoid/STEP/NAME/text, prevent/NAME.
    `when`: the conditions of its phrase. `title`, `label`: of its step and part, as ICU text. `row`: the line of the file it was read from.
    `name`: what that file calls it. `unsure`: its translator marked it as unfinished. `source`: the text it is a translation of.
    """

    playbook: str
    path: Path
    lang: str
    text: str
    when: Mapping[str, list[str]] = {}
    title: str = ""
    label: str = ""
    verbatim: bool = False
    row: int = 0
    name: str = ""
    unsure: bool = False
    source: str = ""

    @property
    def phrase(self) -> str:
        """STEP.PART.NAME; empty where it is no phrase."""
        return self.path[1] if self.path and self.path[0] == "phrases" else ""

    @property
    def form(self) -> str:
        """say, short, softer, firmer or written."""
        return self.path[2] if self.phrase else ""

    @property
    def key(self) -> str:
        """A name for it in a tool that knows names only: LANG.PLAYBOOK.STEP.PART.NAME, and the form where it is not `say`."""
        return ".".join([self.lang, self.playbook, self.phrase, *([self.form] if self.form != "say" else [])])


def named(key: str) -> tuple[str, Path, str] | None:
    """(playbook, path, lang) of a `Line.key`; None for any other name."""
    found = _KEY.fullmatch(key.strip())
    return (found[2], ("phrases", found[3], found[4] or "say"), found[1]) if found else None


def lines(folder: str, name: str, lang: str) -> list[Line]:
    """Every text of a playbook in one language, phrases in the order of playbook.yaml. Raises ContentError where a file cannot be read."""
    book = read_structure(os.path.join(folder, "playbook.yaml"))
    source, root = strict_yaml.load(os.path.join(folder, f"{lang}.yaml"))
    data = LANGUAGE.read(root, source)
    problems = [one for one in (*book.source.problems, *source.problems) if one["level"] == "error"]
    if problems:
        raise ContentError(problems)
    around = [Line(name, path, lang, str(node.value)) for path, node in _around(data, book)]
    return [*around, *_phrases(name, lang, data, book)]


def _phrases(name: str, lang: str, data: Mapping[str, Any], book: Structure) -> Iterator[Line]:
    for phrase, when in book.phrases.items():
        step, part, _ = phrase.split(".")
        title, label = (_text(data.get(key) or {}, one) for key, one in (("title", step), ("part", part)))
        forms = data["phrases"].get(phrase) or {}
        for form in FORMS:
            if forms.get(form):
                yield Line(name, ("phrases", phrase, form), lang, str(forms[form].value), when, title, label, forms["verbatim"])


def _text(table: Mapping[str, Node], key: str) -> str:
    return str(table[key].value) if key in table else ""


def _around(data: Mapping[str, Any], book: Structure) -> Iterator[tuple[Path, Node]]:
    """Titles, labels, notes, what to avoid, what prevents."""
    for kind in ("title", "part", "prevent"):
        yield from (((kind, key), node) for key, node in (data.get(kind) or {}).items())
    for step in book.steps:
        yield from ((("do", step, str(number)), node) for number, node in enumerate((data.get("do") or {}).get(step, ()), 1))
        for key, item in ((data.get("avoid") or {}).get(step) or {}).items():
            yield from ((("avoid", step, key, one), item[one]) for one in ("text", "why") if item.get(one))
