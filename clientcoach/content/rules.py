"""rules/LANG.yaml: what a text is checked for, with Vale's keys, each rule with the examples that prove it.

`extends` says how: `existence` (one of `tokens`), `substitution` (a key of `swap`), `occurrence` (more than `max` of `tokens`),
`conditional` (one of `first` without one of `second`; `@time` stands for a detail of `acts/LANG.yaml`), `acts` (worked out in code).
`exceptions` over a hit take it away. `within` is the sentence unless it says text. What stands in quotation marks is not the writer's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.case.fields import STEPS
from clientcoach.content import strict_yaml
from clientcoach.content.facts import Scope
from clientcoach.content.messages import compile_message
from clientcoach.content.shape import Choice, ListOf, MapOf, Message, Record, Text, whole
from clientcoach.content.signals import Patterns, sound
from clientcoach.errors import ContentError
from clientcoach.matching.patterns import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientcoach.content.shape import Schema
    from clientcoach.content.source import Node, Source

    Rules = dict[str, dict[str, Any]]

_FOUND = {"field": "", "always": True, "kind": "text"}
NAMES: dict[str, Any] = {"word": _FOUND, "instead": _FOUND}  # what a message may name
WAYS = {
    "existence": ("tokens",),
    "substitution": ("swap",),
    "occurrence": ("tokens", "max"),
    "conditional": ("first", "second"),
    "acts": (),
}
WORDLESS = "acts"  # worked out in code: such a rule has no words, and no examples of them
WORKED_OUT = (
    "no-case-noun", "no-close", "too-long", "over-authority", "wrong-fact", "wrong-form", "too-many-names",
    *(f"missing-{step.replace('_', '-')}" for step in STEPS),
)  # fmt: skip
DETAIL = "@"


class Swap:
    """What to write instead, by pattern → {pattern: Node}."""

    def read(self, node: Node, source: Source) -> dict[str, Node]:
        if not isinstance(node.value, dict):
            source.report("wrong-type", "expected a mapping of patterns to what to write instead", node)
            return {}
        patterns = (pattern for pattern in node.value if sound(pattern, node.keys[pattern], source))
        told = ((pattern, Message().read(node.value[pattern], source)) for pattern in patterns)
        return {pattern: instead for pattern, instead in told if instead is not None}

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": Message().schema()}


class Named(Patterns):
    """Patterns, and names of details (`@time`)."""

    def wanted(self, text: str) -> bool:
        return not text.startswith(DETAIL)


class Rule(Record):
    """A rule, and the keys that its `extends` needs, which `read_rules` misses."""

    def schema(self) -> Schema:
        ways = (({"properties": {"extends": {"const": way}}}, list(keys)) for way, keys in WAYS.items() if keys)
        return {**super().schema(), "allOf": [{"if": way, "then": {"required": keys}} for way, keys in ways]}


RULE = Rule(
    {
        "extends": Choice(tuple(WAYS)),
        "level": Choice(("hint", "warning", "error")),
        "message": Message(),
        "tokens": Patterns(),
        "exceptions": Patterns(),
        "swap": Swap(),
        "first": Patterns(),
        "second": Named(),
        "max": whole(0, 99, "a small number"),
        "within": Choice(("sentence", "text")),
        "act": Text(),
        "why": ListOf(Text()),
        "replace": Text(),
        "examples": Record({"bad": ListOf(Message()), "good": ListOf(Message())}),
    },
    required=("extends", "message", "examples"),
)
RULES = MapOf(RULE)


def read_rules(path: str) -> tuple[Source, Rules]:
    """The rules of a file as they were written, messages and examples as nodes. Problems are in the source. Raises ContentError."""
    source, root = strict_yaml.load(path)
    rules = RULES.read(root, source)
    for name, rule in rules.items():
        for key in WAYS.get(rule.get("extends") or "", ()):
            if rule.get(key) in (None, [], {}):
                source.report("missing-key", f"'{name}' extends {rule['extends']} and needs '{key}'", rule["message"] or root)
    return source, rules


def compile_rules(paths: list[str], lang: str, only: tuple[str, ...] | None = None) -> dict[str, Any]:
    """{"tree", "entries": [[role, rule, what to write instead], …], "rules": {id: {extends, level, message, …}}} of several files.

    A later file replaces rules of the same id; `only` keeps the rules that are named. Raises ContentError.
    """
    told: dict[str, Any] = {}
    given: Rules = {}
    for path in paths:
        source, rules = read_rules(path)
        given |= rules
        told |= messages(rules, source, lang)
        if source.broken:
            raise ContentError([problem for problem in source.problems if problem["level"] == "error"])
    return compiled({name: rule for name, rule in given.items() if name in told and (only is None or name in only)}, told)


def compiled(wanted: Rules, told: dict[str, Any]) -> dict[str, Any]:
    """The shard of rules, with what `messages` tells of them."""
    entries = [entry for name, rule in wanted.items() for entry in _entries(name, rule)]
    return {
        "tree": tree((pattern, number) for number, (_, _, _, pattern) in enumerate(entries)),
        "entries": [entry[:3] for entry in entries],
        "rules": {name: told[name] for name in wanted},
    }


def messages(rules: Rules, source: Source, lang: str) -> dict[str, Any]:
    """What a rule is beside its patterns, by id; what is missing has been told."""
    return {name: _told(rule, source, lang) for name, rule in rules.items() if rule.get("message")}


def _told(rule: dict[str, Any], source: Source, lang: str) -> dict[str, Any]:
    return {
        "extends": rule.get("extends"),
        "level": rule.get("level") or "warning",
        "message": compile_message(rule["message"], source, Scope(lang, NAMES))["text"],
        "within": rule.get("within") or "sentence",
        "max": rule.get("max"),
        "act": rule.get("act"),
        "why": rule.get("why") or [],
        "replace": rule.get("replace"),
        "details": [pattern[1:] for pattern, _ in rule.get("second") or () if pattern.startswith(DETAIL)],
    }


def _entries(name: str, rule: dict[str, Any]) -> Iterator[tuple[str, str, str | None, str]]:
    for role in ("tokens", "exceptions", "first", "second"):
        yield from ((role, name, None, pattern) for pattern, _ in rule.get(role) or () if not pattern.startswith(DETAIL))
    yield from (("tokens", name, str(instead.value), pattern) for pattern, instead in (rule.get("swap") or {}).items())


def examples(rule: dict[str, Any], kind: str) -> list[Node]:
    """The examples of a rule, `bad` or `good`."""
    found: list[Node] = (rule.get("examples") or {}).get(kind) or []
    return found
