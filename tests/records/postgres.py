"""A PostgreSQL server of the tests' own: Debian's, as an ordinary user, in a folder of its own, on loopback alone.

`shared()` is one server for all worker processes of a run. A process of its own keeps it (`python -m tests.records.postgres FOLDER`)
and ends it when the last of them is gone, however it went: the lock on `users` is the kernel's to give back.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
ENGINES = ("sqlite", "postgresql")
PASSWORD = "opensesame-7301"
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")  # for servers that nobody kills
SOON = 30.0  # seconds for a server to come up on a busy machine


def programs() -> Path:
    """The folder of the newest server; Debian keeps it off PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise FileNotFoundError("PostgreSQL is not installed. Run .ci/setup --dev.")
    return found[-1].parent if found else Path(str(on_path)).parent


def somebody() -> dict[str, Any]:
    """Whose the server is, as options of Popen: ours, or where we are root somebody else's, because it refuses root."""
    if os.geteuid():
        return {}
    entry = next(one for one in pwd.getpwall() if one.pw_name in {"postgres", "nobody"})
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _with_us() -> None:
    """In a server about to begin: it ends when we do."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


def unused_port() -> int:
    """Below those that the system gives to clients: else one of them might take it while a server is down."""
    while True:
        port = random.SystemRandom().randrange(16_000, 32_000)
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port


class Address:
    """A server that somebody keeps. Roles: `owner` may everything, `worker` owns the databases of `database()`; both with PASSWORD."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(
        self, database: str = "postgres", user: str = "owner", *, host: str = "127.0.0.1", password: str = PASSWORD, **options: str
    ) -> str:
        """`options` are settings of the server for this connection."""
        told = "?options=" + quote(" ".join(f"-c{name}={value}" for name, value in options.items())) if options else ""
        return f"postgresql://{user}:{password}@{host}:{self.port}/{database}{told}"

    def asked(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """A connection of the owner's."""
        return psycopg.connect(self.url(database), autocommit=True)

    def database(self, name: str, *more: str) -> str:
        """Makes a database, usually one whose own language sorts texts otherwise than their bytes do; tells its name."""
        words = " ".join(more or ("ENCODING UTF8", "LOCALE_PROVIDER icu", "ICU_LOCALE 'pl-PL'"))
        with self.asked() as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER worker TEMPLATE template0 {words}")
        return name


def memory() -> str | None:
    """A folder in memory, if there is one with room: a server that syncs its files is twenty times sooner back there."""
    return "/dev/shm" if os.path.isdir("/dev/shm") and shutil.disk_usage("/dev/shm").free > 1 << 29 else None


class Server(Address):
    """A server of our own."""

    def __init__(self, *options: str, folder: str | None = None) -> None:
        super().__init__(unused_port())
        self.folder = Path(tempfile.mkdtemp(prefix="coach-pg-", dir=folder))
        self.bin, self.options, self.user = programs(), options, somebody()
        self._make()
        self.start()
        with self.asked() as connection:
            connection.execute(f"CREATE ROLE worker LOGIN PASSWORD '{PASSWORD}'")

    def _make(self) -> None:
        (self.folder / "password").write_text(PASSWORD)
        if self.user:
            for path in (self.folder, self.folder / "password"):
                os.chown(path, self.user["user"], self.user["group"])
        words = ["--pgdata=data", "--username=owner", "--pwfile=password", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run([self.bin / "initdb", *words, "--no-sync"], cwd=self.folder, check=True, capture_output=True, **self.user)

    def start(self) -> None:
        """Until it answers."""
        places = ["-D", "data", "-k", self.folder, "-p", str(self.port), "-c", "listen_addresses=127.0.0.1,::1"]
        with (self.folder / "log").open("ab") as log:
            more = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "cwd": self.folder, "start_new_session": True}
            self.process = subprocess.Popen([self.bin / "postgres", *places, *self.options], preexec_fn=_with_us, **more, **self.user)
        end = time.monotonic() + SOON
        while True:
            try:
                return self.asked().close()
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.02)

    def kill(self) -> None:
        """As if the machine had gone: nobody has time for anything."""
        first = self.process.pid
        os.kill(first, signal.SIGSTOP)  # or it would notice that the others die
        for number in (*Path(f"/proc/{first}/task/{first}/children").read_text().split(), first):
            os.kill(int(number), signal.SIGKILL)
        self.process.wait()

    def stop(self, how: signal.Signals) -> None:
        """SIGINT: everybody is sent away, then it ends in order. SIGQUIT: at once."""
        self.process.send_signal(how)
        self.process.wait()

    def remove(self) -> None:
        if self.process.poll() is None:
            self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)


def tampering(url: str) -> psycopg.Connection[Any]:
    """A connection to somebody's store, as one who may do anything and whom no trigger and no rule stops."""
    return psycopg.connect(url.replace("//worker:", "//owner:").replace("?options=", "?options=-csession_replication_role%3Dreplica%20"))


def shared(folder: Path) -> Iterator[Address]:
    """The one server of a run, whose workers agree on a folder; it lives as long as one of them uses it."""
    with (folder / "users").open("a") as users, (folder / "starting").open("a") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        if not (folder / "ready").exists():
            words = [sys.executable, "-m", "tests.records.postgres", str(folder)]
            with (folder / "log").open("ab") as log:
                keeper = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
            while not (folder / "ready").exists():
                if keeper.poll() is not None:
                    raise RuntimeError((folder / "log").read_text())
                time.sleep(0.02)
        fcntl.flock(starting, fcntl.LOCK_UN)
        yield Address(int((folder / "ready").read_text()))


def keep(folder: Path) -> None:
    """The keeper: starts the server, waits until nobody uses it, ends it."""
    server = Server(*FAST)
    try:
        (folder / "port").write_text(str(server.port))
        (folder / "port").rename(folder / "ready")
        with (folder / "users").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_EX)
            (folder / "ready").unlink()
    finally:
        server.remove()


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
