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
_TYPED = frozenset(["order", "item_quoted", "company", "agent"])  # a number or a brand takes no capital: iPhone, a-17
_MARKED = _OPENERS | _TYPED
# Unicode noncharacters (`clean` lets none through), gone before anybody sees the text:
_START = "\ufdd0"  # where an opener stands
_KEEP = "\ufdd1"  # before a typed value that may open the text
_FENCE = "\ufdd2"  # at both ends of a value
_ENDS = (". ", "! ", "? ", "… ")
_OPENING = "«„“‘‹\"'([{"
_BEFORE_MARKS = frozenset(" \u00a0,.!?…:;")
_STOPS = frozenset(".!?…")
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
    """The text of a compiled message (content-model.md); values stand in it as they are, only the text around them is mended.

    Raises KeyError with the name of an unknown variable.
    """
    text = _marked(_join(message, values, ""))
    if _untidy(text):
        text = _mended(_marked(_join(message, values, "", _FENCE)).split(_FENCE))
    text = text.strip(" ")
    if not text[:1].isupper():
        text = _capital(text)
    return text.replace(_KEEP, "") if _KEEP in text else text


def _marked(text: str) -> str:
    """With the capitals that openers ask for, and without the marks of the branches that open nothing."""
    if _START in text:
        text = _start_sentences(text)
    return text[:2] + text[2:].replace(_KEEP, "") if _KEEP in text else text


def fragment(message: list[Any], values: Lookup) -> str:
    """For a label or a message of the interface: no capital is put in front, and a path or a pattern in it stays as it is."""
    return _join(message, values, "").replace(_START, "").replace(_KEEP, "")


def _join(message: list[Any], values: Lookup, hash_text: str, fence: str = "") -> str:
    text = ""
    for part in message:
        if part.__class__ is str:
            text += part
            continue
        kind = part[0]
        if kind == "v":
            name = part[1]
            value = values[name]
            if value.__class__ is not str:
                value = str(value)
            if name in _MARKED:
                if name in _TYPED:
                    text += "" if len(text) > 1 else _KEEP
                elif fence or not text or text.endswith(_ENDS):
                    text += _START
            text += _fenced(name, value) if fence and value else value
        elif kind == "s":
            branches, key = part[2], values[part[1]]
            branch = branches[key if key in branches else "other"]
            plain = len(branch) == 1 and branch[0].__class__ is str
            text += branch[0] if plain else _join(branch, values, hash_text, fence)
        elif kind == "p":
            text += _plural(part[2], values[part[1]], values, fence)
        else:
            text += hash_text
    return text


def _fenced(name: str, value: str) -> str:
    """The comma of a form of address is ours, not the customer's."""
    if name == "addr_pre" and value.endswith(", "):
        return f"{_FENCE}{value[:-2]}{_FENCE}, "
    if name == "addr_mid" and value.startswith(", "):
        return f", {_FENCE}{value[2:]}{_FENCE}"
    return _FENCE + value + _FENCE


def _plural(branches: dict[str, list[Any]], number: Number, values: Lookup, fence: str) -> str:
    lang = values["lang"]
    key = f"={number}"
    if key not in branches:  # `in`, not `or`: an empty branch says nothing on purpose
        key = category(lang, number)
    return _join(branches[key if key in branches else "other"], values, number_text(lang, number), fence)


def _start_sentences(text: str) -> str:
    before, *pieces = text.split(_START)
    for piece in pieces:
        if before.replace(_FENCE, "").endswith(_ENDS):
            letter = 1 if piece[:1] == _FENCE else 0
            before += piece[:letter] + piece[letter : letter + 1].upper() + piece[letter + 1 :]
        else:
            before += piece
    return before


def _mended(pieces: list[str]) -> str:
    """Text of the template and values by turns → text, the template's tidied, and its seams with the values:
    `Inc.` brings its own full stop, `:warning:` keeps the space before it.
    """
    text = _tidy(pieces[0])
    for place in range(1, len(pieces), 2):
        value, after = pieces[place], _tidy(pieces[place + 1])
        if value[:1] == "." and pieces[place - 1] and text.endswith("."):
            text = text[:-1]
        text += value.lstrip(" ") if text.endswith((" ", "\u00a0")) else value
        mark, last = after[:1], value[-1:]
        if last == " " and mark in _BEFORE_MARKS:
            text = text.rstrip(" ")
        elif mark in _BEFORE_MARKS and (mark == last or (mark == "." and last in _STOPS)):
            after = after[1:]
        text += after
    return text


def polish(text: str) -> str:
    """Template text alone: capital first letter (also inside an opening quote), single spaces, none before a mark, no doubled full stop."""
    return _capital(_tidy(text.strip(" ")))


def _capital(text: str) -> str:
    for place, char in enumerate(text):
        if char not in _OPENING:
            return f"{text[:place]}{char.upper()}{text[place + 1 :]}" if char.islower() else text
    return text


def _tidy(text: str) -> str:
    """Repeats until nothing is left to mend: each repair shortens the text, so it ends."""
    before = ""
    while text != before:
        before = text
        for wrong, right in _TIDY:
            text = text.replace(wrong, right)
    return text


def _untidy(text: str) -> bool:
    """Whether any of `_TIDY` or a doubled mark is there; spelled out, rare marks alone first: a loop costs three times as much."""
    return (
        " ." in text
        or " ," in text
        or "  " in text
        or ".." in text
        or ",," in text
        or (":" in text and (" :" in text or "::" in text))
        or ("?" in text and (" ?" in text or "?." in text or ".?" in text or "??" in text))
        or ("!" in text and (" !" in text or "!." in text or ".!" in text or "!!" in text))
        or ("…" in text and ("…." in text or ".…" in text or "……" in text))
        or (";" in text and (" ;" in text or ";;" in text))
        or ("\u00a0" in text and (" \u00a0" in text or "\u00a0 " in text))
    )
