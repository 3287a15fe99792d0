"""What triage found, for a worker in a hurry: danger first, then what, how angry, what to open; with --explain every signal."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Strings = Mapping[str, Any]

QUOTES = 4  # words of the customer that are shown without --explain


def triage(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """One fact a line; what was not found is not named."""
    return "".join(f"{line}\n" for part in (safety, _facts, _behaviour) for line in part(data, strings))


def explained(data: Mapping[str, Any], strings: Strings, mark: str) -> str:
    """The same, and every signal."""
    return triage(data, strings, mark) + "".join(f"{line}\n" for line in _signals(data, strings))


def safety(data: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    """The cards of the dangers, with the numbers to call."""
    for card in data.get("safety", ()):
        kind = word(strings, f"kind.{card['kind']}")
        yield f"! {kind}. {card['title']}"
        yield from (f"  * {note}" for note in card["notes"])
        yield from (f"  {name}: {number}" for name, number in card["numbers"].items())
        yield ""


def _facts(data: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    told = {
        "lang": word(strings, f"value.lang.{data['lang']}"),
        "cause": word(strings, f"value.cause.{data['cause']}") if data["cause"] else word(strings, "triage.none"),
        "mood": word(strings, f"triage.mood_{data['mood']}"),
        "anger": f"{data['anger']}/10",
        "flags": ", ".join(word(strings, f"triage.flag_{flag}") for flag in data["flags"]),
        "quotes": "; ".join(word(strings, "triage.quoted", text=text) for text in _quotes(data)),
        "case": ", ".join(f"{word(strings, f'field.{name}')} {safe(value)}" for name, value in data["case"].items()),
        "playbook": data["playbook"] or "",
    }
    for name, value in told.items():
        if value:
            yield f"{word(strings, f'triage.{name}')}: {value}"


def _quotes(data: Mapping[str, Any]) -> list[str]:
    """The words that weigh most, in the order of the text."""
    ranked = sorted(data["evidence"], key=lambda one: -one["weight"])[:QUOTES]
    return list(dict.fromkeys(one["text"] for one in sorted(ranked, key=lambda one: one["start"])))


def _behaviour(data: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    found = data.get("history")
    if found:
        yield word(strings, f"triage.history_{found['reading']}", count=found["messages"] - 1)  # without this one
    for one in found["behaviours"] if found else ():
        yield word(strings, f"triage.conduct_{one['kind']}", count=one["count"])
        yield from (f"  {word(strings, 'triage.quoted', text=text)}" for text in one["quotes"])


def _signals(data: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    yield word(strings, "triage.explained")
    for one in data["evidence"]:
        quoted = word(strings, "triage.quoted", text=one["text"])
        yield f"  {one['start']}–{one['end']}  {one['signal']} {one['weight']:+}  {quoted}"
