"""Agreement in Polish: every sentence that can be said, and planted mistakes that the checks must see."""

from __future__ import annotations

import pytest

from tests.language import polish
from tests.language.expand import expansions, interface, spoken


def test_the_worker_speaks_in_their_own_gender() -> None:
    """With the gender unknown no past tense of the first person is said."""
    wrong = [(found, str(said)) for said in spoken("pl") if (found := polish.worker(said.sentence, said.case.get("agent_gender")))]
    assert not wrong


def test_the_customer_is_spoken_to_in_their_own_gender() -> None:
    """With the gender unknown nobody is called Pan or Pani; what the worker reads about customers in general may name both."""
    wrong = [(found, str(said)) for said in spoken("pl") if (found := polish.customer(said.sentence, said.case.get("customer_gender")))]
    assert not wrong


def test_nobody_is_called_ty_or_wy() -> None:
    """In what is said; the advice to the team («prevent») speaks to several colleagues."""
    said_or_read = [said for said in expansions("pl") if said.text.kind != "prevent"]
    assert not [(found, str(said)) for said in said_or_read if (found := polish.familiar(said.sentence))]


def test_names_are_in_the_vocative() -> None:
    assert not [(found, str(said)) for said in expansions("pl") if (found := polish.vocative(said.sentence))]


def test_numbers_agree_in_the_interface() -> None:
    assert not [(found, key) for key, sentence in interface("pl") if (found := polish.numbers(sentence))]


def test_numbers_agree_with_their_nouns() -> None:
    assert not [(found, str(said)) for said in expansions("pl") if (found := polish.numbers(said.sentence))]


def test_pan_and_pani_have_capitals() -> None:
    small = [
        str(said) for said in spoken("pl") if {"pan", "pani", "pana", "panu", "panią", "państwo"} & set(polish._WORD.findall(said.sentence))
    ]
    assert not small


def test_the_checks_see_the_content_they_are_for() -> None:
    said = spoken("pl")
    assert {one.case.get("agent_gender") for one in said if any(map(polish.first_person_past, polish._WORD.findall(one.sentence)))} >= {
        "f",
        "m",
    }
    assert {one.case.get("customer_gender") for one in said if {"Pan", "Pani", "Pana"} & set(polish._WORD.findall(one.sentence))} >= {
        "f",
        "m",
    }
    assert len({one.sentence for one in said if polish._NUMBER.search(one.sentence)}) > 50


@pytest.mark.parametrize(
    ("sentence", "gender"),
    [
        ("Sprawdziłem zamówienie.", "f"),
        ("Sprawdziłam zamówienie.", "m"),
        ("Sprawdziłam zamówienie.", None),
        ("Chciałbym to naprawić.", "f"),
        ("Powinnam to wiedzieć.", "m"),
        ("Dopilnuję tego sama.", "m"),
        ("Dopilnuję tego sam.", None),
    ],
)
def test_wrong_gender_of_the_worker_is_seen(sentence: str, gender: str | None) -> None:
    assert polish.worker(sentence, gender)


@pytest.mark.parametrize(
    ("sentence", "gender"), [("Sprawdziłam zamówienie sama.", "f"), ("Sprawdzam zamówienie.", None), ("Paczka przyszła sama.", None)]
)
def test_right_gender_of_the_worker_passes(sentence: str, gender: str | None) -> None:
    assert not polish.worker(sentence, gender)


@pytest.mark.parametrize(
    ("sentence", "gender"),
    [
        ("Czekał Pan długo.", "f"),
        ("Czekała Pani długo.", "m"),
        ("Czekała Pani długo.", None),
        ("Czekał Pani długo.", "f"),
        ("Proszę powiedzieć, co Pan widział.", None),
        ("Słucham Panią.", None),
        ("Oddzwonię do Pana.", "f"),
    ],
)
def test_wrong_gender_of_the_customer_is_seen(sentence: str, gender: str | None) -> None:
    assert polish.customer(sentence, gender)


@pytest.mark.parametrize(
    "sentence",
    [
        "Macie rację, wasz problem znam.",
        "Powiedz, co się stało.",
        "Czekasz długo.",
        "Zrobiłaś to.",
        "Czeka Pan/Pani długo.",
        "Pan/i czeka.",
        "Dam ci znać.",
    ],
)
def test_familiar_forms_are_seen(sentence: str) -> None:
    assert polish.familiar(sentence)


@pytest.mark.parametrize("sentence", ["Pani Anna, słucham.", "Panie Jan, słucham.", "Pan Janie, słucham.", "Proszę Panią, słucham."])
def test_wrong_addresses_are_seen(sentence: str) -> None:
    assert polish.vocative(sentence)


@pytest.mark.parametrize(
    "sentence", ["Pani Anno, słucham.", "Panie Janie, słucham.", "Proszę Pani, słucham.", "Słucham Panią. Proszę mówić."]
)
def test_right_addresses_pass(sentence: str) -> None:
    assert not polish.vocative(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "To 5 dzień.",
        "Czekać 21 dzień.",
        "Za 1 godzina.",
        "Za 5 godziny.",
        "Minęło 22 godzin.",
        "W ciągu 2 godziny.",
        "Za 3 dzień robocze.",
        "Za 3 dni roboczych.",
    ],
)
def test_wrong_numbers_are_seen(sentence: str) -> None:
    assert polish.numbers(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "To 5 dni.",
        "Minęło 21 dni.",
        "Za 1 godzinę.",
        "Za 22 godziny.",
        "W ciągu 2 godzin.",
        "Do 25 listopada 2027 roku.",
        "Za 3 dni robocze.",
        "Zamówienie nr 5 czeka.",
    ],
)
def test_right_numbers_pass(sentence: str) -> None:
    assert not polish.numbers(sentence)
