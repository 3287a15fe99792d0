"""The live call in a pty: the first line, the first key, what a key press costs, the memory. Times from the start of the process."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROUNDS, PRESSES = 15, 200
FIRST, ANOTHER = "Tell me what happened, all of it.", "Go ahead."  # the opening of the English call, and what Space brings
SIZES = ((80, 24), (200, 60))
TARGETS = {"first line": 2.5, "keys alive": 20.0, "key": 16.0, "memory": 80.0}
LOAD = ["l", "a", "l", "l", "f", "p", "d", "f", "p", "f", "f", "p", "a"]  # every language, so that every playbook is read
KEYS = " adsvb"


class Spawned(NamedTuple):
    """A process on a pty."""

    pid: int
    screen: int
    begun: float


def spawn(command: Sequence[str], env: Mapping[str, str], size: tuple[int, int]) -> Spawned:
    """Starts a command on a pty of so many columns and rows."""
    begun = time.perf_counter()
    pid, screen = pty.fork()
    if pid == 0:
        os.execve(command[0], list(command), dict(env))
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    return Spawned(pid, screen, begun)


def until(child: Spawned, wanted: str) -> float:
    """Seconds until a text has come. Raises RuntimeError where it does not."""
    seen = b""
    while wanted.encode() not in seen:
        if not select.select([child.screen], [], [], 20)[0]:
            raise RuntimeError(f"no {wanted!r} in {seen[-400:]!r}")
        seen += os.read(child.screen, 65536)
    return time.perf_counter() - child.begun


def end(child: Spawned) -> None:
    """Leaves the call."""
    os.write(child.screen, b"\x04")
    _drain(child, 0.2)
    os.close(child.screen)
    os.waitpid(child.pid, 0)


def _drain(child: Spawned, quiet: float) -> None:
    """Reads until nothing has come for so many seconds."""
    while select.select([child.screen], [], [], quiet)[0]:
        try:
            if not os.read(child.screen, 65536):
                return
        except OSError:  # the other side is closed
            return


def _processor(pid: int) -> float:
    """Milliseconds a process has had of the processor, to the nanosecond."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6


def _memory(pid: int) -> float:
    """The most memory a process has had, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def starts(program: str, env: Mapping[str, str]) -> list[tuple[float, float, float]]:
    """(bare Python, first line, first key alive) of each round, in seconds."""
    found = []
    for number in range(ROUNDS + 1):
        bare = spawn([sys.executable, "-I", "-c", "print('x')"], env, SIZES[0])
        first = until(bare, "x")
        os.close(bare.screen)
        os.waitpid(bare.pid, 0)
        call = spawn([program, "call", "--lang", "en"], env, SIZES[0])
        os.write(call.screen, b" ")  # waits until somebody reads keys
        line = until(call, FIRST)
        alive = until(call, ANOTHER)
        end(call)
        if number:  # the first round only warms up
            found.append((first, line, alive))
    return found


def presses(program: str, env: Mapping[str, str], size: tuple[int, int]) -> tuple[float, float]:
    """(median processor time of a key press with its redraw in ms, peak memory in MiB), every language loaded."""
    call = spawn([program, "call", "--lang", "en", "--cause", "delivery", "--order", "4471"], env, size)
    until(call, "4471")
    _drain(call, 0.3)
    for key in LOAD:
        os.write(call.screen, key.encode())
        _drain(call, 0.1)
    taken = []
    for number in range(PRESSES):
        before = _processor(call.pid)
        os.write(call.screen, KEYS[number % len(KEYS)].encode())
        _drain(call, 0.03)
        taken.append(_processor(call.pid) - before)
    memory = _memory(call.pid)
    end(call)
    return statistics.median(taken), memory


def rows(home: Path, env: Mapping[str, str]) -> list[str]:
    """The table of the live call."""
    program = str(Path(sys.executable).parent / "clientcoach")
    here = {**env, "TERM": "xterm-256color", "XDG_RUNTIME_DIR": str(home)}
    found = starts(program, here)
    ms = [statistics.median(column) * 1000 for column in zip(*found, strict=True)]
    ratios = [statistics.median(round_[place] / round_[0] for round_ in found) for place in range(3)]
    lines = ["| the live call, in a pty | | × bare Python | target | |", "|---|--:|--:|--:|---|"]
    for place, name in ((1, "first line"), (2, "keys alive")):
        lines.append(
            f"| {name} | {ms[place]:.0f} ms | {ratios[place]:.2f} | ≤ {TARGETS[name]} | {_verdict(ratios[place], TARGETS[name])} |"
        )
    for size in SIZES:
        key, memory = presses(program, here, size)
        shape = f"{size[0]}×{size[1]}"
        lines.append(
            f"| a key press and its redraw, {shape}, processor time | {key:.1f} ms | | ≤ {TARGETS['key']:.0f} ms | {_verdict(key, TARGETS['key'])} |"
        )
        lines.append(
            f"| memory, {shape}, four languages loaded | {memory:.0f} MiB | | ≤ {TARGETS['memory']:.0f} MiB | {_verdict(memory, TARGETS['memory'])} |"
        )
    return lines


def _verdict(found: float, target: float) -> str:
    return "met" if found <= target else "**missed**"
