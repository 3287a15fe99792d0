"""The open store: whose it is, what time it is, and one transaction at a time around what changes it."""

from __future__ import annotations

from clientcoach.records.engine import connect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any, TypeVar

    from clientcoach.records.engine import Engine

    Found = TypeVar("Found")


class Store:
    """Used in a `with`; what was not committed when it ends is gone. `now` is UTC text, `actor` who does it."""

    def __init__(self, place: str, now: Callable[[], str], actor: str, *, write: bool) -> None:
        self.now, self.actor = now, actor
        self.engine: Engine = connect(place, write=write)

    def __enter__(self) -> Store:  # noqa: PYI034 - `Self` would have to be imported
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.engine.close()

    def change(self, do: Callable[[Engine, str, str], Found]) -> Found:
        """Runs `do(engine, at, actor)` in one transaction: when it returns, the change is durable; when it fails, it never was."""
        self.engine.begin()
        try:
            found = do(self.engine, self.now(), self.actor)
            self.engine.commit()
        except BaseException:
            self.engine.rollback()
            raise
        return found

    def read(self, do: Callable[[Engine], Any]) -> Any:
        """Runs `do(engine)`; all that it reads is of one state of the store, whoever writes meanwhile."""
        self.engine.look()
        try:
            return do(self.engine)
        finally:
            self.engine.rollback()
