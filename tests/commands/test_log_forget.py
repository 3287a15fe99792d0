"""`log forget`: told first, then gone, with its bytes, from everywhere; a certificate that names nobody. `log export --reference`: the copy."""

from __future__ import annotations

import json
import os
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.records import audit, drafts, incidents, promises, sqlite
from clientcoach.records.verify import verify
from tests.records.postgres import ENGINES
from tests.records.stores import incident, promise, save, store
from tests.support import LANGS, ndjson, validate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Place

NAMES = [f"Planted-{number:03}-Name" for number in range(100)]
CUSTOMERS = [f"Case-{number}-Planted" for number in range(10)]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def kept(at: Place) -> str:
    """Where the store is."""
    return at.variables.get("CLIENTCOACH_DB") or str(at.home / ".local/share/clientcoach/records.db")


@pytest.fixture
def filled(at: Place) -> str:
    """A store with two customers: K-1 is spelt in two ways, has a promise of its own and one under the other's incident."""
    with store(kept(at)) as made:
        for number, reference in enumerate(("K-1", "k-1", "K-10", "x-1")):
            save(made, incident(number, reference=reference, worked=f"for {reference}"))
        other = incident(7, reference="K-10")
        other["promises"] = [promise(7, incident=other["id"], reference="K-1"), promise(8, incident=other["id"], reference="K-10")]
        save(made, other)
        made.change(lambda engine, when, actor: promises.add(engine, promise(9, reference="K-1"), when, actor))
        made.change(lambda engine, when, actor: promises.add(engine, promise(10, reference="K-10"), when, actor))
    return kept(at)


def everything(place: str) -> list[Any]:
    with store(place, write=False) as found:
        return [*incidents.listed(found.engine, {}), *promises.every(found.engine)]


def faults(place: str) -> list[Any]:
    with store(place, write=False) as found:
        return list(verify(found.engine))


def draft(at: Place, **more: Any) -> str:
    made = incident(0, **more)
    assert drafts.keep(str(at.home / "clientcoach"), made)
    return str(made["id"])


def test_it_is_told_before_it_is_done(at: Place, filled: str) -> None:
    before = everything(filled)
    draft(at, reference="K-1")
    ran = at.run("log", "forget", "--reference", "K-1", "--json")
    validate(ran.json)
    assert (ran.code, ran.json["done"], ran.json["audit"], ran.json["reference"]) == (0, False, None, None)
    # two incidents with four figures each and a promise each, one promise under another's incident, one on its own
    assert ran.json["counts"] == {"incidents": 2, "measures": 8, "promises": 4, "drafts": 1, "copies": 0}
    text = at.run("log", "forget", "--reference", "K-1").out
    assert "Nothing is erased yet" in text
    assert everything(filled) == before
    assert len(drafts.waiting(str(at.home / "clientcoach"))) == 1


def test_it_is_gone_and_the_rest_is_not(at: Place, filled: str) -> None:
    mine, others = draft(at, reference="x", promises=[{"reference": "K-1"}]), draft(at, reference="K-10")
    with store(filled, write=False) as found:
        before = audit.head(found.engine)
    ran = at.run("log", "forget", "--reference", "k-1", "--yes", "--reason", "asked, +7 701 123 45 67", "--json")
    validate(ran.json)
    assert ran.code == 0
    assert ran.json["counts"] == {"incidents": 2, "measures": 8, "promises": 4, "drafts": 1, "copies": 0}
    assert (ran.json["done"], ran.json["reason"]) == (True, "asked, [phone]")
    assert len(set(ran.json["records"])) == 7
    assert "k-1" not in ran.out.lower(), "the certificate names nobody"
    left = everything(filled)
    assert sorted(one["reference"] for one in left) == ["K-10", "K-10", "K-10", "K-10", "R-2", "R-3", "x-1"]
    assert not {one["id"] for one in left} & set(ran.json["records"])
    assert [one["id"] for one in drafts.waiting(str(at.home / "clientcoach"))] == [others]
    assert mine in ran.json["records"]
    assert faults(filled) == []
    with store(filled, write=False) as found:
        assert (ran.json["audit"]["seq"], ran.json["audit"]["chain"]) == audit.head(found.engine)
        rows = list(found.engine.rows("SELECT action, record FROM audit WHERE seq > ? ORDER BY seq", before[:1]))
    assert {action for action, _ in rows} == {"forget"}
    assert sorted(record for _, record in rows) == sorted({*ran.json["records"]} - {mine} | {ran.json["reference"]})
    again = at.run("log", "forget", "--reference", "k-1", "--yes")
    assert (again.code, "Nothing is kept" in again.out) == (1, True)


