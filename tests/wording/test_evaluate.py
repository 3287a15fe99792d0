"""Messages become sentences, whatever the values hold."""

from __future__ import annotations

from timeit import repeat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.wording.evaluate import fragment, polish, render

FORBIDDEN = ("  ", " ,", " .", " !", " ?", " :", " ;", "..", "?.", "!.", "….", "« ,»", "\ufdd0")
PLURAL = {"one": [["#"], " день"], "few": [["#"], " дня"], "many": [["#"], " дней"], "other": [["#"], " дня"]}
SELECT = {"f": ["сама"], "m": [], "other": ["лично"]}
NASTY = st.text(alphabet=" .,!?…:;«»“„\"'\u00a0\ufdd0{}#[]xXя0\n", max_size=6)


def test_literals_and_values() -> None:
    assert render(["order ", ["v", "order"], " is late."], {"order": "A-1"}) == "Order A-1 is late."


def test_a_value_is_never_read_as_a_pattern() -> None:
    odd = "{customer} [red] '{' # “x”"
    assert render(["It is ", ["v", "item"], "."], {"item": odd}) == f"It is {odd}."


def test_an_unknown_variable_is_named() -> None:
    with pytest.raises(KeyError, match="order"):
        render([["v", "order"]], {})


@pytest.mark.parametrize(("key", "text"), [("f", "Я сама"), ("m", "Я"), ("other", "Я лично"), ("x", "Я лично")])
def test_select_takes_the_key_or_other(key: str, text: str) -> None:
    assert render(["я ", ["s", "wg", SELECT]], {"wg": key}) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1 день"), (3, "3 дня"), (5, "5 дней"), (21, "21 день"), ("1.5", "1,5 дня"), (1000, "1\u00a0000 дней")],
)
def test_plural_takes_the_category(number: Any, text: str) -> None:
    assert render([["p", "days", PLURAL]], {"days": number, "lang": "ru"}) == text


def test_an_exact_number_comes_before_its_category_even_when_its_branch_is_empty() -> None:
    message = ["x", ["p", "n", {"=1": [], "one": [" one"], "other": [" other"]}]]
    assert render(message, {"n": 1, "lang": "en"}) == "X"
    assert render(message, {"n": 2, "lang": "en"}) == "X other"


def test_an_empty_category_stays_empty_and_a_missing_one_is_other() -> None:
    assert render(["x", ["p", "n", {"one": [], "other": [" other"]}]], {"n": 1, "lang": "en"}) == "X"
    assert render(["x", ["p", "n", {"other": [" other"]}]], {"n": 1, "lang": "en"}) == "X other"


def test_the_number_of_the_inner_plural_and_of_the_outer_one() -> None:
    inner = ["p", "b", {"other": [["#"]]}]
    message = [["p", "a", {"other": [["#"], "/", inner, "/", ["s", "wg", {"other": ["(", ["#"], ")"]}]]}]]
    assert render(message, {"a": 2, "b": 5, "wg": "f", "lang": "en"}) == "2/5/(2)"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("«понимаю»", "«Понимаю»"),
        ("(“well”", "(“Well”"),
        ("«", "«"),
        ("", ""),
        ("15 минут", "15 минут"),
        ("Acme Inc..", "Acme Inc."),
        ("why?.", "Why?"),
        ("wait….", "Wait…"),
        ("Inc.?", "Inc?"),
        (" a  b ,c . ", "A b,c."),
        ("№\u00a0 5", "№\u00a05"),
        ("a ?! b", "A?! b"),
    ],
)
def test_polish(raw: str, clean: str) -> None:
    assert polish(raw) == clean


@pytest.mark.parametrize(("address", "text"), [("", "Thank you. Your order is late."), ("Anna, ", "Thank you. Anna, your order is late.")])
def test_a_name_that_opens_a_sentence_or_is_left_out_of_it(address: str, text: str) -> None:
    assert render(["Thank you. ", ["v", "addr_pre"], "your order is late."], {"addr_pre": address}) == text


def test_a_deadline_is_capital_only_where_it_opens_a_sentence() -> None:
    values = {"by": "by 3 pm"}
    assert render([["v", "by"], " I call."], values) == "By 3 pm I call."
    assert render(["I call. ", ["v", "by"], "!"], values) == "I call. By 3 pm!"
    assert render(["I call ", ["v", "by"], "."], values) == "I call by 3 pm."
    assert render([["s", "wg", {"other": [["v", "by"], " I call."]}]], {**values, "wg": "f"}) == "By 3 pm I call."
    assert render(["Well, ", ["s", "wg", {"other": [["v", "by"], " I call."]}]], {**values, "wg": "f"}) == "Well, by 3 pm I call."


def test_a_branch_may_open_a_sentence() -> None:
    branches = {"f": [["v", "addr_pre"], "order it."], "other": [["v", "by"], " I call."]}
    message = ["Good. ", ["s", "wg", branches]]
    assert render(message, {"wg": "m", "by": "by 3 pm"}) == "Good. By 3 pm I call."
    assert render(message, {"wg": "f", "addr_pre": ""}) == "Good. Order it."


def test_a_fragment_stays_as_it_is() -> None:
    assert fragment([["v", "by"], " ..*"], {"by": "by 3 pm"}) == "by 3 pm ..*"


@given(st.lists(NASTY | st.text(max_size=5), min_size=4, max_size=4))
def test_no_value_can_break_the_punctuation(inserted: list[str]) -> None:
    names = ["addr_pre", "item", "addr_mid", "by"]
    message = [
        ["v", "addr_pre"],
        "the «",
        ["v", "item"],
        "» is late",
        ["v", "addr_mid"],
        ". ",
        ["v", "by"],
        " I ask. Yes",
    ]
    text = render(message, dict(zip(names, inserted, strict=True)))
    assert [mark for mark in FORBIDDEN if mark in text] == []
    assert text == polish(text)
    assert not text[:1].islower() or text[:1].upper() == text[:1]


def test_a_typical_message_is_microseconds() -> None:
    message = [
        "Order ",
        ["v", "order"],
        " is late",
        ["v", "addr_mid"],
        ". I ",
        ["s", "wg", SELECT],
        " call you ",
        ["v", "by"],
        ".",
    ]
    values = {"order": "4471", "addr_mid": ", Anna", "wg": "f", "by": "by 3 pm today"}
    best = min(repeat(lambda: render(message, values), number=2000, repeat=9)) / 2000
    assert best < 20e-6  # 2 µs measured; the rest is for a busy machine
