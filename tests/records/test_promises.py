"""The ledger of promises: what a row is completed with, what is found, what stays due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.case.clock import clock
from clientcoach.records import audit, incidents, promises
from clientcoach.records.ids import new_id
from clientcoach.records.schema import PROMISE
from clientcoach.records.store import Store
from tests.records.postgres import ENGINES

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = "2026-11-25T05:00:00Z"
OFFICE = {"zone": "Asia/Almaty", "hours": {"wed": ["09:00", "18:00"], "thu": ["00:00", "24:00"]}}
CLOCK = clock(OFFICE, "2026-11-25T10:00:00+05:00")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place, lambda: AT, "Ewa", write=True) as opened:
        yield opened


def make(store: Store, due: str, **more: Any) -> dict[str, Any]:
    promise = promises.completed({"id": new_id(), "what": "call back", "owner": "Ewa", "due": due, "made_at": AT, **more}, CLOCK)
    store.change(lambda engine, at, actor: promises.add(engine, promise, at, actor))
    return promise


@pytest.mark.parametrize(
    ("due", "at"),
    [
        ("2026-11-25", "2026-11-25T13:00:00Z"),
        ("2026-11-26", "2026-11-26T18:59:00Z"),
        ("2026-11-28", "2026-11-28T18:59:00Z"),
        ("2026-11-25T12:00+05:00", "2026-11-25T07:00:00Z"),
        ("2026-11-25T12:00", "2026-11-25T07:00:00Z"),
    ],
    ids=["the end of the hours", "open round the clock", "closed", "a minute", "a minute of the team's zone"],
)
def test_when_a_promise_is_due(due: str, at: str) -> None:
    assert promises.due_at(due, CLOCK) == at


@pytest.mark.parametrize("due", ["", "soon", "2026-13-01", "0001-01-01T00:00+05:00"])
def test_what_is_no_date(due: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        promises.due_at(due, CLOCK)


def test_a_promise_of_a_call_is_completed_and_saved_with_its_incident(store: Store) -> None:
    made = {"id": new_id(), "what": "a courier", "owner": "Ewa", "due": "2026-11-25T12:00+05:00", "made_at": AT}
    incident = {
        **incidents.blank(),
        "id": new_id(),
        "opened_at": AT,
        "closed_at": AT,
        "reference": "K-1",
        "channel": "phone",
    }
    promise = promises.completed(made, CLOCK, incident)
    assert set(promise) == {"schema", *PROMISE}
    assert {**promise, **made} == promise
    assert (promise["incident"], promise["reference"], promise["channel"]) == (incident["id"], "K-1", "phone")
    incident["promises"] = [promise]
    store.change(lambda engine, at, actor: incidents.insert(engine, incident, at, actor))
    assert list(promises.still_open(store.engine, reference="K-1")) == [promise]
    assert not list(audit.broken_links(store.engine))
    assert {row[0] for row in store.engine.rows("SELECT record FROM audit")} == {incident["id"], promise["id"]}


def test_what_a_promise_says_of_itself_stays() -> None:
    made = {"id": "x", "what": "w", "owner": "o", "due": "2026-11-25", "made_at": AT, "channel": "email", "reference": None}
    found = promises.completed(made, CLOCK, {"id": "i", "reference": "K-1", "channel": "phone"})
    assert (found["channel"], found["reference"]) == ("email", "K-1")


def test_the_nearest_date_comes_first_and_a_kept_one_not_at_all(store: Store) -> None:
    later, sooner, kept = make(store, "2026-11-28"), make(store, "2026-11-25"), make(store, "2026-11-24", reference="K-1")
    store.change(lambda engine, at, actor: promises.change(engine, {**kept, "done_at": at}, at, actor, "done"))
    assert [one["id"] for one in promises.still_open(store.engine)] == [sooner["id"], later["id"]]
    assert [one["id"] for one in promises.still_open(store.engine, before="2026-11-26T00:00:00Z")] == [sooner["id"]]
    assert [one["id"] for one in promises.every(store.engine)] == sorted([kept["id"], sooner["id"], later["id"]])
    assert [one["done_at"] for one in promises.every(store.engine, reference="K-1")] == [AT]


def test_being_put_off_leaves_the_date(store: Store) -> None:
    made = make(store, "2026-11-24")
    store.change(lambda engine, at, actor: promises.change(engine, {**made, "snoozed": "2026-12-01T00:00:00Z"}, at, actor, "snooze"))
    (found,) = promises.still_open(store.engine)
    assert found["due_at"] == made["due_at"]
    assert promises.status(found, AT) == "late"


@pytest.mark.parametrize("name", ["", "g", "'", "_", "?", "%", "\x00", "0" * 5000, "ә", "Z"])
def test_what_begins_no_id(store: Store, name: str) -> None:
    make(store, "2026-11-25")
    assert promises.begin_so(store.engine, name) == []


def test_a_unique_beginning(store: Store) -> None:
    first = make(store, "2026-11-25")
    assert promises.find(store.engine, first["id"][:8]) == first
    second = make(store, "2026-11-25", id=first["id"][:-1] + ("1" if first["id"][-1] == "0" else "0"))
    assert promises.find(store.engine, first["id"][:8]) is None
    assert len(promises.begin_so(store.engine, first["id"][:8])) == 2
    assert promises.find(store.engine, second["id"]) == second
    assert promises.find(store.engine, first["id"]) == first


def test_every_change_has_its_line_without_a_personal_value(store: Store) -> None:
    made = make(store, "2026-11-25", what="call Grażyna")
    for action, change in (("snooze", {"snoozed": "2026-11-25T08:00:00Z"}), ("done", {"done_at": AT})):
        made = {**made, **change}
        store.change(lambda engine, at, actor, made=made, action=action: promises.change(engine, made, at, actor, action))
    rows = list(store.engine.rows("SELECT action, actor, record FROM audit ORDER BY seq"))
    assert rows == [(action, "Ewa", made["id"]) for action in ("promise", "snooze", "done")]
    assert not any("Grażyna" in str(row) for row in store.engine.rows("SELECT * FROM audit"))
    assert not list(audit.broken_links(store.engine))
