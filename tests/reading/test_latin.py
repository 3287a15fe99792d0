"""Kazakh in Latin letters, as it is typed."""

from __future__ import annotations

import pytest

from clientcoach.matching.words import Words, fold
from clientcoach.reading.latin import cyrillic
from tests.reading.readers import reader


@pytest.mark.parametrize(
    ("latin", "typed"),
    [
        ("kelmeidi", "келмейді"), ("kelmeydi", "келмейді"), ("qashan", "қашан"), ("kashan", "қашан"), ("jetkizu", "жеткізу"),
        ("zhetkizu", "жеткізу"), ("aqsha", "ақша"), ("ğoi", "ғой"), ("goy", "ғой"), ("şağym", "шағым"), ("úıde", "үйде"), ("bügin", "бүгін"),
        ("bolmaydy", "болмайды"), ("tauar", "тауар"), ("men1", "men1"),
    ],
)  # fmt: skip
def test_words_become_cyrillic(latin: str, typed: str) -> None:
    words = Words(latin)
    cyrillic(words)
    assert words.folded == [fold(typed)]


def test_latin_words_in_a_cyrillic_text_are_names() -> None:
    words = Words("Kaspi арқылы төледім")
    cyrillic(words)
    assert words.folded[0] == "kaspi"


@pytest.mark.parametrize(
    ("text", "cause", "flag"),
    [
        ("Zakazym 3 apta boldy kelmei jatyr, qashan jetkizesizder?", "delivery", None),
        ("Menin kartamnan 12000 tg sheship alyp qoydy, qaitaryp berińizder", "billing", None),
        ("men sotqa beremin sizderdi", None, "legal"),
        ("ofisterinizdi ortep jiberem", None, "threat"),
        ("ozime qol jumsagym keledi, omir surgim kelmeidi", None, "self_harm"),
        ("qyzmetker aiqailap shygaryp jiberdi, basshynyzdy qosynyz", "staff", "supervisor"),
    ],
)
def test_signals_hear_latin_letters_and_quote_them(text: str, cause: str | None, flag: str | None) -> None:
    told = reader().read(text)
    assert (told["lang"], told["cause"]) == ("kk", cause)
    assert flag is None or flag in told["flags"]
    assert all(text[one["start"] : one["end"]] == one["text"] for one in told["evidence"])
