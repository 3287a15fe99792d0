"""Messages become sentences, whatever the values hold."""

from __future__ import annotations

from timeit import repeat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.case.text import clean
from clientcoach.wording.evaluate import _capital, fragment, polish, render

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


LITERAL = [
    ":warning:",
    ".NET",
    "!!!",
    "Yahoo!",
    "Acme Inc.",
    "a , b",
    "what ?",
    "so…",
    "; drop",
    "iPhone",
    "«x»",
    "?!",
    "№ :5",
    "a.…b",
    "…",
    "\u00a0x",
]


@pytest.mark.parametrize("value", LITERAL)
def test_a_value_stands_as_it_was_typed(value: str) -> None:
    assert (
        render(["Order ", ["v", "order"], " is late", ["v", "addr_mid"], "  ."], {"order": value, "addr_mid": ""})
        == f"Order {value} is late."
    )
    assert render([["v", "order"], " is late , or so."], {"order": value}) == f"{value} is late, or so."
    assert render(["It is «", ["v", "item_quoted"], "»."], {"item_quoted": value}) == f"It is «{value}»."
    assert render(["Late", ["v", "addr_mid"], " ."], {"addr_mid": f", {value}"}).startswith(f"Late, {value}")
    assert render([["v", "addr_pre"], " is late ?."], {"addr_pre": f"{value}, "}) == f"{_capital(value)}, is late?"


@pytest.mark.parametrize(
    ("value", "after", "text"),
    [
        ("Acme Inc.", ".", "Acme Inc."),
        ("Acme Inc.", "?", "Acme Inc.?"),
        ("Acme Inc.", ", too.", "Acme Inc., too."),
        ("Yahoo!", ".", "Yahoo!"),
        ("Yahoo!", "!", "Yahoo!"),
        ("Yahoo!", "?", "Yahoo!?"),
        ("why?", ".", "why?"),
        ("why?", "?", "why?"),
        ("so…", ".", "so…"),
        ("so…", "…", "so…"),
        ("x,", ", y.", "x, y."),
        ("x;", "; y.", "x; y."),
        (":x:", ": y.", ":x: y."),
        ("x:", "  .", "x:."),
        ("x ", " .", "x."),
        ("x ", " y.", "x y."),
    ],
)
def test_a_value_that_ends_in_a_mark_and_the_mark_after_it(value: str, after: str, text: str) -> None:
    assert render(["It is ", ["v", "order"], after], {"order": value}) == f"It is {text}"


def test_a_full_stop_before_and_a_space_before() -> None:
    assert render(["Name it.", ["v", "order"], " ."], {"order": ".NET"}) == "Name it.NET."
    assert render(["Name  ", ["v", "order"], " ."], {"order": " NET"}) == "Name NET."


def test_a_brand_or_a_number_that_opens_a_sentence_keeps_its_first_letter() -> None:
    assert render([["v", "item_quoted"], " is late."], {"item_quoted": "iPhone"}) == "iPhone is late."
    branches = {"f": [["v", "order"], " it is."], "other": []}
    assert render(["Well, ", ["s", "wg", branches]], {"wg": "f", "order": "a-17"}) == "Well, a-17 it is."
    assert render([["s", "wg", branches]], {"wg": "f", "order": "a-17"}) == "a-17 it is."
    assert render(["A . ", ["s", "wg", branches]], {"wg": "f", "order": ".x"}) == "A. .x it is."
    assert render(["«", ["v", "order"], "» is late."], {"order": "a-17"}) == "«a-17» is late."
    assert render(["«", ["v", "customer_voc"], "»!"], {"customer_voc": "proszę Pani"}) == "«Proszę Pani»!"


def seam(value: str, after: str) -> str:
    return value + (after[1:] if value[-1:] == after[0] or (after[0] == "." and value[-1:] in tuple("!?…")) else after)


@given(st.lists((NASTY | st.text(max_size=5)).map(clean), min_size=4, max_size=4))
def test_no_value_is_changed_and_none_breaks_the_punctuation(inserted: list[str]) -> None:
    before, item, inside, order = inserted
    values = {"addr_pre": f"{before}, " * bool(before), "item": item, "addr_mid": f", {inside}" * bool(inside), "order": order}
    message = [["v", "addr_pre"], "the «", ["v", "item"], "» is  late", ["v", "addr_mid"], " . I ask ", ["v", "order"], " . Yes ."]
    opening = f"{seam(_capital(before), ', ')}the" if before else "The"
    late = f"is late, {seam(inside, '.')}" if inside else "is late."
    asked = f"I ask {seam(order, '.')}" if order else "I ask."
    text = render(message, values)
    assert text == f"{opening} «{item}» {late} {asked} Yes."
    assert [mark for mark in ("  ", "..", "\ufdd0", "\ufdd1", "\ufdd2") if mark in text] == []


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
