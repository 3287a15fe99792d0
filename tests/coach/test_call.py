"""The call, scenario by scenario: the ladder, danger, offers, promises, facts late, another language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.case.fields import STEPS
from clientcoach.coach.turns import KINDS
from clientcoach.errors import CoachError, UsageError
from tests.support import LANGS, do, go_to

if TYPE_CHECKING:
    from clientcoach.coach.call import Call
    from tests.support import Place

CASE = {"cause": "delivery", "verified": True}


def refuse(call: Call, name: str, **more: Any) -> list[dict[str, Any]]:
    return answered(do(call, {"do": "offer", "id": name, "answer": "refused", **more}))


def answered(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the line that led into the offers: an answer means that it was said."""
    assert all(event["said"] for event in events if event["type"] == "say")
    return [event for event in events if event["type"] != "say"]


def accept(call: Call, name: str, **more: Any) -> list[dict[str, Any]]:
    return answered(do(call, {"do": "offer", "id": name, "answer": "accepted", **more}))


def line_id(call: Call) -> str | None:
    line = call.line()
    return line["id"] if line else None


def test_enter_walks_the_five_steps_once(at: Place) -> None:
    call = at.call(CASE)
    events = []
    while call.line():
        events += do(call, "next")
    steps = list(dict.fromkeys(event["step"] for event in events if event["type"] == "say"))
    assert steps == list(STEPS)
    assert [event["number"] for event in events if event["type"] == "step"] == [2, 3, 4, 5]
    assert all(event["said"] for event in events if event["type"] == "say")
    ended = do(call, "end")
    assert ended[-1]["type"] == "end"
    assert set(ended[-1]["steps"].values()) == {"done"}


def test_next_after_the_last_line_changes_nothing(at: Place) -> None:
    call = at.call(CASE)
    while call.line():
        last = line_id(call)
        do(call, "next")
    assert do(call, "next", "next") == []
    do(call, "back")
    assert line_id(call) == last


def test_another_is_not_said_and_goes_round(at: Place) -> None:
    call = at.call()
    first = line_id(call)
    seen = [first]
    for _ in range(30):
        (event,) = do(call, "another")
        assert event["said"] is False
        assert event["id"] == seen[-1]
        assert line_id(call) != seen[-1]
        seen.append(line_id(call))
    assert first in seen[1:], "after the last comes the first again"


@pytest.mark.parametrize("name", ["shorter", "softer", "firmer"])
def test_forms_of_the_opening_line(at: Place, name: str) -> None:
    call = at.call()
    before = call.line()
    do(call, name)
    after = call.line()
    assert before
    assert after
    assert before["text"] != after["text"]
    (event,) = do(call, "next")[:1]
    assert event["text"] == after["text"]


@pytest.mark.parametrize(
    ("required", "rungs"),
    [(0, ["end"]), (1, ["warn", "end"]), (2, ["ask", "warn", "end"]), (3, ["ask", "ask", "warn", "end"])],
)
def test_the_boundary_ladder(at: Place, required: int, rungs: list[str]) -> None:
    call = at.call(CASE, policy={"warnings_required": required})
    found = []
    for rung in rungs:
        events = do(call, {"do": "interrupt", "kind": "insult"})
        event = events[-1]
        first = "_first" if not found and rung != "ask" else ""  # it must not speak of an earlier limit
        assert event["line"]["id"] == f"insult.limit.{rung}{first}"
        found.append(event["rung"])
        if rung != "end":
            do(call, "return")
    assert found == rungs
    do(call, "next", "next", "next")
    assert call.turn, "the end of the ladder does not lead back by itself"
    assert do(call, "end")[-1]["outcome"] == "ended"


