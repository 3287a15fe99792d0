"""Processes, started as a shell would and timed from outside."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Cost(NamedTuple):
    """What one process took: seconds on the clock and on the processor, peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


def cost(command: Sequence[str], env: Mapping[str, str], stdin: str = os.devnull, stdout: str = os.devnull) -> Cost:
    """Runs a command to its end. Raises RuntimeError where it fails: a crash is no result."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, env, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    if status:
        raise RuntimeError(f"exit {os.waitstatus_to_exitcode(status)}: {' '.join(command)}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def peak(command: Sequence[str], path: str, env: Mapping[str, str]) -> float:
    """The most memory that a stream held, in MiB, by the kernel's own mark (`wait4` would count ours from before its start)."""
    found = 0
    with Path(path).open("rb") as lines, subprocess.Popen(command, env=env, stdin=lines, stdout=subprocess.DEVNULL) as child:
        while child.poll() is None:
            status = Path(f"/proc/{child.pid}/status").read_text(encoding="utf-8")
            found = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), found)
            time.sleep(0.02)
    return found / 1024


def rounds(commands: Mapping[str, Sequence[str]], env: Mapping[str, str], count: int, base: str) -> dict[str, tuple[Cost, float]]:
    """Of every command its median costs over `count` rounds, and the median of its ratio to `base` in the same round.

    In each round every command runs once, in another order; so a machine that grows slow for a while slows both alike.
    """
    taken: dict[str, list[Cost]] = {name: [] for name in commands}
    shuffled = random.Random(0)
    for number in range(count + 1):
        for name in shuffled.sample(list(commands), len(commands)):
            measured = cost(commands[name], env)
            if number:  # the first round only warms up
                taken[name].append(measured)
    return {
        name: (
            Cost(*map(statistics.median, zip(*costs, strict=True))),
            statistics.median(one.wall / bare.wall for one, bare in zip(costs, taken[base], strict=True)),
        )
        for name, costs in taken.items()
    }
