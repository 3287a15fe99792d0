"""gettext PO: every text of a playbook for translators' own tools, ICU text as it is. Alone imports polib.

msgctxt is PLAYBOOK and the place of the text (angry-customer/phrases/listen.open.any/short), msgid the source language's text.
A translation whose source has changed since it was approved is `fuzzy`; on the way back fuzzy and outdated entries stay out.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import polib

from clientcoach.case.fields import LANG_ALIASES, LANGS
from clientcoach.errors import UsageError
from clientcoach.exchange.lines import Line
from clientcoach.exchange.situation import conditions, heading
from clientcoach.wording.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

_CHARSET = re.compile(rb"charset=([A-Za-z0-9_-]{1,20})")
_BROKEN = (OSError, ValueError, IndexError, AttributeError, KeyError, TypeError)  # what polib raises on what is no PO


def catalogue(
    lang: str, lines: Iterable[Line], sources: Iterable[Line], stale: Iterable[str], strings: Mapping[str, Any], today: str
) -> str:
    """The whole file: the texts of `sources`, translated by `lines`. `stale`: PLAYBOOK/ID of phrases whose source has changed."""
    made = polib.POFile(wrapwidth=100)
    made.metadata = {
        "Project-Id-Version": "clientcoach",
        "PO-Revision-Date": f"{today} 00:00+0000",
        "Last-Translator": "clientcoach",
        "Language-Team": lang,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": lang,
        "Plural-Forms": language(lang).GETTEXT,
        "X-Generator": "clientcoach",
    }
    translated = {(line.playbook, line.path): line for line in lines}
    original = {(line.playbook, line.path): line for line in sources}
    for place in (
        place for place in {**original, **translated} if place in translated or place[1][0] != "do"
    ):  # notes are as many as they are
        made.append(_entry(place, original, translated, lang, set(stale), strings))
    return str(made) + "\n"


def _entry(place: Any, original: Any, translated: Any, lang: str, stale: set[str], strings: Mapping[str, Any]) -> polib.POEntry:
    playbook, path = place
    said = original.get((playbook, (*path[:2], "say")))  # of a form that the source does not have
    line = translated.get(place)
    source = original.get(place) or said or line
    fuzzy = line is not None and f"{playbook}/{line.phrase}" in stale
    return polib.POEntry(
        msgctxt="/".join((playbook, *path)),
        msgid=source.text,
        msgstr=line.text if line else "",
        comment=_told(source, strings),
        occurrences=[(f"{playbook}/{lang}.yaml", "")],
        flags=["fuzzy", "icu-message-format"] if fuzzy else ["icu-message-format"],
    )


def _told(line: Line, strings: Mapping[str, Any]) -> str:
    about = [heading(text, line.lang) for text in (line.title, line.label) if text]
    return "; ".join(filter(None, [" › ".join(about), conditions(line, strings)]))


def decoded(path: str, data: bytes) -> str:
    """The text of a file in the encoding that its header names. Raises UsageError."""
    named = _CHARSET.search(data[:4096])
    name = named[1].decode() if named and named[1] != b"CHARSET" else "utf-8"
    try:
        if codecs.lookup(name).name not in ("utf-8", "ascii", "cp1250", "cp1251", "iso8859-2", "iso8859-5", "koi8-r", "koi8-u"):
            raise UsageError("bad_po", file=path, reason=f"charset={name}")
        return data.removeprefix(codecs.BOM_UTF8).decode(name)
    except LookupError as error:
        raise UsageError("bad_po", file=path, reason=f"charset={name}") from error
    except UnicodeDecodeError as error:
        raise UsageError("bad_po", file=path, reason=f"charset={name}, byte {error.start}") from error


def read(path: str, text: str) -> Iterator[Line]:
    """The translated entries of a file. Raises UsageError."""
    try:
        found = polib.pofile(f"{text}\n")  # with a line end no text is the path of a file
    except _BROKEN as error:
        raise UsageError("bad_po", file=path, reason=str(error)[:200]) from error
    lang = found.metadata.get("Language", "").strip().lower()[:2]
    lang = LANG_ALIASES.get(lang, lang)
    if not found:
        raise UsageError("bad_po", file=path, reason="no msgid")
    for entry in found:
        if entry.msgstr and not entry.obsolete:
            playbook, *where = (entry.msgctxt or "").split("/")
            yield Line(
                playbook,
                tuple(where),
                lang if lang in LANGS else "",
                entry.msgstr,
                row=entry.linenum or 0,
                name=entry.msgctxt or entry.msgid[:40],
                unsure=entry.fuzzy,
                source=entry.msgid,
            )
