"""A persona's words against its card: a part of the story for each turn it takes, a line for each fact, words for what it does unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.content.source import nearest
from clientcoach.content.structure import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clientcoach.content.source import Node, Source

    Json = Mapping[str, Any]

CARD = "persona.yaml"
ALWAYS = ("propose", "choice", "compensation")  # an offer is answered in the words of the case
READ_BACK = 2  # lines: of what the opening tells, and of the whole


def match(source: Source, root: Node, told: Json, data: Json) -> None:
    """Reports to the language's source what does not fit. `told`: its texts as read, `data`: persona.yaml as read."""
    facts, events = data.get("facts") or {}, data.get("events") or {}
    asked = [name for name, fact in facts.items() if fact.get("on") == "explore"]
    _story(source, root, data)
    for key, needed in (("facts", list(facts)), ("ask", asked)):
        for name in told.get(key) or {}:
            if name not in facts:
                source.report("unknown-name", f"'{name}' is not a fact of {CARD}{nearest(name, facts)}", place(root, key, name))
        _missing(source, root, told, key, needed)
    _missing(source, root, told, "events", events)
    _missing(source, root, told, "says", ALWAYS, "warning")
    _read_back(source, root, told)


def _story(source: Source, root: Node, data: Json) -> None:
    node, parts = root.value.get("story") if isinstance(root.value, dict) else None, data.get("vent")
    if node and parts and isinstance(node.value, list) and len(node.value) != parts:
        source.report("story-length", f"{len(node.value)} parts, where `vent` of {CARD} says {parts}", place(root, "story"))


def _missing(source: Source, root: Node, told: Json, key: str, needed: Iterable[str], level: str = "error") -> None:
    given = root.value.get(key) if isinstance(root.value, dict) else None
    written = given.value if given and isinstance(given.value, dict) else {}
    for name in needed:
        if name not in written and (key in told or key in {"events", "says"}):  # that a key is missing was told already
            source.report("missing-line", f"`{key}` has no words for '{name}'", place(root, key), level)


def _read_back(source: Source, root: Node, told: Json) -> None:
    given = (told.get("lines") or {}).get("paraphrase")
    if given and len(given) != READ_BACK:
        message = f"{len(given)} read-backs, where two are said: of what the opening tells, and of the whole"
        source.report("missing-line" if len(given) < READ_BACK else "unreachable", message, place(root, "lines", "paraphrase"))
