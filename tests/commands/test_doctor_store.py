"""`doctor` on the store: each fault is named once, with what to do; nothing is written. `doctor --recover` is the way out."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import stat
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.commands import doctor_store
from clientcoach.records import drafts, incidents, where
from clientcoach.records.schema import MIGRATIONS
from tests.records.stores import fill, incident, save, store
from tests.support import LANGS, do, validate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Place, Ran

PAGE = 4096


@pytest.fixture
def file(at: Place) -> Path:
    return at.home / ".local" / "share" / "clientcoach" / "records.db"


def checks(ran: Ran) -> dict[str, dict[str, Any]]:
    validate(ran.json)
    found = {one["check"]: one for one in ran.json["checks"]}
    assert all(one["ok"] == (one["level"] != "error") for one in found.values())
    assert ran.code == (0 if all(one["ok"] for one in found.values()) else 1)
    return found


def levels(found: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {name: one["level"] for name, one in found.items() if one["level"] != "ok"}


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def test_a_store_that_is_not_there_yet_is_no_fault(at, file):
    found = checks(at.run("doctor", "--json"))
    assert str(file) in found["store"]["detail"]
    assert levels(found) == {}
    assert not {"integrity", "permissions"} & found.keys()
    assert not file.parent.exists()


def test_an_empty_file_is_left_empty(at, file):
    file.parent.mkdir(parents=True)
    file.touch()
    assert levels(checks(at.run("doctor", "--json"))) == {}
    assert file.read_bytes() == b""


def test_a_sound_store(at, file):
    fill(file, 3)
    before = everything(file.parent)
    found = checks(at.run("doctor", "--json"))
    assert levels(found) == {}
    assert found["store"]["detail"] == f"{file} (SQLite, version {len(MIGRATIONS)})"
    assert found["records"]["detail"] == "as they were saved (incidents: 3, promises: 3)"
    assert found["permissions"]["detail"] == "file 0600, folder 0700"
    with store(file, write=False) as kept:
        assert next(kept.engine.rows("SELECT chain FROM audit WHERE seq = 6"))[0] in found["audit"]["detail"]
    assert found["audit"]["detail"].startswith("6 lines")
    assert everything(file.parent) == before


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_told_in_every_language(at, file, lang):
    made = fill(file, 2)
    with store(file) as kept:
        kept.engine.run("UPDATE incident SET outcome = 'x' WHERE id = ?", (made[0]["id"],))
    file.chmod(0o644)
    ran = at.run("doctor", "--ui", lang)
    assert ran.code == 1
    assert [line[:4] for line in ran.out.splitlines() if made[0]["id"] in line] == ["FAIL"]
    assert [line[:4] for line in ran.out.splitlines() if "chmod" in line] == ["WARN"]
    assert "doctor." not in ran.out
    assert "Ждать" not in ran.out
    file.write_bytes(file.read_bytes()[: PAGE * 3 // 2])
    ran = at.run("doctor", "--ui", lang)
    assert ran.code == 1
    assert [line[:4] for line in ran.out.splitlines() if "--recover" in line] == ["FAIL"]


@pytest.mark.parametrize(
    ("sql", "check", "word"),
    [
        ("UPDATE incident SET anger_start = 2 WHERE id = ?", "records", "not as they were saved"),
        ("UPDATE incident SET id = 'x' WHERE id = ?", "records", "gone"),
        ("DELETE FROM measure WHERE incident = ?", "records", "counted wrongly"),
    ],
)
def test_a_record_that_changed_is_named_not_shown(at, file, sql, check, word):
    made = fill(file, 3)[1]
    with store(file) as kept:
        kept.engine.run("PRAGMA foreign_keys=OFF")
        kept.engine.run(sql, (made["id"],))
    ran = at.run("doctor", "--json")
    assert ran.code == 1
    told = [one for one in ran.json["checks"] if one["check"] == check and word in one["detail"]]
    assert [one["records"] for one in told] == [[made["id"]]]
    assert made["id"] in told[0]["detail"]
    assert "Ждать" not in ran.out
    assert at.run("doctor", "--quick").code == 0


def test_of_many_records_some_are_named(at, file):
    fill(file, 30)
    with store(file) as kept:
        kept.engine.run("UPDATE incident SET outcome = 'x'")
    found = checks(at.run("doctor", "--json"))["records"]
    assert len(found["records"]) == 30
    assert found["detail"].endswith("… (+10). Compare them with a copy.")


def test_a_broken_chain_is_told_by_its_line(at, file):
    fill(file, 3)
    with store(file) as kept:
        kept.engine.run("DROP TRIGGER audit_update")
        kept.engine.run("UPDATE audit SET actor = 'nobody' WHERE seq = 3")
    ran = at.run("doctor", "--json")
    told = [one for one in ran.json["checks"] if one["check"] == "audit"]
    assert [(one["level"], "line 3." in one["detail"]) for one in told] == [("error", True), ("ok", False)]


def test_quick_leaves_the_digests_out_and_says_so(at, file, monkeypatch):
    fill(file, 2)
    monkeypatch.setattr("clientcoach.records.verify.verify", None)
    assert "--quick" in checks(at.run("doctor", "--quick", "--json"))["records"]["detail"]


DAMAGE = {
    "half": lambda whole: whole[: len(whole) // 2],
    "header": lambda whole: bytes(100) + whole[100:],
    "schema": lambda whole: whole[:100] + bytes(PAGE - 100) + whole[PAGE:],
    "a page": lambda whole: whole[:PAGE] + b"\xff" * PAGE + whole[2 * PAGE :],
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_store_is_told_with_the_way_out_which_works(at, file, kind):
    made = fill(file, 60)
    shutil.copy(file, f"{file}.before-2")
    file.write_bytes(DAMAGE[kind](file.read_bytes()))
    before = everything(file.parent)
    ran = at.run("doctor")
    assert ran.code == 1
    (line,) = [line for line in ran.out.splitlines() if "--recover" in line]
    assert line.startswith("FAIL")
    assert f"The newest whole copy: {file}.before-2." in line
    assert everything(file.parent) == before
    command = shlex.split(line[line.index("clientcoach doctor") :])
    ran = at.run(*command[1:], "--json")
    validate(ran.json)
    assert ran.code == int(kind == "half")
    assert ran.json["recovered"] >= (10 if kind == "half" else 100)
    assert before.items() <= everything(file.parent).items()
    assert levels(checks(at.run("doctor", "--db", ran.json["to"], "--json"))).keys() <= {"permissions"}
    listed = at.run("log", "list", "--db", ran.json["to"], "--json").json["incidents"]
    assert {one["id"] for one in listed} <= {one["id"] for one in made}


def test_a_damaged_copy_is_not_recommended(at, file):
    fill(file, 20)
    for name in ("bak", "bak2"):
        shutil.copy(file, f"{file}.{name}")
    file.write_bytes(file.read_bytes()[: 5 * PAGE])
    with store(f"{file}.bak2") as kept:
        kept.engine.run("UPDATE incident SET outcome = 'x'")
    (line,) = [line for line in at.run("doctor").out.splitlines() if "--recover" in line]
    assert f"copy: {file}.bak." in line


def test_a_store_named_on_the_line_is_named_in_the_way_out(at):
    path = at.cwd / "my records.db"
    fill(path, 20)
    path.write_bytes(path.read_bytes()[: 5 * PAGE])
    (line,) = [line for line in at.run("doctor", "--db", "my records.db").out.splitlines() if "--recover" in line]
    assert f"clientcoach doctor --db '{path}' --recover '{path}.recovered'" in line


def test_a_way_out_in_text_names_every_record_and_how_to_go_on(at, file):
    fill(file, 60)
    file.write_bytes(file.read_bytes()[: -len(file.read_bytes()) // 2])
    ran = at.run("doctor", "--recover", "new.db", "--json")
    os.unlink(at.cwd / "new.db")
    for lang in LANGS:
        told = at.run("doctor", "--recover", "new.db", "--ui", lang)
        assert told.code == 1
        assert all(f"  {name}\n" in told.out for state in ("changed", "unchecked", "lost") for name in ran.json[state])
        assert told.out.endswith(f"clientcoach config set db {at.cwd / 'new.db'}\n")
        assert "doctor." not in told.out
        (at.cwd / "new.db").unlink()
    assert ran.json["lost"]


def test_what_is_recovered_is_the_owner_s_alone_and_its_audit_says_how(at, file):
    made = fill(file, 3)
    with store(file) as kept:
        kept.engine.run("UPDATE incident SET outcome = 'settled' WHERE id = ?", (made[0]["id"],))
    ran = at.run("doctor", "--recover", "new.db", "--json")
    assert (ran.code, ran.json["recovered"], ran.json["changed"]) == (1, 5, [made[0]["id"]])
    new = at.cwd / "new.db"
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    with store(new, write=False) as kept:
        actions = list(kept.engine.rows("SELECT record, action FROM audit ORDER BY seq"))
    assert [action for _, action in actions].count("recover") == 5
    assert (made[0]["id"], "recover-changed") in actions
    assert at.run("config", "set", "db", str(new)).code == 0
    assert len(at.run("log", "list", "--json").json["incidents"]) == 3


def test_nothing_is_ever_written_over(at, file):
    fill(file, 1)
    (at.cwd / "there.txt").write_text("mine", encoding="utf-8")
    (at.cwd / "link").symlink_to(at.cwd / "nowhere")
    for name in ("there.txt", "link", ".", str(file)):
        ran = at.run("doctor", "--recover", name)
        assert (ran.code, ran.out) == (2, "")
        assert name.rpartition("/")[2].strip(".") in ran.err
    assert (at.cwd / "there.txt").read_text(encoding="utf-8") == "mine"
    assert at.run("doctor", "--recover", "no/folder/new.db").code == 6


@pytest.mark.parametrize("data", [b"", b"dear diary\n" * 2000, bytes(3 * PAGE)])
def test_from_what_never_was_a_store_nothing_comes(at, data):
    (at.cwd / "text").write_bytes(data)
    ran = at.run("doctor", "--db", "text", "--recover", "new.db")
    assert (ran.code, ran.out) == (1, "")
    assert str(at.cwd / "text") in ran.err
    assert sorted(path.name for path in at.cwd.iterdir()) == ["text"]


def test_what_cannot_be_recovered_is_told(at, file):
    assert at.run("doctor", "--recover", "new.db").code == 6
    fill(file, 1)
    for more in (("--recover", "postgresql://h/x"), ("--db", "postgresql://u:secret@h/x", "--recover", "new.db")):
        ran = at.run("doctor", *more)
        assert (ran.code, ran.out) == (2, "")
        assert "secret" not in ran.err
    with store(file) as kept:
        kept.engine.run("PRAGMA user_version=99")
    assert at.run("doctor", "--recover", "new.db").code == 6
    assert not (at.cwd / "new.db").exists()


STRANGE = {
    "text": lambda path: path.write_text("dear diary\n" * 100),
    "folder": lambda path: path.mkdir(),
    "fifo": os.mkfifo,
}


@pytest.mark.parametrize("kind", STRANGE)
def test_what_is_no_store_is_told(at, kind):
    STRANGE[kind](at.cwd / "it")
    found = checks(at.run("doctor", "--db", "it", "--json"))
    assert levels(found)["store"] == "error"
    assert str(at.cwd / "it") in found["store"]["detail"]
    assert "--recover" not in found["store"]["detail"]


@pytest.mark.parametrize(
    ("path", "mode", "level"),
    [
        ("file", 0o644, "warning"),
        ("file", 0o660, "error"),
        ("file", 0o602, "error"),
        ("folder", 0o777, "error"),
        ("folder", 0o1777, "warning"),
    ],
)
def test_who_else_may_get_at_it_is_told_with_the_cure(at, file, path, mode, level):
    fill(file, 1)
    target = {"file": file, "folder": file.parent}[path]
    target.chmod(mode)
    found = checks(at.run("doctor", "--json"))["permissions"]
    assert found["level"] == level
    for _ in range(2):  # what may be written by others may be read by them, too
        _, cure, command = checks(at.run("doctor", "--json"))["permissions"]["detail"].partition("Run: ")
        if cure:
            assert shlex.split(command)[::2] == ["chmod", str(target)]
            assert os.system(command) == 0  # noqa: S605 - what a worker would type
    assert checks(at.run("doctor", "--json"))["permissions"]["level"] == "ok"


def test_a_link_is_shown_with_its_target_and_judged_there(at, file):
    target = at.home / "Dropbox" / "records.db"
    fill(target, 1)
    target.chmod(0o666)
    file.parent.mkdir(parents=True)
    file.symlink_to(target)
    found = checks(at.run("doctor", "--json"))
    assert found["link"]["detail"] == f"{file} → {target}"
    assert levels(found) == {"permissions": "error", "drive": "warning"}
    assert str(target) in found["permissions"]["detail"]
    assert "“Dropbox”" in found["drive"]["detail"]
    target.unlink()
    assert checks(at.run("doctor", "--json"))["store"]["level"] == "ok"


def test_a_network_drive_is_a_warning(at, file, monkeypatch):
    fill(file, 1)
    monkeypatch.setattr(where, "drive", lambda _path: "nfs4")
    found = checks(at.run("doctor", "--json"))
    assert levels(found) == {"drive": "warning"}
    assert "nfs4" in found["drive"]["detail"]


def test_little_room_is_a_warning(at, file, monkeypatch):
    fill(file, 1)
    free = doctor_store.LITTLE
    for size, wanted in ((free, {}), (free - 1, {"space": "warning"})):
        monkeypatch.setattr(where, "free", lambda _path, size=size: size)
        assert levels(checks(at.run("doctor", "--json"))) == wanted
    monkeypatch.setattr(doctor_store, "LITTLE", 0)
    for times, wanted in ((2, {}), (1.99, {"space": "warning"})):
        monkeypatch.setattr(where, "free", lambda _path, times=times: times * file.stat().st_size)
        assert levels(checks(at.run("doctor", "--json"))) == wanted


@pytest.mark.parametrize("now", ["2026-11-20T10:00:00Z", "1970-01-01T00:00:00Z"])
def test_a_clock_that_was_set_back_is_a_warning(at, file, now):
    fill(file, 1)
    at.variables["CLIENTCOACH_NOW"] = now
    found = checks(at.run("doctor", "--json"))
    assert levels(found) == {"time": "warning"}
    assert now in found["time"]["detail"]
    assert "2026-11-25T05:00:00Z" in found["time"]["detail"]


def test_a_save_that_broke_off_is_told_and_not_undone(at, file):
    made = fill(file, 30)
    with store(file) as kept:
        kept.engine.run("PRAGMA cache_size=1")
        kept.engine.begin()
        kept.engine.run("UPDATE incident SET outcome = 'half', detail = detail || ?", (" " * 9000,))
        crashed = at.cwd / "crashed.db"
        for end in ("", "-journal"):
            shutil.copy(f"{file}{end}", f"{crashed}{end}")
        kept.engine.rollback()
    before = everything(at.cwd)
    found = checks(at.run("doctor", "--db", "crashed.db", "--json"))
    assert found["store"]["level"] == "warning"
    assert everything(at.cwd) == before
    assert len(at.run("log", "list", "--db", "crashed.db", "--json").json["incidents"]) == len(made)
    assert checks(at.run("doctor", "--db", "crashed.db", "--json"))["records"]["level"] == "ok"


def test_what_waits_is_told(at):
    folder = at.session().env.directory("runtime")
    assert folder
    for number in range(2):
        assert drafts.keep(folder, incident(number))
    session = at.call({"cause": "delivery"})
    from clientcoach.records.journal import Journal

    journal = Journal(folder, session)
    do(session, "next")
    journal.write()
    os.close(journal.descriptor)
    found = checks(at.run("doctor", "--json"))
    assert levels(found) == {"drafts": "warning", "calls": "warning"}
    assert found["drafts"]["detail"].startswith("2 incidents wait")
    assert "call --resume" in found["calls"]["detail"]


@pytest.fixture
def deaf() -> Any:
    """A server that takes calls and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_server_that_does_not_answer_is_told_without_its_password(at, deaf):
    pytest.importorskip("psycopg")
    ran = at.run("doctor", "--db", f"postgresql://anna:secret@127.0.0.1:{deaf}/coach?connect_timeout=2", "--json")
    found = checks(ran)
    assert levels(found) == {"store": "error"}
    assert f"postgresql://127.0.0.1:{deaf}/coach" in found["store"]["detail"]
    assert "secret" not in ran.out
    assert not {"drive", "space", "permissions"} & found.keys()


def test_an_empty_name_is_no_store(at):
    at.variables["CLIENTCOACH_DB"] = ""
    assert levels(checks(at.run("doctor", "--json"))) == {"store": "error"}


def test_saving_goes_on_after_a_look(at, file):
    fill(file, 1)
    assert at.run("doctor").code == 0
    with store(file) as kept:
        save(kept, incident(5))
        assert len(list(incidents.listed(kept.engine, {}))) == 2


def test_a_server_s_store_is_looked_through_like_a_file(at, databases):
    url = next(databases)
    made = fill(url, 3)
    found = checks(at.run("doctor", "--db", url, "--json"))
    assert levels(found) == {}
    assert "(PostgreSQL, version" in found["store"]["detail"]
    assert found["records"]["detail"] == "as they were saved (incidents: 3, promises: 3)"
    with store(url) as kept:
        kept.engine.run("UPDATE incident SET anger_end = 9 WHERE id = ?", (made[1]["id"],))
    ran = at.run("doctor", "--db", url, "--json")
    assert checks(ran)["records"]["records"] == [made[1]["id"]]
    assert "--recover" not in ran.out
