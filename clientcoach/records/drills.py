"""The results of a trainee's drills: a drill-result@1 a line in a file of their own. What was told as saved is on the disk.

Appended under a lock, so that two drills at once lose nothing. Lines that cannot be read are never thrown away: the file as it was
is copied aside before it goes on without them. A file of a newer clientcoach is left alone.
"""

from __future__ import annotations

import os

from clientcoach import quickjson
from clientcoach.case.text import clean, safe
from clientcoach.drill.result import SCHEMA
from clientcoach.errors import StorageError
from clientcoach.records.drill_file import append, lines, locked, whole
from clientcoach.records.drill_shape import LONGEST_NAME, LONGEST_PATH, LONGEST_TEXT, known, misfit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Result = dict[str, Any]
    Tell = Callable[[str, int], None]  # where the damaged file was copied to, "" where it could not be; how many lines were damaged

FILE = "drills.ndjson"
KIND = SCHEMA.rpartition("@")[0]
LONGEST = 40  # of what is quoted


def keep(path: str, result: Mapping[str, Any], tell: Tell = lambda _aside, _count: None) -> None:
    """Appends a result, its words masked; when this returns it is durable. Raises StorageError; then the file is as it was."""
    from clientcoach.outfile import settle
    from clientcoach.records.mask import masked

    line = {**result, "said": [masked(safe(text))[0][:LONGEST_TEXT] for text in result["said"]]}
    line["session"], line["lesson"] = _named(result["session"], LONGEST_NAME), _named(result["lesson"], LONGEST_PATH)
    if wrong := misfit(line):
        raise ValueError(wrong)
    try:
        os.makedirs(os.path.dirname(os.path.realpath(path)), mode=0o700, exist_ok=True)
        descriptor = _sound(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, tell)
        try:
            append(descriptor, quickjson.dumps(line).encode() + b"\n")
            settle(os.path.dirname(os.path.realpath(path)))  # of a new file the name, too
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StorageError("cannot_save", file=path, reason=os.strerror(error.errno or 0)) from error


def _named(typed: Any, longest: int) -> Any:
    """What a course or a lesson is called, as far as it can be kept: a result is not lost for its name."""
    return clean(safe(typed))[:longest].strip() or None if isinstance(typed, str) else typed


def kept(path: str, tell: Tell = lambda _aside, _count: None) -> list[Result]:
    """The results in the order they were saved; none where there is no file. Raises StorageError."""
    try:
        try:
            descriptor = _sound(path, os.O_RDWR, tell)
        except (PermissionError, StorageError) as error:
            if isinstance(error, StorageError) and error.code != "cannot_save":
                raise
            descriptor = _as_it_is(path, tell)
        try:
            return [found for raw in lines(descriptor) if (found := _result(raw, path))]
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StorageError("drills_unreadable", file=path, reason=os.strerror(error.errno or 0)) from error


def _sound(path: str, flags: int, tell: Tell) -> int:
    """The file, locked and mended; its descriptor is the caller's."""
    while True:
        descriptor = locked(path, flags)
        try:
            damaged = _damaged(descriptor, path)
            if not damaged:
                return descriptor
            aside = _mend(path, descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # another file has its name now
        tell(aside, damaged)


def _as_it_is(path: str, tell: Tell) -> int:
    """The file where nothing can be written: what is damaged stays in it."""
    descriptor = locked(path, os.O_RDONLY)
    try:
        if damaged := _damaged(descriptor, path):
            tell("", damaged)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _damaged(descriptor: int, path: str) -> int:
    """How many lines cannot be read."""
    return sum(_result(raw, path) is None for raw in lines(descriptor))


def _result(raw: bytes, path: str) -> Result | None:
    """The result of a line; None where it is none. Raises StorageError for one of a newer clientcoach."""
    try:
        found = quickjson.loads(raw.decode())
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict) and _is_newer(found.get("schema")):
        raise StorageError("drills_newer", file=path, version=found["schema"][:LONGEST])
    return None if misfit(found) else known(found)


def _is_newer(schema: Any) -> bool:
    kind, _, version = schema.rpartition("@") if isinstance(schema, str) else ("", "", "")
    return kind == KIND and version.isdecimal() and len(version) < LONGEST and int(version) > 1


def _mend(path: str, descriptor: int) -> str:
    """Copies the file aside, never over another, then leaves the lines that can be read; where the copy is. Raises StorageError."""
    from clientcoach.outfile import write
    from clientcoach.records.sha import sha256

    data = whole(descriptor)
    aside = f"{path}.damaged-{sha256(data).hexdigest()[:12]}"  # of the same damage the same copy
    write(aside, [data])
    write(path, [raw + b"\n" for raw in lines(descriptor) if _result(raw, path)])
    return aside
