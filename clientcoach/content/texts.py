"""A language file: read, matched with its playbook, its texts compiled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from clientcoach.content import strict_yaml
from clientcoach.content.facts import Scope, variables
from clientcoach.content.messages import compile_message
from clientcoach.content.schemas import LANGUAGE
from clientcoach.content.source import nearest
from clientcoach.content.structure import place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from clientcoach.coach.shapes import Form, Phrase
    from clientcoach.content.source import Node, Source
    from clientcoach.content.structure import Structure


_ALWAYS_SHOWN = {"title": "title", "label": "label", "avoid.text": "quotation", "avoid.why": "reason"}


class Compiled(NamedTuple):
    """One compiled text, for the linter: what it is (`say`, `do`, `label`, …), its node, its form, and whether that is sound."""

    kind: str
    node: Node
    form: Form
    sound: bool


@dataclass(slots=True)
class Texts:
    """The texts of one file in one language, compiled one after another and remembered."""

    source: Source
    scope: Scope
    compiled: list[Compiled] = field(default_factory=list)

    def form(self, node: Node, kind: str) -> Form:
        """The compiled text; problems go to the source."""
        before = len(self.source.problems)
        form = compile_message(node, self.source, self.scope)
        self.compiled.append(Compiled(kind, node, form, len(self.source.problems) == before))
        if kind in _ALWAYS_SHOWN and form["needs"]:
            message = f"a {_ALWAYS_SHOWN[kind]} is shown whatever is known; it may not depend on {' '.join(form['needs'])}"
            self.source.report("title-needs", message, node)
        return form

    def forms(self, table: dict[str, Node], kind: str) -> dict[str, Form]:
        """A table of texts."""
        return {name: self.form(node, kind) for name, node in table.items()}


def read_texts(path: str, lang: str, book: Structure) -> tuple[Texts, Node, dict[str, Any]]:
    """The texts of a playbook in one language, the file's tree, and the part of its shard they make.

    Problems are in the texts' `source`. Raises ContentError where the file is not even strict YAML.
    """
    source, root = strict_yaml.load(path)
    data = LANGUAGE.read(root, source)
    texts = Texts(source, Scope(lang, variables(), book.facts))
    tables = {key: data.get(key) or {} for key in ("title", "part", "fact", "do", "avoid", "prevent", "phrases")}
    _match(source, root, tables, book)
    shard: dict[str, Any] = {
        "title": texts.forms(tables["title"], "title"),
        "label": texts.forms(tables["part"], "label"),
        "fact": {name: texts.forms(words, "label") for name, words in tables["fact"].items()},
        "do": {step: [texts.form(note, "do") for note in tables["do"].get(step, [])] for step in book.steps},
        "avoid": {step: _advice(texts, tables["avoid"].get(step) or {}) for step in book.steps},
        "prevent_text": texts.forms(tables["prevent"], "prevent"),
        "phrases": {part: [] for part in book.part_ids},
    }
    for name, when in book.phrases.items():
        part, forms = name.rpartition(".")[0], tables["phrases"].get(name)
        if forms and part in shard["phrases"]:
            shard["phrases"][part].append(_phrase(texts, name, when, forms))
    _defaults(source, root, shard["phrases"])
    return texts, root, shard


def _advice(texts: Texts, items: dict[str, dict[str, Node]]) -> dict[str, dict[str, Form]]:
    return {
        name: {key: texts.form(item[key], f"avoid.{key}") for key in ("text", "why")}
        for name, item in items.items()
        if item.get("text") and item.get("why")
    }


def _phrase(texts: Texts, name: str, when: dict[str, list[str]], given: dict[str, Any]) -> Phrase:
    forms = {form: texts.form(node, form) for form, node in given.items() if form != "verbatim" and node}
    return {
        "id": name,
        "when": when,
        "forms": forms,
        "verbatim": bool(given["verbatim"]),
        "specificity": len(when) + len(forms["say"]["needs"]),
    }


def _match(source: Source, root: Node, tables: dict[str, dict[str, Any]], book: Structure) -> None:
    """The same names in the language file as in the playbook: none missing, none unknown."""
    part_names = {part: 0 for parts in book.steps.values() for part in parts}
    for key, wanted in (("title", book.steps), ("part", part_names), ("prevent", book.prevent_names)):
        _same(source, root, (key,), tables[key], wanted)
    _same(source, root, ("phrases",), tables["phrases"], book.phrases)
    _same_facts(source, root, tables["fact"], book)
    for key in ("do", "avoid"):
        needed = [step for step in book.steps if step in (book.lists["danger"] if key == "do" else book.avoid)]
        _same(source, root, (key,), tables[key], book.steps, needed)
    for step, names in book.avoid.items():
        given = tables["avoid"].get(step) or {}
        if "1" in given and "1" not in names:
            message = f"the names of playbook.yaml are expected here: {' '.join(names)}"
            source.report("wrong-type", message, place(root, "avoid", step))
        elif given:
            _same(source, root, ("avoid", step), given, names)


def _same_facts(source: Source, root: Node, given: dict[str, dict[str, Node]], book: Structure) -> None:
    """What a worker reads for a fact and its values: `label` and the values; a fact without words is shown as it is written."""
    for name, words in given.items():
        known = ["label", *book.facts.get(name, ())]
        for word in words if name in book.facts else ():
            if word not in known:
                source.report("unknown-fact", f"'{name}' is never '{word}'{nearest(word, known)}", place(root, "fact", name, word))
        if name not in book.facts:
            source.report("unknown-fact", f"'{name}' is not a fact of playbook.yaml{nearest(name, book.facts)}", place(root, "fact", name))


def _same(
    source: Source,
    root: Node,
    path: tuple[str, ...],
    given: dict[str, Any],
    wanted: Iterable[str],
    needed: Collection[str] | None = None,
) -> None:
    """Report the wanted names that are not given (those that are not needed as a warning), and the given that are not wanted."""
    wanted = list(wanted)
    noun = _NOUN.get(path[0], path[0])
    for name in wanted:
        if not given.get(name) and not _written(root, *path, name):
            level = "error" if needed is None or name in needed else "warning"
            source.report(f"missing-{noun}", f"no {noun} for '{name}'", place(root, *path), level)
    for name in given:
        if name not in wanted:
            message = f"'{name}' is not in playbook.yaml{nearest(name, wanted)}"
            source.report(f"unknown-{noun}", message, place(root, *path, name))


def _written(root: Node, *path: str) -> bool:
    """Whether there is something at the path, even if it could not be read (and was reported as such)."""
    node: Node | None = root
    for key in path:
        node = node.value.get(key) if node and isinstance(node.value, dict) else None
    return node is not None and node.value != []


_NOUN = {"part": "label", "phrases": "phrase"}


def _defaults(source: Source, root: Node, phrases: dict[str, list[Phrase]]) -> None:
    """Every part keeps a phrase that can be said when nothing is known."""
    for part, candidates in phrases.items():
        plain = [phrase for phrase in candidates if not phrase["when"]]
        if plain and all(phrase["forms"]["say"]["needs"] for phrase in plain):
            message = f"'{part}' has no phrase without variables here"
            source.report("no-default", message, place(root, "phrases", plain[0]["id"]))
