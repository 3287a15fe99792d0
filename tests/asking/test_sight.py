"""What the keys and the clock add to the board: facts in words, notices by weight, the keys that matter now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.asking.keys import latin
from clientcoach.asking.panel import Panel
from clientcoach.asking.sight import held
from clientcoach.coach.board import board
from tests.support import LANGS, do, go_to, live

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import Hands, Place

FULL = {
    "cause": "delivery",
    "order": "4471",
    "item": "lamp",
    "amount": {"minor": 3800, "currency": "EUR"},
    "promised": "2026-11-13",
    "prior": 2,
    "fault": "ours",
    "customer": "Anna",
    "reference": "R5",
    "received": "2026-11-20",
    "hardship": True,
}


def sight(hands: Hands) -> dict[str, Any]:
    return held(hands, board(hands.call))


def known(at: Place, case: dict[str, Any], **more: Any) -> str:
    return sight(live(at, case, **more))["known"]


# what is known ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_facts_stand_in_words_and_in_order(at: Place, lang: str) -> None:
    hands = live(at, {**FULL, "verified": True}, ui=lang)
    words = hands.words
    said = {
        "cause": words("value.cause.delivery"),
        "order": "4471",
        "item": "lamp",
        "amount": words.money(3800, "EUR"),
        "promised": words.day("promised", "2026-11-13"),
        "prior": words("value.prior", count=2),
        "fault": words("value.fault.ours"),
        "customer": "Anna",
        "reference": "R5",
        "received": words.day("received", "2026-11-20"),
        "hardship": words("field.hardship"),
    }
    alone = {"cause", "prior", "hardship"}
    told = [said[name] if name in alone else f"{words(f'field.{name}')}: {said[name]}" for name in FULL]
    assert sight(hands)["known"] == " · ".join(told)


def test_with_nothing_known_the_screen_is_calm_about_it(at: Place) -> None:
    hands = live(at, {"verified": True, "hardship": False})
    assert sight(hands)["known"] == hands.words("screen.nothing_known")


def test_until_the_identity_check_everything_is_what_the_customer_said(at: Place) -> None:
    hands = live(at, {"order": "4471"})
    plain = known(at, {"order": "4471", "verified": True})
    assert sight(hands)["known"] == hands.words("screen.by_customer", facts=plain) != plain
    hands.fact("verified", True)
    assert sight(hands)["known"] == plain
    hands.fact("verified", False)
    assert sight(hands)["known"] == hands.words("screen.by_customer", facts=plain)


def test_no_failure_before_is_known_as_well(at: Place) -> None:
    hands = live(at, {"prior": 0, "verified": True})
    assert sight(hands)["known"] == hands.words("value.prior", count=0)


def test_a_number_or_answer_never_stands_alone_without_words(at: Place) -> None:
    shown = known(at, {**FULL, "verified": True}).split(" · ")
    assert not {"2", "True", "4471", "lamp"} & set(shown)


@pytest.mark.parametrize("bad", ["\x1b[31mred", "a\u202eb", "[bold]x[/]", "{order}", "line\nline"])
def test_a_hostile_fact_is_harmless_text(at: Place, bad: str) -> None:
    hands = live(at, {"verified": True})
    hands.fact("item", bad)
    shown = sight(hands)["known"]
    assert shown.isprintable()
    assert "\n" not in shown


def test_a_deadline_stands_by_itself(at: Place) -> None:
    hands = live(at)
    assert sight(hands)["due"] is None
    hands.fact("deadline", "2h")
    assert sight(hands)["due"] == hands.words.day("deadline", hands.call.case["deadline"])


# time, languages, notices -----------------------------------------------------------------------------------------------------


def test_the_pair_of_languages_is_the_one_that_the_key_toggles(at: Place) -> None:
    assert sight(live(at))["pair"] is None
    hands = live(at, lang="kk", ui="ru")
    for _ in range(3):
        here, other = sight(hands)["pair"]
        assert here == hands.call.lang
        hands.keys("l")
        assert hands.call.lang == other


def test_the_hold_comes_before_the_news_and_the_news_before_the_clock(at: Place) -> None:
    hands = live(at)
    hands.seconds = 100
    hands.keys("i")
    assert [level for level, _ in sight(hands)["notices"]] == ["told", "quiet"]
    hands.keys("c", "a", "enter")
    hands.wait(70)
    hands.keys("z", "w")
    hands.keys("c", "a", "enter")
    hands.wait(70)
    hands.press("k")
    levels = [level for level, _ in sight(hands)["notices"]]
    assert levels == ["due", "told"]


def test_an_open_panel_hides_the_nudge(at: Place) -> None:
    hands = live(at)
    hands.seconds = 100
    hands.keys("f")
    assert sight(hands)["notices"] == []
    hands.keys("escape")
    assert sight(hands)["notices"] == [("quiet", hands.words("screen.nudge"))]


# panels -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_items_of_a_panel_have_their_keys_as_the_keyboard_prints_them(at: Place, lang: str) -> None:
    hands = live(at, ui=lang)
    hands.keys("x")
    panel = sight(hands)["panel"]
    assert (panel["title"], panel["pointed"], panel["entry"], panel["body"]) == (hands.words("screen.interruption"), 0, False, [])
    assert [latin(key) for key, _ in panel["rows"]] == list("asdfghjklqwertu")
    assert [key.isascii() for key, _ in panel["rows"]] == [lang in {"en", "pl"}] * 15


def test_more_than_eighteen_items_have_no_keys_and_an_entry(at: Place) -> None:
    hands = live(at)
    hands.panel = Panel("towns", [(number, f"town {number}") for number in range(19)])
    hands.type("town 1")
    panel = sight(hands)["panel"]
    assert panel["entry"]
    assert panel["rows"] == [("", label) for label in ("town 1", *(f"town 1{digit}" for digit in range(9)))]


def test_a_text_to_type_has_an_entry_and_no_rows(at: Place) -> None:
    hands = live(at)
    hands.keys("f", "s")
    panel = sight(hands)["panel"]
    assert (panel["entry"], panel["rows"]) == (True, [])


def test_the_view_gets_plain_data(at: Place) -> None:
    hands = live(at, FULL)
    for keys in ([], ["f"], ["escape", "x", "x"], ["backspace", "r", "g"], ["escape", "c", "c", "enter"]):
        hands.keys(*keys)
        json.dumps({name: value for name, value in sight(hands).items() if name != "panel"})
        json.dumps(board(hands.call))


# keys -------------------------------------------------------------------------------------------------------------------------


def start(_hands: Hands) -> None:
    pass


def offers(hands: Hands) -> None:
    go_to(hands.call, "propose.options")


def over(hands: Hands) -> None:
    for _ in range(40):
        if hands.call.phrase:
            hands.keys("enter")


def insulted(hands: Hands) -> None:
    hands.keys("enter", "x", "a")


def endangered(hands: Hands) -> None:
    hands.keys("enter", "x", "x", "enter", "enter", "enter")


def on_hold(hands: Hands) -> None:
    hands.keys("enter", "c", "c", "enter")


def shortened(hands: Hands) -> None:
    hands.keys("a")


STATES = [start, shortened, offers, over, insulted, endangered, on_hold]


def key_of(hands: Hands, printed: str) -> list[str]:
    named = {hands.words(f"key.{key}"): key for key in ("enter", "space", "backspace")}
    return [named[printed]] if printed in named else list(printed)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("state", STATES)
def test_a_key_at_the_foot_of_the_screen_always_does_something(at: Place, lang: str, state: Callable[[Hands], None]) -> None:
    def there() -> Hands:
        hands = live(at, {"cause": "delivery", "verified": True}, lang)
        state(hands)
        return hands

    hints = sight(there())["hints"]
    assert len(hints) >= 5
    assert len({key for key, _ in hints}) == len(hints)
    for printed, label in hints:
        hands = there()
        before = board(hands.call)
        events = hands.keys(*key_of(hands, printed))
        assert events or hands.panel or board(hands.call) != before, (printed, label)
        assert hands.errors == [], (printed, label)


def test_the_keys_at_the_foot_are_those_of_the_moment(at: Place) -> None:
    def names(state: Callable[[Hands], None]) -> list[str]:
        hands = live(at, {"cause": "delivery", "verified": True})
        state(hands)
        return [label for _, label in sight(hands)["hints"]]

    word = live(at).words
    assert names(start)[:3] == [word("key.next"), word("key.another"), word("key.back")]
    assert word("key.offers") in names(offers)
    assert word("key.offers") not in names(start)
    assert word("key.end") in names(over)
    assert word("key.next") not in names(over)
    assert word("key.return") in names(insulted)
    assert word("key.back") not in names(insulted)
    assert word("key.end") in names(endangered)
    assert word("key.shorter") in names(start)
    assert word("key.shorter") not in names(shortened)


def test_in_a_panel_the_foot_tells_how_to_choose_and_leave(at: Place) -> None:
    hands = live(at)
    hands.keys("j")
    assert [key for key, _ in sight(hands)["hints"]] == [hands.words("key.enter"), "Esc"]
    hands.keys("a")
    assert [key for key, _ in sight(hands)["hints"]] == [hands.words("key.enter"), "Esc", hands.words("key.backspace")]


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_of_keys_names_every_command(at: Place, lang: str) -> None:
    hands = live(at, ui=lang)
    keys = sight(hands)["keys"]
    letters = {char for printed, _ in keys for key in printed.split() if len(key) == 1 for char in latin(key)}
    assert letters == {key for key in hands.commands if len(key) == 1}
    assert "xx" in {latin(printed) for printed, _ in keys}
    assert {"Esc", "Ctrl-D", *(hands.words(f"key.{name}") for name in ("enter", "space", "backspace"))} <= {printed for printed, _ in keys}
    assert all(label and not label.startswith("key.") for _, label in keys)


def test_the_limits_stand_beside_the_offers_that_have_some(at: Place) -> None:
    hands = live(at, {"cause": "delivery"})
    offers(hands)
    limits = sight(hands)["limits"]
    assert list(limits) == ["refund_delivery"]
    assert hands.words.money(1000, "EUR") in limits["refund_delivery"]


def test_after_a_refusal_the_offer_is_no_longer_laid_out(at: Place) -> None:
    hands = live(at, {"cause": "delivery"})
    offers(hands)
    do(hands.call, {"do": "offer", "id": "refund_delivery", "answer": "refused"})
    assert sight(hands)["limits"] == {}
