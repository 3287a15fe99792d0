"""One verb, one module: options become a case, the core answers, a `Result` goes back. Nothing is printed here."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any


class Result:
    """What a verb answers: `kind` names the view, `data` fills it, `strings` gives the interface's texts where the view wants them.

    A stream has an iterable of finished lines instead.
    """

    def __init__(self, kind: str, data: Any, *, strings: Callable[[], dict[str, Any]] | None = None, exit_code: int = 0) -> None:
        self.kind, self.data, self.strings, self.exit_code = kind, data, strings, exit_code
        self.lines: Iterable[str] | None = None
        self.eager = True  # each line is written at once, for somebody may be waiting for it
        self.colour: str | None = None  # what the settings wish for
        self.notes: Callable[[str], Iterable[str]] = lambda _style: ()  # hints and warnings for stderr, by style of the answer
