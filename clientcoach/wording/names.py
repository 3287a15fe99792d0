"""What a typed name consists of. Nothing is guessed about the person, only about the order of the words."""

from __future__ import annotations

from clientcoach.wording.tables import text

_PATRONYMIC = ("вич", "вна", "чна", "ұлы", "қызы", "улы", "кызы", "оглы", "оглу", "кизи")
_PATRONYMIC_WORDS = frozenset(["ұлы", "қызы", "улы", "кызы", "оглы", "оглу", "кизи"])
_PATRONYMIC_SHORT = frozenset(["ильич", "кузьмич", "фомич", "лукич", "никитич", "саввич", "фокич", "ильинична"])
_SURNAME_ENDS = (
    "ов ова ев ева ёв ёва ин ина ын ына ский ская цкий цкая ской ая ый ых их ко ук юк чак щак дзе швили ич "
    "сян рян нян лян дян чян тян бян гян хян шян"
)
_SURNAME = tuple(_SURNAME_ENDS.split())
_VOWELS, _SHORT = frozenset("aeiouy"), frozenset(["dr", "jr", "mr", "mrs", "ms", "sr", "st"])
PARTICLES = frozenset(["bin", "da", "das", "de", "del", "den", "der", "dos", "du", "ibn", "ter", "van", "von", "фон"])


def words(name: str) -> list[str]:
    """The words of a name, `Surname, Given` turned round, a separate ұлы or қызы kept with its father's name."""
    last, comma, first = name.partition(",")
    tokens = (first.split() + last.split()) if comma and first.strip() else name.split()
    place = next((at for at, token in enumerate(tokens) if at and token.lower() in _PATRONYMIC_WORDS), 0)
    return [*tokens[: place - 1], f"{tokens[place - 1]} {tokens[place]}", *tokens[place + 1 :]] if place else tokens


def given(name: str, gender: str = "") -> tuple[str, str]:
    """(given name, patronymic or "") of a name in Cyrillic, whichever comes first, given name or surname."""
    tokens = [cased(token) for token in words(name) if not is_initial(token)]
    for place in (1, 2):
        if len(tokens) > place and _fathers(tokens[place], tokens[place - 1], gender):
            return tokens[place - 1], tokens[place]
    known = [token for token in tokens if found(token)]
    if known:
        return min(known, key=lambda token: _doubt(found(token), gender)), ""
    first, *others = [token for token in tokens if not is_patronymic(token)] or [""]
    if is_surname(first) and not (others and is_surname(others[0])):
        return (others[0] if others else ""), ""  # a bare surname is no form of address
    return first, ""


def _fathers(word: str, before: str, gender: str) -> bool:
    """Whether a word is the patronymic of the name before it: Сара Рабинович is called Сара."""
    sure = found(before)
    if not is_patronymic(word) or is_patronymic(before) or is_surname(before):
        return False
    return not word.endswith("ич") or (gender or ("f" if sure.lower() == "f" else "")) != "f"


def _doubt(sure: str, gender: str) -> int:
    """How much speaks against a given name: the other gender, then that it is a surname too (Ким)."""
    return 2 * (gender in ("f", "m") and sure.lower() not in (gender, "b")) + sure.isupper()


def found(word: str) -> str:
    """Gender of a listed given name: f m b (both), a capital when it is a surname too; "" when it is not listed.

    `names_ru.dat` has a line for every three letters that a name begins with. What follows them may end in the gender;
    without it the name is feminine in -а -я, else masculine.
    """
    low = word.lower().replace("ё", "е")
    table = text("names_ru.dat", "kz1048")
    start = table.find(f"\n{low[:3]} ")
    line = table[start + 1 : table.index("\n", start + 1)] if start >= 0 else ""
    if f" {low[3:]} " in line:
        return "f" if low.endswith(("а", "я")) else "m"
    return next((gender for gender in "mfbMFB" if f" {low[3:]}{gender} " in line), "")


def cased(name: str) -> str:
    """АННА, анна → Анна; what has capitals and small letters stays as it was typed (McDonald, de Souza)."""
    return " ".join(map(_cased, name.split()))


def _cased(word: str) -> str:
    low, letters = word.lower(), "".join(char for char in word if char not in "-.’'")
    if not letters.isalpha() or not (word.isupper() or word.islower()):
        return word
    if low in _PATRONYMIC_WORDS or low in PARTICLES:
        return low
    if is_initials(word) or (word.isupper() and word.isascii() and not set(low) & _VOWELS and low.rstrip(".") not in _SHORT):
        return word.upper()  # J.R., TJ
    return "-".join(map(_capitalised, low.split("-")))


def _capitalised(low: str) -> str:
    """o’neil → O’Neil, d’arc → D’Arc; but лук’ян → Лук’ян."""
    after = 2 if low[1:2] in ("’", "'") else 0
    return low[:after].upper() + low[after : after + 1].upper() + low[after + 1 :]


def is_initials(word: str) -> bool:
    """J, J., J.R."""
    return bool(word) and all(len(part) == 1 for part in word.rstrip(".").split("."))


def is_initial(word: str) -> bool:
    """А. or А.С."""
    return len(word) == 1 or word.endswith(".")


def is_patronymic(word: str) -> bool:
    """Сергеевна, Ильич, Серікқызы."""
    low = word.lower()
    return low in _PATRONYMIC_SHORT or (len(low) > 5 and low.endswith(_PATRONYMIC))


def is_surname(word: str) -> bool:
    """Ends as surnames do, and is none of the given names that do so too (Марина, Лев)."""
    return word.lower().endswith(_SURNAME) and not found(word)
