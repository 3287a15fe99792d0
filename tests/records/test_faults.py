"""What a store survives: kills, crowds, full disks, power cuts, and files that are not what they should be."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clientcoach.errors import StorageError
from clientcoach.records import incidents, sqlite
from clientcoach.records.schema import MIGRATIONS
from clientcoach.records.verify import verify
from tests.records import power
from tests.records.stores import fill, incident, save, saved, store, without_rights, writer
from tests.support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KILLS = int(os.environ.get("CLIENTCOACH_KILLS", "20"))
CUTS = int(os.environ.get("CLIENTCOACH_POWER_CUTS", "150"))
SIGNS_OF_LIFE = 8  # acknowledged incidents before a kill, at most


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.db"


def sound(file: Path) -> None:
    with store(file) as kept:
        assert list(verify(kept.engine)) == []


def refusal(file: Path | str, *, write: bool) -> str:
    with pytest.raises(StorageError) as error:
        store(file, write=write)
    assert error.value.params["file"] == str(file)
    return error.value.code


def killed(file: Path, writers: int, chance: random.Random) -> set[str]:
    """What writers acknowledged before they were killed in the middle of their work; a word of complaint would be among it."""
    listening, speaking = os.pipe()
    processes = [writer(file, 0, stdout=speaking, stderr=speaking) for _ in range(writers)]
    os.close(speaking)
    with open(listening, "rb") as lines:
        heard = [lines.readline() for _ in range(chance.randint(1, SIGNS_OF_LIFE * writers))]
        for process in processes:
            process.kill()
        heard += lines.readlines()
    assert [process.wait() for process in processes] == [-signal.SIGKILL] * writers
    return {line.decode().strip() for line in heard}


@pytest.mark.parametrize(("rounds", "writers"), [(KILLS, 1), (-(-KILLS // 4), 4)])
def test_no_kill_loses_or_tears_an_acknowledged_incident(file, rounds, writers):
    chance, heard = random.Random(rounds), set()
    for _ in range(rounds):
        heard |= killed(file, writers, chance)
        assert heard - saved(file) == set()
    assert len(heard) >= rounds
    sound(file)


@pytest.mark.parametrize("crowd", [4, 8])
def test_writers_at_the_same_time_take_turns(file, crowd):
    processes = [writer(file, 25) for _ in range(crowd)]
    ends = [(process.communicate(timeout=120), process.returncode) for process in processes]
    assert [(errors, code) for (_, errors), code in ends] == [(b"", 0)] * crowd
    heard = {line.decode() for (output, _), _ in ends for line in output.split()}
    assert len(heard) == 25 * crowd
    assert saved(file) == heard
    sound(file)


def limited(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [0, 100, 4096, 20_000, 60_000, 100_000, 150_001])
def test_a_file_that_may_not_grow_keeps_what_was_acknowledged(file, size):
    process = writer(file, 0, preexec_fn=lambda: limited(size))
    output, errors = process.communicate(timeout=60)
    assert (errors, process.returncode) == (b"store_full", 6)
    heard = set(output.decode().split())
    assert bool(heard) == (size >= 100_000)
    assert heard == saved(file)
    sound(file)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False)
    if mount.returncode:
        pytest.skip(f"a small disk cannot be made here: {mount.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_keeps_what_was_acknowledged(small_disk):
    file = small_disk / "records.db"
    output, errors = writer(file, 0).communicate(timeout=60)
    assert errors == b"store_full"
    heard = set(output.decode().split())
    assert len(heard) > 20
    with store(file, write=False) as kept:
        assert {one["id"] for one in incidents.listed(kept.engine, {})} == heard
        assert list(verify(kept.engine)) == []


def test_an_empty_file_becomes_a_store(file):
    file.parent.mkdir()
    file.touch()
    with store(file, write=False) as kept:
        assert list(incidents.listed(kept.engine, {})) == []
    fill(file, 1)
    sound(file)


def other_program(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()


def newer(file: Path) -> None:
    fill(file, 1)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()


def cut_in_half(file: Path) -> None:
    fill(file, 10)
    os.truncate(file, file.stat().st_size // 2)


STRANGE = {
    "text": (lambda file: file.write_text("dear diary\n" * 100), "store_not_ours"),
    "short text": (lambda file: file.write_text("hello"), "store_not_ours"),
    "other program": (other_program, "store_not_ours"),
    "newer": (newer, "store_newer"),
    "half": (cut_in_half, "store_damaged"),
}


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("kind", STRANGE)
def test_a_strange_file_is_told_and_left_as_it_is(file, kind, write):
    make, code = STRANGE[kind]
    file.parent.mkdir()
    make(file)
    before = {path.name: path.read_bytes() for path in file.parent.iterdir()}
    assert refusal(file, write=write) == code
    assert {path.name: path.read_bytes() for path in file.parent.iterdir()} == before


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("make", [lambda path: path.mkdir(), os.mkfifo], ids=["folder", "fifo"])
def test_what_is_no_file_is_never_opened(tmp_path, make, write):
    make(tmp_path / "it")
    assert refusal(tmp_path / "it", write=write) == "store_not_ours"


def test_a_reader_makes_no_file(file):
    assert refusal(file, write=False) == "store_unreachable"
    assert not file.parent.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "text").touch()
    assert refusal(tmp_path / "text" / "records.db", write=True) == "store_unreachable"


@pytest.mark.parametrize("there", [False, True])
def test_a_link_is_followed(tmp_path, there):
    target, link = tmp_path / "real" / "records.db", tmp_path / "link.db"
    if there:
        fill(target, 1)
    link.symlink_to(target)
    with store(link) as kept:
        save(kept, incident(2))
    assert link.is_symlink()
    assert len(saved(target)) == 1 + there
    assert [path.name for path in tmp_path.iterdir() if "journal" in path.name] == []


@pytest.mark.parametrize("name", ["с пробелом %41?mode=memory#.db", b"not \xff UTF-8.db"])
def test_any_name_of_a_file_will_do(tmp_path, name):
    path = os.path.join(tmp_path, os.fsdecode(name))
    fill(path, 2)
    assert os.path.getsize(path) > 0
    assert len(saved(path)) == 2


@pytest.mark.parametrize("words", [("log", "list"), ("promises",), ("log", "add", "--cause", "delivery")], ids=" ".join)
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.write_text("dear diary")], ids=["fifo", "folder", "text"])
def test_a_command_tells_a_strange_store_in_one_line(at, words, make):
    strange = at.home / "strange.db"
    make(strange)
    ran = at.run(*words, "--db", str(strange))
    assert (ran.code, ran.out, ran.err.count("\n")) == (6, "", 1)
    assert str(strange) in ran.err


def test_a_command_on_a_full_disk_tells_it_and_leaves_no_half(at, tmp_path):
    words = ("log", "add", "--cause", "delivery", "--db", str(tmp_path / "records.db"))
    ran = at.process(*words, preexec_fn=lambda: limited(40_000))
    assert (ran.returncode, ran.stdout) == (6, b"")
    assert b"Traceback" not in ran.stderr
    assert saved(tmp_path / "records.db") == set()


IN_A_STORE = "from tests.records.stores import *; import sys\ntry:\n    with store(sys.argv[1], write={write}) as kept:\n        {do}\n"
TOLD = "except StorageError as error:\n    print(error.code)\n"
READ = "print(len(list(incidents.listed(kept.engine, {}))))"


def as_another(file: Path, do: str, *, write: bool) -> str:
    """What a process without root's rights says."""
    script = IN_A_STORE.format(write=write, do=do) + TOLD
    words = [sys.executable, "-c", script, str(file)]
    done = subprocess.run(
        words, cwd=file.parents[0], env={"PYTHONPATH": str(ROOT)}, capture_output=True, preexec_fn=without_rights, check=False
    )
    if done.returncode == 77:
        pytest.skip("root cannot lay down its rights here")
    assert done.stderr == b""
    return done.stdout.decode().strip()


