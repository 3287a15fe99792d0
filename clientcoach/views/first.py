"""The first frame: the line to say, where the whole screen will have it a moment later. It is there before anything heavy is imported."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

INDENT, MARGIN = 3, 1
MEASURE = 100  # columns


def first(line: str, strings: Mapping[str, Any], width: int) -> str:
    """The rows down to the line's last one, with the sequences that clear a screen before them.

    Wrapped by hand, since rich takes four times as long to import as all of this; a test holds that both wrap alike.
    What only rich measures right (wide characters, a word longer than a row) waits for it.
    """
    room, text = min(width, MEASURE) - INDENT - MARGIN, safe(line)
    if max(map(len, text.split(" "))) > room or any(_odd(ord(char)) for char in text):
        from clientcoach.views.terminal import wrapped_exactly

        lines = wrapped_exactly(text, width)
    else:
        lines = [" " * INDENT + row for row in wrapped(text, room)]
    rows = "".join(f"\x1b[1m{row}\x1b[0m\r\n" for row in lines)
    return f"\x1b[H\x1b[2J 00:00\r\n\r\n {safe(word(strings, 'screen.say'))}\r\n{rows}"


def _odd(code: int) -> bool:
    """Whether a character may be other than one column wide: not Latin, Greek, Cyrillic, common punctuation or a currency's sign."""
    return code >= 0x300 and not (0x370 <= code < 0x483 or 0x48A <= code < 0x530 or 0x2010 <= code < 0x20D0 or code == 0x2116)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` characters, broken between words."""
    line = ""
    for one in text.split(" "):
        if line and len(line) + 1 + len(one) > width:
            yield line
            line = one
        else:
            line = f"{line} {one}" if line else one
    yield line