@pytest.mark.parametrize("kind", ["threat", "self_harm"])
def test_danger_stops_the_steps(at: Place, kind: str) -> None:
    call = at.call(CASE)
    do(call, "next")
    before = line_id(call)
    event = do(call, {"do": "interrupt", "kind": kind})[-1]
    assert event["card"]["notes"]
    assert event["card"]["numbers"] == {"emergency": "112"}
    do(call, *["next"] * 8)
    assert call.turn
    assert call.line() is None
    for action in ({"do": "go", "step": "propose"}, "back", "another", "shorter"):
        with pytest.raises(UsageError):
            do(call, action)
    do(call, {"do": "interrupt", "kind": "silence"}, *["next"] * 5)
    assert call.turn, "a turn on top does not let the steps go on"
    do(call, {"do": "hold"}, *["next"] * 5)
    assert call.turn
    do(call, "return")
    assert line_id(call) == before


def test_danger_may_end_the_call_at_once(at: Place) -> None:
    call = at.call(CASE)
    do(call, {"do": "interrupt", "kind": "threat"})
    (*_, event) = do(call, "end")
    assert (event["type"], event["outcome"], event["interruptions"]) == ("end", "ended", ["threat"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_interruption_is_short_and_comes_back(at: Place, kind: str, lang: str) -> None:
    call = at.call(CASE, lang)
    do(call, "next", "next")
    place, before = (call.step, call.part), line_id(call)
    events = do(call, {"do": "interrupt", "kind": kind})
    assert events[-1]["line"]
    assert call.advice()["title"]
    assert call.upcoming() is None
    said = []
    for _ in range(6):
        if not call.turn or call.line() is None:
            break
        said += [event for event in do(call, "next") if event["type"] == "say"]
    assert 1 <= len(said) <= 5
    assert all(event["interruption"] == kind for event in said)
    if call.turn:
        do(call, "return")
    assert ((call.step, call.part), line_id(call)) == (place, before)


def test_a_hold_says_its_length_and_is_over_however_it_is_left(at: Place) -> None:
    ways: list[list[Any]] = [
        ["return"],
        ["next", "next", "next"],
        [{"do": "interrupt", "kind": "silence"}],
        [{"do": "go", "step": "propose"}],
        [{"do": "hold", "for": "5m"}],
    ]
    for way in ways:
        call = at.call(CASE)
        (event,) = do(call, {"do": "hold", "for": "3m"})
        assert (event["on"], event["for"]) == (True, "3m")
        assert "3 minutes" in event["line"]["text"]
        events = []
        for action in way:
            if call.turn or action != "next":
                events += do(call, action)
        assert [one["on"] for one in events if one["type"] == "hold"][:1] == [False], way


@pytest.mark.parametrize("length", ["", "soon", "15:00", 5, None, [], "0m"])
def test_a_hold_needs_a_length(at: Place, length: Any) -> None:
    call = at.call()
    with pytest.raises(UsageError):
        do(call, {"do": "hold", "for": length})
    assert call.turn is None


# offers ----------------------------------------------------------------------------------------------------------------------


def test_refused_opens_the_compromise_and_all_refused_the_last_word(at: Place) -> None:
    call = at.call(CASE)
    go_to(call, "propose.options")
    own = [offer["id"] for offer in call.offers() if not offer["needs_lead"]]
    assert len(own) >= 2
    refuse(call, own[0])
    assert call.part == "compromise"
    for name in own[1:]:
        assert call.part == "compromise"
        refuse(call, name)
    assert call.part == "refused_all"


def test_an_offer_from_beyond_the_first_three_may_be_refused_too(at: Place) -> None:
    call = at.call(CASE)
    go_to(call, "propose.options")
    refuse(call, "callback")
    assert call.part == "compromise"


def test_an_accepted_offer_is_in_the_summary(at: Place) -> None:
    call = at.call({**CASE, "deadline": "2h"})
    go_to(call, "propose.choose")
    (event,) = accept(call, "pickup")
    assert (event["id"], event["answer"], event["approved_by"]) == ("pickup", "accepted", None)
    assert "pick-up point" in event["text"]
    assert call.extra["agreed"] == event["text"]
    assert call.key().startswith("follow_up") or call.part not in {
        "options",
        "choose",
        "compromise",
        "plan",
        "refused_all",
        "ask_lead",
    }
    go_to(call, "follow_up.summary")
    line = call.line()
    assert line
    assert "pick-up point" in line["text"]


def test_a_refusal_does_not_undo_an_acceptance(at: Place) -> None:
    call = at.call(CASE)
    go_to(call, "propose.choose")
    accept(call, "pickup")
    refuse(call, "new_slot")
    assert call.solution == "accepted"
    assert call.part not in {"compromise", "refused_all"}


@pytest.mark.parametrize(
    ("case", "name", "more"),
    [
        (CASE, "free_service", {}),
        (CASE, "refund_delivery", {"amount": "10,01 EUR"}),
        (CASE, "refund_delivery", {"amount": "5 USD"}),
        ({**CASE, "cause": "billing", "amount": {"minor": 5001, "currency": "EUR"}}, "refund_overcharge", {}),
    ],
    ids=["not this role's", "over the limit", "another currency", "over by the case"],
)
def test_beyond_the_authority_the_lead_is_asked(at: Place, case: dict[str, Any], name: str, more: dict[str, Any]) -> None:
    call = at.call(case)
    go_to(call, "propose.options")
    (event,) = accept(call, name, **more)
    assert (event["type"], event["code"], event["offer"]) == ("warning", "needs_lead", name)
    assert call.part == "ask_lead"
    assert not call.answers
    (event,) = accept(call, name, approved_by=" Ewa\u202e ", **more)
    assert (event["type"], event["approved_by"]) == ("offer", "Ewa")


def test_the_sum_of_the_case_limits_only_what_names_it(at: Place) -> None:
    call = at.call({**CASE, "amount": {"minor": 99900, "currency": "USD"}})
    (event,) = accept(call, "refund_delivery")
    assert event["type"] == "offer"


def test_the_lead_asks_nobody(at: Place) -> None:
    call = at.call({**CASE, "role": "lead"})
    assert not any(offer["needs_lead"] for offer in call.offers())
    (event,) = accept(call, "free_service", amount="9000 USD")
    assert event["type"] == "offer"


def test_an_offer_taken_back_is_not_summed_up(at: Place) -> None:
    call = at.call(CASE)
    accept(call, "pickup")
    call.act({"do": "go", "step": "follow_up"})
    assert "pick" in call.line()["text"].lower()
    call.act({"do": "offer", "id": "pickup", "answer": "refused"})
    assert "pick" not in call.line()["text"].lower()


def test_a_deadline_means_the_same_time_all_through_the_call(at: Place) -> None:
    call = at.call(CASE)
    do(call, {"do": "fact", "set": {"deadline": "2h"}})
    at.variables["CLIENTCOACH_NOW"] = "2026-11-25T10:25:00+05:00"
    do(call, {"do": "go", "step": "follow_up"})
    assert "by noon" in call.line()["text"]


@pytest.mark.parametrize(("when", "flag"), [("2026-11-01", "past"), ("2026-11-25T09:00", "past")])
def test_a_deadline_that_is_over_is_told_and_not_said(at: Place, when: str, flag: str) -> None:
    call = at.call(CASE)
    events = do(call, {"do": "fact", "set": {"deadline": when}})
    assert events[-1]["code"] == f"deadline_{flag}"
    do(call, {"do": "go", "step": "follow_up"})
    assert "ovember" not in call.line()["text"]


def test_the_other_offers_can_be_laid_out_again(at: Place) -> None:
    call = at.call(CASE)
    go_to(call, "propose.options")
    refuse(call, "pickup")
    assert call.part == "compromise"
    do(call, {"do": "go", "step": "propose"})
    do(call, "next")
    assert "pickup" not in [offer["id"] for offer in call.offers()]
    assert "new_slot" in [offer["id"] for offer in call.offers()]


@pytest.mark.parametrize("length", ["3d", "31m", "1h", "x", None, 5])
def test_a_hold_is_minutes(at: Place, length: Any) -> None:
    call = at.call(CASE)
    with pytest.raises(UsageError):
        do(call, {"do": "hold", "for": length})


def test_a_form_of_address_stays_in_its_language(at: Place) -> None:
    call = at.call({**CASE, "address": "Pani Żaneto"}, "pl")
    do(call, {"do": "language", "lang": "ru"})
    assert "address" not in call.case


def test_an_offer_accepted_late_is_summed_up_at_once(at: Place) -> None:
    call = at.call(CASE)
    do(call, {"do": "go", "step": "follow_up"})
    before = line_id(call)
    accept(call, "pickup")
    assert before != line_id(call) == "follow_up.summary.agreed"


def test_a_hold_always_names_its_time(at: Place) -> None:
    call = at.call(CASE)
    call.act({"do": "hold", "for": "21m"})
    for _ in range(4):
        assert "21 minutes" in call.line()["text"]
        call.act({"do": "another"})


def test_every_line_of_the_last_rung_ends_the_call(at: Place) -> None:
    call = at.call(CASE)
    for _ in range(5):
        call.act({"do": "interrupt", "kind": "insult"})
    assert call.line()["id"] == "insult.limit.end"
    call.act({"do": "next"})
    call.act({"do": "interrupt", "kind": "insult"})
    assert call.line()["id"] == "insult.limit.end"


def test_within_the_limit_nobody_is_asked(at: Place) -> None:
    call = at.call(CASE)
    (event,) = accept(call, "refund_delivery", amount="10 EUR")
    assert (event["type"], event["amount"]) == ("offer", {"minor": 1000, "currency": "EUR"})


def test_an_expired_offer_cannot_be_given(at: Place) -> None:
    offers = [{**offer, "valid_until": "2026-11-24"} if offer["id"] == "pickup" else offer for offer in at.session().policy("en")["offers"]]
    call = at.call(CASE, policy={"offers": offers})
    assert "pickup" not in [offer["id"] for offer in call.offers()]
    with pytest.raises(UsageError) as caught:
        accept(call, "pickup")
    assert "pickup" not in caught.value.params["choices"]
    still = [{**offer, "valid_until": "2026-11-25"} if offer["id"] == "pickup" else offer for offer in offers]
    assert accept(at.call(CASE, policy={"offers": still}), "pickup")[0]["type"] == "offer"


def test_without_an_own_offer_there_is_a_plan(at: Place) -> None:
    call = at.call(CASE, policy={"offers": [offer for offer in at.session().policy("en")["offers"] if offer["needs_lead"]]})
    go_to(call, "propose.plan")
    do(call, "next")
    assert call.step_name() == "follow_up"


@pytest.mark.parametrize(
    "action",
    [
        {"id": "pickup"},
        {"id": "pickup", "answer": []},
        {"id": "pickup", "answer": {}},
        {"id": "pickup", "answer": "maybe"},
        {"answer": "accepted"},
        {"id": [], "answer": "accepted"},
        {"id": "pickup", "answer": "accepted", "amount": "x"},
        {"id": "free_service", "answer": "accepted", "approved_by": {}},
    ],
)
def test_offers_that_make_no_sense(at: Place, action: dict[str, Any]) -> None:
    call = at.call(CASE)
    with pytest.raises(UsageError):
        do(call, {"do": "offer", **action})
    assert not call.answers


# promises ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "lacking"),
    [
        ({}, ["what", "by"]),
        ({"what": "a call"}, ["by"]),
        ({"by": "2h"}, ["what"]),
        ({"what": "...", "by": "2h"}, ["what"]),
        ({"what": "a call", "by": "-"}, ["by"]),
        ({"what": "a call", "by": " "}, ["by"]),
        ({"what": "", "by": ""}, ["what", "by"]),
        ({"what": None, "by": None}, ["what", "by"]),
    ],
)
def test_a_promise_without_a_date_is_none(at: Place, action: dict[str, Any], lacking: list[str]) -> None:
    call = at.call(CASE)
    with pytest.raises(UsageError) as caught:
        do(call, {"do": "promise", **action})
    assert caught.value.code == "promise_needs"
    assert caught.value.params["fields"] == lacking
    assert call.promises == []
    assert call.case == CASE


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("what", 5, "what"),
        ("owner", [], "owner"),
        ("by", 5, "by"),
        ("by", "soon", "deadline"),
        ("what", "x" * 201, "what"),
        ("owner", "\ud800", "owner"),
    ],
)
def test_a_promise_of_another_type_names_the_word(at: Place, name: str, value: Any, field: str) -> None:
    call = at.call(CASE)
    with pytest.raises(UsageError) as caught:
        do(call, {"do": "promise", "what": "a call", "by": "2h", name: value})
    assert caught.value.params["field"] == field
    assert call.promises == []


