"""The work that a text makes, counted: it grows as the text does, whatever is in it, and most words make none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.content import library
from clientcoach.matching.patterns import Matcher
from clientcoach.matching.words import KNOWN, LONGEST, Words
from clientcoach.reading.triage import Reader

if TYPE_CHECKING:
    from collections.abc import Callable


BAIT = {
    "plain": "Our meeting about the weather went on until noon and then we walked home. ",
    "hits": "I am angry and it is broken and late. ",
    "negations": "not never no nobody ",
    "nothing but a negation and a term": "not angry not broken ",
    "cancelled": "my friend is a lawyer, no answer, no problem. ",
    "faces": ":((( :) (( )) ",
    "marks": "!?!?… ",
    "quotes": '" « „ angry ',
    "digits": "12 3,4 order 55555 no. 5 EUR 7 ",
    "drawn out": "sooooooooooo ",
    "one word": "aaaaaaaaab",
    "new lines": "\n\n - ",
}


def calls(act: Callable[[], Any]) -> int:
    """How many functions are called, ours and C's: the same number in every run."""
    count = 0

    def seen(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(seen)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return {"packs": [library.bundled()], "policy": None, "cache": str(tmp_path_factory.mktemp("cache"))}


@pytest.fixture(scope="module")
def reader(places: Any) -> Reader:
    return Reader(lambda lang: library.signals(places, lang), library.languages_told(places), library.model(places))


@pytest.mark.parametrize("bait", BAIT.values(), ids=BAIT)
def test_ten_times_the_text_is_ten_times_the_work(reader: Reader, bait: str) -> None:
    short, long = bait * 40, bait * 400
    for text in (short, long):
        reader.read(text, "en")
    assert calls(lambda: reader.read(long, "en")) <= 10.5 * calls(lambda: reader.read(short, "en")) + 200


def test_a_word_without_a_pattern_makes_no_work(places: Any) -> None:
    taken: list[int] = []

    class Counting(Matcher):
        def _take(self, node: Any, first: int, after: int) -> None:
            taken.append(first)
            super()._take(node, first, after)

    matcher = Counting(library.signals(places, "en")["tree"])
    words = Words("Our meeting about the weather went until noon, then everybody walked along the river. ")
    matcher.hits(words)
    assert len(words) == 15
    assert len(taken) <= len(words) // 2


def test_what_is_remembered_of_hostile_words_is_little(places: Any) -> None:
    matcher = Matcher(library.signals(places, "en")["tree"])
    for start in range(0, KNOWN * 2, 1000):
        matcher.hits(Words(" ".join(f"w{number}" for number in range(start, start + 1000))))
    assert len(matcher.known) <= KNOWN
    matcher.hits(Words("x" * (LONGEST + 1)))
    assert max(map(len, matcher.known)) <= LONGEST
