"""The matcher: whole words, any ending where a star stands, the longest phrase, never inside quotation marks."""

from __future__ import annotations

import pytest

from clientcoach.content.rules import table
from clientcoach.reading.phrases import found

SWAP = {
    "liar*": "A",
    "troll": "B",
    "very rude": "C",
    "rude": "D",
    "customer* from hell": "E",
    "żul": "F",
    "қыңыр*": "G",
    "упёрт*": "H",
    "troll* under bridge*": "I",
}


def hits(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], instead) for start, end, instead in found(table(SWAP), text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []), ("A LIAR!", [("LIAR", "A")]), ("Liars, liars", [("Liars", "A"), ("liars", "A")]), ("a familiar liaison", []),
        ("trolley, controll, troll", [("troll", "B")]), ("very rude", [("very rude", "C")]), ("very, rude", [("rude", "D")]), ("very-rude", [("very-rude", "C")]), ("very\u00a0rude", [("very\u00a0rude", "C")]), ("very. Rude", [("Rude", "D")]),
        ("Customers from hell", [("Customers from hell", "E")]), ("customer from", []), ("customer from hello", []),
        ("a troll under bridges", [("troll under bridges", "I")]), ("a troll under a bridge", [("troll", "B")]),
        ("zul ŻUL z\u0307ul", [("zul", "F"), ("ŻUL", "F"), ("z\u0307ul", "F")]), ("Қыңырдың кыныр", [("Қыңырдың", "G"), ("кыныр", "G")]), ("Упертая и упёртый", [("Упертая", "H"), ("упёртый", "H")]),
        ("don’t be rude2 rude_", [("rude", "D")]), ("<b>rude</b>", [("rude", "D")]),
    ],
)  # fmt: skip
def test_what_is_found(text: str, wanted: list[tuple[str, str]]) -> None:
    assert hits(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“liar” and liar", 1), ("„liar” i liar", 1), ("„liar“", 0), ("a ‘liar’", 0), ("«liar» liar «troll»", 1), ('"liar, liar" liar', 1), ("«liar", 1), ("liar» «liar»", 1),
        ('5" liar', 1), ("“a «liar» b” liar", 1), ("it’s a liar’s", 1), ("“” liar", 1),
    ],
)  # fmt: skip
def test_words_of_somebody_else(text: str, wanted: int) -> None:
    assert len(hits(text)) == wanted


def test_a_phrase_that_a_quotation_begins_in_is_none() -> None:
    assert hits("very “rude”") == []
    assert hits("“very” rude") == [("rude", "D")]


def test_the_work_grows_with_the_text_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: a beginning of a phrase repeated, quotation marks without partners."""
    from clientcoach.reading import phrases

    counts: list[int] = []
    compared = phrases._follows
    monkeypatch.setattr(phrases, "_follows", lambda *given: counts.append(1) or compared(*given))
    sizes = []
    for times in (100, 1000):
        counts.clear()
        list(found(table(SWAP), "very customer from « “ troll " * times))
        sizes.append(len(counts))
    assert sizes[1] <= 10 * sizes[0]
    assert sizes[0] <= 100 * 4
