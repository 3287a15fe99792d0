"""`log forget`: all that is kept about one customer, erased on demand; what was erased, by whom and when, as a certificate."""

from __future__ import annotations

import os

from clientcoach.case.read import read_field, read_text
from clientcoach.commands import Result
from clientcoach.commands.keeping import actor, now, opened, place, store
from clientcoach.commands.session import Session
from clientcoach.errors import StorageError, UsageError
from clientcoach.records import audit, drafts, forget
from clientcoach.views.messages import sentence, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env
    from clientcoach.records.store import Store


def run_forget(values: Mapping[str, Any], env: Env) -> Result:
    """What is held under a reference; with `--yes` it is erased. Exit 1 where nothing is. Raises UsageError, StorageError."""
    from clientcoach.records.observed import clean

    session = Session(values, env)
    reference = read_field("reference", values.get("reference", ""))
    if reference is None:
        raise UsageError("missing_word", command="clientcoach log forget", name="--reference")
    reason = clean(read_text("reason", values["reason"])) if values.get("reason") else None
    kept = store(session)
    held: dict[str, Any] = {"incidents": [], "promises": [], "measures": 0}
    if kept is not None:
        with kept:
            held = kept.read(lambda engine: forget.held(engine, forget.spellings(engine, reference)))
    waiting = forget.drafts_of(env.directory("runtime"), reference)
    data = _told(session, held, waiting, reason)
    result = Result("forgotten", data, strings=session.told_in(session.ui()), exit_code=0 if _any(data) else 1)
    if values.get("yes") and _any(data):
        _erase(session, reference, data, result)
    return result


def _told(session: Session, held: Mapping[str, Any], waiting: list[str], reason: str | None) -> dict[str, Any]:
    """The answer, while nothing is erased yet."""
    copies = forget.copies(place(session))
    counts = {"incidents": len(held["incidents"]), "measures": held["measures"], "promises": len(held["promises"])}
    return {
        "schema": "clientcoach/forget@1",
        "done": False,
        "at": now(session),
        "actor": actor(session),
        "reason": reason,
        "reference": None,
        "counts": {**counts, "drafts": len(waiting), "copies": len(copies)},
        "records": sorted([*held["incidents"], *held["promises"], *waiting]),
        "copies": copies,
        "audit": None,
    }


def _any(data: Mapping[str, Any]) -> bool:
    return any(data["counts"][name] for name in ("incidents", "promises", "drafts"))


def _erase(session: Session, reference: str, data: dict[str, Any], result: Result) -> None:
    """Erases, and makes the answer the certificate. Drafts and copies go last: they are all there is when the erasure fails."""
    folder = session.env.directory("runtime")
    with opened(session) as kept:
        held, seal, head = kept.change(lambda engine, at, who: _in_store(engine, reference, at, who))
        waiting = forget.drafts_of(folder, reference)
        for name in waiting:
            drafts.drop(folder, name)
        data.update(_told(session, held, waiting, data["reason"]), done=True, reference=seal)
        for path in data["copies"]:
            os.unlink(path)
        data["audit"] = {"seq": head[0], "chain": head[1]}
        tidied(session, kept, result)


def _in_store(engine: Any, reference: str, at: str, who: str) -> tuple[dict[str, Any], str, tuple[int, str]]:
    found = forget.erase(engine, reference, at, who)
    return found, forget.sealed(engine, reference), audit.head(engine)


def tidied(session: Session, kept: Store, result: Result) -> None:
    """Rewrites the files without the bytes of what was erased. Where that cannot be, the answer stands, and says so."""
    strings = session.strings(session.ui())
    try:
        notes = [] if kept.engine.tidy() else [word(strings, "log.not_tidied")]  # a writer who does not own the tables
    except StorageError as error:
        notes = [word(strings, "log.not_tidied"), f"error: {sentence(error, strings)}"]
        result.exit_code = error.exit_code
    if notes:
        result.notes = lambda _style: notes
