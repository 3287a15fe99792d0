"""The incident of a call, from its events: what was said, what calmed, what was offered and promised. No name, no address, no opinion.

Texts are masked here, so that nobody can forget it: what comes out may be shown, kept as a draft and saved.
"""

from __future__ import annotations

from clientcoach.records.ids import new_id, stamp
from clientcoach.records.incidents import blank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Event = Mapping[str, Any]
    Incident = dict[str, Any]

FACTS = ("order", "item", "amount", "promised", "received", "fault")  # of the matter, never of the person
CALM = 4  # an anger that is no longer anger (the band `irritated`)


def utc(at: str) -> str:
    """The time of an event as the store keeps it."""
    from datetime import datetime

    return stamp(datetime.fromisoformat(at))


def incident_of(events: Iterable[Event], worker: str | None = None) -> Incident:
    """The incident of a whole call, masked."""
    incident = {**blank(), "id": new_id(), "worker": worker}
    case: dict[str, Any] = {}
    for event in events:
        incident["closed_at"] = utc(event["at"])  # a call that broke off ends with its last event
        learn = _LEARN.get(event["type"])
        if event["type"] in {"begin", "fact"}:
            case.update(event.get("case") or event.get("set") or {})
        if learn:
            learn(incident, event)
    incident.update({name: case.get(name) for name in ("cause", "channel", "reference")})
    incident["prior"] = int(bool(case.get("prior")))
    incident["facts"] = [{"name": name, "value": clean(told(case[name]))} for name in FACTS if case.get(name)]
    incident["reference"] = reference_of(case)
    return incident


def reference_of(case: Mapping[str, Any]) -> str | None:
    """What the matter is found by: its number, else the order's; None where that would name a person (a phone, a card)."""
    named = case.get("reference") or case.get("order")
    return named if clean(named) == named else None


def clean(text: str | None) -> str | None:
    """A text as it may be kept."""
    if text is None:
        return None
    from clientcoach.records.mask import masked  # costs a third of our start; who only reads needs none of it

    return masked(text)[0]


def told(value: Any) -> str:
    """A fact of a case as text; a sum is {minor, currency}."""
    if not isinstance(value, dict):
        return str(value)
    from clientcoach.case.money import decimals

    places = decimals(value["currency"])
    whole, part = divmod(value["minor"], 10**places)
    return f"{whole}.{part:0{places}d} {value['currency']}" if part else f"{whole} {value['currency']}"


def _begin(incident: Incident, event: Event) -> None:
    incident.update(opened_at=utc(event["at"]), playbook=event["playbook"], lang=event["lang"])
    incident["anger_start"] = event["case"].get("anger")


def _say(incident: Incident, event: Event) -> None:
    if event["said"]:
        incident["phrases"].append({"id": event["id"]})


def _anger(incident: Incident, event: Event) -> None:
    before, now = event["from"], event["to"]
    if incident["anger_start"] is None:
        incident["anger_start"] = now
    if before is None or now >= before:
        return
    if incident["phrases"]:
        incident["phrases"][-1]["calmed"] = True
    if incident["softened"] is None and now <= CALM:
        incident["softened"] = _seconds(incident["opened_at"], utc(event["at"]))


def _seconds(start: str, end: str) -> int:
    from datetime import datetime

    return int((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds())


def _interruption(incident: Incident, event: Event) -> None:
    incident["interruptions"].append(event["kind"])
    incident["warnings"] += event["kind"] == "insult"


def _offer(incident: Incident, event: Event) -> None:
    incident["offers"] = [offer for offer in incident["offers"] if offer["id"] != event["id"]]
    incident["offers"].append({"id": event["id"], "answer": event["answer"]})


def _promise(incident: Incident, event: Event) -> None:
    due = event["by"]
    promise = {"id": new_id(), "what": clean(event["what"]), "owner": clean(event["owner"]), "due": due, "made_at": utc(event["at"])}
    incident["promises"].append(promise)


def _language(incident: Incident, event: Event) -> None:
    incident["lang"] = event["lang"]


def _end(incident: Incident, event: Event) -> None:
    incident.update(closed_at=utc(event["at"]), steps=dict(event["steps"]), outcome=event["outcome"], anger_end=event["anger"]["end"])


_LEARN = {
    "begin": _begin,
    "say": _say,
    "anger": _anger,
    "interruption": _interruption,
    "offer": _offer,
    "promise": _promise,
    "language": _language,
    "end": _end,
}
