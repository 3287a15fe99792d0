"""The journal: readable by nobody else, whole whatever breaks off, offered only when its call is dead, gone at the end."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.records import journal as module
from clientcoach.records.journal import Journal, broken_off
from tests.support import ROOT, do

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clientcoach.coach.call import Call
    from tests.support import Place

CASE = {"cause": "delivery"}
DAY = 24 * 3600


@pytest.fixture
def folder(at: Place) -> Path:
    return at.home / "clientcoach"


class Desk:
    """Calls with their journals; `die` is what the end of a process does to its open files."""

    def __init__(self, at: Place, folder: Path) -> None:
        self.at, self.folder = at, folder
        self.journals: list[Journal] = []

    def start(self, folder: Path | None = None, broken: Any = None) -> Journal:
        journal = Journal(str(folder or self.folder), self.at.call(CASE), broken)
        self.journals.append(journal)
        journal.write()
        return journal

    def die(self, journal: Journal) -> Path:
        os.close(journal.descriptor)
        journal.descriptor = -1
        return self.folder / os.path.basename(journal.path or "")

    def broken(self) -> list[tuple[str, dict[str, Any]]]:
        return broken_off(str(self.folder))


@pytest.fixture
def desk(at: Place, folder: Path) -> Iterator[Desk]:
    made = Desk(at, folder)
    yield made
    for journal in made.journals:
        if journal.descriptor >= 0:
            made.die(journal)


def place(state: dict[str, Any]) -> tuple[str, str, str]:
    return state["step"], state["part"], state["phrase"]


def now(call: Call) -> tuple[str, str, str | None]:
    return call.step_name(), call.part, call.phrase and call.phrase["id"]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def files(folder: Path) -> list[str]:
    return sorted(os.listdir(folder)) if folder.is_dir() else []


# whose it is ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_the_folder_is_0700_and_the_file_0600_whatever_the_umask(desk: Desk, mask: int) -> None:
    before = os.umask(mask)
    try:
        desk.start()
    finally:
        os.umask(before)
    (name,) = files(desk.folder)
    assert (mode(desk.folder), mode(desk.folder / name)) == (0o700, 0o600)


def untrusted_link(folder: Path, _patch: pytest.MonkeyPatch) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    folder.symlink_to(elsewhere)


def untrusted_group(folder: Path, _patch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    folder.chmod(0o750)


def untrusted_others(folder: Path, _patch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    folder.chmod(0o701)


def untrusted_owner(folder: Path, patch: pytest.MonkeyPatch) -> None:
    folder.mkdir(mode=0o700)
    patch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)


def untrusted_file(folder: Path, _patch: pytest.MonkeyPatch) -> None:
    folder.write_text("not a folder")


def untrusted_nowhere(folder: Path, _patch: pytest.MonkeyPatch) -> None:
    folder.symlink_to(folder.parent / "nowhere")


UNTRUSTED = [untrusted_link, untrusted_group, untrusted_others, untrusted_owner, untrusted_file, untrusted_nowhere]


@pytest.mark.parametrize("distrust", UNTRUSTED)
def test_a_folder_that_cannot_be_trusted_makes_no_journal_and_no_error(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, distrust: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    distrust(desk.folder, monkeypatch)
    before = {path: path.stat().st_mtime_ns for path in desk.folder.parent.rglob("*") if path.exists()}
    journal = desk.start()
    do(journal.call, "next")
    journal.write()
    assert desk.broken() == []
    journal.remove()
    assert {path: path.stat().st_mtime_ns for path in desk.folder.parent.rglob("*") if path.exists()} == before


def test_journals_in_a_folder_that_has_become_readable_are_not_believed(desk: Desk) -> None:
    desk.die(desk.start())
    assert len(desk.broken()) == 1
    desk.folder.chmod(0o755)
    assert desk.broken() == []


def test_without_a_folder_there_is_no_journal_and_no_error(at: Place) -> None:
    journal = Journal(None, at.call(CASE))
    journal.write()
    journal.remove()
    assert broken_off(None) == []


@pytest.mark.parametrize("parent", ["/proc/nowhere", "/dev/null"])
def test_where_no_folder_can_be_made_there_is_no_journal_and_no_error(at: Place, parent: str) -> None:
    journal = Journal(f"{parent}/clientcoach", at.call(CASE))
    journal.write()
    journal.remove()
    assert broken_off(f"{parent}/clientcoach") == []


def test_a_planted_link_is_not_followed(desk: Desk) -> None:
    secret = desk.at.home / "secret"
    path = desk.die(desk.start())
    secret.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(secret)
    before = secret.read_bytes()
    assert desk.broken() == []
    journal = desk.start(broken=(str(path), {"started": 0.0}))
    do(journal.call, "next")
    journal.write()
    journal.remove()
    assert secret.read_bytes() == before


# what is in it ----------------------------------------------------------------------------------------------------------------


def test_the_last_step_is_what_is_kept(desk: Desk) -> None:
    journal = desk.start()
    for _ in range(5):
        do(journal.call, "next")
        journal.write()
    desk.die(journal)
    ((path, state),) = desk.broken()
    assert os.path.basename(path) in files(desk.folder)
    assert place(state) == now(journal.call)
    assert state["time"] == "10:00"


def test_a_journal_tells_when_its_call_began(desk: Desk) -> None:
    before = time.time()
    journal = desk.start()
    after = time.time()
    journal.write()
    desk.die(journal)
    assert before <= desk.broken()[0][1]["started"] <= after


def test_a_call_that_never_began_leaves_no_file(desk: Desk) -> None:
    Journal(str(desk.folder), desk.at.call(CASE))
    assert files(desk.folder) == []


def test_a_line_cut_short_anywhere_leaves_the_state_before_it(desk: Desk) -> None:
    journal = desk.start()
    do(journal.call, "next")
    journal.write()
    first = now(journal.call)
    path = desk.die(journal)
    whole = len(path.read_bytes())
    journal = desk.start(broken=(str(path), {"started": 0.0}))
    do(journal.call, "next", "next")
    journal.write()
    desk.die(journal)
    data = path.read_bytes()
    end = data.rindex(b"\n", 0, len(data) - 1) + 1
    assert end >= whole
    before = json.loads(data[:end].splitlines()[-1])
    for cut in range(end, len(data)):
        path.write_bytes(data[:cut])
        ((_, state),) = desk.broken()
        assert place(state) == place(before)
    path.write_bytes(data)
    assert place(desk.broken()[0][1]) == now(journal.call) != first


def test_a_line_torn_in_the_middle_of_the_file_costs_only_itself(desk: Desk) -> None:
    journal = desk.start()
    os.write(journal.descriptor, b'{"playbook": "angry-cust')
    do(journal.call, "next")
    journal.write()
    do(journal.call, "next")
    journal.write()
    desk.die(journal)
    assert place(desk.broken()[0][1]) == now(journal.call)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\n\n\n",
        b"not json\n",
        b"[1, 2]\n",
        b"null\n",
        b"5\n",
        b"{",
        b"\xff\xfe\n",
        b"[" * 5000 + b"\n",
        b"\0" * 4096,
        b'"a"\n',
    ],
    ids=range(12),
)
def test_a_file_that_is_no_journal_is_passed_over(desk: Desk, data: bytes) -> None:
    good = desk.die(desk.start())
    (desk.folder / "call-1-1.ndjson").write_bytes(data)
    assert [path for path, _ in desk.broken()] == [str(good)]


def test_other_things_in_the_folder_are_left_alone(desk: Desk) -> None:
    desk.die(desk.start())
    (desk.folder / "notes.txt").write_text('{"playbook": "x"}\n')
    (desk.folder / "call-folder.ndjson").mkdir()
    os.mkfifo(desk.folder / "call-pipe.ndjson")
    assert len(desk.broken()) == 1
    assert {"notes.txt", "call-folder.ndjson", "call-pipe.ndjson"} <= set(files(desk.folder))


def test_a_very_long_call_is_kept_to_its_last_step(desk: Desk) -> None:
    journal = desk.start()
    while os.fstat(journal.descriptor).st_size < module.MAX_SIZE:
        os.write(journal.descriptor, (json.dumps({"step": "long ago"}) + "\n").encode() * 10000)
    do(journal.call, "next", "next")
    journal.write()
    desk.die(journal)
    assert desk.broken()[0][1].get("part") == journal.call.part


# whose call goes on -----------------------------------------------------------------------------------------------------------


def test_of_several_calls_only_the_dead_one_is_offered(desk: Desk) -> None:
    one, two, three = desk.start(), desk.start(), desk.start()
    assert desk.broken() == []
    path = desk.die(two)
    assert [found for found, _ in desk.broken()] == [str(path)]
    one.write()
    three.write()
    assert [found for found, _ in desk.broken()] == [str(path)]


def test_the_newest_comes_first(desk: Desk) -> None:
    paths = [desk.die(desk.start()) for _ in range(3)]
    for age, path in zip((50, 10, 30), paths, strict=True):
        os.utime(path, (time.time() - age, time.time() - age))
    assert [found for found, _ in desk.broken()] == [str(paths[place]) for place in (1, 2, 0)]


def test_what_is_older_than_a_day_is_removed(desk: Desk) -> None:
    old, young = desk.die(desk.start()), desk.die(desk.start())
    for path, age in ((old, DAY + 60), (young, DAY - 60)):
        os.utime(path, (time.time() - age, time.time() - age))
    assert [found for found, _ in desk.broken()] == [str(young)]
    assert files(desk.folder) == [young.name]


def test_an_old_journal_that_is_still_written_stays(desk: Desk) -> None:
    journal = desk.start()
    path = journal.path or ""
    os.utime(path, (time.time() - 2 * DAY, time.time() - 2 * DAY))
    assert desk.broken() == []
    assert os.path.exists(path)


def test_at_the_end_the_file_is_gone(desk: Desk) -> None:
    journal, other = desk.start(), desk.start()
    journal.remove()
    assert files(desk.folder) == [os.path.basename(other.path or "")]
    journal.write()
    journal.remove()
    assert files(desk.folder) == [os.path.basename(other.path or "")]


def test_a_resumed_call_goes_on_in_the_same_file_and_takes_it_away_at_the_end(desk: Desk) -> None:
    path = desk.die(desk.start())
    journal = desk.start(broken=desk.broken()[0])
    assert files(desk.folder) == [path.name]
    assert desk.broken() == [], "it goes on"
    journal.remove()
    assert files(desk.folder) == []


def test_a_resumed_call_keeps_the_time_it_began(desk: Desk) -> None:
    first = desk.start()
    desk.die(first)
    again = desk.start(broken=desk.broken()[0])
    assert again.started == first.started
    desk.die(again)
    assert desk.broken()[0][1]["started"] == first.started


@pytest.mark.parametrize("began", [None, "gone", -5, 0, [], 9e18])
def test_a_beginning_that_cannot_be_true_is_now(desk: Desk, began: Any) -> None:
    before = time.time()
    journal = desk.start(broken=(str(desk.die(desk.start())), {"started": began}))
    assert before <= journal.started <= time.time()


def test_two_who_resume_the_same_call_do_not_write_into_one_file(desk: Desk) -> None:
    path = desk.die(desk.start())
    found = desk.broken()[0]
    one = desk.start(broken=found)
    two = desk.start(broken=found)
    do(one.call, "next")
    do(two.call, "next", "next", "next")
    one.write()
    two.write()
    assert place(json.loads(path.read_text().splitlines()[-1])) == now(one.call)
    two.remove()
    assert path.exists(), "the other still needs it"


def test_a_file_that_vanishes_while_it_is_looked_at_disturbs_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.die(desk.start())
    real = module._state

    def taken_away(data: bytes) -> dict[str, Any] | None:
        path.unlink(missing_ok=True)
        return real(data)

    monkeypatch.setattr(module, "_state", taken_away)
    assert len(desk.broken()) <= 1


# a disk that is full ----------------------------------------------------------------------------------------------------------


def test_a_descriptor_that_is_gone_does_not_disturb_the_call(desk: Desk) -> None:
    journal = desk.start()
    os.close(journal.descriptor)
    do(journal.call, "next")
    journal.write()
    do(journal.call, "next")
    journal.write()
    journal.descriptor = -1


def full(journal: Journal) -> None:
    device = os.open("/dev/full", os.O_WRONLY)
    os.dup2(device, journal.descriptor)
    os.close(device)


def test_a_full_disk_does_not_disturb_the_call(desk: Desk) -> None:
    journal = desk.start()
    full(journal)
    for _ in range(3):
        do(journal.call, "next")
        journal.write()
    assert now(journal.call)[1] != "open"


def test_a_journal_on_a_full_disk_is_gone_at_the_end_all_the_same(desk: Desk) -> None:
    journal = desk.start()
    full(journal)
    do(journal.call, "next")
    journal.write()
    journal.remove()
    assert files(desk.folder) == []


# processes --------------------------------------------------------------------------------------------------------------------

WRITER = """
import os, resource, sys
from pathlib import Path
from clientcoach.records.journal import Journal
from tests.support import Place, do

