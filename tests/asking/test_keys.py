"""Keys are physical: whatever layout, case or alphabet the keyboard is set to, the same key does the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcoach.asking.keys import HOME_ROW, PICKS, TOP_ROW, latin, letter, typed_as
from tests.support import LANGS, live

if TYPE_CHECKING:
    from tests.support import Place

QWERTY = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
CYRILLIC = ("йцукенгшщз", "фывапролд", "ячсмить")
NEIGHBOURS = "хъжэбюё"  # on keys that print punctuation in Latin
KAZAKH_DIGITS = {"2": "ә", "3": "і", "4": "ң", "5": "ғ", "8": "ү", "9": "ұ", "0": "қ"}
PRINTED = {key: printed for row, rows in zip(QWERTY, CYRILLIC, strict=True) for key, printed in zip(row, rows, strict=True)}
NAMED = ["enter", "space", "backspace", "left", "right", "up", "down", "escape"]


def cyrillic(key: str) -> str:
    return PRINTED.get(key, key)


def kazakh(key: str) -> str:
    return KAZAKH_DIGITS.get(key) or cyrillic(key)


def capital(key: str) -> str:
    return key if key in NAMED else key.upper()


def test_every_letter_of_qwerty_is_itself() -> None:
    for key in "".join(QWERTY):
        assert latin(key) == key


def test_every_letter_of_the_cyrillic_layout_is_the_key_under_it() -> None:
    assert len(PRINTED) == 26
    for key, printed in PRINTED.items():
        assert latin(printed) == key


def test_the_kazakh_number_row_is_digits() -> None:
    for digit, printed in KAZAKH_DIGITS.items():
        assert latin(printed) == digit
        assert latin(printed.upper()) == digit


def test_shift_and_caps_lock_make_no_difference() -> None:
    for key, printed in PRINTED.items():
        assert latin(key.upper()) == latin(printed.upper()) == key


@pytest.mark.parametrize("char", [*NEIGHBOURS, *NEIGHBOURS.upper(), *"өһ1670.,;-=[]`²٣ß中😀"])
def test_other_characters_are_no_key_of_ours(char: str) -> None:
    assert not set(latin(char)) & set("".join(QWERTY))


@given(text=st.text())
def test_any_text_has_keys(text: str) -> None:
    assert latin(latin(text)) == latin(text)


@pytest.mark.parametrize("lang", LANGS)
def test_a_key_is_printed_as_the_keyboard_of_the_interface_prints_it(lang: str) -> None:
    for key, printed in PRINTED.items():
        assert letter(key, lang) == (printed if lang in {"ru", "kk"} else key)
        assert latin(letter(key, lang)) == key


def test_lists_are_picked_by_the_home_row_then_the_top_row() -> None:
    assert (HOME_ROW, TOP_ROW) == ("asdfghjkl", "qwertuiop")
    assert PICKS == HOME_ROW + TOP_ROW
    assert len(set(PICKS)) == 18


def test_no_list_is_picked_by_a_key_that_moves_between_layouts() -> None:
    assert not set(PICKS) & set("yz")


@pytest.mark.parametrize("layout", [cyrillic, kazakh, capital, lambda key: capital(cyrillic(key)), lambda key: capital(kazakh(key))])
def test_every_layout_gives_the_same_call(at: Place, layout: Any) -> None:
    keys = st.sampled_from([*"qwertyuiopasdfghjklzxcvbnm", *"0123456789", *NAMED, "enter", "enter", "f", "x", "g", "j"])

    @settings(max_examples=60)
    @given(pressed=st.lists(keys, max_size=25))
    def check(pressed: list[str]) -> None:
        one, other = (live(at, {"cause": "delivery"}, "en", "ru") for _ in range(2))
        for key in pressed:
            assert one.keys(key) == other.keys(layout(key)), key
            assert (one.call.key(), one.call.line()) == (other.call.key(), other.call.line())
            assert (one.panel and one.panel.title) == (other.panel and other.panel.title)
        assert [error.code for error in one.errors] == [error.code for error in other.errors]

    check()


def test_a_key_as_every_layout_types_it() -> None:
    assert typed_as("a") == ["A", "a", "Ф", "ф"]
    assert {"1", '"'} <= set(typed_as("1"))
    assert {"2", "ә", "Ә"} <= set(typed_as("2"))
    taken = [char for key in "123456789asdfthocpwb" for char in typed_as(key)]
    assert len(taken) == len(set(taken)), "no character is two keys"
