"""Where a drill in the terminal is shown and asked: on the whole of it, or line by line; and what goes to standard output."""

from __future__ import annotations

import os

from clientcoach.commands.drill_scripted import line
from clientcoach.errors import NeedsTerminal
from clientcoach.views.drill import Transcript

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from clientcoach.commands.drill_desk import Desk
    from clientcoach.commands.drill_hands import Asker
    from clientcoach.drill.told import Event

USUAL = 80  # columns


class Shown:
    """The talk as words (`transcript`) and the questions (`asker`). Raises NeedsTerminal where there is no place for them.

    Standard output gets the talk, or its events; where that is no terminal, the talk is on another one.
    """

    def __init__(self, desk: Desk, style: str) -> None:
        env = desk.session.env
        wish = desk.values.get("screen") or desk.session.settings.get("screen") or "full"
        screen = env.screen() if wish == "full" else None
        self.style, self.stdout = style, env.stdout
        self.screen = screen or (env.stdout if env.is_terminal("stdout") and style == "text" else env.stderr)
        self.transcript = Transcript(desk.words, desk.strings, _columns(screen) if screen else 0)
        self.asker = self._asker(env.stdin, full=screen is not None)

    def _asker(self, stdin: TextIO | None, *, full: bool) -> Asker:
        if stdin is None or self.screen is None:
            raise NeedsTerminal("drill_needs_terminal")
        if full:
            from clientcoach.asking.prompts import Lists

            return Lists(self.screen)
        from clientcoach.asking.plain import Plain

        return Plain(stdin, self.screen)

    def told(self, text: str, event: Event | None = None) -> str:
        """Shows a part of the talk; what of it goes to standard output."""
        if self.style == "text" and self.screen is self.stdout:
            return text
        self._write(text)
        if self.style == "text":
            return text
        return line(event) if event else ""

    def tell(self, text: str) -> None:
        """A line that is no part of the talk."""
        self._write(f"{text}\n")

    def _write(self, text: str) -> None:
        if self.screen is not None:
            self.screen.write(text)
            self.screen.flush()


def _columns(screen: TextIO) -> int:
    try:
        return os.get_terminal_size(screen.fileno()).columns or USUAL
    except (OSError, ValueError):
        return USUAL
