"""Texts to be read, from the command line, a file or standard input; where they are not UTF-8, an error says what they are."""

from __future__ import annotations

from clientcoach.case.text import is_text
from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from clientcoach.commands.session import Session

MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
CYRILLIC, POLISH = "абвгдежзийклмнопрстуфхцчшщъыьэюя", "ąćęłńóśźż"
BINARY = 0x20  # a tenth of such bytes, and it is no text


def read_text(session: Session, path: str, limit: int) -> str:
    """A whole text. Raises UsageError naming the encoding it seems to have where that is not UTF-8."""
    data = session.read_bytes(path, limit)
    try:
        return checked(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        named = MARKS.get(data[:2]) or _guess(data)
        if named:
            raise UsageError("other_encoding", file=path, encoding=named) from error
        raise UsageError("not_utf8", file=path, byte=error.start) from error


def checked(text: str, path: str = "-") -> str:
    """The text, when it is one: no NUL, no half of a surrogate pair. Raises UsageError."""
    if "\0" in text or not is_text(text):
        raise UsageError("not_a_text", file=path)
    return text


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
