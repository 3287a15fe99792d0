"""Sums as people type them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.case.money import decimals, parse


@pytest.mark.parametrize(
    ("typed", "minor", "currency"),
    [
        ("38 EUR", 3800, "EUR"), ("38EUR", 3800, "EUR"), ("EUR 38", 3800, "EUR"), ("€12", 1200, "EUR"), ("12 €", 1200, "EUR"), ("38,50 zł", 3850, "PLN"),
        ("38.5 PLN", 3850, "PLN"), ("15 000 ₸", 1500000, "KZT"), ("15\u00a0000 тг", 1500000, "KZT"), ("15\u202f000 теңге", 1500000, "KZT"),
        ("1’000 chf", 100000, "CHF"), ("15.000 ₸", 1500000, "KZT"), ("15,000 KZT", 1500000, "KZT"), ("1.234,56 EUR", 123456, "EUR"), ("1,234.56 USD", 123456, "USD"),
        ("1 500 руб.", 150000, "RUB"), ("0 EUR", 0, "EUR"), ("0,05 EUR", 5, "EUR"), ("500 JPY", 500, "JPY"), ("1,500 JPY", 1500, "JPY"),
        ("38 złotych", 3800, "PLN"), ("38 zl", 3800, "PLN"), ("2 złote", 200, "PLN"), ("5 рублей", 500, "RUB"), ("5 руб.", 500, "RUB"), ("5 р.", 500, "RUB"),
        ("15000 теңге", 1500000, "KZT"), ("15 000 ТЕНГЕ", 1500000, "KZT"), ("15000тг.", 1500000, "KZT"), ("38 euros", 3800, "EUR"), ("5 долларов", 500, "USD"),
        ("1.000 BHD", 1000, "BHD"), ("1,5 BHD", 1500, "BHD"), ("1.000.000 BHD", 10**9, "BHD"), ("1,000.250 BHD", 1000250, "BHD"), ("15 000 BHD", 15 * 10**6, "BHD"),
        ({"minor": 5, "currency": "eur"}, 5, "EUR"),
    ],
)  # fmt: skip
def test_read(typed: Any, minor: int, currency: str) -> None:
    assert parse(typed) == {"minor": minor, "currency": currency}


@pytest.mark.parametrize(
    "typed",
    ["", "EUR", "38", "100 XYZ", "38 EUT", "38 XAU", "38 ABC DEF", "38 AED AMD", "1.0000 BHD", "-5 EUR", "5,5,5 EUR", "1,2,3 EUR", "0.125 EUR", "1 2 3 EUR", "15 00 EUR", "1,234 EUR 5", "5.5 JPY", "5,123,4 EUR 6", "12-34 EUR",
     "1²3 EUR", "٣ EUR", "1" * 13 + " EUR", None, 38, 3.8, True, [], {}, {"minor": 1}, {"minor": -1, "currency": "EUR"}, {"minor": True, "currency": "EUR"},
     {"minor": 1.5, "currency": "EUR"}, {"minor": 1, "currency": 5}, {"minor": 1, "currency": "E"}, {"minor": 1, "currency": "XYZ"}, {"minor": 1, "currency": "D A"}, {"minor": 10**14, "currency": "EUR"},
     {"minor": 1, "currency": "EUR", "more": 1}],
)  # fmt: skip
def test_refused(typed: Any) -> None:
    with pytest.raises(ValueError, match="money|currency"):
        parse(typed)


@given(minor=st.integers(0, 10**11), mark=st.sampled_from(".,"))
def test_every_sum_survives(minor: int, mark: str) -> None:
    assert parse(f"{minor // 100}{mark}{minor % 100:02d} EUR") == {"minor": minor, "currency": "EUR"}


@given(text=st.text(max_size=20))
def test_nothing_else_than_a_value_error(text: str) -> None:
    try:
        assert 0 <= parse(text)["minor"] < 10**15
    except ValueError:
        pass


def test_the_currencies_are_babels() -> None:
    path = Path(__file__).parents[1] / "language" / "generate" / "currencies.py"
    spec = importlib.util.spec_from_file_location("currencies", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.text() == module.FILE.read_text(encoding="utf-8")
    assert {code: decimals(code) for codes in module.codes().values() for code in codes} == {
        code: get_currency_precision(code) for codes in module.codes().values() for code in codes
    }
    assert parse("5 EUR")["currency"] in module.codes()[2]
