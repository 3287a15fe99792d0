"""`--jobs`: a stream in several processes. Pieces of whole lines go out, their answers come back in order, as from one process.

A process that dies costs time and never a line: its piece is then done here. Nothing is kept but the few pieces on their way.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections import deque
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from clientcoach.case.read import whole
from clientcoach.commands import Result
from clientcoach.commands.session import Session
from clientcoach.commands.stream import FEW_RINGS, answers
from clientcoach.env import Env
from clientcoach.ndjson import MAX_LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from typing import BinaryIO

CONTEXT: Any = get_context("fork" if sys.platform == "linux" else "spawn")  # a copy has read its playbooks already
PIECE = 1 << 16  # bytes: some hundred messages
AHEAD = 2  # pieces on their way for each process
MOST = 64  # processes


class Piece(NamedTuple):
    """Whole lines of a stream, the number of the first, and the byte after the last."""

    lines: bytes
    first: int
    end: int


class Task(NamedTuple):
    """What is done with lines: a verb, what was typed with it, the variables it was typed under. Plain data, for any process."""

    verb: str
    values: dict[str, Any]
    variables: dict[str, str]


class Done(NamedTuple):
    """The answers to a piece, the exit code they come to, and what was not written in the worker's language."""

    text: str
    exit_code: int
    unwritten: dict[str, str] | None


class Workers(Protocol):
    """Whoever does pieces: processes of this machine, or a cluster."""

    ahead: int

    def begin(self, piece: Piece) -> Any:
        """Sends a piece on its way; what comes back is given to `end`."""

    def ready(self, begun: Any) -> bool:
        """Whether `end` would not wait."""

    def end(self, piece: Piece, begun: Any) -> Done:
        """The answers to a piece."""


def many(session: Session, verb: str, source: BinaryIO, result: Result) -> Iterator[str]:
    """The answers to a stream, piece by piece. Raises UsageError."""
    jobs = whole("jobs", session.values["jobs"], 1, MOST)
    return _told(session, verb, source, result, jobs)


def _told(session: Session, verb: str, source: BinaryIO, result: Result, jobs: int) -> Iterator[str]:
    with Processes(task(session, verb), jobs) as workers:
        for _, done in in_order(workers, pieces(source)):
            result.exit_code = max(result.exit_code, done.exit_code)
            session.unwritten = done.unwritten or session.unwritten
            yield done.text


def task(session: Session, verb: str) -> Task:
    """What the workers are told to do."""
    return Task(verb, {name: value for name, value in session.values.items() if name != "jobs"}, dict(session.env.variables))


def pieces(source: BinaryIO, start: int = 0, first: int = 1) -> Iterator[Piece]:
    """A source cut after line ends; of a line that is too long only so much is kept that it is seen to be. `start`: bytes read before."""
    read = getattr(source, "read1", source.read)  # what is there already need not wait for more
    rest, done = b"", 0  # the line that has begun, and its bytes that were seen and not kept
    while data := read(PIECE):
        lines, end, begun = data.rpartition(b"\n")
        if not end:
            kept = (rest + data)[: MAX_LINE + 2]
            done += len(rest) + len(data) - len(kept)
            rest = kept
            continue
        head, line_end, more = (lines + end).partition(b"\n")
        whole_lines = (rest + head)[: MAX_LINE + 2] + line_end + more
        start += done + len(rest) + len(lines) + 1
        yield Piece(whole_lines, first, start)
        first += whole_lines.count(b"\n")
        rest, done = begun, 0
    if rest:
        yield Piece(rest, first, start + done + len(rest))


def in_order(workers: Workers, given: Iterable[Piece]) -> Iterator[tuple[Piece, Done]]:
    """The answers to pieces in their order, with never more than `workers.ahead` pieces on their way."""
    begun: deque[tuple[Piece, Any]] = deque()
    for piece in given:
        begun.append((piece, workers.begin(piece)))
        while begun and (len(begun) >= workers.ahead or workers.ready(begun[0][1])):
            yield begun[0][0], workers.end(*begun.popleft())
    while begun:
        yield begun[0][0], workers.end(*begun.popleft())


