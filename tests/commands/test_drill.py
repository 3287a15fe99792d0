"""`drill simulate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientcoach.drill.ends import ENDS
from clientcoach.options import POLICIES
from tests.drill.models import PATH
from tests.support import LANGS, validate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Place


def test_json_keeps_its_schema_and_is_the_same_twice(at: Place) -> None:
    ran = at.run("drill", "simulate", "--runs", "25", "--json")
    validate(ran.json, "simulation")
    assert (ran.json["runs"], ran.json["seed"], tuple(ran.json["policies"])) == (25, 0, POLICIES)
    assert at.run("drill", "simulate", "--runs", "25", "--format", "json").out == ran.out
    assert at.run("drill", "simulate", "--runs", "25", "--seed", "1", "--json").json["policies"] != ran.json["policies"]


def test_the_numbers_stand_still(at: Place) -> None:
    """Integers and a generator of our own: the same on every machine and Python. Changed by whoever changes the model, on purpose."""
    told = at.run("drill", "simulate", "--runs", "200", "--policy", "five_steps_slips_35", "--json").json["policies"]["five_steps_slips_35"]
    ends = {
        "settled": 0.465,
        "grudging": 0.15,
        "false_peace": 0,
        "boundary_end": 0,
        "handed_over": 0,
        "left": 0.045,
        "hung_up": 0.13,
        "timeout": 0.21,
    }
    assert told == {**ends, "turns": 12.4, "trust": 57.7}


def test_a_policy_twice_is_run_once_in_the_order_typed(at: Place) -> None:
    ran = at.run("drill", "simulate", "--runs", "5", "--policy", "solver", "--policy", "blamer", "--policy", "solver", "--json")
    assert list(ran.json["policies"]) == ["solver", "blamer"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_is_aligned_and_says_what_it_is_worth(at: Place, lang: str) -> None:
    lines = at.run("drill", "simulate", "--runs", "30", "--ui", lang).out.splitlines()
    head, rows = lines[0], lines[1 : 1 + len(POLICIES)]
    assert [row.split()[0] for row in rows] == list(POLICIES)
    assert {len(row) for row in rows} == {len(head)}
    assert "30" in lines[-2]
    assert lines[-3] == ""


def test_the_table_leaves_out_ends_that_nobody_came_to(at: Place) -> None:
    out = at.run("drill", "simulate", "--runs", "20", "--policy", "sympathy_only", "--ui", "en").out
    assert out.splitlines()[0].split() == ["policy", "timeout", "turns", "trust"]
    assert out.endswith("This shows that the numbers hold together, not that the five steps work.\n")


@pytest.mark.parametrize(
    "argv",
    [
        ("--policy", "five-steps"),
        ("--runs", "0"),
        ("--runs", "100001"),
        ("--runs", "many"),
        ("--seed", "-1"),
        ("--seed", str(2**31)),
        ("--format", "csv"),
    ],
)
def test_what_cannot_be_meant(at: Place, argv: tuple[str, ...]) -> None:
    ran = at.run("drill", "simulate", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")


def test_policies_are_completed(at: Place) -> None:
    assert at.run("complete", "drill", "simulate", "--policy").out.split() == list(POLICIES)


def team(at: Place, old: str, new: str) -> Path:
    """A team's own model in a pack of its own."""
    path = at.cwd / "team" / "drills" / "drill-model.yaml"
    path.parent.mkdir(parents=True)
    text = PATH.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    (at.cwd / ".clientcoach.toml").write_text('packs = ["team"]\n')
    return path


def test_a_team_s_own_model_is_taken(at: Place) -> None:
    argv = ("drill", "simulate", "--runs", "20", "--policy", "five_steps", "--json")
    before = at.run(*argv).json["policies"]["five_steps"]
    team(at, "timeout: {turns: 16, grace: 2,", "timeout: {turns: 2, grace: 0,")
    after = at.run(*argv).json["policies"]["five_steps"]
    assert (before["settled"], after["settled"], after["timeout"]) == (1, 0, 1)


def test_a_broken_model_is_told_with_its_place(at: Place) -> None:
    path = team(at, "boundary:                     ", "boundary:\n  bondary:                      ")
    ran = at.run("drill", "simulate", "--runs", "5")
    assert ran.code == 4
    assert f"{path}:" in ran.err
    assert "unknown-key" in ran.err
    linted = at.run("playbook", "lint", str(at.cwd / "team"), "--json")
    assert linted.code == 4
    assert {problem["file"] for problem in linted.json["problems"]} == {str(path)}


def test_ends_are_those_of_the_schema(at: Place) -> None:
    told = at.run("drill", "simulate", "--runs", "3", "--policy", "random", "--json").json["policies"]["random"]
    assert list(told) == [*ENDS, "turns", "trust"]
