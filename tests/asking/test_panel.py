"""A panel alone: picked by keys, filtered by typing, moved through by arrows, typed into, read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.asking.keys import PICKS
from clientcoach.asking.panel import Panel
from tests.support import live

if TYPE_CHECKING:
    from tests.support import Hands, Place

TOWNS = ["Łódź", "Żywiec", "Gdańsk", "Орёл", "Ёлкино", "Йошкар-Ола", "Қарағанды", "Үштөбе", "Өскемен", "Шымкент", "Ақтөбе", "İzmir", "Málaga"]  # fmt: skip


def numbered(count: int) -> Panel:
    return Panel("list", [(number, f"item {number}") for number in range(1, count + 1)])


def towns() -> Panel:
    return Panel("towns", [(town, town) for town in [*TOWNS, *(f"Town {number}" for number in range(6))]])


def opened(at: Place, panel: Panel) -> Hands:
    hands = live(at)
    hands.panel = panel
    return hands


def taking(panel: Panel) -> list[Any]:
    taken: list[Any] = []
    panel.take = taken.append
    return taken


@pytest.mark.parametrize(("place", "key"), list(enumerate(PICKS, 1)))
def test_the_home_row_picks_the_first_nine_and_the_top_row_the_next(place: int, key: str) -> None:
    assert numbered(18).picked(key) == (True, place)


@pytest.mark.parametrize("digit", range(1, 10))
def test_a_digit_picks_its_item(digit: int) -> None:
    assert numbered(9).picked(str(digit)) == (True, digit)


@pytest.mark.parametrize(("printed", "place"), [("ә", 2), ("І", 3), ("ң", 4), ("Ғ", 5), ("ү", 8), ("ұ", 9)])
def test_a_letter_of_the_kazakh_number_row_picks_as_its_digit(at: Place, printed: str, place: int) -> None:
    hands = opened(at, numbered(9))
    taken = taking(hands.panel)
    hands.keys(printed)
    assert taken == [place]


@pytest.mark.parametrize("key", ["0", "қ", "y", "z", "p", "4", "ң", "²", "٣", "", ".", "😀"])
def test_a_key_without_an_item_picks_nothing(at: Place, key: str) -> None:
    hands = opened(at, numbered(3))
    taken = taking(hands.panel)
    hands.keys(key)
    assert taken == []
    assert hands.panel


def test_further_keys_have_their_own_values() -> None:
    panel = Panel("list", [(1, "one")], also={"x": "danger"})
    assert panel.picked("x") == (True, "danger")
    assert panel.picked("a") == (True, 1)


def test_eighteen_items_are_picked_and_nineteen_are_filtered() -> None:
    assert not numbered(18).typing
    assert numbered(18).letters == PICKS
    assert numbered(19).typing
    assert numbered(19).letters == ""
    assert numbered(19).picked("a") == numbered(19).picked("1") == (False, None)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("łódź", "Łódź"), ("lodz", "Łódź"), ("LODZ", "Łódź"), ("zywiec", "Żywiec"), ("gdan", "Gdańsk"), ("gdań", "Gdańsk"),
        ("орел", "Орёл"), ("орёл", "Орёл"), ("ОРЁЛ", "Орёл"), ("елкино", "Ёлкино"), ("ёлкино", "Ёлкино"), ("йошкар", "Йошкар-Ола"),
        ("караганды", "Қарағанды"), ("қарағанды", "Қарағанды"), ("ҚАРАҒ", "Қарағанды"), ("уштобе", "Үштөбе"), ("үштөбе", "Үштөбе"), ("оскемен", "Өскемен"),
        ("шымкент", "Шымкент"), ("актобе", "Ақтөбе"), ("ақтөбе", "Ақтөбе"), ("izmir", "İzmir"), ("malaga", "Málaga"), ("málaga", "Málaga"),
    ],
)  # fmt: skip
def test_a_long_list_filters_with_and_without_accents(typed: str, found: str) -> None:
    panel = towns()
    for end in range(1, len(typed) + 1):
        panel.type(typed[:end])
        assert found in [label for _, label in panel.shown()]
    assert [label for _, label in panel.shown()] == [found]
    assert panel.entered() == (True, found)


def test_an_empty_filter_shows_all() -> None:
    panel = towns()
    assert panel.shown() == panel.items
    panel.type("gda")
    panel.type("")
    assert panel.shown() == panel.items


def test_typing_points_at_the_first_that_is_left() -> None:
    panel = towns()
    panel.move(9)
    panel.type("town")
    assert panel.entered() == (True, "Town 0")
    panel.move(1)
    assert panel.entered() == (True, "Town 1")


def test_where_nothing_matches_nothing_is_taken(at: Place) -> None:
    hands = opened(at, towns())
    taken = taking(hands.panel)
    hands.write("qqqq")
    hands.keys("down", "up", "enter")
    assert taken == []
    assert hands.panel.shown() == []
    hands.write("gda")
    assert taken == ["Gdańsk"]


@pytest.mark.parametrize("count", [1, 2, 9, 18, 30])
def test_arrows_go_round_the_ends(count: int) -> None:
    panel = numbered(count)
    for place in [*range(1, count + 1), 1]:
        assert panel.entered() == (True, place)
        panel.move(1)
    panel.move(-1)
    panel.move(-1)
    assert panel.entered() == (True, count)


def test_arrows_go_round_what_the_filter_has_left() -> None:
    panel = towns()
    panel.type("town")
    panel.move(-1)
    assert panel.entered() == (True, "Town 5")
    panel.move(1)
    assert panel.entered() == (True, "Town 0")


def test_enter_takes_what_the_arrows_point_at(at: Place) -> None:
    hands = opened(at, numbered(5))
    taken = taking(hands.panel)
    hands.keys("down", "down", "up", "enter")
    assert taken == [2]
    assert hands.panel is None


def test_the_pointer_begins_at_the_value_of_now() -> None:
    items = [(number, str(number)) for number in range(5)]
    assert Panel("list", items, at=3).entered() == (True, 3)
    assert Panel("list", items, at="gone").entered() == (True, 0)


@given(moves=st.lists(st.integers(-1, 1)), typed=st.sampled_from(["", "т", "town", "zzz"]))
def test_the_pointer_never_leaves_the_list(moves: list[int], typed: str) -> None:
    panel = towns()
    panel.type(typed)
    for by in moves:
        panel.move(by)
        assert panel.pointed in range(max(1, len(panel.shown())))


def test_a_page_scrolls_down_and_back_to_its_top_and_enter_closes_it(at: Place) -> None:
    hands = opened(at, Panel("notes", body=["notes"]))
    hands.keys("up")
    assert hands.panel.pointed == 0
    hands.keys("down", "down", "up")
    assert hands.panel.pointed == 1
    hands.keys("a", "1", "x")
    assert hands.panel
    hands.keys("enter")
    assert hands.panel is None


def test_a_text_is_typed_and_enter_takes_it(at: Place) -> None:
    hands = opened(at, Panel("text", entry="before"))
    taken = taking(hands.panel)
    assert hands.panel.text == "before"
    assert hands.panel.typing
    hands.keys("a", "x", "1", "space")
    assert taken == []
    hands.write("x a 1 é ә")
    assert taken == ["x a 1 é ә"]
    assert hands.panel is None


def test_backspace_goes_to_the_panel_before_and_then_closes(at: Place) -> None:
    for key in ("backspace", "left"):
        hands = opened(at, numbered(3))
        first = hands.panel
        second, third = numbered(4), Panel("text", entry="")
        first.take = lambda _value, second=second: second
        second.take = lambda _value, third=third: third
        hands.keys("a", "s")
        assert hands.panel is third
        hands.keys(key)
        assert hands.panel is second
        hands.keys(key)
        assert hands.panel is first
        hands.keys(key)
        assert hands.panel is None


def test_backspace_in_a_text_is_the_texts_own(at: Place) -> None:
    hands = opened(at, Panel("text", entry=""))
    before = hands.panel
    hands.type("ab")
    hands.keys("backspace", "left")
    assert hands.panel is before
    hands.type("")
    hands.keys("backspace")
    assert hands.panel is None


def test_esc_closes_all_panels_at_once(at: Place) -> None:
    hands = opened(at, numbered(3))
    hands.panel.take = lambda _value: Panel("text", entry="")
    hands.keys("a")
    hands.type("half a word")
    hands.keys("escape")
    assert hands.panel is None


def test_a_list_without_items_has_nothing_to_take(at: Place) -> None:
    hands = opened(at, Panel("list", []))
    taken = taking(hands.panel)
    hands.keys("enter", "a", "1", "down", "up")
    assert taken == []


def test_a_paste_into_an_open_list_is_not_keys(at: Place) -> None:
    hands = opened(at, numbered(5))
    panel, taken = hands.panel, taking(hands.panel)
    hands.paste("a\nx\r1")
    assert taken == []
    assert hands.panel is panel
