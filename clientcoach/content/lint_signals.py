"""Everything wrong with the signals and acts of a pack but their examples, which `reading.examples` tries."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from clientcoach.content.facts import LANGS
from clientcoach.content.lint_rules import unread
from clientcoach.content.signals import read_file, signals
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from clientcoach.content.source import Source
    from clientcoach.errors import Problem

FOLDERS = ("signals", "acts")
ENOUGH = {"anger": 10, "mood": 10, "conduct": 5, "causes": 15, "flags": 15, "acts": 15}  # examples of each kind: fewer prove little
_LANGUAGES = tuple(f"{lang}.yaml" for lang in LANGS)
_FILES = {"signals": (*_LANGUAGES, "model.yaml"), "acts": _LANGUAGES}


def lint_signals(folder: str) -> list[Problem]:
    """The problems of a folder of signals or of acts."""
    names = _FILES[os.path.basename(folder)]
    problems = unread(folder, names)
    for name in names:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            problems += _file(path)
    return problems


def _file(path: str) -> list[Problem]:
    try:
        source, data = read_file(path)
    except ContentError as error:
        return error.problems
    if os.path.basename(path) in _LANGUAGES:
        for name, signal in signals(data):
            _examples(name, signal, source)
    return source.problems


def _examples(name: str, signal: dict[str, Any], source: Source) -> None:
    """A signal is quoted at its first term: where its examples are missing there is no other place."""
    place = next((place for _, place in (signal.get("terms") or {}).values()), (1, 1))
    wanted = ENOUGH[name.partition(".")[0]]
    for kind in ("yes", "no"):
        count = len((signal.get("examples") or {}).get(kind) or ())
        if count < wanted:
            source.report("few-examples", f"'{name}' has {count} {kind} examples; {wanted} prove something", place, "warning")
