"""`script --stream`: NDJSON in, NDJSON out, in order, one line at a time; a bad line is answered in its place and the stream goes on."""

from __future__ import annotations

import json
import os

from clientcoach.commands import Result
from clientcoach.commands.script import tailored
from clientcoach.errors import CoachError, FieldErrors, UsageError
from clientcoach.views.messages import sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, BinaryIO

    from clientcoach.commands.session import Session

MAX_LINE = 1 << 20  # bytes; longer is skipped to the next line end and reported


def scripts(session: Session) -> Result:
    """The stream as a Result whose lines are made one by one; its exit code is 1 when a line failed."""
    if session.env.stdin is None:
        raise UsageError("no_stdin")
    result = Result("stream", None)
    result.lines = _answers(session, session.env.stdin.buffer, result)
    return result


def _answers(session: Session, source: BinaryIO, result: Result) -> Iterator[str]:
    strings = session.strings(session.ui())
    for number, raw in enumerate(_lines(source), 1):
        if raw is not None and not raw.strip():
            continue
        name: Any = None
        try:
            given = _parse(raw, first=number == 1)
            name = given.get("id")
            answer = tailored(session, session.case(given))
        except (CoachError, RecursionError) as error:
            result.exit_code = 1
            answer = {"schema": "clientcoach/error@1", "line": number, "error": _describe(error, strings)}
        if name is not None:
            answer = {"id": name, **answer}
        yield _line(answer)


def _line(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False) + "\n"


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long."""
    while raw := _read(source, MAX_LINE + 1):
        if len(raw) > MAX_LINE and not raw.endswith(b"\n"):
            while (rest := _read(source, MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield raw


def _read(source: BinaryIO, limit: int) -> bytes:
    try:
        return source.readline(limit)
    except OSError as error:  # a folder, a device that went away
        raise UsageError("unreadable_file", file="-", reason=os.strerror(error.errno or 0)) from error


def _constant(text: str) -> Any:
    raise UsageError("bad_json", file="-", reason=f"{text} is not JSON")


def _parse(raw: bytes | None, *, first: bool) -> dict[str, Any]:
    if raw is None:
        raise UsageError("line_too_long", limit=MAX_LINE)
    try:
        text = raw.decode("utf-8-sig" if first else "utf-8")
        given = json.loads(text, parse_constant=_constant)
        text.encode("utf-8")
    except UnicodeError as error:
        raise UsageError("not_utf8", file="-", byte=getattr(error, "start", 0)) from error
    except ValueError as error:
        raise UsageError("bad_json", file="-", reason=str(error)) from error
    if not isinstance(given, dict):
        raise UsageError("not_an_object", file="-")
    name = given.get("id")
    if not (name is None or type(name) in {str, int}) or (isinstance(name, str) and any(0xD800 <= ord(char) < 0xE000 for char in name)):
        given.pop("id")
        raise UsageError("wrong_type", field="id", expected="text", value=type(name).__name__)
    return given


def _describe(error: Exception, strings: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(error, CoachError):
        error = UsageError("bad_json", file="-", reason="nested too deeply")
    described: dict[str, Any] = {"code": error.code, "message": sentence(error, strings)}
    if isinstance(error, FieldErrors):
        described["fields"] = {str(one.params.get("field")): sentence(one, strings) for one in error.errors}
    elif "field" in error.params:
        described["fields"] = {str(error.params["field"]): described["message"]}
    return described
