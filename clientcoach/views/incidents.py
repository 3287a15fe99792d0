"""An incident as plain text: a line of the list, or all of it, a heading and a line each."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import owner_of, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Strings = Mapping[str, Any]

SHORT = 13  # characters of an id: the time to the millisecond at which it was made


def line(incident: Mapping[str, Any], day: str, strings: Strings) -> str:
    """One line: the id's beginning, when, the cause, the outcome, the reference; what is not known is a dash."""
    told = [incident["id"][:SHORT], day, *(_value(incident, name, strings) or "–" for name in ("cause", "outcome", "reference"))]
    return "  ".join(told) + "\n"


def _value(incident: Mapping[str, Any], name: str, strings: Strings) -> str:
    """A field in words where the catalogue has some."""
    value = incident[name]
    if value is None:
        return ""
    key = f"outcome.{value}" if name == "outcome" else f"value.{name}.{value}"
    return word(strings, key) if key in strings else safe(str(value))


def whole(incident: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """Everything an incident tells; what it does not tell is left out."""
    return "".join(f"{row}\n" for row in _rows(incident, strings))


def _rows(incident: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    yield f"id: {incident['id']}"
    yield f"{word(strings, 'log.when')}: {incident['closed_at']}"
    if incident["kind"] != "call":
        yield f"{word(strings, 'log.kind')}: {_value(incident, 'kind', strings)}"
    for name in ("cause", "channel", "lang", "reference", "playbook", "worker", "outcome"):
        if incident[name] is not None:
            yield f"{word(strings, f'log.{name}')}: {_value(incident, name, strings)}"
    anger = [incident["anger_start"], incident["anger_end"]]
    if any(one is not None for one in anger):
        yield f"{word(strings, 'log.anger')}: {' → '.join('–' if one is None else str(one) for one in anger)}"
    yield from _judged(incident, strings)
    for name in ("facts", "behaviours", "measures", "offers", "interruptions", "promises"):
        if incident[name]:
            yield f"{word(strings, f'log.{name}')}:"
            yield from (f"  - {_item(name, one, strings)}" for one in incident[name])
    for name in ("worked", "better"):
        if incident[name]:
            yield f"{word(strings, f'log.{name}')}: {safe(incident[name])}"


def _judged(incident: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    """The limits that were set, and the answers of the investigation."""
    if incident["warnings"]:
        yield f"{word(strings, 'log.warnings')}: {incident['warnings']}"
    for name in ("checklist", "conduct"):
        if incident[name]:
            yield f"{word(strings, f'log.{name}')}:"
            yield from (f"  - {_title(question, strings)}: {_answer(answer, strings)}" for question, answer in incident[name].items())


def _title(question: str, strings: Strings) -> str:
    """What a question of the investigation is called; its name where it is none of ours."""
    key = f"question.{question}"
    return word(strings, key) if key in strings else safe(question)


def _answer(answer: Any, strings: Strings) -> str:
    return word(strings, "value.yes" if answer else "value.no") if isinstance(answer, bool) else safe(str(answer))


def _item(name: str, one: Any, strings: Strings) -> str:
    if name == "facts":
        return safe(f"{one['name']} = {one['value']}")
    if name == "offers":
        return safe(one["id"]) + (f" ({word(strings, 'answer.' + one['answer'])})" if one["answer"] else "")
    if name == "promises":
        return safe(f"{one['what']} ({owner_of(one, strings)}, {one['due']})")
    key = f"kind.{one}"
    return word(strings, key) if name == "interruptions" and key in strings else safe(str(one))


def saved(incident: Mapping[str, Any], _strings: Strings, _mark: str) -> str:
    """The id alone: it is piped into other programs."""
    return f"{incident['id']}\n"


def imported(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """What came of a file, in one line."""
    return word(strings, "log.imported", **{name: data[name] for name in ("imported", "skipped", "failed")}) + "\n"


def drafts(data: Mapping[str, Any], _strings: Strings, _mark: str) -> str:
    """The ids of what was saved, each on its line."""
    return "".join(f"{name}\n" for name in data["saved"])
