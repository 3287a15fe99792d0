"""The files of `playbooks/signals/` and `playbooks/acts/` → shards: every pattern of a file in one tree, with what each of them means."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from clientcoach.case.fields import CAUSES, CHANNELS, STEPS
from clientcoach.content import strict_yaml
from clientcoach.content.shape import Choice, ListOf, Message, Record, Text, whole
from clientcoach.errors import ContentError
from clientcoach.matching.patterns import PatternError, expand, tree
from clientcoach.matching.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientcoach.content.shape import Schema
    from clientcoach.content.source import Node, Source

    Entry = list[Any]

MOST = 10  # the weight of a term at most
MOODS = ("negative", "positive", "neutral")
FLAGS = ("legal", "threat", "self_harm", "abuse", "hardship", "leaving", "public", "supervisor", "repeat")
DANGERS = ("threat", "self_harm")  # a file without them would miss what must not be missed
CONDUCT = ("persistence", "demands", "no_cooperation", "arguments", "behaviours")  # the NSW Ombudsman's five (research/science.md 4)
FIELDS = ("order", "promised")
ACT_NAMES = (
    "paraphrase", "explore", "listen", "empathy", "apology", "thank", "own", "propose", "choice", "compensation", "promise",
    "no_with_alternative", "explanation", "hold", "transfer", "boundary", "confirm",
)  # fmt: skip
DETAILS = ("fact", "time", "owner", "greeting", "familiar", "customer_f", "customer_m")


class Weighted:
    """Patterns and what each counts: `pattern: 3` → {pattern: (weight, place)}."""

    def read(self, node: Node, source: Source) -> dict[str, tuple[int, tuple[int, int]]]:
        if not isinstance(node.value, dict):
            source.report("wrong-type", "expected a mapping of patterns to weights", node)
            return {}
        found = {}
        for pattern, weight in node.value.items():
            place = node.keys[pattern]
            number = WEIGHT.read(weight, source)
            if number is not None and sound(pattern, place, source):
                found[pattern] = (number, place)
        return found

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": WEIGHT.schema()}


class Patterns:
    """A list of patterns → [(pattern, place)]."""

    def read(self, node: Node, source: Source) -> list[tuple[str, tuple[int, int]]]:
        items: list[Node] = ListOf(Message()).read(node, source)
        told = ((str(item.value), (item.line, item.col)) for item in items)
        return [(text, place) for text, place in told if not self.wanted(text) or sound(text, place, source)]

    def wanted(self, _text: str) -> bool:
        """Whether a text is a pattern."""
        return True

    def schema(self) -> Schema:
        return ListOf(Message()).schema()


def sound(pattern: str, place: tuple[int, int], source: Source) -> bool:
    """Whether a text is a pattern; reports when not."""
    try:
        expand(pattern)
    except PatternError as error:
        source.report("bad-pattern", f"'{pattern[:80]}': {error}", place)
        return False
    return True


EMPHASIS = ("exclamation", "exclamations", "capitals", "drawn_out", "faces", "most")
WEIGHT = whole(1, MOST, f"a weight 1–{MOST}")
EXAMPLES = Record({"yes": ListOf(Message()), "no": ListOf(Message())}, ("yes", "no"))
SIGNAL = Record({"terms": Weighted(), "not": Patterns(), "examples": EXAMPLES}, ("terms",))
_WORDS = whole(0, 10**9, "a whole number")
SIGNALS = Record(
    {
        "language": Record({"letters": Text(), "words": Weighted(), "endings": ListOf(Text())}, ("words",)),
        "negators": Record({"before": Patterns(), "after": Patterns(), "but": Patterns(), "reach": _WORDS}, ("before",)),
        "louder": Patterns(),
        "mood": Record(dict.fromkeys(MOODS, SIGNAL), ("negative",)),
        "anger": SIGNAL,
        "causes": Record(dict.fromkeys(CAUSES, SIGNAL)),
        "flags": Record(dict.fromkeys(FLAGS, SIGNAL), DANGERS),
        "conduct": Record(dict.fromkeys(CONDUCT, SIGNAL)),
        "fields": Record(dict.fromkeys(FIELDS, Patterns())),
    },
    required=("language", "negators", "mood", "anger", "causes", "flags"),
)
ACTS = Record(
    {
        "negators": Record({"before": Patterns(), "after": Patterns(), "but": Patterns(), "reach": _WORDS}),
        "acts": Record(dict.fromkeys(ACT_NAMES, SIGNAL)),
        "details": Record(dict.fromkeys(DETAILS, Patterns())),
    },
    required=("acts", "details"),
)
_NUMBER = whole(0, MOST)
_ASKED = ListOf(Choice(STEPS))
NAMES = (
    "anger",
    *(
        f"{group}.{name}"
        for group, names in (("mood", MOODS), ("causes", CAUSES), ("flags", FLAGS), ("conduct", CONDUCT))
        for name in names
    ),
)
MODEL = Record(
    {
        "mood": Record({"threshold": _NUMBER, "flag": _NUMBER}, ("threshold", "flag")),
        "cause": Record({"threshold": _NUMBER}, ("threshold",)),
        "emphasis": Record(dict.fromkeys(EMPHASIS, _NUMBER), EMPHASIS),
        "anger": Record({"negative": _NUMBER}, ("negative",)),
        "flags": Record(dict.fromkeys(FLAGS, _NUMBER)),
        "check": Record(
            {"reply": _WORDS, "line": _WORDS, "steps": Record(dict.fromkeys(("any", *CHANNELS), _ASKED), ("any",))},
            ("reply", "line", "steps"),
        ),
        "history": Record(
            {"messages": _WORDS, "hours": _WORDS, "behaviours": _WORDS, "playbooks": ListOf(Text())},
            ("messages", "hours", "behaviours", "playbooks"),
        ),
        "playbooks": ListOf(Record({"signal": Choice(NAMES), "playbook": Text()}, ("signal", "playbook"))),
    },
    required=("mood", "cause", "emphasis", "anger", "flags", "playbooks", "check", "history"),
)
GROUPS = ("mood", "causes", "flags", "conduct", "acts")


def read_file(path: str) -> tuple[Source, dict[str, Any]]:
    """A file of signals, acts or the model, and its problems. Raises ContentError where it is not even strict YAML."""
    source, root = strict_yaml.load(path)
    return source, _shape(path).read(root, source)


def _shape(path: str) -> Record:
    folder, name = os.path.split(path)
    return MODEL if name == "model.yaml" else ACTS if os.path.basename(folder) == "acts" else SIGNALS


def compile_file(path: str) -> dict[str, Any]:
    """{"tree", "entries": [[role, name, weight, pattern], …]}, or the model's numbers. Raises ContentError."""
    source, data = read_file(path)
    if source.broken:
        raise ContentError([problem for problem in source.problems if problem["level"] == "error"])
    return data if _shape(path) is MODEL else compiled(data)


