"""The examples of rules, signals and acts, tried: what is bad (or a yes) must be found, what is good (or a no) must not be."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clientcoach.content import library
from clientcoach.content.facts import LANGS
from clientcoach.content.rules import WORDLESS, examples, messages, read_rules
from clientcoach.content.rules import compiled as compiled_rules
from clientcoach.content.signals import compile_file, compiled, read_file, signals
from clientcoach.content.source import Source
from clientcoach.errors import ContentError
from clientcoach.matching.words import Words
from clientcoach.reading.acts import acts
from clientcoach.reading.faults import Faults
from clientcoach.reading.found import Signals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from clientcoach.content.source import Node
    from clientcoach.errors import Problem

    Found = Callable[[str], Iterable[str]]  # what is found in a text


def lint_examples(folder: str) -> tuple[list[Problem], int]:
    """The examples of a pack that prove the opposite, and how many were tried. What cannot be read is told by `content.lint`."""
    problems: list[Problem] = []
    count = 0
    for lang in LANGS:
        for kind, tried in (("rules", _rules), ("signals", _signals), ("acts", _signals)):
            path = os.path.join(folder, kind, f"{lang}.yaml")
            if os.path.isfile(path):
                try:
                    trial = tried(path, lang)
                except ContentError:
                    continue
                problems += trial.source.problems
                count += trial.count
    return problems, count


class _Trial:
    """A file whose examples are tried: what they prove, and how many there were."""

    def __init__(self, source: Source) -> None:
        if source.broken:
            raise ContentError(source.problems)
        self.source, self.count = Source(source.file, source.lines), 0

    def all(self, name: str, given: Mapping[str, Iterable[Node] | None], yes: str, found: Found) -> None:
        """What is bad (or a yes) has to be found, and nothing else."""
        for kind, nodes in given.items():
            for node in nodes or ():
                self.count += 1
                words = list(found(str(node.value)))
                if bool(words) != (kind == yes):
                    told = f"it finds '{words[0]}' in it" if words else "it finds nothing in it"
                    self.source.report("false-example", f"'{name}' has it as {kind}, but {told}", node)


def _rules(path: str, lang: str) -> _Trial:
    source, rules = read_rules(path)
    told = messages(rules, source, lang)
    trial = _Trial(source)
    faults = Faults(compiled_rules(rules, told))
    details = Signals(compile_file(_beside(path, lang)))
    for name, rule in rules.items():
        if rule["extends"] != WORDLESS:
            trial.all(name, {kind: examples(rule, kind) for kind in ("bad", "good")}, "bad", _faulty(name, faults, details))
    return trial


def _beside(path: str, lang: str) -> str:
    """The acts that belong to a file of rules: its pack's, else ours."""
    own = os.path.join(os.path.dirname(os.path.dirname(path)), "acts", f"{lang}.yaml")
    return own if os.path.isfile(own) else os.path.join(library.bundled(), "acts", f"{lang}.yaml")


def _faulty(rule: str, faults: Faults, details: Signals) -> Found:
    def found(text: str) -> Iterable[str]:
        words = Words(text)
        places = (fault[1:3] for fault in faults.read(words, details.read(words)[1]) if fault[0] == rule)
        return [text[slice(*words.span(*place))] for place in places]

    return found


def _signals(path: str, _lang: str) -> _Trial:
    source, data = read_file(path)
    trial = _Trial(source)
    read = Signals(compiled(data))
    for name, signal in signals(data):
        group, _, act = name.partition(".")
        found = _acting(act, read) if group == "acts" else _heard(name, read)
        trial.all(name, signal.get("examples") or {}, "yes", found)
    return trial


def _heard(name: str, read: Signals) -> Found:
    def found(text: str) -> Iterable[str]:
        words = Words(text)
        return [text[slice(*words.span(one[2], one[3]))] for one in read.read(words)[0] if one[0] == name]

    return found


def _acting(name: str, read: Signals) -> Found:
    def found(text: str) -> Iterable[str]:
        words = Words(text)
        return [one["text"] for one in acts(*read.read(words), words) if one["act"].partition("_")[0] == name.partition("_")[0]]

    return found
