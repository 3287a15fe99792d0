"""What a class did: the numbers by hand, and that nobody is set beside anybody unasked."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clientcoach.content import library
from clientcoach.drill.ends import ENDS
from clientcoach.drill.group import once, report
from clientcoach.drill.result import result
from clientcoach.drill.score import MARKS, RULES, critical_turns, marks, points
from clientcoach.drill.talk import Talk
from clientcoach.records.drill_shape import misfit
from tests.drill.models import model
from tests.drill.results import made, name
from tests.language.expand import PLACES

NO = dict.fromkeys(RULES, "no_chance")


def export(alias: str, *results: dict[str, Any]) -> dict[str, Any]:
    return {"schema": "clientcoach/drill-export@1", "alias": alias, "results": list(results)}


def told(*exports: dict[str, Any], leaderboard: bool = False) -> dict[str, Any]:
    return report(once(exports)[0], list(RULES), leaderboard=leaderboard)


CLASS = (
    export("anna", made(1, process=40, label="before", marks={**NO, "read_back": "missed", "sum_up": "kept"}), made(2, process=90, label="after", end="settled", anger=[50, 30, 10], marks={**NO, "read_back": "kept"})),
    export("<b>", made(3, process=20, label="before", marks={**NO, "read_back": "partly"}), made(4, process=60, label="before"), made(5, process=50, label="after", persona="worn-coat", critical=True)),
    export("zoe", made(6, process=100, label="after", end="settled", anger=[50, 40, 5])),
)  # fmt: skip


def test_the_numbers_of_a_class() -> None:
    found = told(*CLASS)
    assert {name: found[name] for name in ("trainees", "drills", "process", "settled", "critical", "anger", "turns", "first", "last")} == {
        "trainees": 3, "drills": 6, "process": 60.0, "settled": 0.3333, "critical": 1, "anger": 49.2, "turns": 2.0, "first": "2026-11-02", "last": "2026-11-07",
    }  # fmt: skip
    assert found["ends"] == {"left": 4, "settled": 2}
    assert [(one["persona"], one["drills"]) for one in found["personas"]] == [("late-sofa", 5), ("worn-coat", 1)]
    rules = {one["rule"]: (one["chances"], one["kept"], one["partly"], one["missed"], one["share"]) for one in found["rules"]}
    assert rules == {
        "fit_offer": (3, 0, 0, 3, 1.0),
        "read_back": (3, 1, 1, 1, 0.5),
        "let_finish": (3, 3, 0, 0, 0.0),
        "sum_up": (1, 1, 0, 0, 0.0),
    }
    assert list(rules) == ["fit_offer", "read_back", "let_finish", "sum_up"], "the least kept first"


def test_before_and_after_are_of_those_who_have_both_and_each_counts_once() -> None:
    change = told(*CLASS)["change"]
    assert change["trainees"] == 2
    assert (change["before"]["process"], change["after"]["process"]) == (40.0, 70.0)
    assert change["pairs"] == [(40.0, 50.0), (40.0, 90.0)]
    assert change["before"]["drills"] == 3
    assert change["rules"] == [
        {"rule": "fit_offer", "before": 1.0, "after": 1.0},
        {"rule": "read_back", "before": 0.75, "after": 0.0},
        {"rule": "let_finish", "before": 0.0, "after": 0.0},
    ]
    assert told(*CLASS[2:])["change"] is None


def test_the_same_drill_in_two_files_counts_once() -> None:
    found, double = once([CLASS[0], CLASS[0], CLASS[1]])
    assert (len(found), double) == (5, 2)


def test_nobody_is_named_unasked() -> None:
    found = told(*CLASS)
    assert found["leaderboard"] is None
    assert not {"anna", "<b>", "zoe"} & set(json.dumps(found, ensure_ascii=False).replace('"', " ").split())
    assert [(one["alias"], one["process"]) for one in told(*CLASS, leaderboard=True)["leaderboard"]] == [
        ("zoe", 100.0),
        ("anna", 65.0),
        ("<b>", 43.3),
    ]


@given(st.permutations(CLASS))
def test_the_order_of_the_files_tells_nothing(exports: list[dict[str, Any]]) -> None:
    assert told(*exports) == told(*CLASS)


def test_a_call_that_is_over_stays_in_the_middle_as_it_ended() -> None:
    """Else the last turns would be those of the hardest calls alone."""
    calls = [made(number, anger=[50, 20, 10]) for number in range(2)] + [made(2, anger=[50, 60, 70, 80], turns=3)]
    assert told(export("x", *calls))["personas"][0]["middle"] == [50, 20, 10, 10]


def test_three_points_from_the_data() -> None:
    found = {one["kind"]: one for one in told(*CLASS)["points"]}
    assert found == {
        "rule": {"kind": "rule", "rule": "fit_offer", "count": 3, "of": 3},
        "rise": {"kind": "rise", "act": "flat_no", "by": 6.2, "count": 6},
        "end": {"kind": "end", "end": "left", "count": 4, "of": 6},
    }


def test_a_class_that_did_all_well_has_something_to_talk_about_too() -> None:
    calm = {"end": "settled", "acts": [["listen"], ["empathy"]], "anger": [50, 45, 25], "marks": {**NO, "let_finish": "kept"}}
    found = told(
        export(
            "x",
            made(1, **calm),
            made(2, **{**calm, "turns": 3, "acts": [["listen"]] * 3, "said": [""] * 3, "anger": [50, 45, 40, 30], "trust": [50] * 4}),
        )
    )["points"]
    assert found == [
        {"kind": "kept", "rule": "let_finish", "count": 2, "of": 2},
        {"kind": "fall", "act": "listen", "by": 6.2, "count": 4},
        {"kind": "spread", "persona": "late-sofa", "least": 2, "most": 3},
    ]
    assert told(export("x", made(1, **calm)))["points"][2] == {"kind": "well", "count": 1, "of": 1}


@given(st.lists(st.tuples(st.sampled_from(ENDS), st.dictionaries(st.sampled_from(sorted(RULES)), st.sampled_from(MARKS)), st.lists(st.integers(0, 100), min_size=3, max_size=3), st.sampled_from(["before", "after", None]), st.integers(0, 3)), min_size=1, max_size=12))  # fmt: skip
def test_whatever_was_drilled_there_is_a_report(drills: list[Any]) -> None:
    exports = [
        export(f"t{who}", made(number, end=end, marks=marks, anger=anger, label=label))
        for number, (end, marks, anger, label, who) in enumerate(drills)
    ]
    found = told(*exports, leaderboard=True)
    some = any(mark != "no_chance" for _, marks, *_ in drills for mark in marks.values())
    assert len(found["points"]) == 2 + some
    assert all(0 <= one["share"] <= 1 and one["chances"] == one["kept"] + one["partly"] + one["missed"] for one in found["rules"])
    assert sum(one["drills"] for one in found["leaderboard"]) == found["drills"] == sum(found["ends"].values()) == len(drills)


def test_a_result_of_a_call_is_one_and_tells_what_was_done_with_help() -> None:
    talk = Talk(model(), library.persona(PLACES, "late-sofa", "en"), 3)
    for turn, acts in enumerate((["listen"], ["listen"], ["paraphrase", "empathy"], ["blame_customer"])):
        talk.take(acts, f"turn {turn}", aided=turn == 2)
    while not talk.ended:
        talk.take(["flat_no"])
    found = marks(talk)
    critical = critical_turns(talk)
    debrief = {
        "marks": {rule: {"mark": mark, "turn": turn} for rule, (mark, turn) in found.items()},
        "critical": critical,
        "process": points(model(), found, critical=bool(critical)),
    }
    made_of = result(talk, debrief, id=name(1), at="2026-11-25T05:00:00Z", session="monday")
    assert misfit(made_of) == ""
    assert (made_of["acts"][:3], made_of["said"][0], made_of["persona"], made_of["lang"]) == (
        [["listen"], ["listen"], ["paraphrase", "empathy"]],
        "turn 0",
        "late-sofa",
        "en",
    )
    assert set(made_of["prompted"]) == {"read_back", "name_feeling"}
    assert (made_of["critical"], made_of["process"] <= 40, made_of["session"], made_of["label"], made_of["call"]) == (
        True,
        True,
        "monday",
        None,
        1,
    )
    second = Talk(model(), talk.persona, 3, again="broken", first=talk)
    while not second.ended:
        second.take(["flat_no"])
    assert result(second, debrief, id=name(1), at="2026-11-25T05:00:00Z")["call"] == 2
