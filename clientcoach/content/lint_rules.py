"""Everything wrong with the rules of a pack but their examples, which `reading.examples` tries."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from clientcoach.content.facts import LANGS
from clientcoach.content.positions import position
from clientcoach.content.rules import WORDLESS, examples, messages, read_rules
from clientcoach.content.source import Source, nearest
from clientcoach.content.spelling import slips
from clientcoach.errors import ContentError
from clientcoach.wording.evaluate import fragment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientcoach.content.source import Node
    from clientcoach.errors import Problem

ENOUGH = 8  # examples of each kind: fewer prove little
_FILES = tuple(f"{lang}.yaml" for lang in LANGS)
_SAMPLE = {"word": "X", "instead": "X"}


def lint_rules(folder: str) -> list[Problem]:
    """The problems of a folder of rules, by language."""
    problems = unread(folder, _FILES)
    for lang, name in zip(LANGS, _FILES, strict=True):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            problems += _file(path, lang)
    return problems


def unread(folder: str, known: Sequence[str]) -> list[Problem]:
    """The files of a folder that nothing reads."""
    at = Source(folder)
    for name in sorted(os.listdir(folder)):
        if name.endswith((".yaml", ".yml")) and name not in known:
            at.report("unknown-file", f"'{name}' is not read{nearest(name, known)}", (1, 1), "warning")
    return at.problems


def _file(path: str, lang: str) -> list[Problem]:
    try:
        source, rules = read_rules(path)
    except ContentError as error:
        return error.problems
    told = messages(rules, source, lang)
    for name, rule in rules.items():
        if not source.broken and name in told:
            _text(rule["message"], fragment(told[name]["message"], {"lang": lang, **_SAMPLE}), lang, source)
        _rule(name, rule, lang, source)
    return source.problems


def _rule(name: str, rule: dict[str, Any], lang: str, source: Source) -> None:
    for node in (rule.get("swap") or {}).values():
        _text(node, str(node.value), lang, source)
    for kind in ("bad", "good"):
        given = examples(rule, kind)
        if len(given) < ENOUGH and rule.get("message") and rule.get("extends") != WORDLESS:
            message = f"'{name}' has {len(given)} {kind} examples; {ENOUGH} prove something"
            source.report("few-examples", message, rule["message"], "warning")


def _text(node: Node, sentence: str, lang: str, source: Source) -> None:
    for slip in slips(sentence, lang, spoken=False):
        at = position(node, source, max(str(node.value).find(slip.snippet), 0))
        source.report(slip.code, f"{slip.message}: {sentence}", at)
