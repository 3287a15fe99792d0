"""Everything wrong with a simulated customer: `persona.yaml`, and its words in each language against it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from clientcoach.case import money
from clientcoach.content import strict_yaml
from clientcoach.content.facts import LANGS
from clientcoach.content.library import bundled, is_name, languages
from clientcoach.content.lint_rules import unread
from clientcoach.content.lint_texts import said
from clientcoach.content.persona_match import match
from clientcoach.content.persona_texts import LANGUAGE
from clientcoach.content.personas import FILE, FOLDER, SHARED, card_of, read_file
from clientcoach.content.structure import place
from clientcoach.drill.reach import reached
from clientcoach.drill.talk import card
from clientcoach.drill.trial import BAD, GOOD, outcome, wins
from clientcoach.errors import ContentError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clientcoach.content.source import Node, Source
    from clientcoach.errors import Problem

    Json = Mapping[str, Any]

TITLE = 40  # characters
SHOWN, OPENING, PART, FACT, REPLY, LINE = 25, 40, 45, 35, 25, 25  # words
_FILES = (FILE, *(f"{lang}.yaml" for lang in LANGS))
_MOST = {
    "who": SHOWN, "may": SHOWN, "opening": OPENING, "story": PART, "facts": FACT, "ask": LINE, "open": LINE, "wants": FACT,
    "says": REPLY, "events": FACT, "ends": REPLY, "again": OPENING, "lines": LINE,
}  # fmt: skip


def lint_persona(folder: str, model: Json | None) -> list[Problem]:
    """The problems of one persona. `model`: the numbers that its facts are held against; None where they cannot be used."""
    try:
        source, root, data = read_file(os.path.join(folder, FILE))
    except ContentError as error:
        return error.problems
    name = os.path.basename(folder)
    if not is_name(name):
        source.report("bad-name", f"'{name}' cannot name a persona", (1, 1))
    if model and not source.broken:
        _worked(source, root, data, model)
    _never(source, root, data)
    _languages(folder, source, root, data)
    found = [*unread(folder, _FILES), *source.problems]
    for lang in languages(folder):
        found += _language(os.path.join(folder, f"{lang}.yaml"), lang, data)
    return found


def _languages(folder: str, source: Source, root: Node, data: Json) -> None:
    """It is written in every language that it claims, and what all customers share is too."""
    claimed, written = data.get("languages") or (), languages(folder)
    for lang in claimed:
        if lang not in written:
            source.report("missing-language", f"{lang}.yaml is missing, which `languages` names", place(root, "languages"))
    if not claimed and not written:
        source.report("missing-language", "it is written in no language", (1, 1))
    shelves = (os.path.dirname(folder), os.path.join(bundled(), FOLDER))
    for lang in written:
        if not any(os.path.isfile(os.path.join(shelf, SHARED, f"{lang}.yaml")) for shelf in shelves):
            source.report("missing-language", f"there is no {SHARED}/{lang}.yaml, with the lines that all customers have", (1, 1))
        if claimed and lang not in claimed:
            message = f"`languages` does not name {lang}, in which it is written"
            source.report("missing-language", message, place(root, "languages"), "warning")


def _never(source: Source, root: Node, data: Json) -> None:
    """What a persona never does is not among what it does in any case."""
    for name in data.get("events") or {}:
        if name in (data.get("never") or ()):
            source.report("unreachable", f"'{name}' is in `never` too: it does not come", place(root, "events", name))


def _worked(source: Source, root: Node, data: Json, model: Json) -> None:
    """Whoever works well and goes on asking is told every fact, and wins; whoever blames does not."""
    told = card({"card": card_of(data)})
    known, won = reached(model, told), wins(told)
    for number, name in enumerate(data["facts"], 1):
        if number not in known:
            message = f"'{name}' never comes: not even with the five steps, and by asking on, is its gate reached"
            source.report("unreachable", message, place(root, "facts", name, "at"))
    good, bad = (outcome(model, told, policy) for policy in (GOOD, BAD))
    if good.end not in won:
        message = f"the five steps come to '{good.end}' in turn {good.turns}; wanted is {' or '.join(sorted(won))}"
        source.report("drill-outcome", message, (1, 1))
    if bad.end in won:
        source.report("drill-outcome", f"blaming comes to '{bad.end}': that is no customer to learn from", (1, 1))


def _language(path: str, lang: str, data: Json) -> list[Problem]:
    try:
        source, root = strict_yaml.load(path)
    except ContentError as error:
        return error.problems
    told = LANGUAGE.read(root, source)
    match(source, root, told, data)
    _shown(source, told)
    for key, node in _texts(told):
        # a name, a sum and a thing are no sentences
        said(node, source, lang, spoken=key not in {"customer", "item", "amount"}, most=_MOST.get(key, 0))
        if key == "lines" and "!" in str(node.value):
            source.report("exclamation-mark", "no line of the worker's has an exclamation mark", node)
    return source.problems


def _shown(source: Source, told: Json) -> None:
    """A title that fits a list; a sum that can be said."""
    title, amount = told.get("title"), told.get("amount")
    if title and len(str(title.value)) > TITLE:
        source.report("too-long", f"{len(str(title.value))} characters; at most {TITLE} are wanted in a title", title, "warning")
    try:
        money.parse(str(amount.value) if amount else "1 EUR")
    except (ValueError, UsageError):
        source.report("bad-amount", 'expected an amount like "10 EUR"', amount or (1, 1))


def _texts(told: Json) -> Iterator[tuple[str, Node]]:
    """Every text with the key it stands under, once."""
    seen: set[int] = set()
    for key, value in told.items():
        for node in leaves(value):
            if id(node) not in seen:
                seen.add(id(node))
                yield key, node


def leaves(value: Any) -> Iterator[Node]:
    """The texts in what a shape has read: bands share theirs."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None:
        yield value
