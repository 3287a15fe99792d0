"""NDJSON as it comes in: one object a line, as soon as the line is there; a bad line is an error in its place, and the rest goes on."""

from __future__ import annotations

import json
import os

from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

MAX_LINE = 1 << 20  # bytes; longer is skipped to the next line end and reported


def objects(source: BinaryIO, name: str, start: int = 1) -> Iterator[tuple[int, dict[str, Any] | UsageError]]:
    """(1-based line number, object or what is wrong with the line); `name` tells the source in errors. Empty lines are passed over.

    `start`: the number of the first line, where the source is a part of something longer.
    """
    for number, raw in enumerate(_lines(source, name), start):
        if raw is not None and not raw.strip():
            continue
        try:
            yield number, _object(raw, name, first=number == 1)
        except UsageError as error:
            yield number, error


def _lines(source: BinaryIO, name: str) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long."""
    while raw := _read(source, MAX_LINE + 1, name):
        if len(raw) > MAX_LINE and not raw.endswith(b"\n"):
            while (rest := _read(source, MAX_LINE, name)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield raw


def _read(source: BinaryIO, limit: int, name: str) -> bytes:
    try:
        return source.readline(limit)
    except OSError as error:  # a folder, a device that went away
        raise UsageError("unreadable_file", file=name, reason=os.strerror(error.errno or 0)) from error


def _object(raw: bytes | None, name: str, *, first: bool) -> dict[str, Any]:
    if raw is None:
        raise UsageError("line_too_long", limit=MAX_LINE)
    try:
        found = _decode(raw.decode("utf-8-sig" if first else "utf-8"))
    except UnicodeError as error:
        raise UsageError("not_utf8", file=name, byte=getattr(error, "start", 0)) from error
    except ValueError as error:
        raise UsageError("bad_json", file=name, reason=str(error)) from error
    except RecursionError as error:
        raise UsageError("bad_json", file=name, reason="nested too deeply") from error
    if not isinstance(found, dict):
        raise UsageError("not_an_object", file=name)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two values for one key nobody knows which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def _constant(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")


_decode = json.JSONDecoder(parse_constant=_constant, object_pairs_hook=_once).decode  # `json.loads` would make one for each line
