"""One turn of the simulated customer: what each act changes, what limits it, what the customer does, how it ends."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.case.fields import CAUSES
from clientcoach.drill.acts import ACTS, CONDITIONS, DEEDS
from clientcoach.drill.ends import ENDS, second_call
from clientcoach.drill.events import EVENTS, of_the_customer
from clientcoach.drill.personas import generate
from clientcoach.drill.state import NEEDS, STYLES, Card, Fact, State, bounded, part, start
from clientcoach.drill.turn import take
from tests.drill.models import model, shaken

CARD = Card(
    cause="delivery", severity=1, prior=0, style="loud", reactivity=100, forgiveness=100, vent=2, one_off=False, needs=("deadline",),
    facts=(Fact("listen", "heard", 0, False), Fact("listen", "heard", 0, False), Fact("explore", "trust", 60, False)),
)  # fmt: skip
NUMBERS = ("anger", "trust", "heard", "solution")


def played(*turns: str, card: Card = CARD, **given: Any) -> tuple[State, list[str]]:
    """The state after turns of acts ("listen explore", "confirm"), and the last turn's events."""
    state, told = start(model(), card), []
    for name, value in given.items():
        setattr(state, name, value)
    for acts in turns:
        told = take(model(), card, state, acts.split())
    return state, told


def change(act: str, card: Card = CARD, **given: Any) -> tuple[int, ...]:
    """What an act changes of anger, trust, heard, solution, in the middle of things."""
    at = {"anger": 50, "trust": 50, "heard": 50, "vent_left": 0, "told": 2, "known": [0, 1], **given}
    state, _ = played(card=card, **at)
    before = [getattr(state, name) for name in NUMBERS]
    take(model(), card, state, [act])
    return tuple(getattr(state, name) - was for name, was in zip(NUMBERS, before, strict=True))


def test_how_a_call_begins() -> None:
    state = start(model(), CARD)
    assert (state.anger, state.trust, state.heard, state.solution) == (45, 51, 5, 0)
    state = start(model(), replace(CARD, severity=3, prior=2))
    assert (state.anger, state.trust) == (77, 27)


@pytest.mark.parametrize(
    ("act", "given", "expected"),
    [
        ("listen", {"vent_left": 1}, (-3, 1, 6, 0)), ("listen", {}, (1, 0, 0, 0)), ("explore", {}, (-2, 2, 8, 0)), ("ask_again", {}, (6, -4, -8, 0)),
        ("paraphrase", {}, (-8, 5, 18, 0)), ("paraphrase", {"told": 0, "known": [0]}, (6, -3, -8, 0)), ("empathy", {}, (-7, 3, 12, 0)), ("empathy", {"told": 0, "known": [0]}, (-2, 0, 3, 0)),
        ("empathy_generic", {"counts": {"empathy_generic": 1}}, (2, -2, 0, 0)), ("apology", {}, (-8, 6, 4, 0)), ("apology", {"heard": 34}, (0, 0, 0, 0)),
        ("apology", {"spent": True}, (-4, 3, 2, 0)), ("apology", {"apologies": 2}, (3, -3, 0, 0)), ("propose", {}, (-10, 8, 2, 60)), ("propose", {"heard": 34}, (-4, 3, 0, 30)),
        ("propose", {"known": [0]}, (3, -2, -6, 11)), ("propose", {"vent_left": 1}, (-2, 4, -10, 60)), ("propose", {"counts": {"propose": 1}}, (-6, 4, 1, 36)),
        ("propose", {"counts": {"propose": 9}}, (-1, 1, 0, 9)), ("compensation", {}, (-5, 4, 0, 15)), ("calm_down", {}, (10, -6, -10, 0)), ("name", {}, (0, 0, 0, 0)),
        ("name", {"counts": {"name": 2}}, (2, -1, 0, 0)), ("boundary", {}, (8, -4, -4, 0)), ("confirm", {}, (4, -2, 0, 0)), ("confirm", {"solution": 60}, (-3, 5, 4, 0)),
        ("blame_customer", {}, (18, -14, -12, 0)), ("paraphrase", {"turn": 14}, (-5, 5, 18, 0)),
    ],
)  # fmt: skip
def test_what_an_act_changes(act: str, given: dict[str, Any], expected: tuple[int, ...]) -> None:
    assert change(act, **given) == expected


def test_reactivity_and_forgiveness() -> None:
    tender = replace(CARD, reactivity=130, forgiveness=80)
    assert change("deny", tender) == (18, -15, -15, 0)
    assert change("paraphrase", tender) == (-6, 5, 18, 0)
    assert change("compensation", replace(CARD, needs=("money",))) == (-8, 6, 0, 25)
    assert change("apology", replace(CARD, one_off=True), heard=5) == (-8, 6, 4, 0)


