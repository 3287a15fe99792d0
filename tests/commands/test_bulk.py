"""`bulk`: a whole file on processes of this machine and on a Dask cluster; killed workers, late ones, a scheduler that dies, runs that go on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.commands import bulk, cluster, jobs
from clientcoach.errors import UsageError
from tests.commands.test_jobs import lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support import Place

HOST = "127.0.0.1"


class Machines:
    """A scheduler and its workers, as processes of this machine."""

    def __init__(self, at: Place) -> None:
        self.at, self.running = at, []
        self.file = at.home / "scheduler.json"
        self.scheduler = self.start("dask_scheduler", "--host", HOST, "--port", "0", "--no-dashboard", "--scheduler-file", str(self.file))
        until = time.monotonic() + 20
        while not (self.file.exists() and self.file.read_text().endswith("}")) and time.monotonic() < until:
            time.sleep(0.02)
        self.address = json.loads(self.file.read_text())["address"]

    def start(self, program: str, *words: str) -> subprocess.Popen[bytes]:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        env = {**self.at.environment(), "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-m", f"distributed.cli.{program}", *words]
        self.running.append(subprocess.Popen(command, env=env, cwd=self.at.cwd, **quiet))
        return self.running[-1]

    def worker(self) -> subprocess.Popen[bytes]:
        return self.start("dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")

    def end(self) -> None:
        for process in self.running[::-1]:
            process.kill()
            process.wait()


@contextmanager
def machines(at: Place) -> Iterator[Machines]:
    found = Machines(at)
    try:
        yield found
    finally:
        found.end()


@pytest.fixture
def given(at: Place, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(jobs, "PIECE", 2_000)
    path = at.cwd / "in.ndjson"
    path.write_bytes(lines(200))
    return path


def expected(at: Place, given: Path) -> str:
    return at.run("triage", "--stream", stdin=given.read_bytes()).out


def after(monkeypatch: pytest.MonkeyPatch, workers: type, count: int, act: Any) -> None:
    """Does something once, when so many pieces are on their way or done."""
    begin, seen = workers.begin, []

    def begun(self: Any, piece: jobs.Piece) -> Any:
        seen.append(piece)
        found = begin(self, piece)
        if len(seen) == count:
            act()
        return found

    monkeypatch.setattr(workers, "begin", begun)


def left(at: Place) -> list[str]:
    return sorted(path.name for path in at.cwd.iterdir() if path.name.startswith("out"))


@pytest.mark.parametrize("verb", ["triage", "check"])
def test_a_file_is_answered_as_a_stream_is(at: Place, given: Path, verb: str) -> None:
    ran = at.run("bulk", verb, str(given), str(at.cwd / "out.ndjson"), "--jobs", "2")
    stream = at.run(verb, "--stream", stdin=given.read_bytes())
    assert (ran.code, ran.out, ran.err) == (stream.code, "", "")
    assert (at.cwd / "out.ndjson").read_text() == stream.out
    assert left(at) == ["out.ndjson"]


class Stopped(Exception):
    pass


def test_a_run_that_broke_off_goes_on(at: Place, given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, words = at.cwd / "out.ndjson", ["bulk", "triage", str(given), str(at.cwd / "out.ndjson"), "--jobs", "1"]

    def stop() -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        after(patch, jobs.Processes, 6, stop)
        assert at.run(*words).code != 0
    assert left(at) == ["out.ndjson.part", "out.ndjson.state"]
    first: list[int] = []
    with monkeypatch.context() as patch:
        begin = jobs.Processes.begin
        patch.setattr(jobs.Processes, "begin", lambda self, piece: (first.append(piece.first), begin(self, piece))[1])
        assert at.run(*words).code == 1
    assert first[0] > 1
    assert out.read_text() == expected(at, given)
    assert left(at) == ["out.ndjson"]


@pytest.mark.parametrize("spoil", ["input", "state", "part"])
def test_what_belongs_to_another_run_is_not_taken(at: Place, given: Path, monkeypatch: pytest.MonkeyPatch, spoil: str) -> None:
    words = ["bulk", "triage", str(given), str(at.cwd / "out.ndjson"), "--jobs", "1"]

    def stop() -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        after(patch, jobs.Processes, 6, stop)
        at.run(*words)
    if spoil == "input":
        given.write_bytes(lines(40))
    elif spoil == "state":
        (at.cwd / "out.ndjson.state").write_text("{")
    else:
        (at.cwd / "out.ndjson.part").write_text("")
    at.run(*words)
    assert (at.cwd / "out.ndjson").read_text() == expected(at, given)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nowhere", "out"], 2), (["in.ndjson", "in.ndjson"], 2), (["-", "out"], 2), (["in.ndjson", "."], 6), (["in.ndjson", "no/out"], 6), (["in.ndjson", "out", "--jobs", "0"], 2),
        (["in.ndjson", "out", "--scheduler", "tcp://example.org:8786"], 2), (["in.ndjson", "out", "--scheduler", "x"], 2), (["in.ndjson", "out", "--scheduler", "tls://a:1", "--jobs", "2"], 2),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_before_anything(
    at: Place, given: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int
) -> None:
    monkeypatch.chdir(at.cwd)
    before = given.read_bytes()
    ran = at.run("bulk", "triage", *words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("error: ")
    assert given.read_bytes() == before
    assert "out" not in left(at)


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "tcp://[::1]:8786", "tcp://localhost:8786", "127.0.0.1:8786", "tls://example.org:8786"]
)
def test_addresses_that_are_safe(address: str) -> None:
    assert cluster.safe_address(address, insecure=False).endswith(address)


@pytest.mark.parametrize(
    "address",
    ["tcp://example.org:8786", "example.org:8786", "tcp://10.0.0.1:8786", "tcp://127.0.0.1.example.org:1", "tcp://localhost.example.org:1"],
)
def test_no_address_without_tls_on_another_machine(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        cluster.safe_address(address, insecure=False)
    assert caught.value.code == "insecure_scheduler"
    assert cluster.safe_address(address, insecure=True)


@pytest.mark.parametrize("address", ["", "tcp://", "tcp://a", "ucx://a:1", "tls://:1", "inproc://a:1", "a:b"])
def test_no_address_at_all(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        cluster.safe_address(address, insecure=True)
    assert caught.value.code == "bad_scheduler"


def test_a_cluster_loses_a_worker_gains_one_and_loses_its_scheduler(at: Place, given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, wanted = at.cwd / "out.ndjson", expected(at, given)
    with machines(at) as found:
        words = ["bulk", "triage", str(given), str(out), "--scheduler", found.address]
        workers = []
        with monkeypatch.context() as patch:  # nobody is there when it begins
            after(patch, cluster.Cluster, 1, lambda: workers.extend([found.worker(), found.worker()]))
            ran = at.run(*words)
        assert (ran.code, out.read_text()) == (1, wanted)
        out.unlink()
        with monkeypatch.context() as patch:
            after(patch, cluster.Cluster, 4, lambda: workers[0].send_signal(signal.SIGKILL))
            ran = at.run(*words)
        assert workers[0].wait() == -signal.SIGKILL
        assert (ran.code, out.read_text()) == (1, wanted)
        out.unlink()
        with monkeypatch.context() as patch:
            after(patch, cluster.Cluster, 6, found.scheduler.kill)
            ran = at.run(*words)
        assert (ran.code, ran.out) == (6, "")
        assert "is gone" in ran.err
        assert "Traceback" not in ran.err
        assert left(at) == ["out.ndjson.part", "out.ndjson.state"]
        assert at.run(*words).code == 6  # nobody answers there any more
    assert at.run(*words[:4], "--jobs", "1").code == 1  # and on this machine it goes on where it stopped
    assert out.read_text() == wanted
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("clientcoach")]


def test_a_worker_of_another_version_is_not_used() -> None:
    with pytest.raises(RuntimeError, match=r"0\.0\.0"):
        cluster.remote("0.0.0", jobs.Task("triage", {}, {}), b"", 1)


def test_the_state_tells_another_run(at: Place) -> None:
    path, part = at.cwd / "s", at.cwd / "p"
    part.write_text("12345")
    state = bulk.State(str(path), "one")
    state.read, state.line, state.written = 10, 2, 5
    state.save()
    for of, read in (("one", 10), ("other", 0)):
        again = bulk.State(str(path), of)
        again.load(str(part))
        assert again.read == read


def test_gnu_parallel_does_it_too(at: Place, given: Path) -> None:
    stream = f"{sys.executable} -m clientcoach triage --stream"
    ran = subprocess.run(
        ["parallel", "--will-cite", "--pipe", "--keep-order", "--block", "4k", "-j", "2", stream],
        input=b"".join(line for line in given.read_bytes().splitlines(keepends=True) if line.startswith(b'{"id": ') and b"[]" not in line),
        env=at.environment(),
        cwd=at.cwd,
        capture_output=True,
        check=False,
        timeout=60,
    )
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == 0, ran.stderr.decode()
    assert told == [one for one in map(json.loads, expected(at, given).splitlines()) if "id" in one]