_answering: dict[str, tuple[Session, Callable[[Mapping[str, Any]], dict[str, Any]]]] = {}


def work(task: Task, lines: bytes, first: int) -> Done:
    """The answers to whole lines. What a task needs is read once in each process."""
    session, answer = prepare(task)
    result = Result("stream", None)
    text = "".join(answers(session, io.BytesIO(lines), result, answer, first))
    return Done(text, result.exit_code, session.unwritten)


def prepare(task: Task) -> tuple[Session, Callable[[Mapping[str, Any]], dict[str, Any]]]:
    """What answers the lines of a task; the last task's is kept."""
    key = repr(task)
    if key not in _answering:
        _answering.clear()
        session = Session(task.values, Env(task.variables, None, None, None))
        _answering[key] = session, _answer(task.verb, session)
    return _answering[key]


def _answer(verb: str, session: Session) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    if verb == "triage":
        from clientcoach.commands.triage import Triager

        return Triager(session).line
    from clientcoach.commands.check import Drafts

    return Drafts(session).line


class Processes:
    """Workers that are processes of this machine, each on a pipe of its own: of one that dies only its piece is lost, and done here.

    By hand: the pools of the standard library share one queue, and a process that is killed while it holds it stops all of them.
    """

    def __init__(self, task: Task, jobs: int) -> None:
        self.task, self.ahead = task, jobs * AHEAD
        self.idle: list[Connection] = []
        self.busy: dict[Connection, int] = {}  # the first line of the piece each is at
        self.done: dict[int, Done | None] = {}  # by first line; None: lost
        prepare(task)  # once for all: the processes begin as copies where the system can do so safely
        self.children = [self._child() for _ in range(jobs)]

    def _child(self) -> BaseProcess:
        here, there = CONTEXT.Pipe()
        self.idle.append(here)
        child: BaseProcess = CONTEXT.Process(target=_serve, args=(there, self.task, self.idle), daemon=True)
        child.start()
        there.close()
        return child

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for line in (*self.idle, *self.busy):
            line.close()
        for child in self.children:
            child.terminate()  # whatever it is still at, nobody waits for
            child.join()

    def begin(self, piece: Piece) -> int:
        while self.idle or self.busy:
            if not self.idle:
                self._collect(None)
                continue
            line = self.idle.pop()
            try:
                line.send((piece.lines, piece.first))
            except OSError:  # it died while it was idle
                line.close()
                continue
            self.busy[line] = piece.first
            return piece.first
        self.done[piece.first] = None
        return piece.first

    def ready(self, begun: int) -> bool:
        self._collect(0)
        return begun in self.done

    def end(self, piece: Piece, begun: int) -> Done:
        while begun not in self.done:
            self._collect(None)
        return self.done.pop(begun) or work(self.task, piece.lines, piece.first)

    def _collect(self, timeout: float | None) -> None:
        """Takes the answers that are there; with no timeout it waits for the next one."""
        answered: list[Any] = wait(list(self.busy), timeout)
        for line in answered:
            first = self.busy.pop(line)
            try:
                self.done[first] = line.recv()
                self.idle.append(line)
            except (EOFError, OSError):  # killed
                self.done[first] = None
                line.close()


def _serve(line: Connection, task: Task, others: Iterable[Connection]) -> None:
    """A process: pieces in, answers out, until the first process closes the pipe or is gone. Ctrl-C is told to that one alone.

    `others`: the first one's ends of all pipes, which came along and would keep them open.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.set_threshold(FEW_RINGS)
    for other in others:
        other.close()
    try:
        while True:
            line.send(work(task, *line.recv()))
    finally:  # whatever it was, the first process does the piece itself and tells of it; nothing that was copied may be written here
        os._exit(0)
