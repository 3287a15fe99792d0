"""Reads the ```console blocks of a Markdown file, runs them in order in one temporary home, and says what came out.

A line `$ command` (ending in a backslash: with the next line) is followed by what it prints, both streams, and by `[2]` where it
exits with 2. A line `…` stands for any lines. A fenced block with a name after its language (```json case.json) is written as
that file first. Paths are shown as /home/you and /opt/clientcoach.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
BOOKS = [ROOT / "README.md", *sorted(Path(__file__).parent.glob("*.md"))]
NOW = "2026-11-23T10:00:00+05:00"
ANY = "…"
FENCE = "```"


class Step(NamedTuple):
    """A command with the lines that should follow; or a file to write (`command` is empty, `expected` its lines)."""

    line: int
    name: str
    command: str
    expected: list[str]


def steps(text: str) -> list[Step]:
    """Every command and every file of a text, in order; `line` is the 0-based line of the first expected line."""
    found: list[Step] = []
    info: str | None = None
    continued = False
    for number, line in enumerate(text.split("\n")):
        if line.startswith(FENCE):
            info = None if info is not None else line.removeprefix(FENCE)
            if info and " " in info:
                found.append(Step(number + 1, info.split(" ", 1)[1], "", []))
        elif info == "console" and (line.startswith("$ ") or continued):
            start = found.pop().command + "\n" if continued else ""
            found.append(Step(number + 1, "", start + line.removeprefix("$ "), []))
            continued = line.endswith("\\")
        elif found and (info == "console" or (info and " " in info)):
            found[-1].expected.append(line)
    return found


def environment(home: Path) -> dict[str, str]:
    """What a command sees: our program first, a home of its own, a stopped clock."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8", "CLIENTCOACH_NOW": NOW, "PYTHONPATH": str(ROOT)}


def run(step: Step, home: Path) -> list[str]:
    """The lines that a step gives; a file gives its own."""
    if not step.command:
        (home / step.name).write_text("\n".join(step.expected) + "\n", encoding="utf-8")
        return step.expected
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", step.command],
        cwd=home, env=environment(home), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    text = done.stdout.decode().replace(str(home), "/home/you").replace(str(ROOT), "/opt/clientcoach")
    lines = text.removesuffix("\n").split("\n") if text else []
    return [*lines, f"[{done.returncode}]"] if done.returncode else lines


def matches(expected: list[str], lines: list[str]) -> bool:
    """Whether the lines are the expected ones, `…` being any number of lines."""
    if not expected:
        return not lines
    if expected[0] == ANY:
        return any(matches(expected[1:], lines[start:]) for start in range(len(lines) + 1))
    return bool(lines) and lines[0] == expected[0] and matches(expected[1:], lines[1:])


def renewed(expected: list[str], lines: list[str]) -> list[str]:
    """What to expect from now on: as many lines before the first and after the last `…` as there were."""
    if ANY not in expected:
        return lines
    before, after = expected.index(ANY), expected[::-1].index(ANY)
    return [*lines[:before], ANY, *lines[len(lines) - after :]] if before + after < len(lines) else lines