def test_the_limits_of_a_turn() -> None:
    state, _ = played("blame_customer deny", vent_left=0, heard=60, told=1)
    assert (state.anger, state.trust, state.heard) == (45 + 26, 51 - 20, 60 - 24)
    state, _ = played("paraphrase empathy explore propose", vent_left=0, told=1, known=[0, 1], heard=40, anger=60)
    assert (state.anger, state.trust, state.heard) == (60 - 22, 51 + 16, 40 + 25)


def test_a_cut_story_is_lost_and_a_fact_waits_for_its_gate() -> None:
    state, _ = played("listen", "propose choice", "explore")
    assert (state.vent_left, state.told, state.known) == (0, 2, [0, 1])
    assert played("explore", known=[0, 1])[0].known == [0, 1]
    assert played("explore", known=[0, 1], trust=60)[0].known == [0, 1, 2]


def test_what_missed_is_not_worn_out() -> None:
    state, _ = played("apology")
    assert (state.spent, state.counts) == (True, {})
    assert played("propose", known=[0])[0].counts == {}


READY = {"turn": 4, "anger": 30, "heard": 55, "trust": 60, "solution": 70, "vent_left": 0, "told": 2, "known": [0, 1, 2]}


@pytest.mark.parametrize(
    ("acts", "given", "end"),
    [
        ("confirm", {"promised": 1}, "settled"), ("promise confirm", {}, "settled"), ("confirm", {}, "false_peace"), ("confirm", {"heard": 40}, "grudging"),
        ("confirm", {"anger": 50}, "grudging"), ("confirm", {"anger": 59}, ""), ("confirm", {"solution": 59, "promised": 1}, ""), ("listen", {"promised": 1}, ""),
        ("transfer", {}, "handed_over"), ("transfer_cold", {}, "handed_over"), ("transfer_cold", {"anger": 80}, "hung_up"), ("blame_customer", {"anger": 90}, "hung_up"),
        ("boundary", {"abusing": True, "warned": 1, "anger": 96}, "boundary_end"), ("boundary", {"abusing": True, "anger": 96}, ""), ("thank", {"turn": 15, "solution": 59}, "timeout"), ("thank", {"turn": 15}, ""), ("thank", {"turn": 17}, "timeout"),
        ("flat_no", {"events": {"leaving": 3}}, "left"), ("own", {"events": {"leaving": 3}}, ""), ("confirm", {"known": [0, 1], "promised": 1}, ""),
    ],
)  # fmt: skip
def test_how_it_ends(acts: str, given: dict[str, Any], end: str) -> None:
    assert played(acts, **{**READY, **given})[0].end == end


@pytest.mark.parametrize(
    ("acts", "given", "event"),
    [
        ("blame_customer", {"anger": 75}, "insult"), ("jargon", {"anger": 75, "hot": 1}, "manager"), ("jargon", {"trust": 10}, "manager"), ("jargon", {"anger": 70, "trust": 25}, "review"),
        ("deny", {"trust": 36}, "legal"), ("propose_vague", {"failed": 1}, "leaving"), ("jargon", {"trust": 5, "events": {"manager": 1}}, "leaving"), ("own", {"heard": 60, "anger": 40}, "softening"),
        ("confirm", {"known": [0], "solution": 60}, "one_more_thing"), ("deny", {"anger": 90}, "hang_up"),
    ],
)  # fmt: skip
def test_what_the_customer_does(acts: str, given: dict[str, Any], event: str) -> None:
    at = {"turn": 4, "anger": 50, "trust": 50, "heard": 30, "vent_left": 0, "told": 2, **given}
    _, told = played(acts, **at)
    assert event in told
    assert event not in played("own", **{**at, "anger": 50, "trust": 50, "heard": 30, "failed": 0, "hot": 0})[1]
    assert event not in played(acts, **{**at, "events": {event: 1}})[1], "each once"


def test_events_of_a_style() -> None:
    cold, anxious, abusive = (replace(CARD, style=style) for style in ("cold", "anxious", "abusive"))
    assert "silence" in played("deny calm_down", card=cold, heard=60, trust=90)[1]
    assert "silence" not in played("deny calm_down", heard=60, trust=90)[1]
    assert played("deny calm_down", card=cold, heard=60, turn=4)[1] == ["review"], "one thing at a time"
    assert "insult" in played("jargon", card=abusive, anger=80, turn=4)[1]
    relieved = {"anger": 44, "heard": 60, "peak": 60}
    assert "tears" in played("own", card=anxious, **relieved)[1]
    assert "tears" not in played("own", **relieved)[1]
    poor = replace(CARD, facts=(*CARD.facts[:2], Fact("explore", "trust", 0, True)))
    assert "tears" in played("explore", card=poor, known=[0, 1])[1]


