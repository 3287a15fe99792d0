"""Every folder of tests/packs is a case: its `expected` lists `file:line:col code` for each problem, and nothing else may be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientcoach.content.lint import lint
from tests.content.test_rules import CODES

PACKS = Path(__file__).parent.parent / "packs"
CASES = sorted(path for kind in ("good", "bad") for path in (PACKS / kind).iterdir())


def found(folder: Path) -> list[str]:
    """The problems of a pack as the lines of an `expected` file."""
    return [
        f"{Path(problem['file']).relative_to(folder)}:{problem['line']}:{problem['col']} {problem['code']}" for problem in lint(str(folder))
    ]


@pytest.mark.parametrize("folder", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pack(folder: Path) -> None:
    assert found(folder) == (folder / "expected").read_text().splitlines()


def test_good_packs_are_good_and_bad_ones_are_not() -> None:
    for folder in CASES:
        assert bool((folder / "expected").read_text()) == (folder.parent.name == "bad")


def test_every_problem_is_complete() -> None:
    for folder in CASES:
        for problem in lint(str(folder)):
            assert problem["code"] in CODES
            assert problem["level"] in ("error", "warning")
            assert problem["message"].isprintable()
            assert problem["text"].isprintable() or "\t" in problem["text"]
