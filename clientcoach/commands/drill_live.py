"""Drills in the terminal, from the first word to what one looks at after the debrief."""

from __future__ import annotations

from clientcoach.commands.drill_after import After
from clientcoach.commands.drill_hands import Menu, Typed
from clientcoach.commands.drill_kept import Kept
from clientcoach.commands.drill_play import Play
from clientcoach.commands.drill_resumed import resumed, sound, state
from clientcoach.commands.drill_screen import Shown
from clientcoach.commands.drill_spot import shown
from clientcoach.errors import Cancelled, CoachError
from clientcoach.records.journal import DRILLS, Trail, broken_off

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clientcoach.commands import Result
    from clientcoach.commands.drill_desk import Desk, Task
    from clientcoach.records.journal import Broken


class Live:
    """One sitting at the terminal. What is yielded goes to standard output. Raises StorageError where results cannot be read."""

    def __init__(self, desk: Desk, style: str, result: Result) -> None:
        self.desk, self.result, self.env = desk, result, desk.session.env
        self.shown = Shown(desk, style)
        self.transcript, self.told, self.tell = self.shown.transcript, self.shown.told, self.shown.tell
        self.menu = Menu(desk, self.shown.asker, self.transcript)
        self.kept = Kept(desk)

    def drills(self, tasks: Sequence[Task]) -> Iterator[str]:
        """One after another; leaving one leaves those after it."""
        for notice in (*self.desk.notices, *self._left_behind()):
            self.tell("\n".join(self.transcript.wrapped(notice)))
        for number, task in enumerate(tasks, 1):
            if task.title:
                yield self.told(self._announced(task, number, len(tasks)))
            if task.new and not self._spotted(task):
                return
            play = Play(self.desk, task, self.desk.persona(task.persona), self.kept)
            yield from self.begun(play)
            if self.result.exit_code:
                return

    def _spotted(self, task: Task) -> bool:
        """Before a new rule a call in which it is broken, for whoever likes; whether the trainee has stayed."""
        rule = self.desk.words["rules"][task.rule]["name"]
        items = [("spot", "a", "drill.spot_first"), ("straight", "s", "drill.straight")]
        try:
            if self.menu.pick(self.menu.word("drill.new_rule", rule=rule), [], items) == "spot":
                for text in shown(self.desk, str(task.rule), task.seed):
                    self.tell(text.rstrip("\n"))
        except (Cancelled, EOFError):
            self.result.exit_code = Cancelled.exit_code
            return False
        return True

    def _left_behind(self) -> list[str]:
        """That another drill broke off, while it can be resumed."""
        return [self.menu.word("drill.left_behind")] if self._broken() else []

    def _broken(self) -> Broken | None:
        return next((one for one in broken_off(self.env.directory("runtime"), DRILLS) if sound(one[1])), None)

    def _announced(self, task: Task, number: int, count: int) -> str:
        """A drill of a lesson, and what it is to teach."""
        rule = self.desk.words["rules"][task.rule]
        rows = [f"{task.title}: {self.menu.word('drill.of_lesson', number=number, count=count)}", rule["tip"], rule["why"]]
        return "".join(f"{line}\n" for row in ("", *rows, "") for line in self.transcript.wrapped(row))

    def resumed(self) -> Iterator[str]:
        """The drill that broke off last. Raises CoachError where there is none."""
        found = self._broken()
        if found is None:
            raise CoachError("nothing_drilled")
        yield from self.begun(resumed(self.desk, found[1], self.kept), found)

    def begun(self, play: Play, broken: Broken | None = None) -> Iterator[str]:
        """A drill, what is asked for after it, and its second call where that is wished."""
        try:
            self._agreed(play)
            yield from self._played(play, broken)
            yield from self._after(play)
        except (Cancelled, EOFError):
            self.result.exit_code = Cancelled.exit_code
            self.tell(self.menu.word("drill.not_kept"))

    def _agreed(self, play: Play) -> None:
        """Nobody comes upon abuse or despair unasked. Raises Cancelled."""
        needed = play.persona["opt_in"]
        if not needed or needed in self.desk.opted or play.talk.rounds:
            return
        self.tell("\n".join(self.transcript.wrapped(self.menu.word(f"drill.warn_{needed}"))))
        if self.menu.pick("", [], [("no", "n", "drill.rather_not"), ("yes", "b", "drill.begin_it")]) == "no":
            raise Cancelled

    def _played(self, play: Play, broken: Broken | None) -> Iterator[str]:
        """The call and its debrief. Its journal outlives a crash and Ctrl-C, not the end of the call nor that the trainee leaves."""
        journal = Trail(self.env.directory("runtime"), lambda: state(play), DRILLS, broken)
        hands = Typed(self.menu, journal.write, self.tell)
        try:
            for event in play.events(hands):
                if event["type"] == "end":
                    journal.write()  # a result that cannot be saved now can be later
                yield self.told(self.transcript.told(event), event)
            journal.remove()
        except (Cancelled, EOFError):
            journal.remove()
            raise
        except KeyboardInterrupt:
            self.tell(self.menu.word("drill.go_on"))
            raise
        self.tell(self._saved(play))

    def _saved(self, play: Play) -> str:
        """That the result is kept, and how to have the same customer again."""
        again = f"clientcoach drill run {play.task.persona} --seed {play.task.seed}"
        told = [self.menu.word("drill.saved"), self.menu.word("drill.seed", command=again)]
        return "\n".join(line for one in told for line in self.transcript.wrapped(one))

    def _after(self, play: Play) -> Iterator[str]:
        """What is looked at afterwards. The drill is saved: leaving this is its end, not a break."""
        try:
            again = After(self.menu, self.tell).asked(play)
        except EOFError:
            return
        if again:
            yield from self._second(play, again)

    def _second(self, play: Play, again: str) -> Iterator[str]:
        """What was promised was done, and they only say so; or it was not, and there is another call."""
        second = Play(self.desk, play.task, play.persona, self.kept, again=again, first=play.talk)
        if second.talk.ended:
            yield from (self.told(self.transcript.told(event), event) for event in second.events(Typed(self.menu, lambda: None, self.tell)))
            return
        try:
            yield from self._played(second, None)
        except (Cancelled, EOFError):
            self.tell(self.menu.word("drill.not_kept"))
            return
        yield from self._after(second)
