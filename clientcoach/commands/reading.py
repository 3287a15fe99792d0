"""Texts to be read, from the command line, a file or standard input; where they are not UTF-8, an error says what they are."""

from __future__ import annotations

from clientcoach.errors import UsageError
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.commands.session import Session

MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
CYRILLIC, POLISH = "абвгдежзийклмнопрстуфхцчшщъыьэюя", "ąćęłńóśźż"
BINARY = 0x20  # a tenth of such bytes, and it is no text


def read_text(session: Session, path: str, limit: int) -> str:
    """A whole text. Raises UsageError naming the encoding it seems to have where that is not UTF-8."""
    if path == "-" and session.env.is_terminal("stdin"):
        _invite(session)
    data = session.read_bytes(path, limit)
    try:
        return said(checked(data.decode("utf-8-sig"), path), path)
    except UnicodeDecodeError as error:
        named = MARKS.get(data[:2]) or _guess(data)
        if named:
            raise UsageError("other_encoding", file=path, encoding=named) from error
        raise UsageError("not_utf8", file=path, byte=error.start) from error


def read_table(session: Session, path: str, limit: int) -> tuple[str, str]:
    """A text as spreadsheets save it, and its encoding: UTF-8, UTF-16 with its mark, cp1251 or cp1250. Raises UsageError."""
    data = session.read_bytes(path, limit)
    for encoding in ("utf-8-sig", MARKS.get(data[:2]), _guess(data)):
        try:
            if encoding:
                return said(checked(data.decode(encoding), path), path), encoding.removesuffix("-sig").upper()
        except UnicodeDecodeError as error:
            place = error.start
    raise UsageError("not_utf8", file=path, byte=place)


def checked(text: str, path: str = "-") -> str:
    """The text, when it is one: no NUL, no half of a surrogate pair. Raises UsageError."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError("not_a_text", file=path) from error
    if "\0" in text:
        raise UsageError("not_a_text", file=path)
    return text


def text_of(given: Mapping[str, Any]) -> str:
    """The text of a line of a stream. Raises UsageError."""
    text = given.get("text")
    if text is None:
        raise UsageError("no_text")
    if not isinstance(text, str):
        raise UsageError("wrong_type", field="text", expected="text", value=type(text).__name__)
    return checked(text)


def said(text: str, path: str = "-") -> str:
    """The text, when there is something in it. Raises UsageError."""
    if not text.strip():
        raise UsageError("nothing_to_read", file=path)
    return text


def _invite(session: Session) -> None:
    """Somebody waits at the keyboard without knowing what for."""
    if session.values.get("no_input"):
        raise UsageError("nothing_to_read", file="-")
    if session.env.stderr is not None:
        session.env.stderr.write(word(session.strings(session.ui()), "label.paste_here") + "\n")
        session.env.stderr.flush()


def _guess(data: bytes) -> str | None:
    """The Windows code page in which most letters make sense; None for what is no text at all."""
    if sum(byte < BINARY and byte not in b"\t\r\n" for byte in data) * 10 > len(data):
        return None
    low = {name: data.decode(name, "replace").lower() for name in ("cp1251", "cp1250")}
    fits = {
        "cp1251": sum(char in CYRILLIC for char in low["cp1251"]),
        "cp1250": sum(char in POLISH for char in low["cp1250"]),
    }
    high = sum(byte > 0x7F for byte in data)
    best = max(fits, key=lambda name: fits[name])
    return best if fits[best] * 10 >= high * 8 else None
