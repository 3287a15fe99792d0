"""An incident that the store does not take is not lost: it waits, masked and for its owner only, and is saved later; hostile drafts are not."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.commands import keeping
from clientcoach.records import drafts, sqlite
from clientcoach.records.ids import new_id
from tests.support import LANGS, ndjson, validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support import Place

ADD = (
    "log",
    "add",
    "--cause",
    "delivery",
    "--reference",
    "K-1",
    "--did",
    "wrote to anna@example.com",
    "--promise",
    "call back",
    "--due",
    "2h",
)


@pytest.fixture
def locked(at: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """A store in which somebody else writes and writes."""
    monkeypatch.setattr(sqlite, "WAIT", 0.1)
    at.variables["CLIENTCOACH_DB"] = str(at.cwd / "records.db")
    assert at.run("log", "add", "--cause", "staff").code == 0
    other = sqlite3.connect(at.cwd / "records.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def folder(at: Place) -> Path:
    return at.home / "clientcoach"


def listed(at: Place) -> list[dict[str, Any]]:
    return [one for one in at.run("log", "list", "--format", "ndjson").events if one["cause"] == "delivery"]


def test_a_store_that_is_busy(at: Place, locked: sqlite3.Connection) -> None:
    ran = at.run(*ADD)
    assert (ran.code, ran.out) == (6, "")
    (path,) = folder(at).iterdir()
    assert str(path) in ran.err
    assert "log add --drafts" in ran.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert path.name == f"incident-{kept['id']}.json"
    assert kept["measures"] == ["wrote to [email]"]
    assert at.run("log", "add", "--drafts").code == 6
    assert path.exists(), "it waits on"
    locked.execute("ROLLBACK")
    ran = at.run("log", "list")
    assert ran.err == "1 incident.\n1 incident waits to be saved. Save with “clientcoach log add --drafts”.\n"
    assert "1 incident waits" in at.run("promises").err
    ran = at.run("log", "add", "--drafts")
    assert (ran.code, ran.out, ran.err) == (0, f"{kept['id']}\n", "Saved: 1. Already there: 0. Not saved: 0.\n")
    assert not path.exists()
    (saved,) = listed(at)
    assert {name: saved[name] for name in ("id", "measures", "reference")} == {name: kept[name] for name in ("id", "measures", "reference")}
    assert [(one["what"], one["due"]) for one in saved["promises"]] == [(one["what"], one["due"]) for one in kept["promises"]]
    assert "wait" not in at.run("log", "list").err + at.run("promises").err


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_says_where_it_is(at: Place, locked: sqlite3.Connection, lang: str) -> None:
    ran = at.run(*ADD, "--ui", lang)
    assert ran.code == 6
    assert str(folder(at)) in ran.err
    assert "log add --drafts" in ran.err
    locked.execute("ROLLBACK")
    texts = [at.run("log", "list", "--ui", lang).err, at.run("log", "add", "--drafts", "--ui", lang).err]
    assert not any("log." in text or "error." in text for text in (ran.err, *texts))


@pytest.mark.parametrize(
    ("where", "told"), [("text.db", "not a clientcoach store"), ("dir", "not a clientcoach store"), ("newer.db", "newer")]
)
def test_a_store_that_cannot_be_used(at: Place, where: str, told: str) -> None:
    (at.cwd / "text.db").write_text("not a store, whatever it is called\n" * 50, encoding="utf-8")
    (at.cwd / "dir").mkdir()
    with sqlite3.connect(at.cwd / "newer.db") as made:
        made.execute(f"PRAGMA application_id={sqlite.APPLICATION}")
        made.execute("PRAGMA user_version=99")
    ran = at.run(*ADD, "--db", where)
    assert ran.code == 6
    assert told in ran.err
    assert at.run("log", "add", "--drafts").code == 0
    assert len(listed(at)) == 1


def test_no_store_is_named(at: Place) -> None:
    at.variables["CLIENTCOACH_DB"] = ""
    assert at.run(*ADD).code == 6
    del at.variables["CLIENTCOACH_DB"]
    assert at.run("log", "add", "--drafts").code == 0
    assert len(listed(at)) == 1


@pytest.mark.usefixtures("locked")
@pytest.mark.parametrize("spoilt", ["open", "file"])
def test_where_no_draft_can_be_kept_either_the_incident_is_the_answer(at: Place, spoilt: str) -> None:
    if spoilt == "open":
        folder(at).mkdir(mode=0o777)
        folder(at).chmod(0o777)
    else:
        folder(at).write_text("", encoding="utf-8")
    ran = at.run(*ADD)
    assert ran.code == 6
    assert "log add --from" in ran.err
    (incident,) = ran.events
    assert incident["measures"] == ["wrote to [email]"]
    at.variables["CLIENTCOACH_DB"] = str(at.cwd / "other.db")
    assert at.run("log", "add", "--from", "-", stdin=ran.out).code == 0
    assert listed(at)[0]["id"] == incident["id"]


def test_a_hand_that_does_not_wait(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the store is locked."""

    def interrupted(*_args: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "opened", interrupted)
    with pytest.raises(KeyboardInterrupt):
        at.run(*ADD)
    monkeypatch.undo()
    assert at.run("log", "add", "--drafts").code == 0
    assert len(listed(at)) == 1