def compiled(data: dict[str, Any]) -> dict[str, Any]:
    """The shard of what a file of signals or acts holds."""
    entries = list(_entries(data))
    return {
        "tree": tree((entry[3], number) for number, entry in enumerate(entries)),
        "entries": entries,
        "reach": data.get("negators", {}).get("reach"),
    }


def compile_languages(paths: dict[str, str]) -> dict[str, Any]:
    """{language: {"words": {folded word: weight}, "letters", "endings"}} of the files of signals. Raises ContentError."""
    tables = {}
    for lang, path in paths.items():
        table = read_file(path)[1].get("language") or {}
        words = {folded: weight for word, (weight, _) in table.get("words", {}).items() for folded in Words(word).folded}
        tables[lang] = {"words": words, "letters": table.get("letters"), "endings": table.get("endings") or []}
    return tables


def signals(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, signal) of a file: `anger`, `mood.negative`, `causes.delivery`, `flags.legal` and so on."""
    if "anger" in data:
        yield "anger", data["anger"]
    for group in GROUPS:
        for name, signal in (data.get(group) or {}).items():
            yield f"{group}.{name}", signal


def _entries(data: dict[str, Any]) -> Iterator[Entry]:
    for name, signal in signals(data):
        for pattern, (weight, _) in signal["terms"].items():
            yield ["term", name, weight, pattern]
        for pattern, _ in signal.get("not") or ():
            yield ["not", name, 0, pattern]
    for side in ("before", "after", "but"):
        for pattern, _ in data.get("negators", {}).get(side) or ():
            yield [side, "", 0, pattern]
    for pattern, _ in data.get("louder") or ():
        yield ["louder", "", 0, pattern]
    for name, patterns in (data.get("fields") or data.get("details") or {}).items():
        for pattern, _ in patterns:
            yield ["field", name, 0, pattern]
