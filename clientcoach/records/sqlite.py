"""The store in one file. Rollback journal and full sync: of the settings measured only such lose no acknowledged record in a power cut
(research/storage.md 2.3: WAL with NORMAL lost some in 67 % of the cuts).
"""

from __future__ import annotations

import os
import sqlite3

from clientcoach.errors import StorageError
from clientcoach.records.schema import MIGRATIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from clientcoach.records.engine import Row

APPLICATION = 0x63636F61  # "ccoa": whose file this is
WAIT = 30.0  # seconds; SQLite's turns are not fair, so short waits fail under eight writers
HEADER = 100  # bytes before the first page
CODES = {
    "SQLITE_BUSY": "store_locked",
    "SQLITE_LOCKED": "store_locked",
    "SQLITE_FULL": "store_full",
    "SQLITE_IOERR": "store_full",
    "SQLITE_READONLY": "store_readonly",
    "SQLITE_PERM": "store_readonly",
    "SQLITE_CANTOPEN": "store_unreachable",
    "SQLITE_CORRUPT": "store_damaged",
    "SQLITE_NOTADB": "store_not_ours",
}


def told(error: sqlite3.Error, place: str) -> StorageError:
    """The error as ours: what, where, what to do."""
    name = getattr(error, "sqlite_errorname", "") or ""
    code = next((code for start, code in CODES.items() if name.startswith(start)), "store_damaged")
    return StorageError(code, file=place, reason=str(error))


class SQLite:
    """One file, made where it is missing (mode 0600 in a folder of 0700). Without `write` it is opened to be read only."""

    def __init__(self, path: str, *, write: bool) -> None:
        self.place = path
        self.write = write
        if os.path.exists(path) and not os.path.isfile(path):
            raise StorageError("store_not_ours", file=path, reason="")
        new = not os.path.exists(path) or os.path.getsize(path) == 0
        if new:
            self._make(path)
        broken_off = os.path.exists(f"{path}-journal")
        try:
            mode = "rw" if write or new else "ro"
            self.connection = sqlite3.connect(f"file:{_quoted(path)}?mode={mode}", uri=True, timeout=WAIT, isolation_level=None)
            self._settings()
            self._check(new=new)
            if broken_off and self._one("PRAGMA quick_check(1)") != "ok":
                raise StorageError("store_damaged", file=path, reason="quick_check")
            if (new or write) and self.version() < len(MIGRATIONS):
                self._migrate(new=new)
        except sqlite3.Error as error:
            raise told(error, path) from error

    def _make(self, path: str) -> None:
        folder = os.path.dirname(os.path.abspath(path))
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        except OSError as error:
            raise StorageError("store_unreachable", file=path, reason=os.strerror(error.errno or 0)) from error

    def _settings(self) -> None:
        for pragma in ("foreign_keys=ON", "trusted_schema=OFF", "secure_delete=ON", "synchronous=FULL", "analysis_limit=400"):
            self.connection.execute(f"PRAGMA {pragma}")
        if self.write:
            self.connection.execute("PRAGMA journal_mode=TRUNCATE")

    def _check(self, *, new: bool) -> None:
        """Whose file it is and whether this version can read it, before anything is written."""
        found = self._one("PRAGMA application_id")
        if not new and found != APPLICATION and (found or self._one("SELECT count(*) FROM sqlite_schema")):
            raise StorageError("store_not_ours", file=self.place, reason="")
        if self.version() > len(MIGRATIONS):
            raise StorageError("store_newer", file=self.place, version=self.version())

    def _migrate(self, *, new: bool) -> None:
        """All that is missing in one transaction; a copy of an older file is made beside it first."""
        before = self.version()
        if not new and before:
            with sqlite3.connect(f"{self.place}.before-{len(MIGRATIONS)}") as copy:
                self.connection.backup(copy)
            copy.close()
        self.begin()
        if self.version() < len(MIGRATIONS):  # another process may have been first
            for statements in MIGRATIONS[self.version() :]:
                for statement in statements:
                    self.connection.execute(statement.replace("{strict}", "STRICT"))
            self.connection.execute(f"PRAGMA application_id={APPLICATION}")
            self.connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")
        self.commit()

    def _one(self, sql: str) -> Any:
        return self.connection.execute(sql).fetchone()[0]

    def version(self) -> int:
        return int(self._one("PRAGMA user_version"))

    def begin(self) -> None:
        self.run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self.run("COMMIT")

    def rollback(self) -> None:
        if self.connection.in_transaction:
            self.run("ROLLBACK")

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        try:
            return self.connection.execute(sql, tuple(values)).rowcount
        except sqlite3.Error as error:
            raise told(error, self.place) from error

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        try:
            self.connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise told(error, self.place) from error

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        try:
            yield from self.connection.execute(sql, tuple(values))
        except sqlite3.Error as error:
            raise told(error, self.place) from error

    def tidy(self) -> None:
        """After rows were erased: the file without their pages."""
        self.run("VACUUM")

    def close(self) -> None:
        """The planner's figures are kept up on the way out: without them a report on a million rows is fifty times slower."""
        try:
            if self.write:
                self.connection.execute("PRAGMA optimize")
            self.connection.close()
        except sqlite3.Error:  # a store that cannot be tidied is still closed
            self.connection.close()


def _quoted(path: str) -> str:
    """A path in a file: URI."""
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
