"""Acts: enough weight in one sentence, graded by what the sentence names; steps follow from them."""

from __future__ import annotations

import pytest

from clientcoach.matching.words import Words
from clientcoach.reading.acts import acts, sentences, steps

Part = tuple[str, int, int, int]


def test_sentences() -> None:
    assert list(sentences(Words("One two. Three! \n\n Four"))) == [(0, 2), (3, 4), (6, 7)]
    assert list(sentences(Words(""))) == []


@pytest.mark.parametrize(
    ("evidence", "details", "told"),
    [
        ([("acts.thank", 1, 0, 1)], [], []),
        ([("acts.thank", 1, 0, 1), ("acts.thank", 1, 1, 2)], [], ["thank"]),
        ([("acts.thank", 1, 0, 1), ("acts.thank", 1, 3, 4)], [], []),  # in two sentences
        ([("acts.apology", 2, 0, 1)], [], ["apology_generic"]),
        ([("acts.apology", 2, 0, 1)], [("fact", 1, 2)], ["apology_specific"]),
        ([("acts.apology", 2, 0, 1)], [("fact", 3, 4)], ["apology_generic"]),  # a fact of another sentence
        ([("acts.apology", 2, 0, 1)], [("time", 1, 2)], ["apology_generic"]),
        ([("acts.empathy", 2, 0, 1)], [("fact", 1, 2)], ["empathy_specific"]),
        ([("acts.propose", 2, 0, 1)], [], ["propose_vague"]),
        ([("acts.propose", 2, 0, 1)], [("owner", 1, 2)], ["propose_concrete"]),
        ([("acts.promise", 2, 0, 1)], [("fact", 1, 2)], ["promise_vague"]),
        ([("acts.promise", 2, 0, 1)], [("time", 1, 2)], ["promise_dated"]),
        ([("acts.hold", 2, 0, 1)], [("time", 1, 2)], ["hold_explained"]),
        ([("acts.confirm", 2, 3, 5), ("acts.thank", 2, 0, 1)], [], ["thank", "confirm"]),
    ],
)
def test_acts(evidence: list[Part], details: list[tuple[str, int, int]], told: list[str]) -> None:
    words = Words("one two. three four")
    read = acts(evidence, details, words)
    assert [act["act"] for act in read] == told
    assert all(words.text[act["start"] : act["end"]] == act["text"] for act in read)


def test_steps_need_more_than_vague_words() -> None:
    def named(*names: str) -> list[str]:
        told = steps([{"act": name, "start": 0, "end": 1, "text": "x"} for name in names])
        return [step for step, one in told.items() if one["found"]]

    assert named("propose_vague", "promise_vague", "thank", "own") == []
    assert named("paraphrase", "empathy_generic", "apology_generic", "propose_concrete", "promise_dated") == list(steps([]))
    assert steps([{"act": "explore", "start": 3, "end": 5, "text": "ab"}])["listen"] == {"found": True, "start": 3, "end": 5, "text": "ab"}
