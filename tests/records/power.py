"""A power cut, simulated: the writes of a process are recorded with strace and played back up to any moment, as a disk may have kept them.

What was synced is there. What was written later may be there, or not, or be torn at a sector; so may the names of files, in their order.
A model of a disk, not a disk: no drive that lies about a sync. (research/storage.md 2.3)
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.support import ROOT

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

CALLS = "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink"
CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)(?:<([^>]*)>)?")
SECTOR = 512
KEPT = (0.0, 0.3, 0.7)  # how many of the writes that were not synced a cut leaves on the disk


@dataclass(frozen=True)
class Event:
    """What a process did: `make`, `unlink`, `write`, `cut`, `sync` of a file, `ack` of an incident."""

    kind: str
    name: str
    at: int = 0
    data: bytes = b""


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.strip('"').replace("\\x", ""))


def record(folder: Path, mode: str, count: int) -> list[Event]:
    """What a writer of `count` incidents into `folder`/records.db did to the files there, and what it acknowledged when."""
    trace, output = folder.parent / f"{folder.name}.trace", folder.parent / f"{folder.name}.acks"
    strace = [shutil.which("strace"), "-y", "-xx", "-s", "9999999", "-o", str(trace), "-e", f"trace={CALLS}"]
    words = [*strace, sys.executable, "-m", "tests.records.stores", str(folder / "records.db"), str(count), mode]
    with output.open("wb") as stream:
        subprocess.run(words, cwd=ROOT, stdout=stream, check=True, timeout=120)
    return list(_events(trace.read_text(), str(folder), str(output)))


def _events(trace: str, folder: str, output: str) -> Iterator[Event]:
    there: set[str] = set()
    for line in trace.splitlines():
        match = CALL.match(line)
        if not match or match[3].startswith("-"):
            continue
        call, words, result, opened = match.groups()
        path = _bytes(opened or words.partition("<")[2].partition(">")[0] or words).decode()
        if call == "write" and path == output:
            yield Event("ack", "", data=_bytes(words.split(", ")[1]).strip())
        elif path == folder and call in {"fsync", "fdatasync"}:
            yield Event("sync", "")
        elif path.startswith(f"{folder}/") and not path.endswith("-shm"):
            yield from _of_a_file(call, words.split(", "), path.rpartition("/")[2], there)


def _of_a_file(call: str, words: list[str], name: str, there: set[str]) -> Iterator[Event]:
    if call == "openat" and name not in there:
        there.add(name)
        yield Event("make", name)
    elif call == "unlink":
        there.discard(name)
        yield Event("unlink", name)
    elif call == "pwrite64":
        yield Event("write", name, int(words[3]), _bytes(words[1]))
    elif call == "write":
        raise AssertionError("a write without a place: the play-back does not know it")
    elif call == "ftruncate":
        yield Event("cut", name, int(words[1]))
    elif call in {"fsync", "fdatasync"}:
        yield Event("sync", name)


@dataclass
class Disk:
    """What is on the disk after a cut."""

    chance: random.Random
    share: float
    files: dict[str, bytearray] = field(default_factory=dict)

    def write(self, event: Event, *, sure: bool) -> None:
        data = event.data
        if not sure and self.chance.random() >= self.share:
            if self.share == 0.0 or len(data) <= SECTOR or self.chance.random() < 0.5:
                return
            data = data[: SECTOR * self.chance.randrange(1, -(-len(data) // SECTOR))]  # torn
        held = self.files.setdefault(event.name, bytearray())
        if event.kind == "cut":
            del held[event.at :]
        else:
            held.extend(bytes(max(0, event.at - len(held))))
            held[event.at : event.at + len(data)] = data


def after_a_cut(events: list[Event], moment: int, chance: random.Random) -> tuple[dict[str, bytes], set[str]]:
    """The files as they may be when the power goes after `moment` events, and the incidents acknowledged before."""
    past = events[:moment]
    synced = {event.name: place for place, event in enumerate(past) if event.kind == "sync"}
    names_until = chance.randint(synced.get("", 0), moment)
    disk, names = Disk(chance, chance.choice(KEPT)), set()
    for place, event in enumerate(past):
        if event.kind in {"make", "unlink"} and place <= names_until:
            (names.add if event.kind == "make" else names.discard)(event.name)
        if event.kind in {"write", "cut"}:
            disk.write(event, sure=place < synced.get(event.name, -1))
        if event.kind == "unlink":
            disk.files.pop(event.name, None) if event.name not in names else None
    acknowledged = {event.data.decode() for event in past if event.kind == "ack"}
    return {name: bytes(disk.files.get(name, b"")) for name in names}, acknowledged
