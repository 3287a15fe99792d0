"""rules/LANG.yaml: what a text is checked for, with Vale's keys, each rule with the examples that prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.case.words import words
from clientcoach.content import strict_yaml
from clientcoach.content.facts import Scope
from clientcoach.content.messages import compile_message
from clientcoach.content.schemas import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientcoach.content.source import Node, Source

    Rules = dict[str, dict[str, Any]]

STAR = "*"  # at the end of a word: any ending
_FOUND = {"field": "", "always": True, "kind": "text"}
NAMES: dict[str, Any] = {"word": _FOUND, "instead": _FOUND}  # what a message may name


def read_rules(path: str) -> tuple[Source, Rules]:
    """The rules of a file as they were written, messages and examples as nodes. Problems are in the source. Raises ContentError."""
    source, root = strict_yaml.load(path)
    return source, RULES.read(root, source)


def compiled(rules: Rules, source: Source, lang: str) -> dict[str, Any]:
    """The rules as a reader takes them: id → {level, message, table}."""
    return {
        name: {
            "level": rule.get("level") or "warning",
            "message": compile_message(rule["message"], source, Scope(lang, NAMES))["text"],
            "table": table({key: str(node.value) for key, node in rule["swap"].items()}),
        }
        for name, rule in rules.items()
        if rule.get("message") and rule.get("swap")
    }


def table(swap: Mapping[str, str]) -> dict[str, Any]:
    """The phrases of a substitution by their first word, whole ones apart from beginnings.

    → {"whole" | "begins": {first word: [[the words after it, what to write instead], …]}, "lengths": [of the beginnings]}
    """
    whole: dict[str, list[Any]] = {}
    begins: dict[str, list[Any]] = {}
    for key, instead in swap.items():
        first, *rest = _folded(key)
        place = begins if first.endswith(STAR) else whole
        place.setdefault(first.rstrip(STAR), []).append([rest, instead])
    return {"whole": whole, "begins": begins, "lengths": sorted({len(first) for first in begins})}


def _folded(key: str) -> list[str]:
    return [word + STAR * (key[end : end + 1] == STAR) for _, end, word in words(key)]


def examples(rule: Mapping[str, Any], kind: str) -> list[Node]:
    """The examples of a rule, `bad` or `good`."""
    found: list[Node] = (rule.get("examples") or {}).get(kind) or []
    return found
