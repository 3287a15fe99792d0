"""Which facts a persona tells, how the best and the worst work ends with it, and whether somebody falls silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.drill.answer import BANDS
from clientcoach.drill.reach import reached
from clientcoach.drill.recall import drawn
from clientcoach.drill.talk import card
from clientcoach.drill.trial import Outcome, outcome, unsaid, wins
from tests.drill.models import model
from tests.drill.people import FACTS, persona

if TYPE_CHECKING:
    from clientcoach.drill.state import Card


def made(**more: Any) -> Card:
    return card(persona(**more))


def fact(on: str = "explore", gate: str = "heard", at: int = 0, **more: Any) -> dict[str, Any]:
    return {"on": on, "gate": gate, "at": at, "hardship": False, **more}


def test_every_fact_is_reached_where_the_gates_are_low() -> None:
    assert sorted(reached(model(), made())) == [0, 1, 2, 3]


@pytest.mark.parametrize("gate", ["heard", "trust"])
def test_a_gate_that_no_good_call_comes_to_is_not(gate: str) -> None:
    assert 4 not in reached(model(), made(facts={**FACTS, "deep": fact(gate=gate, at=100), "low": fact(at=10)}, prior=5, severity=3))


def test_what_waits_for_a_fact_that_never_comes_never_comes() -> None:
    facts = {**FACTS, "deep": fact(gate="trust", at=100), "behind": fact(after="deep")}
    found = reached(model(), made(facts=facts, prior=5, severity=3))
    assert {4, 5}.isdisjoint(found)


def test_what_slips_out_at_the_close_does_not_count() -> None:
    """A fact that only `one_more_thing` brings cannot be found out."""
    assert 4 not in reached(model(), made(facts={**FACTS, "deep": fact(gate="trust", at=100)}, prior=3))


def test_what_comes_after_a_danger_is_out_of_reach() -> None:
    facts = {"first": fact("listen"), "late": fact(at=60)}
    assert reached(model(), made(facts=facts, vent=3, events={"threat": 1})) == [0, 1]


def test_ends_that_are_as_good_as_can_be() -> None:
    assert wins(made()) == {"settled"}
    assert wins(made(events={"self_harm": 3})) == {"settled", "handed_over"}
    assert wins(made(events={"insult": 2})) == {"settled", "boundary_end"}
    assert wins(made(style="abusive")) == {"settled", "boundary_end"}


def test_outcomes() -> None:
    assert outcome(model(), made(), "five_steps").end == "settled"
    assert outcome(model(), made(events={"threat": 2}), "five_steps") == Outcome("handed_over", 3)
    assert outcome(model(), made(severity=3, prior=5), "blamer").end == "hung_up"


def test_somebody_who_has_nothing_to_say_is_seen() -> None:
    told = persona()
    assert unsaid(model(), told, range(5)) == []
    told["texts"]["story"][0] = ""
    told["texts"]["facts"] = ["", "", "", ""]
    told["texts"]["replies"]["listen_done"] = dict.fromkeys(BANDS, [[""]])
    assert unsaid(model(), told, range(5)) == [0, 1, 2, 3, 4]


def test_a_worker_without_a_line_is_seen() -> None:
    told = persona()
    told["texts"]["lines"]["listen"] = ["", ""]
    assert unsaid(model(), told, [3]) == [3]


def test_cards_are_drawn_by_seed_and_none_twice() -> None:
    things = list(range(30))
    assert drawn(things, 10, 1) == drawn(things, 10, 1) != drawn(things, 10, 2)
    assert sorted(drawn(things, 99, 5)) == things
    assert drawn([], 5, 0) == []
