"""Signals in a text: what a `not`, a negation, a quotation or a longer hit takes away, and what an intensifier adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientcoach.content.signals import compile_file
from clientcoach.matching.words import Words
from clientcoach.reading.found import Signals

if TYPE_CHECKING:
    from pathlib import Path

FILE = """
language: {words: {the: 1}}
negators: {before: [not, no, never], after: [емес, is not true], but: [but, and], reach: 4}
louder: [very, so]
mood:
  negative: {terms: {no .. answer: 3, broken: 3, late: 2}}
  positive: {terms: {good: 3}}
anger: {terms: {angry: 5, very .. angry indeed: 3, furious: 8}, not: [angry birds]}
causes: {delivery: {terms: {parcel: 2}}}
flags:
  threat: {terms: {kill you: 8}}
  self_harm: {terms: {die: 8}}
  legal: {terms: {lawyer: 4, sue: 4}, not: [friend .. lawyer, sue* song]}
"""


@pytest.fixture(scope="module")
def signals(tmp_path_factory: pytest.TempPathFactory) -> Signals:
    path: Path = tmp_path_factory.mktemp("pack") / "en.yaml"
    path.write_text(FILE, encoding="utf-8")
    return Signals(compile_file(str(path)))


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("I am angry", [("anger", 5, "angry")]),
        ("I play angry birds", []),
        ("My friend is a lawyer", []),
        ("My friend came. I have a lawyer", [("flags.legal", 4, "lawyer")]),
        ("not angry", []),
        ("not at all that angry", []),  # the negation reaches four words
        ("not one two three four angry", [("anger", 5, "angry")]),
        ("not here, angry", [("anger", 5, "angry")]),  # a comma keeps it away
        ("not here. Angry", [("anger", 5, "Angry")]),
        ("not calm but angry", [("anger", 5, "angry")]),
        ("angry емес", []),
        ("angry, that is not true", []),
        ("angry and furious емес", [("anger", 5, "angry")]),
        ("no answer", [("mood.negative", 3, "no answer")]),  # the negation is its own
        ("no good answer", [("mood.negative", 3, "no good answer"), ("mood.negative", 2, "good")]),
        ("not good", [("mood.negative", 2, "good")]),  # and speaks for the other side
        ("not broken", [("mood.positive", 2, "broken")]),
        ("do not kill you", [("flags.threat", 8, "kill you")]),  # a danger is never negated
        ("I will not die", [("flags.self_harm", 8, "die")]),
        ("no parcel", [("causes.delivery", 2, "parcel")]),  # nor is what it is about
        ("very angry", [("anger", 6, "angry")]),
        ("so very much angry", [("anger", 6, "angry")]),
        ("very much too angry", [("anger", 5, "angry")]),
        ("very angry indeed", [("anger", 5, "very angry indeed")]),  # the longest, with the greatest weight in it
        ("he said “I am furious” to me", []),
        ("he said “your parcel is late” to me", [("causes.delivery", 2, "parcel")]),
        ("", []),
    ],
)
def test_what_is_found(signals: Signals, text: str, there: list[tuple[str, int, str]]) -> None:
    words = Words(text)
    assert [(name, weight, text[slice(*words.span(first, after))]) for name, weight, first, after in signals.read(words)[0]] == there
