"""A report@1 from what the store counts: per period, cause, channel, language and playbook; what helped, what was promised, what rises.

Nothing here knows a worker: `where` may keep the report to the one who asks, and no number is ever set beside another's.
"""

from __future__ import annotations

from clientcoach.records import summary
from clientcoach.records.periods import length
from clientcoach.records.summary import DIMENSIONS, SUMS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from clientcoach.records.engine import Engine, Row
    from clientcoach.records.periods import Period

    Json = dict[str, Any]
    Tally = list[int]

TOP = 10  # phrases
FEWEST = 5  # incidents of a cause in the last period, before anybody calls it rising
RISE = 1.5  # times as many as were to be expected
PROMISES = ("made", "kept", "in_time", "late", "open")


def report(engine: Engine, periods: Sequence[Period], where: Mapping[str, str], now: str) -> Json:
    """The numbers of a report@1; the texts of its phrases and of its advice are still None."""
    whole = (periods[0][0], periods[-1][1])
    spans = [
        (
            list(summary.counted(engine, period, where)),
            summary.softened(engine, period, where),
            summary.promised(engine, period, where, now),
        )
        for period in periods
    ]
    found = _built(periods, spans, list(summary.measured(engine, whole, where)), now)
    for one in found["prevention"]:
        one["examples"] = summary.examples(engine, whole, {**where, "cause": one["cause"]})
    return found


def nothing(periods: Sequence[Period], now: str) -> Json:
    """The report of no store."""
    return _built(periods, [([], {}, dict.fromkeys(PROMISES, 0))] * len(periods), [], now)


def _built(
    periods: Sequence[Period], spans: Sequence[tuple[list[Row], dict[int, int], dict[str, int]]], measured: Sequence[Row], now: str
) -> Json:
    rows, soft, promises = zip(*spans, strict=True)
    every = [row for found in rows for row in found]
    return {
        "schema": "clientcoach/report@1",
        "at": now,
        "since": periods[0][0],
        "until": periods[-1][1],
        "totals": {**_shown(_sum(every)), "softened": _middle(_merged(soft))},
        "periods": [
            {
                "since": start,
                "until": end,
                **_shown(_sum(found)),
                "softened": _middle(times),
                "promises": made,
                "by_cause": _groups(found, "cause"),
            }
            for (start, end), found, times, made in zip(periods, rows, soft, promises, strict=True)
        ],
        **{f"by_{name}": _groups(every, name) for name in DIMENSIONS},
        **_measures(measured),
        "promises": {name: sum(one[name] for one in promises) for name in PROMISES},
        "rising": _rising(rows, periods, now),
        "prevention": [_cause(cause, own) for cause, own in _by_count(every, "cause") if cause],
    }


def _cause(cause: str, rows: Sequence[Row]) -> Json:
    """A cause to prevent; its advice is with the playbooks of its calls, the most used first."""
    used = [name for name, _ in _by_count(rows, "playbook") if name]
    return {"cause": cause, "incidents": _sum(rows)[0], "playbooks": used, "advice": [], "examples": []}


def _sum(rows: Iterable[Row]) -> Tally:
    return [sum(column) for column in zip(*(row[len(DIMENSIONS) :] for row in rows), strict=True)] or [0] * len(SUMS)


def _shown(tally: Tally) -> Json:
    """The sums as they are told: what is known of the anger as means."""
    told = dict(zip(SUMS, tally, strict=True))
    both, start, end = (told[name] for name in ("both", "start", "end"))
    means = (
        {"start": start / both, "end": end / both, "change": (end - start) / both} if both else dict.fromkeys(("start", "end", "change"))
    )
    rounded = {name: None if mean is None else round(mean, 2) for name, mean in means.items()}
    return {**{name: told[name] for name in ("incidents", "repeats", "warnings")}, "anger": {"count": both, **rounded}}


def _grouped(rows: Iterable[Row], name: str) -> dict[str | None, list[Row]]:
    """The rows by the value of a dimension."""
    found: dict[str | None, list[Row]] = {}
    for row in rows:
        found.setdefault(row[DIMENSIONS.index(name)], []).append(row)
    return found


