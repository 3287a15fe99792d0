"""`playbook coverage`: how much of each playbook each language has, by step and cause, and what is missing, stale, unsigned or due."""

from __future__ import annotations

from clientcoach.case.languages import LANGS
from clientcoach.case.read import whole
from clientcoach.commands import Result
from clientcoach.commands.books import langs_of, read_books
from clientcoach.commands.review import passed
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.content.review import APPROVED, CHANGED, MISSING, NEW, STALE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.content.review import Book
    from clientcoach.env import Env


def run_coverage(values: Mapping[str, Any], env: Env) -> Result:
    """coverage@1; exit 1 where a language of a playbook has less than `--min` percent of its phrases as they should be."""
    session = Session(values, env)
    langs = langs_of(values, _usual(session, values.get("playbooks", [])))
    least = whole("--min", values["min"], 0, 100) if "min" in values else None
    books = read_books(session, values.get("playbooks", []), langs)
    lists = [{"playbook": book.name, "lang": lang, **_of(book, lang, session.day)} for book in books for lang in langs]
    rows = [row for book in books for row in _rows(book, langs)]
    lowest = min((one["percent"] for one in lists), default=100)
    data = {
        "schema": "clientcoach/coverage@1",
        "langs": langs,
        "lowest": lowest,
        "min": least,
        "playbooks": lists,
        "rows": rows,
        **({"use": _use(session, books)} if values.get("use") else {}),
    }
    shown = (
        {**data, "detailed": bool(values.get("playbooks"))} if values.get("format", "text") != "json" and not values.get("json") else data
    )
    failed = least is not None and lowest < least
    return Result("coverage", shown, strings=session.told_in(session.ui()), exit_code=1 if failed else 0)


def _usual(session: Session, names: Sequence[str]) -> list[str]:
    """The languages that have an interface, and those of which a playbook that is meant has something: of no other is anything owed."""
    places = session.places
    written = {lang for name in names or library.names(places) for lang in library.languages(library.find(places, name))}
    return [lang for lang in LANGS if lang in written or library.has_interface(lang)]


def _use(session: Session, books: Sequence[Book]) -> list[dict[str, Any]]:
    from clientcoach.commands.usage import use

    return use(session, books)


def _of(book: Book, lang: str, today: str) -> dict[str, Any]:
    """A language of a playbook: `current` phrases are there, and made from the source text as it is now."""
    names = list(book.structure.phrases)
    standing = {name: book.standing(lang, name) for name in names}
    current = sum(_is_current(standing[name]) for name in names)
    return {
        "total": len(names),
        "current": current,
        "percent": 100 * current // len(names) if names else 100,
        "missing": [name for name in names if standing[name] == MISSING],
        "stale": [name for name in names if standing[name] == STALE],
        "unsigned": sum(one in {NEW, CHANGED} for one in standing.values()),
        "due": [name for name in names if standing[name] == APPROVED and passed(book.signature(lang, name), today)],
    }


def _is_current(standing: str) -> bool:
    return standing not in {MISSING, STALE}


def _rows(book: Book, langs: Sequence[str]) -> Iterator[dict[str, Any]]:
    """A row for each step, and in it one for the phrases of every cause (`cause` None: those of any)."""
    for step in book.structure.steps:
        by_cause: dict[str | None, list[str]] = {}
        for name, when in book.structure.phrases.items():
            causes: Sequence[str | None] = when.get("cause") or [None]
            for cause in causes if name.startswith(f"{step}.") else ():
                by_cause.setdefault(cause, []).append(name)
        for of, names in by_cause.items():
            counts = {lang: sum(_is_current(book.standing(lang, name)) for name in names) for lang in langs}
            yield {"playbook": book.name, "step": step, "cause": of, "total": len(names), "current": counts}
