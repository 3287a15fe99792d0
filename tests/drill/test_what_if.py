"""The same call in another way: it is what a fresh call with those acts is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.drill.acts import ACTS
from clientcoach.drill.picks import reference
from clientcoach.drill.talk import Talk
from clientcoach.drill.what_if import before, par, said, what_if
from tests.drill.calls import GOOD, call
from tests.drill.models import model
from tests.drill.people import persona


def heard(talk: Talk) -> list[str]:
    """All that the customer says."""
    return [talk.opening, *(one.answer for one in talk.rounds)]


@pytest.mark.parametrize("turn", range(1, len(GOOD) + 1))
def test_another_act_is_a_fresh_call_with_it(turn: int) -> None:
    talk = call(*GOOD, seed=5)
    other = what_if(talk, turn, ["calm_down"])["talk"]
    fresh = call(*GOOD[: turn - 1], "calm_down", seed=5)
    for acts in GOOD[turn:]:
        if not fresh.ended:
            fresh.take(acts.split())
    while not fresh.ended:
        fresh.take(reference(fresh))
    assert heard(other) == heard(fresh)
    assert [one.acts for one in other.rounds] == [one.acts for one in fresh.rounds]
    assert other.state == fresh.state


def test_the_same_act_changes_nothing_and_what_was_said_stays() -> None:
    talk = call(*GOOD)
    told = what_if(talk, 2, GOOD[1].split())
    assert told["curves"] == {name: talk.curve(name) for name in ("anger", "trust")}
    assert told["end"] == talk.state.end
    assert [one.said for one in told["talk"].rounds if one.turn != 2] == [one.said for one in talk.rounds if one.turn != 2]
    assert told["talk"].rounds[1].said == said(before(talk, 2), GOOD[1].split()) != talk.rounds[1].said, "in the persona's own lines"


def test_the_call_that_was_played_stays_as_it_was() -> None:
    talk = call(*GOOD)
    kept = heard(talk), talk.state.end, len(talk.rounds)
    what_if(talk, 1, ["blame_customer"])
    par(talk)
    before(talk, 3).take(["deny"])
    assert (heard(talk), talk.state.end, len(talk.rounds)) == kept


def test_what_ends_the_call_ends_it() -> None:
    told = what_if(call(*GOOD), 2, ["transfer"])
    assert (told["end"], len(told["talk"].rounds), len(told["curves"]["anger"])) == ("handed_over", 2, 3)


def test_what_goes_on_longer_is_brought_to_its_end() -> None:
    told = what_if(call("listen", "transfer"), 2, ["listen"])
    assert told["end"] == "settled"


def test_par_is_the_reference_from_the_beginning() -> None:
    assert (par(call("blame_customer")).state, par(call()).state.end) == (par(call()).state, "settled")


def test_a_second_call_begins_again_where_it_began() -> None:
    first = call(*GOOD)
    second = Talk(model(), persona(), 0, again="broken", first=first)
    second.take(["own"])
    fresh = second.afresh()
    assert (fresh.opening, fresh.state, fresh.rounds) == (second.opening, second.beginning, [])
    assert second.rounds[0].before == fresh.state
    assert fresh.take(["own"]).answer == second.rounds[0].answer
    assert par(second).beginning.anger == second.beginning.anger > first.state.anger


def test_acts_without_a_line_of_their_own_are_done_without_words() -> None:
    assert said(call(), ["name"]) == ""
    assert said(call(), ["name", "own"]).startswith("own ")
    assert what_if(call("listen", "transfer"), 1, ["name"])["talk"].rounds[0].said == ""


@given(st.integers(0, 2**31 - 1), st.lists(st.lists(st.sampled_from(ACTS), min_size=1, max_size=3), min_size=1, max_size=10), st.data())
def test_whatever_was_done(seed: int, turns: list[list[str]], data: st.DataObject) -> None:
    talk = Talk(model(), persona(), seed)
    for acts in turns:
        if not talk.ended:
            talk.take(acts)
    turn = data.draw(st.integers(1, len(talk.rounds)))
    stood = before(talk, turn)
    assert stood.state == talk.rounds[turn - 1].before
    other = what_if(talk, turn, talk.rounds[turn - 1].acts)["talk"]
    assert heard(other)[: len(talk.rounds) + 1] == heard(talk)
    assert other.ended
