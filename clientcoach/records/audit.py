"""Who did what to which record: an append-only chain of digests. It holds no personal value, so that nothing has to be erased from it.

Each link is the digest of the one before and of its own row; a changed, lost or reordered row breaks every link after it.
SQLite's own check passes most flipped bits (research/storage.md 2.8); the digest of each record finds them.
"""

from __future__ import annotations

from clientcoach.records.ids import digest
from clientcoach.records.schema import AUDIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from clientcoach.records.engine import Engine

START = "0" * 64
GONE = ""  # the digest of what is no more


def link(before: str, row: tuple[Any, ...]) -> str:
    """The chain value of an audit row (without its own)."""
    return digest([before, *row])


def append(engine: Engine, at: str, actor: str, action: str, record: str, found: Any) -> None:
    """One row; `found` is the record as it is now, None where it is gone. Inside a transaction."""
    last = next(engine.rows("SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1"), (0, START))
    row = (last[0] + 1, at, actor, action, record, GONE if found is None else digest(found))
    engine.run(f"INSERT INTO audit ({', '.join(AUDIT)}) VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, link(last[1], row)))  # noqa: S608 - our own names


def broken_links(engine: Engine) -> Iterator[int]:
    """The numbers of the rows that do not follow from the ones before."""
    before, number = START, 0
    for row in engine.rows(f"SELECT {', '.join(AUDIT)} FROM audit ORDER BY seq"):  # noqa: S608 - our own names
        number += 1
        if row[0] != number or row[-1] != link(before, row[:-1]):
            yield row[0]
            number = row[0]
        before = row[-1]


def last(engine: Engine, record: str) -> tuple[str, str]:
    """The last action on a record and its digest then (`GONE` where it was erased); no action where it was never here."""
    sql = "SELECT action, digest FROM audit WHERE record = ? ORDER BY seq DESC LIMIT 1"
    action, found = next(engine.rows(sql, (record,)), ("", START))
    return action, found


def head(engine: Engine) -> tuple[int, str]:
    """The number and chain value of the last row: noted elsewhere, it shows whether rows were cut off the end."""
    seq, chain = next(engine.rows("SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1"), (0, START))
    return seq, chain
