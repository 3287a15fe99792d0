"""What a store asks of its database, and which one a path or URL names. Two engines, one SQL; no ORM: it would cost ten times our start."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, Protocol

    Row = tuple[Any, ...]

    class Engine(Protocol):
        """An open database. Any method may raise StorageError: store_locked, _full, _damaged, _readonly, _unreachable."""

        place: str  # as it may be shown: a path, or a URL without its password

        def begin(self) -> None:
            """A writing transaction; nobody else writes until it ends."""

        def look(self) -> None:
            """A reading transaction, to be ended by `rollback`: until then all that is read is of one state."""

        def commit(self) -> None:
            """Durable when it returns."""

        def rollback(self) -> None:
            """As if the transaction had not been."""

        def run(self, sql: str, values: Sequence[Any] = ()) -> int:
            """One statement with `?` for each value; the number of rows it changed."""

        def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
            """One statement for many rows."""

        def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
            """The rows of a query (one SELECT), one by one: a table is never in memory. Other statements may run in between."""

        def version(self) -> int:
            """The number of migrations that were run."""

        def faults(self) -> Iterator[str]:
            """What the database itself finds wrong in its files."""

        def tidy(self) -> bool:
            """After rows were erased: the files without their bytes. False where only the owner of the tables may do that."""

        def close(self) -> None:
            """The end; what was not committed is gone."""


def is_url(place: str) -> bool:
    """Whether a place is a database server."""
    return place.startswith(("postgresql://", "postgres://"))


def shown(place: str) -> str:
    """A place as it may be seen: a URL without user, password and options; where it cannot be told what is what, without anything."""
    if not is_url(place):
        return place
    rest = place.partition("://")[2]
    before, _, options = rest.partition("?")
    return "postgresql://…" if "@" in options else f"postgresql://{before.rpartition('@')[2]}"


def connect(place: str, *, write: bool) -> Engine:
    """The engine of a path or a `postgresql://` URL. Raises StorageError."""
    if is_url(place):
        from clientcoach.records.postgres import Postgres

        return Postgres(place, write=write)
    from clientcoach.records.sqlite import SQLite

    return SQLite(place, write=write)
