"""`triage --history`: the earlier messages of the same customer, read together with this one."""

from __future__ import annotations

from datetime import datetime

from clientcoach.content import library
from clientcoach.errors import CoachError, UsageError
from clientcoach.ndjson import objects
from clientcoach.reading.history import history

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.commands.session import Session
    from clientcoach.commands.triage import Triager

    Triage = dict[str, Any]

MOST = 1000  # messages of one customer; older ones say nothing more


def behaviour(session: Session, reader: Triager, latest: Triage) -> dict[str, Any]:
    """`history` and the playbook that follows from it. Raises UsageError for a line that is no message."""
    lines = list(_lines(session))[-MOST:]
    readings = [reader.line(line) for line in lines]
    model = library.model(session.places)["history"]
    found = history([*readings, latest], [*map(_time, lines), None], model)
    fits = [*(model["playbooks"] if found["reading"] == "conduct" else ()), latest["playbook"]]
    return {"playbook": next((name for name in fits if name in reader.installed), None), "history": found}


def _lines(session: Session) -> Iterator[Mapping[str, Any]]:
    path = session.values["history"]
    if path == "-" and session.values.get("text", ["-"]) == ["-"]:
        raise UsageError("not_together", names=["--history -", "-"])
    source = session.open(path)
    try:
        for number, found in objects(source, path):
            if isinstance(found, CoachError):
                raise UsageError("bad_history", file=path, line=number) from found
            yield found
    finally:
        if path != "-":
            source.close()


def _time(line: Mapping[str, Any]) -> float | None:
    """When a message was written (`at`, ISO); None where it does not tell."""
    try:
        return datetime.fromisoformat(line["at"]).timestamp()
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
