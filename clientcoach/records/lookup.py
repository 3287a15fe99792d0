"""A record by the beginning of its id. The one place that compares ids: they are lower-case hexadecimal, so that `g` ends a range."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clientcoach.records.engine import Engine, Row

SIGNS = frozenset("0123456789abcdef-")


def beginning(engine: Engine, table: str, columns: Sequence[str], name: str, most: int = 2) -> Iterator[Row]:
    """The rows whose id is this or begins so, in the order of their ids; none for what an id never holds."""
    if name and set(name) <= SIGNS:
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"  # noqa: S608 - our own names
        yield from engine.rows(sql, (name, f"{name}g", most))
