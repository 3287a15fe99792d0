"""`drills/drill-model.yaml` → the numbers of the simulated customer. Each group is marked: `evidence: [E12]`, or `chosen` and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clientcoach.content import strict_yaml
from clientcoach.content.shape import Choice, ListOf, Record, Text, matching
from clientcoach.drill.acts import ACTS, CONDITIONS, DEEDS
from clientcoach.drill.answer import REPLIES
from clientcoach.drill.events import KINDS
from clientcoach.drill.score import RULES
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from clientcoach.content.shape import Schema, Shape
    from clientcoach.content.source import Node, Source

FILE = "drill-model.yaml"
MARKS = ("evidence", "chosen")
LARGEST = 200
CHANGES = ("anger", "trust", "heard", "solution")


def _number(low: int, high: int) -> Text:
    """A whole number that may be below nothing."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,3}", text, re.ASCII) or not low <= int(text) <= high:
            raise ValueError(text)
        return int(text)

    told = {"type": ["integer", "string"], "minimum": low, "maximum": high, "pattern": "^-?[0-9]{1,3}$"}
    return Text(f"a whole number {low} to {high}", parse, told=told)


_CHANGE, _POINTS, _COUNT, _PERCENT = _number(-100, 100), _number(0, 100), _number(0, 50), _number(0, LARGEST)
_MARKED: dict[str, Shape] = {
    "evidence": ListOf(matching(re.compile(r"E[1-9][0-9]?", re.ASCII), "a number of the evidence: E12")),
    "chosen": Text(),
}


class Marked:
    """A mapping of numbers that says where they come from: by `evidence` or `chosen`, never by both.

    `told`: the evidence stays beside the numbers, an empty list where they are chosen, for whoever quotes it.
    """

    def __init__(self, fields: dict[str, Shape], required: tuple[str, ...] | None = None, *, told: bool = False) -> None:
        self.inner = Record({**fields, **_MARKED}, tuple(fields) if required is None else required)
        self.told = told

    def read(self, node: Node, source: Source) -> dict[str, Any]:
        data = self.inner.read(node, source)
        if isinstance(node.value, dict):
            given = [mark for mark in MARKS if mark in node.value]
            if not given:
                source.report("missing-key", "the key 'evidence' or 'chosen' is missing: where does the number come from?", node)
            elif len(given) > 1:
                source.report("bad-value", "either 'evidence' or 'chosen', not both", node.keys["chosen"])
            elif given == ["evidence"] and node.value["evidence"].value == []:
                source.report("bad-value", "'evidence' names nothing; write 'chosen' and why", node.keys["evidence"])
        numbers = {key: value for key, value in data.items() if key not in MARKS}
        return {**numbers, "evidence": list(data.get("evidence") or ())} if self.told else numbers

    def schema(self) -> Schema:
        told = self.inner.schema()
        told["properties"]["evidence"]["minItems"] = 1
        return {**told, "oneOf": [{"required": [mark]} for mark in MARKS]}


_WHEN = ListOf(Choice(tuple(CONDITIONS)))
_LINE = Marked({"when": _WHEN, "does": Choice(tuple(DEEDS)), "says": Choice(REPLIES), **dict.fromkeys(CHANGES, _CHANGE)}, ())


class Lines:
    """The lines of an act: the first whose conditions hold counts, so the last has none and no other is without."""

    def read(self, node: Node, source: Source) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = ListOf(_LINE).read(node, source)
        if isinstance(node.value, list):
            for number, item in enumerate(node.value, 1):
                told = isinstance(item.value, dict) and "when" in item.value
                if told and number == len(node.value):
                    source.report("bad-value", "the last line holds in any case: no 'when'", item)
                elif not told and number < len(node.value):
                    source.report("bad-value", "the lines after this one are never reached: it needs a 'when'", item)
            if not node.value:
                source.report("bad-value", "expected a line at least", node)
        return [{"when": [], "does": "", "says": "", **dict.fromkeys(CHANGES, 0), **line} for line in lines]

    def schema(self) -> Schema:
        return {**ListOf(_LINE).schema(), "minItems": 1}


class Shares:
    """What an act is worth the first time, the second and so on: never more than the time before."""

    def read(self, node: Node, source: Source) -> list[int]:
        shares: list[int] = ListOf(_POINTS).read(node, source)
        if isinstance(node.value, list) and (not shares or shares != sorted(shares, reverse=True)):
            source.report("bad-value", "expected percentages, none above the one before it", node)
        return shares

    def schema(self) -> Schema:
        return {**ListOf(_POINTS).schema(), "minItems": 1}


