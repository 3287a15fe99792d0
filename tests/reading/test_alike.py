"""Which known line a sentence says in other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.reading.alike import Lines, numbers, sentences, stems

LINES = Lines(
    {
        "hold": ["Wait.", "Please hold the line for a moment."],
        "propose": ["Диван привезём в четверг, водитель позвонит за час."],
        "flat_no": ["Niestety nie mogę tego zmienić, takie mamy procedury."],
        "own": ["Мұны өзім шешемін, сіздің хабарласуыңызды күтемін."],
    }
)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Would you hold the line a moment, please?", "hold"),
        ("Водитель за час позвонит, а диван привезём вам в четверг.", "propose"),
        ("Takie mamy procedury, nie mogę tego niestety zmieniać.", "flat_no"),
        ("Сіздің хабарласуыңызды күтіп, мұны өзім шешемін.", "own"),
        ("Wait!", "hold"),
        ("We wait for the driver who brings the sofa on Thursday.", ""),
        ("Диван мы привезли бы, но водителей сегодня больше нет.", ""),
        ("", ""),
        ("?!", ""),
    ],
)
def test_other_words_same_line(sentence: str, name: str) -> None:
    assert LINES.nearest(sentence) == name


def test_of_two_the_first() -> None:
    assert Lines({"one": ["Please hold the line."], "two": ["Please hold the line."]}).nearest("Please hold the line.") == "one"


def test_stems_and_numbers() -> None:
    assert stems("Привезли диваны, не привезём же мы диван") == {"приве", "диван"} | {"диван"[:5], "привезём"[:5]}
    assert numbers("order 4471, 9 to 12") == {"4471", "9", "12"}


@given(st.text(alphabet="ab .?!…\n", max_size=40))
def test_sentences_cover_every_word(text: str) -> None:
    parts = [text[start:end] for start, end in sentences(text)]
    assert all(part.strip() for part in parts)
    assert "".join(parts).count("a") == text.count("a")


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert LINES.nearest(text) in {"hold", "propose", "flat_no", "own", ""}
