"""What the README and the transcripts show is what happens."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import pytest

from clientcoach.options import CASE, CASE_FILE, VERBS
from clientcoach.settings import OWN, PREFIX
from clientcoach.share.manual import EXITS
from tests.transcripts.book import BOOKS, ROOT, matches, renewed, run, steps

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_a_transcript_is_what_happens(book: Path, tmp_path: Path) -> None:
    wrong = []
    for step in steps(book.read_text(encoding="utf-8")):
        found = run(step, tmp_path)
        if not matches(step.expected, found):
            diff = difflib.unified_diff(step.expected, found, f"{book.name}:{step.line + 1}", step.command, lineterm="", n=1)
            wrong.append("\n".join(diff))
    assert not wrong, "run python -m tests.transcripts.update, and read the difference\n" + "\n\n".join(wrong)


def test_the_reader_of_transcripts() -> None:
    text = "```json a b.json\n{}\n```\n$ no\n```console\n$ one \\\n  two\nout\n[2]\n$ three\n```\nafter\n"
    found = [(step.line, step.name, step.command, step.expected) for step in steps(text)]
    assert found == [(1, "a b.json", "", ["{}"]), (7, "", "one \\\n  two", ["out", "[2]"]), (10, "", "three", [])]


def test_any_lines() -> None:
    assert matches(["a", "…", "d"], ["a", "b", "c", "d"])
    assert matches(["…"], [])
    assert not matches(["a", "…", "d"], ["a", "b"])
    assert renewed(["a", "…", "d"], ["A", "b", "c", "D"]) == ["A", "…", "D"]


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_the_readme_names_the_verb(verb: str) -> None:
    assert re.search(rf"\b{verb}\b", readme())


@pytest.mark.parametrize("code", [code for code, _ in EXITS])
def test_the_readme_names_the_exit_code(code: str) -> None:
    assert re.search(rf"(?m)^\|\s*`?{code}`?\s*\|", readme()), "a row of the table of exit codes"


@pytest.mark.parametrize("name", [*CASE, *CASE_FILE])
def test_the_readme_names_the_case_option(name: str) -> None:
    assert f"`--{name.replace('_', '-')}" in readme()


def variables() -> set[str]:
    """Every CLIENTCOACH_ variable that the code or a setting names; those of the case follow from the rule."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "clientcoach").rglob("*.py"))
    named = {*re.findall(r"\bCLIENTCOACH_[A-Z]+\b", source), *(PREFIX + name.upper() for name in OWN)}
    return named - {PREFIX + name.upper() for name in CASE}


@pytest.mark.parametrize("variable", sorted(variables()))
def test_the_readme_names_the_variable(variable: str) -> None:
    assert variable in readme()
