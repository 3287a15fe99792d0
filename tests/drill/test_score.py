"""The scorecard: each rule kept, half kept, missed or without a chance, in calls of a few turns."""

from __future__ import annotations

from typing import Any

import pytest

from clientcoach.drill.acts import ACTS
from clientcoach.drill.answer import REPLIES
from clientcoach.drill.score import KEPT, MARKS, MISSED, NO_CHANCE, PARTLY, RULES, WRONG, critical_turns, marks, points, slips
from tests.drill.calls import GOOD, call
from tests.drill.models import model

TOLD = {"vent_left": 0, "told": 2, "heard": 50, "anger": 30, "trust": 50, "known": [0, 1]}
COLD = {**TOLD, "heard": 10}
AGREED = {**TOLD, "solution": 70, "known": [0, 1, 2, 3], "promised": 1}


@pytest.mark.parametrize(
    ("rule", "turns", "given", "mark"),
    [
        ("let_finish", "listen, listen", {}, (KEPT, 1)), ("let_finish", "listen, propose", {}, (PARTLY, 2)), ("let_finish", "propose", {}, (MISSED, 1)),
        ("let_finish", "explore", {}, (MISSED, 0)), ("let_finish", "listen, propose, flat_no", {"vent_left": 3}, (MISSED, 2)), ("let_finish", "listen", TOLD, (MISSED, 0)),
        ("read_back", "paraphrase", TOLD, (KEPT, 1)), ("read_back", "propose, paraphrase", TOLD, (PARTLY, 2)), ("read_back", "paraphrase_wrong, paraphrase", TOLD, (PARTLY, 1)),
        ("read_back", "paraphrase_wrong", TOLD, (MISSED, 1)), ("read_back", "paraphrase", {}, (MISSED, 1)), ("read_back", "propose", TOLD, (MISSED, 0)), ("read_back", "paraphrase propose", TOLD, (KEPT, 1)),
        ("name_feeling", "empathy", TOLD, (KEPT, 1)), ("name_feeling", "empathy_generic", TOLD, (PARTLY, 1)), ("name_feeling", "empathy_generic, empathy", TOLD, (KEPT, 2)),
        ("name_feeling", "empathy", {}, (PARTLY, 1)), ("name_feeling", "own", TOLD, (MISSED, 0)),
        ("ask_first", "explore", TOLD, (KEPT, 1)), ("ask_first", "explore, ask_again", TOLD, (PARTLY, 2)), ("ask_first", "ask_again", TOLD, (MISSED, 1)),
        ("ask_first", "propose, explore", TOLD, (PARTLY, 2)), ("ask_first", "explore propose", TOLD, (KEPT, 1)), ("ask_first", "propose", {**TOLD, "known": [0]}, (MISSED, 1)), ("ask_first", "own", TOLD, (MISSED, 0)),
        ("apologize_once", "apology", TOLD, (KEPT, 1)), ("apologize_once", "apology", COLD, (MISSED, 1)), ("apologize_once", "apology_generic", TOLD, (MISSED, 1)),
        ("apologize_once", "apology, apology, apology", TOLD, (PARTLY, 3)), ("apologize_once", "own", TOLD, (MISSED, 0)),
        ("fit_offer", "propose", TOLD, (KEPT, 1)), ("fit_offer", "no_with_alternative", TOLD, (KEPT, 1)), ("fit_offer", "propose", COLD, (PARTLY, 1)), ("fit_offer", "propose_vague", TOLD, (PARTLY, 1)),
        ("fit_offer", "propose_vague, propose", TOLD, (PARTLY, 1)), ("fit_offer", "compensation", TOLD, (PARTLY, 1)), ("fit_offer", "propose, compensation", TOLD, (KEPT, 1)), ("fit_offer", "own", TOLD, (MISSED, 0)),
        ("date_promise", "promise", TOLD, (KEPT, 1)), ("date_promise", "promise, promise_vague", TOLD, (PARTLY, 2)), ("date_promise", "overpromise", TOLD, (MISSED, 1)), ("date_promise", "own", TOLD, (MISSED, 0)),
        ("sum_up", "confirm", AGREED, (KEPT, 1)), ("sum_up", "confirm", TOLD, (MISSED, 1)), ("sum_up", "confirm, compensation, confirm", {**TOLD, "solution": 50}, (PARTLY, 1)), ("sum_up", "own", TOLD, (MISSED, 0)),
        ("stay_kind", "own", TOLD, (KEPT, 0)), ("stay_kind", "own, hold", TOLD, (PARTLY, 2)), ("stay_kind", "jargon, flat_no", TOLD, (MISSED, 1)), ("stay_kind", "boundary", TOLD, (PARTLY, 1)),
    ],
)  # fmt: skip
def test_a_rule_is_kept_half_kept_or_missed(rule: str, turns: str, given: dict[str, Any], mark: tuple[str, int]) -> None:
    assert marks(call(*turns.split(", "), given=given))[rule] == mark


