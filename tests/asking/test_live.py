"""The live call under the keys of screens.md: what each does, the panels it opens, the clock, and that nothing can upset it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcoach.asking.keys import PICKS
from clientcoach.asking.panels import HOLDS, OTHER, TASKS
from clientcoach.asking.sight import held
from clientcoach.case.fields import STEPS
from clientcoach.case.text import safe
from clientcoach.coach.board import board
from clientcoach.coach.moves import OUTCOMES
from clientcoach.coach.turns import KINDS
from tests.support import LANGS, NOW, ROOT, do, go_to, live, validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import Hands, Place

CASE = {"cause": "delivery", "verified": True}
STEP_KEYS = "qwert"
HOURS = {**dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ["09:00", "18:00"]), "sat": ["10:00", "14:00"], "sun": None}


def place(hands: Hands) -> tuple[Any, ...]:
    call = hands.call
    return call.step, call.part, call.turn and call.turn["kind"], call.phrase and call.phrase["id"], call.wish, list(call.seen)


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"] for event in events]


def codes(hands: Hands) -> list[str]:
    return [error.code for error in hands.errors]


def line_id(hands: Hands) -> str | None:
    line = hands.call.line()
    return line["id"] if line else None


def labels(hands: Hands) -> list[str]:
    return [label for _, label in hands.panel.shown()]


def notices(hands: Hands) -> list[tuple[str, str]]:
    return held(hands, board(hands.call))["notices"]


def interrupted(hands: Hands, kind: str) -> list[dict[str, Any]]:
    hands.keys("x")
    return hands.pick(kind)


def all_said(hands: Hands) -> None:
    for _ in range(40):
        if hands.call.phrase is None:
            return
        hands.keys("enter")
    raise AssertionError("the call has no end")


# the line ---------------------------------------------------------------------------------------------------------------------


def test_the_first_line_is_there_before_any_key(at: Place) -> None:
    hands = live(at)
    assert hands.call.line()["part"] == "open"
    assert (hands.panel, hands.notices, hands.events) == (None, [], [])


def test_enter_says_the_line_and_brings_the_next(at: Place) -> None:
    hands = live(at)
    before, following = line_id(hands), hands.call.upcoming()
    (event,) = hands.keys("enter")
    assert (event["type"], event["id"], event["said"]) == ("say", before, True)
    assert line_id(hands) == following["id"] != before


@pytest.mark.parametrize("space", ["space", " "])
def test_space_brings_another_line_of_the_same_part(at: Place, space: str) -> None:
    hands = live(at)
    before, part = line_id(hands), hands.call.part
    (event,) = hands.keys(space)
    assert (event["id"], event["said"]) == (before, False)
    assert (line_id(hands) != before, hands.call.part) == (True, part)


@pytest.mark.parametrize("key", ["backspace", "left"])
def test_backspace_and_the_left_arrow_go_back_to_the_line_before(at: Place, key: str) -> None:
    hands = live(at, CASE)
    places = [place(hands)]
    for _ in range(5):
        hands.keys("enter")
        places.append(place(hands))
    for before in reversed(places[:-1]):
        hands.keys(key)
        assert place(hands) == before
    hands.keys(key)
    assert place(hands) == places[0]
    assert hands.errors == []


def test_back_keeps_later_answers(at: Place) -> None:
    hands = live(at, CASE)
    go_to(hands.call, "propose.choose")
    hands.keys("g")
    hands.pick("pickup")
    hands.keys("a")
    hands.keys("q")
    assert hands.call.step == 0
    assert hands.call.answers["pickup"]["answer"] == "accepted"
    assert hands.call.solution == "accepted"


@pytest.mark.parametrize(("key", "step"), list(zip(STEP_KEYS, STEPS, strict=True)))
def test_the_upper_row_goes_to_a_step(at: Place, key: str, step: str) -> None:
    hands = live(at, CASE)
    hands.keys("w")
    events = hands.keys(key)
    assert hands.call.step_name() == step
    assert (events[-1]["type"], events[-1]["step"]) == ("step", step)
    assert hands.call.line()


@pytest.mark.parametrize(("key", "form"), [("a", "short"), ("s", "softer"), ("d", "firmer")])
def test_the_line_gets_shorter_softer_and_firmer(at: Place, key: str, form: str) -> None:
    hands = live(at)
    phrase = hands.call.phrase
    hands.keys(key)
    shown = hands.call.line()["text"]
    assert shown == hands.call.desk().line(hands.call.key(), hands.call.phrase, form)["text"]
    assert shown != hands.call.desk().line(hands.call.key(), phrase)["text"]
    assert hands.keys("enter")[0]["text"] == shown


def test_a_form_that_the_line_has_not_is_told(at: Place) -> None:
    hands = live(at)
    interrupted(hands, "self_harm")
    hands.keys("enter", "enter")
    before = place(hands)
    hands.keys("a")
    assert codes(hands) == ["no_such_form"]
    assert hands.notices
    assert place(hands) == before


def test_after_the_last_line_enter_does_nothing_and_the_key_of_the_end_ends(at: Place) -> None:
    hands = live(at, CASE)
    all_said(hands)
    before = place(hands)
    assert hands.keys("enter", "enter") == []
    assert (place(hands), hands.panel, hands.errors) == (before, None, [])
    hands.keys("o")
    assert [value for value, _ in hands.panel.items] == list(OUTCOMES)
    (event,) = hands.keys("enter")
    assert (event["type"], hands.call.ended) == ("end", True)
    assert set(event["steps"].values()) == {"done"}


@pytest.mark.parametrize("key", ["space", "a", "s", "d"])
def test_where_no_line_is_left_a_key_for_a_line_says_so(at: Place, key: str) -> None:
    hands = live(at, CASE)
    all_said(hands)
    hands.keys(key)
    assert codes(hands) == ["nothing_to_say"]
    hands.keys("backspace")
    assert hands.call.line()


def test_esc_at_the_top_does_nothing(at: Place) -> None:
    for hands in (live(at), live(at, CASE)):
        if hands.call.case:
            interrupted(hands, "insult")
        before, events = place(hands), len(hands.events)
        hands.keys("escape", "escape")
        assert (place(hands), len(hands.events), hands.errors, hands.panel) == (before, events, [], None)


@pytest.mark.parametrize("key", ["up", "right", "y", "z", "u", "p", "m", "н", "я", "г", "з", "ь", "1", "0", "ә", "қ", ".", ",", "ю", "ё", "/", "²", "😀", "\t", "\x1b", "", "f1", "\x1b[C", "ø", "end", "next"])  # fmt: skip
def test_a_key_that_is_none_of_ours_does_nothing(at: Place, key: str) -> None:
    hands = live(at, CASE)
    hands.keys("enter")
    before = place(hands)
    assert hands.keys(key) == []
    assert (place(hands), hands.errors, hands.panel, hands.notices) == (before, [], None, [])


def test_a_notice_goes_with_the_next_key(at: Place) -> None:
    hands = live(at)
    hands.keys("i")
    assert (codes(hands), len(hands.notices)) == (["nothing_to_return_from"], 1)
    hands.keys("enter")
    assert hands.notices == []


def test_a_notice_goes_by_itself_after_half_a_minute(at: Place) -> None:
    hands = live(at)
    hands.keys("i")
    hands.wait(30)
    assert len(hands.notices) == 1
    hands.wait(1)
    assert hands.notices == []


def test_after_the_end_a_key_tells_that_the_call_is_over(at: Place) -> None:
    hands = live(at)
    hands.keys("o", "enter")
    assert hands.call.ended
    for key in ("enter", "space", "backspace", "q", "a", "v", "i"):
        hands.keys(key)
    assert set(codes(hands)) == {"call_ended"}


# interruptions ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_interruption_is_two_keys_and_backspace_is_the_way_back(at: Place, kind: str) -> None:
    hands = live(at, CASE)
    hands.keys("enter", "enter", "space", "s")
    before = place(hands)
    event = interrupted(hands, kind)[-1]
    assert (event["type"], event["kind"], event["line"]["id"].split(".")[0]) == ("interruption", kind, kind)
    assert hands.panel is None
    hands.keys("backspace")
    assert place(hands) == before


@pytest.mark.parametrize("key", ["backspace", "left", "i"])
def test_the_way_back_from_an_interruption_is_the_same_place(at: Place, key: str) -> None:
    hands = live(at, CASE)
    hands.keys("enter", "enter")
    before = place(hands)
    interrupted(hands, "manager")
    hands.keys("enter", "space", "enter")
    assert hands.call.turn
    hands.keys(key)
    assert place(hands) == before


def test_enter_walks_through_an_interruption_and_back(at: Place) -> None:
    hands = live(at, CASE)
    before = place(hands)
    interrupted(hands, "manager")
    said = [event["part"] for event in hands.keys("enter", "enter", "enter") if event["type"] == "say"]
    assert said == ["offer", "meanwhile", "back"]
    assert place(hands) == before


def test_space_inside_an_interruption_is_another_line_of_it(at: Place) -> None:
    hands = live(at, CASE)
    interrupted(hands, "silence")
    before = line_id(hands)
    hands.keys("space")
    assert line_id(hands) != before
    assert line_id(hands).startswith("silence.check.")


def test_an_interruption_during_an_interruption_comes_back_to_the_call(at: Place) -> None:
    hands = live(at, CASE)
    before = place(hands)
    interrupted(hands, "manager")
    hands.keys("enter")
    interrupted(hands, "tears")
    assert hands.call.turn["kind"] == "tears"
    hands.keys("backspace")
    assert place(hands) == before


@pytest.mark.parametrize("keys", [("x", "x"), ("ч", "ч"), ("X", "X"), ("Ч", "ч")])
def test_danger_is_two_keys_and_brings_the_safety_card(at: Place, keys: tuple[str, str]) -> None:
    hands = live(at, CASE)
    hands.keys("enter")
    before = place(hands)
    event = hands.keys(*keys)[-1]
    assert (event["kind"], event["card"]["numbers"]) == ("threat", {"emergency": "112"})
    assert board(hands.call)["card"] == {"emergency": "112"}
    assert board(hands.call)["turn"]["stays"]
    hands.keys("enter", "enter", "enter", "r")
    assert codes(hands) == ["steps_stopped"]
    assert hands.call.turn["kind"] == "threat"
    hands.keys("backspace")
    assert place(hands) == before


def test_danger_may_end_the_call_without_a_word_about_steps(at: Place) -> None:
    hands = live(at)
    hands.keys("x", "x", "o")
    assert hands.notices == []
    assert hands.panel.entered() == (True, "ended")
    assert hands.keys("enter")[-1]["outcome"] == "ended"


@pytest.mark.parametrize(
    ("required", "rungs"),
    [(0, ["end"]), (1, ["warn", "end"]), (2, ["ask", "warn", "end"]), (3, ["ask", "ask", "warn", "end"])],
)
def test_the_ladder_counts_its_warnings(at: Place, required: int, rungs: list[str]) -> None:
    hands = live(at, CASE, policy={"warnings_required": required})
    for count, rung in enumerate(rungs, 1):
        event = hands.keys("x", "a")[-1]
        seen = board(hands.call)["turn"]
        assert (event["rung"], seen["rung"], seen["count"], seen["required"]) == (rung, rung, count, required)
        assert seen["stays"] is (rung == "end")
        hands.keys("backspace")
    assert hands.call.turn is None


def test_between_two_insults_the_count_stays(at: Place) -> None:
    hands = live(at, CASE)
    hands.keys("x", "a", "enter", "enter", "enter")
    interrupted(hands, "silence")
    assert "count" not in board(hands.call)["turn"]
    assert hands.keys("x", "a")[-1]["rung"] == "warn"


# a hold -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "minutes"), [*zip("asdfgh", HOLDS, strict=True), ("c", 2), ("с", 2), ("enter", 2)])
def test_a_hold_asks_with_its_length(at: Place, key: str, minutes: int) -> None:
    hands = live(at, CASE)
    hands.keys("c")
    assert labels(hands) == [hands.words("screen.minutes", count=count) for count in HOLDS]
    (event,) = hands.keys(key)
    assert (event["type"], event["on"], event["for"]) == ("hold", True, f"{minutes}m")
    assert event["line"]["text"] == hands.call.line()["text"]
    assert hands.call.desk().values["hold"] in event["line"]["text"]


def test_the_countdown_begins_when_the_question_has_been_said_and_goes_below_zero(at: Place) -> None:
    hands = live(at, CASE)
    hands.keys("enter")
    before = place(hands)
    hands.keys("c", "d")
    hands.wait(50)
    assert hands.hold_left is None
    hands.keys("enter")
    assert hands.hold_left == 180
    assert hands.call.turn["part"] == "back"
    hands.wait(60)
    assert (hands.hold_left, notices(hands)[0]) == (120, ("told", hands.words("screen.hold_left", left="02:00", over="-")))
    hands.wait(120)
    assert (hands.hold_left, notices(hands)[0]) == (0, ("told", hands.words("screen.hold_left", left="00:00", over="-")))
    hands.wait(75)
    assert (hands.hold_left, notices(hands)[0]) == (-75, ("due", hands.words("screen.hold_over", left="-", over="01:15")))
    said, off = hands.keys("c")[:2]
    assert (said["part"], said["said"], off["type"], off["on"]) == ("back", True, "hold", False)
    assert (hands.hold_left, place(hands)) == (None, before)


@pytest.mark.parametrize("way", [["enter"], ["backspace"], ["left"], ["i"], ["x", "s"], ["r"]])
def test_a_hold_is_over_however_it_is_left(at: Place, way: list[str]) -> None:
    hands = live(at, CASE)
    hands.keys("c", "c", "enter")
    assert hands.hold_left is not None
    events = hands.keys(*way)
    assert [event["on"] for event in events if event["type"] == "hold"] == [False]
    assert hands.hold_left is None


def test_what_is_noted_during_a_hold_does_not_begin_it_again(at: Place) -> None:
    hands = live(at, CASE)
    hands.keys("c", "a", "enter")
    hands.wait(40)
    hands.keys("b", "space", "f", "s")
    hands.write("4471")
    assert hands.hold_left == 20


def test_a_second_hold_counts_from_its_own_beginning(at: Place) -> None:
    hands = live(at, CASE)
    hands.keys("c", "a", "enter")
    hands.wait(100)
    hands.keys("c", "c", "f")
    assert hands.hold_left is None
    hands.keys("enter")
    assert hands.hold_left == 300


def test_a_question_refused_is_no_hold(at: Place) -> None:
    hands = live(at, CASE)
    before = place(hands)
    hands.keys("c", "c", "backspace")
    hands.wait(10)
    assert (hands.hold_left, place(hands)) == (None, before)


@pytest.mark.parametrize("typed", ["3m", "3M", "3 m", " 3m "])
def test_a_hold_that_was_typed_counts_down_as_well(at: Place, typed: str) -> None:
    hands = live(at, CASE)
    do(hands.call, {"do": "hold", "for": typed})
    hands.keys("enter")
    assert hands.hold_left == 180
    assert board(hands.call)
    assert notices(hands)


# anger, language --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "keys", "ends"),
    [
        (None, "v", [3]), (None, "b", [7]), (None, "bb", [7, 9]), (5, "vvvv", [3, 1, 0, 0]), (5, "bbbb", [7, 9, 10, 10]),
        (0, "v", [0]), (10, "b", [10]), (1, "vb", [0, 2]), (None, "мМи", [3, 1, 3]),
    ],
)  # fmt: skip
def test_v_and_b_move_the_anger_within_its_bounds(at: Place, start: int | None, keys: str, ends: list[int]) -> None:
    hands = live(at, {} if start is None else {"anger": start})
    events = hands.keys(*keys)
    assert [event["to"] for event in events] == ends
    assert [event["from"] for event in events] == [start, *ends[:-1]]
    assert hands.call.case["anger"] == ends[-1]


def test_the_anger_has_a_direction(at: Place) -> None:
    hands = live(at, {"anger": 5})
    assert board(hands.call)["anger"] == (5, 0)
    hands.keys("b")
    assert board(hands.call)["anger"] == (7, 1)
    hands.keys("v")
    assert board(hands.call)["anger"] == (5, -1)


def test_with_one_language_l_asks_which_and_then_toggles(at: Place) -> None:
    hands = live(at, CASE, "en")
    hands.keys("enter", "enter")
    before, text = place(hands), hands.call.line()["text"]
    hands.keys("l")
    assert [value for value, _ in hands.panel.items] == ["ru", "pl", "kk"]
    hands.pick("kk")
    assert (hands.call.lang, place(hands)) == ("kk", before)
    for lang in ("en", "kk", "en"):
        hands.keys("l")
        assert (hands.call.lang, place(hands), hands.panel) == (lang, before, None)
    assert hands.call.line()["text"] == text


def test_l_goes_to_the_workers_own_language_first(at: Place) -> None:
    hands = live(at, CASE, "kk", "ru")
    for lang in ("ru", "kk", "ru"):
        hands.keys("l")
        assert hands.call.lang == lang


def test_l_toggles_the_last_two_languages(at: Place) -> None:
    hands = live(at, CASE, "kk", "kk")
    hands.fact("lang", "ru")
    hands.fact("lang", "pl")
    for lang in ("ru", "pl", "ru"):
        hands.keys("l")
        assert hands.call.lang == lang


def test_the_language_changes_inside_an_interruption_too(at: Place) -> None:
    hands = live(at, CASE, "en", "ru")
    hands.keys("enter")
    before = place(hands)
    hands.keys("x", "a", "l")
    assert hands.call.lang == "ru"
    assert line_id(hands) == "insult.limit.ask"
    hands.keys("backspace")
    assert place(hands)[:2] == before[:2]
    assert re.search("[А-я]", hands.call.line()["text"])


@settings(max_examples=60)
@given(pressed=st.lists(st.sampled_from([*"qwertasdvb", *["enter"] * 6, "space", "backspace"]), max_size=20), kind=st.sampled_from(KINDS))
def test_another_language_inside_an_interruption_keeps_the_place_under_it(at: Place, pressed: list[str], kind: str) -> None:
    hands = live(at, CASE, "en", "ru")
    hands.keys(*pressed)
    before = place(hands)
    interrupted(hands, kind)
    hands.keys("l", "backspace")
    assert place(hands)[:2] == before[:2]
    assert (place(hands)[3] is None) is (before[3] is None)


# offers -----------------------------------------------------------------------------------------------------------------------


def offers(hands: Hands, *, lead: bool = False) -> list[str]:
    return [offer["id"] for offer in hands.call.offers() if offer["needs_lead"] is lead]


@pytest.mark.parametrize(("key", "answer"), [("a", "accepted"), ("s", "refused")])
def test_an_offer_is_accepted_or_refused_by_three_keys(at: Place, key: str, answer: str) -> None:
    hands = live(at, CASE)
    go_to(hands.call, "propose.choose")
    first = offers(hands)[0]
    event = hands.keys("g", "a", key)[-1]
    assert (event["type"], event["id"], event["answer"]) == ("offer", first, answer)
    assert hands.panel is None
    assert first not in [offer["id"] for offer in hands.call.offers()]


def test_the_panel_lists_the_offers_for_the_cause_with_their_limits_and_the_leads_own_marked(at: Place) -> None:
    hands = live(at, CASE)
    hands.keys("g")
    values = [value for value, _ in hands.panel.items]
    assert values[:4] == ["new_slot", "pickup", "refund_delivery", "free_service"]
    told = dict(zip(values, labels(hands), strict=True))
    offered = {offer["id"]: offer["text"].rstrip(".") for offer in hands.call.offers()}
    assert told["pickup"] == offered["pickup"]
    assert hands.words.money(1000, "EUR") in told["refund_delivery"]
    assert told["free_service"] == hands.words("screen.lead_only", text=offered["free_service"])


def test_all_refused_is_one_item(at: Place) -> None:
    hands = live(at, CASE)
    go_to(hands.call, "propose.options")
    own = offers(hands)
    hands.keys("g")
    events = hands.pick(tuple(own))
    assert [event["id"] for event in events if event["type"] == "offer"] == own
    assert {hands.call.answers[name]["answer"] for name in own} == {"refused"}
    assert hands.call.part == "refused_all"


def test_the_leads_offer_asks_the_lead_and_then_who_allowed_it(at: Place) -> None:
    hands = live(at, CASE)
    go_to(hands.call, "propose.options")
    hands.keys("g")
    hands.pick("free_service")
    assert [value for value, _ in hands.panel.items] == ["accepted", "refused", "approved"]
    hands.keys("a")
    assert (hands.call.part, hands.call.answers) == ("ask_lead", {})
    assert hands.notices == ["needs_lead"]
    hands.keys("g")
    hands.pick("free_service")
    hands.pick("approved")
    assert hands.panel.typing
    event = hands.write("Ewa Nowak")[-1]
    assert (event["id"], event["answer"], event["approved_by"]) == ("free_service", "accepted", "Ewa Nowak")


@pytest.mark.parametrize("nobody", ["", "  ", "...", "-"])
def test_nobody_has_allowed_nothing(at: Place, nobody: str) -> None:
    hands = live(at, CASE)
    hands.keys("g")
    hands.pick("free_service")
    hands.pick("approved")
    hands.write(nobody)
    assert hands.call.answers == {}


def test_what_this_worker_may_give_asks_for_no_approval(at: Place) -> None:
    hands = live(at, CASE)
    hands.keys("g", "a")
    assert [value for value, _ in hands.panel.items] == ["accepted", "refused"]
    lead = live(at, {**CASE, "role": "lead"})
    lead.keys("g")
    lead.pick(OTHER)
    lead.pick("free_service")
    assert [value for value, _ in lead.panel.items] == ["accepted", "refused"]


def test_every_other_offer_of_the_policy_can_be_found_and_answered(at: Place) -> None:
    hands = live(at, CASE)
    hands.keys("g", "a", "a", "g")
    hands.pick(OTHER)
    answered, policy = set(hands.call.answers), hands.call.desk().policy["offers"]
    assert {value for value, _ in hands.panel.items} == {offer["id"] for offer in policy} - answered
    hands.pick("callback")
    assert hands.keys("a")[-1]["id"] == "callback"


def test_backspace_leaves_the_answer_open(at: Place) -> None:
    hands = live(at, CASE)
    hands.keys("g")
    listed = labels(hands)
    hands.keys("a", "backspace")
    assert labels(hands) == listed
    hands.keys("backspace")
    assert (hands.panel, hands.call.answers) == (None, {})


def test_when_no_offer_is_left_there_is_nothing_to_take(at: Place) -> None:
    hands = live(at, CASE, policy={"offers": []})
    hands.keys("g")
    hands.pick(OTHER)
    hands.keys("enter", "a")
    assert codes(hands) == []


# a promise --------------------------------------------------------------------------------------------------------------------


def promised(hands: Hands, *keys: str) -> dict[str, Any]:
    (event,) = (event for event in hands.keys(*keys) if event["type"] == "promise")
    return event


def test_a_promise_of_what_was_accepted_is_at_most_five_keys(at: Place) -> None:
    hands = live(at, {**CASE, "agent": "Ola"})
    hands.keys("g", "a", "a")
    keys = ["j", "a", "a", "a"]
    event = promised(hands, *keys)
    assert len(keys) <= 5
    assert (event["what"], event["owner"], event["by"]) == (hands.call.extra["agreed"], "Ola", "2026-11-25T10:30+05:00")
    assert hands.call.promises[-1]["what"] == event["what"]


@pytest.mark.parametrize(("key", "task"), list(zip("asd", TASKS, strict=True)))
def test_without_an_accepted_offer_the_usual_tasks_are_there(at: Place, key: str, task: str) -> None:
    event = promised(hands := live(at), "j", key, "a", "s")
    assert (event["what"], event["owner"], event["by"]) == (hands.words(f"task.{task}"), "agent", "2026-11-25T11:00+05:00")


def test_the_lead_may_own_a_promise(at: Place) -> None:
    assert promised(live(at), "j", "a", "s", "a")["owner"] == "lead"


def test_what_who_and_when_can_be_typed(at: Place) -> None:
    hands = live(at)
    hands.keys("j")
    hands.pick(OTHER)
    hands.write("ring the depot")
    hands.pick(OTHER)
    hands.write("Ewa")
    hands.pick(OTHER)
    (event,) = hands.write("16:00")
    assert (event["what"], event["owner"], event["by"]) == ("ring the depot", "Ewa", "2026-11-25T16:00+05:00")
    assert hands.panel is None


@pytest.mark.parametrize("when", ["soon", "", "26:00", "31.02"])
def test_a_date_that_is_none_keeps_the_panel_open_and_says_why(at: Place, when: str) -> None:
    hands = live(at)
    hands.keys("j", "a", "a")
    hands.pick(OTHER)
    panel = hands.panel
    hands.write(when)
    assert hands.panel is panel
    assert hands.notices
    assert codes(hands)[0] in {"bad_moment", "promise_needs"}
    assert hands.call.promises == []
    hands.write("2h")
    assert len(hands.call.promises) == 1


def test_backspace_corrects_a_promise_step_by_step(at: Place) -> None:
    hands = live(at)
    hands.keys("j", "a", "a", "backspace", "s", "backspace", "backspace", "s", "s")
    event = promised(hands, "a")
    assert (event["what"], event["owner"]) == (hands.words("task.write"), "lead")


def test_everything_accepted_can_be_promised_however_much_it_is(at: Place) -> None:
    hands = live(at, CASE, "ru")
    for name in ("new_slot", "pickup", "refund_delivery", "written_summary", "callback"):
        do(hands.call, {"do": "offer", "id": name, "answer": "accepted"})
    event = promised(hands, "j", "a", "a", "a")
    assert codes(hands) == []
    validate(event)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.isoformat(timespec="minutes"))


def inside(moment: str, hours: dict[str, Any]) -> bool:
    when = datetime.fromisoformat(moment)
    span = hours[when.strftime("%a").lower()]
    return bool(span) and ("T" not in moment or span[0] <= when.strftime("%H:%M") <= span[1])


def test_the_moments_to_choose_from_are_ahead_inside_working_hours_and_said_differently(at: Place) -> None:
    hands = live(at, policy={"hours": HOURS, "zone": "UTC"})

    @settings(max_examples=150)
    @given(now=MOMENTS)
    def check(now: str) -> None:
        at.variables["CLIENTCOACH_NOW"] = now
        hands.call.world.session.env.variables["CLIENTCOACH_NOW"] = now
        times = hands.words.times()
        assert len(times) >= 4
        for moment, said in times:
            assert inside(moment, HOURS), moment
            assert moment[:16] >= now[: len(moment[:16])], moment
            assert said
        assert len({said for _, said in times}) == len(times)

    check()


def test_the_nearest_moment_comes_first(at: Place) -> None:
    hands = live(at, policy={"hours": HOURS, "zone": "UTC"})

    @settings(max_examples=150)
    @given(now=MOMENTS)
    def check(now: str) -> None:
        hands.call.world.session.env.variables["CLIENTCOACH_NOW"] = now
        moments = [moment for moment, _ in hands.words.times()]
        assert moments == sorted(moments, key=lambda moment: moment if "T" in moment else f"{moment}T24")  # a day lasts to its end

    check()


@pytest.mark.parametrize("now", ["2026-11-25T22:00+00:00", "2026-11-28T20:00+00:00", "2026-11-29T12:00+00:00", "2026-11-25T03:00+00:00"])
def test_when_closed_the_list_goes_on_with_the_next_open_day(at: Place, now: str) -> None:
    at.variables["CLIENTCOACH_NOW"] = now
    hands = live(at, policy={"hours": HOURS, "zone": "UTC"})
    event = promised(hands, "j", "a", "a", "a")
    assert inside(event["by"], HOURS)
    assert event["by"] > now[:16]


def test_without_hours_the_list_is_there_at_any_time(at: Place) -> None:
    hands = live(at)
    for hour in range(24):
        hands.call.world.session.env.variables["CLIENTCOACH_NOW"] = f"2026-11-25T{hour:02}:40+05:00"
        assert len(hands.words.times()) >= 6


# notes, keys, copy ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "body"), [("n", "notes"), ("h", "keys")])
def test_notes_and_keys_are_read_and_closed(at: Place, key: str, body: str) -> None:
    hands = live(at)
    before = place(hands)
    for closing in ("enter", "escape", "backspace"):
        hands.keys(key)
        assert hands.panel.body == [body]
        hands.keys("down", "down", closing)
        assert hands.panel is None
    assert (place(hands), hands.events) == (before, [])


def test_k_copies_the_line_and_says_so(at: Place) -> None:
    hands = live(at)
    hands.keys("enter", "k")
    assert hands.copied == [hands.call.line()["text"]]
    assert hands.notices == [hands.words("screen.copied")]


def test_k_copies_nothing_where_there_is_no_line(at: Place) -> None:
    hands = live(at, CASE)
    all_said(hands)
    hands.keys("k")
    assert (hands.copied, hands.notices) == ([], [])


HOSTILE = "lamp\x1b]52;c;ZXZpbA==\x07\x1b[31m\u202eevil\u2066\n{order} [bold]x"


def test_k_copies_only_safe_text(at: Place) -> None:
    hands = live(at, {"cause": "product"})
    hands.fact("item", HOSTILE)
    go_to(hands.call, "listen.read_back")
    for _ in range(8):
        if "lamp" in hands.call.line()["text"]:
            break
        hands.keys("space")
    hands.keys("k")
    (copied,) = hands.copied
    assert "lamp" in copied
    assert safe(copied) == copied == hands.call.line()["text"]


# the clock --------------------------------------------------------------------------------------------------------------------


def test_at_ninety_seconds_of_listening_there_is_a_quiet_nudge(at: Place) -> None:
    hands = live(at)
    assert hands.wait(89.9) == []
    assert notices(hands) == []
    assert hands.wait(0.1) == []
    assert notices(hands) == [("quiet", hands.words("screen.nudge"))]


def test_at_two_minutes_of_listening_the_steering_line_comes_once(at: Place) -> None:
    hands = live(at)
    first = line_id(hands)
    hands.wait(119.9)
    assert hands.call.part == "open"
    hands.wait(0.1)
    assert hands.call.part == "steer"
    assert notices(hands) == [("quiet", hands.words("screen.steer"))]
    hands.keys("backspace")
    assert line_id(hands) == first
    assert hands.wait(60) == []
    assert hands.call.part == "open"


def test_beyond_listening_nobody_is_steered(at: Place) -> None:
    hands = live(at, CASE)
    hands.keys("w")
    before = place(hands)
    assert hands.wait(300) == []
    assert (place(hands), notices(hands)) == (before, [])


def test_whoever_reads_back_is_not_steered(at: Place) -> None:
    hands = live(at, CASE)
    go_to(hands.call, "listen.read_back")
    before = place(hands)
    assert hands.wait(300) == []
    assert place(hands) == before


@pytest.mark.parametrize(("keys", "closing"), [(["f"], "escape"), (["n"], "enter"), (["j", "a"], "escape"), (["x", "a"], "backspace")])
def test_the_steering_line_waits_for_an_open_panel_or_interruption(at: Place, keys: list[str], closing: str) -> None:
    hands = live(at)
    hands.keys(*keys)
    before, panel = place(hands), hands.panel
    assert hands.wait(125) == []
    assert (place(hands), hands.panel) == (before, panel)
    hands.keys(closing)
    hands.wait(1)
    assert hands.call.part == "steer"


def test_after_the_end_the_clock_says_nothing(at: Place) -> None:
    hands = live(at)
    hands.keys("o", "enter")
    assert hands.wait(200) == []
    assert hands.errors == []


def test_the_clock_shows_whole_seconds(at: Place) -> None:
    hands = live(at)
    for seconds, shown in ((0.9, "00:00"), (59.2, "01:00"), (3539.8, "59:59"), (0.2, "1:00:00"), (36000, "11:00:00")):
        hands.seconds += seconds
        assert held(hands, board(hands.call))["clock"] == shown


# the end ----------------------------------------------------------------------------------------------------------------------


def test_steps_left_out_are_told_once(at: Place) -> None:
    hands = live(at)
    hands.keys("enter")
    (event,) = hands.keys("o")
    assert (event["code"], event["steps"]) == ("steps_skipped", list(STEPS[1:]))
    assert hands.notices
    assert hands.panel
    hands.keys("escape", "enter")
    assert hands.keys("o") == []
    assert hands.notices == []
    assert hands.keys("enter")[-1]["type"] == "end"


def test_with_nothing_left_out_there_is_no_warning(at: Place) -> None:
    hands = live(at, CASE)
    all_said(hands)
    assert hands.keys("o") == []
    assert hands.notices == []


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_end_is_told_by_one_key(at: Place, outcome: str) -> None:
    hands = live(at)
    hands.keys("o")
    assert labels(hands) == [hands.words(f"outcome.{one}") for one in OUTCOMES]
    assert hands.pick(outcome)[-1]["outcome"] == outcome
    assert hands.call.ended


def test_the_list_of_outcomes_points_at_what_the_call_has_come_to(at: Place) -> None:
    hands = live(at, CASE)
    hands.keys("o")
    assert hands.panel.entered() == (True, "open")
    hands.keys("escape", "g", "a", "a", "j", "a", "a", "a", "o")
    assert hands.panel.entered() == (True, "settled")
    assert hands.keys("enter")[-1]["outcome"] == "settled"


# paste ------------------------------------------------------------------------------------------------------------------------


def test_a_paste_at_the_top_asks_which_fact_it_is(at: Place) -> None:
    hands = live(at)
    before = place(hands)
    hands.paste("  xx\no\r\x1b[A 4471 ")
    assert (place(hands), hands.events, hands.call.ended, hands.call.turn) == (before, [], False, None)
    assert [value for value, _ in hands.panel.items] == ["order", "item", "customer", "address", "reference"]
    (event,) = hands.pick("item")
    assert event["set"] == {"item": "xx o [A 4471"}


def test_a_pasted_message_fills_the_case_by_one_key(at: Place) -> None:
    hands = live(at)
    hands.paste("Посылка девятый день лежит у вас на складе!!!\nЗаказ № 4471, верните 12 500 ₽")
    label = hands.panel.items[0][1]
    assert "4471" in label
    assert hands.events == []
    (event,) = hands.keys("a")
    assert event["set"] == {
        "cause": "delivery",
        "anger": hands.call.case["anger"],
        "order": "4471",
        "amount": {"minor": 1250000, "currency": "RUB"},
    }
    assert hands.panel is None
    assert hands.call.lang == "en", "the language of the message is not the one that is spoken"


@pytest.mark.parametrize(
    ("text", "kind"), [("Я покончу с собой", "self_harm"), ("I will come to your office with a gun and shoot you all", "threat")]
)
def test_a_pasted_danger_is_the_first_thing(at: Place, text: str, kind: str) -> None:
    hands = live(at)
    hands.paste(text)
    assert hands.panel.items[0][1].startswith("! ")
    hands.keys("a")
    assert hands.call.turn["kind"] == kind


def test_a_long_message_does_not_fill_the_panel(at: Place) -> None:
    hands = live(at)
    hands.paste("My order 4471 is late. " * 100)
    assert len(hands.panel.title) < 150


@pytest.mark.parametrize("text", ["", " \n\t ", "...", "\x1b", "\u200b\u202e"])
def test_a_paste_that_says_nothing_opens_nothing(at: Place, text: str) -> None:
    hands = live(at)
    hands.paste(text)
    assert (hands.panel, hands.errors) == (None, [])


@pytest.mark.parametrize("text", ["x" * 5000, "\ud800abc"])
def test_a_paste_that_is_no_value_is_told_and_can_be_left(at: Place, text: str) -> None:
    hands = live(at)
    hands.paste(text)
    hands.keys("a")
    assert codes(hands) == ["too_long" if len(text) > 100 else "not_text"]
    assert hands.notices
    assert hands.panel
    hands.keys("escape")
    assert hands.panel is None
    assert hands.call.case == {}


# faults -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [KeyError("lost"), TypeError("bad"), RecursionError(), ZeroDivisionError(), OSError("gone")])
def test_a_fault_inside_an_action_is_a_notice_and_loses_nothing(at: Place, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    hands = live(at, CASE)
    hands.keys("enter", "enter", "g", "a", "a")
    before = (place(hands), dict(hands.call.case), dict(hands.call.said), dict(hands.call.answers))

    def broken(_action: Any) -> Any:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(hands.call, "act", broken)
        for key in ("enter", "space", "backspace", "v", "w"):
            hands.keys(key)
            assert codes(hands)[-1] == "internal"
            assert len(hands.notices) == 1
        hands.keys("x", "a")
        assert hands.panel, "what was open stays open"
        hands.keys("escape")
        hands.wait(200)
    assert (place(hands), dict(hands.call.case), dict(hands.call.said), dict(hands.call.answers)) == before
    assert hands.keys("enter")[0]["said"]


# ten tasks --------------------------------------------------------------------------------------------------------------------


def at_offers(hands: Hands) -> None:
    do(hands.call, {"do": "fact", "set": {"cause": "delivery"}})
    go_to(hands.call, "propose.options")


def accepted(hands: Hands) -> None:
    at_offers(hands)
    hands.keys("g", "a", "a")


def held_and_back(hands: Hands) -> bool:
    return [event["on"] for event in hands.events if event["type"] == "hold"] == [True, False] and hands.call.extra["hold"] == "2m"


def insulted_and_back(hands: Hands) -> bool:
    return hands.call.kinds == ["insult"] and hands.call.turn is None


def promised_in_two_hours(hands: Hands) -> bool:
    (promise,) = hands.call.promises
    return promise == {"what": hands.call.extra["agreed"], "owner": "agent", "by": "2026-11-25T12:00+05:00"}


class Task(NamedTuple):
    """What a worker wants, the keys for it, and whether it is done; `ui` is the worker's language where it is not the customer's."""

    name: str
    keys: str
    done: Callable[[Hands], bool]
    before: Callable[[Hands], None] = lambda _hands: None
    ui: str | None = None

    @property
    def pressed(self) -> list[str]:
        return self.keys.split()


TEN = (
    Task("the first line", "", lambda hands: hands.call.line()["part"] == "open"),
    Task("another line", "space", lambda hands: hands.call.seen == ["listen.open.any"] and line_id(hands) != "listen.open.any"),
    Task("straight to the solutions", "r", lambda hands: hands.call.step_name() == "propose"),
    Task("an insult, and back", "x a backspace", insulted_and_back),
    Task("the other language", "l", lambda hands: hands.call.lang == "ru", ui="ru"),
    Task("a fact: the cause is delivery", "f a d", lambda hands: hands.call.case["cause"] == "delivery"),
    Task("an offer accepted", "g a a", lambda hands: hands.call.answers["new_slot"]["answer"] == "accepted", at_offers),
    Task("a promise: the accepted offer, me, in two hours", "j a a d", promised_in_two_hours, accepted),
    Task("a hold of two minutes, and back", "c c enter enter", held_and_back),
    Task("the end", "o enter", lambda hands: hands.call.ended),
)
FIRST_TIME = Task("the other language, the interface's being the same", "l a", lambda hands: hands.call.lang == "ru")
COUNTS = [0, 1, 1, 3, 1, 3, 3, 4, 4, 2]


def not_yet(task: Task, hands: Hands) -> bool:
    try:
        return not task.done(hands)
    except (KeyError, TypeError, ValueError):
        return True


@pytest.mark.parametrize("task", [*TEN, FIRST_TIME], ids=lambda task: task.name)
def test_the_keystrokes_of_ten_tasks_are_enough_and_not_one_too_many(at: Place, task: Task) -> None:
    hands = live(at, {}, "en", task.ui)
    task.before(hands)
    for key in task.pressed:
        assert not_yet(task, hands), f"done before {key}"
        hands.keys(key)
    assert task.done(hands)
    assert (hands.panel, hands.call.turn, hands.errors) == (None, None, [])


def test_the_keystrokes_of_ten_tasks_are_as_few_as_the_readme_says() -> None:
    assert [len(task.pressed) for task in TEN] == COUNTS
    assert len(FIRST_TIME.pressed) == 2
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| task | keys | |\n")[2].partition("\n\n")[0].splitlines()[1:]
    assert [(row.split("|")[1].strip(), int(row.split("|")[2])) for row in table] == [(task.name, len(task.pressed)) for task in TEN]


# anything ---------------------------------------------------------------------------------------------------------------------

LETTERS = "qwertyuiopasdfghjklzxcvbnm"
KEYS = [*LETTERS, *LETTERS, *"йцукенгшщзхъфывапролджэячсмитьбюёәіңғүұқөһ1234567890.,²", *["enter"] * 12, *["space"] * 3, *["backspace", "left", "escape", "up", "down"] * 3, "right"]  # fmt: skip
TYPED = st.sampled_from(["4471", "5 EUR", "2h", "999w", "29.02", "2199-12-31T23:59", "1970-01-01", "15:00", "tomorrow", "завтра", "{order}", "Ewa", "лампа", "38", "ours", "-", "a" * 250, "\ud800x"])  # fmt: skip
PANELS = st.tuples(st.sampled_from("ffggjjxxclo"), st.lists(st.sampled_from([*PICKS, "enter", "down"]), min_size=1, max_size=3))
STEPS_TAKEN = st.one_of(
    st.sampled_from(KEYS).map(lambda key: ("keys", [key])),
    st.sampled_from(KEYS).map(lambda key: ("keys", [key])),
    PANELS.map(lambda opened: ("keys", [opened[0], *opened[1]])),
    st.one_of(TYPED, st.text(max_size=12)).map(lambda text: ("write", [text])),
    st.one_of(TYPED, st.text(max_size=30)).map(lambda text: ("paste", [text])),
    st.sampled_from([1, 45, 90, 700]).map(lambda seconds: ("wait", [seconds])),
)
UNFINISHED = re.compile(r"[{}]|None(?! of)|  | [,.!?;:]|\.\.")
STARTS: list[dict[str, Any]] = [
    {},
    {**CASE, "customer": "Zuzanna", "customer_gender": "f", "agent": "Ola"},
    {"cause": "billing", "amount": {"minor": 9900, "currency": "EUR"}, "prior": 2, "hardship": True, "anger": 9},
]


def check_line(hands: Hands) -> None:
    line = hands.call.line()
    if line is None:
        return
    assert line["text"].strip()
    assert safe(line["text"]) == line["text"]
    typed = "".join(str(hands.call.case.get(name, "")) for name in ("order", "item", "customer", "address", "reference"))
    if not typed or re.fullmatch(r"[\w ]+", typed):
        assert not UNFINISHED.search(line["text"]), line


@pytest.mark.parametrize("lang", LANGS)
def test_any_sequence_of_keys_leaves_a_call_that_can_go_on(at: Place, lang: str) -> None:
    @settings(max_examples=100)
    @given(start=st.sampled_from(STARTS), taken=st.lists(STEPS_TAKEN, max_size=40))
    def check(start: dict[str, Any], taken: list[tuple[str, list[Any]]]) -> None:
        hands = live(at, start, lang, "ru" if lang == "kk" else lang)
        for verb, values in taken:
            getattr(hands, verb)(*values)
            check_line(hands)
            seen = board(hands.call)
            assert held(hands, seen)["clock"]
        assert "internal" not in codes(hands), [error.params for error in hands.errors if error.code == "internal"]
        for event in hands.events:
            validate(event)

    check()


def felt(events: list[dict[str, Any]]) -> list[str]:
    return [event["id"] for event in events if event["type"] == "say" and event["said"] and event.get("step") == "empathize"]


@pytest.mark.parametrize("lang", LANGS)
def test_no_empathy_line_is_said_twice_whatever_the_keys(at: Place, lang: str) -> None:
    forward = [*LETTERS, *["enter"] * 20, *["space"] * 5, "w", "w", "w"]
    steps = st.one_of(st.sampled_from(forward).map(lambda key: ("keys", key)), st.just(("wait", 60)))

    @settings(max_examples=100)
    @given(start=st.sampled_from(STARTS), taken=st.lists(steps, max_size=60))
    def check(start: dict[str, Any], taken: list[tuple[str, Any]]) -> None:
        hands = live(at, start, lang)
        for verb, value in [("keys", "w"), *taken]:
            getattr(hands, verb)(value)
        said = felt(hands.events)
        assert len(said) == len(set(said))

    check()


def test_an_empathy_line_brought_back_is_not_said_a_second_time(at: Place) -> None:
    hands = live(at, CASE)
    said = felt(hands.keys("w", "enter", "backspace", "enter", "enter"))
    assert said
    assert len(said) == len(set(said))


def test_the_clock_of_a_test_stands(at: Place) -> None:
    assert live(at).keys("enter")[0]["at"] == NOW
