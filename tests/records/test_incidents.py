"""An incident is checked, masked and kept as it is; every bad field is named, and nothing is lost in silence."""

from __future__ import annotations

import functools
from datetime import UTC, datetime
from typing import Any

import pytest

from clientcoach.case.clock import Clock
from clientcoach.coach.moves import OUTCOMES as ENDS
from clientcoach.errors import CoachError, UsageError
from clientcoach.options import OUTCOMES as OFFERED
from clientcoach.records import incidents
from clientcoach.records.reading import OUTCOMES, PROMISE_READERS, READERS, TOLD, incident_from
from clientcoach.records.schema import PROMISE
from clientcoach.records.store import Store
from tests.records.postgres import ENGINES

AT = "2026-11-25T05:00:00Z"
CLOCK = Clock(datetime(2026, 11, 25, 5, tzinfo=UTC), UTC, {"wed": ["09:00", "18:00"]})
ID = "019ae2f4-5c1e-7d33-9a51-0242ac120002"
FULL: dict[str, Any] = {
    "schema": "clientcoach/incident@1", "id": ID, "kind": "complaint", "opened_at": "2026-11-25T09:00:00+05:00", "closed_at": AT, "lang": "kz", "channel": "chat", "playbook": "angry-customer",
    "cause": "billing", "reference": "K-1", "worker": "Ola", "anger_start": 8, "anger_end": 2, "softened": 90, "warnings": 1, "prior": 1, "outcome": "settled",
    "facts": [{"name": "order", "value": "4471"}], "behaviours": ["shouted"], "measures": ["wrote to ola@example.com, card 4111 1111 1111 1111"], "offers": [{"id": "pickup", "answer": "accepted"}, {"id": "other", "answer": None}],
    "interruptions": ["insult"], "steps": {"listen": "done"}, "phrases": [{"id": "listen.open.first", "calmed": True}, {"id": "listen.open.second"}], "conduct": {"asked": True, "said": ["ola@example.com"]}, "checklist": {"seen": None},
    "worked": "silence", "better": "ask first", "promises": [{"what": "call +7 701 123 45 67", "owner": "Ola", "due": "2026-11-25"}],
}  # fmt: skip


def read(**changes: Any) -> tuple[dict[str, Any], dict[str, int]]:
    return incident_from({**FULL, **changes}, CLOCK, AT)


def insert(engine: Any, at: str, actor: str, incident: dict[str, Any]) -> bool:
    return incidents.insert_new(engine, incident, at, actor, "create")


def test_the_lists_stand_together() -> None:
    assert OUTCOMES == OFFERED == ENDS
    assert set(READERS) == set(incidents.blank())
    assert set(PROMISE_READERS) == {"schema", *PROMISE, *TOLD}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_what_goes_in_comes_out(place: str) -> None:
    incident, _ = read()
    with Store(place, lambda: AT, "ola", write=True) as kept:
        assert kept.change(functools.partial(insert, incident=incident))
        assert kept.read(lambda engine: incidents.find(engine, ID)) == incident
        assert incident_from(incident, CLOCK, "2030-01-01T00:00:00Z") == (incident, {}), "what was read once is read again as it is"
        assert not kept.change(functools.partial(insert, incident=incident))
        for changes in ({"better": "else"}, {"id": ID.replace("0", "1")}):
            other = read(promises=incident["promises"], **changes)[0]
            with pytest.raises(UsageError):
                kept.change(functools.partial(insert, incident=other))
        assert len(list(kept.read(lambda engine: incidents.listed(engine, {})))) == 1


def test_what_names_a_person_is_masked_and_counted() -> None:
    incident, masked = read()
    assert masked == {"email": 2, "card": 1, "phone": 1}
    assert incident["measures"] == ["wrote to [email], card [card]"]
    assert incident["conduct"] == {"asked": True, "said": ["[email]"]}
    assert incident["promises"][0]["what"] == "call [phone]"