def test_a_promise_is_kept_with_owner_and_moment(at: Place) -> None:
    call = at.call({**CASE, "agent": "Ola"})
    (event,) = do(call, {"do": "promise", "what": " a  call\u202e ", "by": "2h"})
    assert (event["what"], event["owner"], event["by"]) == ("a call", "Ola", "2026-11-25T12:00+05:00")
    (event, warning) = do(call, {"do": "promise", "what": "a letter", "owner": "Ewa", "by": "2026-11-20"})
    assert (event["owner"], warning["code"]) == ("Ewa", "promise_in_the_past")
    accept(call, "pickup")
    (event,) = do(call, {"do": "promise", "by": "15:00"})
    assert "pick-up point" in event["what"]
    assert call.close()[-1]["outcome"] == "settled"
    assert len(call.promises) == 3


def test_the_date_comes_from_the_case(at: Place) -> None:
    call = at.call({**CASE, "deadline": "3d"})
    (event,) = do(call, {"do": "promise", "what": "a call"})
    assert event["by"].startswith("2026-11-28")
    assert at.call(CASE).close()[-1]["outcome"] == "open"


# facts, language, anger -----------------------------------------------------------------------------------------------------------


def test_late_facts_change_the_line_at_once(at: Place) -> None:
    call = at.call()
    go_to(call, "listen.read_back")
    (event,) = do(call, {"do": "fact", "set": {"order": 4471, "cause": "delivery"}})
    assert event["set"] == {"order": "4471", "cause": "delivery"}
    assert "4471" in event["line"]["text"]
    (event,) = do(call, {"do": "fact", "set": {"order": None}})
    assert "4471" not in event["line"]["text"]
    assert "order" not in call.case


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        {},
        5,
        {"anger": 11},
        {"bogus": 1},
        {"bogus": None},
        {"role": "nobody"},
        {"offer": ["nothing"]},
        {"set": {"a": "b"}},
        {"deadline": "soon"},
        {"lang": "xx"},
        {"customer": "\ud800"},
    ],
)
def test_a_bad_fact_changes_nothing(at: Place, given: Any) -> None:
    call = at.call(CASE)
    before, line = dict(vars(call)), call.line()
    with pytest.raises(CoachError):
        do(call, {"do": "fact", "set": given})
    assert vars(call) == before
    assert call.line() == line
    do(call, "next")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("turn", [False, True])
