"""What a class could talk about: a rule, an act, an end of its drills; each the worst there is, else the best."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from clientcoach.drill.score import KEPT, MISSED, PARTLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Json = Mapping[str, Any]

GOOD = ("settled", "boundary_end", "handed_over")  # ends with which nothing was left undone
FEWEST = 3  # chances of a rule, turns of an act, before it is talked about; where nothing came so often, whatever came


def points(results: Sequence[Json], rules: Sequence[Json]) -> Iterator[dict[str, Any]]:
    """Three of them, or two where no call gave a chance for a rule. `rules`: as `group.report` tells them."""
    if rules:
        first = rules[0]
        missed = {"kind": "rule", "rule": first["rule"], "count": first[MISSED] + first[PARTLY], "of": first["chances"]}
        yield missed if first["share"] else {"kind": "kept", "rule": first["rule"], "count": first[KEPT], "of": first["chances"]}
    yield _act(results)
    yield _end(results)


def _act(results: Sequence[Json]) -> dict[str, Any]:
    """The act after which the anger rose most on average, else fell most; of a turn of several acts each counts."""
    changes: dict[str, list[int]] = {}
    for one in results:
        for turn, acts in enumerate(one["acts"]):
            for act in dict.fromkeys(acts):
                changes.setdefault(act, []).append(one["anger"][turn + 1] - one["anger"][turn])
    often = {act: found for act, found in changes.items() if len(found) >= FEWEST} or changes
    means = {act: mean(found) for act, found in often.items()}
    act = max(means, key=lambda act: (means[act], act))
    if means[act] <= 0:
        act = min(means, key=lambda act: (means[act], act))
    return {"kind": "rise" if means[act] > 0 else "fall", "act": act, "by": abs(means[act]), "count": len(changes[act])}


def _end(results: Sequence[Json]) -> dict[str, Any]:
    """Of the ends with which something was left undone the most frequent; else the persona with the most unlike calls; else all is well."""
    ends = Counter(one["end"] for one in results if one["end"] not in GOOD).most_common()
    if ends:
        return {"kind": "end", "end": min(ends, key=lambda pair: (-pair[1], pair[0]))[0], "count": ends[0][1], "of": len(results)}
    turns: dict[str, list[int]] = {}
    for one in results:
        turns.setdefault(one["persona"], []).append(one["turns"])
    persona = max(turns, key=lambda name: (max(turns[name]) - min(turns[name]), name))
    least, most = min(turns[persona]), max(turns[persona])
    if least == most:
        return {"kind": "well", "count": len(results), "of": len(results)}
    return {"kind": "spread", "persona": persona, "least": least, "most": most}


def mean(values: Iterable[int]) -> float:
    """To a tenth."""
    found = list(values)
    return round(sum(found) / len(found), 1)
