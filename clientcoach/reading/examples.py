"""The examples of rules, signals and acts, tried: what is bad (or a yes) must be found, what is good (or a no) must not be."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from clientcoach.content import library
from clientcoach.content.facts import LANGS
from clientcoach.content.rules import WORDLESS, compile_rules, examples, read_rules
from clientcoach.content.signals import compile_file, read_file, signals
from clientcoach.content.source import Source
from clientcoach.errors import ContentError
from clientcoach.reading.acts import acts
from clientcoach.reading.faults import Faults
from clientcoach.reading.found import Signals
from clientcoach.reading.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clientcoach.content.source import Node
    from clientcoach.errors import Problem

    Found = Callable[[str], Iterable[str]]  # what is found in a text


def lint_examples(folder: str) -> list[Problem]:
    """The examples of a pack that prove the opposite. What cannot be read is told by `content.lint`."""
    problems: list[Problem] = []
    for lang in LANGS:
        for kind, tried in (("rules", _rules), ("signals", _signals), ("acts", _signals)):
            path = os.path.join(folder, kind, f"{lang}.yaml")
            if os.path.isfile(path):
                try:
                    problems += tried(path, lang)
                except ContentError:
                    continue
    return problems


def _rules(path: str, lang: str) -> list[Problem]:
    source, rules = read_rules(path)
    tried = Source(source.file, source.lines)  # what else is wrong with the file, `content.lint` tells
    faults = Faults(compile_rules([path], lang))
    details = Signals(compile_file(_beside(path, lang)))
    for name, rule in rules.items():
        if rule.get("extends") != WORDLESS:
            _try(name, {kind: examples(rule, kind) for kind in ("bad", "good")}, "bad", _faulty(name, faults, details), tried)
    return tried.problems


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


def _signals(path: str, _lang: str) -> list[Problem]:
    source, data = read_file(path)
    tried = Source(source.file, source.lines)
    read = Signals(compile_file(path))
    for name, signal in signals(data):
        group, _, act = name.partition(".")
        found = _acting(act, read) if group == "acts" else _heard(name, read)
        _try(name, signal.get("examples") or {}, "yes", found, tried)
    return tried.problems


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


def _try(name: str, given: dict[str, Any], yes: str, found: Found, source: Source) -> None:
    for kind, nodes in given.items():
        for node in nodes or ():
            words = list(found(_text(node)))
            if bool(words) != (kind == yes):
                told = f"it finds '{words[0]}' in it" if words else "it finds nothing in it"
                source.report("false-example", f"'{name}' has it as {kind}, but {told}", node)


def _text(node: Node) -> str:
    return str(node.value)
