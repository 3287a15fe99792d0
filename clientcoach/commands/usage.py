"""Which phrases were said in the team's calls of late, which were not, and which more often than before: for `playbook coverage --use`."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientcoach.commands.keeping import store
from clientcoach.commands.owed import Days
from clientcoach.commands.session import DEFAULT_PLAYBOOK
from clientcoach.content.library import TURNS
from clientcoach.records.ids import stamp
from clientcoach.records.report import FEWEST, RISE
from clientcoach.records.summary import phrase_counts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from clientcoach.commands.session import Session
    from clientcoach.content.review import Book

    Counts = Mapping[tuple[str, str], int]

WEEKS = 4  # the last ones, and as many before them


def use(session: Session, books: Sequence[Book]) -> list[dict[str, Any]]:
    """For each playbook how often its phrases were said in the last weeks, those never said, those said more often. Raises StorageError."""
    last, before = _counts(session)
    return [_of(book, last, before) for book in books]


def _counts(session: Session) -> tuple[Counts, Counts]:
    kept = store(session)
    if kept is None:
        return {}, {}
    now = datetime.fromisoformat(Days(session).now) + timedelta(seconds=1)  # the end of a period is not in it
    starts = [stamp(now - timedelta(weeks=WEEKS * times)) for times in (2, 1, 0)]
    with kept:
        found = kept.read(lambda engine: [phrase_counts(engine, (starts[place], starts[place + 1]), {}) for place in (1, 0)])
    last, before = ({(book or DEFAULT_PLAYBOOK, name): said for (book, name), (said, _) in one.items()} for one in found)
    return last, before


def _of(book: Book, last: Counts, before: Counts) -> dict[str, Any]:
    """Unused are those that were not said in either time."""
    said = {name: (_said(book.name, name, last), _said(book.name, name, before)) for name in book.structure.phrases}
    return {
        "playbook": book.name,
        "said": sum(now for now, _ in said.values()),
        "unused": [name for name, counts in said.items() if not any(counts)],
        "rising": [
            {"id": name, "said": now, "before": earlier} for name, (now, earlier) in said.items() if now >= max(FEWEST, RISE * earlier)
        ],
    }


def _said(playbook: str, name: str, counts: Counts) -> int:
    """A turn of the customer is taken in any playbook."""
    return sum(said for (book, phrase), said in counts.items() if phrase == name and playbook in (book, TURNS))
