"""Keys are physical: the letter of a key is the same command on QWERTY, ЙЦУКЕН and the Kazakh layout, whose number row has no digits.

Y and Z change places between layouts, so nothing is on them.
"""

from __future__ import annotations

from clientcoach.case.languages import SCRIPTS

_CYRILLIC = dict(zip("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm", strict=True))
_NUMBER_ROW = dict(zip("әіңғүұқ", "2345890", strict=True))
_KEYS = _CYRILLIC | _NUMBER_ROW
_MARKS = {'"': "1", ",": "6", ".": "7"}  # the rest of the Kazakh number row; in what is typed they are themselves
_SHOWN = {key: printed for printed, key in _CYRILLIC.items()}
HOME_ROW, TOP_ROW = "asdfghjkl", "qwertuiop"
PICKS = HOME_ROW + TOP_ROW  # items 1–9 and 10–18 of a list


def latin(typed: str) -> str:
    """The same keys as QWERTY prints them; Shift and Caps Lock make no difference."""
    return "".join(_KEYS.get(char, char) for char in typed.lower())


def typed_as(key: str) -> list[str]:
    """Every character that a key may come as, whatever the layout."""
    same = [char for char, at in (_KEYS | _MARKS).items() if at == key]
    return sorted({one for char in (key, *same) for one in (char, char.upper()) if len(one) == 1})


def letter(key: str, lang: str) -> str:
    """A key as the worker's keyboard prints it."""
    return _SHOWN.get(key, key) if SCRIPTS[lang][0] == "CYRILLIC" else key
