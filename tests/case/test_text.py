"""What a stranger typed: invisible and reordering characters go, everything else stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.case.text import clean, is_text, printable

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
