"""Compiled content, kept as JSON between runs. Hot: every command reads it.

A shard is trusted only when it was written whole (checksum), by us (owner), by this version, for this name, and when its
sources still have the size and time they had *before* they were read. A source changed less than two seconds before that
could change again without its time or size moving; the shard then also keeps the checksum the source had, and the source is
read again each time. Whatever is wrong with the cache, the content is compiled anew.
"""

from __future__ import annotations

import os
import time
from binascii import crc32

from clientcoach import __version__, quickjson

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Shard = dict[str, Any]

FORMAT = 7  # raise when the shape of any shard changes
RACY_NS = 2_000_000_000  # FAT keeps times in steps of two seconds, others are finer
MAX_BYTES = 32 << 20

_REGULAR = 0o100000
_OPEN = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)  # a pipe in our place must not hang us


def stamp(path: str) -> list[Any] | None:
    """[absolute path, size in bytes, mtime_ns] of a file, or None where there is none."""
    try:
        info = os.stat(path)
    except (OSError, ValueError):
        return None
    return [os.path.abspath(path), info.st_size, info.st_mtime_ns]


def cached(directory: str | None, name: str, path: str, sources: list[str], build: Callable[[], Shard]) -> Shard:
    """What `build` makes of `sources`, from the cache where that is up to date.

    `name` and `path` together name the shard; `directory` None means no cache.
    Adds `format`, `version`, `name_in_cache`, `sources` and `racy`.
    Raises what `build` raises, and nothing of its own.
    """
    file = directory and os.path.join(directory, _file_name(name, path))
    stamps = [stamp(source) or [os.path.abspath(source), -1, 0] for source in sources]
    header = {
        "format": FORMAT,
        "version": __version__,
        "name_in_cache": [name, os.path.abspath(path)],
        "sources": stamps,
    }
    if file:
        shard = _read(file)
        if shard is not None and all(shard.get(key) == value for key, value in header.items()) and _unmoved(shard.get("racy")):
            return shard
    now = time.time_ns()
    racy = [[source, _checksum(source)] for source, _, changed in stamps if changed > now - RACY_NS] if file else []
    shard = {**build(), **header, "racy": racy}
    if file:
        _write(file, shard)
    return shard


def _file_name(name: str, path: str) -> str:
    safe = "".join(char if char.isascii() and (char.isalnum() or char in "-_.") else "-" for char in name)[:100]
    return f"{crc32(os.path.abspath(path).encode('utf-8', 'surrogateescape')):08x}-{safe}-{__version__}.json"


def _checksum(path: str) -> int | None:
    data = _bytes(path)
    return None if data is None else crc32(data)


def _unmoved(racy: Any) -> bool:
    return isinstance(racy, list) and all(
        isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str) and entry[1] == _checksum(entry[0]) for entry in racy
    )


def _bytes(path: str, owner: int | None = None) -> bytes | None:
    """A regular file's bytes; None when it is none, is too large, or belongs to another user than `owner`."""
    try:
        handle = os.open(path, os.O_RDONLY | _OPEN)
    except (OSError, ValueError):
        return None
    try:
        info = os.fstat(handle)
        if info.st_mode & 0o170000 != _REGULAR or info.st_size > MAX_BYTES or (owner is not None and info.st_uid != owner):
            return None
        chunks = []
        while chunk := os.read(handle, MAX_BYTES):
            chunks.append(chunk)
        return b"".join(chunks)
    except OSError:
        return None
    finally:
        os.close(handle)


def _read(file: str) -> Shard | None:
    data = _bytes(file, os.geteuid() if hasattr(os, "geteuid") else None)
    if data is None or data[8:9] != b"\n" or data[:8] != b"%08x" % crc32(data[9:]):
        return None
    try:
        shard = quickjson.loads(data[9:].decode())
    except (ValueError, RecursionError):
        return None
    return shard if isinstance(shard, dict) else None


def _write(file: str, shard: Shard) -> None:
    """Whole or not at all; a cache that cannot be written is no reason to stop."""
    temporary = f"{file}.{os.getpid()}-{time.time_ns():x}"
    try:
        body = quickjson.dumps(shard).encode()
        os.makedirs(os.path.dirname(file), 0o700, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN, 0o600)
    except (OSError, ValueError):
        return
    try:
        with open(handle, "wb") as out:
            out.write(b"%08x\n" % crc32(body) + body)
        os.replace(temporary, file)
    except OSError:
        try:
            os.unlink(temporary)
        except OSError:
            return
