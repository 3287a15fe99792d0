"""Stores for tests, and a writer that is a process of its own: `python -m tests.records.stores FILE COUNT [MODE]`.

It saves COUNT incidents (0: until it is killed) and prints the id of each once it was told that it is saved.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from clientcoach.errors import StorageError
from clientcoach.records import incidents, promises
from clientcoach.records.ids import new_id
from clientcoach.records.sqlite import SQLite
from clientcoach.records.store import Store
from tests.support import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AT = "2026-11-25T05:00:00Z"
SETTINGS = {
    "durable": (),
    "wal-full": ("journal_mode=WAL", "synchronous=FULL"),
    "delete-full": ("journal_mode=DELETE", "synchronous=FULL"),
    "wal-normal": ("journal_mode=WAL", "synchronous=NORMAL"),
}


def store(path: Path | str, *, write: bool = True) -> Store:
    return Store(str(path), lambda: AT, "tester", write=write)


def promise(number: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "schema": "clientcoach/promise@1",
        **dict.fromkeys(promises.PROMISE),
        "id": new_id(),
        "what": f"call back {number}",
        "owner": "Anna",
        "due_at": f"2026-12-{1 + number % 28:02}T09:00:00Z",
        "due": f"2026-12-{1 + number % 28:02}",
        "made_at": AT,
        **more,
    }


def incident(number: int = 0, **more: Any) -> dict[str, Any]:
    name = new_id()
    return {
        **incidents.blank(),
        "id": name,
        "opened_at": AT,
        "closed_at": f"2026-{1 + number % 12:02}-{1 + number % 28:02}T10:00:{number % 60:02}Z",
        "lang": ("en", "ru", "pl", "kk")[number % 4],
        "cause": ("delivery", "product", "billing")[number % 3],
        "reference": f"R-{number}",
        "anger_start": 8,
        "facts": [{"name": "item", "value": f"Чайник № {number}"}],
        "steps": {"listen": "done", "apologise": "skipped"},
        "phrases": [{"id": "listen.open.first", "calmed": True}],
        "offers": [{"id": "refund", "answer": "accepted"}],
        "worked": "A pause. Ждать.",
        "promises": [promise(number, incident=name, reference=f"R-{number}")],
        **more,
    }


def save(kept: Store, made: dict[str, Any]) -> str:
    kept.change(lambda engine, at, actor: incidents.insert(engine, made, at, actor))
    return str(made["id"])


def fill(path: Path | str, count: int) -> list[dict[str, Any]]:
    made = [incident(number) for number in range(count)]
    with store(path) as kept:
        for one in made:
            save(kept, one)
    return made


def everything(kept: Store) -> dict[str, Any]:
    """All that the store says, by every path that a command takes."""
    engine = kept.engine
    found = list(incidents.listed(engine, {}))
    return {
        "incidents": found,
        "causes": [list(incidents.listed(engine, {"cause": cause})) for cause in ("delivery", "product", "billing")],
        "references": [list(incidents.listed(engine, {"reference": one["reference"]})) for one in found],
        "by id": [incidents.find(engine, one["id"]) for one in found],
        "promises": list(promises.every(engine)),
        "open": list(promises.still_open(engine)),
        "of a customer": [list(promises.still_open(engine, reference=one["reference"])) for one in found],
        "measures": list(engine.rows("SELECT * FROM measure ORDER BY incident, place")),
    }


def saved(path: Path | str) -> set[str]:
    with store(path, write=False) as kept:
        return {row[0] for row in kept.engine.rows("SELECT id FROM incident")}


def writer(path: Path | str, count: int, mode: str = "durable", **more: Any) -> subprocess.Popen[bytes]:
    """A process that writes; what it acknowledges is on its stdout."""
    words = [sys.executable, "-m", "tests.records.stores", str(path), str(count), mode]
    return subprocess.Popen(words, **{"cwd": ROOT, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more})


def without_rights() -> None:
    """In a process about to begin: root, too, then minds the permissions of files."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            if libc.prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
                os._exit(77)


def _with(mode: str) -> None:
    """Makes the writer's stores use other settings than ours."""
    ours: Callable[[SQLite], None] = SQLite._settings

    def settings(self: SQLite) -> None:
        ours(self)
        for pragma in SETTINGS[mode]:
            self.connection.execute(f"PRAGMA {pragma}")

    SQLite._settings = settings  # type: ignore[method-assign]


def main(path: str, count: str, mode: str = "durable") -> int:
    """The writer."""
    _with(mode)
    number = 0
    try:
        with store(path) as kept:
            while number < int(count) or count == "0":
                os.write(1, f"{save(kept, incident(number))}\n".encode())
                number += 1
    except StorageError as error:
        os.write(2, error.code.encode())
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
