"""`--jobs`: the bytes of one process from several, whatever stands in the lines and whoever is killed."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.commands import jobs, triage
from clientcoach.content import library
from clientcoach.ndjson import MAX_LINE, objects
from tests.support import ndjson, validate

if TYPE_CHECKING:
    from tests.support import Place

TEXTS = (
    "Third day without my parcel!!! I will go to court",
    "Посылка девятый день лежит на складе, вы меня обманули",
    "Dziękuję, wszystko przyszło",
    "Тауарым бұзылған, ақшамды қайтарыңыз",
)
BAD: tuple[Any, ...] = (
    b"{",
    b'{"text": 5}',
    b"\xff",
    b"",
    b'{"text": "a", "text": "b"}',
    b"[" * 20_000,
    {"lang": "xx", "text": "no"},
    {"id": [], "text": ""},
)


def lines(count: int) -> bytes:
    """Messages with a bad line after every tenth."""
    found: list[Any] = []
    for number in range(count):
        found.append({"id": number, "text": f"{TEXTS[number % len(TEXTS)]} {number}"})
        if number % 10 == 9:
            found.append(BAD[number // 10 % len(BAD)])
    return ndjson(found)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a few lines, so that a few hundred lines are many of them."""
    monkeypatch.setattr(jobs, "PIECE", 2_000)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("verb", ["triage", "check"])
def test_two_jobs_answer_as_one(at: Place, verb: str) -> None:
    given = lines(200)
    one, two = at.run(verb, "--stream", stdin=given), at.run(verb, "--stream", "--jobs", "2", stdin=given)
    assert (two.code, two.out) == (one.code, one.out)
    assert one.code == 1
    assert one.out.count("\n") == 200 + 17  # an empty line has no answer
    for answer in one.events:
        validate(answer)