@pytest.mark.parametrize("protected", ["file", "folder"])
def test_a_protected_store_is_read_and_not_written(file, protected):
    fill(file, 2)
    (file.parent / "records.db-journal").unlink()  # with it there, a file in a protected folder may be written
    path = {"file": file, "folder": file.parent}[protected]
    mode = path.stat().st_mode
    path.chmod(0o400 if protected == "file" else 0o500)
    try:
        assert as_another(file, READ, write=False) == "2"
        assert as_another(file, "save(kept, incident(9))", write=True) == "store_readonly"
    finally:
        path.chmod(mode)
    assert len(saved(file)) == 2


def test_a_store_cannot_be_made_in_a_protected_folder(file):
    file.parent.mkdir(mode=0o500)
    assert as_another(file, "pass", write=True) == "store_readonly"
    assert not file.exists()


def test_a_store_that_may_not_be_read_is_told(file):
    fill(file, 1)
    file.chmod(0)
    assert as_another(file, READ, write=False) == "store_unreachable"


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(sqlite, "WAIT", 0.1)


@pytest.mark.usefixtures("impatient")
def test_a_store_that_another_writes_is_read_and_told_as_busy(file):
    fill(file, 2)
    with store(file) as other, store(file) as kept:
        other.engine.begin()
        with pytest.raises(StorageError) as error:
            save(kept, incident(3))
        assert error.value.code == "store_locked"
        assert len(list(incidents.listed(kept.engine, {}))) == 2
        other.engine.rollback()
        save(kept, incident(3))
    assert len(saved(file)) == 3


@pytest.mark.usefixtures("impatient")
def test_a_store_that_another_holds_alone_is_told_as_busy(file):
    fill(file, 1)
    with store(file) as other:
        other.engine.run("BEGIN EXCLUSIVE")
        assert [refusal(file, write=write) for write in (False, True)] == ["store_locked"] * 2
    sound(file)


