"""An incident from what was typed, piped in or exported elsewhere: checked, masked, every bad field named. What comes out may be saved.

What an incident@1 does not know is an error and not a loss: a newer clientcoach may have written it.
"""

from __future__ import annotations

from clientcoach.case.fields import CAUSES, CHANNELS, LANG_ALIASES, LANGS
from clientcoach.case.read import near
from clientcoach.coach.moves import OUTCOMES
from clientcoach.errors import FieldErrors, UsageError
from clientcoach.records.checks import Checks
from clientcoach.records.ids import id_from, new_id
from clientcoach.records.incidents import blank
from clientcoach.records.promises import completed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from clientcoach.case.clock import Clock

    Incident = dict[str, Any]
    Reader = Callable[[Checks, str, Any], Any]

SCHEMA, PROMISED = "clientcoach/incident@1", "clientcoach/promise@1"
KINDS = ("call", "complaint", "conduct")
ANSWERS = ("accepted", "refused")
STATES = ("done", "skipped")
TOLD = ("status", "day")  # shown with a promise, never read: they follow from its dates
MANY = 10**6


def incident_from(raw: Mapping[str, Any], clock: Clock, at: str) -> tuple[Incident, dict[str, int]]:
    """The incident, and what was masked in it (kind: count). `at` stands for times that are not told. Raises UsageError, FieldErrors."""
    checks = Checks(clock)
    told = _fields(checks, "", raw, READERS, "incident")
    told.pop("schema", None)
    incident = {**blank(), **told}
    incident["id"] = incident["id"] or new_id()
    incident["closed_at"] = incident["closed_at"] or incident["opened_at"] or at
    incident["opened_at"] = incident["opened_at"] or incident["closed_at"]
    promises = [_completed(promise, incident, number, clock) for number, promise in enumerate(incident["promises"])]
    incident["promises"] = sorted(promises, key=lambda promise: promise["id"])  # as the store gives them back
    return incident, checks.masked


def promise_from(raw: Mapping[str, Any], clock: Clock) -> dict[str, Any]:
    """A promise that was made outside an incident, with its own id. Raises UsageError, FieldErrors."""
    return completed({**_promise(Checks(clock), "promise", raw), "incident": None}, clock)


def _completed(promise: Mapping[str, Any], incident: Incident, number: int, clock: Clock) -> dict[str, Any]:
    """A promise with what it has from its incident; its id follows from that, so that the same file read twice is the same."""
    own = {"id": id_from([incident["id"], number]), "made_at": incident["closed_at"], **promise, "incident": incident["id"]}
    return completed(own, clock, incident)


def _fields(checks: Checks, place: str, raw: Any, readers: Mapping[str, Reader], kind: str) -> dict[str, Any]:
    """The checked fields of an object; those that are null say nothing."""
    found: dict[str, Any] = {}
    errors: list[UsageError] = []
    for name, value in checks.mapping(place or kind, raw).items():
        try:
            if name not in readers:
                raise UsageError("unknown_incident_field", field=f"{place}{'.' * bool(place)}{name[:40]}", near=near(name, readers))
            read = None if value is None else readers[name](checks, f"{place}{'.' * bool(place)}{name}", value)
        except FieldErrors as many:
            errors += many.errors
        except UsageError as error:
            errors.append(error)
        else:
            if read is not None:
                found[name] = read
    if errors:
        raise errors[0] if len(errors) == 1 else FieldErrors(errors)
    return found


def _choice(*choices: str) -> Reader:
    return lambda checks, place, raw: checks.choice(place, raw, choices)


def _number(low: int, high: int) -> Reader:
    return lambda checks, place, raw: checks.number(place, raw, low, high)


def _list(read: Reader) -> Reader:
    return lambda checks, place, raw: [read(checks, f"{place}[{number}]", one) for number, one in enumerate(checks.many(place, raw))]


def _object(readers: Mapping[str, Reader], *needed: str) -> Reader:
    """An object of `readers`; each of `needed` must say something."""

    def read(checks: Checks, place: str, raw: Any) -> dict[str, Any]:
        found = _fields(checks, place, raw, readers, "incident")
        missing = [f"{place}.{name}" for name in needed if found.get(name) is None]
        if missing:
            raise UsageError("wrong_type", field=missing[0], expected="text", value="")
        return {**dict.fromkeys(needed), **found}

    return read


def _offer(checks: Checks, place: str, raw: Any) -> dict[str, Any]:
    found = _object({"id": Checks.name, "answer": _choice(*ANSWERS)}, "id")(checks, place, raw)
    return {"id": found["id"], "answer": found.get("answer")}


def _promise(checks: Checks, place: str, raw: Any) -> dict[str, Any]:
    found = _object(PROMISE_READERS, "what", "owner", "due")(checks, place, raw)
    found = {name: value for name, value in found.items() if name not in TOLD}
    given = found.pop("due_at", None)
    found["due"], worked_out = checks.due(f"{place}.due", found["due"])
    return {**found, "due_at": given or worked_out}


def _steps(checks: Checks, place: str, raw: Any) -> dict[str, str]:
    items = checks.mapping(place, raw).items()
    return {checks.name(place, name): checks.choice(f"{place}.{name[:40]}", state, STATES) for name, state in items}


PROMISE_READERS: dict[str, Reader] = {
    "schema": _choice(PROMISED),
    "id": Checks.uuid,
    "incident": Checks.uuid,
    "reference": Checks.reference,
    "what": Checks.text,
    "owner": Checks.text,
    "due_at": Checks.time,
    "due": Checks.text,
    "channel": _choice(*CHANNELS),
    "made_at": Checks.time,
    "snoozed": Checks.time,
    "done_at": Checks.time,
    **dict.fromkeys(TOLD, Checks.text),
}
READERS: dict[str, Reader] = {
    "schema": _choice(SCHEMA),
    "id": Checks.uuid,
    "kind": _choice(*KINDS),
    "opened_at": Checks.time,
    "closed_at": Checks.time,
    "lang": lambda checks, place, raw: checks.choice(place, LANG_ALIASES.get(raw, raw) if isinstance(raw, str) else raw, LANGS),
    "channel": _choice(*CHANNELS),
    "playbook": Checks.name,
    "cause": _choice(*CAUSES),
    "reference": Checks.reference,
    "worker": Checks.text,
    "anger_start": _number(0, 10),
    "anger_end": _number(0, 10),
    "softened": _number(0, MANY),
    "warnings": _number(0, MANY),
    "prior": _number(0, 999),
    "outcome": _choice(*OUTCOMES),
    "facts": _list(_object({"name": Checks.name, "value": Checks.text}, "name", "value")),
    "behaviours": _list(Checks.said),
    "measures": _list(Checks.said),
    "offers": _list(_offer),
    "interruptions": _list(Checks.name),
    "steps": _steps,
    "phrases": _list(_object({"id": Checks.name, "calmed": Checks.yes}, "id")),
    "conduct": Checks.plain,
    "checklist": Checks.plain,
    "worked": Checks.text,
    "better": Checks.text,
    "promises": _list(_promise),
}
