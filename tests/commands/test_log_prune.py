"""`log prune`: by age, first what tells of a person, then the whole record; open promises keep their incident. Statistics stay as they were."""

from __future__ import annotations

import os
import sqlite3
import time
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.records import incidents, promises, retention
from clientcoach.records.verify import verify
from tests.records.postgres import ENGINES
from tests.records.stores import incident, promise, save, store
from tests.support import LANGS, ndjson, validate

if TYPE_CHECKING:
    from tests.support import Place

# the clock of the tests stands at 2026-11-25T05:00Z: 180 days are 2026-05-29, 730 days 2024-11-25
NEW, OLD, EDGE, ANCIENT = "2026-06-01T10:00:00Z", "2026-05-01T10:00:00Z", "2026-05-29T05:00:00Z", "2024-11-01T10:00:00Z"
BARE = {
    "reference": None,
    "facts": [],
    "behaviours": [],
    "measures": [],
    "conduct": None,
    "checklist": None,
    "worked": None,
    "better": None,
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)


def kept(at: Place) -> str:
    return at.variables.get("CLIENTCOACH_DB") or str(at.home / ".local/share/clientcoach/records.db")


def told(number: int, closed: str, *, done: str | None = NEW, **more: Any) -> dict[str, Any]:
    made = incident(
        number,
        closed_at=closed,
        reference="K-1",
        worker="Ola",
        anger_end=3,
        outcome="settled",
        behaviours=["«!»"],
        measures=["wrote"],
        conduct={"asked": True},
        checklist={"seen": "x"},
        better="ask",
        kind="complaint",
        **more,
    )
    made["promises"] = [promise(number, incident=made["id"], reference="K-1", done_at=done)]
    return made


@pytest.fixture
def filled(at: Place) -> dict[str, dict[str, Any]]:
    made = {
        "new": told(1, NEW), "edge": told(2, EDGE), "old": told(3, OLD), "older": told(4, OLD), "oldest": told(5, OLD), "owed": told(6, OLD, done=None),
        "ancient": told(7, ANCIENT), "ancient too": told(8, ANCIENT), "ancient three": told(9, ANCIENT), "ancient owed": told(10, ANCIENT, done=None),
    }  # fmt: skip
    alone = {
        "p new": promise(1, reference="K-1", done_at=NEW), "p old": promise(2, reference="K-1", done_at=OLD), "p owed": promise(3, reference="K-1", made_at=ANCIENT),
        "p ancient": promise(4, done_at=ANCIENT),
    }  # fmt: skip
    with store(kept(at)) as open_store:
        for one in made.values():
            save(open_store, one)
        for one in alone.values():
            open_store.change(lambda engine, when, actor, one=one: promises.add(engine, one, when, actor))
    return {**made, **alone}


def found(at: Place) -> dict[str, Any]:
    with store(kept(at), write=False) as there:
        assert list(verify(there.engine)) == []
        every = [*incidents.listed(there.engine, {}), *promises.on_their_own(there.engine)]
    return {one["id"]: one for one in every}


def figures(at: Place) -> list[Any]:
    with store(kept(at), write=False) as there:
        return list(there.engine.rows("SELECT * FROM measure ORDER BY incident, place"))


def test_it_is_told_before_it_is_done(at: Place, filled: dict[str, Any]) -> None:
    ran = at.run("log", "prune", "--json")
    validate(ran.json)
    assert (ran.code, ran.json["done"], ran.json["open"]) == (0, False, 2)
    assert (ran.json["personal"], ran.json["details"]) == ("2026-05-29T05:00:00Z", "2024-11-25T05:00:00Z")
    assert ran.json["erased"] == {"incidents": 3, "promises": 1}
    assert ran.json["scrubbed"] == {"incidents": 3, "promises": 1}
    assert found(at) == {one["id"]: one for one in filled.values()}


def test_what_is_old_is_bare_and_what_is_older_is_gone(at: Place, filled: dict[str, Any]) -> None:
    before = figures(at)
    ran = at.run("log", "prune", "--yes", "--json")
    validate(ran.json)
    assert (ran.code, ran.json["done"], ran.json["open"]) == (0, True, 2)
    assert (ran.json["erased"], ran.json["scrubbed"]) == ({"incidents": 3, "promises": 1}, {"incidents": 3, "promises": 1})
    left = found(at)
    for name, one in filled.items():
        if name in {"ancient", "ancient too", "ancient three", "p ancient"}:
            assert one["id"] not in left, name
        elif name in {"old", "older", "oldest"}:
            (owed,) = one["promises"]
            assert left[one["id"]] == {**one, **BARE, "promises": [{**owed, "what": "[removed]", "reference": None}]}, name
        elif name == "p old":
            assert left[one["id"]] == {**one, "what": "[removed]", "reference": None}
        else:
            assert left[one["id"]] == one, name
    assert figures(at) == [row for row in before if row[0] in left]
    again = at.run("log", "prune", "--yes", "--json").json
    assert (again["done"], *again["erased"].values(), *again["scrubbed"].values(), again["open"]) == (False, 0, 0, 0, 0, 2)
    with store(kept(at), write=False) as there:
        assert {row[0] for row in there.engine.rows("SELECT action FROM audit")} == {"create", "promise", "prune"}
    out = at.run("log", "export").out
    assert at.run("log", "import", "-", "--db", str(at.cwd / "other.db"), stdin=out).code == 0, "what is bare can still go out and in"


