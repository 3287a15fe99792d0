"""A drill and the trainee's results: what comes next by them, and its own once it has ended."""

from __future__ import annotations

from clientcoach.commands.drilled import Drilled
from clientcoach.commands.owed import Days
from clientcoach.drill.dice import Dice
from clientcoach.drill.result import result
from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from clientcoach.commands.drill_desk import Desk
    from clientcoach.commands.drill_play import Play
    from clientcoach.drill.schedule import Due

SEEDS = 1000  # of those that are drawn: short enough to say to somebody


class Kept:
    """The results as they are when a drill begins. Raises StorageError."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.drilled = desk, Drilled(desk.session)
        self.results = self.drilled.results()
        self.today = Days(desk.session).today
        self._tell()

    def save(self, play: Play) -> None:
        """The result of a call that has ended: on the disk when it returns. Raises StorageError."""
        given = {"rule": play.task.rule, "lesson": play.task.lesson, **play.given}
        made = self.drilled.stamp()
        found = result(play.talk, play.debrief, id=made["id"], at=made["at"], **given)
        self.drilled.keep(found)
        self.results = [*self.results, {**found, "day": self.today}]
        self._tell()

    def due(self) -> Due:
        """The rule and the persona that come next. Raises UsageError where no persona speaks the language."""
        found = self.drilled.due(self.desk.lang)
        if found is None:
            raise UsageError("no_persona", value=self.desk.lang)
        return found

    def seed(self) -> int:
        """Another one after each drill; the same where none was kept since, and it is the same day."""
        return Dice(int(self.today.replace("-", "")), len(self.results)).below(SEEDS)

    def _tell(self) -> None:
        """What there is to know of the file, on stderr."""
        stream = self.desk.session.env.stderr
        if stream is not None:
            stream.write("".join(f"{line}\n" for line in self.drilled.told))
            stream.flush()
        self.drilled.told.clear()