def test_the_seal_is_this_store_s_own(at: Place, filled: str) -> None:
    seals = [at.run("log", "forget", "--reference", "K-1", "--yes", "--json").json["reference"]]
    with store(filled) as made:
        save(made, incident(1, reference="K-1"))
    seals.append(at.run("log", "forget", "--reference", "k-1", "--yes", "--json").json["reference"])
    with store(at.cwd / "other.db") as made:
        save(made, incident(1, reference="K-1"))
    seals.append(at.run("log", "forget", "--reference", "K-1", "--yes", "--json", "--db", "other.db").json["reference"])
    assert seals[0] == seals[1] != seals[2]
    assert all(len(seal) == 64 for seal in seals)


@pytest.mark.parametrize("reference", ["nobody", "K-%", "K_1", "' OR 1=1 --", "K-1' --", "Ω"])
def test_nobody_is_there(at: Place, filled: str, reference: str) -> None:
    before = everything(filled)
    for more in ((), ("--yes",)):
        ran = at.run("log", "forget", "--reference", reference, *more)
        assert (ran.code, "Nothing is kept" in ran.out) == (1, True)
    assert everything(filled) == before


def test_nobody_is_named(at: Place) -> None:
    for argv in ((), ("--reference", ""), ("--reference", " "), ("--yes",)):
        assert at.run("log", "forget", *argv).code == 2
    assert at.run("log", "forget", "--reference", "K-1", "--yes").code == 1
    assert not (at.home / ".local").exists(), "looking makes no store"


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_certifies(at: Place, filled: str, lang: str) -> None:
    texts = [at.run("log", "forget", "--reference", "K-1", "--ui", lang, *more).out for more in ((), ("--yes", "--reason", "x"), ())]
    assert [len(text.splitlines()) for text in texts] == [6, 18, 6]
    assert not any("forget." in text for text in texts)
    assert everything(filled)


def test_a_copy_of_all_of_a_customer_s(at: Place, filled: str) -> None:
    ran = at.run("log", "export", "--reference", "K-1")
    assert ran.code == 0
    assert [(one["schema"], one["reference"]) for one in ran.events] == [("clientcoach/incident@1", "K-1"), ("clientcoach/incident@1", "k-1"), ("clientcoach/promise@1", "K-1")]  # fmt: skip
    with store(filled, write=False) as found:
        ((action, record),) = found.engine.rows("SELECT action, record FROM audit ORDER BY seq DESC LIMIT 1")
    assert (action, len(record)) == ("read", 64)
    assert faults(filled) == []
    whole = at.run("log", "export", "--reference", "K-1", "--json")
    validate(whole.json)
    assert len(whole.json["promises"]) == 1
    assert whole.out == json.dumps(whole.json, ensure_ascii=False, indent=2) + "\n"
    assert len(at.run("log", "export", "--reference", "K-1", "--limit", "1").events) == 1
    again = at.run("log", "import", "-", "--db", str(at.cwd / "copy.db"), stdin=ran.out)
    assert (again.code, again.out) == (0, "Imported: 3. Already there: 0. Not imported: 0.\n")
    assert at.run("log", "export", "--db", str(at.cwd / "copy.db")).events[-1] == ran.events[-1]


