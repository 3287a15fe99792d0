"""The numbers of a report@1 in the shape in which `by_hand.py` prints them, so that both can be held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Json = Mapping[str, Any]

DIMENSIONS = ("cause", "channel", "lang", "playbook", "outcome")


def differences(ours: Json, theirs: Json) -> list[str]:
    """What the two do not tell alike. Ours names incidents by the beginnings of their ids."""
    newest = {one["cause"]: one["examples"] for one in ours["prevention"]}
    cut = {
        cause: [name[: len(short)] for name, short in zip(names, newest[cause], strict=True)] for cause, names in theirs["newest"].items()
    }
    mine = {**_figures(ours), "newest": newest}
    return [name for name, found in {**theirs, "newest": cut}.items() if mine[name] != found]


def _figures(told: Json) -> dict[str, Any]:
    periods = list(enumerate(told["periods"]))
    return {
        "totals": _sums(told["totals"]),
        **{f"by_{name}": {one["name"] or "null": _sums(one) for one in told[f"by_{name}"]} for name in DIMENSIONS},
        "weeks": {str(number): _sums(one) for number, one in periods},
        "causes by week": {f"{number} {one['name']}": _sums(one) for number, period in periods for one in period["by_cause"]},
        "softened": [told["totals"]["softened"]["median"], *(one["softened"]["median"] for _, one in periods)],
        "measures": sorted(_measures(told), key=str),
        "phrases": [[one[name] for name in ("playbook", "id", "said", "calmed")] for one in told["phrases"]],
        "promises": [told["promises"][name] for name in ("made", "kept", "in_time", "late")],
    }


def _sums(one: Json) -> list[Any]:
    anger = one["anger"]
    return [one["incidents"], one["repeats"], one["warnings"], anger["count"], anger["start"], anger["end"]]


def _measures(told: Json) -> Iterator[list[Any]]:
    for step in told["by_step"]:
        yield from (["step", step["step"], state, step[state]] for state in ("done", "skipped") if step[state])
    yield from (["interruption", one["kind"], None, one["count"]] for one in told["interruptions"])
    for offer in told["offers"]:
        unanswered = offer["made"] - offer["accepted"] - offer["refused"]
        states = {"accepted": offer["accepted"], "refused": offer["refused"], None: unanswered}
        yield from (["offer", offer["id"], state, count] for state, count in states.items() if count)