home, cache, limit = sys.argv[1:]
journal = Journal(str(Path(home) / "clientcoach"), Place(Path(home), Path(cache)).call({"cause": "delivery"}))
journal.write()
print(os.path.basename(journal.path), flush=True)
if limit == "pause":
    sys.stdin.read()
elif int(limit):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), hard))
    for _ in range(40):
        do(journal.call, "another")
        journal.write()
    print(journal.call.line()["part"], os.path.getsize(journal.path), flush=True)
else:
    while True:
        do(journal.call, "another", "next", "back")
        journal.write()
"""


@pytest.fixture
def writer(desk: Desk) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    children: list[subprocess.Popen[str]] = []

    def start(limit: str = "0") -> subprocess.Popen[str]:
        at = desk.at
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(at.home), str(at.cache), limit],
            cwd=ROOT,
            env=at.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        return child

    yield start
    for child in children:
        child.kill()
        child.communicate()


def name_of(child: subprocess.Popen[str]) -> str:
    assert child.stdout
    return child.stdout.readline().strip()


def grown(path: Path, size: int) -> None:
    for _ in range(2000):
        if path.stat().st_size > size:
            return
        time.sleep(0.005)
    raise AssertionError("nothing is written")


def test_processes_do_not_mix_and_the_killed_ones_are_offered_whole(desk: Desk, writer: Callable[..., subprocess.Popen[str]]) -> None:
    children = [writer() for _ in range(3)]
    paths = [desk.folder / name_of(child) for child in children]
    assert len(set(paths)) == 3
    for path in paths:
        grown(path, 20000)
    assert desk.broken() == []
    for killed, child in enumerate(children, 1):
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        found = desk.broken()
        assert {path for path, _ in found} == {str(path) for path in paths[:killed]}
        for _, state in found:
            assert place(state)[:2] == ("listen", "open")
            assert state["playbook"] == "angry-customer"


def test_killed_in_the_middle_of_writing_the_last_whole_state_is_there(desk: Desk, writer: Callable[..., subprocess.Popen[str]]) -> None:
    for size in (1, 3000, 9000):
        child = writer()
        path = desk.folder / name_of(child)
        grown(path, size)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        states = dict(desk.broken())
        assert states[str(path)]["step"] == "listen"
        for line in path.read_bytes().split(b"\n")[:-1]:
            assert json.loads(line)["step"] == "listen"


@pytest.mark.parametrize("limit", ["1000", "2500", "5000"])
def test_a_disk_that_fills_up_leaves_the_last_state_that_fitted(
    desk: Desk, writer: Callable[..., subprocess.Popen[str]], limit: str
) -> None:
    child = writer(limit)
    out, _ = child.communicate(timeout=60)
    name, told = out.splitlines()
    assert (child.returncode, told.split()[0]) == (0, "open")
    path = desk.folder / name
    assert path.stat().st_size <= int(limit)
    ((_, state),) = desk.broken()
    assert place(state)[:2] == ("listen", "open")
    assert state == json.loads(path.read_bytes().split(b"\n")[-2])


def test_a_process_that_waits_holds_its_journal(desk: Desk, writer: Callable[..., subprocess.Popen[str]]) -> None:
    child = writer("pause")
    name = name_of(child)
    assert desk.broken() == []
    child.communicate("")
    assert [os.path.basename(path) for path, _ in desk.broken()] == [name]
