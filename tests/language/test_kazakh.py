"""Kazakh: every sentence that can be said, and planted mistakes that the checks must see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.language import kazakh
from tests.language.drills import drill_texts
from tests.language.expand import LANGS, Said, expansions

# Loans, compounds and names whose vowels do not agree by themselves; endings after them must.
MIXED = frozenset((Path(__file__).parent / "words" / "kk_mixed.txt").read_text(encoding="utf-8").split())
TYPED = frozenset(["айгүл", "ерлан", "серікқызы"])


def sentences() -> list[Said]:
    return list(expansions("kk")) if "kk" in LANGS else []


def test_nobody_is_called_sen() -> None:
    assert not [(found, str(said)) for said in sentences() if (found := kazakh.familiar(said.sentence))]


def test_endings_are_in_harmony() -> None:
    wrong = {
        word: str(said)
        for said in sentences()
        for word in kazakh.words(said.sentence)
        if word not in TYPED and kazakh.disharmony(word, MIXED)
    }
    assert not wrong


def test_every_word_of_the_list_is_needed() -> None:
    words = {word for said in (*sentences(), *drill_texts("kk")) for word in kazakh.words(said.sentence)}
    assert not [stem for stem in MIXED if not any(word.startswith(stem) and kazakh.disharmony(word) for word in words)]


def test_digits_take_the_suffix_that_is_spoken() -> None:
    assert not [(found, str(said)) for said in sentences() if (found := kazakh.suffixes(said.sentence))]


def test_question_particles_follow_the_word_before() -> None:
    assert not [(found, str(said)) for said in sentences() if (found := kazakh.particles(said.sentence))]


def test_no_plural_after_a_number() -> None:
    assert not [(found, str(said)) for said in sentences() if (found := kazakh.plurals(said.sentence))]


def test_until_governs_the_dative() -> None:
    assert not [(found, str(said)) for said in sentences() if (found := kazakh.government(said.sentence))]


def test_siz_is_small_inside_a_sentence() -> None:
    assert not [str(said) for said in sentences() if re.search(r"(?<=[^.!?…:«] )Сіз(?:ге|ді|дің|ден|де|бен)?\b", said.sentence)]


def test_one_spelling_of_thanks() -> None:
    assert not [str(said) for said in sentences() if "рахмет" in said.sentence.lower()]


def test_the_checks_see_the_content_they_are_for() -> None:
    said = [one.sentence for one in sentences()]
    assert len({sentence for sentence in said if "-ге дейін" in sentence or "-ға дейін" in sentence}) > 20
    assert len({sentence for sentence in said if " ма?" in sentence or " бе?" in sentence or " ба?" in sentence or " ме?" in sentence}) > 10


@pytest.mark.parametrize(
    "sentence",
    [
        "Тапсырысың қайда?",
        "Саған айтамын.",
        "Сен тыңда.",
        "Айтшы, не болды?",
        "Қайда тұрасың?",
        "Тапсырысыңды тексердім.",
        "Бұл туралы маған айт.",
        "Алаңдама, шешеміз.",
        "Кеше келдің.",
        "Үйіңе жеткіземін.",
    ],
)
def test_familiar_forms_are_seen(sentence: str) -> None:
    assert kazakh.familiar(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Тапсырысыңызды тексердім.",
        "Айтыңызшы, не болды?",
        "Осының соңында жаңа мерзім айтамын.",
        "Сіздің уақытыңыздың құнын білемін.",
        "Ең маңыздысы осы, заңды сұрақ.",
        "Тағы мың теңге қайтарамын.",
    ],
)
def test_polite_forms_pass(sentence: str) -> None:
    assert not kazakh.familiar(sentence)


@pytest.mark.parametrize(
    "word", ["сізға", "менеджерга", "тапсырысіңіз", "уақытіңізді", "шешімді" + "ға", "көмектесамын", "күндар", "қайтаремін"]
)
def test_disharmony_is_seen(word: str) -> None:
    assert kazakh.disharmony(word)


@pytest.mark.parametrize("word", ["сізге", "тапсырысыңызды", "басшыммен", "көмектесемін", "уақытында", "шаңсорғыш", "сіздікі", "жеткізуді"])
def test_harmony_passes(word: str) -> None:
    assert not kazakh.disharmony(word)


def test_known_stems_still_need_right_endings() -> None:
    assert not kazakh.disharmony("қазірден", frozenset(["қазір"]))
    assert kazakh.disharmony("қазірдан", frozenset(["қазір"]))


@pytest.mark.parametrize(
    "sentence",
    [
        "15-ге дейін",
        "18:00-ға дейін",
        "07:30-ге дейін",
        "25 қарашаге",
        "3 мамырге",
        "1 қыркүйекге",
        "40-ға",
        "6-ге",
        "15ке",
        "1000-ге",
        "10-дан",
        "80-ден",
    ],
)
def test_wrong_suffixes_are_seen(sentence: str) -> None:
    assert kazakh.suffixes(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "15-ке 1-ге 2-ге 3-ке 4-ке 6-ға 9-ға 10-ға 20-ға 30-ға 40-қа 50-ге 60-қа 70-ке 80-ге 90-ға 100-ге 1000-ға",
        "18:00-ге 15:00-ден 07:30-дан 16:40-қа",
        "25 қарашаға, 3 мамырға, 1 қыркүйекке",
    ],
)
def test_right_suffixes_pass(sentence: str) -> None:
    assert not kazakh.suffixes(sentence)


@pytest.mark.parametrize(
    "sentence", ["Дұрыс ма?", "Солай пе?", "Келісесіз ба?", "Бола ме?", "Уақыт 15:00 ме?", "Бұл «X20» ма?", "Тапсырыс ба?"]
)
def test_wrong_particles_are_seen(sentence: str) -> None:
    assert kazakh.particles(sentence)


@pytest.mark.parametrize(
    "sentence", ["Дұрыс па?", "Солай ма?", "Келісесіз бе?", "Бола ма?", "Мен бе, басшым ба?", "Болды ма?", "Жеткілікті ме?", "Керек пе?"]
)
def test_right_particles_pass(sentence: str) -> None:
    assert not kazakh.particles(sentence)


@pytest.mark.parametrize("sentence", ["3 күндер өтті.", "Екі нұсқалар бар.", "5 сағаттардан кейін."])
def test_plurals_after_numbers_are_seen(sentence: str) -> None:
    assert kazakh.plurals(sentence)


def test_singulars_after_numbers_pass() -> None:
    assert not kazakh.plurals("3 күн өтті, екі нұсқа бар, 5 сағаттан кейін.")


def test_wrong_government_is_seen() -> None:
    assert kazakh.government("15:00 дейін") == ["15:00"]
    assert not kazakh.government("Бүгін 15:00-ге дейін, оған дейін, 25 қарашаға дейін, күн соңына дейін.")
