"""Rules held against words: each way of `extends`, exceptions, quotations, sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientcoach.content.rules import compile_rules
from clientcoach.matching.words import Words
from clientcoach.reading.faults import Faults

if TYPE_CHECKING:
    from pathlib import Path

FILE = """
calm: {extends: existence, message: "{word}", tokens: [calm down, calm down please], exceptions: [told me to calm down], examples: {bad: [], good: []}}
label: {extends: substitution, message: "{word}: {instead}", swap: {hysteric*: cried}, examples: {bad: [], good: []}}
sorry: {extends: occurrence, message: "{word}", tokens: [sorry, apolog*], max: 2, within: text, examples: {bad: [], good: []}}
names: {extends: occurrence, message: "{word}", tokens: [madam], max: 1, examples: {bad: [], good: []}}
soon: {extends: conditional, message: "{word}", first: [soon, shortly], second: ["@time", by return], examples: {bad: [], good: []}}
hello: {extends: conditional, message: "{word}", first: [hello], second: [goodbye], within: text, examples: {bad: [], good: []}}
acted: {extends: acts, message: "{word}", examples: {bad: [], good: []}}
"""


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Faults:
    path: Path = tmp_path_factory.mktemp("pack") / "en.yaml"
    path.write_text(FILE, encoding="utf-8")
    return Faults(compile_rules([str(path)], "en"))


def found(faults: Faults, text: str, details: tuple[tuple[str, int, int], ...] = ()) -> list[tuple[str, str, str | None]]:
    words = Words(text)
    return [(rule, text[slice(*words.span(first, after))], instead) for rule, first, after, instead in faults.read(words, details)]


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Calm down", [("calm", "Calm down", None)]),
        ("Please calm down please.", [("calm", "calm down please", None)]),
        ("You told me to calm down", []),
        ("You said «calm down» to me", []),
        ("calm. Down", []),
        ("a hysterical man", [("label", "hysterical", "cried")]),
        ("Sorry. I am sorry.", []),
        ("Sorry. I am sorry. I apologise. Sorry.", [("sorry", "apologise", None)]),  # the first one too many
        ("Madam, yes, madam", [("names", "madam", None)]),
        ("Madam. Yes, madam", []),  # counted in each sentence
        ("I write soon", [("soon", "soon", None)]),
        ("I write soon, by return", []),
        ("I write soon. By return", [("soon", "soon", None)]),
        ("Hello. Yes", [("hello", "Hello", None)]),
        ("Hello. Yes. Goodbye", []),
        ("soon and shortly", [("soon", "soon", None), ("soon", "shortly", None)]),
        ("", []),
    ],
)
def test_faults(faults: Faults, text: str, there: list[tuple[str, str, str | None]]) -> None:
    assert found(faults, text) == there


def test_a_detail_of_the_acts_stands_for_the_second(faults: Faults) -> None:
    assert found(faults, "soon, on Monday", (("time", 2, 3),)) == []
    assert found(faults, "soon, on Monday", (("fact", 2, 3),)) == [("soon", "soon", None)]
    assert found(faults, "soon. On Monday", (("time", 3, 4),)) == [("soon", "soon", None)]
