"""The incident of a call, from its events: what was said, what calmed, what was offered and promised. No name, no address, no opinion.

Texts are masked here, so that nobody can forget it: what comes out may be shown, kept as a draft and saved.
"""

from __future__ import annotations

from clientcoach.records.ids import new_id, stamp
from clientcoach.records.incidents import blank
from clientcoach.records.mask import masked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Event = Mapping[str, Any]
    Incident = dict[str, Any]

FACTS = ("order", "item", "amount", "promised", "received", "fault")  # of the matter, never of the person
HAPPENED = frozenset(["fact", "interruption", "offer", "promise"])
UNSAID = "(…)"  # what was typed before a call broke off is kept nowhere; that it was promised, and by when, is
CALM = 4  # an anger that is no longer anger (the band `irritated`)


def utc(at: str) -> str:
    """The time of an event as the store keeps it."""
    from datetime import datetime

    return stamp(datetime.fromisoformat(at))


def incident_of(events: Iterable[Event], worker: str | None = None, found: dict[str, int] | None = None) -> Incident:
    """The incident of a whole call, masked; `found` gets what was masked, as kind: count."""
    from clientcoach.coach.resume import UNKNOWN

    counts = {} if found is None else found
    incident = {**blank(), "id": new_id(), "worker": worker}
    case: dict[str, Any] = {}
    for event in events:
        incident["closed_at"] = utc(event["at"])  # a call that broke off ends with its last event
        learn = _LEARN.get(event["type"])
        if event["type"] in {"begin", "fact"}:
            case.update(event.get("case") or event.get("set") or {})
        if learn:
            learn(incident, event)
    for promise in incident["promises"]:
        promise.update({name: clean(promise[name], counts) if promise[name] != UNKNOWN else UNSAID for name in ("what", "owner")})
    incident.update({name: case.get(name) for name in ("cause", "channel")})
    incident["prior"] = int(bool(case.get("prior")))
    incident["facts"] = [{"name": name, "value": clean(told(case[name]), counts)} for name in FACTS if case.get(name)]
    incident["reference"] = reference_of(case)
    return incident


def references(case: Mapping[str, Any]) -> list[str]:
    """What the matter can be found by: its number, then the order's; neither where it would name a person (a phone, a card)."""
    named = dict.fromkeys(case[name] for name in ("reference", "order") if case.get(name))
    return [one for one in named if clean(one) == one]


def reference_of(case: Mapping[str, Any]) -> str | None:
    """What the matter is found by first; None where nothing is known, or only what names a person."""
    return next(iter(references(case)), None)


def something_happened(events: Iterable[Event]) -> bool:
    """Whether a call has anything to keep: a line that was said, a fact, an interruption, an offer, a promise."""
    return any(event["type"] in HAPPENED or event.get("said") or (event["type"] == "end" and _came_to_something(event)) for event in events)


def _came_to_something(end: Event) -> bool:
    """The same of a call that was resumed: what was before is only in its end."""
    return "done" in end["steps"].values() or any(end[name] for name in ("interruptions", "offers", "promises"))


def clean(text: str | None, found: dict[str, int] | None = None) -> str | None:
    """A text as it may be kept; `found` gets what was masked in it, added up."""
    if text is None:
        return None
    kept, kinds = masked(text)
    if found is not None:
        for kind, count in kinds.items():
            found[kind] = found.get(kind, 0) + count
    return kept


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
    made = utc(event["at"])
    incident["promises"].append({"id": new_id(), "what": event["what"], "owner": event["owner"], "due": due, "made_at": made})


def _language(incident: Incident, event: Event) -> None:
    incident["lang"] = event["lang"]


def _end(incident: Incident, event: Event) -> None:
    """The end tells the whole call, also what was before it broke off and was resumed."""
    incident.update(closed_at=utc(event["at"]), steps=dict(event["steps"]), outcome=event["outcome"])
    incident.update(anger_start=event["anger"]["start"], anger_end=event["anger"]["end"])
    incident.update(interruptions=list(event["interruptions"]), warnings=event["interruptions"].count("insult"))
    incident["offers"] = [{"id": offer["id"], "answer": offer["answer"]} for offer in event["offers"]]
    here = [(promise["what"], promise["owner"], promise["due"]) for promise in incident["promises"]]
    for promise in event["promises"]:
        if (promise["what"], promise["owner"], promise["by"]) not in here:
            _promise(incident, {**promise, "at": event["at"]})


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
