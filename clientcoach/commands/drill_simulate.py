"""`drill simulate`: how the reference policies fare with many random customers; `--explain`: where each number of the model comes from."""

from __future__ import annotations

from clientcoach.case.read import unknown, whole
from clientcoach.commands import Result
from clientcoach.commands.session import Session
from clientcoach.content import library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

RUNS = 2000
MOST_RUNS = 100_000
MOST_SEED = 2**31 - 1


def run_simulate(values: Mapping[str, Any], env: Env) -> Result:
    """simulation@1. Raises UsageError for an unknown policy, ContentError where the model cannot be used."""
    from clientcoach.drill.policies import POLICIES
    from clientcoach.drill.simulate import simulate

    session = Session(values, env)
    strings = session.told_in(session.ui())
    names = [_policy(name, POLICIES) for name in dict.fromkeys(values.get("policies") or POLICIES)]
    runs = whole("--runs", values.get("runs", RUNS), 1, MOST_RUNS)
    seed = whole("--seed", values.get("seed", 0), 0, MOST_SEED)
    told = simulate(library.drill_model(session.places), names, runs, seed)
    return Result("simulation", {"schema": "clientcoach/simulation@1", "runs": runs, "seed": seed, "policies": told}, strings=strings)


def _policy(name: str, known: Mapping[str, Any]) -> str:
    if name not in known:
        raise unknown("policy", name, known)
    return name
