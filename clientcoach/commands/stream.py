"""`--stream`: NDJSON in, NDJSON out, in order, one line at a time; a bad line is answered in its place and the stream goes on."""

from __future__ import annotations

import json

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


def streamed(session: Session, answer: Answer, beside: tuple[str, ...] = ()) -> Result:
    """The stream as a Result whose lines are made one by one; its exit code is 1 when a line failed.

    `beside`: flags that make no sense in a stream.
    """
    values = session.values
    wrong = [f"--{name}" for name in beside if values.get(name)]
    if values.get("format", "json") not in {"json", "ndjson"}:
        wrong.append(f"--format {values['format']}")
    if wrong:
        raise UsageError("not_together", names=["--stream", *wrong])
    result = Result("stream", None)
    result.notes = lambda _style: session.warned()
    result.lines = _answers(session, session.open("-"), result, answer)
    return result


def _answers(session: Session, source: BinaryIO, result: Result, answer: Answer) -> Iterator[str]:
    strings = session.strings(session.ui({}))
    for number, given in objects(source, "-"):
        name: Any = None
        try:
            if isinstance(given, UsageError):
                raise given
            name = _id(given)
            told = answer(given)
        except CoachError as error:
            result.exit_code = 1
            told = {"schema": "clientcoach/error@1", "line": number, "error": _describe(error, strings)}
        if name is not None:
            told = {"id": name, **told}
        yield json.dumps(told, ensure_ascii=False) + "\n"


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
