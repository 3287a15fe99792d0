"""What the verbs of practice share: the trainee's own results, what day it is where they are, and what is due."""

from __future__ import annotations

import os

from clientcoach.commands.owed import Days
from clientcoach.content import library
from clientcoach.errors import StorageError, UsageError
from clientcoach.records import drills
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.commands.session import Session
    from clientcoach.drill.schedule import Due

    Result = dict[str, Any]


class Drilled:
    """The results of whoever sits here. `told`: sentences for stderr, where the file was damaged."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.told: list[str] = []

    @property
    def path(self) -> str:
        """The file of the results. Raises StorageError where nobody knows a place for it."""
        folder = self.session.env.directory("data")
        if folder is None:
            raise StorageError("no_place_for_results")
        return os.path.join(folder, drills.FILE)

    def results(self) -> list[Result]:
        """All of them, in the order of their time, each with its `day` where the trainee is. Raises StorageError."""
        days = Days(self.session)
        found = drills.kept(self.path, self._tell)
        return [{**one, "day": days.day(one["at"])} for one in sorted(found, key=lambda one: str(one["at"]))]

    def keep(self, result: Mapping[str, Any]) -> None:
        """On the disk when it returns. Raises StorageError."""
        drills.keep(self.path, result, self._tell)

    def stamp(self) -> dict[str, str]:
        """What `drill.result.result` wants to be told of a new result: its id and the time."""
        from clientcoach.records.ids import new_id

        return {"id": new_id(), "at": Days(self.session).now}

    def due(self, lang: str) -> Due | None:
        """What comes next, in a persona that speaks a language; None where none does. Raises StorageError, ContentError."""
        from clientcoach.drill.schedule import due

        return due(self.results(), library.drill_model(self.session.places), self.personas(lang), Days(self.session).today)

    def personas(self, lang: str) -> dict[str, dict[str, Any]]:
        """What the schedule knows of each persona that speaks a language. Raises ContentError."""
        from clientcoach.drill.schedule import about

        found = {}
        for name in library.personas(self.session.places):
            try:
                found[name] = about(library.persona(self.session.places, name, lang))
            except UsageError:  # not written in it
                continue
        return found

    def _tell(self, aside: str, count: int) -> None:
        strings = self.session.strings(self.session.ui())
        if aside:
            self.told.append(word(strings, "class.damaged", count=count, file=self.path, aside=aside))
        else:
            self.told.append(word(strings, "class.damaged_left", count=count, file=self.path))
