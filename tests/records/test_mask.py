"""What names a person is found, and what cannot hold it is not even searched."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clientcoach.records.mask import FEWEST, masked
from clientcoach.records.personal import FINDERS

WORDS = st.sampled_from(["passport ", "паспорт № ", "paszport nr ", "төлқұжат: ", "card ", "AB", " ", "-", "+", "(", "("])
FEW = st.lists(st.one_of(WORDS, st.characters(categories=["Nd"], max_codepoint=0x39)), max_size=20).map("".join)


@given(FEW.filter(lambda text: sum(map(str.isdigit, text)) < FEWEST))
def test_a_text_that_is_not_searched_has_nothing_to_find(text: str) -> None:
    assert [kind for find in FINDERS for *_, kind in find(text) if kind] == []


def test_the_shortest_of_what_is_looked_for_is_found() -> None:
    assert masked("passport 123 456, dowód ABC 123456, паспорт 4512 345678") == (
        "passport [passport], dowód [passport], паспорт [passport]",
        {"passport": 3},
    )
    assert masked("a@b.de") == ("[email]", {"email": 1})
    assert masked("паспорт ١٢٣٤٥٦") == ("паспорт [passport]", {"passport": 1})


def test_a_phone_with_points_is_no_date() -> None:
    assert masked("8.701.123.45.67")[0] == "[phone]"
    assert masked("on 25.11. and 25.11.2026, 10:30; 2026-11-25 10")[1] == {}
