"""Finding by words: however they are typed, best first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.matching.find import Index, folded

PHRASES = [
    "Возвращаю деньги за доставку сегодня.",
    "Доставка задерживается, я звоню на склад.",
    "Жеткізу ақысын бүгін қайтарамын.",
    "Proszę opowiedzieć o dostawie, dziś oddzwonię.",
    "I’m returning the delivery charge today.",
    "Today I’m calling the depot about your delivery, and then I’m calling you.",
    "Don’t hang up.",
]


def find(typed: str, *, stems: bool = True) -> list[str]:
    return [text for _, text in Index(enumerate(PHRASES)).find(typed, stems=stems)]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("деньги", 0), ("ДЕНЬГИ ДОСТАВКУ", 0), ("доставка", 1), ("склад звоню", 1), ("акысын", 2), ("қайтарамын", 2), ("кайтарамын", 2),
        ("oddzwonie", 3), ("dziś", 3), ("dzis", 3), ("charge", 4), ("delivery charge", 4), ("calling depot", 5), ("dont hang", 6), ("don't", 6),
    ],
)  # fmt: skip
def test_the_best_comes_first(typed: str, best: int) -> None:
    assert find(typed)[0] == PHRASES[best]


def test_every_word_has_to_be_there() -> None:
    assert find("charge depot") == []
    assert find("delivery today") == [PHRASES[4], PHRASES[5]]


def test_whole_words_come_before_beginnings_and_other_forms() -> None:
    index = Index(enumerate(["отпереводы", "переводчик", "перевода", "перевод"]))
    assert [text for _, text in index.find("перевод", stems=True)] == ["перевод", "переводчик", "перевода", "отпереводы"]
    assert [text for _, text in index.find("переводу", stems=True)] == ["перевода", "перевод"]


def test_another_form_of_a_word_is_found_only_where_it_is_wanted() -> None:
    assert find("доставки") == [PHRASES[0], PHRASES[1]]
    assert find("доставки", stems=False) == []
    assert find("до") != [], "short words have no other forms, but they begin others"


@pytest.mark.parametrize("typed", ["", " ", "...", "?!"])
def test_what_holds_no_word_finds_nothing_among_phrases_and_filters_a_list_as_it_stands(typed: str) -> None:
    assert find(typed) == []
    assert (find(typed, stems=False) == PHRASES) is (typed.strip() == "")


@given(text=st.text())
def test_what_is_in_a_text_is_found_in_it_however_it_is_written(text: str) -> None:
    for variant in (text, text.casefold()):
        assert folded(variant) in folded(text)


@given(texts=st.lists(st.text(max_size=40), max_size=8), typed=st.text(max_size=12), stems=st.booleans())
def test_any_text_is_searched_and_an_item_comes_once(texts: list[str], typed: str, stems: bool) -> None:
    found = Index(enumerate(texts)).find(typed, stems=stems)
    assert len(found) == len({place for place, _ in found}) <= len(texts)
    assert all(texts[place] == text for place, text in found)
