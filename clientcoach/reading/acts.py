"""What a worker's text does, sentence by sentence, as the acts of research/science.md 3.2. Steps and findings are derived from acts.

Words alone are no acts: "sorry" in "sorry?" is none, and a promise without a time is a vague one. An act needs enough weight in one
sentence; whether it is specific, concrete or dated depends on what else that sentence names.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from clientcoach.matching.words import Words
    from clientcoach.reading.found import Found

    Act = dict[str, Any]

ENOUGH = 2  # weight of a sentence from which it counts as an act
GRADED = {  # act: (what makes it the better kind, its name with it, without)
    "empathy": (("fact",), "empathy_specific", "empathy_generic"),
    "apology": (("fact",), "apology_specific", "apology_generic"),
    "propose": (("fact", "time", "owner"), "propose_concrete", "propose_vague"),
    "promise": (("time",), "promise_dated", "promise_vague"),
    "hold": (("time",), "hold_explained", "hold_unexplained"),
}
STEPS = {
    "listen": ("paraphrase", "explore", "listen"),
    "empathize": ("empathy_specific", "empathy_generic"),
    "apologize": ("apology_specific", "apology_generic"),
    "propose": ("propose_concrete", "choice", "compensation", "no_with_alternative"),
    "follow_up": ("promise_dated", "confirm"),
}


def acts(evidence: Sequence[Found], details: Sequence[tuple[str, int, int]], words: Words) -> list[Act]:
    """[{act, first, after, start, end, text}] in the order of the text; `first` and `after` number words."""
    read: list[Act] = []
    for first, last in sentences(words):
        here = [one for one in evidence if first <= one[2] < last]
        named = {name for name, place, _ in details if first <= place < last}
        read += _of_sentence(here, named, words)
    return sorted(read, key=lambda act: (act["start"], act["end"]))


def _of_sentence(here: Sequence[Found], named: set[str], words: Words) -> Iterator[Act]:
    by_act: dict[str, list[Found]] = {}
    for one in here:
        by_act.setdefault(one[0].removeprefix("acts."), []).append(one)
    for name, parts in by_act.items():
        if sum(part[1] for part in parts) < ENOUGH:
            continue
        wanted, better, worse = GRADED.get(name, ((), name, name))
        first, after = min(part[2] for part in parts), max(part[3] for part in parts)
        start, end = words.span(first, after)
        act = better if not wanted or named.intersection(wanted) else worse
        yield {"act": act, "first": first, "after": after, "start": start, "end": end, "text": words.text[start:end]}


def sentences(words: Words) -> Iterator[tuple[int, int]]:
    """(first word, the stop after its last) of each sentence."""
    first = 0
    for place in range(len(words)):
        if words.stops(place):
            if place > first:
                yield first, place
            first = place + 1
    if first < len(words):
        yield first, len(words)


def steps(read: Sequence[Act]) -> dict[str, Any]:
    """Which of the five steps a text takes, each with the act that shows it."""
    told: dict[str, Any] = {}
    for step, names in STEPS.items():
        act = next((act for act in read if act["act"] in names), None)
        place = {name: act[name] for name in ("start", "end", "text")} if act else {}
        told[step] = {"found": act is not None, **place}
    return told
