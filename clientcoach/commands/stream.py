"""`--stream`: NDJSON in, NDJSON out, in order, one line at a time; a bad line is answered in its place and the stream goes on."""

from __future__ import annotations

import gc
import os
import re
import stat

from clientcoach import quickjson
from clientcoach.case.text import is_text
from clientcoach.commands import Result
from clientcoach.errors import CoachError, FieldErrors, UsageError
from clientcoach.ndjson import objects
from clientcoach.views.messages import sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, BinaryIO

    from clientcoach.commands.session import Session

    Answer = Callable[[dict[str, Any]], dict[str, Any]]

_CONTROL = re.compile("[\x7f-\x9f]")  # what JSON may hold as it is, and a terminal obeys

FEW_RINGS = 50_000  # objects made until rings among them are looked for: a line makes hundreds, and no rings


def streamed(session: Session, answer: Answer, beside: tuple[str, ...] = (), verb: str = "") -> Result:
    """The stream as a Result whose lines are made one by one; its exit code is 1 when a line failed.

    `beside`: flags that make no sense in a stream. `verb`: whose lines they are, where several processes may share them (`--jobs`).
    """
    values = session.values
    wrong = [f"--{name}" for name in beside if values.get(name)]
    if values.get("format", "json") not in {"json", "ndjson"}:
        wrong.append(f"--format {values['format']}")
    if wrong:
        raise UsageError("not_together", names=["--stream", *wrong])
    result = Result("stream", None)
    result.notes = lambda _style: session.warned()
    source = session.open("-")
    if values.get("jobs"):
        from clientcoach.commands.jobs import many

        result.lines = many(session, verb, source, result)
    else:
        gc.set_threshold(FEW_RINGS)
        result.lines = answers(session, source, result, answer)
        result.eager = not _is_file(source)
    return result


def _is_file(source: BinaryIO) -> bool:
    """Whether all lines are there already: then nobody waits for the answer to each."""
    try:
        return stat.S_ISREG(os.fstat(source.fileno()).st_mode)
    except OSError:  # a stream of a test has no descriptor
        return False


def answers(session: Session, source: BinaryIO, result: Result, answer: Answer, start: int = 1) -> Iterator[str]:
    """The answers to the lines of a source, each made when it is asked for; `start`: the number of its first line."""
    strings: Mapping[str, Any] = {}
    for number, given in objects(source, "-", start):
        name: Any = None
        try:
            if isinstance(given, UsageError):
                raise given
            name = _id(given)
            told = answer(given)
        except Exception as error:  # noqa: BLE001 - whatever a line does to us, the next one is answered
            fault = error if isinstance(error, CoachError) else CoachError("internal", reason=f"{type(error).__name__}: {error}"[:200])
            result.exit_code = 1
            strings = strings or session.strings(session.ui())
            told = {"schema": "clientcoach/error@1", "line": number, "error": _describe(fault, strings)}
        if name is not None:
            told = {"id": name, **told}
        yield _CONTROL.sub(_escaped, quickjson.dumps(told)) + "\n"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _id(given: dict[str, Any]) -> str | int | None:
    """The `id` to echo. Raises UsageError for one that is neither text nor a whole number."""
    name = given.get("id")
    if name is None or type(name) is int or (isinstance(name, str) and is_text(name)):
        return name
    raise UsageError("wrong_type", field="id", expected="text", value=type(name).__name__)


def _describe(error: CoachError, strings: Mapping[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {"code": error.code, "message": sentence(error, strings)}
    if isinstance(error, FieldErrors):
        described["fields"] = {str(one.params.get("field")): sentence(one, strings) for one in error.errors}
    elif "field" in error.params:
        described["fields"] = {str(error.params["field"]): described["message"]}
    return described