def _by_count(rows: Iterable[Row], name: str) -> list[tuple[str | None, list[Row]]]:
    """The same, the most frequent value first."""
    return sorted(_grouped(rows, name).items(), key=lambda item: (-_sum(item[1])[0], item[0] or "~"))


def _groups(rows: Sequence[Row], name: str) -> list[Json]:
    """What is told of each value of a dimension."""
    every = _sum(rows)[0]
    found = [{"name": value, **_shown(_sum(own))} for value, own in _by_count(rows, name)]
    for one in found:
        one["share"] = _share(one["incidents"], every)
    return found


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _merged(counts: Iterable[Mapping[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in counts:
        for value, count in one.items():
            found[value] = found.get(value, 0) + count
    return found


def _middle(counts: Mapping[int, int]) -> Json:
    """How many values there are, and their median."""
    every = sum(counts.values())
    return {"count": every, "median": (_at(counts, (every - 1) // 2) + _at(counts, every // 2)) / 2 if every else None}


def _at(counts: Mapping[int, int], place: int) -> int:
    """The value at a place of the sorted values."""
    for value in sorted(counts):
        place -= counts[value]
        if place < 0:
            return value
    raise IndexError(place)


def _measures(rows: Sequence[Row]) -> Json:
    """Steps, interruptions, phrases and offers."""
    named: dict[str, dict[str, dict[str | None, int]]] = {kind: {} for kind in ("step", "interruption", "offer")}
    for _, kind, name, state, count in rows:
        if kind in named:
            states = named[kind].setdefault(name, {})
            states[state] = states.get(state, 0) + count
    return {
        "by_step": _ordered([_step(*item) for item in named["step"].items()], "step", "skipped"),
        "interruptions": _ordered(
            [{"kind": name, "count": sum(states.values())} for name, states in named["interruption"].items()], "kind", "count"
        ),
        "offers": _ordered([_offer(*item) for item in named["offer"].items()], "id", "made"),
        "phrases": _calming([row for row in rows if row[1] == "phrase"]),
    }


def _step(name: str, states: Mapping[str | None, int]) -> Json:
    done, skipped = (states.get(state, 0) for state in ("done", "skipped"))
    return {"step": name, "done": done, "skipped": skipped, "share": _share(skipped, done + skipped)}


def _offer(name: str, states: Mapping[str | None, int]) -> Json:
    return {"id": name, "made": sum(states.values()), **{state: states.get(state, 0) for state in ("accepted", "refused")}}


def _ordered(found: list[Json], name: str, count: str) -> list[Json]:
    return sorted(found, key=lambda one: (-one[count], one[name]))


def _calming(rows: Sequence[Row]) -> list[Json]:
    """The phrases after which the anger went down most often."""
    counts = summary.phrases(iter(rows))
    found: list[Json] = [
        {"playbook": playbook, "id": name, "text": None, "said": said, "calmed": calmed, "share": _share(calmed, said)}
        for (playbook, name), (said, calmed) in counts.items()
        if calmed
    ]
    return sorted(found, key=lambda one: (-one["calmed"], one["said"], one["id"], one["playbook"] or ""))[:TOP]


def _rising(rows: Sequence[Sequence[Row]], periods: Sequence[Period], now: str) -> list[Json]:
    """The causes that came more often in the last period than their mean before lets expect, each period as long as it is so far."""
    before = [row for found in rows[:-1] for row in found]
    passed = length(list(periods[:-1]), now)
    if not before or not passed:
        return []
    part = length(list(periods[-1:]), now) / passed
    earlier = _grouped(before, "cause")
    found: list[Json] = []
    for cause, own in _grouped(rows[-1], "cause").items():
        count, expected = _sum(own)[0], _sum(earlier.get(cause, []))[0] * part
        if cause and count >= FEWEST and count >= RISE * expected:
            ratio = round(count / expected, 2) if expected else None
            found.append({"cause": cause, "incidents": count, "expected": round(expected, 1), "ratio": ratio})
    return _ordered(found, "cause", "incidents")
