"""A drill as it goes: which words come when, and that the same seed and acts give the same."""

from __future__ import annotations

from copy import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.drill.acts import ACTS
from clientcoach.drill.answer import BANDS, band
from clientcoach.drill.picks import PICKS, picks, question, reference
from clientcoach.drill.talk import Round, Talk, calls_back
from tests.drill.models import model
from tests.drill.people import persona


def talk(seed: int = 0, **card: Any) -> Talk:
    """A call with the persona of the tests."""
    return Talk(model(), persona(**card), seed)


def played(*turns: str, seed: int = 0, given: dict[str, Any] | None = None, **card: Any) -> tuple[Talk, Round]:
    """The call after turns of acts ("listen explore", "confirm"), and its last turn."""
    call = talk(seed, **card)
    for name, value in (given or {}).items():
        setattr(call.state, name, copy(value))
    for acts in turns:
        last = call.take(acts.split())
    return call, last


def said(*turns: str, **more: Any) -> str:
    """What the customer says last."""
    return played(*turns, **more)[1].answer


TOLD = {"turn": 4, "vent_left": 0, "told": 2, "heard": 50, "anger": 30, "trust": 50, "known": [0, 1]}


def test_bands_are_those_of_the_phrases_times_ten() -> None:
    assert [band(anger) for anger in (0, 19, 20, 49, 50, 79, 80, 100)] == [name for name in BANDS for _ in (0, 1)]


def test_the_story_comes_part_by_part_and_a_fact_with_it() -> None:
    assert said("listen") == "story 1. fact first."
    assert said("listen", "listen") == "story 2."
    assert said("listen", "listen", "listen") == "listen_done irritated own."


def test_a_question_brings_a_fact_what_is_guarded_or_at_last_what_they_want() -> None:
    assert said("listen", "explore") == "fact second."
    assert said("listen", "explore", "explore", given={"trust": 20}) == "explore_guarded irritated own."
    known = {**TOLD, "known": [0, 1, 2, 3]}
    assert said("explore", given=known) == "wants."
    assert said("explore", "explore", given={**known, "heard": 40}) == "explore_done irritated own."


def test_a_fact_waits_for_the_one_before_it() -> None:
    call, _ = played("explore", given={**TOLD, "trust": 90})
    assert call.state.known == [0, 1, 2], "the third has its trust and comes after the second"
    assert played("explore", "explore", given={**TOLD, "trust": 90})[0].state.known == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("acts", "given", "first"),
    [
        ("propose", {}, "propose"), ("propose", {"heard": 20}, "propose_unheard"), ("propose", {"known": [0]}, "propose_blind"), ("apology", {}, "apology"),
        ("apology", {"heard": 10}, "apology_early"), ("apology", {"apologies": 2}, "apology_third"), ("paraphrase", {"told": 0, "known": [0]}, "paraphrase_early"),
        ("empathy_generic", {}, "empathy_generic"), ("boundary", {}, "boundary_unasked"), ("confirm", {}, "confirm_early"), ("name", {"counts": {"name": 2}}, "name_third"),
        ("explanation", {}, "explanation"), ("explanation", {"heard": 20}, "explanation_early"), ("compensation", {}, "compensation_other"), ("safety", {}, "safety_unasked"),
        ("paraphrase empathy", {}, "paraphrase"), ("paraphrase_wrong explore", {"known": [0, 1, 2, 3]}, "paraphrase_wrong"), ("apology own", {}, "apology"), ("propose choice promise", {}, "choice"), ("paraphrase calm_down", {}, "calm_down"),
        ("thank blame_customer", {}, "blame_customer"), ("propose", {"vent_left": 1}, "propose"), ("explanation", {"vent_left": 1}, "interrupted"), ("confirm", {"solution": 70, "anger": 68, "known": [0, 1, 2, 3]}, "confirm_not"), ("name", {}, "listen_done"),
    ],
)  # fmt: skip
def test_what_is_answered_to(acts: str, given: dict[str, Any], first: str) -> None:
    assert said(acts, given={**TOLD, **given}).split()[0] == first


def test_no_line_comes_twice_and_then_it_was_said_before() -> None:
    call, _ = played("own", "own", "own", given={**TOLD, "anger": 19})
    assert [one.answer for one in call.rounds] == ["own calm own.", "own calm any.", "again calm own."]


def test_events_are_heard_after_the_answer() -> None:
    assert said("jargon", given={**TOLD, "anger": 74, "hot": 1}) == "jargon angry own. event manager angry own."
    assert said("thank promise_vague", given={**TOLD, "anger": 72, "hot": 1, "counts": {"thank": 1}}) == "event manager angry own."
    assert said("listen", events={"recording": 1}) == "story 1. fact first. event recording irritated own."
    assert said("jargon calm_down ask_again", given={**TOLD, "heard": 70}, style="cold") == "event silence irritated own.", "and no answer"
    assert "silence" not in played("deny", given={"turn": 4, "heard": 60}, style="cold")[1].told, "who threatens is not silent"


