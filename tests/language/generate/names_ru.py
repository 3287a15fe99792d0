"""Writes wording/data/names_ru.txt: given names that end as surnames do (Марина, Лев), from pymorphy3 and a few it lacks.

By hand: `python tests/language/generate/names_ru.py` (90 s); tests/wording/test_data.py compares.
"""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parents[3] / "clientcoach" / "wording" / "data"
_KAZAKH = (
    "аделина айдын ақын алтын амина әмина динмухаммед жасмина жасын зарина карина мадина мұхиддин мухиддин насреддин нуреддин "
    "нұреддин рабина сабина сағын салахуддин самина самин толқын фарина хусаин шамсуддин эвелина эльвина ясин ясмина"
)
KAZAKH = tuple(_KAZAKH.split())
"""Given names in use in Kazakhstan that the dictionary does not have."""


def names() -> list[str]:
    """Sorted, lower-case."""
    import pymorphy3

    from clientcoach.wording.names import _SURNAME

    dictionary = pymorphy3.MorphAnalyzer().dictionary
    tags: dict[tuple[int, int], bool] = {}
    found = {name for name in KAZAKH if name.endswith(_SURNAME)}
    for word, reading in dictionary.words.iteritems():
        if word.endswith(_SURNAME):
            if reading not in tags:
                tags[reading] = dictionary.build_tag_info(*reading).grammemes >= {"Name", "nomn", "sing"}
            if tags[reading]:
                found.add(word)
    return sorted(found)


if __name__ == "__main__":
    (DATA / "names_ru.txt").write_text("\n" + "\n".join(names()) + "\n", encoding="utf-8")
