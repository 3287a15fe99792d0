"""`bulk`: a whole file of messages, on all cores or on a cluster. OUT is there whole or not at all; a run that broke off goes on.

Beside OUT grows `OUT.part` with the answers so far, and `OUT.state` says how far they go; both are gone at the end.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from clientcoach import __version__, outfile, quickjson
from clientcoach.case.read import whole
from clientcoach.commands import Result
from clientcoach.commands.jobs import MOST, Processes, Task, in_order, pieces
from clientcoach.commands.session import Session
from clientcoach.errors import StorageError, UsageError
from clientcoach.views.messages import word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

    from clientcoach.commands.jobs import Workers
    from clientcoach.env import Env

PREFIX = "CLIENTCOACH_"


class State:
    """How far a run has come: bytes read, the next line's number, bytes written, the exit code so far; `of` tells which run it is."""

    def __init__(self, path: str, of: str) -> None:
        self.path, self.of = path, of
        self.read, self.line, self.written, self.exit_code = 0, 1, 0, 0

    def load(self, part: str) -> None:
        """Goes on where the same run broke off, as far as its answers are on the disk."""
        try:
            with open(self.path, encoding="utf-8") as file:
                of, *numbers = quickjson.loads(file.read())
            if of == self.of and os.path.getsize(part) >= numbers[2]:
                self.read, self.line, self.written, self.exit_code = map(int, numbers)
        except (OSError, ValueError, TypeError, IndexError):
            return

    def save(self) -> None:
        outfile.write(self.path, [quickjson.dumps([self.of, self.read, self.line, self.written, self.exit_code])])


def run_triage(values: Mapping[str, Any], env: Env) -> Result:
    """Readings of a file of messages."""
    return _bulk("triage", values, env)


def run_check(values: Mapping[str, Any], env: Env) -> Result:
    """Reports on a file of drafts."""
    return _bulk("check", values, env)


def _bulk(verb: str, values: Mapping[str, Any], env: Env) -> Result:
    session = Session(values, env)
    path, out = values["source"], values["out"]
    if path == "-" or os.path.realpath(path) == os.path.realpath(out):
        raise UsageError("bulk_files", value=path)
    if os.path.exists(out) and not os.path.isfile(out):
        raise StorageError("cannot_save", file=out, reason="not a regular file")
    given = {name: values[name] for name in ("lang", "ui") if name in values}
    with session.open(path) as source:
        size, changed = os.fstat(source.fileno()).st_size, os.fstat(source.fileno()).st_mtime_ns
        state = State(f"{out}.state", quickjson.dumps([__version__, verb, given, os.path.realpath(path), size, changed]))
        state.load(f"{out}.part")
        try:
            with _workers(Task(verb, given, _variables(session)), values) as workers:
                _go_on(session, workers, source, state, out, size)
        except OSError as error:
            raise StorageError("cannot_save", file=out, reason=os.strerror(error.errno or 0)) from error
    result = Result("plain", "", exit_code=state.exit_code)
    result.notes = lambda _style: session.warned()
    return result


def _variables(session: Session) -> dict[str, str]:
    """All of them for processes here; a cluster has its own, and gets ours that are about clientcoach."""
    found = session.env.variables
    return {name: value for name, value in found.items() if name.startswith(PREFIX) or not session.values.get("scheduler")}


def _workers(task: Task, values: Mapping[str, Any]) -> Any:
    if values.get("scheduler"):
        if values.get("jobs"):
            raise UsageError("not_together", names=["--scheduler", "--jobs"])
        from clientcoach.commands.cluster import Cluster, safe_address

        return Cluster(task, safe_address(values["scheduler"], insecure=bool(values.get("insecure"))))
    return Processes(task, whole("jobs", values["jobs"], 1, MOST) if values.get("jobs") else min(MOST, os.cpu_count() or 1))


def _go_on(session: Session, workers: Workers, source: BinaryIO, state: State, out: str, size: int) -> None:
    """Writes the answers that are missing, then gives the file its name."""
    part = f"{out}.part"
    source.seek(state.read)
    with open(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        file.truncate(state.written)
        file.seek(state.written)
        for piece, done in in_order(workers, pieces(source, state.read, state.line)):
            text = done.text.encode()
            file.write(text)
            file.flush()
            state.read, state.written, state.exit_code = piece.end, state.written + len(text), max(state.exit_code, done.exit_code)
            state.line = piece.first + piece.lines.count(b"\n")
            session.unwritten = done.unwritten or session.unwritten
            state.save()
            _progress(session, state.read, size)
        os.fsync(file.fileno())
    os.replace(part, os.path.realpath(out))
    if os.path.exists(state.path):
        os.unlink(state.path)


def _progress(session: Session, done: int, size: int) -> None:
    """How far it is, on a terminal that somebody watches; a log would fill with it."""
    if session.env.is_terminal("stderr") and session.env.stderr is not None:
        told = word(session.strings(session.ui()), "bulk.progress", percent=done * 100 // max(size, 1))
        session.env.stderr.write(f"\r{told}{chr(10) if done >= size else ''}")
        session.env.stderr.flush()
