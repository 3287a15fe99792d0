"""What is practised when: what has to hold of the ladder and of the choice of a persona, whatever was drilled so far."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clientcoach.content import library
from clientcoach.drill.schedule import about, after, due, ladder
from clientcoach.drill.score import MARKS, RULES
from tests.drill.models import model
from tests.drill.results import made
from tests.language.expand import PLACES

DAYS = model()["ladder"]["days"]
FIRST = next(iter(model()["rules"]))
TODAY = "2026-11-25"
KEPT, PARTLY, MISSED, NO_CHANCE = MARKS


def persona(difficulty: int, *rules: str, opt_in: str = "", transfer: bool = False) -> dict[str, Any]:
    return {"opt_in": opt_in, "transfer": transfer, "difficulty": difficulty, "rules": set(rules or RULES)}


PERSONAS = {
    "hard": persona(40),
    "easy": persona(10),
    "middle": persona(20),
    "grave": persona(1, opt_in="abuse"),
    "last": persona(1, transfer=True),
}


def day(ahead: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(days=ahead)).isoformat()


def drilled(ahead: int, marks: dict[str, str], persona: str = "easy", prompted: tuple[str, ...] = (), hour: int = 8) -> dict[str, Any]:
    return {
        **made(),
        "at": f"{day(ahead)}T{hour:02}:00:00Z",
        "marks": {**dict.fromkeys(RULES, NO_CHANCE), **marks},
        "persona": persona,
        "prompted": list(prompted),
    }


MARKED = st.dictionaries(st.sampled_from(sorted(RULES)), st.sampled_from(MARKS), max_size=len(RULES))
RESULTS = st.lists(
    st.builds(
        drilled,
        st.integers(-60, 0),
        MARKED,
        st.sampled_from([*PERSONAS, "gone"]),
        st.lists(st.sampled_from(sorted(RULES)), max_size=3).map(tuple),
        st.integers(0, 23),
    ),
    max_size=30,
)


def test_the_first_drill_is_the_first_rule_in_the_easiest_persona() -> None:
    assert due([], model(), PERSONAS, TODAY) == (FIRST, "easy", TODAY)


@pytest.mark.parametrize(("marks", "waits"), [([KEPT], DAYS[0]), ([KEPT, KEPT], DAYS[1]), ([KEPT] * 9, DAYS[-1]), ([MISSED], DAYS[0]), ([KEPT, KEPT, KEPT, MISSED], DAYS[0]),
                                              ([KEPT, KEPT, PARTLY], DAYS[1]), ([PARTLY], DAYS[0]), ([KEPT, KEPT, NO_CHANCE], DAYS[1]), ([MISSED, KEPT], DAYS[1])])  # fmt: skip
def test_the_ladder(marks: list[str], waits: int) -> None:
    """Each drill on the day it was due."""
    results: list[dict[str, Any]] = []
    for mark in marks:
        on = after(results, FIRST, model()) or TODAY
        results.append({**drilled(0, {FIRST: mark}), "at": f"{on}T08:00:00Z"})
    last = [one for one, mark in zip(results, marks, strict=True) if mark != NO_CHANCE][-1]
    told = date.fromisoformat(last["at"][:10]) + timedelta(days=waits)
    assert after(results, FIRST, model()) == told.isoformat()


def test_help_is_worth_as_much_as_half() -> None:
    before = drilled(-1, {FIRST: KEPT})
    assert (
        after([before, drilled(0, {FIRST: KEPT}, prompted=(FIRST,))], FIRST, model())
        == after([before, drilled(0, {FIRST: PARTLY})], FIRST, model())
        == day(DAYS[0])
    )
    assert after([before, drilled(0, {FIRST: KEPT}, prompted=("sum_up",))], FIRST, model()) == day(DAYS[1])


def test_cramming_does_not_climb_but_a_miss_counts_at_once() -> None:
    """Before its day a rule that was kept, or half, changes nothing."""
    ten = [drilled(0, {FIRST: KEPT}, hour=hour) for hour in range(10)]
    assert after(ten, FIRST, model()) == day(DAYS[0])
    climbed = [drilled(-1, {FIRST: KEPT}), drilled(0, {FIRST: KEPT})]
    assert after([*climbed, drilled(1, {FIRST: PARTLY})], FIRST, model()) == day(DAYS[1])
    assert after([*climbed, drilled(1, {FIRST: MISSED})], FIRST, model()) == day(1 + DAYS[0])


def test_a_day_is_the_trainee_s() -> None:
    late = {**drilled(0, {FIRST: KEPT}), "at": "2026-11-24T20:30:00Z", "day": TODAY}
    assert after([late], FIRST, model()) == day(DAYS[0])


def test_what_waits_longest_comes_first_and_of_one_day_the_worst() -> None:
    marks = {"let_finish": KEPT, "read_back": PARTLY, "sum_up": MISSED}
    found = due([drilled(-2, marks)], model(), PERSONAS, TODAY)
    assert found
    assert (found.rule, found.day) == ("sum_up", day(-2 + DAYS[0]))
    found = due([drilled(-5, {"let_finish": KEPT}), drilled(-2, {"sum_up": MISSED})], model(), PERSONAS, TODAY)
    assert found
    assert found.rule == "let_finish"


def test_one_new_rule_at_a_time() -> None:
    """The next one comes once the last was kept on its day; until then that one is drawn forward."""
    second = list(model()["rules"])[1]
    found = due([drilled(0, {FIRST: KEPT})], model(), PERSONAS, TODAY)
    assert found
    assert (found.rule, found.day) == (FIRST, day(DAYS[0]))
    found = due([drilled(-1, {FIRST: KEPT}), drilled(0, {FIRST: KEPT})], model(), PERSONAS, TODAY)
    assert found
    assert (found.rule, found.day) == (second, TODAY)


def test_another_persona_each_time() -> None:
    """Those that were not met, the easiest first; then the one that was met longest ago. Never an opt-in one or the transfer one."""
    results: list[dict[str, Any]] = []
    served = []
    for ahead in range(8):
        found = due(results, model(), PERSONAS, day(ahead))
        assert found
        served.append(found.persona)
        results.append(drilled(ahead, {FIRST: KEPT}, persona=found.persona))
    assert served == ["easy", "middle", "hard"] * 2 + ["easy", "middle"]


def test_a_rule_that_no_persona_serves_is_passed_over() -> None:
    only = {"easy": persona(1, "sum_up"), "grave": persona(1, FIRST, opt_in="self_harm")}
    assert due([], model(), only, TODAY) == ("sum_up", "easy", TODAY)
    assert due([drilled(-9, {FIRST: MISSED})], model(), only, TODAY) == ("sum_up", "easy", TODAY)
    assert due([], model(), {"grave": only["grave"]}, TODAY) is None
    assert due([], model(), {}, TODAY) is None


def test_the_only_persona_comes_again() -> None:
    only = {"easy": persona(1)}
    assert due([drilled(-3, {FIRST: MISSED})], model(), only, TODAY) == (FIRST, "easy", day(-3 + DAYS[0]))


@given(RESULTS, st.randoms(use_true_random=False))
def test_whatever_was_drilled_something_comes_and_it_is_another_persona(results: list[dict[str, Any]], chance: Any) -> None:
    found = due(results, model(), PERSONAS, TODAY)
    assert found
    assert found.rule in model()["rules"]
    assert found.persona in {"easy", "middle", "hard"}
    if len({one["at"] for one in results}) == len(results):
        shuffled = results[:]
        chance.shuffle(shuffled)
        assert due(shuffled, model(), PERSONAS, TODAY) == found
        met = [one for one in results if one["marks"][found.rule] != NO_CHANCE]
        assert not met or max(met, key=lambda one: one["at"])["persona"] != found.persona


@given(RESULTS)
def test_a_rule_stands_on_the_ladder_after_its_last_drill_at_the_latest_by_its_last_rung(results: list[dict[str, Any]]) -> None:
    for rule, rung in ladder(results, model()).items():
        met = [one["at"][:10] for one in results if one["marks"][rule] != NO_CHANCE]
        assert 0 <= rung.place < len(DAYS)
        assert rung.place < len(met), "a rung up at most each time"
        assert min(met) < rung.day <= (date.fromisoformat(max(met)) + timedelta(days=DAYS[-1])).isoformat()
    assert all(after(results, rule, model()) is None for rule in RULES if all(one["marks"][rule] == NO_CHANCE for one in results))


@given(RESULTS, st.sampled_from(sorted(RULES)))
def test_who_did_better_never_waits_less(results: list[dict[str, Any]], rule: str) -> None:
    assume(all(one["at"] < day(0) for one in results))
    days = [after([*results, drilled(0, {rule: mark})], rule, model()) for mark in (MISSED, PARTLY, KEPT)]
    assert days == sorted(days, key=str)
    assert days[0] == day(DAYS[0])


@given(RESULTS, st.sampled_from(sorted(RULES)))
def test_what_gave_no_chance_changes_nothing(results: list[dict[str, Any]], rule: str) -> None:
    assert ladder([*results, drilled(0, {}, persona="middle", hour=23)], model()) == ladder(results, model())


@pytest.mark.parametrize("name", library.personas(PLACES))
def test_what_is_known_of_the_personas_that_ship(name: str) -> None:
    folder = library.persona_folder(PLACES, name)
    found = about(library.persona(PLACES, name, library.languages(folder)[0]))
    assert found["rules"] <= set(RULES)
    assert {"let_finish", "fit_offer", "sum_up"} <= found["rules"]
    assert ("keep_safe" in found["rules"]) <= bool(found["opt_in"]), "danger comes only to who asked for it"
    assert 0 < found["difficulty"] < 100


def test_every_rule_but_those_of_danger_and_abuse_is_served_by_itself() -> None:
    shards = [
        library.persona(PLACES, name, library.languages(library.persona_folder(PLACES, name))[0]) for name in library.personas(PLACES)
    ]
    told = [about(one) for one in shards]
    served = set().union(*(one["rules"] for one in told if not one["opt_in"] and not one["transfer"]))
    assert set(RULES) - served <= {"hold_limit", "keep_safe"}
    assert set(RULES) == set().union(*(one["rules"] for one in told))
