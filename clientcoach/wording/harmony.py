"""Kazakh case suffixes: they follow the last spoken word, also after digits, times and months (language.md §2)."""

from __future__ import annotations

_BACK, _FRONT = frozenset("аоұыёяАОҰЫЁЯ"), frozenset("әеөүіэӘЕӨҮІЭ")
_VOWELS = _BACK | _FRONT  # и у end a word like a voiced consonant: елуді, not елуні
_VOICELESS = frozenset("бвгдпфкқтсшщчцхһ")  # б в г д lose their voice at the end of a word
_NASAL = frozenset("мнң")
_ONES = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
_TENS = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")
_ROUND = ((9, "миллиард"), (6, "миллион"), (3, "мың"), (2, "жүз"))

# After a vowel, after м н ң, after a voiceless sound, after the rest; in front words а ы ғ қ become е і г к.
_SUFFIXES = {
    "dat": ("ға", "ға", "қа", "ға"),
    "loc": ("да", "да", "та", "да"),
    "abl": ("дан", "нан", "тан", "дан"),
    "gen": ("ның", "ның", "тың", "дың"),
    "acc": ("ны", "ды", "ты", "ды"),
}
_TO_FRONT = str.maketrans("аығқ", "еігк")


def spoken(number: int) -> str:
    """The last word of a whole number said aloud: 40 → қырық, 100 → жүз, 0 → нөл."""
    digits = str(number)
    if digits[-1] != "0" or digits == "0":
        return _ONES[int(digits[-1])]
    if digits[-2] != "0":
        return _TENS[int(digits[-2])]
    zeros = len(digits) - len(digits.rstrip("0"))
    return next(word for least, word in _ROUND if zeros >= least)


def ending(word: str, case: str) -> str:
    """The suffix that a word takes in a case: dat loc abl gen acc."""
    after_vowel, after_nasal, after_voiceless, after_rest = _SUFFIXES[case]
    last = word[-1].lower()
    if last in _VOWELS:
        suffix = after_vowel
    elif last in _NASAL:
        suffix = after_nasal
    else:
        suffix = after_voiceless if last in _VOICELESS else after_rest
    return suffix.translate(_TO_FRONT) if is_front(word) else suffix


def is_front(word: str) -> bool:
    """Whether the last clear vowel is a front one (и у ю say nothing); without any it is a back word (минут)."""
    for char in reversed(word):
        if char in _BACK:
            return False
        if char in _FRONT:
            return True
    return False


def suffix(thing: int | str, case: str) -> str:
    """5-ке, 15:00-ге, 1,5-ке, 25 қарашаға, ханымға: what was given with its case suffix."""
    text = str(thing)
    if not text[-1:].isdigit():
        return text + ending(text, case)
    start = len(text.rstrip("0123456789"))
    return f"{text}-{ending(spoken(int(text[start:])), case)}"
