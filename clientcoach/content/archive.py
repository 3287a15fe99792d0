"""A pack from outside, a folder or a zip file, as {path: bytes}. What it names is checked before anything of it is opened or written.

Nothing is unpacked by a library: names come from the archive, so a path that leads out, a link or a device never reaches the disk.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING

from clientcoach.content.manifest import FILE
from clientcoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ARCHIVE = 16 << 20  # bytes of the zip file
MAX_TOTAL = 32 << 20  # bytes of all its files
MAX_FILE = 1 << 20  # bytes of one: as much as content may have
MAX_FILES = 500
MAX_RATIO = 200  # bytes that one byte of the archive may become
MAX_DEPTH = 4  # folders inside one another
MAX_PATH = 200  # characters
SKIPPED = ("__MACOSX", ".DS_Store", ".git", ".github", ".gitignore", ".gitattributes", "Thumbs.db")  # what systems leave behind
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
_ENCRYPTED = 0x1


def gather(path: str) -> dict[str, bytes]:
    """The files of a pack by their paths from its manifest's folder on. Raises UsageError (`bad_archive` names what is wrong with it)."""
    if os.path.isdir(path):
        found = dict(_folder(path))
    elif os.path.isfile(path):
        found = _zip(path)
    else:
        raise UsageError("unreadable_file", file=path, reason="")
    tops = [name for name in found if name == FILE or name.endswith(f"/{FILE}")]
    if len(tops) != 1:
        raise UsageError("no_manifest", file=path, name=FILE, count=len(tops))
    base = tops[0].removesuffix(FILE)
    outside = next((name for name in found if not name.startswith(base)), None)
    if outside is not None:
        raise _bad(path, outside, "outside")
    return {name.removeprefix(base): data for name, data in sorted(found.items())}


def _bad(path: str, name: str, reason: str) -> UsageError:
    return UsageError("bad_archive", file=path, value=name[:80], expected=f"archive_{reason}")


def _folder(path: str) -> Iterator[tuple[str, bytes]]:
    count = total = 0
    for place, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        for name in [*folders, *sorted(files)]:
            whole = os.path.join(place, name)
            told = os.path.relpath(whole, path).replace(os.sep, "/")
            if name in SKIPPED:
                continue
            _check_name(path, told)
            info = os.lstat(whole)
            if stat.S_ISDIR(info.st_mode):
                continue
            count, total = count + 1, total + info.st_size
            _check_sizes(path, told, info.st_mode, info.st_size, count, total)
            yield told, _read(path, whole)


def _read(path: str, file: str) -> bytes:
    try:
        with open(file, "rb") as source:
            data = source.read(MAX_FILE + 1)
    except OSError as error:
        raise UsageError("unreadable_file", file=file, reason="") from error
    if len(data) > MAX_FILE:
        raise _bad(path, file, "large")
    return data


def _zip(path: str) -> dict[str, bytes]:
    if os.path.getsize(path) > MAX_ARCHIVE:
        raise UsageError("file_too_large", file=path, limit=MAX_ARCHIVE)
    try:
        with zipfile.ZipFile(path) as archive:
            return dict(_members(path, archive))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        IndexError,
        OverflowError,
    ) as error:
        raise UsageError("bad_archive", file=path, value=str(error)[:80], expected="archive_broken") from error


def _members(path: str, archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    count = total = 0
    for info in archive.infolist():
        name = info.filename
        if any(part in SKIPPED for part in name.split("/")):
            continue
        _check_name(path, name.removesuffix("/"))
        if name.lower() in seen:
            raise _bad(path, name, "twice")
        seen.add(name.lower())
        mode = info.external_attr >> 16
        kind = stat.S_IFMT(mode)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or info.flag_bits & _ENCRYPTED:
            raise _bad(path, name, "link" if not info.flag_bits & _ENCRYPTED else "encrypted")
        if info.is_dir():
            continue
        count, total = count + 1, total + info.file_size
        _check_sizes(path, name, mode or stat.S_IFREG, info.file_size, count, total)
        if info.file_size > MAX_RATIO * max(info.compress_size, 64):
            raise _bad(path, name, "ratio")
        with archive.open(info) as source:
            data = source.read(MAX_FILE + 1)  # what the archive says of the size is not believed
        if len(data) != info.file_size:
            raise _bad(path, name, "broken")
        yield name, data


def _check_name(path: str, name: str) -> None:
    """Plain names inside the pack, in folders: nothing that leads out, that a system reads otherwise, or that nobody can see."""
    parts = name.split("/")
    if not name or len(name) > MAX_PATH or len(parts) > MAX_DEPTH:
        raise _bad(path, name, "deep")
    if any(part in {"", ".", ".."} or not _LETTERS.issuperset(part) or part.startswith("-") for part in parts):
        raise _bad(path, name, "name")


def _check_sizes(path: str, name: str, mode: int, size: int, count: int, total: int) -> None:
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise _bad(path, name, "link")
    if size > MAX_FILE or total > MAX_TOTAL:
        raise _bad(path, name, "large")
    if count > MAX_FILES:
        raise _bad(path, name, "many")
