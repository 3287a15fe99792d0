"""One verb, one module: options become a case, the core answers, a `Result` goes back. Nothing is printed here."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


class Result:
    """What a verb answers: `kind` names the view, `data` fills it; a stream has an iterable of finished lines instead."""

    def __init__(self, kind: str, data: Any, *, exit_code: int = 0, lines: Iterable[str] | None = None, ui: str = "en") -> None:
        self.kind, self.data, self.exit_code, self.lines, self.ui = kind, data, exit_code, lines, ui
