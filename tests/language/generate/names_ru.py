"""Writes wording/data/names_ru.dat: given names in Cyrillic with their gender, from pymorphy3 and, for Kazakhstan, from names_kk.txt.

A line holds what follows three letters, ё as е: one byte a letter (KZ-1048), two thirds less than a list in UTF-8.
By hand: `python tests/language/generate/names_ru.py` (90 s); tests/wording/test_data.py compares.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
FILE = HERE.parents[2] / "clientcoach" / "wording" / "data" / "names_ru.dat"
_GENDERS = {"femn": "f", "masc": "m", "ms-f": "b"}
_LETTERS = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі")
_HEAD = 3


def kazakh() -> dict[str, str]:
    """Given names in use in Kazakhstan, in Kazakh and in Russian spelling → f m b; those the dictionary has as well are no harm."""
    found = {}
    for line in (HERE / "names_kk.txt").read_text(encoding="utf-8").splitlines():
        gender, _, names = line.partition(": ")
        found.update(dict.fromkeys(names.split(), gender))
    return found


def genders() -> dict[str, str]:
    """Every name → f m b; a capital when the dictionary has it as a surname too."""
    import pymorphy3

    dictionary = pymorphy3.MorphAnalyzer().dictionary
    tags: dict[tuple[int, int], frozenset[str]] = {}
    found: dict[str, set[str]] = {}
    surnames = set()
    for word, reading in dictionary.words.iteritems():
        if reading not in tags:
            tags[reading] = dictionary.build_tag_info(*reading).grammemes
        tag = tags[reading]
        if tag >= {"nomn", "sing"}:
            name = word.replace("ё", "е")
            if "Name" in tag:
                found.setdefault(name, set()).update(_GENDERS[gender] for gender in _GENDERS.keys() & tag)
            elif "Surn" in tag:
                surnames.add(name)
    listed = kazakh() | {
        name: both.pop() if len(both) == 1 else "b" for name, both in found.items() if len(name) > 1 and set(name) <= _LETTERS
    }
    return {name: gender.upper() if name in surnames else gender for name, gender in listed.items()}


def text(names: dict[str, str]) -> str:
    """The content of names_ru.dat."""
    lines: dict[str, list[str]] = {}
    for name, gender in sorted(names.items()):
        plain = gender == ("f" if name.endswith(("а", "я")) else "m") and len(name) > _HEAD
        lines.setdefault(name[:_HEAD], []).append(name[_HEAD:] + ("" if plain else gender))
    return "\n" + "".join(f"{head} {' '.join(rest)} \n" for head, rest in lines.items())


if __name__ == "__main__":
    FILE.write_bytes(text(genders()).encode("kz1048"))