def test_another_language_keeps_the_place(at: Place, lang: str, turn: bool) -> None:
    call = at.call({**CASE, "customer": "Анна", "customer_gender": "f"})
    for _ in range(12):
        if turn:
            do(call, {"do": "interrupt", "kind": "silence"})
        before, line = (call.step, call.part, call.key()), call.line()
        assert line
        (event,) = do(call, {"do": "language", "lang": lang})
        assert (call.step, call.part, call.key()) == before
        assert event["line"]["id"] == line["id"]
        assert (event["lang"], event["from"]) == (lang, "en")
        assert (event["line"]["text"] == line["text"]) is (lang == "en")
        if turn:
            do(call, "return")
        do(call, {"do": "language", "lang": "kz"}, {"do": "language", "lang": "en"})
        if call.line() is None:
            break
        do(call, "next")


def test_what_was_agreed_is_said_in_the_language_of_now(at: Place) -> None:
    call = at.call(CASE)
    accept(call, "pickup")
    do(call, {"do": "fact", "set": {"lang": "ru"}})
    assert "самовывоза" in call.extra["agreed"]
    assert call.lang == "ru"


@pytest.mark.parametrize("lang", [None, "", "xx", 5, []])
def test_a_language_nobody_speaks(at: Place, lang: Any) -> None:
    call = at.call()
    with pytest.raises(UsageError):
        do(call, {"do": "language", "lang": lang})
    assert call.lang == "en"


