"""What a typed name consists of. Nothing is guessed about the person, only about the order of the words."""

from __future__ import annotations

from clientcoach.wording.tables import text

_PATRONYMIC = ("вич", "вна", "чна", "ұлы", "қызы", "улы", "кызы", "оглы", "оглу", "кизи")
_PATRONYMIC_WORDS = frozenset(["ұлы", "қызы", "улы", "кызы", "оглы", "оглу", "кизи"])
_PATRONYMIC_SHORT = frozenset(["ильич", "кузьмич", "фомич", "лукич", "никитич", "саввич", "фокич", "ильинична"])
_SURNAME = (
    *(
        "ов",
        "ова",
        "ев",
        "ева",
        "ёв",
        "ёва",
        "ин",
        "ина",
        "ын",
        "ына",
        "ский",
        "ская",
        "цкий",
        "цкая",
        "ской",
        "ая",
        "ый",
        "ых",
        "их",
    ),
    *("ко", "ук", "юк", "чак", "щак", "сян", "рян", "нян", "лян", "дян", "дзе", "швили", "ич"),
)


def words(name: str) -> list[str]:
    """The words of a name, `Surname, Given` turned round, a separate ұлы or қызы kept with its father's name."""
    last, comma, first = name.partition(",")
    tokens = (first.split() + last.split()) if comma and first.strip() else name.split()
    place = next((at for at, token in enumerate(tokens) if at and token.lower() in _PATRONYMIC_WORDS), 0)
    return [*tokens[: place - 1], f"{tokens[place - 1]} {tokens[place]}", *tokens[place + 1 :]] if place else tokens


def given(name: str) -> tuple[str, str]:
    """(given name, patronymic or "") of a name in Cyrillic, whichever comes first, given name or surname."""
    tokens = [token for token in words(name) if not is_initial(token)]
    for place in (1, 2):
        if len(tokens) > place and is_patronymic(tokens[place]):
            return tokens[place - 1], tokens[place]
    if tokens and is_surname(tokens[0]) and (len(tokens) == 1 or not is_surname(tokens[1])):
        return (tokens[1] if len(tokens) > 1 else ""), ""  # a bare surname is no form of address
    return (tokens[0] if tokens else ""), ""


def is_initial(word: str) -> bool:
    """А. or А.С."""
    return len(word) == 1 or word.endswith(".")


def is_patronymic(word: str) -> bool:
    """Сергеевна, Ильич, Серікқызы."""
    low = word.lower()
    return low in _PATRONYMIC_SHORT or (len(low) > 5 and low.endswith(_PATRONYMIC))


def is_surname(word: str) -> bool:
    """Ends as surnames do, and is none of the given names that do so too (Марина, Лев; `names_ru.txt`)."""
    low = word.lower()
    return low.endswith(_SURNAME) and f"\n{low}\n" not in text("names_ru.txt")