def test_who_has_just_been_helped_threatens_with_nothing() -> None:
    sour = {**READY, "trust": 10, "anger": 70, "solution": 0}
    assert played("jargon", **sour)[1] == ["manager"]
    assert played("jargon apology", **sour)[1] == []
    assert played("own", **sour)[1] == [], "nor anybody without a cause"
    assert played("jargon", **{**sour, "turn": 0})[1] == [], "nor at once"
    assert played("jargon", card=replace(CARD, never=("manager", "leaving", "review")), **sour)[1] == [], "nor who never does"


def test_an_insult_comes_again_only_where_a_limit_did_not_help() -> None:
    abusive = replace(CARD, style="abusive", scripted=(("insult", 2),))
    state, _ = played("listen", "listen", card=abusive)
    assert state.abusing
    assert (take(model(), abusive, state, ["boundary"]), state.abusing) == ([], False)
    state.anger = 80
    assert (take(model(), abusive, state, ["calm_down"]), state.abusing) == (["insult"], True)
    take(model(), abusive, state, ["boundary"])
    assert state.end == "boundary_end"


def test_the_beginning_is_nobody_s_fault() -> None:
    assert [of_the_customer(model(), turn) for turn in (1, 2, 3)] == [True, True, False]


def test_the_second_call() -> None:
    first, _ = played("promise confirm", **READY)
    card, state = second_call(model(), CARD, first, kept=True)
    assert (card.prior, state.trust, state.anger) == (0, min(100, first.trust + 15), first.anger)
    card, state = second_call(model(), CARD, first, kept=False)
    assert (card.prior, state.trust, state.anger, state.known) == (1, first.trust, first.anger + 25, [0, 1, 2])
    first.overpromised = 1
    _, state = second_call(model(), CARD, first, kept=False)
    assert (state.trust, state.anger, state.turn, state.end) == (first.trust - 30, first.anger + 50, 0, "")


def test_the_model_uses_every_condition_and_deed() -> None:
    lines = [line for lines in model()["acts"].values() for line in lines]
    assert {name for line in lines for name in line["when"]} == set(CONDITIONS)
    assert {line["does"] for line in lines} - {""} == set(DEEDS)


def test_random_customers_are_of_every_kind() -> None:
    cards = [generate(model(), 0, number) for number in range(400)]
    assert {card.cause for card in cards} == set(CAUSES)
    assert {card.style for card in cards} == set(STYLES)
    assert {need for card in cards for need in card.needs} == set(NEEDS)
    assert ({card.severity for card in cards}, {card.prior for card in cards}, {card.vent for card in cards}) == (
        {1, 2, 3},
        {0, 1, 2},
        {1, 2, 3, 4},
    )
    assert 40 < sum(any(fact.hardship for fact in card.facts) for card in cards) < 80
    assert generate(model(), 0, 7) == cards[7]


TURNS = st.lists(st.lists(st.sampled_from(ACTS), min_size=1, max_size=4), min_size=1, max_size=14)


@given(st.integers(0, 2**40), st.integers(0, 5), TURNS)
def test_whatever_is_done(seed: int, by: int, turns: list[list[str]]) -> None:
    """Numbers stay whole and in 0–100 and within a turn's limits, time ends it, an event comes once; the same gives the same."""
    numbers = shaken(by) if by else model()
    card = generate(numbers, seed)
    runs = []
    for _ in range(2):
        state, transcript = start(numbers, card), []
        for acts in turns:
            if state.end:
                break
            before = deepcopy(state)
            told = take(numbers, card, state, acts)
            for name in ("trust", "heard"):
                limit = numbers["limits"][name]
                assert -limit["down"] <= getattr(state, name) - getattr(before, name) <= limit["up"]
            assert state.anger - before.anger <= numbers["limits"]["anger"]["up"] + numbers["patience"]["anger"]
            assert set(told) & set(before.events) <= ({"insult"} if before.warned else set())
            transcript.append((told, deepcopy(state)))
        assert all(
            type(value) is int and 0 <= value <= 100
            for _, each in transcript
            for value in (each.anger, each.trust, each.heard, each.solution)
        )
        assert state.end in ("", *ENDS)
        assert set(state.events) <= set(EVENTS)
        assert state.end or state.turn < numbers["ends"]["timeout"]["turns"]
        runs.append(transcript)
    assert runs[0] == runs[1]


@given(st.integers(-500, 500), st.integers(-500, 500))
def test_cutting_off_keeps_the_order(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert 0 <= bounded(low) <= bounded(high) <= 100
    assert part(low, 60) <= part(high, 60)
    assert part(-one, 60) == -part(one, 60)
