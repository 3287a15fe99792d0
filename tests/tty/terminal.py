"""A program in a real (pseudo) terminal, with the screen that its user would see."""

from __future__ import annotations

import base64
import os
import re
import shlex
import sys
import time
from typing import TYPE_CHECKING, Any

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.support import Place

PATIENCE = 20  # seconds
QUIET = 0.05  # seconds
SIZE = (80, 24)
NAMED = {"enter": "\r", "escape": "\x1b", "backspace": "\x7f", "left": "\x1b[D", "up": "\x1b[A", "down": "\x1b[B", "ctrl-c": "\x03", "ctrl-d": "\x04"}  # fmt: skip
OTHER_SCREEN = 1049
CYRILLIC = dict(zip("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзфывапролдячсмить", strict=True))
COLOURS = {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}


class Window(pyte.Screen):
    """pyte's screen with what it lacks: the other screen of full-screen programs."""

    other = False
    main: Any = None

    def set_mode(self, *modes: int, **more: Any) -> None:
        if more.get("private") and OTHER_SCREEN in modes:
            if not self.other:
                self.main = ({row: line.copy() for row, line in self.buffer.items()}, self.cursor.x, self.cursor.y)
            self.other = True
            self.erase_in_display(2)
        super().set_mode(*modes, **more)

    def reset_mode(self, *modes: int, **more: Any) -> None:
        if more.get("private") and OTHER_SCREEN in modes and self.main:
            kept, self.cursor.x, self.cursor.y = self.main
            if self.other:
                self.erase_in_display(2)
                for row, line in kept.items():
                    self.buffer[row].update(line)
            self.other = False
        super().reset_mode(*modes, **more)


class Terminal:
    """`raw` is everything the program has written."""

    def __init__(self, command: Sequence[str], environment: dict[str, str], folder: str, size: tuple[int, int] = SIZE) -> None:
        columns, rows = size
        self.window = Window(columns, rows)
        self.stream = pyte.ByteStream(self.window)
        self.raw = b""
        self.child = pexpect.spawn(command[0], list(command[1:]), env=environment, cwd=folder, dimensions=(rows, columns), timeout=PATIENCE)
        self.child.delaybeforesend = None

    def press(self, *keys: str) -> None:
        """Named keys, or characters as the keyboard prints them, one after another without a pause."""
        self.child.send("".join(NAMED.get(key, key) for key in keys).encode())

    def paste(self, text: str) -> None:
        """As a terminal with bracketed paste does it."""
        self.child.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """The window gets another size, and the program is told."""
        self.window.resize(rows, columns)
        self.window.erase_in_display(2)
        self.child.setwinsize(rows, columns)

    def rows(self) -> list[str]:
        """What each row of the window shows."""
        return [row.rstrip() for row in self.window.display]

    def text(self) -> str:
        """What the window shows."""
        return "\n".join(self.rows())

    def words(self) -> str:
        """What the window shows in one line, however it is broken into rows."""
        return flat(self.text())

    def says(self, line: str, following: str) -> bool:
        """Whether a line is on the window, and not as the one after it, which `following` announces."""
        words = self.words()
        return flat(line) in words and flat(f"{following} {line}") not in words

    def cell(self, text: str) -> Any:
        """The first cell of a text that stands in one row."""
        for number, row in enumerate(self.window.display):
            if text in row:
                return self.window.buffer[number][row.index(text)]
        raise AssertionError(f"{text!r} is not in\n{self.text()}")

    def wait_for(self, *wanted: str | Callable[[], Any]) -> None:
        """Until each text is on the window (wherever it is broken) and each condition holds."""
        end = time.monotonic() + PATIENCE
        while not all(flat(one) in self.words() if isinstance(one, str) else one() for one in wanted):
            try:
                self._read(end - time.monotonic())
            except (pexpect.TIMEOUT, pexpect.EOF) as error:
                lacking = [one for one in wanted if (flat(one) not in self.words() if isinstance(one, str) else not one())]
                raise AssertionError(f"{type(error).__name__}: {lacking} not in\n{self.text()}") from None

    def wait_for_output(self, found: bytes) -> None:
        """Until the program has written these bytes."""
        self.wait_for(lambda: found in self.raw)

    def settle(self) -> None:
        """Until the program has nothing more to write for the moment."""
        try:
            while True:
                self._read(QUIET)
        except pexpect.TIMEOUT:
            pass

    def left(self) -> int:
        """The exit code (128 + the signal), when the program has ended and everything is read."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._read(end - time.monotonic())
            except pexpect.EOF:
                break
            except pexpect.TIMEOUT:
                raise AssertionError(f"still running:\n{self.text()}") from None
        self.child.wait()
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else 128 + (self.child.signalstatus or 0)

    def shut(self) -> None:
        """The window is closed under the program; returns when the program is gone."""
        os.close(self.child.child_fd)
        self.child.child_fd = -1
        self.child.closed = self.child.ptyproc.closed = True
        end = time.monotonic() + PATIENCE
        while not os.waitpid(self.child.pid, os.WNOHANG)[0]:
            assert time.monotonic() < end, "it does not notice that its window is gone"
            time.sleep(0.02)
        self.child.terminated = self.child.ptyproc.terminated = True

    def kill(self) -> None:
        """Ends the program whatever it does."""
        if not self.child.closed:
            self.child.close(force=True)

    def clipboard(self) -> list[str]:
        """What was put on the clipboard by OSC 52."""
        return [base64.b64decode(found).decode() for found in re.findall(rb"\x1b\]52;c;([^\x07\x1b]*)(?:\x07|\x1b\\)", self.raw)]

    def attributes(self) -> set[int]:
        """The numbers of all SGR sequences: bold is 1, colours from 30 on."""
        return {int(number or 0) for found in re.findall(rb"\x1b\[([0-9;]*)m", self.raw) for number in found.split(b";")}

    def _read(self, seconds: float) -> None:
        data = self.child.read_nonblocking(1 << 16, max(0, seconds))
        self.raw += data
        self.stream.feed(data)


class Terminals:
    """Terminals for the call in one place; those left open are closed by `close`."""

    def __init__(self, at: Place) -> None:
        self.at = at
        self.open: list[Terminal] = []

    def environment(self, **variables: str | None) -> dict[str, str]:
        base = {**self.at.environment(), "TERM": "xterm-256color", "CLIENTCOACH_LANG": "en", **variables}
        return {name: value for name, value in base.items() if value is not None}

    def start(self, *argv: str, shell: str = "", size: tuple[int, int] = SIZE, **variables: str | None) -> Terminal:
        """`clientcoach` with these words, or a line of bash in which `coach` is clientcoach; a variable None is not set."""
        coach = [sys.executable, "-m", "clientcoach"]
        command = ["bash", "-c", re.sub(r"\bcoach\b", shlex.join(coach), shell)] if shell else [*coach, *argv]
        terminal = Terminal(command, self.environment(**variables), str(self.at.cwd), size)
        self.open.append(terminal)
        return terminal

    def close(self) -> None:
        for terminal in self.open:
            terminal.kill()


def flat(text: str) -> str:
    """Words with single spaces."""
    return " ".join(text.split())
