"""What this worker may give, and what only the lead may: from the policy, for the cause, within limits."""

from __future__ import annotations

from clientcoach.coach.choose import sayable
from clientcoach.wording.evaluate import render

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.coach.shapes import Offer, Playbook, Policy
    from clientcoach.wording.values import Values

DEFAULT_ROLE = "agent"
LEAD = "lead"  # asks nobody
LAID_OUT = {"propose.options": 1, "propose.choose": 2}  # parts, and how many offers they lead into
SHOWN = 3  # more choices than three are not taken in by ear


def valid(offer: Offer, today: str | None) -> bool:
    """Whether the offer still stands on a day (ISO date)."""
    return offer["valid_until"] is None or today is None or today <= offer["valid_until"]


def over_limit(offer: Offer, amount: Mapping[str, Any] | None) -> bool:
    """Whether a sum is more than the offer's limit; another currency than the limit's cannot be compared, so a lead decides."""
    if offer["limit"] is None or amount is None:
        return False
    minor, currency = offer["limit"]
    return bool(amount["currency"] != currency or amount["minor"] > minor)


def needs_lead(offer: Offer, case: Mapping[str, Any], amount: Mapping[str, Any] | None = None) -> bool:
    """Whether this worker has to ask before giving it: `amount`, or the sum of the case where the offer names it."""
    role = case.get("role", DEFAULT_ROLE)
    named = offer["precise"] is not None and "amount" in offer["precise"]["needs"]
    given = amount or (case.get("amount") if named else None)
    return role != LEAD and (offer["needs_lead"] or role not in offer["roles"] or over_limit(offer, given))


def find(policy: Policy, name: str, today: str | None = None) -> Offer:
    """The offer of that id that still stands `today`. Raises UsageError with the nearest ids."""
    for offer in policy["offers"]:
        if offer["id"] == name and valid(offer, today):
            return offer
    from clientcoach.case.read import unknown

    raise unknown("offer", name, [offer["id"] for offer in policy["offers"] if valid(offer, today)])


def fitting(playbook: Playbook, policy: Policy, case: Mapping[str, Any], today: str | None) -> list[Offer]:
    """The offers for the case: those asked for by id, else those for its cause in the order of the playbook's remedies."""
    if case.get("offer"):
        return [find(policy, name, today) for name in case["offer"]]
    cause = case.get("cause")
    kinds = playbook["remedies"].get(cause, []) if cause else []
    standing = [
        offer
        for offer in policy["offers"]
        if valid(offer, today) and (cause in offer["causes"] if cause and offer["causes"] else not offer["causes"])
    ]
    by_remedy = {kind: place for place, kind in enumerate(kinds)}
    return sorted(standing, key=lambda offer: by_remedy.get(offer["kind"], len(kinds)))


def sentence(offer: Offer, values: Values) -> str:
    """The offer said aloud: with its figures where they are known."""
    precise = offer["precise"]
    form = precise if precise is not None and sayable(precise, values) else offer["say"]
    return render(form["text"], values)


def listed(playbook: Playbook, policy: Policy, case: Mapping[str, Any], values: Values, today: str | None) -> list[dict[str, Any]]:
    """What to lay before the customer: up to three this worker may give, then those the lead may, each as a dict for the script."""
    own: list[dict[str, Any]] = []
    lead: list[dict[str, Any]] = []
    for offer in fitting(playbook, policy, case, today):
        asks = needs_lead(offer, case)
        entry = {"id": offer["id"], "kind": offer["kind"], "text": sentence(offer, values), "needs_lead": asks}
        if offer["limit"]:
            entry["limit"] = {"minor": offer["limit"][0], "currency": offer["limit"][1]}
        (lead if asks else own).append(entry)
    return laid_out(own, case) + lead


def laid_out(own: list[Any], case: Mapping[str, Any]) -> list[Any]:
    """Of what this worker may give, what is laid before the customer: what was asked for, else the first three."""
    return own if case.get("offer") else own[:SHOWN]


def check_role(policy: Policy, role: str) -> None:
    """Raises UsageError for a role that no offer knows."""
    roles = {DEFAULT_ROLE, LEAD} | {name for offer in policy["offers"] for name in offer["roles"]}
    if role not in roles:
        from clientcoach.case.read import unknown

        raise unknown("role", role, roles)
