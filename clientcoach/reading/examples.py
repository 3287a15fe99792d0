"""The examples of the rules, tried: what is bad must be found, what is good must not be."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from clientcoach.content.facts import LANGS
from clientcoach.content.rules import compiled, examples, read_rules
from clientcoach.content.source import Source
from clientcoach.errors import ContentError
from clientcoach.reading.phrases import found

if TYPE_CHECKING:
    from clientcoach.errors import Problem


def lint_examples(folder: str) -> list[Problem]:
    """The examples of a pack's rules that prove the opposite. What cannot be read is told by `content.lint`."""
    problems: list[Problem] = []
    for lang in LANGS:
        path = os.path.join(folder, "rules", f"{lang}.yaml")
        if os.path.isfile(path):
            problems += _problems(path, lang)
    return problems


def _problems(path: str, lang: str) -> list[Problem]:
    try:
        source, rules = read_rules(path)
    except ContentError:
        return []
    tables = {name: rule["table"] for name, rule in compiled(rules, source, lang).items()}
    tried = Source(source.file, source.lines)  # what else is wrong with the file, `content.lint` tells
    for name, table in tables.items():
        _try(rules[name], table, tried)
    return tried.problems


def _try(rule: dict[str, Any], table: dict[str, Any], source: Source) -> None:
    for kind in ("bad", "good"):
        for node in examples(rule, kind):
            words = [str(node.value)[start:end] for start, end, _ in found(table, str(node.value))]
            if bool(words) != (kind == "bad"):
                told = f"the rule finds '{words[0]}' in it" if words else "the rule finds nothing in it"
                source.report("false-example", f"given as {kind}, but {told}", node)
