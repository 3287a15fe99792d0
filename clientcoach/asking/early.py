"""The terminal before anything heavy is imported: the other screen, no echo, and back again whatever happens."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, TextIO

ENTER, LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?1049l\x1b[?25h"


class Early:
    """Shows `frame` at once on the other screen; keys typed meanwhile wait, unseen, for whoever reads them next."""

    def __init__(self, stdin: TextIO, screen: TextIO, frame: str) -> None:
        self.stdin, self.screen, self.frame = stdin, screen, frame
        self.kept: Any = None

    def __enter__(self) -> None:
        try:
            import termios

            self.kept = termios.tcgetattr(self.stdin)
            quiet = [*self.kept]
            quiet[3] &= ~(termios.ECHO | termios.ICANON)
            termios.tcsetattr(self.stdin, termios.TCSANOW, quiet)
        except (ImportError, OSError):  # Windows; or a terminal that is going away
            pass
        self._write(ENTER + self.frame)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
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
