"""Every word of every sentence against hunspell; what hunspell does not know, and is right, is in words/LANG.txt.

The Kazakh dictionary lacks much of the polite morphology, so that list is longer; each of its words was read by hand for
stem, harmony and order of endings.
"""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from clientcoach.content.rules import read_rules
from tests.language.drills import PLACEHOLDER, drill_texts
from tests.language.expand import KEYS, LANGS, PLAYBOOKS, expansions, interface

WORDS = Path(__file__).parent / "words"
DICTIONARIES = {"en": "en_GB", "ru": "ru_RU", "pl": "pl_PL", "kk": "kk_KZ"}
# What a worker types (expand.py); its spelling is not ours.
TYPED = {
    "en": {"Anna", "Nowak", "Jan", "Smith", "Айгүл", "Acme", "Ivan", "XYZ", "PLN", "EUR", "RUB"},
    "ru": {"Айгүл", "Серікқызы", "Саша", "Acme", "XYZ", "PLN", "zł"},
    "pl": {"Qwerty", "Acme", "XYZ"},
    "kk": {"Айгүл", "Ерлан", "Серікқызы", "Acme", "XYZ", "PLN", "zł"},
}
_WORD = re.compile(r"[^\W\d_]+(?:[’-][^\W\d_]+)*")
_SUFFIXED_NUMBER = re.compile(r"\d+(?::\d\d)?-\w+")  # 15:00-ге: test_kazakh.py
_COMMAND = re.compile(r"[“«„]clientcoach[^”»]*[”»]|\S*[A-Za-z0-9][/_=][A-Za-z0-9]\S*|\b[A-Z][A-Z_]+\b|(?<!\w)--?\w+|\w+\d\w*")


def words_of(sentence: str) -> set[str]:
    return set(_WORD.findall(_SUFFIXED_NUMBER.sub(" ", sentence)))


def label_words(lang: str) -> dict[str, str]:
    """What the rules say to write instead of a label."""
    _, rules = read_rules(str(PLAYBOOKS / "rules" / f"{lang}.yaml"))
    return {key: str(node.value) for key, node in rules["label-word"]["swap"].items()}


@cache
def used(lang: str) -> dict[str, str]:
    """Every word and a place where it stands."""
    found: dict[str, str] = {}
    for said in expansions(lang):
        for word in words_of(said.sentence):
            found.setdefault(word, str(said))
    for key, sentence in interface(lang):
        if key not in KEYS:
            for word in words_of(_COMMAND.sub(" ", sentence)):
                if lang in ("en", "pl") or not word.isascii():  # in Cyrillic texts Latin words are commands and settings
                    found.setdefault(word, f"ui {key}: {sentence}")
    for text in drill_texts(lang):
        for word in words_of(PLACEHOLDER.sub(" ", text.sentence)):
            if text.key != "amount":
                found.setdefault(word, text.place)
    for key, instead in label_words(lang).items():
        for word in words_of(instead):
            found.setdefault(word, f"rules {key}: {instead}")
    return {word: place for word, place in found.items() if word not in TYPED[lang] and len(word) > 1}  # one letter: a key to press


def misspelt(words: set[str], lang: str) -> set[str]:
    """Those that hunspell does not know."""
    plain = {word.replace("’", "'"): word for word in words}
    result = subprocess.run(
        ["hunspell", "-i", "utf-8", "-d", DICTIONARIES[lang], "-l"],
        input="\n".join(plain),
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return {plain.get(word, word) for word in result.stdout.split()}


def allowed(lang: str) -> list[str]:
    return (WORDS / f"{lang}.txt").read_text(encoding="utf-8").split("\n")[:-1]


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_is_spelt_right(lang: str) -> None:
    known = set(allowed(lang))
    places = used(lang)
    wrong = {word for word in misspelt(set(places), lang) if not {word, word[:1].lower() + word[1:]} & known}
    assert not {word: places.get(word, "part of a word with a hyphen") for word in sorted(wrong)}


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_of_words_is_sorted_and_needed(lang: str) -> None:
    known = allowed(lang)
    assert known == sorted(set(known))
    in_use = {word[:1].lower() + word[1:] for word in used(lang)} | set(used(lang))
    parts = {part for word in in_use for part in word.split("-")}
    assert not [word for word in known if word not in in_use | parts]
    assert not set(known) - misspelt(set(known), lang), "hunspell knows it"


@pytest.mark.parametrize(
    ("lang", "wrong"),
    [
        ("en", ["recieve", "colour'd", "apologyze"]),
        ("ru", ["извените", "зделаю", "заказк"]),
        ("pl", ["przepraszm", "zamowienie", "mogę" + "e"]),
        ("kk", ["тапсырысіңіз", "сізға", "менеджерға", "уақытіңізді"]),
    ],
)
def test_misspelt_words_are_seen(lang: str, wrong: list[str]) -> None:
    assert misspelt(set(wrong), lang) == set(wrong)


if __name__ == "__main__":  # after an edit of the content: which words to read, and to add to or take from the lists
    for code in LANGS:
        listed = set(allowed(code))
        unknown = {word if word in listed else word[:1].lower() + word[1:] for word in misspelt(set(used(code)), code)}
        print(code, "unknown:", " ".join(sorted(unknown - listed)) or "–", "| not needed:", " ".join(sorted(listed - unknown)) or "–")
