"""A compiled message and values → the sentence that is said. Nothing is parsed: inserted text is no pattern."""

from __future__ import annotations

from clientcoach.wording.plural import category, number_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from clientcoach.wording.plural import Number

    class Lookup(Protocol):
        """Whatever gives a value by name and raises KeyError for one it does not know."""

        def __getitem__(self, name: str, /) -> Any: ...


_OPENERS = frozenset(["addr_pre", "by", "wait"])  # lower-case or empty, so a sentence they open needs its capital
_START = "\ufdd0"  # a Unicode noncharacter: marks where an opener stands, gone before anybody sees the text
_ENDS = (". ", "! ", "? ", "… ")
_OPENING = "«„“‘‹\"'([{"
_TIDY = (
    ("  ", " "),
    (" \u00a0", "\u00a0"),
    ("\u00a0 ", "\u00a0"),
    (" ,", ","),
    (" .", "."),
    (" !", "!"),
    (" ?", "?"),
    (" :", ":"),
    (" ;", ";"),
    ("..", "."),
    ("?.", "?"),
    ("!.", "!"),
    ("….", "…"),
    (".?", "?"),
    (".!", "!"),
    (".…", "…"),
)


def render(message: list[Any], values: Lookup) -> str:
    """The text of a compiled message (content-model.md). Raises KeyError with the name of an unknown variable."""
    text = _join(message, values, "")
    if _START in text:
        text = _start_sentences(text)
    return polish(text)


def fragment(message: list[Any], values: Lookup) -> str:
    """For a label or a message of the interface: no capital is put in front, and a path or a pattern in it stays as it is."""
    return _join(message, values, "").replace(_START, "")


def _join(message: list[Any], values: Lookup, hash_text: str) -> str:
    text = ""
    for part in message:
        if part.__class__ is str:
            text += part
            continue
        kind = part[0]
        if kind == "v":
            name = part[1]
            if name in _OPENERS and (not text or text.endswith(_ENDS)):
                text += _START
            value = values[name]
            text += value if value.__class__ is str else str(value)
        elif kind == "s":
            branches, key = part[2], values[part[1]]
            branch = branches[key if key in branches else "other"]
            plain = len(branch) == 1 and branch[0].__class__ is str
            text += branch[0] if plain else _join(branch, values, hash_text)
        elif kind == "p":
            text += _plural(part[2], values[part[1]], values)
        else:
            text += hash_text
    return text


def _plural(branches: dict[str, list[Any]], number: Number, values: Lookup) -> str:
    lang = values["lang"]
    key = f"={number}"
    if key not in branches:  # `in`, not `or`: an empty branch says nothing on purpose
        key = category(lang, number)
    return _join(branches[key if key in branches else "other"], values, number_text(lang, number))


def _start_sentences(text: str) -> str:
    before, *pieces = text.split(_START)
    for piece in pieces:
        starts = before.endswith(_ENDS)
        before += piece[:1].upper() + piece[1:] if starts else piece
    return before


def polish(text: str) -> str:
    """Capital first letter (also inside an opening quote), single spaces, none before a mark, no doubled full stop."""
    text = _tidy(text.strip(" "))
    if text[:1].isupper():
        return text
    for place, char in enumerate(text):
        if char not in _OPENING:
            return f"{text[:place]}{char.upper()}{text[place + 1 :]}" if char.islower() else text
    return text


def _tidy(text: str) -> str:
    """Repeats until nothing is left to mend: each repair shortens the text, so it ends."""
    while _untidy(text):
        for wrong, right in _TIDY:
            text = text.replace(wrong, right)
    return text


def _untidy(text: str) -> bool:
    """Whether any of `_TIDY` is there; spelled out, rare marks alone first: a loop costs three times as much."""
    return (
        " ." in text
        or " ," in text
        or "  " in text
        or ".." in text
        or (":" in text and " :" in text)
        or ("?" in text and (" ?" in text or "?." in text or ".?" in text))
        or ("!" in text and (" !" in text or "!." in text or ".!" in text))
        or ("…" in text and ("…." in text or ".…" in text))
        or (";" in text and " ;" in text)
        or ("\u00a0" in text and (" \u00a0" in text or "\u00a0 " in text))
    )
