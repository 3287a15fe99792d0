"""The store in one file. Rollback journal and full sync: of the settings measured only such lose no acknowledged record in a power cut
(research/storage.md 2.3: WAL with NORMAL lost some in 67 % of the cuts).
"""

from __future__ import annotations

import errno
import os
import sqlite3

from clientcoach.errors import StorageError
from clientcoach.records.schema import MIGRATIONS, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from clientcoach.records.engine import Row

APPLICATION = 0x63636F61  # "ccoa": whose file this is
WAIT = 30.0  # seconds; SQLite's turns are not fair, so short waits fail under eight writers
PLAIN = "/-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
CODES = {
    "SQLITE_BUSY": "store_locked",
    "SQLITE_LOCKED": "store_locked",
    "SQLITE_FULL": "store_full",
    "SQLITE_IOERR_WRITE": "store_full",  # a quota or a limit on the size of files
    "SQLITE_IOERR_FSYNC": "store_full",
    "SQLITE_IOERR_TRUNCATE": "store_full",
    "SQLITE_IOERR": "store_unreachable",  # a drive that went away
    "SQLITE_READONLY": "store_readonly",
    "SQLITE_PERM": "store_readonly",
    "SQLITE_CONSTRAINT_TRIGGER": "store_readonly",  # the audit only grows
    "SQLITE_CANTOPEN": "store_unreachable",
    "SQLITE_CORRUPT": "store_damaged",
    "SQLITE_NOTADB": "store_not_ours",
}


FAILED = (sqlite3.Error, UnicodeDecodeError)  # the second where a damaged text is in what SQLite says or in a row
NOT_MADE = {
    errno.EACCES: "store_readonly",
    errno.EPERM: "store_readonly",
    errno.EROFS: "store_readonly",
    errno.ENOSPC: "store_full",
    errno.EDQUOT: "store_full",
}


def told(error: Exception, place: str) -> StorageError:
    """The error as ours: what, where, what to do."""
    name = getattr(error, "sqlite_errorname", "") or ""
    code = next((code for start, code in CODES.items() if name.startswith(start)), "store_damaged")
    return StorageError(code, file=place, reason=str(error))


class SQLite:
    """One file, made where it is missing (mode 0600 in a folder of 0700). Without `write` it is opened to be read only.

    What it was opened with is closed again when it cannot be used.
    """

    def __init__(self, path: str, *, write: bool) -> None:
        self.place = path
        self.write = write
        self.file = os.path.realpath(path)  # SQLite follows a link, and has its journal beside the file itself
        new = self._is_new()
        broken_off = _size(f"{self.file}-journal") > 0
        try:
            # a reader, too, has to undo what broke off, or it could read nothing
            mode = "rw" if write or new or broken_off else "ro"
            self.connection = sqlite3.connect(f"file:{_quoted(self.file)}?mode={mode}", uri=True, timeout=WAIT, isolation_level=None)
        except FAILED as error:
            raise told(error, path) from error
        try:
            self._prepare(new=new, broken_off=broken_off)
        except FAILED as error:
            self.connection.close()
            raise told(error, path) from error
        except BaseException:
            self.connection.close()
            raise

    def _is_new(self) -> bool:
        """Whether nothing is in the file yet; a missing one is made for a writer. A FIFO is never opened: that would wait."""
        if os.path.exists(self.file) and not os.path.isfile(self.file):
            raise StorageError("store_not_ours", file=self.place, reason="")
        if not os.path.exists(self.file):
            if not self.write:
                raise StorageError("store_unreachable", file=self.place, reason=os.strerror(errno.ENOENT))
            self._make()
        return _size(self.file) == 0

    def _make(self) -> None:
        try:
            os.makedirs(os.path.dirname(self.file), mode=0o700, exist_ok=True)
            os.close(os.open(self.file, os.O_CREAT | os.O_WRONLY, 0o600))
        except OSError as error:
            code = NOT_MADE.get(error.errno or 0, "store_unreachable")
            raise StorageError(code, file=self.place, reason=os.strerror(error.errno or 0)) from error

    def _prepare(self, *, new: bool, broken_off: bool) -> None:
        self._settings()
        self._check(new=new)
        if broken_off and self._one("PRAGMA quick_check(1)") != "ok":
            raise StorageError("store_damaged", file=self.place, reason="quick_check")
        if (new or self.write) and self.version() < len(MIGRATIONS):
            self._migrate(new=new)
        if not self.write:
            self.connection.execute("PRAGMA query_only=ON")

    def _settings(self) -> None:
        for pragma in ("foreign_keys=ON", "trusted_schema=OFF", "secure_delete=ON", "synchronous=FULL"):
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
            self._copy(f"{self.file}.before-{len(MIGRATIONS)}")
        self.begin()
        if self.version() < len(MIGRATIONS):  # another process may have been first
            for statements in MIGRATIONS[self.version() :]:
                for statement in statements:
                    self.connection.execute(said(statement, "sqlite"))
            self.connection.execute(f"PRAGMA application_id={APPLICATION}")
            self.connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")
        self.commit()

    def _copy(self, path: str) -> None:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        copy = sqlite3.connect(path)
        try:
            self.connection.backup(copy)
        finally:
            copy.close()

    def _one(self, sql: str) -> Any:
        return self.connection.execute(sql).fetchone()[0]

    def version(self) -> int:
        return int(self._one("PRAGMA user_version"))

    def begin(self) -> None:
        self.run("BEGIN IMMEDIATE")

    def look(self) -> None:
        self.run("BEGIN")

    def commit(self) -> None:
        self.run("COMMIT")

    def rollback(self) -> None:
        if self.connection.in_transaction:
            self.run("ROLLBACK")

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        try:
            return self.connection.execute(sql, tuple(values)).rowcount
        except FAILED as error:
            raise told(error, self.place) from error

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        try:
            self.connection.executemany(sql, rows)
        except FAILED as error:
            raise told(error, self.place) from error

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        try:
            yield from self.connection.execute(sql, tuple(values))
        except FAILED as error:
            raise told(error, self.place) from error

    def faults(self) -> Iterator[str]:
        """What SQLite itself finds wrong in the file: pages, types, indexes that miss a row. It has no sums of the rows."""
        for row in self.rows("PRAGMA integrity_check(10)"):
            if row[0] != "ok":
                yield row[0]

    def tidy(self) -> bool:
        """After rows were erased: the file without their pages."""
        self.run("VACUUM")
        return True

    def close(self) -> None:
        """The end. No `PRAGMA optimize`: every query finds its index without figures (a test holds it), and it would write once more."""
        self.connection.close()


def _quoted(path: str) -> str:
    """A path in a file: URI, byte by byte: a name need not be UTF-8."""
    return "".join(chr(byte) if chr(byte) in PLAIN else f"%{byte:02x}" for byte in os.fsencode(path))


def _size(path: str) -> int:
    """The bytes of a file, 0 where there is none."""
    try:
        return os.path.getsize(path)
    except OSError:
        return 0