def test_anger_has_a_start_and_an_end(at: Place) -> None:
    call = at.call(CASE)
    do(call, {"do": "anger", "to": 9}, {"do": "anger", "to": "3"})
    assert call.close()[-1]["anger"] == {"start": 9, "end": 3}
    for wrong in (None, 11, -1, "x", 1.5, True):
        with pytest.raises(UsageError):
            do(at.call(), {"do": "anger", "to": wrong})


@pytest.mark.parametrize(("rule", "part"), [("after_listen", "listen.verify"), ("before_details", "propose.verify"), ("never", None)])
def test_the_identity_check_in_a_call(at: Place, rule: str, part: str | None) -> None:
    call = at.call({"cause": "delivery"}, policy={"verify": rule})
    found = []
    while call.line():
        found.append(call.key())
        do(call, "next")
    assert [key for key in found if key.endswith(".verify")] == ([part] if part else [])


# the end ------------------------------------------------------------------------------------------------------------------------------


def test_the_end_points_at_what_was_left_out_once(at: Place) -> None:
    call = at.call(CASE)
    do(call, "next")
    (event,) = do(call, "end")
    assert (event["code"], event["steps"]) == ("steps_skipped", list(STEPS[1:]))
    assert not call.ended
    events = do(call, {"do": "end", "outcome": "handed_over"})
    assert events[-1]["outcome"] == "handed_over"
    assert events[-1]["steps"] == {"listen": "done", **dict.fromkeys(STEPS[1:], "skipped")}


