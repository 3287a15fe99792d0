"""Patterns of words: each form of the language, what must not match, and that a text is walked once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.matching.patterns import Matcher, PatternError, expand, tree
from clientcoach.matching.words import Words


def found(pattern: str, text: str) -> list[str]:
    words = Words(text)
    return [text[slice(*words.span(first, after))] for _, first, after in Matcher(tree([(pattern, 0)])).hits(words)]


@pytest.mark.parametrize(
    ("pattern", "text", "there"),
    [
        ("late", "It is LATE.", ["LATE"]),
        ("late", "later latest", []),
        ("deliver*", "delivery delivered delivers liver", ["delivery", "delivered", "delivers"]),
        ("not working", "it is not working", ["not working"]),
        ("not working", "not. working", []),
        ("not working", "not really working", []),
        (
            "no .. answer",
            "no answer, no real answer, no good and useful answer at all",
            ["no answer", "no answer, no real answer", "no real answer", "no good and useful answer"],
        ),
        ("no ..1 answer", "no good and useful answer", []),
        ("no .. answer", "no! answer", []),
        ("(refund|money back)", "a refund or money back", ["refund", "money back"]),
        ("[the] bill", "the bill", ["the bill", "bill"]),
        ("# days", "9 days, nine days", ["9 days"]),
        ("for # days", "for 9 days", ["for 9 days"]),
        ("понимаю . но", "Я понимаю. Но нет", ["понимаю. Но"]),
        ("понимаю . но", "понимаю но", []),
        ("sorry ?", "Sorry? Sorry. Sorry?!", ["Sorry?", "Sorry?!"]),
        ("sorry .", "Sorry? Sorry, what", ["Sorry?"]),
        (
            "what ..12 ?",
            "What is the number of the order you are writing about? What I say.",
            ["What is the number of the order you are writing about?"],
        ),
        ("what ..12 ?", "What a day. Is it late?", []),
        ("what ..2 ?", "What is the number?", []),
        ("жалоб*", "Жалобу жалобой", ["Жалобу", "жалобой"]),
        ("złość", "zlosc i ZŁOŚĆ", ["zlosc", "ZŁOŚĆ"]),
        ("жеткізу", "жеткизу", ["жеткизу"]),
        ("*майды", "бармайды, істемейді, майды", ["бармайды", "майды"]),
        ("don't", "I dont, I don’t", ["dont", "don’t"]),
        ("e-mail*", "two e-mails", ["e-mails"]),
        ("☹", "well :(", [":("]),
        ("so .. so", "so so so", ["so so", "so so so", "so so"]),
    ],
)
def test_a_pattern_finds_what_it_says(pattern: str, text: str, there: list[str]) -> None:
    assert found(pattern, text) == there


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "  ",
        "..",
        ".. a",
        "a ..",
        "ab*",
        "(a|b",
        "a)",
        "[a",
        "* a",
        "a*b",
        "*ab",
        "**abc",
        "*abc*",
        ". a",
        "? a",
        "sorry?",
        "(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d)",
        "…",
    ],
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        expand(pattern)


@given(
    st.lists(st.sampled_from(["late", "deliver*", "no .. answer", "(a|b) c", "[the] bill", "# days", "x . y"]), max_size=7),
    st.text(max_size=80),
)
def test_a_tree_survives_json_and_its_hits_are_in_the_text(names: list[str], text: str) -> None:
    grown = tree((name, number) for number, name in enumerate(names))
    words = Words(text)
    assert Matcher(json.loads(json.dumps(grown))).hits(words) == Matcher(grown).hits(words)
    assert all(0 <= first < after <= len(words) for _, first, after in Matcher(grown).hits(words))


@given(st.lists(st.sampled_from(["no", "answer", "a", "deliver", "delivery", "9", "days", "."]), max_size=30))
def test_together_patterns_find_what_each_finds_alone(text: str) -> None:
    every = ["no .. answer", "answer", "deliver*", "delivery", "# days", "a a", "no no"]
    words = Words(" ".join(text))
    together = sorted(Matcher(tree((name, number) for number, name in enumerate(every))).hits(words))
    alone = sorted(
        (number, first, after) for number, name in enumerate(every) for _, first, after in Matcher(tree([(name, 0)])).hits(words)
    )
    assert together == alone


@pytest.mark.parametrize("bait", ["no " * 4000, "abc " * 5000, "no answer " * 3000, "! " * 5000, "((((" * 4000, '"' * 9000])
def test_twice_the_text_is_twice_the_work(bait: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: how often a place of the text is looked at."""
    grown = tree([("no .. answer", 0), ("no no", 1), ("abc* ..9 b", 2)])
    looked = 0
    original = Matcher._take

    def counted(*args: Any) -> None:
        nonlocal looked
        looked += 1
        return original(*args)

    monkeypatch.setattr(Matcher, "_take", counted)
    Matcher(grown).hits(Words(bait))
    once, looked = looked, 0
    Matcher(grown).hits(Words(bait + bait))
    assert looked <= 2 * once + 100
