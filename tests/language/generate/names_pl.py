"""Writes wording/data/names_pl.tsv (name, gender, vocative) and SGJP-LICENCE.txt from morfeusz2’s dictionary (SGJP).

Morfeusz has no word list, so its generator's automaton is walked for every capitalised lemma, and each is generated.
By hand: `python tests/language/generate/names_pl.py` (15 s); tests/wording/test_data.py compares.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

DATA = Path(__file__).parents[3] / "clientcoach" / "wording" / "data"
_MAGIC = bytes.fromhex("8fc2bc1b")
_HEADER, _LABELS = 10, 257  # magic, version, kind, size; 256 short labels and a mark
_ACCEPTING, _TRANSITIONS = 0x80, 0x7F
_GENDERS = {"f": "f", "m1": "m"}
_SOFT = "ja"  # Maja, Kaja: „Maju” is what is said; elsewhere the dictionary's first form (Urszulo, Bruno)
_BAD = frozenset(["niepopr.", "pot."])


def lemmas() -> list[str]:
    """Every capitalised lemma of the dictionary, sorted."""
    data = _library().read_bytes()
    base = data.rindex(_MAGIC) + _HEADER
    labels = {short: char for char, short in enumerate(data[base : base + 256]) if short}
    found, todo = [], [(b"", base + _LABELS)]
    while todo:
        word, place = todo.pop()
        accepting, transitions = _state(data, place, labels)
        if accepting:
            found.append(word.decode())
        todo += [(word + bytes([char]), target) for char, target in transitions if word or _opens_name(char)]
    return sorted(word for word in found if word[0].isupper())


def _library() -> Path:
    spec = importlib.util.find_spec("_morfeusz2")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.glob("*libmorfeusz2*"))


def _opens_name(char: int) -> bool:
    return ord("A") <= char <= ord("Z") or 0xC3 <= char <= 0xC5  # noqa: PLR2004 - UTF-8 of Ć Ł Ś Ź Ż…


def _state(data: bytes, place: int, labels: dict[int, int]) -> tuple[bool, list[tuple[int, int]]]:
    """Whether a word ends here, and (byte, place of the next state)."""
    head, place, transitions = data[place], place + 1, []
    if head & _ACCEPTING:
        place += 2 + int.from_bytes(data[place : place + 2], "big")
    for _ in range(head & _TRANSITIONS):
        short, size, place = data[place] >> 2, data[place] & 3, place + 1
        char = labels[short] if short else data[place]
        place += 0 if short else 1
        offset = int.from_bytes(data[place : place + size], "big")
        place += size
        transitions.append((char, place + offset))
    return bool(head & _ACCEPTING), transitions


def rows(names: list[str]) -> list[str]:
    """The lines of the table for those of the lemmas that are given names."""
    import morfeusz2

    morfeusz = morfeusz2.Morfeusz(analyse=False)
    found = []
    for name in names:
        forms: dict[str, list[str]] = {}
        for form, _, tag, kinds, labels in morfeusz.generate(name):
            word, number, case, gender = [*str(tag).split(":"), "", "", ""][:4]
            if "imię" not in kinds or word != "subst" or _BAD & set(labels):
                continue
            if "sg" in number.split(".") and "voc" in case.split("."):
                for each in gender.split("."):
                    forms.setdefault(each, []).append(form)
        found += [f"{name}\t{_GENDERS[key]}\t{_choose(name, forms[key])}\n" for key in _GENDERS if key in forms]
    return found


def _choose(name: str, forms: list[str]) -> str:
    return next((form for form in forms if name.endswith(_SOFT) and form.endswith("ju")), forms[0])


def licence() -> str:
    """The notice of the dictionary, verbatim."""
    import morfeusz2

    return str(morfeusz2.Morfeusz().dict_copyright()).replace("\r\n", "\n")


if __name__ == "__main__":
    (DATA / "names_pl.tsv").write_text("\n" + "".join(rows(lemmas())), encoding="utf-8")
    (DATA / "SGJP-LICENCE.txt").write_text(licence(), encoding="utf-8")
