"""Where a call stands, and which line that is: the place is (step, part), with a turn of the customer perhaps on top of it."""

from __future__ import annotations

from clientcoach.coach.choose import form_of, sayable, wish_of
from clientcoach.coach.facts import holds
from clientcoach.coach.offers import LAID_OUT, fitting, laid_out, listed, needs_lead
from clientcoach.coach.script import advice, label_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Protocol

    from clientcoach.coach.script import Desk
    from clientcoach.coach.shapes import Line, Phrase, Playbook

    class World(Protocol):
        """What the call needs from outside, injected so that the machine stays pure."""

        def desk(self, case: Mapping[str, Any], extra: Mapping[str, str], lang: str) -> Desk:
            """Playbook, policy and values of a case in a language."""

        def turns(self, lang: str) -> Playbook:
            """The interruptions in a language."""

        def notes(self) -> Playbook:
            """The playbook in the worker's language."""

        def turn_notes(self) -> Playbook:
            """The interruptions in the worker's language."""

        def now(self) -> str:
            """The time of an event, ISO with offset."""

        def moment(self, text: str) -> Mapping[str, Any]:
            """A moment resolved against the clock and the policy."""


NEVER_TWICE = "empathize"  # an empathy line heard again sounds read from a sheet
EXACT = ("insult.", "hold.")  # the rung reached, the time asked for: a more general line would say something else


def steering_part(playbook: Playbook, step: str) -> str | None:
    """The part of a step that takes the floor back when the story has taken long; None: the step has none."""
    return next((part for part in dict(playbook["steps"])[step] if "listened" in playbook["parts"].get(f"{step}.{part}", {})), None)