def left_by_a_crash(file: Path) -> Path:
    """A copy of a store as it was while a large change was half written, with its journal."""
    fill(file, 30)
    broken = file.parent.parent / "broken" / "records.db"
    broken.parent.mkdir()
    with store(file) as kept:
        kept.engine.run("PRAGMA cache_size=1")  # pages are written before the end
        kept.engine.begin()
        kept.engine.run("UPDATE incident SET outcome = 'a half-written change', detail = detail || ?", (" " * 9000,))
        for end in ("", "-journal"):
            shutil.copy(f"{file}{end}", f"{broken}{end}")
        kept.engine.rollback()
    assert b"a half-written change" in broken.read_bytes()
    return broken


@pytest.mark.parametrize("write", [False, True])
def test_what_a_crash_left_half_written_is_undone(file, write):
    broken = left_by_a_crash(file)
    with store(broken, write=write) as kept:
        found = list(incidents.listed(kept.engine, {}))
        assert list(verify(kept.engine)) == []
    assert [one["outcome"] for one in found] == [None] * 30


def test_a_store_that_a_crash_left_is_looked_through(file):
    broken = left_by_a_crash(file)
    with store(file) as kept:
        root = next(kept.engine.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'measure'"))[0]
    for path in (broken, file):  # the page is in the file alone, no journal undoes it
        with path.open("r+b") as stream:
            stream.seek((root - 1) * 4096 + 8)
            stream.write(b"\xff" * 40)
    with store(file, write=False):  # after a clean end nothing is looked through
        pass
    assert refusal(broken, write=False) == "store_damaged"


def cuts(tmp_path: Path, mode: str, count: int) -> list[str]:
    """How simulated power cuts ended: whole, lost or damaged."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    folder, chance = tmp_path / "traced", random.Random(2026)
    folder.mkdir(mode=0o700)
    events = power.record(folder, mode, 40)
    if not events:
        pytest.skip("strace may not trace here")
    assert sum(event.kind == "ack" for event in events) == 40
    return [after(tmp_path / f"cut-{number}", events, chance) for number in range(count)]


def after(folder: Path, events: list[power.Event], chance: random.Random) -> str:
    files, acknowledged = power.after_a_cut(events, chance.randint(0, len(events)), chance)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        with store(folder / "records.db") as kept:
            there = {row[0] for row in kept.engine.rows("SELECT id FROM incident")}
            return "lost" if acknowledged - there else "damaged" if list(verify(kept.engine)) else "whole"
    except StorageError:
        return "damaged"


def test_no_power_cut_loses_what_was_acknowledged(tmp_path):
    assert set(cuts(tmp_path, "durable", CUTS)) == {"whole"}


@pytest.mark.parametrize("mode", ["wal-normal", "delete-full"])
def test_the_simulated_power_cut_loses_what_other_settings_do_not_keep(tmp_path, mode):
    assert cuts(tmp_path, mode, 60).count("lost") > 6


def test_the_simulated_power_cut_finds_no_fault_with_another_durable_setting(tmp_path):
    assert set(cuts(tmp_path, "wal-full", 60)) == {"whole"}


@pytest.fixture
def grow(monkeypatch):
    """Makes clientcoach a version newer, whose migration is the statements given."""
    return lambda *statements: monkeypatch.setattr(sqlite, "MIGRATIONS", (*MIGRATIONS, statements))


def test_an_older_store_is_copied_then_grows(file, grow):
    made = fill(file, 3)
    grow("CREATE TABLE more (a TEXT) {strict}", "INSERT INTO more (a) VALUES ('new')")
    with store(file) as kept:
        assert kept.engine.version() == len(MIGRATIONS) + 1
        assert list(kept.engine.rows("SELECT a FROM more")) == [("new",)]
    assert saved(file) == {one["id"] for one in made}
    copy = file.parent / f"records.db.before-{len(MIGRATIONS) + 1}"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert saved(copy) == saved(file)
    assert sorted(path.name for path in file.parent.iterdir() if path.stat().st_size) == ["records.db", copy.name]


def test_an_older_store_is_read_as_it_is(file, grow):
    fill(file, 3)
    grow("CREATE TABLE more (a TEXT) {strict}")
    with store(file, write=False) as kept:
        assert kept.engine.version() == len(MIGRATIONS)
        assert len(list(incidents.listed(kept.engine, {}))) == 3


def test_a_growth_that_fails_never_was(file, grow, monkeypatch):
    made = fill(file, 3)
    grow("CREATE TABLE more (a TEXT) {strict}", "INSERT INTO nowhere (a) VALUES ('new')")
    assert refusal(file, write=True) == "store_damaged"
    monkeypatch.undo()
    with store(file) as kept:
        assert kept.engine.version() == len(MIGRATIONS)
        assert list(kept.engine.rows("SELECT name FROM sqlite_schema WHERE name = 'more'")) == []
    assert saved(file) == {one["id"] for one in made}
