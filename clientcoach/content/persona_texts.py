"""The words of the simulated customers: `drills/lines/LANGUAGE.yaml`, which all have, and `drills/NAME/LANGUAGE.yaml`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clientcoach.content.shape import ListOf, MapOf, Message, Record
from clientcoach.drill.acts import ACTS
from clientcoach.drill.answer import BANDS, REPLIES
from clientcoach.drill.ends import ENDS
from clientcoach.drill.events import KINDS, SCRIPTED
from clientcoach.drill.score import RULES
from clientcoach.drill.state import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clientcoach.content.shape import Schema
    from clientcoach.content.source import Node, Source

    Json = Mapping[str, Any]

SPOKEN_ENDS = tuple(end for end in ENDS if end != "hung_up")  # that one is the event
# The worker's lines that fit any customer, and those that only a case can give.
ANY_LINES = (
    "listen", "ask_again", "empathy_generic", "apology_generic", "thank", "own", "propose_vague", "promise_vague", "overpromise", "flat_no",
    "calm_down", "deny", "blame_customer", "blame_colleague", "jargon", "hold", "hold_timed", "transfer_cold", "transfer", "boundary",
    "threaten_to_hang_up", "safety", "boundary_end", "taken_up",
)  # fmt: skip
OWN_LINES = (
    "paraphrase", "paraphrase_wrong", "empathy", "apology", "propose", "choice", "compensation", "promise", "no_with_alternative",
    "explanation", "confirm",
)  # fmt: skip
_BANDS = re.compile("|".join(BANDS))


class Several:
    """A text, or a list of variants, one at least."""

    def read(self, node: Node, source: Source) -> list[Node]:
        if isinstance(node.value, list):
            if not node.value:
                source.report("bad-value", "expected a text at least", node)
            return ListOf(Message()).read(node, source)
        text = Message().read(node, source)
        return [] if text is None else [text]

    def schema(self) -> Schema:
        return {"anyOf": [Message().schema(), {**ListOf(Message()).schema(), "minItems": 1}]}


class Banded:
    """A text, variants, or a mapping of bands of anger to variants; a band that is left out takes the nearest that is there."""

    def read(self, node: Node, source: Source) -> dict[str, list[Node]]:
        if not isinstance(node.value, dict):
            texts = Several().read(node, source)
            return dict.fromkeys(BANDS, texts) if texts else {}
        told: dict[str, list[Node]] = MapOf(Several(), _BANDS).read(node, source)
        if not told:
            source.report("bad-value", f"expected one of the bands {' '.join(BANDS)} at least", node)
        return {band: told[_nearest(band, told)] for band in BANDS} if told else {}

    def schema(self) -> Schema:
        return {"anyOf": [*Several().schema()["anyOf"], {**MapOf(Several(), _BANDS).schema(), "minProperties": 1}]}


def _nearest(band: str, told: Iterable[str]) -> str:
    return min(told, key=lambda one: (abs(BANDS.index(one) - BANDS.index(band)), BANDS.index(one)))


def _each(names: Iterable[str], shape: Any) -> Record:
    names = tuple(names)
    return Record(dict.fromkeys(names, shape), names)


def _some(names: Iterable[str], shape: Any) -> Record:
    return Record(dict.fromkeys(names, shape))


_RULE = _each(("name", "tip", "why"), Message())
LINES = Record(
    {
        "acts": _each(ACTS, Message()),
        "rules": _each(RULES, _RULE),
        "replies": _each(REPLIES, Banded()),
        "styles": _some(STYLES, _some(REPLIES, Banded())),
        "events": _each((name for name in KINDS if name not in SCRIPTED), Banded()),
        "ends": _each(SPOKEN_ENDS, Banded()),
        "lines": _each(ANY_LINES, Several()),
    },
    ("acts", "rules", "replies", "events", "ends", "lines"),
)
LANGUAGE = Record(
    {
        "title": Message(),
        "who": Message(),
        "may": Message(),
        "customer": Message(),
        "item": Message(),
        "amount": Message(),
        "opening": Several(),
        "story": ListOf(Message()),
        "facts": MapOf(Message()),
        "ask": MapOf(Message()),
        "open": Several(),
        "wants": Message(),
        "says": _some(REPLIES, Banded()),
        "events": _some(KINDS, Banded()),
        "ends": _some(SPOKEN_ENDS, Banded()),
        "again": _each(("kept", "broken"), Message()),
        "lines": Record(dict.fromkeys((*OWN_LINES, *ANY_LINES), Several()), OWN_LINES),
    },
    ("title", "who", "may", "customer", "opening", "story", "facts", "ask", "open", "wants", "says", "again", "lines"),
)


def shard(told: Json, general: Json, card: Json, case: Json) -> dict[str, Any]:
    """What is said, as plain text: the own lines before those of the style before everybody's."""
    style = (general.get("styles") or {}).get(card["style"]) or {}
    names = list(card["facts"])
    texts = {
        "opening": _plain(told["opening"]),
        "story": _plain(told["story"]),
        "facts": ["", *(str(told["facts"][name].value) for name in names)],
        "ask": ["", *(str(told["ask"][name].value) if name in told["ask"] else "" for name in names)],
        "open": _plain(told["open"]),
        "wants": str(told["wants"].value),
        "again": {name: str(node.value) for name, node in told["again"].items()},
        "replies": {name: _layers(name, told.get("says") or {}, style, general["replies"]) for name in REPLIES},
        "events": {name: _layers(name, told.get("events") or {}, general["events"]) for name in KINDS},
        "ends": {name: _layers(name, told.get("ends") or {}, general["ends"]) for name in SPOKEN_ENDS},
        "lines": {name: _plain(nodes) for name, nodes in {**general["lines"], **told["lines"]}.items()},
    }
    words = {name: str(told[name].value) for name in ("customer", "item", "amount") if name in told}
    shown = {name: str(told[name].value) for name in ("title", "who", "may")}
    return {**shown, "case": {**case, **words}, "texts": texts}


def _layers(name: str, *told: Json) -> dict[str, list[list[str]]]:
    return {band: [_plain(one[name][band]) for one in told if name in one] for band in BANDS}


def _plain(nodes: Iterable[Node]) -> list[str]:
    return [" ".join(str(node.value).split()) for node in nodes]
