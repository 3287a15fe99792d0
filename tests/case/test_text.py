"""What a stranger typed: invisible and reordering characters go, everything else stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.case.text import clean, edges, is_text, name, printable

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("char", [*BIDI, "\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u200b", "\ufeff", "\u00ad", "\U000e0041", "\u2060"])
def test_invisible_and_reordering_characters_go(char: str) -> None:
    assert clean(f"An{char}na") == "Anna"


@pytest.mark.parametrize("char", ["\t", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\u00a0", "  "])
def test_line_ends_and_spaces_become_one_space(char: str) -> None:
    assert clean(f" Anna{char}Nowak ") == "Anna Nowak"


@pytest.mark.parametrize(
    "text",
    [
        "[red]",
        "{customer}",
        ":warning:",
        "O’Neil",
        '"x" «y» „z”',
        "👩‍👩‍👧",
        "❤️",
        "Żaneta",
        "Әйгерім",
        "a\\b",
        "<b>&amp;",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("text", ["", " ", "-", "...", "—", "?", "\u200e", ". . ."])
def test_what_says_nothing_is_empty(text: str) -> None:
    assert clean(text) == ""


@pytest.mark.parametrize(("text", "wanted"), [("so..", "so…"), ("so...", "so…"), ("so....", "so…"), ("a.b", "a.b")])
def test_no_run_of_full_stops(text: str, wanted: str) -> None:
    assert ".." not in clean(text)
    assert clean(text).startswith(wanted[:3])


@given(text=st.text())
def test_cleaned_text_is_quiet(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert ".." not in cleaned
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()
    assert not any(unicodedata.category(char) == "Cc" or char in BIDI for char in cleaned)
    assert not any(unicodedata.category(char) == "Cc" or char in BIDI for char in printable(text))


def test_half_pairs_are_no_text() -> None:
    assert is_text("Żółć 👍")
    assert not is_text("a\udcff")
    assert not is_text("\ud83d")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Иван,", "Иван"), (",Иван", "Иван"), ("Иван:", "Иван"), ("; Иван ;", "Иван"), ("Иван.", "Иван"), ("Иван. ,", "Иван"), ("- Иван -", "Иван"), ("Анна . Сергеевна", "Анна Сергеевна"),
        ("Иванов , Иван", "Иванов, Иван"), ("Иванов,, Иван", "Иванов, Иван"), ("Петрова А. С.", "Петрова А. С."), ("Петрова А.С.", "Петрова А.С."), ("Jane Smith Jr.", "Jane Smith Jr."),
        ("Dr. Jane", "Dr. Jane"), ("O’Neil", "O’Neil"), ("Anna-Maria", "Anna-Maria"), ("Wow!", "Wow!"), ("?!x", "x"), ("… Иван", "Иван"), (",.;", ""), (":x:", "x"), ("Иван…", "Иван…"),
    ],
)  # fmt: skip
def test_a_name_loses_what_a_form_left_around_it(typed: str, wanted: str) -> None:
    assert name(clean(typed)) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Acme Inc.", "Acme Inc."),
        ("Acme,", "Acme"),
        ("Acme.", "Acme"),
        ("Sklep sp. z o.o.", "Sklep sp. z o.o."),
        ("T - Mobile", "T - Mobile"),
    ],
)
def test_the_edges_of_a_company(typed: str, wanted: str) -> None:
    assert edges(typed) == wanted


@given(text=st.text(alphabet=".,;:- AbИ…!", max_size=12))
def test_a_tidy_name_stays(text: str) -> None:
    tidy = name(clean(text))
    assert name(clean(tidy)) == tidy
    assert not tidy.startswith((",", ";", ":", " "))
    assert not tidy.endswith((",", ";", ":", " "))


def test_noncharacters_go() -> None:
    assert clean("A\ufdd0\ufdd2na") == "Ana"
