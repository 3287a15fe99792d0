"""`drill export`: a trainee's results as one file to hand on, under a made-up name and without what was typed, unless that is wanted."""

from __future__ import annotations

import os

from clientcoach.case.text import clean
from clientcoach.commands import Result
from clientcoach.commands.drilled import Drilled
from clientcoach.commands.session import Session
from clientcoach.errors import CoachError, UsageError
from clientcoach.outfile import write
from clientcoach.views import render
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from clientcoach.env import Env

    Json = dict[str, Any]

SCHEMA = "clientcoach/drill-export@1"
MOST_NAME = 64


def run_export(values: Mapping[str, Any], env: Env) -> Result:
    """The results as one JSON value, to standard output or into a file. Raises UsageError, StorageError; CoachError where there is none."""
    session = Session(values, env)
    drilled = Drilled(session)
    every = drilled.results()
    if not every:
        raise CoachError("nothing_drilled")
    alias = _alias(values["alias"]) if values.get("alias") else _made_up(every[0]["id"])
    session_named = clean(values.get("session", ""))
    wanted = [one for one in every if "session" not in values or one["session"] == session_named]
    if not wanted:
        raise UsageError("not_in_session", value=values["session"][:MOST_NAME])
    words = bool(values.get("words"))
    data = {"schema": SCHEMA, "alias": alias, "results": [_given_out(one, words=words) for one in wanted]}
    strings = session.strings(session.ui())
    told = word(strings, "class.exported_words" if words else "class.exported", alias=alias, count=len(wanted))
    return answer(session, [render("drill-export", data, "json", {})], [*drilled.told, told])


def answer(session: Session, lines: Iterable[str], told: Iterable[str]) -> Result:
    """The lines to standard output, or whole into a file; `told` beside them."""
    result = Result("stream", None)
    if session.values.get("out"):
        write(session.values["out"], lines)
        lines = ()
    result.lines = lines
    result.notes = lambda _style: [*told, *session.warned()]
    return result


def _alias(typed: str) -> str:
    """A name that says something. Raises UsageError."""
    alias = clean(typed)
    if not alias or len(alias) > MOST_NAME:
        raise UsageError("wrong_type", field="--as", expected="text", value=typed[:40])
    return alias


def _made_up(first: str) -> str:
    """The same in every export of the same results, and told by nothing: their first id is chance."""
    from clientcoach.records.ids import digest

    return f"trainee-{digest(first)[:4]}"


def _given_out(result: Json, *, words: bool) -> Json:
    """A result without its file's path of a lesson, and without what was typed unless that is wanted."""
    lesson = os.path.basename(result["lesson"]) if isinstance(result["lesson"], str) else result["lesson"]
    said = result["said"] if words else [""] * len(result["said"])
    return {**{name: value for name, value in result.items() if name != "day"}, "lesson": lesson, "said": said}
