"""Everything wrong with the rules of a pack but their examples, which `reading.examples` tries."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from clientcoach.content import library
from clientcoach.content.facts import LANGS
from clientcoach.content.positions import position
from clientcoach.content.rules import DETAIL, WORDLESS, WORKED_OUT, examples, messages, read_rules
from clientcoach.content.signals import DETAILS
from clientcoach.content.source import Source, nearest
from clientcoach.content.spelling import slips
from clientcoach.content.structure import read_structure
from clientcoach.errors import ContentError
from clientcoach.wording.evaluate import fragment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientcoach.content.source import Node
    from clientcoach.errors import Problem

PLAYBOOK = "angry-customer"  # whose phrases replace a fault
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
    if rule.get("message"):
        _names(name, rule, source)
    for node in (rule.get("swap") or {}).values():
        _text(node, str(node.value), lang, source)
    for kind in ("bad", "good"):
        given = examples(rule, kind)
        if len(given) < ENOUGH and rule.get("message") and rule.get("extends") != WORDLESS:
            message = f"'{name}' has {len(given)} {kind} examples; {ENOUGH} prove something"
            source.report("few-examples", message, rule["message"], "warning")


def _names(name: str, rule: dict[str, Any], source: Source) -> None:
    """What a rule names: a detail of the acts, a part whose phrase stands in for the fault; itself, where code works it out."""
    for pattern, at in rule.get("second") or ():
        if pattern.startswith(DETAIL) and pattern[1:] not in DETAILS:
            source.report("unknown-name", f"'{pattern}' is no detail of the acts{nearest(pattern[1:], DETAILS)}", at)
    if rule.get("extends") == WORDLESS and name not in WORKED_OUT:
        source.report("unknown-name", f"nothing works out '{name}'{nearest(name, WORKED_OUT)}", rule["message"])
    parts = _parts(os.path.dirname(os.path.dirname(source.file)))
    if rule.get("replace") and rule["replace"] not in parts:
        source.report("unknown-part", f"'{rule['replace']}' is no part of {PLAYBOOK}{nearest(rule['replace'], parts)}", rule["message"])


@lru_cache(8)
def _parts(pack: str) -> list[str]:
    """The parts that a replacement may come from: the pack's own, else ours."""
    own = os.path.join(pack, PLAYBOOK, "playbook.yaml")
    try:
        return read_structure(own if os.path.isfile(own) else os.path.join(library.bundled(), PLAYBOOK, "playbook.yaml")).part_ids
    except ContentError:
        return []


def _text(node: Node, sentence: str, lang: str, source: Source) -> None:
    for slip in slips(sentence, lang, spoken=False):
        at = position(node, source, max(str(node.value).find(slip.snippet), 0))
        source.report(slip.code, f"{slip.message}: {sentence}", at)
