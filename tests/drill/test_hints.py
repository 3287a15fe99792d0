"""The hint of a turn: the rule that the reference serves now, unless the customer has just done something."""

from __future__ import annotations

from typing import Any

from clientcoach.drill.acts import ACTS
from clientcoach.drill.hints import SERVES, hint
from clientcoach.drill.picks import reference
from clientcoach.drill.score import RULES
from clientcoach.drill.talk import Talk
from tests.drill.models import model
from tests.drill.people import persona


def talk(**card: Any) -> Talk:
    return Talk(model(), persona(**card), 1)


def test_the_steps_in_their_order() -> None:
    call, found = talk(), []
    while not call.ended:
        found.append(hint(call))
        call.take(reference(call))
    named = list(dict.fromkeys(found))
    assert named[0] == "let_finish"
    wanted = ["let_finish", "read_back", "apologize_once", "fit_offer"]
    assert [rule for rule in named if rule in wanted] == wanted


def test_what_the_customer_does_comes_first() -> None:
    call = talk(events={"recording": 1})
    call.take(["listen"])
    assert "recording" in call.rounds[-1].told
    assert hint(call) == "meet_turn"
    call.take(["listen"])
    assert hint(call) != "meet_turn"


def test_danger_and_abuse_come_before_all() -> None:
    danger, abuse = talk(events={"threat": 1}), talk(events={"insult": 1})
    for call in (danger, abuse):
        call.take(["listen"])
    assert (hint(danger), hint(abuse)) == ("keep_safe", "hold_limit")


def test_a_hint_is_always_to_be_had() -> None:
    """Whatever was done before it."""
    for act in ACTS:
        call = talk(vent=3)
        while not call.ended:
            assert hint(call) in RULES
            call.take([act])
    assert set(SERVES.values()) <= set(RULES)
