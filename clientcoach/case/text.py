"""What a stranger typed, made safe to say and to print, and otherwise left as it is."""

from __future__ import annotations

# Joiners and the emoji variation selector stay (they make one emoji of several code points); everything here only hides or reorders.
_INVISIBLE = frozenset(
    [
        *range(0x20),
        *range(0x7F, 0xA0),
        *(0xAD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF),
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFDD0, 0xFDF0),
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),
    ]
)
_SPACES = frozenset([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029])
_TABLE: dict[int, str | None] = {code: " " if code in _SPACES else None for code in _INVISIBLE | _SPACES}
_PLACEHOLDERS = frozenset(" .,;:!?-–—_/\\|*#…")
_ABBREVIATED = "bros co corp dr esq inc jr llc ltd mr mrs ms mt plc prof pty rev sp sr st г гр др инж мл проф св ст тов ул inż mgr ks im"
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())  # with one of them a name may end in a full stop


def printable(text: str) -> str:
    """Without control characters, bidi marks and other invisible code points; line ends and tabs become spaces."""
    return text.translate(_TABLE)


def safe(text: str) -> str:
    """What any view may show of a text from anywhere: printable, and no half of a character pair."""
    return printable(text).encode("utf-8", "replace").decode("utf-8")


def clean(text: str) -> str:
    """`printable`, with single spaces and no run of full stops; "" when nothing sayable is left (`-`, `...`)."""
    words = " ".join(printable(text).split())
    while ".." in words:
        words = words.replace("...", "…").replace("..", "…")
    return "" if not set(words) - _PLACEHOLDERS else words


def is_text(text: str) -> bool:
    """False for what came from bytes that were not UTF-8 (lone surrogates)."""
    return text.isascii() or not any(0xD800 <= ord(char) <= 0xDFFF for char in text)


def name(text: str) -> str:
    """A cleaned name without what a form left around it: `Иван,`, `Иван.`, `- Иван -`; `Anna Nowak Jr.` and `Петрова А. С.` stay."""
    text = " ".join(word for word in text.replace(" ,", ",").split() if word == "," or set(word) - _PLACEHOLDERS)
    while ",," in text:
        text = text.replace(",,", ",")
    return edges(text.lstrip(" ,;:.!?…"))


def edges(text: str) -> str:
    """Without a comma, semicolon or colon at either end, and without a full stop that ends no abbreviation."""
    before = ""
    while text != before:
        before, text = text, text.strip(" ,;:")
        if text.endswith(".") and not _abbreviated(text.rpartition(" ")[2][:-1]):
            text = text[:-1]
    return text


def _abbreviated(word: str) -> bool:
    return len(word) == 1 or "." in word or word.lower() in _ABBREVIATIONS
