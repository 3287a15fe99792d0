"""The board: everything a screen may show of a call, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcoach.case.fields import STEPS
from clientcoach.coach.board import ASKED, KNOWN, board
from clientcoach.coach.turns import KINDS
from clientcoach.errors import CoachError
from tests.coach.test_call_any import actions
from tests.support import LANGS, do, go_to

if TYPE_CHECKING:
    from tests.support import Place

CASE = {"cause": "delivery", "verified": True}
FULL = {
    "hardship": True,
    "received": "2026-11-20",
    "reference": "R5",
    "customer": "Anna",
    "fault": "ours",
    "prior": 2,
    "promised": "2026-11-13",
    "amount": {"minor": 3800, "currency": "EUR"},
    "item": "lamp",
    "order": "4471",
    "cause": "delivery",
}


def test_what_is_known_stands_in_one_order_however_it_was_told(at: Place) -> None:
    call = at.call()
    for name, value in FULL.items():
        do(call, {"do": "fact", "set": {name: value}})
    known = board(call)["known"]
    assert tuple(known) == KNOWN
    assert known == FULL


@pytest.mark.parametrize("name", ["hardship", "verified"])
def test_what_is_not_so_is_not_known(at: Place, name: str) -> None:
    assert board(at.call({name: False}))["known"] == {}


def test_no_failure_before_is_known(at: Place) -> None:
    assert board(at.call({"prior": 0}))["known"] == {"prior": 0}


def test_a_sum_is_known(at: Place) -> None:
    amount = {"minor": 3800, "currency": "EUR"}
    assert board(at.call({"amount": amount}))["known"] == {"amount": amount}


def test_what_was_forgotten_is_known_no_more(at: Place) -> None:
    call = at.call(FULL)
    do(call, {"do": "fact", "set": {"order": None}})
    assert "order" not in board(call)["known"]


def test_only_the_customers_own_facts_are_shown(at: Place) -> None:
    call = at.call({"agent": "Ola", "company": "Acme", "role": "lead", "channel": "phone", "seed": 5, "verified": True, "anger": 5})
    assert board(call)["known"] == {}


def test_the_cause_is_asked_first(at: Place) -> None:
    for part in ("listen.open", "empathize.feel", "apologize.own"):
        call = at.call()
        go_to(call, part)
        assert board(call)["missing"][0] == "cause"
    assert "cause" not in board(at.call(CASE))["missing"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("case", [{}, {"cause": "billing"}, {"cause": "promise", "fault": "ours"}, CASE])
def test_at_most_four_things_are_asked_and_nothing_known_or_twice(at: Place, lang: str, step: str, case: dict[str, Any]) -> None:
    call = at.call(case, lang)
    do(call, {"do": "go", "step": step})
    missing = board(call)["missing"]
    assert len(missing) <= ASKED == 4
    assert len(set(missing)) == len(missing)
    assert not set(missing) & set(call.case)
    assert set(missing) <= set(KNOWN)


def test_all_known_asks_nothing(at: Place) -> None:
    assert board(at.call(FULL))["missing"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_in_an_interruption_nothing_is_asked_and_nothing_offered(at: Place, kind: str) -> None:
    call = at.call({"cause": "delivery"})
    go_to(call, "propose.options")
    assert board(call)["offers"]
    do(call, {"do": "interrupt", "kind": kind})
    seen = board(call)
    assert (seen["missing"], seen["offers"], seen["upcoming"]) == ([], [], None)
    assert seen["turn"]["kind"] == kind
    assert seen["turn"]["title"] == call.advice()["title"]


@pytest.mark.parametrize(("rule", "verified"), [("after_listen", False), ("before_details", False), ("never", None)])
def test_a_team_that_checks_nobody_shows_no_check(at: Place, rule: str, verified: bool | None) -> None:
    policy = {"verify": rule}
    assert board(at.call({}, policy=policy))["verified"] is verified
    assert board(at.call({"verified": False}, policy=policy))["verified"] is verified
    assert board(at.call({"verified": True}, policy=policy))["verified"] is (None if verified is None else True)


@pytest.mark.parametrize("kind", [*KINDS, "hold", None])
def test_the_card_is_there_in_danger_alone(at: Place, kind: str | None) -> None:
    call = at.call(CASE, policy={"crisis_lines": {"emergency": "102", "line": "150"}})
    if kind:
        do(call, {"do": "hold"} if kind == "hold" else {"do": "interrupt", "kind": kind})
    seen = board(call)
    if kind in {"threat", "self_harm"}:
        assert seen["card"] == {"emergency": "102", "line": "150"}
        assert seen["notes"]
    else:
        assert seen["card"] is None
    if kind:
        do(call, "return")
        assert board(call)["card"] is None


def test_the_steps_have_ticks_where_something_was_said(at: Place) -> None:
    call = at.call(CASE)
    do(call, "next", {"do": "go", "step": "apologize"}, "next")
    seen = {one["step"]: (one["done"], one["now"]) for one in board(call)["steps"]}
    assert list(seen) == list(STEPS)
    assert [name for name, (done, _) in seen.items() if done] == ["listen", "apologize"]
    assert [name for name, (_, now) in seen.items() if now] == [call.step_name()] == ["propose"]


def test_the_line_and_the_one_after_it(at: Place) -> None:
    call = at.call(CASE)
    seen = board(call)
    do(call, "next")
    assert seen["upcoming"] == board(call)["line"]["text"]
    while call.line():
        do(call, "next")
    assert (board(call)["line"], board(call)["upcoming"]) == (None, None)


def test_offers_are_there_in_their_step_alone(at: Place) -> None:
    call = at.call(CASE)
    for step in STEPS:
        do(call, {"do": "go", "step": step})
        assert bool(board(call)["offers"]) is (step == "propose")


def test_notes_are_the_workers_and_quotations_the_customers(at: Place) -> None:
    mixed, russian, kazakh = board(at.call(CASE, "kk", "ru")), board(at.call(CASE, "ru")), board(at.call(CASE, "kk"))
    assert mixed["notes"] == russian["notes"]
    assert [one["text"] for one in mixed["avoid"]] == [one["text"] for one in kazakh["avoid"]]
    assert [one["why"] for one in mixed["avoid"]] == [one["why"] for one in russian["avoid"]]
    assert mixed["line"]["text"] == kazakh["line"]["text"]
    assert mixed["lang"] == "kk"


def test_the_anger_has_a_direction_once_it_has_moved(at: Place) -> None:
    call = at.call()
    assert board(call)["anger"] == (None, 0)
    for to, trend in ((8, 0), (6, -1), (6, -1), (7, 1)):
        do(call, {"do": "anger", "to": to})
        assert board(call)["anger"] == (to, trend)


@pytest.mark.parametrize("lang", LANGS)
def test_any_moment_of_any_call_has_a_board(at: Place, lang: str) -> None:
    @settings(max_examples=50)
    @given(steps=st.lists(actions(), max_size=25))
    def check(steps: list[Any]) -> None:
        call = at.call({"cause": "delivery"}, lang)
        for action in steps:
            try:
                call.act(action)
            except CoachError:
                continue
            seen = board(call)
            assert not any(value is False for value in seen["known"].values())
            assert tuple(name for name in KNOWN if name in seen["known"]) == tuple(seen["known"])
            assert len(seen["missing"]) <= ASKED
            assert (seen["card"] is not None) is (call.turn is not None and call.turn["kind"] in {"threat", "self_harm"})
            assert sum(one["now"] for one in seen["steps"]) == 1

    check()
