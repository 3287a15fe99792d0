"""`log add --drafts`: the incidents that wait, into the store; each is read as anything from a file is."""

from __future__ import annotations

from clientcoach.commands import Result
from clientcoach.commands.keeping import now, opened
from clientcoach.errors import UsageError
from clientcoach.records import drafts, incidents
from clientcoach.records.reading import incident_from
from clientcoach.views.messages import sentence, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from clientcoach.commands.session import Session
    from clientcoach.records.store import Store


def run(session: Session) -> Result:
    """Saves all that can be saved; exit 1 when one could not. Raises StorageError; then those that are not saved yet wait on."""
    data: dict[str, Any] = {"schema": "clientcoach/drafts@1", "saved": [], "there_already": [], "failed": []}
    waiting = drafts.waiting(session.env.directory("runtime"))
    if waiting:
        with opened(session) as kept:
            for raw in waiting:
                _save(session, kept, raw, data)
    result = Result("drafts", data, strings=session.told_in(session.ui()), exit_code=1 if data["failed"] else 0)
    result.notes = lambda style: _told(session, data) if style == "text" else ()
    return result


def _save(session: Session, kept: Store, raw: dict[str, Any], data: dict[str, Any]) -> None:
    try:
        incident = incident_from(raw, session.clock(session.policy(session.ui())), now(session))[0]
        new = kept.change(lambda engine, at, actor: incidents.insert_new(engine, incident, at, actor, "create"))
    except UsageError as error:
        strings = session.strings(session.ui())
        message = " ".join(sentence(one, strings) for one in error.each())
        data["failed"].append({"id": raw["id"], "code": error.code, "message": message})
    else:
        drafts.drop(session.env.directory("runtime"), incident["id"])
        data["saved" if new else "there_already"].append(incident["id"])


def _told(session: Session, data: dict[str, Any]) -> list[str]:
    strings = session.strings(session.ui())
    counts = {name: len(data[name]) for name in ("saved", "there_already", "failed")}
    return [*(f"{one['id']}: {one['message']}" for one in data["failed"]), word(strings, "log.drafts", **counts)]