class Place:
    """The state of a call and the line it is at. Facts may arrive at any moment; what was said stays said."""

    def __init__(self, world: World, case: dict[str, Any], lang: str) -> None:
        self.world, self.case, self.lang = world, case, lang
        self.step, self.part = 0, ""
        self.phrase: Phrase | None = None
        self.wish: str | None = None
        self.seen: list[str] = []  # ids offered at this place, newest last
        self.said: dict[str, int] = {}  # id → when, counted in lines
        self.trail: list[tuple[int, str, str | None]] = []
        self.turn: dict[str, Any] | None = None
        self.insults = self.names = 0
        self.answers: dict[str, dict[str, Any]] = {}
        self.promises: list[dict[str, Any]] = []
        self.kinds: list[str] = []
        self.extra: dict[str, str] = {}
        self.solution: str | None = None
        self.anger_start: int | None = case.get("anger")
        self.reached: set[str] = set()
        self.warned = self.ended = self.listened = False
        self.trend = 0  # where the anger went last: -1 down, 1 up
        self.learn({})
        self.steps = [name for name, _ in self.world.desk(self.case, {}, lang).playbook["steps"]]

    def learn(self, facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Adds facts to the case. A deadline is pinned to the clock as it is now: "2h" must not mean another time a minute later.

        The deadline as a moment, where there is a new one.
        """
        before, after = self.case.get("anger"), facts.get("anger")
        if before is not None and after is not None and before != after:
            self.trend = 1 if after > before else -1
        if self.anger_start is None:
            self.anger_start = after
        self.case = {**self.case, **facts}
        deadline = (facts or self.case).get("deadline")
        moment = self.world.moment(deadline) if deadline else None
        if moment:
            self.case["deadline"] = moment["iso"]
        return moment

    def desk(self) -> Desk:
        """The desk of this moment, with what only the call knows among the facts."""
        desk = self.world.desk(self.case, self.extra, self.lang)
        desk.names = self.names
        desk.facts["solution"] = self._solution(desk)
        if self.listened:
            desk.facts["listened"] = "long"
        if self.turn and "rung" in self.turn:
            desk.facts["rung"] = self.turn["rung"]
            desk.facts["warned"] = "yes" if self.insults > 1 else "no"
        return desk

    def step_name(self) -> str:
        """The step the call is in."""
        return self.steps[self.step]

    def line(self) -> dict[str, Any] | None:
        """The line to say now; None when everything is said."""
        if self.phrase is None:
            return None
        desk = self.desk()
        return {**desk.line(self.key(), self.phrase, self.wish), "label": self._label(desk)}

    def _label(self, desk: Desk) -> str:
        return "" if self.turn else label_of(self.world.notes(), self.part, desk)

    def upcoming(self) -> Line | None:
        """The line after this one, shown dimmed under it."""
        if self.turn:
            return None
        desk = self.desk()
        place = self.after(desk, self.step, self.part)
        phrase = place and self.choose(desk, f"{self.steps[place[0]]}.{place[1]}", [])
        return desk.line(f"{self.steps[place[0]]}.{place[1]}", phrase) if place and phrase else None

    def offers(self) -> list[dict[str, Any]]:
        """What may be laid before the customer now, the lead's own after this worker's."""
        return self._unanswered(self.desk())

    def _unanswered(self, desk: Desk) -> list[dict[str, Any]]:
        everything = listed(desk.playbook, desk.policy, self.case, desk.values, desk.today)
        return [offer for offer in everything if offer["id"] not in self.answers]

    def book(self, desk: Desk) -> Playbook:
        """What the line on screen is from: the interruptions inside a turn, else the playbook."""
        return self.world.turns(self.lang) if self.turn else desk.playbook

    def advice(self) -> dict[str, Any]:
        """Title, notes and what to avoid, of the step or of the turn on top of it."""
        if self.turn:
            return advice(self.desk(), self.world.turn_notes(), self.turn["kind"], self.world.turns(self.lang))
        return advice(self.desk(), self.world.notes(), self.step_name())

    def hearing(self) -> bool:
        """Whether the customer still tells their story: the steering line is yet to be said."""
        if self.turn or self.phrase is None or self.ended:
            return False
        playbook, step = self.desk().playbook, self.step_name()
        order = dict(playbook["steps"])[step]
        steering = steering_part(playbook, step)
        return steering is not None and order.index(self.part) <= order.index(steering)

    def missing(self) -> list[str]:
        """The facts that would make a line of this step or a later one more exact, the nearest first."""
        desk = self.desk()
        for step in range(self.step, len(self.steps)):
            for part in self.open_parts(desk, step):
                desk.ranked(f"{self.steps[step]}.{part}", self.said)
        return desk.missing

    def skipped(self) -> list[str]:
        """The steps that nothing has been said in; the last one's end counts as said."""
        return [step for step in self.steps if step not in self.reached and not (step == self.step_name() and self.phrase is None)]

    def key(self) -> str:
        """STEP.PART of the line on screen (KIND.PART inside a turn)."""
        return f"{self.turn['kind']}.{self.turn['part']}" if self.turn else f"{self.step_name()}.{self.part}"

    def _solution(self, desk: Desk) -> str:
        if self.solution:
            return self.solution
        own = [offer for offer in fitting(desk.playbook, desk.policy, self.case, desk.today) if not needs_lead(offer, self.case)]
        refused = [offer for offer in own if self.answers.get(offer["id"], {}).get("answer") == "refused"]
        if refused:
            return "refused_all" if all(offer in refused for offer in laid_out(own, self.case)) else "refused"
        return "open" if own else "none"

    def open_parts(self, desk: Desk, step: int) -> list[str]:
        """The parts of a step whose conditions hold now."""
        name = self.steps[step]
        own = sum(1 for offer in self._unanswered(desk) if not offer["needs_lead"]) if name == "propose" else 0
        return [
            part
            for part in dict(desk.playbook["steps"])[name]
            if holds(desk.playbook["parts"].get(f"{name}.{part}", {}), desk.facts) and own >= LAID_OUT.get(f"{name}.{part}", 0)
        ]

    def after(self, desk: Desk, step: int, part: str) -> tuple[int, str] | None:
        """The next place that has something to say, in this step or a later one."""
        order = dict(desk.playbook["steps"])[self.steps[step]]
        rest = [name for name in self.open_parts(desk, step) if part not in order or order.index(name) > order.index(part)]
        while True:
            for name in rest:
                if self.choose(desk, f"{self.steps[step]}.{name}", []):
                    return step, name
            if step + 1 == len(self.steps):
                return None
            step += 1
            rest = self.open_parts(desk, step)

    def open(self) -> None:
        """The first line on screen."""
        desk = self.desk()
        self.enter(desk, self.after(desk, 0, ""))

    def enter(self, desk: Desk, place: tuple[int, str] | None) -> None:
        """Puts the best line of a place on screen; None: everything is said."""
        self.wish, self.seen = None, []
        if place is None:
            self.phrase = None
            return
        self.step, self.part = place
        self.phrase = self.choose(desk, self.key(), [])

    def choose(self, desk: Desk, key: str, seen: list[str], wish: str | None = None) -> Phrase | None:
        """The best line of a part that was neither said nor seen here; what was seen again, when nothing else is left."""
        desk.playbook = self.book(desk)
        ranked = desk.ranked(key, self.said, wish)
        if key.startswith(EXACT):
            ranked = [phrase for phrase in ranked if phrase["specificity"] == ranked[0]["specificity"]]
        fresh = [phrase for phrase in ranked if phrase["id"] not in self.said and phrase["id"] not in seen]
        if fresh:
            return fresh[0]
        unseen = [phrase for phrase in ranked if phrase["id"] not in seen]
        if key.startswith(NEVER_TWICE):
            unseen = ranked = [phrase for phrase in ranked if phrase["id"] not in self.said]
        return next(iter(unseen or ranked), None)

    def retailor(self) -> None:
        """The line of this place, chosen anew; where the place itself no longer holds, the next one that does."""
        desk = self.desk()
        if self.phrase is not None and not self.turn and self.part not in self.open_parts(desk, self.step):
            self.enter(desk, self.reopened(desk) or self.after(desk, self.step, self.part))
        elif self.phrase is not None:
            chosen = self.choose(desk, self.key(), self.seen, self.wish)
            if chosen is None and not self.turn and not self._sayable(desk):
                self.enter(desk, self.after(desk, self.step, self.part))
            else:
                self.phrase = chosen or self.phrase
        elif not self.turn:
            self.enter(desk, self.reopened(desk) or self.after(desk, self.step, self.part))

    def keep_sayable(self) -> None:
        """Another line, where what the one on screen needs is known no more (a promise forgotten, an offer taken back)."""
        if not self._sayable(self.desk()):
            self.retailor()

    def _sayable(self, desk: Desk) -> bool:
        return self.phrase is None or sayable(form_of(self.phrase, wish_of(self.case.get("channel"), self.wish)), desk.values)

    def reopened(self, desk: Desk) -> tuple[int, str] | None:
        """A part of this step that what happened has just opened (a refusal opens the compromise)."""
        for part in self.open_parts(desk, self.step):
            key = f"{self.step_name()}.{part}"
            unsaid = not any(phrase["id"] in self.said for phrase in desk.playbook["phrases"][key])
            if "solution" in desk.playbook["parts"].get(key, {}) and unsaid:
                return self.step, part
        return None
