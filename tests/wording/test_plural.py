"""Our plural rules and number formats are CLDR's."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.case.languages import LANGS
from clientcoach.wording.plural import categories, category, number_text

DECIMALS = [f"{whole}.{part}" for whole in (*range(30), 100, 101, 112, 1000) for part in ("0", "1", "5", "00", "10", "25")]


@pytest.mark.parametrize("lang", LANGS)
def test_categories_agree_with_babel(lang: str) -> None:
    rule = Locale(lang).plural_form
    for number in [*range(2001), 1_000_000, 2_000_001]:
        assert category(lang, number) == rule(number), number
    for text in DECIMALS:
        assert category(lang, text) == rule(Decimal(text)), text


@pytest.mark.parametrize("lang", LANGS)
def test_every_category_is_named(lang: str) -> None:
    seen = {category(lang, number) for number in range(30)} | {category(lang, "1.5")}
    assert seen == set(categories(lang)) == set(Locale(lang).plural_form.tags) | {"other"}


@pytest.mark.parametrize("lang", LANGS)
@given(number=st.integers(-(10**9), 10**9) | st.decimals(-(10**6), 10**6, places=2).map(float))
def test_numbers_are_written_as_babel_writes_them(lang: str, number: float) -> None:
    expected = format_decimal(number, locale=lang, decimal_quantization=False)
    assert number_text(lang, number).replace("-0", "0") == expected.replace("-0", "0")


def test_a_float_without_fraction_is_whole() -> None:
    assert category("ru", 2.0) == "few"
    assert number_text("ru", 2.0) == "2"


def test_another_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        category("zz", 1)