class Range:
    """From a number to one that is not below it."""

    def __init__(self, low: int, high: int) -> None:
        self.inner = Marked(dict.fromkeys(("from", "to"), _number(low, high)))

    def read(self, node: Node, source: Source) -> dict[str, Any]:
        data = self.inner.read(node, source)
        ends = data.get("from"), data.get("to")
        if None not in ends and ends[0] > ends[1]:  # type: ignore[operator]
            source.report("bad-value", f"from {ends[0]} to {ends[1]}: the second is below the first", node)
        return data

    def schema(self) -> Schema:
        return self.inner.schema()


class Days:
    """The ladder of a rule: days until it comes again, each further off than the one before."""

    def read(self, node: Node, source: Source) -> list[int]:
        days: list[int] = ListOf(_number(1, 365)).read(node, source)
        if isinstance(node.value, list) and (not days or days != sorted(set(days))):
            source.report("bad-value", "expected days, each more than the one before it", node)
        return days

    def schema(self) -> Schema:
        return {**ListOf(_number(1, 365)).schema(), "minItems": 1, "uniqueItems": True}


def _all(**fields: Shape) -> Record:
    return Record(fields, tuple(fields))


def _points(*names: str) -> Marked:
    return Marked(dict.fromkeys(names, _POINTS))


_TURNS = tuple(name for name in KINDS if name not in {"softening", "hang_up"})  # what the worker has to meet
_AT_START = Marked({"base": _POINTS, "severity": _CHANGE, "prior": _CHANGE})
_LIMIT = _points("down", "up")
DRILL_MODEL = _all(
    start=_all(anger=_AT_START, trust=_AT_START, heard=_AT_START, known=Marked({"facts": _COUNT})),
    personas=_all(
        severity=Range(1, 3),
        prior=Range(0, 2),
        reactivity=Range(10, LARGEST),
        forgiveness=Range(10, LARGEST),
        vent=Range(1, 9),
        facts=Range(1, 9),
        heard=Range(0, 100),
        trust=Range(0, 100),
        hardship=Marked({"percent": _POINTS}),
        one_off=Marked({"percent": _POINTS}),
    ),
    gates=_all(heard=_points("at"), known=Marked({"at": _COUNT}), solution=_points("at")),
    repeats=Marked({"percent": Shares()}),
    spent=_points("percent"),
    limits=_all(anger=_LIMIT, trust=_LIMIT, heard=_LIMIT),
    patience=Marked({"after": _COUNT, "anger": _POINTS}),
    interrupt=Marked({"acts": ListOf(Choice(ACTS)), "anger": _CHANGE, "trust": _CHANGE, "heard": _CHANGE}),
    acts=_all(**dict.fromkeys(ACTS, Lines())),
    events=_all(
        opening=Marked({"turns": _COUNT}),
        earliest=Marked({"unasked": _COUNT, "hang_up": _COUNT}),
        helped=_points("anger"),
        provoked=_points("anger"),
        insult=Marked({"anger": _POINTS, "abusive": _POINTS, "turns": _COUNT}),
        manager=Marked({"anger": _POINTS, "turns": _number(1, 50), "trust": _POINTS}),
        review=_points("anger", "trust"),
        legal=_points("trust"),
        leaving=Marked({"trust": _POINTS, "failed": _number(1, 50)}),
        silence=_points("fell"),
        tears=_points("from", "below", "heard"),
        softening=_points("heard", "anger"),
        refuses_all=_points("solution"),
        hang_up=_points("anger", "transfer"),
    ),
    ends=_all(
        left=_points("anger"),
        settled=_points("anger", "heard"),
        grudging=_points("anger"),
        timeout=Marked({"turns": _number(1, 50), "grace": _COUNT}),
    ),
    second_call=_all(
        kept=Marked({"trust": _CHANGE}),
        broken=Marked({"anger": _CHANGE, "prior": _COUNT}),
        overpromised=Marked({"anger": _CHANGE, "trust": _CHANGE}),
    ),
    rules=_all(**dict.fromkeys(RULES, Marked({"points": _POINTS}, told=True))),
    score=_all(partly=_points("percent"), costly=_points("at"), critical=Marked({"at_most": _POINTS, "acts": ListOf(Choice(ACTS))})),
    turns=_all(**dict.fromkeys(_TURNS, Marked({"good": ListOf(Choice(ACTS)), "bad": ListOf(Choice(ACTS))}))),
    ladder=Marked({"days": Days()}),
)


def read_file(path: str) -> tuple[Source, dict[str, Any]]:
    """The model and its problems. Raises ContentError where it is not even strict YAML."""
    source, root = strict_yaml.load(path)
    return source, DRILL_MODEL.read(root, source)


def compile_file(path: str) -> dict[str, Any]:
    """The numbers without their marks, as `clientcoach.drill` takes them. Raises ContentError."""
    source, data = read_file(path)
    if source.broken:
        raise ContentError([problem for problem in source.problems if problem["level"] == "error"])
    data["interrupt"]["solution"] = 0
    return data