def test_times_are_utc_and_a_day_ends_with_its_hours() -> None:
    incident, _ = read()
    assert incident["opened_at"] == "2026-11-25T04:00:00Z"
    promise = incident["promises"][0]
    assert (promise["due_at"], promise["made_at"]) == ("2026-11-25T18:00:00Z", AT)
    assert (promise["incident"], promise["reference"], promise["channel"]) == (ID, "K-1", "chat")
    assert read()[0]["promises"][0]["id"] == promise["id"], "the same file read twice is the same"


def test_little_is_enough() -> None:
    incident, masked = incident_from({"cause": "staff"}, CLOCK, AT)
    assert incident["opened_at"] == incident["closed_at"] == AT
    assert {**incident, "id": None, "opened_at": None, "closed_at": None, "cause": None} == incidents.blank()
    assert masked == {}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"new": 1}, "unknown_incident_field", "new"), ({"id": "x"}, "wrong_type", "id"), ({"id": 5}, "wrong_type", "id"), ({"schema": "x"}, "unknown_value", "schema"), ({"kind": "x"}, "unknown_value", "kind"),
        ({"closed_at": "2026-11-25"}, "wrong_type", "closed_at"), ({"closed_at": "2026-11-25T10:00:00"}, "wrong_type", "closed_at"), ({"closed_at": "0001-01-01T00:00:00+14:00"}, "wrong_type", "closed_at"), ({"opened_at": 5}, "wrong_type", "opened_at"),
        ({"lang": "xx"}, "unknown_value", "lang"), ({"lang": []}, "wrong_type", "lang"), ({"cause": "x"}, "unknown_value", "cause"), ({"anger_start": 11}, "out_of_range", "anger_start"), ({"anger_end": True}, "wrong_type", "anger_end"), ({"warnings": -1}, "out_of_range", "warnings"),
        ({"reference": "+7 701 123 45 67"}, "personal_reference", "reference"), ({"reference": {}}, "wrong_type", "reference"), ({"worked": "x" * 4001}, "too_long", "worked"), ({"worked": "x" * 9000}, "too_long", "worked"), ({"worked": "\ud800"}, "not_text", "worked"), ({"worked": 5}, "wrong_type", "worked"),
        ({"measures": "x"}, "wrong_type", "measures"), ({"measures": ["x"] * 1001}, "out_of_range", "measures"), ({"measures": [" "]}, "wrong_type", "measures[0]"), ({"facts": [{"name": "order"}]}, "wrong_type", "facts[0].value"), ({"facts": ["x"]}, "wrong_type", "facts[0]"), ({"facts": [{"name": "a b", "value": "x"}]}, "wrong_type", "facts[0].name"),
        ({"offers": [{"id": "x", "answer": "maybe"}]}, "unknown_value", "offers[0].answer"), ({"offers": [{"id": "x", "by": 1}]}, "unknown_incident_field", "offers[0].by"), ({"steps": {"listen": "half"}}, "unknown_value", "steps.listen"), ({"phrases": [{"id": "x", "calmed": 1}]}, "wrong_type", "phrases[0].calmed"),
        ({"conduct": []}, "wrong_type", "conduct"), ({"checklist": {"a": 1.5}}, "wrong_type", "checklist.a"), ({"checklist": {"a": {"a": {"a": {"a": {"a": {"a": {}}}}}}}}, "wrong_type", "checklist.a.a.a.a.a.a"),
        ({"promises": [{"what": "x", "owner": "y"}]}, "wrong_type", "promises[0].due"), ({"promises": [{"what": "x", "owner": "y", "due": "soon"}]}, "bad_moment", "promises[0].due"), ({"promises": {}}, "wrong_type", "promises"),
    ],
)  # fmt: skip
def test_a_bad_field_is_named(changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(CoachError) as caught:
        read(**changes)
    assert (caught.value.code, caught.value.params["field"]) == (code, field)


def test_all_bad_fields_are_named_at_once() -> None:
    with pytest.raises(CoachError) as caught:
        read(cause="x", promises=[{"what": 1, "owner": 2, "due": "3d"}])
    assert [one.params["field"] for one in caught.value.each()] == ["cause", "promises[0].what", "promises[0].owner"]
