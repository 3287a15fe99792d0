"""The live call as a state machine: what the worker does goes in, events come out. It reads no clock, screen or file of its own.

A turn the customer takes (an interruption, a hold) lies on top of the place and leaves it untouched, so that the way back is
always the same line.
"""

from __future__ import annotations

from clientcoach.case.read import unknown
from clientcoach.coach.actions import ACTIONS
from clientcoach.coach.choose import form_of, said_names, wish_of
from clientcoach.coach.place import NEVER_TWICE, Place
from clientcoach.errors import UsageError
from clientcoach.wording.evaluate import render

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Event = dict[str, Any]
    Action = Mapping[str, Any]

CHANGED_IN_PLACE = frozenset(["seen", "said", "trail", "turn", "answers", "promises", "kinds", "extra", "reached"])


class Call(Place):
    """One call. `act` takes what the worker does (a call answer of the interface) and returns the events it causes."""

    def begin(self) -> list[Event]:
        """The opening: the listening line needs no facts."""
        self.open()
        return [self.event("begin", playbook=self.desk().playbook["name"], lang=self.lang, case=dict(self.case)), self.step_event()]

    def act(self, action: Action) -> list[Event]:
        """The events of one action. Raises UsageError (and changes nothing) when it makes no sense here."""
        if not isinstance(action, dict) or not isinstance(action.get("do"), str):
            raise UsageError("bad_action")
        if self.ended:
            raise UsageError("call_ended")
        handler = ACTIONS.get(action["do"])
        if handler is None:
            raise unknown("do", action["do"], ACTIONS)
        before = {name: value.copy() if name in CHANGED_IN_PLACE and value is not None else value for name, value in vars(self).items()}
        try:
            return handler(self, action)
        except Exception:
            vars(self).update(before)
            raise

    def event(self, kind: str, /, **more: Any) -> Event:
        """One event of the contract."""
        return {"schema": "clientcoach/call@1", "type": kind, "at": self.world.now(), **more}

    def step_event(self) -> Event:
        """Where the call stands, with the line to say."""
        step = self.step_name()
        title = render(self.world.notes()["title"][step]["text"], self.desk().values)
        return self.event("step", step=step, number=self.step + 1, title=title, line=self.line())

    def moved_event(self) -> Event:
        """The line on screen has changed inside a step."""
        return self.event("step", step=self.step_name(), number=self.step + 1, line=self.line())

    def say_event(self, *, said: bool) -> list[Event]:
        """The line on screen, as said or skipped; nothing where there is none."""
        line = self.line()
        if line is None or self.phrase is None:
            return []
        if said and self.phrase["id"] in self.said and self.key().startswith(NEVER_TWICE):
            return []  # brought back to be looked at
        place = {"interruption": self.turn["kind"]} if self.turn else {"step": self.step_name()}
        if said:
            self.said[self.phrase["id"]] = len(self.said) + 1
            self.names += said_names(form_of(self.phrase, wish_of(self.case.get("channel"), self.wish)))
            if not self.turn:
                self.reached.add(self.step_name())
        return [self.event("say", **place, part=line["part"], id=line["id"], text=line["text"], said=said)]

    def warning(self, code: str, /, **more: Any) -> Event:
        """Something the worker should know; `code` names it."""
        return self.event("warning", code=code, **more)

    def close(self, outcome: str | None = None) -> list[Event]:
        """The last events, without another warning: what was done, what is promised."""
        events = self.say_event(said=False)
        outcome = outcome or self.outcome()
        self.ended = True
        return [
            *events,
            self.event(
                "end",
                steps={step: "done" if step in self.reached else "skipped" for step in self.steps},
                offers=list(self.answers.values()),
                promises=self.promises,
                interruptions=self.kinds,
                anger={"start": self.anger_start, "end": self.case.get("anger")},
                outcome=outcome,
            ),
        ]

    def outcome(self) -> str:
        """What the call has come to, as far as the machine can tell."""
        if self.turn is not None and self.turn["stays"]:
            return "ended"
        accepted = any(given["answer"] == "accepted" for given in self.answers.values())
        return "settled" if accepted and self.promises else "open"
