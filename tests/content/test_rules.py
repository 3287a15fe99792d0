"""The linter's single rules, and its tables against each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clientcoach.content import codes
from clientcoach.content.expand import expand
from clientcoach.content.lint import lint
from clientcoach.content.spelling import small_start, unpaired, words, wrong_letters

ROOT = Path(__file__).parent.parent.parent
BAD = ROOT / "tests" / "packs" / "bad"
CODES = set(codes.CODES)


def test_the_table_of_codes_in_contributing_is_the_one_that_lint_explains() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## What `playbook lint` finds")[2]
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", text, re.M)
    assert rows == [(code, means) for code, (means, _) in sorted(codes.CODES.items())]
    assert list(codes.CODES) == sorted(codes.CODES)
    assert all(means.endswith(".") and mend.endswith(".") for means, mend in codes.CODES.values())


def test_every_code_is_explained_used_and_has_a_bad_example() -> None:
    paths = [path for place in ("content", "reading") for path in (ROOT / "clientcoach" / place).glob("*.py") if path.stem != "codes"]
    source = "".join(path.read_text() for path in paths)
    nouns = ("title", "label", "do", "avoid", "prevent", "phrase")
    made = {f"{kind}-{noun}" for kind in ("missing", "unknown") for noun in nouns}
    used = made | {
        code for code in re.findall(r'"([a-z]+(?:-[a-z0-9]+)+|unpaired|unreachable|placeholders|untranslated)"', source) if code in CODES
    }
    assert used == CODES
    shown = {line.split()[-1] for path in BAD.rglob("expected") for line in path.read_text().splitlines()}
    elsewhere = {"yaml-size", "missing-prevent", "unknown-avoid", "unknown-interruption"}
    assert CODES - shown <= elsewhere


@pytest.mark.parametrize(
    ("word", "lang", "fine"),
    [
        ("әкім", "kk", True), ("əкім", "kk", False), ("һәм", "kk", True), ("hәм", "kk", False), ("іс", "kk", True), ("iс", "kk", False),
        ("ұсыныс", "kk", True), ("ҡала", "kk", False), ("ї", "kk", False), ("SMS", "kk", True), ("X", "kk", True), ("a", "kk", False),
        ("ещё", "ru", True), ("әлем", "ru", False), ("с", "ru", True), ("c", "ru", False), ("cap", "ru", False), ("Acme", "ru", True),
        ("żółć", "pl", True), ("Żółć", "pl", True), ("zolc", "pl", True), ("õ", "pl", False), ("да", "pl", False),
        ("café", "en", True), ("сafe", "en", False), ("да", "en", False),
    ],
)  # fmt: skip
def test_letters(word: str, lang: str, fine: bool) -> None:
    assert (wrong_letters(word, lang) == "") is fine


@pytest.mark.parametrize(
    ("sentence", "lang", "fine"),
    [
        ("“a”", "en", True), ("“a", "en", False), ("a”", "en", False), ("„a”", "en", False), ('"a"', "en", True), ('"a', "en", False),
        ("„a”", "pl", True), ("“a”", "pl", False), ("„a„", "pl", False), ("«a»", "ru", True), ("«a „b“ c»", "ru", True),
        ("«a", "ru", False), ("»a«", "ru", False), ("«a»", "kk", True), ("(a «b) c»", "ru", False), ("(a)", "en", True), ("a)", "en", False),
        ("don’t", "en", True),
    ],
)  # fmt: skip
def test_pairs(sentence: str, lang: str, fine: bool) -> None:
    assert (unpaired(sentence, lang) == "") is fine


def test_expansion_is_complete() -> None:
    message = [
        ["s", "wg", {"f": ["a"], "other": ["b", ["p", "days", {"=0": ["none"], "one": [["#"]], "other": [["#"]]}]]}],
        ["v", "addr_mid"],
    ]
    assert sorted(expand(message, "en")) == sorted(["a", "a, Anna", "bnone", "bnone, Anna", "b1", "b1, Anna", "b5", "b5, Anna"])


def test_one_variable_takes_one_value_in_a_sentence() -> None:
    message = [["s", "wg", {"f": ["1"], "other": ["2"]}], ["s", "wg", {"m": ["3"], "other": ["4"]}]]
    assert sorted(expand(message, "en")) == ["14", "23", "24"]


def test_words_and_small_letters() -> None:
    assert words("One – two, № 3 €5.") == 4
    assert [small_start(text) for text in ("a", "A", "«a", "“A", "3 a", "")] == ["a", "", "a", "", "", ""]


def test_lint_of_nothing(tmp_path: Path) -> None:
    assert [problem["code"] for problem in lint(str(tmp_path / "nowhere"))] == ["no-playbook"]


def test_lint_of_one_playbook_and_of_its_pack_agree() -> None:
    pack = BAD / "slip-too-long"
    assert lint(str(pack)) == lint(str(pack / "demo"))
    assert lint(str(pack))[0]["level"] == "warning"
