"""playbook.yaml: read, and checked against itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientcoach.content import strict_yaml
from clientcoach.content.facts import CAUSES, FACTS, variables
from clientcoach.content.schemas import PLAYBOOK
from clientcoach.content.source import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientcoach.content.source import Node, Source


@dataclass(slots=True)
class Structure:
    """A playbook without its words."""

    source: Source
    root: Node
    steps: dict[str, list[str]]
    facts: dict[str, list[str]]
    parts: dict[str, dict[str, list[str]]]
    phrases: dict[str, dict[str, list[str]]]  # id → when
    lists: dict[str, list[str]]  # interruptions, danger, looks_up
    by_cause: dict[str, dict[str, list[str]]]  # remedies, prevent
    avoid: dict[str, list[str]]  # step → names of what must not be said
    shared: dict[str, str]  # part → the part of the interruptions whose phrases it is said with
    case: dict[str, Any]  # what a case is taken to be that does not say: channel, anger, set
    language: str  # the one it is written from

    @property
    def part_ids(self) -> list[str]:
        """STEP.PART in the order they are said."""
        return [f"{step}.{part}" for step, parts in self.steps.items() for part in parts]

    @property
    def prevent_names(self) -> set[str]:
        """The names of the advice that the report may give."""
        return {name for names in self.by_cause["prevent"].values() for name in names}

    def values(self, fact: str) -> tuple[str, ...] | None:
        """What a fact can be, or None where there is no such fact."""
        return FACTS.get(fact) or (tuple(self.facts[fact]) if fact in self.facts else None)


def place(root: Node, *path: str) -> tuple[int, int]:
    """(line, column) of the key at a path, or of the last key on the way that exists."""
    found, node = (root.line, root.col), root
    for key in path:
        if not isinstance(node.value, dict) or key not in node.value:
            break
        found, node = node.keys[key], node.value[key]
    return found


def read_structure(path: str) -> Structure:
    """The playbook; its problems are in its `source`. Raises ContentError where it is not even strict YAML."""
    source, root = strict_yaml.load(path)
    data: dict[str, Any] = PLAYBOOK.read(root, source)
    phrases = {name: spec.get("when") or {} for name, spec in (data.get("phrases") or {}).items()}
    book = Structure(
        source=source,
        root=root,
        steps=data.get("steps") or {},
        facts=data.get("facts") or {},
        parts=data.get("parts") or {},
        phrases=phrases,
        lists={key: data.get(key) or [] for key in ("interruptions", "danger", "looks_up")},
        by_cause={key: data.get(key) or {} for key in ("remedies", "prevent")},
        avoid=data.get("avoid") or {},
        shared=data.get("shared") or {},
        case=data.get("case") or {},
        language=data.get("source") or "en",
    )
    _check_facts(book)
    _check_steps(book)
    _check_shared(book)
    _check_case(book)
    _check_conditions(book)
    _check_phrases(book)
    _check_causes(book)
    return book


def _check_facts(book: Structure) -> None:
    taken = {*FACTS, *variables()}
    for name, values in book.facts.items():
        where = place(book.root, "facts", name)
        if name in taken:
            book.source.report("name-taken", f"'{name}' is a fact or variable of clientcoach itself", where)
        if len(set(values)) != len(values) or not values:
            book.source.report("bad-fact", f"'{name}' needs different values, at least one", where)


def _check_steps(book: Structure) -> None:
    for step, parts in book.steps.items():
        if len(set(parts)) != len(parts) or not parts:
            book.source.report("bad-step", f"'{step}' needs different parts, at least one", place(book.root, "steps", step))
    for key, steps in (("danger", book.lists["danger"]), ("avoid", book.avoid)):
        for step in steps:
            if step not in book.steps:
                message = f"'{step}' is not a step{nearest(step, book.steps)}"
                book.source.report("unknown-name", message, place(book.root, key, step))


def _check_shared(book: Structure) -> None:
    own = {name.rpartition(".")[0] for name in book.phrases}
    for part in book.shared:
        where = place(book.root, "shared", part)
        if part not in book.part_ids:
            book.source.report("unknown-part", f"'{part}' is not a part{nearest(part, book.part_ids)}", where)
        elif part in own:
            book.source.report("two-sources", f"'{part}' has phrases of its own; it is either shared or not", where)


def _check_case(book: Structure) -> None:
    for fact, value in (book.case.get("set") or {}).items():
        if value not in book.facts.get(fact, ()):
            known = book.facts.get(fact) or book.facts
            book.source.report("unknown-fact", f"'{fact}' is never '{value}'{nearest(value, known)}", place(book.root, "case", "set", fact))


def _check_conditions(book: Structure) -> None:
    for part, when in book.parts.items():
        if part not in book.part_ids:
            book.source.report("unknown-part", f"'{part}' is not a part{nearest(part, book.part_ids)}", place(book.root, "parts", part))
        _check_when(book, when, "parts", part)
    for name, when in book.phrases.items():
        _check_when(book, when, "phrases", name, "when")


def _check_when(book: Structure, when: dict[str, list[str]], *path: str) -> None:
    for fact, values in when.items():
        known = book.values(fact)
        where = place(book.root, *path, fact)
        if known is None:
            book.source.report("unknown-fact", f"'{fact}' is not a fact{nearest(fact, [*FACTS, *book.facts])}", where)
            continue
        if not values:
            book.source.report("unreachable", f"'{fact}' lists no value", where)
        for value in values:
            if value not in known:
                book.source.report("unreachable", f"'{fact}' is never '{value}'{nearest(value, known)}", where)


def _check_phrases(book: Structure) -> None:
    known = set(book.part_ids)
    plain: set[str] = set()
    for name, when in book.phrases.items():
        part = name.rpartition(".")[0]
        if part not in known:
            book.source.report("unknown-part", f"'{part}' is not a part{nearest(part, known)}", place(book.root, "phrases", name))
        if not when:
            plain.add(part)
    for part in book.part_ids:
        if part not in plain and part not in book.shared:
            message = f"'{part}' has no phrase without `when`"
            book.source.report("no-default", message, place(book.root, "steps", part.partition(".")[0]))


def _check_causes(book: Structure) -> None:
    for key, table in book.by_cause.items():
        _unknown(book, table, CAUSES, key)


def _unknown(book: Structure, given: Iterable[str], known: tuple[str, ...], key: str) -> None:
    for name in given:
        if name not in known:
            book.source.report("unknown-name", f"'{name}' is not a cause{nearest(name, known)}", place(book.root, key, name))
