"""The store on a PostgreSQL server, for a team: the same SQL through psycopg 3 (extra `team`). The only module that knows psycopg."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.errors import StorageError
from clientcoach.records.schema import MIGRATIONS

try:
    import psycopg
    from psycopg import errors
except ImportError as missing:
    raise StorageError("store_needs_team", package="clientcoach[team]") from missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clientcoach.records.engine import Row

LOCK = 0x63636F61  # one advisory lock: writers take turns, as they do in a file
PATIENCE = 5  # seconds to connect


def shown(url: str) -> str:
    """A URL without what must not be seen: user and password, and whatever else may be told in its query."""
    rest = url.partition("://")[2].rpartition("@")[2]
    return f"postgresql://{rest.partition('?')[0]}"


class Postgres:
    """One connection. The password comes from PGPASSWORD, a PGPASSFILE or the URL, and is never told."""

    def __init__(self, url: str) -> None:
        self.place = shown(url)
        try:
            self.connection = psycopg.connect(url, autocommit=True, connect_timeout=PATIENCE, application_name="clientcoach")
            if self.version() > len(MIGRATIONS):
                raise StorageError("store_newer", file=self.place, version=self.version())
            if self.version() < len(MIGRATIONS):
                self._migrate()
        except psycopg.Error as error:
            raise self._told(error) from None  # the original names user and host

    def _told(self, error: psycopg.Error) -> StorageError:
        kinds = {
            "store_readonly": (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction),
            "store_locked": (errors.LockNotAvailable, errors.QueryCanceled, errors.SerializationFailure, errors.DeadlockDetected),
            "store_full": (errors.DiskFull,),
        }
        code = next((code for code, known in kinds.items() if isinstance(error, known)), "store_unreachable")
        return StorageError(code, file=self.place, reason=error.sqlstate or type(error).__name__)

    def _migrate(self) -> None:
        self.begin()
        if self.version() < len(MIGRATIONS):  # another may have been first
            for statements in MIGRATIONS[self.version() :]:
                for statement in statements:
                    self.run(statement.replace("{strict}", ""))
            self.run("DELETE FROM meta WHERE name = 'version'")
            self.run("INSERT INTO meta (name, value) VALUES ('version', ?)", (str(len(MIGRATIONS)),))
        self.commit()

    def version(self) -> int:
        there = next(self.rows("SELECT to_regclass('meta') IS NOT NULL"))[0]
        found = next(self.rows("SELECT value FROM meta WHERE name = 'version'"), None) if there else None
        return int(found[0]) if found else 0

    def begin(self) -> None:
        self.run("BEGIN")
        self.run("SELECT pg_advisory_xact_lock(?)", (LOCK,))

    def commit(self) -> None:
        self.run("COMMIT")

    def rollback(self) -> None:
        if not self.connection.closed and not self.connection.broken:
            self.connection.rollback()

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        try:
            return self.connection.execute(_marked(sql), tuple(values) or None).rowcount
        except psycopg.Error as error:
            raise self._told(error) from None

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        try:
            with self.connection.cursor() as cursor:
                cursor.executemany(_marked(sql), rows)
        except psycopg.Error as error:
            raise self._told(error) from None

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        try:
            yield from self.connection.execute(_marked(sql), tuple(values) or None)
        except psycopg.Error as error:
            raise self._told(error) from None

    def faults(self) -> Iterator[str]:
        """Nothing: a server looks after its own files."""
        yield from ()

    def tidy(self) -> None:
        """After rows were erased: the tables without their pages."""
        for table in ("incident", "measure", "promise"):
            self.run(f"VACUUM FULL {table}")

    def close(self) -> None:
        self.connection.close()


def _marked(sql: str) -> Any:
    """Our `?` as psycopg's marks. No statement of ours has either sign in a text."""
    return sql.replace("?", "%s")
