"""What triage tells of a message: anger and its limits, flags, mood, the playbooks it suggests, evidence that can be found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.readers import LANGS, reader

COURT = {
    "ru": "Посылка девятый день лежит у вас на складе!!! Пойду в суд",
    "en": "My parcel has been sitting in your warehouse for nine days!!! I will take you to court",
    "pl": "Paczka dziewiąty dzień leży u was w magazynie!!! Idę do sądu",
    "kk": "Сәлемдемем тоғызыншы күн қоймада жатыр!!! Сотқа беремін",
}
PLAIN = {
    "en": "Hello, what time do you open on Saturday?", "ru": "Здравствуйте, до скольки вы работаете в субботу?",
    "pl": "Dzień dobry, o której otwieracie w sobotę?", "kk": "Сәлеметсіз бе, сенбіде нешеге дейін жұмыс істейсіздер?",
}  # fmt: skip
THANKS = {
    "en": "Thank you so much, everything was perfect!", "ru": "Спасибо большое, всё отлично!",
    "pl": "Bardzo dziękuję, wszystko super!", "kk": "Көп рахмет, бәрі керемет болды!",
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_a_parcel_and_the_court(lang: str) -> None:
    told = reader().read(COURT[lang])
    assert (told["lang"], told["cause"], told["mood"]) == (lang, "delivery", "negative")
    assert "legal" in told["flags"]
    assert told["anger"] >= 7
    assert all(COURT[lang][one["start"] : one["end"]] == one["text"] for one in told["evidence"])


@pytest.mark.parametrize("lang", LANGS)
def test_a_question_is_no_complaint_and_thanks_are_none(lang: str) -> None:
    question, thanks = reader().read(PLAIN[lang]), reader().read(THANKS[lang])
    assert (question["mood"], question["cause"], question["flags"], question["anger"]) == ("neutral", None, [], 0)
    assert (thanks["mood"], thanks["cause"], thanks["flags"]) == ("positive", None, [])
    assert (question["suggested"], thanks["suggested"]) == ([], [])


@pytest.mark.parametrize("text", ["!" * 50, "ААААААА!!!!!!", "WHERE WHEN WHAT!!!!", "Hellooooo!!! HELLO HELLO!!!", "???!!!"])
def test_marks_alone_never_go_above_six(text: str) -> None:
    assert all(reader().read(text, lang)["anger"] <= 6 for lang in LANGS)


@pytest.mark.parametrize(
    ("calm", "louder"),
    [
        ("I am angry", "I AM ANGRY"), ("I am angry", "I am angry!!!"), ("I am annoyed", "I am furious"),
        ("Я злюсь на вас", "Я злюсь на вас!!!"), ("Jestem wściekły", "JESTEM WŚCIEKŁY!!!"), ("It does not work", "It does not work, I will sue you"),
    ],
)  # fmt: skip
def test_anger_rises(calm: str, louder: str) -> None:
    assert reader().read(calm)["anger"] < reader().read(louder)["anger"]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("My friend is a lawyer, by the way nice shop", "legal"), ("I'm not angry, just asking", "abuse"), ("друг у меня юрист", "legal"),
        ("mój kolega jest prawnikiem", "legal"),
    ],
)  # fmt: skip
def test_what_only_sounds_like_it(text: str, flag: str) -> None:
    assert flag not in reader().read(text)["flags"]


def test_the_given_language_wins() -> None:
    told = reader().read("Где мой заказ", "kk")
    assert (told["lang"], told["sure"]) == ("kk", 1.0)


@pytest.mark.parametrize("lang", LANGS)
def test_shares_of_causes_and_places_are_sound(lang: str) -> None:
    told = reader().read(COURT[lang])
    assert told["cause"] == max(told["causes"], key=told["causes"].__getitem__)
    assert abs(sum(told["causes"].values()) - 1) < 0.05


@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    told = reader().read(text)
    assert told["lang"] in LANGS
    assert 0 <= told["anger"] <= 10
    assert 0 <= told["sure"] <= 1
    assert all(text[one["start"] : one["end"]] == one["text"] for one in told["evidence"])


def test_hardship_suggests_its_own_playbook_first() -> None:
    told = reader().read("My husband died last month and I cannot pay this bill, please help")
    assert "hardship" in told["flags"]
    assert told["suggested"][0] == "hardship"


@pytest.mark.parametrize("text", ["Thank you!!!", "СПАСИБО БОЛЬШОЕ!!!", "Dziękuję bardzo!!!", "Көп рахмет!!!"])
def test_marks_beside_thanks_are_no_anger(text: str) -> None:
    found = reader().read(text)
    assert (found["mood"], found["anger"]) == ("positive", 0)
