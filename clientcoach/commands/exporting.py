"""`playbook export`: playbooks as other tools read them. What a format cannot hold is told beside the answer."""

from __future__ import annotations

import os

from clientcoach.case.fields import LANGS
from clientcoach.commands import Result
from clientcoach.commands.books import langs_of
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.errors import UsageError
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.env import Env
    from clientcoach.exchange.lines import Line

# What stays behind, by format; choices are told apart, with their number.
LEFT = {
    "espanso": ("notes", "conditions", "approvals"),
    "zammad": ("notes", "conditions", "approvals"),
    "csv": ("notes", "approvals"),
    "markdown": ("notes", "approvals"),
    "anki": ("notes", "approvals"),
    "po": ("conditions", "approvals"),
}
WITHOUT_CHOICES = ("espanso", "zammad", "markdown", "anki")
FOLDERS = ("espanso", "po")  # with --out they may be several files


def run_export(values: Mapping[str, Any], env: Env) -> Result:
    """The file on standard output or in `--out`; several files only there. Raises UsageError, ContentError, StorageError."""
    session = Session(values, env)
    to = values.get("to")
    if not to:
        raise UsageError("missing_word", command="clientcoach playbook export", name="--to")
    books = _books(session)
    every = [line for name, lang in books for line in _lines(session, name, lang) if to == "po" or line.phrase]
    lines = _approved(session, every) if to in WITHOUT_CHOICES else every
    files = dict(_files(session, to, books, lines))
    result = Result("stream", None)
    if values.get("out"):
        _save(values["out"], files, several=to in FOLDERS)
        result.lines = ()
    else:
        result.lines = _alone(to, files)
    strings = session.strings(session.ui())
    result.notes = lambda _style: _told(to, books, lines, len(every) - len(lines), strings)
    return result


def _books(session: Session) -> list[tuple[str, str]]:
    """(playbook, language) in order: those named, else all in every language they have. Raises UsageError."""
    names = list(dict.fromkeys(session.values.get("playbooks") or library.names(session.places)))
    found = []
    for name in names:
        written = library.languages(library.find(session.places, name))
        for lang in langs_of(session.values, written):
            if lang not in written and session.values.get("playbooks"):
                raise UsageError("unknown_language", value=lang, playbook=name, choices=written)
            found += [(name, lang)] if lang in written else []
    return found


def _lines(session: Session, name: str, lang: str) -> list[Line]:
    from clientcoach.exchange.lines import lines

    return lines(library.find(session.places, name), name, lang)


def _approved(session: Session, lines: Sequence[Line]) -> list[Line]:
    """What may be said where the policy wants approved phrases: these formats are for use. A table and PO are for those who write."""
    from clientcoach.content.review import APPROVED, Book

    books: dict[tuple[str, str], Book | None] = {}
    for name, lang in dict.fromkeys((line.playbook, line.lang) for line in lines):
        wanted = session.policy(lang)["require_approved"]
        folder, reviews = library.find(session.places, name), library.reviews(session.places, name)
        books[name, lang] = Book(name, folder, reviews, [lang]) if wanted else None
    found = ((line, books[line.playbook, line.lang]) for line in lines)
    return [line for line, book in found if book is None or book.standing(line.lang, line.phrase) == APPROVED]


def _files(session: Session, to: str, books: Sequence[tuple[str, str]], lines: Sequence[Line]) -> Iterator[tuple[str, str | bytes]]:
    """(name, content) of every file."""
    strings = {lang: session.strings(lang) for lang in LANGS}
    if to == "espanso":
        from clientcoach.exchange import espanso

        folder = session.values.get("out", "")
        alone = not folder or folder.endswith((".yml", ".yaml"))
        yield from [("match.yml", espanso.match_file(lines))] if alone else espanso.packages(lines, session.day)
    elif to == "zammad":
        from clientcoach.exchange import zammad

        yield "text-modules.csv", zammad.table(lines, strings)
    elif to == "csv":
        from clientcoach.exchange import spreadsheet

        yield "phrases.csv", spreadsheet.table(lines)
    elif to == "markdown":
        from clientcoach.exchange import markdown

        yield "phrases.md", markdown.document(lines, strings)
    elif to == "anki":
        yield "phrases.apkg", _deck(session, lines, strings)
    else:
        yield from _catalogues(session, books, lines)


def _deck(session: Session, lines: Sequence[Line], strings: Mapping[str, Any]) -> bytes:
    from datetime import datetime

    from clientcoach.exchange import anki

    return anki.package(lines, strings, datetime.fromisoformat(f"{session.day}T00:00+00:00").timestamp())


def _catalogues(session: Session, books: Sequence[tuple[str, str]], lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """A file a language. Whoever translates wants to see what is missing too: it has the places of the source language."""
    from clientcoach.content.review import STALE, Book
    from clientcoach.exchange import po

    for lang in dict.fromkeys(lang for _, lang in books):
        sources: list[Line] = []
        stale: list[str] = []
        for name in (name for name, written in books if written == lang):
            folder = library.find(session.places, name)
            sources += _lines(session, name, library.source_language(session.places, name))
            book = Book(name, folder, library.reviews(session.places, name), [lang])
            stale += [f"{name}/{phrase}" for phrase in book.structure.phrases if book.standing(lang, phrase) == STALE]
        own = [line for line in lines if line.lang == lang]
        yield f"{lang}.po", po.catalogue(lang, own, sources, stale, session.strings("en"), session.day)


def _alone(to: str, files: Mapping[str, str | bytes]) -> list[str]:
    """The one text that standard output can take. Raises UsageError."""
    texts = [text for text in files.values() if isinstance(text, str)]
    if len(files) != 1 or not texts:
        raise UsageError("export_needs_out", format=to, names=sorted(files))
    return texts


def _save(out: str, files: Mapping[str, str | bytes], *, several: bool) -> None:
    """Into a file, or into a folder: one that is there, or where there is more than one file. Raises StorageError."""
    from clientcoach.outfile import write

    folder = os.path.isdir(out) or (several and not os.path.splitext(out)[1])
    if not folder and len(files) > 1:
        raise UsageError("export_needs_out", format=os.path.splitext(out)[1], names=sorted(files))
    for name, content in files.items():
        write(os.path.join(out, name) if folder else out, [content], shared=folder)


def _told(to: str, books: Sequence[tuple[str, str]], lines: Sequence[Line], unapproved: int, strings: Mapping[str, Any]) -> Iterator[str]:
    names, langs = (list(dict.fromkeys(one)) for one in zip(*books, strict=True)) if books else ([], [])
    yield word(strings, "exchange.exported", count=len(lines), names=names, langs=langs)
    if unapproved:
        yield word(strings, "exchange.unapproved", count=unapproved)
    if to in WITHOUT_CHOICES:
        module = __import__(f"clientcoach.exchange.{to}", fromlist=["shown"])
        lost = [found for line in lines if (found := module.shown(line).lost)]
        if lost:
            yield word(strings, "exchange.reduced", count=len(lost), names=sorted({name for one in lost for name in one}))
    yield word(strings, "exchange.left", what=[word(strings, f"exchange.what_{what}") for what in LEFT[to]])
