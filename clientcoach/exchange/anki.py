"""Anki: a deck a playbook and language, a card a situation, on its back the lines that fit it. Alone imports genanki.

Ids are made from names, so that a deck that is imported again renews its cards and keeps what was learned.
"""

from __future__ import annotations

import io
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from clientcoach.errors import UsageError
from clientcoach.exchange.situation import conditions, form, heading, shown
from clientcoach.records.sha import sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from clientcoach.exchange.lines import Line

FIELDS = ("Situation", "Lines", "Id")
_STYLE = ".card{font:1.3rem/1.5 sans-serif;text-align:left;max-width:40rem;margin:1rem auto}.about{font-size:1rem;opacity:.75}"


def package(lines: Iterable[Line], strings: Mapping[str, Mapping[str, Any]], seconds: float) -> bytes:
    """The .apkg file; the same lines are the same cards, whenever it is made. Raises UsageError where genanki is not installed."""
    try:
        import genanki
    except ImportError as error:
        raise UsageError("no_anki_extra") from error
    model = genanki.Model(
        _id("model"),
        "clientcoach",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "line", "qfmt": "{{Situation}}", "afmt": "{{FrontSide}}<hr id=answer>{{Lines}}"}],
        css=_STYLE,
        sort_field_index=2,
    )
    decks = []
    for (playbook, lang), book in groupby(lines, lambda line: (line.playbook, line.lang)):
        deck = genanki.Deck(_id(f"{playbook}/{lang}"), f"clientcoach::{playbook}::{lang}")
        for name, found in _situations(book).items():
            tags = [playbook, lang, found[0].phrase.partition(".")[0]]
            fields = [_front(found[0], strings[lang]), _back(found, strings[lang]), f"{lang}.{playbook}.{name}"]
            deck.add_note(genanki.Note(model, fields, guid=genanki.guid_for("clientcoach", fields[2]), tags=tags))
        decks.append(deck)
    out = io.BytesIO()
    genanki.Package(decks).write_to_file(out, timestamp=seconds)
    return out.getvalue()


def _situations(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """The lines by their part and conditions: two cards with the same front could not both be known."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        when = ";".join(f"{fact}={'|'.join(sorted(values))}" for fact, values in sorted(line.when.items()))
        found.setdefault(f"{line.phrase.rpartition('.')[0]} {when}".strip(), []).append(line)
    return found


def _front(line: Line, strings: Mapping[str, Any]) -> str:
    step, part = (escape(heading(text, line.lang)) for text in (line.title, line.label))
    told = conditions(line, strings)
    return f'<div class="about">{step}</div><div>{part}</div>' + (f'<div class="about">{escape(told)}</div>' if told else "")


def _back(lines: Iterable[Line], strings: Mapping[str, Any]) -> str:
    found = []
    for _, (first, *others) in groupby(lines, lambda line: line.phrase):
        forms = "".join(f"<li>{escape(form(line.form, strings))}: {_html(line)}</li>" for line in others)
        found.append(f"<p>{_html(first)}</p>" + (f'<ul class="about">{forms}</ul>' if forms else ""))
    return "".join(found)


def _html(line: Line) -> str:
    return escape(shown(line).text).replace("\n", "<br>")


def _id(name: str) -> int:
    """A number as Anki's own ids are: between 2³⁰ and 2³¹."""
    return int(sha256(f"clientcoach/{name}".encode()).hexdigest()[:8], 16) % (1 << 30) + (1 << 30)
