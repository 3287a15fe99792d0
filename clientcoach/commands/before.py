"""What a customer was promised before, and how often they were warned: looked up at the start of a call and when its number is learned."""

from __future__ import annotations

import threading

from clientcoach.asking.live import outcome
from clientcoach.case.text import safe
from clientcoach.views.messages import owner_of, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from clientcoach.commands.live import Words
    from clientcoach.commands.session import Session
    from clientcoach.errors import CoachError

PATIENCE = 1.0  # seconds that a plain call waits for the store: the customer is on the line
NAMES = ("reference", "order")


class Before:
    """`look` opens the store; what it finds stays in `owed` (lines, the nearest date first), `late` and `warned`."""

    def __init__(self, session: Session, words: Words) -> None:
        self.session, self.words = session, words
        self.known: list[str | None] = [None, None]  # what was looked up last
        self.owed: list[str] = []
        self.warned: str | None = None

    def learned(self, case: Mapping[str, Any]) -> bool:
        """Whether the numbers of the case are others than before: then there is something to look up."""
        before, self.known = self.known, [case.get(name) for name in NAMES]
        return before != self.known

    def look(self) -> None:
        """What is owed by the numbers known now. Raises StorageError."""
        from clientcoach.commands import keeping
        from clientcoach.commands.owed import owed_to
        from clientcoach.records import incidents
        from clientcoach.records.observed import references

        known = list(self.known)
        named = references(dict(zip(NAMES, known, strict=True)))
        store = keeping.store(self.session) if named else None
        owed, count = [], 0
        if store is not None:
            with store:
                owed = owed_to(store.engine, named)
                count = incidents.warned(store.engine, named)
        if known == self.known:  # nothing was learned meanwhile
            self._tell(owed, count)

    def _tell(self, owed: list[dict[str, Any]], count: int) -> None:
        from clientcoach.commands.keeping import now

        at, strings = now(self.session), self.words.strings
        required = self.session.policy(self.words.ui)["warnings_required"]
        self.owed = [self._line(one, late=one["due_at"] < at) for one in sorted(owed, key=lambda one: one["due_at"])]
        self.warned = word(strings, "screen.warned_before", count=count, required=required) if count else None

    def _line(self, promise: Mapping[str, Any], *, late: bool) -> str:
        strings = self.words.strings
        told = safe(f"{self.words.day('deadline', promise['due'])}: {promise['what'].rstrip('.')} ({owner_of(promise, strings)})")
        return word(strings, "screen.owed_late", promise=told) if late else told

    def lines(self) -> list[str]:
        """All of it for a plain call, a line each; the store is given a moment, for nobody may wait for it."""
        looking = Aside(self.look)
        if not looking.ended(PATIENCE) or looking.fault:
            return [word(self.words.strings, "screen.owed_unread")]
        label = word(self.words.strings, "screen.owed")
        return [*(f"{label}: {one}" for one in self.owed), *([self.warned] if self.warned else [])]


class Aside:
    """Work in a thread of its own. What hangs is left behind: it ends with the program."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.fault: CoachError | None = None
        self.thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self.thread.start()

    def _run(self, work: Callable[[], None]) -> None:
        self.fault = outcome(work)

    def ended(self, seconds: float | None = None) -> bool:
        """Whether it is done, after so long at most; Ctrl-C ends the waiting."""
        self.thread.join(seconds)
        return not self.thread.is_alive()