def test_what_was_not_told_comes_at_the_close_and_nobody_asks_for_what_is_offered() -> None:
    ready = {**TOLD, "heard": 55, "solution": 70, "promised": 1}
    assert said("confirm", given=ready) == "event one_more_thing irritated own. fact second."
    assert said("confirm", given={**ready, "known": [0, 1, 2, 3]}) == "end settled irritated own."
    assert "softening" in played("own", given={**TOLD, "heard": 60, "solution": 70})[1].told
    assert "softening" not in said("own", given={**TOLD, "heard": 60, "solution": 70})
    assert "softening" in said("own", given={**TOLD, "heard": 60})


@pytest.mark.parametrize(
    ("acts", "given", "words"),
    [
        ("blame_customer", {"anger": 90}, "event hang_up furious own."), ("flat_no", {"events": {"leaving": 3}}, "end left irritated own."), ("transfer", {}, "end handed_over irritated own."),
        ("thank", {"turn": 15}, "thank irritated own. end timeout irritated own."), ("boundary", {"abusing": True, "warned": 1, "anger": 96}, "end boundary_end furious own."),
    ],
)  # fmt: skip
def test_last_words(acts: str, given: dict[str, Any], words: str) -> None:
    assert said(acts, given={**TOLD, **given}) == words


def test_a_danger_is_met_by_safety_alone() -> None:
    call, last = played("listen", events={"threat": 1})
    assert (last.told, call.state.endangered, reference(call)) == (["threat"], True, ("safety",))
    assert call.take(["safety"]).answer == "end handed_over irritated own."


def test_a_scripted_insult_lasts_until_a_limit() -> None:
    call, _ = played("listen", events={"insult": 1})
    assert call.state.abusing
    assert "boundary" in reference(call)
    call.take(["boundary"])
    assert not call.state.abusing


@pytest.mark.parametrize(("event", "meets"), [("leaving", "own"), ("manager", "own"), ("not_the_owner", "listen"), ("recording", "listen")])
def test_what_is_done_unasked_is_met_without_cutting_the_story_off(event: str, meets: str) -> None:
    call, _ = played("listen", events={event: 1}, vent=3)
    assert meets in reference(call)
    assert "interrupted" not in call.take(reference(call)).after.replies
    assert not call.ended


def test_the_second_call() -> None:
    first, _ = played("promise confirm", given={**TOLD, "heard": 55, "solution": 70, "known": [0, 1, 2, 3]})
    assert first.state.end == "settled"
    again = [Talk(model(), persona(), 0, again=how, first=first) for how in ("kept", "broken")]
    assert [call.opening for call in again] == ["kept.", "broken."]
    assert again[1].state.anger > first.state.anger
    assert [call.ended for call in again] == [True, False], "whose promise was kept only says so"
    assert (again[1].state.vent_left, again[1].card.scripted) == (0, ()), "the story is known"
    assert calls_back(again[0]) == "", "nobody calls a third time"


def test_who_calls_back() -> None:
    ready = {**TOLD, "heard": 55, "solution": 70, "known": [0, 1, 2, 3]}
    told = {calls_back(played("promise confirm", given=ready, seed=seed)[0]) for seed in range(30)}
    assert told == {"kept", "broken"}
    assert {calls_back(played("confirm", given=ready, seed=seed)[0]) for seed in range(9)} == {"broken"}, "nobody said by when"
    assert {calls_back(played("promise overpromise", "confirm", given=ready, seed=seed)[0]) for seed in range(9)} == {"broken"}
    assert calls_back(played("blame_customer", given={**TOLD, "anger": 90})[0]) == ""


def test_a_question_asks_for_what_comes_next() -> None:
    call = talk()
    assert question(call, ("explore",)) == "ask second?", "what comes with the story is not asked for"
    call.take(["listen"])
    call.take(["explore"])
    assert question(call, ("explore",)) == "ask third?", "also where it is guarded yet"


TURNS = st.lists(st.lists(st.sampled_from(ACTS), min_size=1, max_size=3), min_size=1, max_size=14)


@given(st.integers(0, 2**31 - 1), TURNS)
def test_whatever_is_done(seed: int, turns: list[list[str]]) -> None:
    """Something is answered, the same for the same seed and acts; the curves have a value for each turn and one for the beginning."""
    runs = []
    for _ in range(2):
        call = talk(seed, events={"insult": 2, "recording": 4})
        for acts in turns:
            if not call.ended:
                assert call.take(acts).answer
        runs.append([call.opening, *(one.answer for one in call.rounds)])
        assert len(call.curve("anger")) == len(call.rounds) + 1 == len(runs[0])
    assert runs[0] == runs[1]


@given(st.integers(0, 2**31 - 1), st.lists(st.integers(0, PICKS - 1), max_size=13))
def test_picks(seed: int, choices: list[int]) -> None:
    """Always as many lines, all different, one of them what the reference would do, in an order that the seed gives."""
    call = talk(seed)
    for choice in choices:
        lines = picks(call)
        assert lines == picks(call)
        assert len({one.acts for one in lines}) == len(lines) == PICKS
        assert reference(call) in {one.acts for one in lines}
        assert all(one.text for one in lines)
        call.take(lines[choice].acts)
        if call.ended:
            break


def test_the_good_line_is_not_always_at_the_same_place() -> None:
    places = {next(place for place, one in enumerate(picks(call)) if one.acts == reference(call)) for call in map(talk, range(40))}
    assert places == set(range(PICKS))
