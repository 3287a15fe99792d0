"""`playbook review`: the phrases that nobody has looked at as they are now. `playbook approve`: signs them into `review.yaml`."""

from __future__ import annotations

import os

from clientcoach import quickjson
from clientcoach.case.read import near, read_field
from clientcoach.commands import Result
from clientcoach.commands.books import is_own, langs_of, own_packs, read_books
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.content.review import FILE, MISSING, TO_REVIEW, lines, read
from clientcoach.errors import ContentError, UsageError
from clientcoach.outfile import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.content.review import Book
    from clientcoach.env import Env

MAX_BY = 80  # characters of a name
LISTED = 3  # playbooks that an error names


def run_review(values: Mapping[str, Any], env: Env) -> Result:
    """Every phrase that is new, changed or stale (its source has changed), with its words and those it was made from."""
    session = Session(values, env)
    langs = langs_of(values)
    books = read_books(session, [values["playbook"]] if values.get("playbook") else [], langs)
    found = [phrase for book in books for lang in langs for phrase in _to_review(book, lang, session.day)]
    result = Result("review", {"schema": "clientcoach/review@1", "phrases": found}, strings=session.told_in(session.ui()))
    if values.get("format") == "ndjson" and not values.get("json"):
        result.lines = (f"{quickjson.dumps({'schema': 'clientcoach/phrase@1', **phrase})}\n" for phrase in found)
        result.eager = False
    return result


def _to_review(book: Book, lang: str, today: str) -> Iterator[dict[str, Any]]:
    for name in book.structure.phrases:
        status = book.standing(lang, name)
        signature = book.signature(lang, name)
        if status in TO_REVIEW or (status != MISSING and passed(signature, today)):
            status = status if status in TO_REVIEW else "due"
            source = {} if lang == book.source else {"source": {"lang": book.source, "forms": book.words[book.source].get(name, {})}}
            signed = {key: value for key, value in (signature or {}).items() if key in {"by", "on", "until"}}
            yield {
                "playbook": book.name,
                "lang": lang,
                "id": name,
                "status": status,
                "forms": book.words[lang][name],
                **source,
                **({"signed": signed} if signed else {}),
            }


def passed(signature: Mapping[str, str] | None, today: str) -> bool:
    """Whether a phrase was to be looked at again before today."""
    return bool(signature and signature.get("until", today) < today)


def run_approve(values: Mapping[str, Any], env: Env) -> Result:
    """Signs phrases in one language or several; with `--all` those of a playbook that `review` lists."""
    session = Session(values, env)
    by, langs = _signer(session), langs_of(values, ())
    wanted, name = values.get("ids", []), values.get("playbook")
    if not langs or bool(wanted) == bool(values.get("all")) or (values.get("all") and not name):
        raise UsageError("approve_needs")
    until = _until(values.get("until"), session.day)
    book = read_books(session, [name], langs)[0] if name else _book_of(list(_whole_books(session, langs)), wanted)
    signed: dict[str, list[str]] = {}
    for lang in langs:
        names = [phrase["id"] for phrase in _to_review(book, lang, session.day)] if values.get("all") else _written(book, lang, wanted)
        signed[lang] = names
    file = _file(session, book)
    if any(signed.values()):
        _sign(book, signed, file, {"by": by, "on": session.day, **({"until": until} if until else {})})
    data = {"schema": "clientcoach/approval@1", "playbook": book.name, "signed": signed, "file": file, "by": by}
    return Result("approval", data, strings=session.told_in(session.ui()))


def _signer(session: Session) -> str:
    """Who signs: `--by`, else the name in the settings. Raises UsageError."""
    raw = session.values.get("by") or session.settings.get("agent")
    by = read_field("agent", raw) if raw else None
    if not by:
        raise UsageError("approve_needs")
    if len(by) > MAX_BY:
        raise UsageError("too_long", field="--by", length=len(by), limit=MAX_BY)
    return str(by)


def _until(text: str | None, today: str) -> str | None:
    """The day by which it is to be looked at again. Raises UsageError."""
    if text is None:
        return None
    from datetime import date

    try:
        day = date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError("wrong_type", field="--until", expected=today, value=text[:40]) from error
    if day < today:
        raise UsageError("until_past", field="--until", value=day)
    return day


def _whole_books(session: Session, langs: Sequence[str]) -> Iterator[Book]:
    """All but those that are broken: their mistakes are not what was asked about."""
    for name in library.names(session.places):
        try:
            yield from read_books(session, [name], langs)
        except ContentError:
            continue


def _book_of(books: Sequence[Book], wanted: Sequence[str]) -> Book:
    """The one playbook that has all the phrases. Raises UsageError where none has, or several."""
    having = [book for book in books if all(name in book.structure.phrases for name in wanted)]
    if not having:
        known = {name for book in books for name in book.structure.phrases}
        missing = next((name for name in wanted if name not in known), wanted[0])
        raise UsageError("unknown_phrase", value=missing[:80], near=near(missing, known))
    if len(having) > 1:
        raise UsageError("several_playbooks", value=wanted[0], names=[book.name for book in having[:LISTED]])
    return having[0]


def _written(book: Book, lang: str, wanted: Sequence[str]) -> list[str]:
    for name in wanted:
        if name not in book.structure.phrases:
            raise UsageError("unknown_phrase", value=name[:80], near=near(name, book.structure.phrases))
        if name not in book.words[lang]:
            raise UsageError("phrase_not_written", value=name, playbook=book.name, language=lang)
    return list(dict.fromkeys(wanted))


def _file(session: Session, book: Book) -> str:
    """Beside a playbook of the team's own; what came with clientcoach is signed in the team's nearest pack. Raises UsageError."""
    if is_own(session, book.folder):
        return os.path.join(book.folder, FILE)
    packs = own_packs(session)
    if not packs:
        raise UsageError("no_pack", playbook=book.name)
    return os.path.join(packs[0], book.name, FILE)


def _sign(book: Book, names: Mapping[str, Sequence[str]], file: str, by: Mapping[str, str]) -> None:
    """The file with the new signatures, and without those of phrases that are gone. Raises ContentError, StorageError."""
    signed = read(file) if os.path.isfile(file) else {}
    for lang, ids in names.items():
        signed.setdefault(lang, {}).update({name: {**book.hashes(lang, name), **by} for name in ids})
    kept = {lang: {name: one for name, one in given.items() if name in book.structure.phrases} for lang, given in signed.items()}
    write(file, lines(kept), shared=True)
