"""The questions of a drill line by line: keys as any keyboard types them, numbers, nothing but Enter, the end of the input."""

from __future__ import annotations

import io

import pytest

from clientcoach.asking.plain import Plain

ITEMS = [("good", "1a", "1) I see"), ("bad", "2s", "2) Calm down"), ("hint", "h", "h) a hint")]
ACTS = [("listen", "listening"), ("explore", "question"), ("thank", "thanks")]


def plain(*lines: str) -> Plain:
    return Plain(io.StringIO("".join(f"{line}\n" for line in lines)), io.StringIO())


@pytest.mark.parametrize(
    ("typed", "value"), [("1", "good"), ("A", "good"), ("ф", "good"), ("2", "bad"), ("ә", "bad"), ("Р", "hint"), (" 2 ", "bad")]
)
def test_a_key_as_it_is_typed(typed: str, value: str) -> None:
    assert plain(typed).pick("?", ITEMS) == value


def test_enter_takes_the_first_or_what_is_pointed_at() -> None:
    assert plain("").pick("?", ITEMS) == "good"
    assert plain("").pick("?", ITEMS, "hint") == "hint"


def test_what_is_no_key_is_asked_again() -> None:
    asker = plain("x", "12", "1a", "?", "2")
    assert asker.pick("Well?", ITEMS) == "bad"
    assert asker.screen.getvalue().count(": ") == 5
    assert all(title in asker.screen.getvalue() for _, _, title in ITEMS)


def test_a_line_is_a_text() -> None:
    asker = plain("  I see, go on. ")
    assert asker.text("Your words", "(Enter: back)") == "I see, go on."
    assert "Your words (Enter: back)" in asker.screen.getvalue()


@pytest.mark.parametrize(
    ("typed", "marked", "found"),
    [("1 3", [], ["listen", "thank"]), ("3,2", [], ["thank", "explore"]), ("", ["thank"], ["thank"]), ("9 x", ["thank"], ["thank"])],
)
def test_several_by_their_numbers(typed: str, marked: list[str], found: list[str]) -> None:
    assert plain(typed).several("?", "", ACTS, marked, "One at least.") == found


def test_several_is_one_at_least() -> None:
    asker = plain("", "0", "4", "2")
    assert asker.several("?", "", ACTS, [], "One at least.") == ["explore"]
    assert asker.screen.getvalue().count("One at least.") == 3


def test_the_end_of_the_input_is_leaving() -> None:
    for ask in (
        lambda asker: asker.pick("?", ITEMS),
        lambda asker: asker.text("?", ""),
        lambda asker: asker.several("?", "", ACTS, [], ""),
    ):
        with pytest.raises(EOFError):
            ask(plain())
