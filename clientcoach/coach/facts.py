"""What phrases may ask about a case, as words: the anger as a band, the failures as first or repeat, the ownership by the policy."""

from __future__ import annotations

from clientcoach.case.fields import ANGER_BANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_AS_GIVEN = ("cause", "channel", "fault", "relationship")


def band(anger: int) -> str:
    """The band of an anger from 0 to 10."""
    return next(name for name, low, high in ANGER_BANDS if low <= anger <= high)


def facts_of(case: Mapping[str, Any], policy: Mapping[str, Any]) -> dict[str, str]:
    """The facts that a `when` can test; what is not known is absent, and no condition on it holds."""
    facts = {name: case[name] for name in _AS_GIVEN if name in case}
    facts["verified"] = "yes" if case.get("verified") else "no"
    facts["hardship"] = "yes" if case.get("hardship") else "no"
    facts["verify"] = policy["verify"]
    known = case.get("fault") == "ours" and (case.get("verified") or policy["verify"] == "never")  # else only what the customer said
    facts["owns"] = "yes" if policy["own_the_fix"] == "always" or known else "no"
    if "anger" in case:
        facts["anger"] = band(case["anger"])
    if "prior" in case:
        facts["prior"] = "repeat" if case["prior"] else "first"
    facts.update(case.get("set", {}))
    return facts


def holds(conditions: Mapping[str, list[str]], facts: Mapping[str, str]) -> bool:
    """Every condition names a known fact with one of the wanted values."""
    for name, values in conditions.items():  # noqa: SIM110 - a generator doubles the cost of choosing
        if facts.get(name) not in values:
            return False
    return True


def possible(conditions: Mapping[str, list[str]], facts: Mapping[str, str]) -> bool:
    """Like `holds`, but what only a call can show (`solution`) does not stand in the way of a printed script."""
    return holds({name: values for name, values in conditions.items() if name != "solution" or name in facts}, facts)


def deadline_warnings(deadline: Mapping[str, Any] | None) -> list[str]:
    """Codes of what the worker should know about a deadline (a resolved moment)."""
    return [f"deadline_{flag}" for flag in ("moved", "outside", "past") if deadline and deadline.get(flag)]
