"""The panel after a call: one key saves, letters change, nothing is lost by a slip, nothing leads back into a call that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.asking.keys import letter
from clientcoach.asking.record import COMMANDS, TYPED
from clientcoach.asking.sight import held
from clientcoach.coach.board import board
from clientcoach.errors import StorageError, UsageError
from tests.support import LANGS, live

if TYPE_CHECKING:
    from tests.support import Hands, Place


class Record:
    """A record that remembers what was done to it; `fault` is what saving ends with."""

    def __init__(self, *, abusive: bool = False, fault: Exception | None = None) -> None:
        self.abusive, self.fault = abusive, fault
        self.texts: dict[str, str] = {}
        self.did: list[str] = []

    def rows(self) -> list[tuple[str, str]]:
        return list(self.texts.items())

    def notices(self) -> list[str]:
        return ["masked"] if self.texts else []

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def change(self, name: str, text: str) -> None:
        if text == "bad":
            raise UsageError("personal_reference", field=name, kinds=["phone"])
        self.texts[name] = text

    def save(self) -> None:
        self.did.append("save")
        if self.fault:
            raise self.fault

    def discard(self) -> None:
        self.did.append("discard")


def at_record(at: Place, record: Record, **more: Any) -> Hands:
    hands = live(at, {"cause": "delivery"}, **more)
    hands.ending = lambda: record
    hands.keys("enter", "o", "enter")
    assert hands.call.ended
    assert hands.panel.title == hands.words("record.title")
    assert not hands.over
    return hands


def sight(hands: Hands) -> dict[str, Any]:
    return held(hands, board(hands.call))


def test_enter_saves_by_one_key(at: Place) -> None:
    hands = at_record(at, record := Record())
    hands.keys("enter")
    assert (record.did, hands.over) == (["save"], True)


def test_a_call_without_a_record_is_over_at_once(at: Place) -> None:
    hands = live(at)
    hands.keys("o", "enter")
    assert (hands.over, hands.panel) == (True, None)


def test_escape_leaves_it_as_it_is(at: Place) -> None:
    hands = at_record(at, record := Record())
    hands.keys("escape")
    assert (record.did, hands.over) == ([], True)


@pytest.mark.parametrize("key", ["backspace", "left", "up", "down", "space", "h", "n", "o", "2", "é", "f", "1"])
def test_no_other_key_leaves_it_or_goes_back_into_the_call(at: Place, key: str) -> None:
    hands = at_record(at, record := Record())
    hands.keys(key)
    assert (record.did, hands.over, hands.errors) == ([], False, [])
    assert hands.panel.title == hands.words("record.title")


@pytest.mark.parametrize("name", TYPED)
def test_a_letter_opens_a_text_and_enter_comes_back(at: Place, name: str) -> None:
    hands = at_record(at, record := Record())
    key = next(key for key, command in COMMANDS.items() if command == name)
    record.texts[name] = "before"
    hands.keys(key)
    assert (hands.panel.typing, hands.panel.text) == (True, "before")
    hands.write("after")
    assert record.texts == {name: "after"}
    assert hands.panel.title == hands.words("record.title")
    assert sight(hands)["record"] == [(name, "after")]


@pytest.mark.parametrize("key", ["escape", "backspace"])
def test_out_of_a_text_the_way_is_back_to_the_record(at: Place, key: str) -> None:
    hands = at_record(at, record := Record())
    hands.keys("w", key)
    assert hands.panel.title == hands.words("record.title")
    assert (record.texts, hands.over) == ({}, False)


def test_a_text_that_is_refused_stays_to_be_corrected(at: Place) -> None:
    hands = at_record(at, record := Record())
    hands.keys("r")
    hands.write("bad")
    assert [error.code for error in hands.errors] == ["personal_reference"]
    assert hands.panel.typing
    hands.write("K-1")
    assert record.texts == {"reference": "K-1"}


def test_throwing_away_is_asked_once_and_enter_keeps(at: Place) -> None:
    hands = at_record(at, record := Record())
    hands.keys("x")
    assert (record.did, hands.over) == ([], False)
    hands.keys("enter")
    assert (record.did, hands.over, hands.panel.title) == ([], False, hands.words("record.title"))
    hands.keys("x", "escape")
    assert (record.did, hands.over) == ([], False)
    hands.keys("x", "x")
    assert (record.did, hands.over) == (["discard"], True)


def test_a_store_that_fails_is_told_and_the_panel_stays(at: Place) -> None:
    hands = at_record(at, record := Record(fault=StorageError("store_locked", file="x")))
    hands.keys("enter")
    assert hands.notices == [hands.words("error.store_locked", file="x")]
    hands.wait(120)
    assert hands.notices, "what went wrong does not go by itself"
    record.fault = None
    hands.keys("enter")
    assert (record.did, hands.over) == (["save", "save"], True)


def test_a_fault_of_ours_in_saving_is_told_too(at: Place) -> None:
    hands = at_record(at, Record(fault=ZeroDivisionError()))
    hands.keys("enter")
    assert [error.code for error in hands.errors] == ["internal"]
    assert not hands.over


def test_while_it_is_being_saved_only_escape_does_anything(at: Place) -> None:
    hands = at_record(at, record := Record())
    waiting: list[Any] = []
    hands.aside = lambda work, done: waiting.append((work, done))
    hands.keys("enter")
    assert hands.notices == [hands.words("record.saving")]
    hands.keys("enter", "x", "w", "o")
    assert (len(waiting), hands.panel.title, hands.notices) == (1, hands.words("record.title"), [hands.words("record.saving")])
    waiting[0][1](None)
    assert hands.over
    assert record.did == []


def test_escape_does_not_wait_for_a_store(at: Place) -> None:
    hands = at_record(at, Record())
    hands.aside = lambda work, done: None
    hands.keys("enter", "escape")
    assert hands.over


def test_the_clock_stands_when_the_call_has_ended(at: Place) -> None:
    hands = live(at)
    hands.ending = Record
    hands.seconds = 61
    hands.keys("enter", "o", "enter")
    hands.wait(500)
    assert sight(hands)["clock"] == "01:01"
    assert hands.errors == []


def test_a_hold_is_no_longer_counted(at: Place) -> None:
    hands = live(at)
    hands.ending = Record
    hands.keys("enter", "c", "c", "enter")
    assert sight(hands)["notices"]
    hands.keys("o", "enter")
    assert sight(hands)["notices"] == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_hints_are_the_keys_as_the_keyboard_prints_them(at: Place, lang: str) -> None:
    hands = at_record(at, Record(), ui=lang)
    shown = sight(hands)["hints"]
    assert shown[:2] == [(hands.words("key.enter"), hands.words("key.save")), ("Esc", hands.words("key.later"))]
    assert shown[2:] == [(letter(key, lang), hands.words(f"key.{name}")) for key, name in COMMANDS.items()]


def test_after_abuse_their_words_come_first(at: Place) -> None:
    calm, abused = at_record(at, Record()), at_record(at, Record(abusive=True))
    assert sight(calm)["hints"][2][1] != calm.words("key.quote")
    assert sight(abused)["hints"][2][1] == abused.words("key.quote")
    assert sorted(sight(calm)["hints"]) == sorted(sight(abused)["hints"])


def test_a_paste_goes_into_no_call_that_is_over(at: Place) -> None:
    hands = at_record(at, record := Record())
    hands.paste("4471")
    assert (hands.panel.title, record.texts) == (hands.words("record.title"), {})
