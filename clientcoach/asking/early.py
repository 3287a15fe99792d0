"""The terminal before anything heavy is imported: the other screen, no echo, and back again whatever happens."""

from __future__ import annotations

import os

from clientcoach.errors import Terminated

try:  # what `signal` is made of; itself it loads `enum`, and the first frame would wait for that
    from _signal import SIGTERM, signal
except ImportError:  # not CPython
    from signal import SIGTERM, signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, TextIO

ENTER, LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?1049l\x1b[?25h"


def _stop(_number: int, _frame: object) -> None:
    raise Terminated


class Early:
    """Shows `frame` at once on the other screen; keys typed meanwhile wait, unseen, for whoever reads them next."""

    def __init__(self, stdin: TextIO, screen: TextIO, frame: str) -> None:
        self.stdin, self.screen, self.frame = stdin, screen, frame
        self.kept: Any = None

    def __enter__(self) -> None:
        try:
            signal(SIGTERM, _stop)  # being told to stop must give the terminal back too
            self._quiet()
            self._write(ENTER + self.frame)
        except BaseException:
            self._leave()
            raise

    def _quiet(self) -> None:
        try:
            import termios

            self.kept = termios.tcgetattr(self.stdin)
            quiet = [*self.kept]
            quiet[3] &= ~(termios.ECHO | termios.ICANON)
            termios.tcsetattr(self.stdin, termios.TCSANOW, quiet)
        except (ImportError, OSError):  # Windows; or a terminal that is going away
            pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._leave()

    def _leave(self) -> None:
        self._write(LEAVE)
        if self.kept is not None:
            import termios

            try:  # noqa: SIM105 - as everywhere before the first frame, contextlib is not loaded
                termios.tcsetattr(self.stdin, termios.TCSANOW, self.kept)
            except OSError:  # the window is closed
                pass

    def _write(self, text: str) -> None:
        try:
            self.screen.write(text)
            self.screen.flush()
        except OSError:
            pass


def size(screen: TextIO) -> tuple[int, int]:
    """Columns and rows; 80 × 24 where the terminal does not tell."""
    try:
        columns, rows = os.get_terminal_size(screen.fileno())
    except OSError:
        return 80, 24
    return columns or 80, rows or 24
