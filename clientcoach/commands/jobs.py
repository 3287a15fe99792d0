"""`--jobs`: a stream in several processes. Pieces of whole lines go out, their answers come back in order, as from one process.

A process that dies costs time and never a line: its piece is then done here. Nothing is kept but the few pieces on their way.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from clientcoach.case.read import whole
from clientcoach.commands import Result
from clientcoach.commands.session import Session
from clientcoach.commands.stream import FEW_RINGS, answers
from clientcoach.env import Env
from clientcoach.ndjson import MAX_LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from typing import BinaryIO

PIECE = 1 << 18  # bytes: about 2,000 messages
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
    key = repr(task)
    if key not in _answering:
        _answering.clear()
        session = Session(task.values, Env(task.variables, None, None, None))
        _answering[key] = session, _answer(task.verb, session)
    session, answer = _answering[key]
    result = Result("stream", None)
    text = "".join(answers(session, io.BytesIO(lines), result, answer, first))
    return Done(text, result.exit_code, session.unwritten)


def _answer(verb: str, session: Session) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    if verb == "triage":
        from clientcoach.commands.triage import Triager

        return Triager(session).line
    from clientcoach.commands.check import Drafts

    return Drafts(session).line


class Processes:
    """Workers that are processes of this machine."""

    def __init__(self, task: Task, jobs: int) -> None:
        self.task, self.jobs, self.ahead = task, jobs, jobs * AHEAD
        self.pool = self._pool()

    def _pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn"), initializer=_begin)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)

    def begin(self, piece: Piece) -> Future[Done]:
        try:
            return self.pool.submit(work, self.task, piece.lines, piece.first)
        except (OSError, RuntimeError):  # broken, or breaking at this moment
            self.pool.shutdown(wait=False)
            self.pool = self._pool()
            return self.pool.submit(work, self.task, piece.lines, piece.first)

    def ready(self, begun: Future[Done]) -> bool:
        return begun.done()

    def end(self, piece: Piece, begun: Future[Done]) -> Done:
        try:
            return begun.result()
        except BrokenProcessPool:  # a process was killed, and the pieces of all of them with it
            return work(self.task, piece.lines, piece.first)


def _begin() -> None:
    """In each process: Ctrl-C is told to the first one, which ends the others; and none outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(FEW_RINGS)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
