"""A file that grows by lines, under a lock: two processes at once lose nothing, and a line is whole and on the disk or not there."""

from __future__ import annotations

import errno
import os
import stat

from clientcoach.errors import StorageError


def locked(path: str, flags: int) -> int:
    """The file, held until it is closed. Who waited for it while it was mended holds the one that was: then once more."""
    while True:
        descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0), 0o600)  # no waiting for a FIFO
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise StorageError("drills_unreadable", file=path, reason="not a regular file")
            _lock(descriptor, alone=flags != os.O_RDONLY)
            if flags != os.O_RDONLY and found.st_mode & 0o077 and hasattr(os, "fchmod"):
                os.fchmod(descriptor, 0o600)  # nobody else's to read
            if os.path.samestat(os.fstat(descriptor), os.stat(path)):
                return descriptor
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _lock(descriptor: int, *, alone: bool) -> None:
    """Waits for its turn. Without locks (Windows) a line is still one write at the end of the file."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)


def whole(descriptor: int) -> bytes:
    """All that is in it."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def lines(descriptor: int) -> list[bytes]:
    """Its lines without their ends; empty ones are none."""
    return [line for line in whole(descriptor).split(b"\n") if line.strip()]


def append(descriptor: int, line: bytes) -> None:
    """Whole and on the disk, or not at all; a last line without its end gets one."""
    size = os.fstat(descriptor).st_size
    if size:
        os.lseek(descriptor, size - 1, os.SEEK_SET)
        line = (b"" if os.read(descriptor, 1) == b"\n" else b"\n") + line
    try:
        if os.write(descriptor, line) != len(line):
            raise OSError(errno.ENOSPC, "")  # the disk took a part
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, size)
        raise
