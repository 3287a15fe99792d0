"""The record of a call, as its worker reads it before it is saved: a label and a text each, the same on a screen and in lines."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import owner_of, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    Strings = Mapping[str, Any]
    Names = Mapping[str, Callable[[str], str]]

UNKNOWN = "–"


def rows(incident: Mapping[str, Any], strings: Strings, names: Names) -> list[tuple[str, str]]:
    """What the incident tells; `names` say an `offer`, a `line` that was said and a date (`by`) in the worker's language."""
    found = [*_matter(incident, strings), *_course(incident, strings, names), *_lesson(incident)]
    return [(_label(key, strings), safe(text)) for key, text in found if text]


def _label(key: str, strings: Strings) -> str:
    return word(strings, f"log.{key}" if f"log.{key}" in strings else f"record.{key}")


def _matter(incident: Mapping[str, Any], strings: Strings) -> Iterator[tuple[str, str]]:
    valued = [word(strings, f"value.{name}.{incident[name]}") for name in ("cause", "channel") if incident[name]]
    yield "case", " · ".join([incident["reference"] or UNKNOWN, *valued])
    yield "facts", " · ".join(_fact(one["name"], one["value"], strings) for one in incident["facts"])
    yield "outcome", word(strings, f"outcome.{incident['outcome']}")
    anger = [incident["anger_start"], incident["anger_end"]]
    yield "anger", "" if anger == [None, None] else " → ".join(UNKNOWN if one is None else str(one) for one in anger)


def _fact(name: str, value: str, strings: Strings) -> str:
    key = f"value.{name}.{value}"
    return f"{word(strings, f'field.{name}')}: {word(strings, key) if key in strings else value}"


def _course(incident: Mapping[str, Any], strings: Strings, names: Names) -> Iterator[tuple[str, str]]:
    yield "steps", _steps(incident["steps"], strings)
    yield "interruptions", _counted(incident["interruptions"], strings)
    yield "behaviours", " · ".join(incident["behaviours"])
    offers = [(names["offer"](one["id"]), one["answer"]) for one in incident["offers"]]
    yield "offers", " · ".join(f"{text.rstrip('.')} ({word(strings, f'answer.{answer}')})" for text, answer in offers)
    promised = [f"{one['what'].rstrip('.')} ({owner_of(one, strings)}, {names['by'](one['due'])})" for one in incident["promises"]]
    yield "promises", " · ".join(promised)
    yield "calmed", " · ".join(dict.fromkeys(names["line"](one["id"]) for one in incident["phrases"] if one.get("calmed")))


def _steps(steps: Mapping[str, str], strings: Strings) -> str:
    """Those done, then those left out; a step of a pack of one's own by its id."""
    told = {name: word(strings, key) if (key := f"step.{name}") in strings else name for name in steps}
    done, skipped = ([told[name] for name, state in steps.items() if state == wanted] for wanted in ("done", "skipped"))
    left_out = [word(strings, "record.skipped", steps=skipped)] if skipped else []
    return " · ".join([*([", ".join(done)] if done else []), *left_out])


def _counted(kinds: Sequence[str], strings: Strings) -> str:
    """Each kind once, with how often."""
    told = [(word(strings, f"kind.{kind}"), kinds.count(kind)) for kind in dict.fromkeys(kinds)]
    return " · ".join(f"{name} ×{count}" if count > 1 else name for name, count in told)


def _lesson(incident: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "measures", " · ".join(incident["measures"])
    yield "worked", incident["worked"] or ""
    yield "better", incident["better"] or ""
