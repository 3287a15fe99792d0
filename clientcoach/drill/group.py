"""What a class did, from the results that its trainees gave out: calls by persona, rules by how often they were not kept, before and after.

Nobody is set beside anybody, unless that is asked for. It shows what was practised; it is no proof about real calls.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from clientcoach.drill.score import KEPT, MISSED, NO_CHANCE, PARTLY
from clientcoach.drill.talking import FEWEST, mean, points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Json = Mapping[str, Any]
    Export = Json  # drill-export@1


def once(exports: Iterable[Export]) -> tuple[list[tuple[str, Json]], int]:
    """(alias, result) of all results in the order of their time, and how many came twice: those are counted once."""
    found: dict[str, tuple[str, Json]] = {}
    every = [(export["alias"], one) for export in exports for one in export["results"]]
    for alias, one in every:
        found.setdefault(one["id"], (alias, one))
    return sorted(found.values(), key=lambda pair: (pair[1]["at"], pair[1]["id"])), len(every) - len(found)


def report(told: Sequence[tuple[str, Json]], order: Iterable[str], *, leaderboard: bool = False) -> dict[str, Any]:
    """The numbers of `once`, one result at least; `order`: the rules as they are practised. Without `leaderboard` no name is in it."""
    results = [one for _, one in told]
    days = sorted(one["at"][: len("2026-11-25")] for one in results)
    rules = _rules(results, list(order))
    return {
        "schema": "clientcoach/drill-report@1",
        "trainees": len({alias for alias, _ in told}),
        "first": days[0],
        "last": days[-1],
        **_summary(results),
        "ends": dict(Counter(one["end"] for one in results).most_common()),
        "personas": list(_personas(results)),
        "rules": rules,
        "change": _change(told, [one["rule"] for one in rules]),
        "points": list(points(results, rules)),
        "leaderboard": _ranked(told) if leaderboard else None,
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4)


def _summary(results: Sequence[Json]) -> dict[str, Any]:
    return {
        "drills": len(results),
        "process": mean(one["process"] for one in results),
        "settled": _share(sum(one["end"] == "settled" for one in results), len(results)),
        "critical": sum(one["critical"] for one in results),
        "anger": mean(one["anger"][-1] for one in results),
        "trust": mean(one["trust"][-1] for one in results),
        "turns": mean(one["turns"] for one in results),
    }


def _personas(results: Sequence[Json]) -> Iterator[dict[str, Any]]:
    """Each with its curves, in an order that does not tell whose they are: by the anger at the end."""
    for name, _ in sorted(Counter(one["persona"] for one in results).items(), key=lambda pair: (-pair[1], pair[0])):
        own = [one for one in results if one["persona"] == name]
        curves = sorted(({"end": one["end"], "anger": one["anger"]} for one in own), key=lambda one: (one["anger"][-1], one["anger"]))
        yield {"persona": name, **_summary(own), "curves": curves, "middle": _middle([one["anger"] for one in own])}


def _middle(curves: Sequence[Sequence[int]]) -> list[int]:
    """The median of each turn; a call that is over stays as it ended, or the last turns would be those of the hardest calls alone."""
    found = []
    for turn in range(max(map(len, curves))):
        values = sorted(curve[min(turn, len(curve) - 1)] for curve in curves)
        found.append((values[(len(values) - 1) // 2] + values[len(values) // 2]) // 2)
    return found


def _rules(results: Sequence[Json], order: Sequence[str]) -> list[dict[str, Any]]:
    """Those that calls gave a chance for, the one that was kept least first; of few chances nothing can be told, they come last."""
    places = {rule: place for place, rule in enumerate(order)}
    counts = {rule: _marks(results, rule) for rule in dict.fromkeys(rule for one in results for rule in one["marks"])}
    found = [
        {"rule": rule, "chances": total, **{mark: count[mark] for mark in (KEPT, PARTLY, MISSED)}, "share": _not_kept(count)}
        for rule, count in counts.items()
        if (total := count.total())
    ]
    return sorted(
        found, key=lambda one: (one["chances"] < FEWEST, -one["share"], -one[MISSED], places.get(one["rule"], len(places)), one["rule"])
    )


def _marks(results: Iterable[Json], rule: str) -> Counter[str]:
    return Counter(mark for one in results if (mark := one["marks"].get(rule, NO_CHANCE)) != NO_CHANCE)


def _not_kept(count: Counter[str]) -> float:
    """What was missed, and half of what was partly kept, as a share of the chances."""
    return _share(2 * count[MISSED] + count[PARTLY], 2 * count.total())


def _change(told: Sequence[tuple[str, Json]], rules: Sequence[str]) -> dict[str, Any] | None:
    """Before and after, of those who have both; None where nobody has. Each trainee counts once, however many drills they have."""
    by_label = {label: [(alias, one) for alias, one in told if one["label"] == label] for label in ("before", "after")}
    both = sorted({alias for alias, _ in by_label["before"]} & {alias for alias, _ in by_label["after"]})
    if not both:
        return None
    points = {
        label: [mean(one["process"] for whose, one in found if whose == alias) for alias in both] for label, found in by_label.items()
    }
    own = {label: [one for alias, one in found if alias in both] for label, found in by_label.items()}
    return {
        "trainees": len(both),
        **{label: {**_summary(found), "process": round(sum(points[label]) / len(both), 1)} for label, found in own.items()},
        "pairs": sorted(zip(points["before"], points["after"], strict=True)),
        "rules": [
            {"rule": rule, **{label: _not_kept(count) for label, count in counts.items()}}
            for rule in rules
            if all((counts := {label: _marks(found, rule) for label, found in own.items()}).values())
        ],
    }


def _ranked(told: Sequence[tuple[str, Json]]) -> list[dict[str, Any]]:
    """By points, then by who needed fewer drills; only where it was asked for."""
    names = dict.fromkeys(alias for alias, _ in told)
    found = [{"alias": name, **_summary([one for alias, one in told if alias == name])} for name in names]
    return sorted(found, key=lambda one: (-one["process"], one["drills"], one["alias"]))
