"""Markdown, to be read: playbook, step, part, and the lines with their forms and conditions."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from clientcoach.exchange.situation import conditions, form, heading, shown
from clientcoach.views.markdown import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from clientcoach.exchange.lines import Line


def document(lines: Iterable[Line], strings: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole file; `strings`: the interface by language."""
    return "\n".join(_lines(lines, strings)) + "\n"


def _lines(lines: Iterable[Line], strings: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for (playbook, lang), book in groupby(lines, lambda line: (line.playbook, line.lang)):
        yield f"# {escape(playbook)} ({lang})\n"
        step = ""
        for part, found in groupby(book, lambda line: line.phrase.rpartition(".")[0]):
            phrases = [list(forms) for _, forms in groupby(found, lambda line: line.phrase)]
            if (now := part.partition(".")[0]) != step:
                step = now
                yield f"## {escape(heading(phrases[0][0].title, lang))}\n"
            yield f"### {escape(heading(phrases[0][0].label, lang))}\n"
            for forms in phrases:
                yield from _phrase(forms, strings[lang])
            yield ""


def _phrase(forms: list[Line], strings: Mapping[str, Any]) -> Iterator[str]:
    first, *others = forms
    told = conditions(first, strings)
    yield f"- {_text(first)}" + (f" *({escape(told)})*" if told else "")
    yield from (f"  - {escape(form(line.form, strings))}: {_text(line)}" for line in others)


def _text(line: Line) -> str:
    """A blank line in a written answer is a new paragraph of the same item."""
    return "<br>".join(escape(part) for part in shown(line).text.split("\n") if part.strip())
