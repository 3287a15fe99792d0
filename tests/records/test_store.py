"""The store, in a file and on a server: what goes in comes out, what is erased is gone, and nothing changes without being found."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.errors import StorageError
from clientcoach.records import audit, incidents, promises
from clientcoach.records.engine import is_url
from clientcoach.records.verify import verify
from tests.records.postgres import ENGINES, tampering
from tests.records.stores import AT, everything, fill, incident, promise, save, store

if TYPE_CHECKING:
    from pathlib import Path

FLIPS = int(os.environ.get("CLIENTCOACH_FLIPS", "300"))
NAMES = [f"Плантагенетова-{number:03}-{number * 7919:06}" for number in range(100)]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.db"


def findings(place: Path | str) -> list[tuple[str, str]]:
    with store(place, write=False) as kept:
        return list(verify(kept.engine))


def behind_its_back(place: str, sql: str, *values: Any) -> None:
    if is_url(place):
        with tampering(place) as connection:
            assert connection.execute(sql.replace("?", "%s"), values).rowcount == 1
        return
    with sqlite3.connect(place) as connection:
        for kind in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS audit_{kind}")
        assert connection.execute(sql, values).rowcount == 1
    connection.close()


def test_an_incident_comes_out_as_it_went_in(place):
    made = fill(place, 7)
    with store(place, write=False) as kept:
        found = {one["id"]: one for one in incidents.listed(kept.engine, {})}
        assert found == {one["id"]: one for one in made}
        assert incidents.find(kept.engine, made[3]["id"]) == made[3]


def test_a_blank_incident_comes_out_as_it_went_in(place):
    made = {**incidents.blank(), "id": incident()["id"], "opened_at": AT, "closed_at": AT}
    with store(place) as kept:
        save(kept, made)
        assert incidents.find(kept.engine, made["id"]) == made
    assert findings(place) == []


def test_the_beginning_of_an_id_is_enough_when_it_is_the_only_one(place):
    with store(place) as kept:
        save(kept, {**incident(promises=[]), "id": "aaaa1111-0000-7000-8000-000000000000"})
        save(kept, {**incident(promises=[]), "id": "aaaa2222-0000-7000-8000-000000000000"})
        assert incidents.find(kept.engine, "aaaa1")["id"].startswith("aaaa1111")
        assert incidents.find(kept.engine, "aaaa") is None
        assert incidents.find(kept.engine, "bbbb") is None


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 11])
def test_pages_leave_nothing_out_and_repeat_nothing(place, monkeypatch, count):
    monkeypatch.setattr(incidents, "PAGE", 5)
    made = [incident(number, closed_at=AT) for number in range(count)]  # all at the same second: the id decides
    with store(place) as kept:
        for one in made:
            save(kept, one)
        found = [one["id"] for one in incidents.listed(kept.engine, {})]
        few = [one["id"] for one in incidents.listed(kept.engine, {}, limit=7)]
    assert found == sorted((one["id"] for one in made), reverse=True)
    assert few == found[:7]


def test_bounds_and_columns_choose_incidents(place):
    made = fill(place, 24)
    with store(place, write=False) as kept:
        where = {"since": "2026-03-01T00:00:00Z", "until": "2026-06-06T10:00:05Z", "cause": "billing"}
        found = {one["id"] for one in incidents.listed(kept.engine, where)}
    assert found == {one["id"] for one in made if where["since"] <= one["closed_at"] < where["until"] and one["cause"] == "billing"}
    assert found


def test_a_change_that_fails_never_was(place):
    with store(place) as kept:
        with pytest.raises(ZeroDivisionError):
            kept.change(lambda engine, at, actor: (incidents.insert(engine, incident(), at, actor), 1 / 0))
        save(kept, incident(1))
        assert len(list(incidents.listed(kept.engine, {}))) == 1
    assert findings(place) == []


def test_the_file_and_its_folder_are_the_owners_alone(file):
    fill(file, 1)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]


def test_who_reads_cannot_write(place):
    fill(place, 1)
    with store(place, write=False) as kept, pytest.raises(StorageError) as error:
        save(kept, incident(2))
    assert error.value.code == "store_readonly"


@pytest.mark.parametrize("sql", ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"])
def test_not_even_we_rewrite_the_audit(place, sql):
    fill(place, 1)
    with store(place) as kept:
        with pytest.raises(StorageError) as error:
            kept.change(lambda engine, at, actor: engine.run(sql))
        assert error.value.code == "store_readonly"
    assert findings(place) == []


def with_a_name(number: int, name: str) -> dict[str, Any]:
    told = {field: f"{field} of {name}" for field in ("worked", "better", "reference")}
    lists = {"facts": [{"name": "item", "value": name}], "behaviours": [name], "measures": [name] * 3}
    return incident(number, **told, **lists, promises=[promise(number, what=f"call {name}", owner=name, reference=told["reference"])])


@pytest.mark.parametrize("tidied", [False, True])
def test_an_erased_name_is_in_no_byte_of_any_file(file, tidied):
    made = [with_a_name(number, name) for number, name in enumerate(NAMES)]
    stay = [incident(number) for number in range(100)]
    with store(file) as kept:
        for pair in zip(made, stay, strict=True):
            for one in pair:
                save(kept, one)
    assert all(name.encode() in file.read_bytes() for name in NAMES)
    with store(file) as kept:
        for one in made:
            kept.change(lambda engine, at, actor, one=one: incidents.erase(engine, one["id"], at, actor))
        if tidied:
            kept.engine.tidy()
    everywhere = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert [name for name in NAMES if name.encode() in everywhere] == []
    assert findings(file) == []
    with store(file, write=False) as kept:
        assert {one["id"] for one in incidents.listed(kept.engine, {})} == {one["id"] for one in stay}


def test_a_sound_store_has_no_findings(place):
    made = fill(place, 6)
    with store(place) as kept:
        owed = {**made[0]["promises"][0], "done_at": AT}
        kept.change(lambda engine, at, actor: promises.change(engine, owed, at, actor, "done"))
        kept.change(lambda engine, at, actor: promises.add(engine, promise(1), at, actor))
        kept.change(lambda engine, at, actor: incidents.erase(engine, made[1]["id"], at, actor))
    assert findings(place) == []


def test_pages_of_the_check_leave_nothing_out(place, monkeypatch):
    monkeypatch.setattr("clientcoach.records.verify.PAGE", 4)
    made = fill(place, 12)
    assert findings(place) == []
    for one in made:
        behind_its_back(place, "UPDATE incident SET outcome = 'x' WHERE id = ?", one["id"])
    assert sorted(findings(place)) == sorted(("differs", one["id"]) for one in made)


@pytest.mark.parametrize(
    ("sql", "kinds"),
    [
        ("UPDATE incident SET anger_start = 2 WHERE id = :incident", {"differs"}),
        ("UPDATE incident SET detail = replace(detail, 'Ждать', 'Жать') WHERE id = :incident", {"differs"}),
        ("UPDATE incident SET detail = 'not JSON' WHERE id = :incident", {"differs", "measures"}),
        ("UPDATE incident SET id = 'x' WHERE id = :incident", {"unrecorded", "lost", "measures"}),
        ("DELETE FROM incident WHERE id = :incident", {"lost", "measures"}),
        ("UPDATE promise SET due_at = '2027-01-01T00:00:00Z' WHERE id = :promise", {"differs"}),
        ("DELETE FROM promise WHERE id = :promise", {"lost"}),
        ("UPDATE measure SET state = 'done' WHERE incident = :incident AND place = 1", {"measures"}),
        ("DELETE FROM measure WHERE incident = :incident AND place = 0", {"measures"}),
        ("DELETE FROM audit WHERE seq = 3", {"chain", "unrecorded"}),
        ("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", {"unrecorded"}),
        ("UPDATE audit SET actor = 'nobody' WHERE seq = 3", {"chain"}),
        ("UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE seq = 1", {"chain"}),
        ("UPDATE audit SET digest = 'changed' WHERE seq = 2", {"chain", "differs"}),
        ("UPDATE audit SET seq = 99 WHERE seq = 3", {"chain"}),
    ],
)
def test_what_was_changed_behind_its_back_is_found(place, sql, kinds):
    made = fill(place, 4)[1]
    values = {":incident": made["id"], ":promise": made["promises"][0]["id"]}
    asked = [value for mark, value in values.items() if mark in sql]
    for mark in values:
        sql = sql.replace(mark, "?")
    behind_its_back(place, sql, *asked)
    assert {kind for kind, _ in findings(place)} == kinds


def test_a_cut_off_end_of_the_audit_shows_against_the_noted_head(place):
    made = fill(place, 3)
    with store(place) as kept:
        kept.change(lambda engine, at, actor: incidents.erase(engine, made[2]["id"], at, actor))
        noted = audit.head(kept.engine)
    behind_its_back(place, "DELETE FROM audit WHERE seq = ?", noted[0])
    with store(place, write=False) as kept:
        assert audit.head(kept.engine) != noted
        assert ("lost", made[2]["id"]) in list(verify(kept.engine))


def flipped(whole: bytes, chance: random.Random) -> bytes:
    changed = bytearray(whole)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def test_no_flipped_bit_changes_what_is_read_without_being_found(file, tmp_path):
    fill(file, 20)
    whole, chance, other = file.read_bytes(), random.Random(2026), tmp_path / "flipped.db"
    with store(file, write=False) as kept:
        before = everything(kept)
    found = {"refused": 0, "found": 0, "harmless": 0}
    for _ in range(FLIPS):
        other.write_bytes(flipped(whole, chance))
        try:
            with store(other, write=False) as kept:
                told = list(verify(kept.engine))
                found["found" if told else "harmless"] += 1
                assert told or everything(kept) == before
        except StorageError:
            found["refused"] += 1
    assert found["found"] > FLIPS / 5  # of flips that nobody finds the test would prove nothing


def test_a_schema_that_is_no_text_is_told_as_damage(file):
    fill(file, 1)
    file.write_bytes(
        file.read_bytes().replace(b"CREATE TABLE meta (name", b"CREATE TABLE meta (\xd4ame").replace(b"CREATE INDEX", b"CREATE\xd4INDEX")
    )
    with pytest.raises(StorageError) as error:
        store(file, write=False)
    assert error.value.code == "store_damaged"


def test_a_store_can_be_copied_as_a_file(file, tmp_path):
    made = fill(file, 3)
    shutil.copy(file, tmp_path / "copy.db")
    with store(tmp_path / "copy.db", write=False) as kept:
        assert len(list(incidents.listed(kept.engine, {}))) == len(made)
    assert findings(tmp_path / "copy.db") == []
