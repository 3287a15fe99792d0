"""The signals in a text: what patterns hit, without what a `not` over it, a negation beside it or a quotation takes away."""

from __future__ import annotations

from clientcoach.matching.patterns import Matcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from clientcoach.matching.words import Words

    Found = tuple[str, int, int, int]  # signal, weight, first word, word after the last

REACH = 3  # words that a negation reaches over where the file does not say
WEIGHING = frozenset(("before", "after", "louder"))  # roles beside a term that change what it counts
LOUDER = 2  # words before a term in which an intensifier counts
ASIDE = 2  # the weight that "not good" takes from "good" on the other side
NEVER_NEGATED = ("causes.", "flags.threat", "flags.self_harm")  # "don't make me come": a danger is heard rather than missed
OPPOSITE = {"mood.positive": "mood.negative", "mood.negative": "mood.positive"}


class Signals:
    """A shard of `content.signals`, ready to be held against texts."""

    def __init__(self, shard: Mapping[str, Any]) -> None:
        self.entries: Sequence[Sequence[Any]] = shard["entries"]
        self.matcher = Matcher(shard["tree"])
        self.reach: int = shard.get("reach") or REACH

    def read(self, words: Words) -> tuple[list[Found], list[tuple[str, int, int]]]:
        """What a text tells, and the fields or details in it (name, first word, word after the last)."""
        terms: list[Found] = []
        others: dict[str, list[tuple[str, int, int]]] = {}
        entries = self.entries
        for number, first, after in self.matcher.hits(words):
            role, name, weight, _ = entries[number]
            if role == "term":
                terms.append((name, weight, first, after))
            else:
                others.setdefault(role, []).append((name, first, after))
        return _found(terms, others, words, self.reach), others.get("field", [])


def _found(terms: list[Found], others: Mapping[str, list[tuple[str, int, int]]], words: Words, reach: int) -> list[Found]:
    """The terms in the order of the text. Of overlapping ones of a signal the longest counts."""
    kept = _longest(terms) if len(terms) > 1 else terms
    if "not" in others:
        kept = _without(kept, others["not"])
    if words.quoted:
        kept = [one for one in kept if one[2] not in words.quoted or one[0].startswith("causes.")]
    return _weighed(kept, reach, others, words) if kept and not WEIGHING.isdisjoint(others) else kept


def _longest(kept: Iterable[Found]) -> list[Found]:
    """Without what is inside a longer hit of the same signal, which then has the greater weight; in the order of the text."""
    longest: list[Found] = []
    last: dict[str, int] = {}
    for one in sorted(kept, key=_by_place):
        place = last.get(one[0])
        if place is None or one[3] > longest[place][3]:
            last[one[0]] = len(longest)
            longest.append(one)
        elif one[1] > longest[place][1]:
            longest[place] = (one[0], one[1], *longest[place][2:])
    return longest


def _by_place(one: Found) -> tuple[int, int, int]:
    return one[2], -one[3], -one[1]


def _without(kept: Iterable[Found], contexts: Iterable[tuple[str, int, int]]) -> list[Found]:
    """The terms that no `not` of their own signal overlaps."""
    taken: dict[str, set[int]] = {}
    for name, start, end in contexts:
        taken.setdefault(name, set()).update(range(start, end))
    return [one for one in kept if one[0] not in taken or taken[one[0]].isdisjoint(range(one[2], one[3]))]


def _weighed(kept: Iterable[Found], reach: int, others: Mapping[str, list[tuple[str, int, int]]], words: Words) -> list[Found]:
    """The terms with what intensifiers add, without those that are negated; "not good" speaks for the other side."""
    negated = _Negation(others, reach, words)
    louder = {end for _, _, end in others.get("louder", ())}
    weighed: list[Found] = []
    for one in kept:
        name, weight, first, end = one
        if negated.by(first, end) and not name.startswith(NEVER_NEGATED):
            if name in OPPOSITE:
                weighed.append((OPPOSITE[name], min(weight, ASIDE), first, end))
        elif louder and not louder.isdisjoint(range(first - LOUDER + 1, first + 1)):
            weighed.append((name, weight + 1, first, end))
        else:
            weighed.append(one)
    return weighed


class _Negation:
    """The negations of a text. One reaches a term from either side; a stop or a "but" keeps it away, and "no answer" has its own inside."""

    __slots__ = ("after", "before", "begun", "reach", "stops", "words")

    def __init__(self, others: Mapping[str, list[tuple[str, int, int]]], reach: int, words: Words) -> None:
        self.words, self.reach = words, reach
        self.before = {end for _, _, end in others.get("before", ())}
        self.begun = {start for _, start, _ in others.get("before", ())}
        self.after = {start for _, start, _ in others.get("after", ())}
        self.stops = {start for _, start, _ in others.get("but", ())}

    def by(self, first: int, end: int) -> bool:
        """Whether a term is negated; most have no negation anywhere near, which is seen at once."""
        near = range(max(first - self.reach, 0) + 1, first + 1)
        far = range(end, min(end + self.reach - 1, len(self.words)))
        begins, ends = not self.before.isdisjoint(near), not self.after.isdisjoint(far)
        if not (begins or ends) or not self.begun.isdisjoint(range(first, end)):
            return False
        return (begins and self._reached(reversed(near))) or (ends and self._followed(far))

    def _reached(self, places: Iterable[int]) -> bool:
        for place in places:
            if self.words.stops(place - 1) or place - 1 in self.stops or self.words.apart(place - 1, place):
                return False
            if place in self.before:
                return True
        return False

    def _followed(self, places: Iterable[int]) -> bool:
        for place in places:
            if place in self.after:
                return True
            if self.words.stops(place) or place in self.stops:
                return False
        return False
