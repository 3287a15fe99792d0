"""The debrief of known calls: what was done well, what cost most and by how much, what there was to do, what to practise."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.drill.acts import ACTS
from clientcoach.drill.debrief import cost, debrief
from clientcoach.drill.ends import ENDS
from clientcoach.drill.picks import after, reference
from clientcoach.drill.score import MARKS, RULES
from clientcoach.drill.state import worth
from clientcoach.drill.talk import Talk
from clientcoach.drill.what_if import before, par
from tests.drill.calls import GOOD, call
from tests.drill.models import model
from tests.drill.people import persona


def with_turn(turn: int, acts: str, **card: object) -> Talk:
    """The good call with other acts in one turn, then the reference to its end."""
    talk = call(*GOOD[: turn - 1], acts, **card)
    while not talk.ended:
        talk.take(reference(talk), "the reference")
    return talk


def test_a_good_call_has_nothing_that_cost_and_something_done_well() -> None:
    told = debrief(call(*GOOD))
    assert (told["costliest"], told["instead"], told["instead_said"], told["rule"]) == (None, [], "", None)
    assert told["done_well"] == {
        "turn": 3,
        "said": "“paraphrase empathy explore”",
        "acts": ["paraphrase", "empathy", "explore"],
        "rule": "read_back",
    }
    assert (told["process"], told["critical"]) == (100, [])
    assert told["outcome"]["end"] == told["par"]["end"] == "settled"


@pytest.mark.parametrize(
    ("turn", "acts", "rule", "evidence"),
    [
        (1, "propose", "let_finish", "E1"), (2, "apology", "apologize_once", "E3"), (3, "calm_down", "stay_kind", "E12"), (3, "paraphrase_wrong", "read_back", "E10"), (3, "empathy_generic", "name_feeling", "E10"),
        (5, "propose_vague", "fit_offer", "E9"), (5, "promise_vague", "date_promise", "E34"), (4, "confirm", "sum_up", "E34"), (3, "ask_again", "ask_first", "E10"),
    ],
)  # fmt: skip
def test_the_turn_that_cost_most_is_the_one_with_the_fault(turn: int, acts: str, rule: str, evidence: str) -> None:
    talk = with_turn(turn, acts)
    told = debrief(talk)
    costly, stood = told["costliest"], before(talk, turn)
    assert (costly["turn"], costly["said"], costly["acts"], costly["rule"]) == (turn, f"“{acts}”", [acts], rule)
    assert evidence in costly["evidence"] == model()["rules"][rule]["evidence"]
    assert costly["cost"] == worth(after(stood, reference(stood))) - worth(talk.rounds[turn - 1].after) > 0
    assert tuple(told["instead"]) == reference(stood)
    assert told["instead_said"]


def test_an_early_apology_costs_though_it_changes_nothing() -> None:
    talk = call("apology", *GOOD)
    stood = talk.afresh()
    assert worth(talk.rounds[0].after) == worth(talk.rounds[0].before)
    assert cost(stood, talk.rounds[0]) > 0


def test_better_than_the_reference_is_no_cost() -> None:
    stood = call("listen", "listen explore")
    best = max(ACTS, key=lambda act: worth(after(stood, [*reference(stood), act])))
    talk = call("listen", "listen explore", " ".join([*reference(stood), best]))
    assert worth(talk.rounds[2].after) > worth(after(stood, reference(stood)))
    assert cost(stood, talk.rounds[2]) == 0


def test_of_equal_turns_the_first_is_told() -> None:
    talk = call("name", "name", "transfer")
    costs = [cost(before(talk, one.turn), one) for one in talk.rounds]
    assert costs[0] == costs[1] > 0
    assert debrief(talk)["costliest"] is None, "against no rule, and not much"
    talk.model = {**talk.model, "score": {**talk.model["score"], "costly": {"at": costs[0]}}}
    assert debrief(talk)["costliest"]["turn"] == 1


def test_what_was_only_left_out_is_told_by_the_act_that_was() -> None:
    talk = with_turn(3, "paraphrase explore")
    costly = debrief(talk)["costliest"]
    assert (costly["turn"], costly["rule"]) == (3, "name_feeling")


def test_danger_comes_before_what_else_was_wrong_in_that_turn() -> None:
    told = debrief(call("listen", "calm_down", "safety", events={"threat": 1}))
    assert (told["costliest"]["turn"], told["costliest"]["rule"], told["critical"]) == (2, "keep_safe", [2])
    assert told["instead"] == ["safety"]
    assert told["process"] <= 40
    assert debrief(call("listen", "calm_down", "transfer", events={"insult": 1}))["costliest"]["rule"] == "hold_limit"


def test_what_hurts_more_gives_the_reason() -> None:
    assert debrief(with_turn(3, "jargon deny paraphrase_wrong"))["costliest"]["rule"] == "stay_kind"
    assert debrief(with_turn(3, "ask_again paraphrase_wrong"))["costliest"]["rule"] == "ask_first"


def test_what_is_praised_had_no_fault_in_it() -> None:
    talk = call("listen", "listen explore", "paraphrase empathy explore calm_down", *GOOD[3:])
    told = debrief(talk)["done_well"]
    assert told["turn"] != 3
    only = debrief(call("listen calm_down", "transfer_cold"))
    assert only["done_well"]["turn"] == 1, "where there is nothing else, the good half of it"
    assert debrief(call("transfer_cold"))["done_well"] is None


def test_the_next_rule_is_the_one_that_lost_most_points() -> None:
    talk = call(*GOOD[:4], "propose choice", "confirm")
    told = debrief(talk)
    assert (told["outcome"]["end"], told["rule"]) == ("false_peace", "date_promise")
    assert debrief(call("transfer_cold"))["rule"] == "let_finish", "of equal points the one that is practised first"


def test_what_happened_and_what_could_have_been_avoided() -> None:
    talk = call(*GOOD, events={"review": 3})
    brought = debrief(talk)["outcome"]
    assert brought == {
        "end": "settled", "turns": 6, "trust": brought["trust"], "anger": brought["anger"], "peak": 45, "softening": brought["softening"], "promises": 1, "avoidable": [],
    }  # fmt: skip
    assert [one.turn for one in talk.rounds if "softening" in one.told] == [brought["softening"]]
    talk = call("listen", severity=3)
    while not talk.ended:
        talk.take(["deny"])
    spoilt = debrief(talk)["outcome"]
    assert (spoilt["end"], spoilt["avoidable"][-1]) in {("hung_up", "hang_up"), ("left", "leaving")}
    assert spoilt["peak"] >= spoilt["anger"] > 80
    assert (spoilt["softening"], spoilt["promises"]) == (None, 0)


def test_what_comes_in_the_first_two_turns_came_with_the_customer() -> None:
    assert debrief(call("blame_customer", "transfer", severity=3))["outcome"]["avoidable"] == []


def test_par_is_told_beside_the_outcome() -> None:
    talk = call("listen", "transfer_cold")
    told, best = debrief(talk), par(talk).state
    assert told["par"] == {"end": best.end, "turns": best.turn, "trust": best.trust, "anger": best.anger}
    assert told["outcome"]["end"] == "handed_over"
    assert told["curves"] == {"anger": talk.curve("anger"), "trust": talk.curve("trust")}


@given(st.integers(0, 2**31 - 1), st.lists(st.lists(st.sampled_from(ACTS), min_size=1, max_size=3), min_size=1, max_size=6))
def test_whatever_was_done_can_be_told(seed: int, turns: list[list[str]]) -> None:
    """Plain values, the same for the same call."""
    talk = Talk(model(), persona(events={"insult": 3, "recording": 5}), seed)
    while not talk.ended:
        talk.take(turns[talk.state.turn % len(turns)], "said")
    told = debrief(talk)
    assert json.loads(json.dumps(told)) == told == debrief(talk)
    assert 0 <= told["process"] <= 100
    assert told["outcome"]["end"] in ENDS
    assert list(told["marks"]) == list(RULES)
    assert {one["mark"] for one in told["marks"].values()} <= set(MARKS)
    assert (told["costliest"] is None) is (told["instead"] == [])
    assert told["rule"] is None or told["rule"] in RULES
    assert all(0 <= one["turn"] <= len(talk.rounds) for one in told["marks"].values())
