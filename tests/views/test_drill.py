"""A drill as words: whole lines or broken at the window's edge, nothing of a number, nothing that a terminal obeys."""

from __future__ import annotations

from typing import Any

import pytest

from clientcoach.drill.talk import Talk
from clientcoach.drill.told import event, opening, turned
from clientcoach.views.drill import NARROWEST, Transcript
from tests.drill.models import model
from tests.drill.people import persona
from tests.language.expand import strings

WORDS: dict[str, Any] = {
    "acts": {"listen": "listening", "name": "their name"},
    "rules": {"sum_up": {"name": "Sum up", "tip": "", "why": ""}},
}
HOSTILE = "red \x1b[31m\x9b2J \u202e back\r\nand {braces}"


def transcript(width: int = 0) -> Transcript:
    return Transcript(WORDS, strings("en"), width)


def talk(**shown: str) -> Talk:
    return Talk(model(), {**persona(), **shown}, 1)


def test_the_beginning_says_who_calls_and_what_is_practised() -> None:
    begin, first = opening(talk(title="Late", who="Anna, order 1", may="29 GBP"), "sum_up", None)
    told = transcript().told(begin)
    assert [word for word in ("Late", "Anna, order 1", "29 GBP", "Sum up") if word in told] == ["Late", "Anna, order 1", "29 GBP", "Sum up"]
    assert transcript().told({**begin, "call": 2}).count("\n") == 2, "the second call: who it is, and the rule"
    assert "opening" in transcript_after(begin).told(first)


def transcript_after(begin: Any) -> Transcript:
    found = transcript()
    found.told(begin)
    return found


def test_no_number_of_how_it_stands() -> None:
    call = talk(title="", who="", may="")
    call.take(["listen"], "Go on.")
    shown = transcript()
    lines = "".join(shown.told(one) for one in [*opening(call, None, None), *turned(call, call.rounds[0], "pick")])
    assert "You: Go on." in lines
    assert not [number for number in (call.state.anger, call.state.trust) if str(number) in lines]


def test_what_own_words_were_read_as_stands_under_them() -> None:
    worker = event(talk(), "worker", 1, acts=["listen"], text="Aha", by="text", hint=False)
    assert transcript().told(worker) == "\nYou: Aha\n   Read as: listening\n"
    assert transcript().told({**worker, "by": "pick"}) == "\nYou: Aha\n"
    assert transcript().told({**worker, "by": "act", "acts": ["name"], "text": ""}) == "\nYou: (their name)\n"


@pytest.mark.parametrize("kind", ["customer", "worker", "hint", "debrief"])
def test_nothing_that_a_terminal_obeys(kind: str) -> None:
    call = talk(title=HOSTILE, who=HOSTILE, may=HOSTILE)
    shown = transcript()
    told = shown.told(next(opening(call, None, None)))
    told += shown.told(event(call, kind, 1, text=HOSTILE, acts=["listen"], by="text", hint=False, lines=[HOSTILE], rule="sum_up"))
    assert not {"\x1b", "\x9b", "\u202e", "\r"} & set(told)
    assert "{braces}" in told


@pytest.mark.parametrize("width", [1, NARROWEST, 40, 100])
def test_lines_fit_the_window(width: int) -> None:
    shown = transcript(width)
    told = shown.told(event(talk(), "customer", 1, text="word " * 60 + "https://example.com/" + "x" * 90))
    assert max(map(len, told.splitlines())) <= max(width, NARROWEST)
    assert "".join(told.split()).count("x") == 90 + "https://example.com/".count("x")
    assert all(len(row) <= 40 - 6 for row in transcript(40).wrapped("some words " * 20, room=6))


def test_an_event_is_heard_not_labelled() -> None:
    assert transcript().told(event(talk(), "event", 1, kind="manager", of_the_customer=True)) == ""
