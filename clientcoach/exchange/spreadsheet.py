"""A table for spreadsheets: a phrase and language a row, its forms side by side as ICU text, so that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientcoach.content.schemas import FORMS
from clientcoach.errors import UsageError
from clientcoach.exchange.lines import Line
from clientcoach.exchange.situation import heading
from clientcoach.exchange.table import records, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD = ("playbook", "phrase", "lang", *FORMS, "when", "verbatim", "step", "part")
NEEDED = ("playbook", "phrase", "lang", "say")
MARK = "\ufeff"  # Excel reads Cyrillic only after it


def table(lines: Iterable[Line]) -> str:
    """The whole file."""
    kept: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        kept.setdefault((line.playbook, line.phrase, line.lang), []).append(line)
    return MARK + written(HEAD, map(_row, kept.values()))


def _row(forms: list[Line]) -> list[str]:
    line, texts = forms[0], {one.form: one.text for one in forms}
    about = ["yes" if line.verbatim else "", heading(line.title, line.lang), heading(line.label, line.lang)]
    when = "; ".join(f"{fact}={'|'.join(values)}" for fact, values in line.when.items())
    return [line.playbook, line.phrase, line.lang, *(texts.get(form, "") for form in FORMS), when, *about]


def read(path: str, text: str) -> Iterator[Line]:
    """The forms of every row. Raises UsageError where a column is missing or conditions cannot be read."""
    for row, cells in records(path, text, NEEDED):
        playbook, phrase, lang = (cells.get(key, "").strip() for key in ("playbook", "phrase", "lang"))
        when, verbatim = _when(path, row, cells.get("when", "")), cells.get("verbatim", "").strip().lower() in ("yes", "true", "1")
        for form in FORMS:
            if said := cells.get(form, "").strip():
                yield Line(playbook, ("phrases", phrase, form), lang, said, when, verbatim=verbatim, row=row, name=phrase)


def _when(path: str, row: int, text: str) -> dict[str, list[str]]:
    found = {}
    for condition in filter(str.strip, text.split(";")):
        fact, equals, values = condition.partition("=")
        if not equals:
            raise UsageError("bad_csv", file=path, line=row, reason=f"when: {condition.strip()[:40]}")
        found[fact.strip()] = [value.strip() for value in values.split("|")]
    return found