def test_promises_come_in_and_are_not_doubled(at: Place) -> None:
    made = {**promise(1), "incident": incident(1)["id"]}
    lines = ndjson([made, made, {**made, "what": "something else"}, {**made, "id": None}, {**made, "made_at": None}, {**made, "due": "x"}])
    ran = at.run("log", "import", "-", "--json", stdin=lines)
    validate(ran.json)
    assert (ran.code, ran.json["imported"], ran.json["skipped"]) == (1, 1, 1)
    assert [one["line"] for one in ran.json["errors"]] == [3, 4, 5, 6]
    (there,) = at.run("promises", "--json").json["promises"]
    assert (there["what"], there["incident"]) == (made["what"], None)


class TestInAFile:
    @pytest.fixture
    def engine(self) -> str:
        return "sqlite"

    def test_no_byte_stays(self, at: Place) -> None:
        """One hundred names in texts, under ten references: none of them is in any file of the store or of the session."""
        with store(kept(at)) as made:
            for number, name in enumerate(NAMES):
                save(
                    made,
                    incident(
                        number,
                        reference=CUSTOMERS[number % 10],
                        worked=f"{name} said so",
                        behaviours=[f"«{name}!»"],
                        facts=[{"name": "item", "value": name * 40}],
                    ),
                )
                save(made, incident(number, reference=f"K-{number}"))
        with sqlite3.connect(kept(at)) as connection, sqlite3.connect(f"{kept(at)}.before-1") as copy:
            connection.backup(copy)
        draft(at, reference=CUSTOMERS[0], worked=NAMES[0])
        before = read_all(at.home)
        assert all(name.encode() in before for name in (*NAMES, *CUSTOMERS))
        for number, name in enumerate(CUSTOMERS):
            ran = at.run("log", "forget", "--reference", name.lower(), "--yes", "--json")
            assert (ran.code, ran.json["counts"]["incidents"], ran.json["counts"]["copies"]) == (0, 10, int(number == 0))
        found = read_all(at.home)
        assert [name for name in (*NAMES, *CUSTOMERS) if name.encode() in found] == []
        assert len(everything(kept(at))) == 200
        assert faults(kept(at)) == []

    def test_older_copies_are_named_before_they_go(self, at: Place, filled: str) -> None:
        copies = [f"{filled}.before-{number}" for number in (1, 2)]
        for path in (*copies, f"{filled}.before-mine", f"{filled}.other"):
            with open(path, "w", encoding="utf-8") as file:
                file.write("K-1")
        assert at.run("log", "forget", "--reference", "K-1", "--json").json["copies"] == copies
        assert all(os.path.exists(path) for path in copies)
        at.run("log", "forget", "--reference", "nobody", "--yes")
        assert all(os.path.exists(path) for path in copies)
        assert at.run("log", "forget", "--reference", "K-1", "--yes", "--json").json["copies"] == copies
        assert not any(os.path.exists(path) for path in copies)
        assert os.path.exists(f"{filled}.before-mine")

    def test_what_cannot_be_compacted_is_erased_and_said(self, at: Place, filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sqlite.SQLite, "tidy", lambda self: self.run("no such statement"))
        ran = at.run("log", "forget", "--reference", "K-1", "--yes")
        assert ran.code == 6
        assert "Certificate" in ran.out
        assert "VACUUM" in ran.err
        assert len(everything(filled)) == 7

    def test_an_erasure_that_fails_takes_nothing(self, at: Place, filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
        before = everything(filled)
        draft(at, reference="K-1")

        def full(self: sqlite.SQLite) -> None:
            self.run("no such statement")

        monkeypatch.setattr(sqlite.SQLite, "commit", full)
        assert at.run("log", "forget", "--reference", "K-1", "--yes").code == 6
        monkeypatch.undo()
        assert everything(filled) == before
        assert len(drafts.waiting(str(at.home / "clientcoach"))) == 1


def read_all(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and "cache" not in path.parts)


def test_a_draft_alone(at: Place) -> None:
    """Nothing is in the store, but something waits."""
    name = draft(at, reference="K-5")
    ran = at.run("log", "forget", "--reference", "k-5", "--yes", "--json")
    assert (ran.code, ran.json["records"], ran.json["audit"]["seq"]) == (0, [name], 1)
    assert drafts.waiting(str(at.home / "clientcoach")) == []
