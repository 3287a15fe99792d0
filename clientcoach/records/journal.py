"""The journal of a call or a drill that goes on: a line after each step, so that a crash or a closed window loses no place.

Gone at a normal end. Appended with one write each; a last line that a crash cut short is left out. The lock tells what goes on from
what broke off.
"""

from __future__ import annotations

import os
import time

from clientcoach import quickjson
from clientcoach.coach.resume import kept
from clientcoach.records.private import forget, is_ours, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from clientcoach.coach.call import Call

    Broken = tuple[str, dict[str, Any]]  # path, last state

KEPT_FOR = 24 * 3600  # seconds; nobody goes on with yesterday's call
CALLS, DRILLS = "call-", "drill-"
MAX_SIZE = 1 << 20  # bytes of a journal that are read: many times its last line


def _lock(descriptor: int) -> bool:
    """Whether nobody else holds the file. Without locks (Windows) nobody ever does."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class Trail:
    """A file of states in `folder` (mode 0700, the file 0600), whose name begins with `start`; `broken` is the one to go on with.

    A folder that cannot be trusted or written makes no file and no error.
    """

    def __init__(self, folder: str | None, state: Callable[[], dict[str, Any]], start: str, broken: Broken | None = None) -> None:
        self.state, self.start, self.folder, self.descriptor = state, start, folder, -1
        began = broken[1].get("started") if broken else None
        self.started = float(began) if isinstance(began, (int, float)) and 0 < began < time.time() else time.time()
        self.path = broken[0] if broken else None

    def _open(self) -> None:
        folder, self.folder = self.folder, None  # one try is enough
        if folder is None or not is_ours(folder):
            return
        if self.path is not None and self._take(self.path):
            return
        self.path = os.path.join(folder, f"{self.start}{os.getpid()}-{time.time_ns()}.ndjson")
        self._take(self.path)

    def _take(self, path: str) -> bool:
        """Opens the file; one that another call goes on with already is left to that one."""
        try:
            self.descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError:
            return False
        if not _lock(self.descriptor):
            os.close(self.descriptor)
            self.descriptor = -1
        return self.descriptor >= 0

    def write(self) -> None:
        """The state after a step; the file is made with the first."""
        if self.folder is not None:
            self._open()
        if self.descriptor >= 0:
            state = {**self.state(), "started": self.started}
            try:  # noqa: SIM105 - contextlib costs more than the error
                os.write(self.descriptor, quickjson.dumps(state).encode() + b"\n")
            except OSError:
                pass  # a full disk must not disturb what goes on

    def remove(self) -> None:
        """It has ended."""
        if self.descriptor >= 0 and self.path:
            os.close(self.descriptor)
            self.descriptor = -1
            forget(self.path)


class Journal(Trail):
    """The places of a call."""

    def __init__(self, folder: str | None, call: Call, broken: Broken | None = None) -> None:
        self.call = call
        super().__init__(folder, lambda: {**kept(call), "time": call.world.now()[11:16]}, CALLS, broken)


def broken_off(folder: str | None, start: str = CALLS) -> list[Broken]:
    """(path, last state) of the calls, or of what else begins so, that broke off, the newest first. Older ones than a day are removed."""
    found = [(*last, path) for path in named(folder, start, ".ndjson") if (last := _last(path)) is not None]
    return [(path, state) for _, state, path in sorted(found, key=lambda one: one[0], reverse=True)]


def _last(path: str) -> tuple[float, dict[str, Any]] | None:
    """When a journal that nobody writes was written last, and its last whole state; None where there is none."""
    try:
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    try:
        if not _lock(descriptor):
            return None
        found = os.fstat(descriptor)
        if time.time() - found.st_mtime > KEPT_FOR:
            forget(path)
            return None
        os.lseek(descriptor, max(0, found.st_size - MAX_SIZE), os.SEEK_SET)
        state = _state(os.read(descriptor, MAX_SIZE))
    except OSError:
        return None
    else:
        return None if state is None else (found.st_mtime, state)
    finally:
        os.close(descriptor)


def _state(data: bytes) -> dict[str, Any] | None:
    for line in reversed(data.split(b"\n")[:-1]):
        try:
            state = quickjson.loads(line.decode())
        except (ValueError, RecursionError):
            continue
        if isinstance(state, dict):
            return state
    return None
