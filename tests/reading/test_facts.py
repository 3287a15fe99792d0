"""Orders, sums and promised dates in messages of four languages, and what only looks like them."""

from __future__ import annotations

import pytest

from tests.reading.readers import reader


@pytest.mark.parametrize(
    ("text", "lang", "told"),
    [
        ("My order 4417 is late", "en", {"order": "4417"}),
        ("Where is order no. A-4417/2?", "en", {"order": "A-4417/2"}),
        ("You charged me $49.99 twice", "en", {"amount": "49.99 $"}),
        ("I paid 120 EUR for nothing", "en", {"amount": "120 EUR"}),
        ("You promised to deliver it by 25 November", "en", {"promised": "25.11"}),
        ("Заказ №7731 не пришёл", "ru", {"order": "7731"}),
        ("где мой заказ 55120", "ru", {"order": "55120"}),
        ("верните 1 500 руб", "ru", {"amount": "1 500 руб"}),
        ("Обещали привезти 3 декабря", "ru", {"promised": "3.12"}),
        ("Обещали привезти 03.12.2026", "ru", {"promised": "03.12.2026"}),
        ("Zamówienie nr 88213 nie doszło", "pl", {"order": "88213"}),
        ("Pobraliście 59,90 zł", "pl", {"amount": "59,90 zł"}),
        ("Obiecaliście dostawę na 12 grudnia", "pl", {"promised": "12.12"}),
        ("Тапсырыс №3094 келмеді", "kk", {"order": "3094"}),
        ("менен 25 000 теңге алып қойдыңыздар", "kk", {"amount": "25 000 теңге"}),
        ("15 қарашада жеткіземіз деп уәде бердіңіздер", "kk", {"promised": "15.11"}),
    ],
)
def test_facts_are_found(text: str, lang: str, told: dict[str, str]) -> None:
    assert reader().read(text, lang)["case"] == told


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("I want to order 2 pieces", "en"), ("Waiting for 14 days now", "en"), ("In 2024 it was better", "en"), ("Call me at 15:30", "en"),
        ("I ordered on 12.11 and nothing", "en"), ("the 3rd time in May", "en"), ("It has 128 GB", "en"),
        ("жду 9 дней", "ru"), ("в 2024 году", "ru"), ("звонил 3 раза", "ru"), ("дом 15 кв 208", "ru"), ("скорость 100 мбит", "ru"),
        ("czekam 10 dni", "pl"), ("dzwoniłem 4 razy", "pl"), ("o 15:30", "pl"),
        ("9 күн болды", "kk"), ("3 рет хабарластым", "kk"), ("сағат 15:30", "kk"),
    ],
)  # fmt: skip
def test_other_numbers_are_none(text: str, lang: str) -> None:
    assert reader().read(text, lang)["case"] == {}


def test_a_date_without_a_promise_is_none() -> None:
    assert reader().read("You promised. I came on 25 November", "en")["case"] == {}