def test_ended_is_ended(at: Place) -> None:
    call = at.call()
    do(call, "end", "end")
    for action in ("next", "back", "end", {"do": "interrupt", "kind": "insult"}):
        with pytest.raises(UsageError) as caught:
            do(call, action)
        assert caught.value.code == "call_ended"


@pytest.mark.parametrize(
    "action",
    [
        None,
        [],
        5,
        {},
        {"do": None},
        {"do": []},
        {"do": "nxt"},
        {"do": "go"},
        {"do": "go", "step": []},
        {"do": "interrupt"},
        {"do": "interrupt", "kind": []},
        {"do": "interrupt", "kind": "hold"},
        {"do": "end", "outcome": []},
        {"do": "return"},
    ],
)
def test_actions_that_make_no_sense_change_nothing(at: Place, action: Any) -> None:
    call = at.call(CASE)
    before = dict(vars(call))
    with pytest.raises(UsageError):
        call.act(action)
    assert vars(call) == before


@pytest.mark.parametrize("lang", LANGS)
def test_an_empathy_line_is_never_said_twice_even_when_none_is_left(at: Place, lang: str) -> None:
    call = at.call({"cause": "delivery"}, lang)
    said = []
    for _ in range(40):
        events = do(call, {"do": "go", "step": "empathize"}, "next")
        said += [event["id"] for event in events if event.get("step") == "empathize" and event.get("said")]
    assert len(said) > 3
    assert len(said) == len(set(said))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("channel", ["phone", "chat"])
def test_the_third_time_the_name_is_left_out(at: Place, lang: str, channel: str) -> None:
    call = at.call({"address": "Zuzanna", "cause": "delivery", "channel": channel}, lang)
    wish = "written" if channel == "chat" else "say"
    texts = []
    for key, phrases in call.desk().playbook["phrases"].items():
        step, part = key.split(".")
        for phrase in phrases:
            form = phrase["forms"].get(wish, phrase["forms"]["say"])
            if not form["needs"] and any(one in (["v", "addr_pre"], ["v", "addr_mid"]) for one in form["text"]):
                call.step, call.part, call.phrase = STEPS.index(step), part, phrase
                texts.append(do(call, "next")[0]["text"])
    assert len(texts) > 2
    assert ["Zuzanna" in text for text in texts] == [True, True, *[False] * (len(texts) - 2)]