@pytest.mark.parametrize(
    ("rule", "event", "turns", "mark"),
    [
        ("hold_limit", "insult", "listen, boundary", (KEPT, 2)), ("hold_limit", "insult", "listen, listen, boundary", (PARTLY, 2)), ("hold_limit", "insult", "listen, calm_down", (MISSED, 2)),
        ("hold_limit", "insult", "listen, boundary calm_down", (MISSED, 2)), ("hold_limit", "insult", "listen", (NO_CHANCE, 0)), ("hold_limit", "manager", "listen, own", (NO_CHANCE, 0)),
        ("keep_safe", "threat", "listen, safety", (KEPT, 2)), ("keep_safe", "threat", "listen, explore, safety", (MISSED, 2)), ("keep_safe", "self_harm", "listen, empathy", (MISSED, 2)), ("keep_safe", "insult", "listen, boundary", (NO_CHANCE, 0)),
        ("meet_turn", "manager", "listen, own", (KEPT, 2)), ("meet_turn", "manager", "listen, explore", (PARTLY, 2)), ("meet_turn", "manager", "listen, own flat_no", (MISSED, 2)),
        ("meet_turn", "tears", "listen, listen", (KEPT, 2)), ("meet_turn", "manager", "listen", (NO_CHANCE, 0)), ("meet_turn", "insult", "listen, boundary", (NO_CHANCE, 0)),
    ],
)  # fmt: skip
def test_what_the_customer_does_is_met_in_the_next_turn(rule: str, event: str, turns: str, mark: tuple[str, int]) -> None:
    assert marks(call(*turns.split(", "), events={event: 1}))[rule] == mark


def test_of_several_turns_of_the_customer_the_worst_met_counts() -> None:
    told = marks(call("listen", "own", "flat_no", events={"recording": 1, "legal": 2}))
    assert told["meet_turn"] == (MISSED, 3)


def test_what_cannot_be_apologized_for_is_not_asked_for() -> None:
    assert marks(call("apology", given=TOLD, legitimacy="unjustified"))["apologize_once"] == (NO_CHANCE, 0)


def test_whoever_will_not_come_again_may_be_apologized_to_at_once() -> None:
    assert marks(call("apology", given=COLD, one_off=True))["apologize_once"] == (KEPT, 1)


@pytest.mark.parametrize(
    ("turns", "card", "left"),
    [
        ("listen, safety", {"events": {"threat": 1}}, True), ("listen, transfer", {"events": {"manager": 1}}, True), ("listen, transfer", {}, False), ("transfer", {"events": {"manager": 1}}, False),
        ("listen, transfer_cold", {"events": {"manager": 1}}, False), ("boundary, calm_down, boundary", {"style": "abusive", "given": {**TOLD, "anger": 80, "abusing": True}}, True),
    ],
)  # fmt: skip
def test_steps_that_were_rightly_left_are_not_missed(turns: str, card: dict[str, Any], *, left: bool) -> None:
    talk = call(*turns.split(", "), **card)
    assert talk.ended
    assert (marks(talk)["sum_up"] == (NO_CHANCE, 0)) is left


def test_a_good_call_keeps_every_rule_and_goes_against_none() -> None:
    talk = call(*GOOD)
    told = marks(talk)
    assert talk.state.end == "settled"
    assert list(told) == list(model()["rules"]) == list(RULES)
    assert {name for name, (mark, _) in told.items() if mark != KEPT} == {"meet_turn", "hold_limit", "keep_safe"}
    assert slips(talk) == []
    assert points(model(), told, critical=False) == 100


def test_points_count_what_there_was_a_chance_for() -> None:
    told = dict.fromkeys(RULES, (NO_CHANCE, 0)) | {"let_finish": (KEPT, 1), "read_back": (PARTLY, 2), "name_feeling": (MISSED, 0)}
    rules = model()["rules"]
    most = sum(rules[name]["points"] for name in ("let_finish", "read_back", "name_feeling"))
    had = rules["let_finish"]["points"] * 100 + rules["read_back"]["points"] * model()["score"]["partly"]["percent"]
    assert points(model(), told, critical=False) == had // most
    assert points(model(), dict.fromkeys(RULES, (NO_CHANCE, 0)), critical=False) == 0


def test_what_no_good_call_has_holds_the_points_down() -> None:
    talk = call(*GOOD[:-1], "overpromise", GOOD[-1])
    told = marks(talk)
    assert critical_turns(talk) == [6]
    assert points(model(), told, critical=True) == 40 < points(model(), told, critical=False)
    assert points(model(), dict.fromkeys(RULES, (MISSED, 1)), critical=True) == 0


def test_a_danger_that_was_passed_over_is_critical_once() -> None:
    assert critical_turns(call("listen", "blame_customer", events={"threat": 1})) == [2]
    assert critical_turns(call("listen", "safety", events={"threat": 1})) == []


def test_what_went_against_a_rule_is_told_with_its_turn() -> None:
    talk = call("propose", "listen", "calm_down", events={"manager": 2})
    assert slips(talk) == [(1, "let_finish"), (1, "ask_first"), (3, "stay_kind"), (3, "meet_turn")]


def test_what_goes_against_rules_is_of_one_each_and_known() -> None:
    told = [reply for replies in WRONG.values() for reply in replies]
    assert len(set(told)) == len(told)
    assert set(told) <= set(REPLIES)
    assert set(WRONG) <= set(RULES)
    assert set(MARKS) == {KEPT, PARTLY, MISSED, NO_CHANCE}
    assert set(model()["score"]["critical"]["acts"]) <= set(ACTS)
