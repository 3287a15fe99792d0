"""The store on a PostgreSQL server, for a team: the same SQL through psycopg 3 (extra `team`). The only module that knows psycopg."""

from __future__ import annotations

import logging
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any

from clientcoach.errors import StorageError
from clientcoach.records.engine import shown
from clientcoach.records.schema import MIGRATIONS, said

try:
    import psycopg
    from psycopg import errors
    from psycopg.conninfo import conninfo_to_dict
except ImportError as missing:
    raise StorageError("store_needs_team", package="clientcoach[team]") from missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clientcoach.records.engine import Row

logging.getLogger("psycopg").addHandler(logging.NullHandler())  # or what it logs of a lost connection would stand on the worker's screen
LOCK = 0x63636F61  # one advisory lock: writers take turns, as they do in a file
WAIT = "30s"  # for that lock, as long as for a file
FEW = 2000  # rows read at once
USUAL = {  # what a URL may say otherwise: seconds to connect, and until a silent network counts as gone
    "application_name": "clientcoach",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
ALWAYS = """SELECT set_config('lock_timeout', ?, false),
    set_config('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'), false)"""
GONE = ("server closed the connection", "receive data from server", "send data to server", "SYSCALL")  # libpq, where nobody says anything
TABLES = ("incident", "measure", "promise")
KINDS = {
    "store_readonly": (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction),
    "store_locked": (
        errors.LockNotAvailable,
        errors.QueryCanceled,
        errors.SerializationFailure,
        errors.DeadlockDetected,
        errors.TooManyConnections,
    ),
    "store_full": (errors.DiskFull,),
    "store_damaged": (errors.DataCorrupted, errors.IndexCorrupted),
    "store_not_ours": (errors.UndefinedTable, errors.UndefinedColumn, errors.DuplicateTable),
}


class Postgres:
    """One connection. The password comes from PGPASSWORD, a PGPASSFILE or the URL, and is never told.

    An empty database becomes a store; one of an older version grows when it is opened with `write`.
    """

    def __init__(self, url: str, *, write: bool) -> None:
        self.place = shown(url)
        self.write = write
        self.cursors = count()
        self.connection = self._connected(url)
        try:
            self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def _connected(self, url: str) -> psycopg.Connection[Row]:
        """What cannot be read or is refused may hold the password or a part of it: only what is surely none of it is told."""
        try:
            told: dict[str, Any] = {**USUAL, **conninfo_to_dict(url), "client_encoding": "utf8"}
        except psycopg.Error:
            raise StorageError("store_bad_url") from None
        try:
            return psycopg.connect("", **told, autocommit=True)
        except psycopg.Error as error:
            raise (StorageError("store_refused", file=self.place) if _refused(error) else self._told(error)) from None

    def _told(self, error: psycopg.Error) -> StorageError:
        code = next((code for code, known in KINDS.items() if isinstance(error, known)), "store_unreachable")
        words = str(error).rpartition(" failed: ")[2].splitlines() if " failed: " in str(error) else []
        return StorageError(code, file=self.place, reason=error.sqlstate or (words or [type(error).__name__])[0])

    def _prepare(self) -> None:
        self.run(ALWAYS, (WAIT,))
        there = self.version()
        if there > len(MIGRATIONS):
            raise StorageError("store_newer", file=self.place, version=there)
        if there < len(MIGRATIONS) and (self.write or not there):
            self._migrate()

    def _migrate(self) -> None:
        """All that is missing, in one transaction."""
        encoding = next(self.rows("SELECT getdatabaseencoding()"))[0]
        if encoding != "UTF8":
            raise StorageError("store_not_utf8", file=self.place, encoding=encoding)
        self._begin("READ WRITE")
        there = self.version()
        if there < len(MIGRATIONS):  # another may have been first
            for statements in MIGRATIONS[there:]:
                for statement in statements:
                    self.run(said(statement, "postgresql"))
            self.run("DELETE FROM meta WHERE name = 'version'")
            self.run("INSERT INTO meta (name, value) VALUES ('version', ?)", (str(len(MIGRATIONS)),))
        self.commit()

    def version(self) -> int:
        """`to_regclass` would be shorter, but after waiting for a lock it answers from its memory."""
        if not next(self.rows("SELECT count(*) FROM pg_class WHERE relname = 'meta' AND pg_table_is_visible(oid)"))[0]:
            return 0
        found = next(self.rows("SELECT value FROM meta WHERE name = 'version'"), ("",))[0]
        if not found.isdecimal():
            raise StorageError("store_not_ours", file=self.place)
        return int(found)

    def begin(self) -> None:
        self._begin("READ WRITE" if self.write else "READ ONLY")

    def _begin(self, mode: str) -> None:
        """What others committed while we waited for our turn must be seen: whatever the server's default, each statement looks anew."""
        try:
            self.connection.execute(f"BEGIN ISOLATION LEVEL READ COMMITTED {mode}; SELECT pg_advisory_xact_lock({LOCK})")
        except psycopg.Error as error:
            self.rollback()
            raise self._told(error) from None

    def look(self) -> None:
        self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def commit(self) -> None:
        """Raises StorageError, too, where a statement had failed: the server then calls a rollback its success."""
        if self._run("COMMIT").statusmessage != "COMMIT":
            raise StorageError("store_unreachable", file=self.place, reason="ROLLBACK")

    def rollback(self) -> None:
        with suppress(psycopg.Error):  # a server that is gone has rolled back
            self.connection.rollback()

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        return self._run(sql, values).rowcount

    def _run(self, sql: str, values: Sequence[Any] = ()) -> psycopg.Cursor[Row]:
        try:
            return self.connection.execute(_marked(sql), tuple(values) or None)
        except psycopg.Error as error:
            raise self._told(error) from None

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        try:
            with self.connection.cursor() as cursor:
                cursor.executemany(_marked(sql), rows)
        except psycopg.Error as error:
            raise self._told(error) from None

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Few come in one answer, so that a far server is asked but once; many through a cursor of the server's, a page at a time."""
        few = self._run(f"SELECT * FROM ({sql}) AS few LIMIT {FEW}", values).fetchall()  # noqa: S608 - a statement of ours
        yield from few if len(few) < FEW else self._many(sql, values)

    def _many(self, sql: str, values: Sequence[Any]) -> Iterator[Row]:
        try:
            with self.connection.cursor(name=f"rows_{next(self.cursors)}", withhold=True) as cursor:  # held: transactions may end meanwhile
                cursor.itersize = FEW
                yield from cursor.execute(_marked(sql), tuple(values) or None)
        except psycopg.Error as error:
            raise self._told(error) from None

    def faults(self) -> Iterator[str]:
        """Nothing: a server looks after its own files."""
        yield from ()

    def tidy(self) -> bool:
        """Tables and indexes written anew, without the pages of what is gone. The server only warns whoever may not do that."""
        for table in TABLES:
            if not next(self.rows("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(?)", (table,)))[0]:
                return False
            self.run(f"VACUUM FULL {table}")
        return True

    def close(self) -> None:
        self.connection.close()


def _refused(error: psycopg.Error) -> bool:
    """Whether a server that asked for the password then said no, in whatever language; psycopg does not tell its code here."""
    asked = error.pgconn is not None and (error.pgconn.needs_password or error.pgconn.used_password)
    return asked and not any(sign in str(error) for sign in GONE)


def _marked(sql: str) -> Any:
    """Our `?` as psycopg's marks. No statement of ours has either sign in a text."""
    return sql.replace("?", "%s")
