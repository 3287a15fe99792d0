"""The first frame: drawn by hand before rich is loaded, and yet the line stands where the whole screen has it a moment later."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clientcoach.asking.sight import held
from clientcoach.coach.board import board
from clientcoach.views.first import MEASURE, first
from clientcoach.views.terminal import draw
from tests.support import LANGS, live

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support import Hands, Place

WIDTHS = (*range(40, MEASURE + 6), 120, 160, 200)  # wider ones are wrapped as MEASURE is
HEIGHT = 24
EMPTY: dict[str, Any] = {"notes": [], "avoid": [], "missing": [], "offers": [], "known": {}, "upcoming": None}


def first_rows(line: str, hands: Hands, width: int) -> list[str]:
    """The rows of the line in the first frame."""
    shown = first(line, hands.words.strings, width)
    assert shown.startswith("\x1b[H\x1b[2J")
    return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", shown).split("\r\n")[:-1]


def listening(at: Place, lang: str, item: str = "X20") -> Iterator[tuple[Hands, str]]:
    """Each phrase of the first step, on screen."""
    hands = live(at, {"customer": "Zuzanna", "order": "4471", "item": item}, lang)
    call = hands.call
    for key, phrases in call.desk().playbook["phrases"].items():
        step, part = key.split(".")
        if step == "listen":
            for phrase in phrases:
                call.part, call.phrase = part, phrase
                yield hands, call.line()["text"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_line_does_not_move_when_the_whole_screen_comes(at: Place, lang: str) -> None:
    count = 0
    for hands, text in listening(at, lang):
        count += 1
        seen = board(hands.call)
        beside = held(hands, seen)
        for width in WIDTHS:
            early = first_rows(text, hands, width)
            later = [row.plain.rstrip() for row in draw({**seen, **EMPTY}, beside, hands.words.strings, width, HEIGHT).rows]
            assert early[3:] == later[3 : len(early)], width
            assert not later[len(early)].strip()
            assert later[2].startswith(early[2])
    assert count > 30


@pytest.mark.parametrize("lang", LANGS)
def test_the_rows_are_those_of_the_full_screen_with_all_its_sections(at: Place, lang: str) -> None:
    for hands, text in listening(at, lang):
        seen = board(hands.call)
        for width, height in ((40, 12), (80, 24), (200, 60)):
            early = first_rows(text, hands, width)
            later = [row.plain.rstrip() for row in draw(seen, held(hands, seen), hands.words.strings, width, height).rows]
            assert early[3:] == later[3 : len(early)]


@given(text=st.text(min_size=1, max_size=80), width=st.integers(40, 200))
@example(text="[red]x[/] :warning: \x1b[31m\n\u202e\x9b", width=40)
def test_no_fact_in_the_line_can_do_harm(at: Place, text: str, width: int) -> None:
    for row in first_rows(f"Order {text} is late.", live(at), width):
        assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} or char in "\u202e\u2066\u200e" for char in row)


@pytest.mark.parametrize("item", ["王小明的蓝色沙发床和两把椅子 " * 3, "a" * 90], ids=["wide", "long"])
def test_the_line_does_not_move_with_wide_or_long_words_in_it(at: Place, item: str) -> None:
    for hands, text in listening(at, "en", item=item.strip()):
        seen = board(hands.call)
        for width in (40, 60, 80, 120):
            early = first_rows(text, hands, width)
            later = [row.plain.rstrip() for row in draw({**seen, **EMPTY}, held(hands, seen), hands.words.strings, width, HEIGHT).rows]
            assert early[3:] == later[3 : len(early)], width
