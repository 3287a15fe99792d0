"""The customers that are shipped: each can be used in every language, is told apart from the others, is won by good work and not by blame."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from clientcoach.case.fields import CAUSES
from clientcoach.content import library
from clientcoach.drill.dice import Dice
from clientcoach.drill.policies import POLICIES
from clientcoach.drill.reach import reached
from clientcoach.drill.simulate import play
from clientcoach.drill.state import STYLES
from clientcoach.drill.talk import card
from clientcoach.drill.trial import BAD, GOOD, outcome, unsaid, wins
from tests.drill.models import model, much
from tests.language.drills import PEOPLE
from tests.language.expand import PLACES
from tests.support import LANGS

EVERY = [(name, lang) for name in PEOPLE for lang in LANGS]


@cache
def persona(name: str, lang: str = "en") -> dict[str, Any]:
    return library.persona(PLACES, name, lang)


def cards() -> dict[str, dict[str, Any]]:
    return {name: persona(name)["card"] for name in PEOPLE}


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_everybody_speaks_every_language_and_always_has_something_to_say(name: str, lang: str) -> None:
    found = persona(name, lang)
    assert found["card"] == persona(name)["card"]
    assert len(found["texts"]["story"]) == found["card"]["vent"]
    assert unsaid(model(), found, range(LANGS.index(lang), much(20, 200), len(LANGS))) == []


@pytest.mark.parametrize("name", PEOPLE)
def test_good_work_finds_out_everything_and_wins_and_blame_does_not(name: str) -> None:
    told = card(persona(name))
    assert set(reached(model(), told)) == set(range(len(told.facts)))
    assert outcome(model(), told, GOOD).end in wins(told)
    assert outcome(model(), told, BAD).end not in {"settled", "grudging", "false_peace", "handed_over"}


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("policy", ["solver", "sympathy_only", "apology_machine", "policy_quoter"])
def test_no_half_of_the_steps_settles_anybody(name: str, policy: str) -> None:
    assert play(model(), card(persona(name)), POLICIES[policy], Dice(0)).end != "settled"


def test_all_causes_and_styles_are_there() -> None:
    assert {one["cause"] for one in cards().values()} == set(CAUSES)
    assert {one["style"] for one in cards().values()} == set(STYLES)


def test_every_interruption_comes_up() -> None:
    """Either whatever is done, or where the five steps are gone."""
    found = {name for one in cards().values() for name in one["events"]}
    for name in PEOPLE:
        found |= set(play(model(), card(persona(name)), POLICIES[GOOD], Dice(0)).events)
    assert set(dict(library.playbook(PLACES, "interruptions", "en")["steps"])) - {"hold"} <= found  # that one is the worker's own


def test_every_sort_of_customer_is_there_once_at_least() -> None:
    told = cards().values()
    assert len(PEOPLE) >= 14
    assert {one["legitimacy"] for one in told} == {"justified", "partly", "unjustified"}
    assert any(one["prior"] > 1 for one in told)
    assert any(one["one_off"] for one in told)
    assert any(fact["hardship"] for one in told for fact in one["facts"].values())
    assert [name for name in PEOPLE if persona(name)["transfer"]] == ["wedding-photos"]
    assert {name: persona(name)["opt_in"] for name in PEOPLE if persona(name)["opt_in"]} == {
        "at-the-door": "abuse",
        "last-letter": "self_harm",
        "shouting-caller": "abuse",
    }


def test_danger_and_abuse_never_come_unasked() -> None:
    for name, one in cards().items():
        if {"threat", "self_harm", "insult"} & set(one["events"]) or one["style"] == "abusive":
            assert persona(name)["opt_in"]


@pytest.mark.parametrize("lang", LANGS)
def test_nobody_is_like_another(lang: str) -> None:
    told = [persona(name, lang) for name in PEOPLE]
    for key in (lambda one: one["title"], lambda one: one["case"]["customer"], lambda one: one["who"]):
        assert max(Counter(map(key, told)).values()) == 1
    beginnings = Counter(" ".join(text.split()[:5]) for one in told for text in {*one["texts"]["opening"]})
    assert [words for words, times in beginnings.items() if times > 1] == []
    assert max(Counter((one["cause"], one["style"], tuple(one["events"])) for one in cards().values()).values()) == 1


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_what_is_shown_before_gives_nothing_hidden_away(name: str, lang: str) -> None:
    """A hidden fact is told in words of its own: none of its runs of four words stands in what the worker sees or hears first."""
    found = persona(name, lang)
    first = " ".join([found["title"], found["who"], found["may"], *found["texts"]["opening"]]).lower()
    for line, fact in zip(found["texts"]["facts"][1:], found["card"]["facts"].values(), strict=True):
        words = line.lower().split()
        assert fact["on"] == "listen" or not [four for at in range(len(words) - 3) if (four := " ".join(words[at : at + 4])) in first]