def test_saved_and_not_dropped(at: Place) -> None:
    """The power went after the save."""
    incident = at.run(*ADD, "--json").json
    assert drafts.keep(str(folder(at)), incident)
    ran = at.run("log", "add", "--drafts", "--json")
    validate(ran.json)
    assert (ran.code, ran.json["there_already"]) == (0, [incident["id"]])
    assert len(listed(at)) == 1
    assert drafts.waiting(str(folder(at))) == []


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 10**5, b'{"id": 5}', b'{"id": "019ae2f4-5c1e-7d33-9a51-0242ac120009"}', b"{" + b" " * (2 << 20) + b"}"],
)  # fmt: skip
def test_what_is_no_draft_is_passed_over(at: Place, text: bytes) -> None:
    folder(at).mkdir(mode=0o700)
    (folder(at) / f"incident-{new_id()}.json").write_bytes(text)
    ran = at.run("log", "add", "--drafts")
    assert (ran.code, ran.out) == (0, "")
    assert "wait" not in at.run("log", "list").err


@pytest.mark.parametrize(
    "more", [{"cause": "x"}, {"worked": 5}, {"closed_at": "soon"}, {"reference": "+77011234567"}, {"promises": [{"what": "x"}]}, {"unknown": 1}, {"facts": "'; DROP TABLE incident"}],
)  # fmt: skip
def test_a_hostile_draft_is_told_and_the_rest_is_saved(at: Place, more: dict[str, Any]) -> None:
    folder(at).mkdir(mode=0o700)
    bad, good = new_id(), new_id()
    for name, value in ((bad, more), (good, {"cause": "delivery", "worked": "ring +7 701 123 45 67"})):
        (folder(at) / f"incident-{name}.json").write_text(json.dumps({"id": name, **value}), encoding="utf-8")
    ran = at.run("log", "add", "--drafts", "--json")
    validate(ran.json)
    assert (ran.code, ran.json["saved"], [one["id"] for one in ran.json["failed"]]) == (1, [good], [bad])
    assert listed(at)[0]["worked"] == "ring [phone]"
    assert [one["id"] for one in drafts.waiting(str(folder(at)))] == [bad]


def test_a_draft_that_is_a_link_or_a_pipe(at: Place) -> None:
    folder(at).mkdir(mode=0o700)
    name, other = new_id(), new_id()
    (at.cwd / "elsewhere.json").write_text(json.dumps({"id": name, "cause": "staff"}), encoding="utf-8")
    (folder(at) / f"incident-{name}.json").symlink_to(at.cwd / "elsewhere.json")
    os.mkfifo(folder(at) / f"incident-{other}.json")
    assert drafts.waiting(str(folder(at))) == []


def test_drafts_stand_alone(at: Place) -> None:
    for more in (("--did", "x"), ("--from", "x.json"), ("--cause", "staff")):
        assert at.run("log", "add", "--drafts", *more).code == 2
    assert at.run("log", "add", "--drafts", stdin=ndjson([])).code == 0


def test_the_oldest_first(at: Place) -> None:
    made = [{"id": f"019ae2f4-5c1e-7d33-9a51-{number:012x}", "cause": "delivery"} for number in range(5)]
    for one in reversed(made):
        drafts.keep(str(folder(at)), one)
    assert drafts.waiting(str(folder(at))) == made
    drafts.drop(str(folder(at)), made[0]["id"])
    drafts.drop(str(folder(at)), "../../etc/passwd")
    assert drafts.waiting(str(folder(at))) == made[1:]
