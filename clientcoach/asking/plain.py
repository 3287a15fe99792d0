"""The questions of a drill line by line: for a dumb terminal and a screen reader. A key and Enter; nothing is drawn over."""

from __future__ import annotations

from clientcoach.asking.keys import latin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    Item = tuple[str, str, str]


class Plain:
    """As `prompts.Lists`. Raises EOFError where there is no line any more."""

    marking = "drill.which_numbers"

    def __init__(self, stdin: TextIO, screen: TextIO) -> None:
        self.stdin, self.screen = stdin, screen

    def pick(self, question: str, items: Sequence[Item], at: str | None = None) -> str:
        """The value of the item whose key was typed; Enter alone takes `at`, else the first. Asked again until it is one."""
        self._show(["", question, *(title for _, _, title in items)])
        while True:
            key = latin(self._line())
            if not key:
                return at or items[0][0]
            for value, known, _ in items:
                if len(key) == 1 and key in known:
                    return value

    def text(self, question: str, hint: str) -> str:
        """A line."""
        self._show([f"{question} {hint}"])
        return self._line()

    def several(self, question: str, hint: str, items: Sequence[tuple[str, str]], marked: Sequence[str], least: str) -> list[str]:
        """The values of the items whose numbers were typed, or of those `marked`."""
        self._show([f"{question} {hint}", *(f"{place}) {title}" for place, (_, title) in enumerate(items, 1))])
        while True:
            numbers = [int(word) for word in self._line().replace(",", " ").split() if word.isascii() and word.isdigit()]
            found = [items[number - 1][0] for number in numbers if 0 < number <= len(items)] or list(marked)
            if found:
                return found
            self._show([least])

    def _line(self) -> str:
        self.screen.write(": ")
        self.screen.flush()
        line = self.stdin.readline()
        if not line:
            raise EOFError
        return line.strip()

    def _show(self, lines: Sequence[str]) -> None:
        self.screen.write("".join(f"{line}\n" for line in lines))
        self.screen.flush()