def test_a_kept_promise_frees_its_incident(at: Place, filled: dict[str, Any]) -> None:
    at.run("log", "prune", "--yes")
    assert at.run("promises", "done", filled["owed"]["promises"][0]["id"]).code == 0
    assert at.run("log", "prune", "--yes", "--json").json["scrubbed"] == {"incidents": 1, "promises": 0}
    assert found(at)[filled["owed"]["id"]]["reference"] is None


def test_an_old_incident_that_comes_in_later(at: Place, filled: dict[str, Any]) -> None:
    at.run("log", "prune", "--yes")
    at.run("log", "import", "-", stdin=ndjson([{"id": f"019ae2f4-5c1e-7d33-9a51-{1:012x}", "closed_at": OLD, "worked": "x"}]))
    assert at.run("log", "prune", "--yes", "--json").json["scrubbed"] == {"incidents": 1, "promises": 0}


@pytest.mark.parametrize(
    ("policy", "erased", "scrubbed"), [("{personal: 180d}", 0, 8), ("{details: 730d}", 4, 0), ("{personal: 730d, details: 180d}", 8, 0), ("{}", 0, 0), ("{details: 99999d}", 0, 0)],
)  # fmt: skip
def test_what_the_policy_says(at: Place, filled: dict[str, Any], policy: str, erased: int, scrubbed: int) -> None:
    (at.cwd / "policy.yaml").write_text(f"retention: {policy}\n", encoding="utf-8")
    at.variables["CLIENTCOACH_POLICY"] = str(at.cwd / "policy.yaml")
    dry = at.run("log", "prune", "--json").json
    ran = at.run("log", "prune", "--yes", "--json")
    assert ran.code == 0
    for answer in (dry, ran.json):
        assert (sum(answer["erased"].values()), sum(answer["scrubbed"].values())) == (erased, scrubbed)
    assert len(found(at)) == len(filled) - erased
    if policy == "{}":
        assert "retention" in at.run("log", "prune", "--yes").err
        assert ran.json["done"] is False


def test_an_age_that_is_none_is_a_fault_of_the_policy(at: Place) -> None:
    (at.cwd / "policy.yaml").write_text("retention: {personl: 180d}\n", encoding="utf-8")
    at.variables["CLIENTCOACH_POLICY"] = str(at.cwd / "policy.yaml")
    ran = at.run("log", "prune", "--yes")
    assert ran.code == 4
    assert "personal" in ran.err


def test_no_store_and_nothing_old(at: Place) -> None:
    assert at.run("log", "prune", "--yes").code == 0
    at.run("log", "add", "--cause", "staff")
    ran = at.run("log", "prune", "--yes", "--json")
    assert (ran.code, ran.json["done"]) == (0, False)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.usefixtures("filled")
def test_every_language_tells_it(at: Place, lang: str) -> None:
    texts = [at.run("log", "prune", "--ui", lang, *more).out for more in ((), ("--yes",), ())]
    assert [len(text.splitlines()) for text in texts] == [3, 2, 2]
    assert not any("prune." in text for text in texts)


class TestInAFile:
    @pytest.fixture
    def engine(self) -> str:
        return "sqlite"

    def test_no_byte_stays(self, at: Place) -> None:
        names = [f"Planted-{number:03}-Name" for number in range(40)]
        with store(kept(at)) as made:
            for number, name in enumerate(names):
                one = told(number, (OLD, ANCIENT)[number % 2], facts=[{"name": "item", "value": name * 40}], worked=name)
                save(made, {**one, "reference": name, "promises": [{**one["promises"][0], "what": name, "reference": name}]})
        assert all(name.encode() in (at.home / ".local/share/clientcoach/records.db").read_bytes() for name in names)
        assert at.run("log", "prune", "--yes").code == 0
        data = b"".join(path.read_bytes() for path in (at.home / ".local/share/clientcoach").iterdir())
        assert not [name for name in names if name.encode() in data]
        assert len(found(at)) == 20

    @pytest.mark.usefixtures("filled")
    def test_old_copies_go_when_they_are_old_themselves(self, at: Place) -> None:
        fresh, old = (f"{kept(at)}.before-{number}" for number in (2, 1))
        for path in (fresh, old):
            with sqlite3.connect(kept(at)) as here, sqlite3.connect(path) as there:
                here.backup(there)
        os.utime(old, (0, time.time() - 181 * 24 * 3600))
        assert at.run("log", "prune", "--json").json["copies"] == [old]
        assert os.path.exists(old)
        assert at.run("log", "prune", "--yes", "--json").json["copies"] == [old]
        assert (os.path.exists(fresh), os.path.exists(old)) == (True, False)
