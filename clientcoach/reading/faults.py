"""Faults in a worker's text: the rules of `playbooks/rules` held against its words. Somebody else's quoted words are nobody's fault."""

from __future__ import annotations

from clientcoach.matching.patterns import Matcher
from clientcoach.reading.acts import sentences

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.matching.words import Words

    Place = tuple[int, int, str | None]  # first word, word after the last, what to write instead
    Fault = tuple[str, int, int, str | None]  # rule, and the same
    Hits = dict[str, list[Place]]  # by role


class Faults:
    """A shard of `content.rules`, ready to be held against texts."""

    def __init__(self, shard: Mapping[str, Any]) -> None:
        self.rules: Mapping[str, Mapping[str, Any]] = shard["rules"]
        self.entries: Sequence[Sequence[Any]] = shard["entries"]
        self.matcher = Matcher(shard["tree"])

    def read(self, words: Words, details: Sequence[tuple[str, int, int]] = ()) -> list[Fault]:
        """The faults in the order of the text. `details`: (name, first word, …) of what `second` may name (`@time`)."""
        by_rule: dict[str, Hits] = {}
        for number, first, after in self.matcher.hits(words):
            role, rule, instead = self.entries[number]
            by_rule.setdefault(rule, {}).setdefault(role, []).append((first, after, instead))
        told = [
            (rule, *place)
            for rule, there in by_rule.items()
            for place in WAYS[self.rules[rule]["extends"]](_own(there, words), self.rules[rule], words, details)
        ]
        return sorted(told, key=lambda fault: fault[1:3])


def _own(there: Hits, words: Words) -> Hits:
    """Without what is quoted, what an exception takes away, and what is inside a longer hit."""
    kept = dict(there)
    exceptions = there.get("exceptions", ())
    for role in ("tokens", "first"):
        open_ = [one for one in there.get(role, ()) if not any(one[0] < end and start < one[1] for start, end, _ in exceptions)]
        kept[role] = _longest([one for one in open_ if one[0] not in words.quoted and one[1] - 1 not in words.quoted])
    return kept


def _longest(places: Sequence[Place]) -> list[Place]:
    longest: list[Place] = []
    for place in sorted(places, key=lambda one: (one[0], -one[1])):
        if not longest or place[0] >= longest[-1][1]:
            longest.append(place)
    return longest


def _existence(there: Hits, _rule: Mapping[str, Any], _words: Words, _details: Any) -> Iterator[Place]:
    yield from there["tokens"]


def _occurrence(there: Hits, rule: Mapping[str, Any], words: Words, _details: Any) -> Iterator[Place]:
    """The first one too many, in each sentence or in the whole text."""
    for first, last in _reaches(rule, words):
        yield from [place for place in there["tokens"] if first <= place[0] < last][rule["max"] : rule["max"] + 1]


def _conditional(there: Hits, rule: Mapping[str, Any], words: Words, details: Sequence[tuple[str, int, int]]) -> Iterator[Place]:
    """What should not stand without something else beside it."""
    others = [place[0] for place in there.get("second", ())] + [place for name, place, _ in details if name in rule["details"]]
    for first, last in _reaches(rule, words):
        if not any(first <= place < last for place in others):
            yield from (place for place in there["first"] if first <= place[0] < last)


def _reaches(rule: Mapping[str, Any], words: Words) -> list[tuple[int, int]]:
    return [(0, len(words))] if rule["within"] == "text" else list(sentences(words))


def _none(*_args: Any) -> Iterator[Place]:
    """What the acts tell is no matter of words."""
    yield from ()


WAYS: dict[str, Callable[..., Iterator[Place]]] = {
    "existence": _existence,
    "substitution": _existence,
    "occurrence": _occurrence,
    "conditional": _conditional,
    "acts": _none,
}
