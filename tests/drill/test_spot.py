"""A call with one fault: where it is known to be it is, and nowhere else."""

from __future__ import annotations

import pytest

from clientcoach.drill.score import RULES, slips
from clientcoach.drill.spot import ANYWHERE, INSTEAD, spot
from clientcoach.drill.talk import Talk
from clientcoach.drill.what_if import par
from tests.drill.models import model
from tests.drill.people import FACTS, persona

EVENTS = {"meet_turn": {"recording": 2}, "hold_limit": {"insult": 2}, "keep_safe": {"threat": 2}}
SEEDS = range(25)


@pytest.mark.parametrize("rule", RULES)
def test_one_turn_goes_against_the_rule_and_no_other_does(rule: str) -> None:
    people = persona(events=EVENTS.get(rule, {}))
    found = [made for seed in SEEDS if (made := spot(model(), people, rule, seed))]
    assert len(found) == len(SEEDS)
    for one in found:
        told = slips(one.talk)
        assert {turn for turn, _ in told} == {one.turn}
        assert (one.turn, rule) in told
        assert one.turn < len(one.talk.rounds), "it is not the last word"
        assert one.talk.ended


def test_the_rest_is_the_reference_s() -> None:
    made = spot(model(), persona(), "date_promise", 3)
    clean = par(Talk(model(), persona(), 3))
    assert made
    assert [one.acts for one in made.talk.rounds[: made.turn - 1]] == [one.acts for one in clean.rounds[: made.turn - 1]]
    assert made.instead == clean.rounds[made.turn - 1].acts != made.talk.rounds[made.turn - 1].acts
    assert made.instead_said == clean.rounds[made.turn - 1].said
    assert all(one.said for one in made.talk.rounds)


def test_the_same_seed_is_the_same_call_and_others_are_others() -> None:
    made = [spot(model(), persona(), "stay_kind", seed) for seed in (*SEEDS, *SEEDS)]
    assert made[: len(SEEDS)] != []
    told = [one and (one.turn, [each.said for each in one.talk.rounds], [each.answer for each in one.talk.rounds]) for one in made]
    assert told[: len(SEEDS)] == told[len(SEEDS) :]
    assert len({one.turn for one in made if one}) > 3
    assert {one.talk.rounds[one.turn - 1].acts[0] for one in made if one} == set(ANYWHERE)


@pytest.mark.parametrize("rule", ["meet_turn", "hold_limit", "keep_safe"])
def test_who_gives_no_chance_shows_nothing(rule: str) -> None:
    open_book = {name: fact for name, fact in FACTS.items() if name != "third"}
    assert spot(model(), persona(facts=open_book), rule, 0) is None
    others = [name for events in EVENTS.values() for name in events if events is not EVENTS[rule]]
    assert spot(model(), persona(facts=open_book, events={name: 2 for name in others if name != "threat"}), rule, 0) is None


def test_a_danger_leaves_no_time_for_an_offer() -> None:
    assert spot(model(), persona(events={"threat": 2}), "fit_offer", 0) is None


def test_each_rule_of_the_steps_has_its_faults() -> None:
    assert {*INSTEAD, "stay_kind", *EVENTS} == set(RULES)
