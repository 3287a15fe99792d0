"""What a finished sentence must not look like: spacing, stops, quotes, small letters, letters of a wrong alphabet."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from clientcoach.case.languages import SCRIPTS
from clientcoach.wording.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator


class Slip(NamedTuple):
    """A code, what is wrong, and the piece of the sentence where it is."""

    code: str
    message: str
    snippet: str


_PATTERNS = (
    ("space-before", "a space before a punctuation mark", re.compile(r"\S?\s[,.!?:;](?!\d)")),
    ("double-space", "two spaces", re.compile(r"\S?\s{2,}")),
    ("double-stop", "two stops in a row", re.compile(r"(?<![.…])[.…]\.(?!\.)|[!?…]\.|\.[!?]|,[.,!?]|\.,")),
    ("ascii-apostrophe", "the ASCII apostrophe; write ’", re.compile(r"\w*'")),
    ("edge-space", "a space at the edge", re.compile(r"^\s|\s$")),
)
_STOP_THEN_SMALL = re.compile(r"[.!?]\s+([^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")
_OPENING = {"«": "»", "(": ")", "[": "]"}

_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
_LOOK_ALIKE = frozenset("aceopxyihk")  # Latin letters that a Cyrillic word can be typed with unnoticed


def slips(sentence: str, lang: str, *, spoken: bool) -> Iterator[Slip]:
    """Everything wrong with one sentence; `spoken`: it is a line of its own, so it begins with a capital letter."""
    for code, message, pattern in _PATTERNS:
        if hit := pattern.search(sentence):
            yield Slip(code, message, hit[0] if hit[0].strip() else "")
    if message := unpaired(sentence, lang):
        yield Slip("unpaired", message, message[-1])
    if spoken and (hit := _STOP_THEN_SMALL.search(sentence)) and hit[1].islower():
        yield Slip("lower-case", "a small letter begins a sentence", hit[0])
    for word in _WORD.findall(sentence):
        if message := wrong_letters(word, lang):
            yield Slip("mixed-script" if message == _MIXED else "wrong-letter", f"'{word}': {message}", word)
    if unicodedata.normalize("NFC", sentence) != sentence:
        yield Slip("wrong-letter", "a letter made of two characters (not NFC)", "")


def unpaired(sentence: str, lang: str) -> str:
    """Which quote or bracket has no partner, as a message that ends with it; empty when all have one."""
    opening, closing = language(lang).QUOTES
    pairs = {**_OPENING, opening: closing}
    waiting: list[str] = []
    for char in sentence:
        if char in pairs:
            waiting.append(char)
        elif char in pairs.values() or char in "“”":
            if not waiting or pairs[waiting[-1]] != char:
                return f"unpaired {char}"
            waiting.pop()
    if sentence.count('"') % 2:
        return 'unpaired "'
    return f"unpaired {waiting[-1]}" if waiting else ""


_MIXED = "Latin and Cyrillic letters in one word"


def wrong_letters(word: str, lang: str) -> str:
    """Why a word is not written in the letters of its language; empty when it is. Whole words in Latin (brands) are fine."""
    small = unicodedata.normalize("NFC", word).lower()
    scripts = {_script(char) for char in small} - {""}
    if {"LATIN", "CYRILLIC"} <= scripts:
        return _MIXED
    if "CYRILLIC" in scripts:
        if not _cyrillic(lang):
            return f"a Cyrillic word in {lang}"
        strange = _beside(small, lang)
    elif _cyrillic(lang):
        strange = sorted(set(small) - _LATIN) or ([word] if word.islower() and _LOOK_ALIKE.issuperset(word) else [])
    else:
        strange = _beside(small, lang)
    return f"{strange[0]} (U+{ord(strange[0][0]):04X}) is not a letter of {lang} here" if strange else ""


def _beside(word: str, lang: str) -> list[str]:
    """The letters that are not of the language: of its alphabet, or of its script where it has no closed one."""
    letters = language(lang).LETTERS
    return sorted(set(word) - set(letters)) if letters else [char for char in word if _script(char) != SCRIPTS[lang][0]]


def _cyrillic(lang: str) -> bool:
    return SCRIPTS[lang][0] == "CYRILLIC"


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""


def foreign(literals: str, lang: str) -> bool:
    """Whether several words of a language written in Cyrillic have not one Cyrillic letter: left untranslated."""
    return _cyrillic(lang) and words(literals) > 2 and "CYRILLIC" not in {_script(char) for char in literals}


def small_start(literal: str) -> str:
    """The first letter when the text begins with a small one, else empty."""
    first = next((char for char in literal if char.isalnum()), "")
    return first if first.islower() else ""


def words(sentence: str) -> int:
    """How many words are spoken."""
    return sum(any(char.isalnum() for char in word) for word in sentence.split())
