"""The signals in a text: what patterns hit, without what a `not` over it, a negation beside it or a quotation takes away."""

from __future__ import annotations

from clientcoach.matching.patterns import Matcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
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
        taken = {(name, place) for name, start, end in others["not"] for place in range(start, end)}
        kept = [one for one in kept if not any((one[0], place) in taken for place in range(one[2], one[3]))]
    if words.quoted:
        kept = [one for one in kept if one[2] not in words.quoted or one[0].startswith("causes.")]
    return list(_weighed(kept, reach, others, words)) if kept and not WEIGHING.isdisjoint(others) else kept


def _longest(kept: Iterable[Found]) -> list[Found]:
    """Without what is inside a longer hit of the same signal, which then has the greater weight; in the order of the text."""
    longest: list[Found] = []
    last: dict[str, int] = {}
    for one in sorted(kept, key=lambda one: (one[2], -one[3], -one[1])):
        place = last.get(one[0])
        if place is None or one[3] > longest[place][3]:
            last[one[0]] = len(longest)
            longest.append(one)
        elif one[1] > longest[place][1]:
            longest[place] = (one[0], one[1], *longest[place][2:])
    return longest


def _weighed(kept: Iterable[Found], reach: int, others: Mapping[str, list[tuple[str, int, int]]], words: Words) -> Iterable[Found]:
    before = {end for _, _, end in others.get("before", ())}
    begun = {start for _, start, _ in others.get("before", ())}
    after = {start for _, start, _ in others.get("after", ())}
    louder = {end for _, _, end in others.get("louder", ())}
    stops = {start for _, start, _ in others.get("but", ())}
    for name, weight, first, end in kept:
        if not name.startswith(NEVER_NEGATED) and _negated(words, reach, first, end, before, begun, after, stops):
            if name in OPPOSITE:
                yield OPPOSITE[name], min(weight, ASIDE), first, end
            continue
        heard = bool(louder) and any(place in louder for place in range(first - LOUDER + 1, first + 1))
        yield name, weight + heard, first, end


def _negated(
    words: Words,
    reach: int,
    first: int,
    end: int,
    before: Collection[int],
    begun: Collection[int],
    after: Collection[int],
    stops: Collection[int],
) -> bool:
    """Whether a negation reaches a term from either side; a stop or a "but" keeps it away, and "no answer" has its own inside."""
    if any(place in begun for place in range(first, end)):
        return False
    for place in range(first, max(first - reach, 0), -1) if before else ():
        if words.stops(place - 1) or place - 1 in stops or words.apart(place - 1, place):
            break
        if place in before:
            return True
    for place in range(end, min(end + reach - 1, len(words))) if after else ():
        if place in after:
            return True
        if words.stops(place) or place in stops:
            break
    return False