def test_a_killed_process_costs_no_line(at: Place, small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    given, begin, killed = lines(200), jobs.Processes.begin, []

    def begin_and_kill(self: jobs.Processes, piece: jobs.Piece) -> Any:
        begun = begin(self, piece)
        if len(killed) < 2 and piece.first > 40 * len(killed):
            killed.append(self.children[len(killed)].pid)
            os.kill(killed[-1], signal.SIGKILL)
        return begun

    monkeypatch.setattr(jobs.Processes, "begin", begin_and_kill)
    ran = at.run("triage", "--stream", "--jobs", "2", stdin=given)
    assert len(killed) == 2
    assert ran.out == at.run("triage", "--stream", stdin=given).out


def test_a_line_that_breaks_us_is_answered_and_the_rest_goes_on(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    line = triage.Triager.line

    def poisoned(self: triage.Triager, given: Any) -> Any:
        return 1 / 0 if given["text"] == "poison" else line(self, given)

    monkeypatch.setattr(triage.Triager, "line", poisoned)
    ran = at.run("triage", "--stream", stdin=ndjson([{"id": 1, "text": "poison"}, {"id": 2, "text": "late"}]))
    assert ran.code == 1
    assert [answer.get("error", {}).get("code") for answer in ran.events] == ["internal", None]
    assert "ZeroDivisionError" in ran.events[0]["error"]["message"]
    validate(ran.events[0])


@pytest.mark.parametrize("count", ["0", "65", "two", "-1", "1.5"])
def test_a_number_of_jobs_that_cannot_be(at: Place, count: str) -> None:
    ran = at.run("triage", "--stream", f"--jobs={count}", stdin=b'{"text": "late"}')
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_pieces_are_the_whole_source_cut_after_lines(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(jobs, "PIECE", size)
    for data in (b"", b"a", b"a\n", b"\n\na\n\nbb\nccc", b"x" * 3000 + b"\n" + b"y\n" * 90):
        found = list(jobs.pieces(io.BytesIO(data)))
        assert b"".join(piece.lines for piece in found) == data
        assert [piece.first for piece in found] == [
            1 + data[: data.find(piece.lines, before)].count(b"\n")
            for piece, before in zip(found, [0, *(one.end for one in found)], strict=False)
        ]
        assert [piece.end for piece in found] == [sum(len(one.lines) for one in found[: place + 1]) for place in range(len(found))]
        assert all(piece.lines.endswith(b"\n") for piece in found[:-1])


@pytest.mark.parametrize("end", [b"", b"\n", b"\n{}\n{}"])
def test_a_line_without_end_is_not_kept(end: bytes) -> None:
    data = b"{}\n" + b"x" * (5 * MAX_LINE) + end
    found = list(jobs.pieces(io.BytesIO(data)))
    assert max(len(piece.lines) for piece in found) < MAX_LINE + jobs.PIECE + 10
    assert found[-1].end == len(data)
    cut = [(number, type(one).__name__) for piece in found for number, one in objects(io.BytesIO(piece.lines), "-", piece.first)]
    assert cut == [(number, type(one).__name__) for number, one in objects(io.BytesIO(data), "-")]


@pytest.mark.parametrize(("extra", "over"), [(0, False), (1, True)])
def test_the_longest_line_is_the_same_for_one_and_for_many(extra: int, over: bool) -> None:
    data = b'{"text": "' + b"x" * (MAX_LINE - 12 + extra) + b'"}\n'
    for read in ([data], [piece.lines for piece in jobs.pieces(io.BytesIO(data))]):
        assert [isinstance(one, Exception) for part in read for _, one in objects(io.BytesIO(part), "-")] == [over]


def test_no_more_pieces_are_on_their_way_than_may_be() -> None:
    class Counting:
        ahead = 3

        def __init__(self) -> None:
            self.going = self.most = 0

        def begin(self, piece: jobs.Piece) -> int:
            self.going += 1
            self.most = max(self.most, self.going)
            return piece.first

        def ready(self, begun: int) -> bool:
            return False

        def end(self, piece: jobs.Piece, begun: int) -> jobs.Done:
            self.going -= 1
            return jobs.Done(str(begun), 0, None)

    workers = Counting()
    told = [done.text for _, done in jobs.in_order(workers, (jobs.Piece(b"", number, 0) for number in range(20)))]
    assert told == [str(number) for number in range(20)]
    assert (workers.most, workers.going) == (3, 0)


def children(pid: int) -> list[str]:
    """The processes a process started."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return file.read().split()


def has_begun(pid: str) -> bool:
    """Whether a process leaves Ctrl-C to its parent already."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        ignored = next(int(line.split()[1], 16) for line in file if line.startswith("SigIgn"))
    return bool(ignored & 1 << signal.SIGINT - 1)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_first(at: Place, sent: int) -> None:
    command = [sys.executable, "-m", "clientcoach", "triage", "--stream", "--jobs", "2"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=at.environment(), cwd=at.cwd
    ) as ran:
        assert ran.stdin and ran.stderr
        ran.stdin.write(lines(20))
        ran.stdin.flush()
        until = time.monotonic() + 20
        while not any(map(has_begun, begun := children(ran.pid))) and time.monotonic() < until:
            time.sleep(0.02)
        ran.send_signal(sent)
        ran.wait(20)
        told = ran.stderr.read().decode()
    while any(os.path.exists(f"/proc/{pid}") for pid in begun) and time.monotonic() < until:
        time.sleep(0.02)
    assert begun and not any(os.path.exists(f"/proc/{pid}") for pid in begun)
    assert "Traceback" not in told


def test_importing_clientcoach_costs_nothing_and_its_functions_can_be_pickled(at: Place) -> None:
    script = """
import sys, clientcoach
assert not [name for name in sys.modules if name.startswith("clientcoach.")]
import json, pickle
from concurrent.futures import ProcessPoolExecutor
triage, check = pickle.loads(pickle.dumps((clientcoach.triage, clientcoach.check)))
if __name__ == "__main__":
    with ProcessPoolExecutor(1) as pool:
        print(json.dumps([pool.submit(triage, "Third day late!").result(), triage("Third day late!"), check("Calm down.", {"order": "4471"}, disable=["too-long"])]))
"""
    (at.cwd / "script.py").write_text(script)
    ran = subprocess.run(
        [sys.executable, "script.py"],
        env={**at.environment(), "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=at.cwd,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    there, here, checked = json.loads(ran.stdout)
    assert there == here == at.run("triage", "--json", "Third day late!").json
    printed = at.run("check", "--json", "--order", "4471", "--disable", "too-long", stdin="Calm down.").json
    assert checked == {name: value for name, value in printed.items() if name in checked}
    assert any(finding["text"].lower().startswith("calm") for finding in checked["findings"])


def test_a_stream_reads_its_rules_once(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    read, asked = library.rules, []
    monkeypatch.setattr(library, "rules", lambda places, lang: (asked.append(lang), read(places, lang))[1])
    ran = at.run("check", "--stream", stdin=ndjson([{"text": f"Calm down, number {number}.", "lang": "en"} for number in range(30)]))
    assert all(answer["findings"] for answer in ran.events)
    assert asked == ["en"]
