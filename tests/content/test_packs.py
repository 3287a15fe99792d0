"""Every folder of tests/packs is a case: its `expected` lists `file:line:col code` for each problem, and nothing else may be found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clientcoach.content.lint import lint
from clientcoach.reading.examples import lint_examples
from tests.content.test_rules import CODES

if TYPE_CHECKING:
    from clientcoach.errors import Problem

PACKS = Path(__file__).parent.parent / "packs"
CASES = sorted(path for kind in ("good", "bad") for path in (PACKS / kind).iterdir())


def problems(folder: Path) -> list[Problem]:
    """As `playbook lint` puts them together, on the day on which the packs were written."""
    return [*lint(str(folder), "2026-11-25"), *lint_examples(str(folder))[0]]


def found(folder: Path) -> list[str]:
    """The problems of a pack as the lines of an `expected` file."""
    told = sorted(problems(folder), key=lambda problem: (problem["file"], problem["line"], problem["col"], problem["code"]))
    return [f"{Path(problem['file']).relative_to(folder)}:{problem['line']}:{problem['col']} {problem['code']}" for problem in told]


@pytest.mark.parametrize("folder", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pack(folder: Path) -> None:
    assert found(folder) == (folder / "expected").read_text().splitlines()


def test_good_packs_are_good_and_bad_ones_are_not() -> None:
    for folder in CASES:
        assert bool((folder / "expected").read_text()) == (folder.parent.name == "bad")


def test_every_problem_is_complete() -> None:
    for folder in CASES:
        for problem in problems(folder):
            assert problem["code"] in CODES
            assert problem["level"] in ("error", "warning")
            assert problem["message"].isprintable()
            assert problem["text"].isprintable() or "\t" in problem["text"]
