"""Label words in an incident: it is saved all the same, and they are pointed at."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.commands.session import Session


def warnings(session: Session, incident: Mapping[str, Any]) -> list[str]:
    """A sentence for each label word in the worker's own texts; without texts nothing is read."""
    texts = list(_texts(incident))
    if not texts:
        return []
    from clientcoach.reading.labels import labels

    return list(dict.fromkeys(label["message"] for label in labels(texts, session.places, session.ui())))


def _texts(incident: Mapping[str, Any]) -> Iterator[str]:
    """What the worker wrote, as far as it was written at all."""
    yield from incident["measures"]
    yield from incident["behaviours"]
    yield from (promise["what"] for promise in incident["promises"])
    for answers in (incident["checklist"], incident["conduct"]):
        yield from (answer for answer in (answers or {}).values() if isinstance(answer, str))
    yield from (incident[name] for name in ("worked", "better") if incident[name])
