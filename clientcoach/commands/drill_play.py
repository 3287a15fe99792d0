"""A drill as it goes on: what the customer says, what the trainee does, and the debrief that no drill ends without."""

from __future__ import annotations

from datetime import date

from clientcoach.commands.drill_read import Reader
from clientcoach.drill.hints import hint
from clientcoach.drill.result import result
from clientcoach.drill.schedule import after
from clientcoach.drill.talk import Talk
from clientcoach.drill.told import event, opening, turned
from clientcoach.drill.what_if import said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, Protocol

    from clientcoach.commands.drill_desk import Desk, Task
    from clientcoach.commands.drill_kept import Kept
    from clientcoach.drill.told import Event

    Json = dict[str, Any]

    class Hands(Protocol):
        """Whoever answers the customer."""

        def step(self, play: Play) -> Step | None:
            """The next turn; None asks for a hint."""


ANY_DAY = "2000-01-01"  # what is not kept has no date: only how many days until it comes again


class Step:
    """A turn of the trainee. `by`: pick, act or text (`told.BY`); `hint`: one was asked for with it."""

    __slots__ = ("acts", "by", "hint", "said")

    def __init__(self, acts: Sequence[str], said: str, by: str, *, hint: bool = False) -> None:
        self.acts, self.said, self.by, self.hint = tuple(acts), said, by, hint


class Play:
    """One call of a drill, the first or the second (`again`, after `first`).

    `kept`: where its result goes, and by which the next rule comes; None where nothing is kept.
    """

    def __init__(
        self, desk: Desk, task: Task, persona: Mapping[str, Any], kept: Kept | None, *, again: str = "", first: Talk | None = None
    ) -> None:
        self.desk, self.task, self.persona, self.kept = desk, task, persona, kept
        self.talk = Talk(desk.model, persona, task.seed, again=again, first=first)
        self.reader = Reader(desk.session, persona, desk.lang)
        self.first = first
        self.by: list[str] = []  # how each turn was answered
        self.coach = bool(desk.values.get("coach"))
        self.given: dict[str, str | None] = desk.given
        self.debrief: Json = {}

    def events(self, hands: Hands) -> Iterator[Event]:
        """From the first word to the debrief; the turns of a drill that is resumed come first."""
        yield from opening(self.talk, self.task.rule, self.task.lesson)
        for one, by in zip(self.talk.rounds, self.by, strict=True):
            yield from turned(self.talk, one, by)
        while not self.talk.ended:
            yield from self._turn(hands)
        yield event(self.talk, "end", self.talk.state.turn, end=self.talk.state.end)
        if not self.talk.rounds:  # a promise was kept, and they only ring to say so
            return
        yield self._debriefed()
        if self.kept:
            self.kept.save(self)

    def _turn(self, hands: Hands) -> Iterator[Event]:
        aided = self.coach
        if aided:
            yield self._hint()
        while (step := hands.step(self)) is None:
            aided = True
            yield self._hint()
        if step.hint and not aided:
            yield self._hint()
        self.take(step, aided=aided or step.hint)
        yield from turned(self.talk, self.talk.rounds[-1], step.by)

    def take(self, step: Step, *, aided: bool) -> None:
        """A turn is done; acts without words of the trainee's own are said with the persona's."""
        self.talk.take(step.acts, step.said or said(self.talk, step.acts), aided=aided)
        self.by.append(step.by)

    def _hint(self) -> Event:
        rule = hint(self.talk)
        return event(self.talk, "hint", self.talk.state.turn + 1, rule=rule, text=self.desk.words["rules"][rule]["tip"])

    def _debriefed(self) -> Event:
        from clientcoach.drill.debrief import debrief
        from clientcoach.views.debrief import lines

        told = self.debrief = debrief(self.talk)
        line = self._better(told)
        next_ = self._next(told)
        shown = lines(told, line, next_, self.desk.words, self.desk.strings)
        return event(self.talk, "debrief", self.talk.state.turn, **told, better=line, next=next_, lines=shown)

    def _better(self, told: Json) -> Json | None:
        """The phrase of the packs for what would have been right in the costliest turn."""
        from clientcoach.commands.drill_better import better

        if not told["instead"]:
            return None
        anger = told["curves"]["anger"][told["costliest"]["turn"] - 1]
        return better(self.desk.session, self.persona, told["instead"], self.desk.lang, anger=anger)

    def _next(self, told: Json) -> Json | None:
        """The rule to practise next, and in how many days."""
        rule, today = told["rule"], self.kept.today if self.kept else ANY_DAY
        if rule is None:
            return None
        own = {**result(self.talk, told, id="", at=f"{today}T23:59:59Z"), "day": today}
        day = after([*(self.kept.results if self.kept else ()), own], rule, self.desk.model)
        return {"rule": rule, "days": (date.fromisoformat(day) - date.fromisoformat(today)).days if day else 0}
