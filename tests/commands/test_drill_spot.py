"""`drill spot`: a bad call to mark up, by flags; in a terminal: tests/tty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.content import library
from clientcoach.drill.score import RULES
from tests.support import LANGS, validate

if TYPE_CHECKING:
    from tests.support import Place

RULE = "date_promise"


def turn_of(at: Place, *argv: str) -> Any:
    """The call with its fault told, whichever turn was marked."""
    return at.run("drill", "spot", *argv, "--answer", "1", "--json").json


@pytest.mark.parametrize("lang", LANGS)
def test_the_call_is_told_without_its_fault_until_one_is_marked(at: Place, lang: str) -> None:
    ran = at.run("drill", "spot", RULE, "--lang", lang, "--seed", "4", "--json")
    assert (ran.code, ran.err) == (0, "")
    validate(ran.json)
    assert (ran.json["rule"], ran.json["lang"], ran.json["answer"], ran.json["right"], ran.json["fault"]) == (RULE, lang, None, None, None)
    fault = turn_of(at, RULE, "--lang", lang, "--seed", "4")["fault"]
    right = at.run("drill", "spot", RULE, "--lang", lang, "--seed", "4", "--json", "--answer", str(fault["turn"]))
    assert (right.code, right.json["right"]) == (0, True)
    validate(right.json)
    assert {**right.json, "answer": None, "right": None, "fault": None} == ran.json
    assert fault["said"] == right.json["turns"][fault["turn"] - 1]["said"]
    assert {"promise_vague", "overpromise"} & set(fault["acts"])
    assert fault["evidence"] == ["E34"]
    assert "promise" in fault["instead"]
    words = library.drill_words(at.session().places, lang)["rules"][RULE]
    text = at.run("drill", "spot", RULE, "--lang", lang, "--seed", "4", "--answer", str(fault["turn"]))
    assert text.code == 0
    assert all(told in text.out for told in (words["name"], words["tip"], words["why"], "E34", fault["instead_said"]))


def test_a_turn_that_is_another_is_said_so(at: Place) -> None:
    fault = turn_of(at, RULE)["fault"]
    other = str(fault["turn"] - 1)
    ran = at.run("drill", "spot", RULE, "--answer", other, "--json")
    assert (ran.code, ran.json["answer"], ran.json["right"]) == (1, fault["turn"] - 1, False)
    text = at.run("drill", "spot", RULE, "--answer", other, "--ui", "en")
    assert (text.code, f"It is turn {fault['turn']}: “{fault['said']}”" in text.out) == (1, True)


def test_nobody_there_to_ask_is_told_how_to_answer(at: Place) -> None:
    ran = at.run("drill", "spot", RULE, "--ui", "en")
    assert ran.code == 0
    assert ran.out.rstrip().endswith("(--answer)")
    assert turn_of(at, RULE)["fault"]["why"] not in ran.out
    assert "anger" not in ran.out, "no number before it is marked"


def test_by_seed_the_same_or_another(at: Place) -> None:
    told = [at.run("drill", "spot", RULE, "--seed", seed, "--json").json for seed in ("0", "0", *map(str, range(1, 8)))]
    assert told[0] == told[1] == at.run("drill", "spot", RULE, "--json").json
    assert len({one["persona"] for one in told}) > 2


def test_without_a_rule_the_seed_takes_one_that_anybody_may_see(at: Place) -> None:
    rules = {at.run("drill", "spot", "--seed", str(seed), "--json").json["rule"] for seed in range(40)}
    assert rules == set(RULES) - {"hold_limit", "keep_safe"}


def test_who_is_kept_for_the_last_test_or_needs_a_yes_is_never_met(at: Place) -> None:
    for seed in range(12):
        told = at.run("drill", "spot", "name_feeling", "--seed", str(seed), "--json").json
        persona = library.persona(at.session().places, told["persona"], "en")
        assert (persona["transfer"], persona["opt_in"]) == (False, "")


@pytest.mark.parametrize(("rule", "opt_in"), [("hold_limit", "abuse"), ("keep_safe", "abuse"), ("keep_safe", "self_harm")])
def test_abuse_and_danger_only_for_who_knows_what_comes(at: Place, rule: str, opt_in: str) -> None:
    ran = at.run("drill", "spot", rule, "--ui", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "--opt-in" in ran.err
    found = turn_of(at, rule, "--opt-in", opt_in)
    assert library.persona(at.session().places, found["persona"], "en")["opt_in"] == opt_in


def test_an_opt_in_that_does_not_show_it(at: Place) -> None:
    ran = at.run("drill", "spot", "hold_limit", "--opt-in", "self_harm", "--ui", "en")
    assert (ran.code, "Choose another rule" in ran.err) == (2, True)


def test_a_rule_may_be_typed_with_hyphens(at: Place) -> None:
    assert at.run("drill", "spot", "date-promise", "--json").json["rule"] == RULE


@pytest.mark.parametrize(
    "argv", [("no_rule",), (RULE, "--answer", "0"), (RULE, "--answer", "99"), (RULE, "--answer", "x"), (RULE, "--seed", "-1"), (RULE, "--lang", "xx"), (RULE, "--format", "csv")]
)  # fmt: skip
def test_what_cannot_be_meant(at: Place, argv: tuple[str, ...]) -> None:
    ran = at.run("drill", "spot", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")


def test_rules_are_completed(at: Place) -> None:
    assert set(RULES) <= set(at.run("complete", "drill", "spot").out.split())
