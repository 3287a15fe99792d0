"""`drills/NAME/persona.yaml` → who the simulated customer is: numbers, hidden facts, what they do unasked. Words: `persona_texts`."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from clientcoach.case.fields import CAUSES, CHANNELS, FAULTS, GENDERS, LANGS, RELATIONSHIPS
from clientcoach.content import strict_yaml
from clientcoach.content.persona_match import match
from clientcoach.content.persona_texts import LANGUAGE, LINES, shard
from clientcoach.content.shape import NAME, Choice, ListOf, MapOf, Record, Text, matching, whole
from clientcoach.content.source import nearest
from clientcoach.drill.events import ALONG, KINDS
from clientcoach.drill.state import LEGITIMACY, NEEDS, STYLES
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientcoach.content.source import Node, Source

FOLDER, FILE, SHARED = "drills", "persona.yaml", "lines"
OPT_INS = ("abuse", "self_harm")
MOST_PERCENT, MOST_PARTS, MOST_TURNS = 200, 6, 12
_YES_NO = Choice(("yes", "no"))
_WHEN = tuple(name for name in KINDS if name not in ALONG)
_CASE = Record(
    {
        "order": matching(re.compile(r"[0-9A-Za-z/-]{1,20}", re.ASCII), "a number as on a bill"),
        "fault": Choice(FAULTS),
        "relationship": Choice(RELATIONSHIPS),
        "customer_gender": Choice(GENDERS),
        "channel": Choice(CHANNELS),
    }
)
_FACT = Record(
    {"on": Choice(("listen", "explore")), "gate": Choice(("heard", "trust")), "at": whole(0, 100), "hardship": _YES_NO, "after": Text()},
    ("on", "gate", "at"),
)
PERSONA = Record(
    {
        "cause": Choice(CAUSES),
        "severity": whole(1, 3),
        "prior": whole(0, 5),
        "style": Choice(STYLES),
        "reactivity": whole(10, MOST_PERCENT),
        "forgiveness": whole(10, MOST_PERCENT),
        "vent": whole(1, MOST_PARTS),
        "one_off": _YES_NO,
        "legitimacy": Choice(LEGITIMACY),
        "needs": ListOf(Choice(NEEDS)),
        "facts": MapOf(_FACT, NAME),
        "events": MapOf(whole(1, MOST_TURNS), re.compile("|".join(_WHEN))),
        "never": ListOf(Choice(_WHEN)),
        "opt_in": Choice(OPT_INS),
        "transfer": _YES_NO,
        "languages": ListOf(Choice(LANGS)),
        "case": _CASE,
    },
    ("cause", "severity", "prior", "style", "reactivity", "forgiveness", "vent", "legitimacy", "needs", "facts", "case"),
)
_CARD = ("cause", "severity", "prior", "style", "reactivity", "forgiveness", "vent", "legitimacy", "needs")


def read_file(path: str) -> tuple[Source, Node, dict[str, Any]]:
    """A persona, and its problems. Raises ContentError where it is not even strict YAML."""
    source, root = strict_yaml.load(path)
    data: dict[str, Any] = PERSONA.read(root, source)
    facts = root.value.get("facts") if isinstance(root.value, dict) else None
    if facts and isinstance(facts.value, dict):
        _facts(data.get("facts") or {}, facts.value, source)
    return source, root, data


def _facts(facts: dict[str, Any], nodes: dict[str, Node], source: Source) -> None:
    """Every fact can come: what it waits for is there, and waits for nothing that waits for it."""
    if not facts:
        source.report("bad-value", "expected a fact at least: what would there be to find out?", next(iter(nodes.values()), (1, 1)))
    for name, fact in facts.items():
        after = fact.get("after")
        if after is None:
            continue
        place = _inner(nodes[name], "after")
        if after not in facts:
            source.report("unknown-name", f"'{after}' is not a fact{nearest(after, facts)}", place)
        elif name in _waits(facts, after):
            source.report("fact-cycle", f"'{name}' waits for '{after}', which waits for '{name}': neither is ever told", place)


def _waits(facts: dict[str, Any], name: str) -> list[str]:
    """A fact and all that has to be known before it."""
    chain = [name]
    while (after := facts.get(chain[-1], {}).get("after")) and after not in chain:
        chain.append(after)
    return [*chain, after] if after else chain


def _inner(node: Node, key: str) -> Node:
    return node.value[key] if isinstance(node.value, dict) else node


def compile_persona(folder: str, lang: str, shared: str) -> dict[str, Any]:
    """A persona in one language, for `clientcoach.drill`; `shared`: the file of lines that all have. Raises ContentError."""
    source, _, data = read_file(os.path.join(folder, FILE))
    own, lines = (strict_yaml.load(path) for path in (os.path.join(folder, f"{lang}.yaml"), shared))
    told, general = LANGUAGE.read(own[1], own[0]), LINES.read(lines[1], lines[0])
    match(own[0], own[1], told, data)
    for one in (source, own[0], lines[0]):
        if one.broken:
            raise ContentError([problem for problem in one.problems if problem["level"] == "error"])
    card = card_of(data)
    return {
        "name": os.path.basename(folder),
        "lang": lang,
        "card": card,
        "opt_in": data.get("opt_in") or "",
        "transfer": data.get("transfer") == "yes",
        **shard(told, general, card, {"cause": data["cause"], **data["case"]}),
    }


def card_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Who calls, as a shard has it, from what `read_file` gives of a sound file."""
    facts = {name: {"hardship": fact.get("hardship") == "yes", **_plain(fact)} for name, fact in data["facts"].items()}
    told = {name: data[name] for name in _CARD}
    return {
        **told,
        "one_off": data.get("one_off") == "yes",
        "facts": facts,
        "events": data.get("events") or {},
        "never": data.get("never") or [],
    }


def _plain(fact: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fact.items() if name != "hardship"}


def compile_lines(path: str) -> dict[str, Any]:
    """What the shared lines of a language call acts and rules. Raises ContentError."""
    source, root = strict_yaml.load(path)
    told = LINES.read(root, source)
    if source.broken:
        raise ContentError([problem for problem in source.problems if problem["level"] == "error"])
    rules = {name: {key: str(node.value) for key, node in texts.items()} for name, texts in told["rules"].items()}
    return {"acts": {name: str(node.value) for name, node in told["acts"].items()}, "rules": rules}
