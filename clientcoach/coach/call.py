"""The live call as a state machine: what the worker does goes in, events come out. It reads no clock, screen or file of its own.

The place is (step, part). A turn the customer takes (an interruption, a hold) lies on top of the place and leaves it untouched, so that the way
back is always the same line. Facts may arrive at any moment; what was said stays said.
"""

from __future__ import annotations

from clientcoach.case.fields import STEPS
from clientcoach.case.moments import parse
from clientcoach.case.read import read_case, unknown
from clientcoach.coach.choose import form_of, said_names, sayable
from clientcoach.coach.facts import holds
from clientcoach.coach.offers import find, fitting, listed, needs_lead
from clientcoach.coach.script import Desk, advice, label_of
from clientcoach.errors import UsageError
from clientcoach.wording.evaluate import render

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol

    from clientcoach.coach.shapes import Line, Phrase, Playbook

    Event = dict[str, Any]
    Action = Mapping[str, Any]

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


KINDS = (
    "insult", "threat", "manager", "legal", "leaving", "review", "silence", "tears", "self_harm",
    "talks_over", "refuses_all", "scripted", "recording", "other_language", "not_the_owner",
)  # fmt: skip
FORMS = {"shorter": "short", "softer": "softer", "firmer": "firmer"}
OUTCOMES = ("settled", "grudging", "handed_over", "ended", "open")
NEVER_TWICE = "empathize"  # an empathy line heard again sounds read from a sheet


class Call:
    """One call. `act` takes what the worker does (a call answer of the interface) and returns the events it causes."""

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
        self.warned = self.ended = False

    # what is on screen -------------------------------------------------------------------------------------------------------

    def desk(self) -> Desk:
        """The desk of this moment, with what only the call knows among the facts."""
        desk = self.world.desk(self.case, self.extra, self.lang)
        desk.names = self.names
        desk.facts["solution"] = self._solution(desk)
        if self.turn and "rung" in self.turn:
            desk.facts["rung"] = self.turn["rung"]
        return desk

    def line(self) -> dict[str, Any] | None:
        """The line to say now; None when everything is said."""
        if self.phrase is None:
            return None
        desk = self.desk()
        return {**desk.line(self._key(), self.phrase, self.wish), "label": self._label(desk)}

    def _label(self, desk: Desk) -> str:
        return "" if self.turn else label_of(self.world.notes(), self.part, desk)

    def upcoming(self) -> Line | None:
        """The line after this one, shown dimmed under it."""
        if self.turn:
            return None
        desk = self.desk()
        place = self._after(desk, self.step, self.part)
        phrase = place and self._choose(desk, f"{STEPS[place[0]]}.{place[1]}", [])
        return desk.line(f"{STEPS[place[0]]}.{place[1]}", phrase) if place and phrase else None

    def offers(self) -> list[dict[str, Any]]:
        """What may be laid before the customer now, the lead's own after this worker's."""
        desk = self.desk()
        return listed(desk.playbook, desk.policy, self.case, desk.values, desk.today)

    def advice(self) -> dict[str, Any]:
        """Title, notes and what to avoid, of the step or of the turn on top of it."""
        if self.turn:
            return advice(self.desk(), self.world.turn_notes(), self.turn["kind"], self.world.turns(self.lang))
        return advice(self.desk(), self.world.notes(), STEPS[self.step])

    # events ------------------------------------------------------------------------------------------------------------------

    def begin(self) -> list[Event]:
        """The opening: the listening line needs no facts."""
        desk = self.desk()
        self._enter(desk, self._after(desk, 0, ""))
        book = desk.playbook
        return [self._event("begin", playbook=book["name"], lang=self.lang, case=dict(self.case)), self._step_event()]

    def act(self, action: Action) -> list[Event]:
        """The events of one action. Raises UsageError (and changes nothing) when it makes no sense here."""
        if not isinstance(action, dict) or not isinstance(action.get("do"), str):
            raise UsageError("bad_action")
        if self.ended:
            raise UsageError("call_ended")
        handler = _ACTIONS.get(action["do"])
        if handler is None:
            raise unknown("do", action["do"], _ACTIONS)
        return handler(self, action)

    def _event(self, kind: str, /, **more: Any) -> Event:
        return {"schema": "clientcoach/call@1", "type": kind, "at": self.world.now(), **more}

    def _step_event(self) -> Event:
        step = STEPS[self.step]
        title = render(self.world.notes()["title"][step]["text"], self.desk().values)
        return self._event("step", step=step, number=self.step + 1, title=title, line=self.line())

    def _say_event(self, *, said: bool) -> list[Event]:
        line = self.line()
        if line is None or self.phrase is None:
            return []
        place = {"interruption": self.turn["kind"]} if self.turn else {"step": STEPS[self.step]}
        if said:
            self.said[self.phrase["id"]] = len(self.said) + 1
            self.names += said_names(form_of(self.phrase, self.wish))
            if not self.turn:
                self.reached.add(STEPS[self.step])
        return [self._event("say", **place, part=line["part"], id=line["id"], text=line["text"], said=said)]

    def _warning(self, code: str, /, **more: Any) -> Event:
        return self._event("warning", code=code, **more)

    # places ------------------------------------------------------------------------------------------------------------------

    def _key(self) -> str:
        return f"{self.turn['kind']}.{self.turn['part']}" if self.turn else f"{STEPS[self.step]}.{self.part}"

    def _solution(self, desk: Desk) -> str:
        if self.solution:
            return self.solution
        own = [offer for offer in fitting(desk.playbook, desk.policy, self.case, desk.today) if not needs_lead(offer, self.case, self._role())]
        refused = [offer for offer in own if self.answers.get(offer["id"], {}).get("answer") == "refused"]
        if refused:
            return "refused_all" if len(refused) == len(own) else "refused"
        return "open" if own else "none"

    def _role(self) -> str:
        return str(self.case.get("role", "agent"))

    def _parts(self, desk: Desk, step: int) -> list[str]:
        parts = dict(desk.playbook["steps"])[STEPS[step]]
        return [part for part in parts if holds(desk.playbook["parts"].get(f"{STEPS[step]}.{part}", {}), desk.facts)]

    def _after(self, desk: Desk, step: int, part: str) -> tuple[int, str] | None:
        """The next place that has something to say, in this step or a later one."""
        order = dict(desk.playbook["steps"])[STEPS[step]]
        rest = [name for name in self._parts(desk, step) if part not in order or order.index(name) > order.index(part)]
        while True:
            for name in rest:
                if self._choose(desk, f"{STEPS[step]}.{name}", []):
                    return step, name
            if step + 1 == len(STEPS):
                return None
            step += 1
            rest = self._parts(desk, step)

    def _enter(self, desk: Desk, place: tuple[int, str] | None) -> None:
        self.wish, self.seen = None, []
        if place is None:
            self.phrase = None
            return
        self.step, self.part = place
        self.phrase = self._choose(desk, self._key(), [])

    def _choose(self, desk: Desk, key: str, seen: list[str], wish: str | None = None) -> Phrase | None:
        if self.turn:
            desk.playbook = self.world.turns(self.lang)
        ranked = desk.ranked(key, self.said, wish)
        fresh = [phrase for phrase in ranked if phrase["id"] not in self.said and phrase["id"] not in seen]
        if fresh:
            return fresh[0]
        unseen = [phrase for phrase in ranked if phrase["id"] not in seen]
        if key.startswith(NEVER_TWICE):
            unseen = ranked = [phrase for phrase in ranked if phrase["id"] not in self.said]
        return (unseen or ranked or [None])[0]

    def _retailor(self) -> None:
        """The line of this place, chosen anew; where the place itself no longer holds, the next one that does."""
        desk = self.desk()
        if not self.turn and self.phrase is not None and self.part not in self._parts(desk, self.step):
            self._enter(desk, self._reopened(desk) or self._after(desk, self.step, self.part))
        elif self.phrase is not None:
            self.phrase = self._choose(desk, self._key(), self.seen, self.wish) or self.phrase
        elif not self.turn:
            self._enter(desk, self._reopened(desk) or self._after(desk, self.step, self.part))

    def _reopened(self, desk: Desk) -> tuple[int, str] | None:
        """A part of this step that what happened has just opened (a refusal opens the compromise)."""
        for part in self._parts(desk, self.step):
            key = f"{STEPS[self.step]}.{part}"
            unsaid = not any(phrase["id"] in self.said for phrase in desk.playbook["phrases"][key])
            if "solution" in desk.playbook["parts"].get(key, {}) and unsaid:
                return self.step, part
        return None

    # actions -----------------------------------------------------------------------------------------------------------------

    def _next(self, _action: Action) -> list[Event]:
        events = self._say_event(said=True)
        if self.turn:
            return events + self._next_in_turn()
        before = self.step
        self.trail.append((self.step, self.part, self.phrase["id"] if self.phrase else None))
        desk = self.desk()
        self._enter(desk, self._after(desk, self.step, self.part) if self.phrase else None)
        return events + ([self._step_event()] if self.step != before else [])

    def _next_in_turn(self) -> list[Event]:
        turn = self.turn or {}
        parts = dict(self.world.turns(self.lang)["steps"])[turn["kind"]]
        place = parts.index(turn["part"]) + 1
        if place < len(parts):
            turn["part"], self.wish, self.seen = parts[place], None, []
            self.phrase = self._choose(self.desk(), self._key(), [])
            return []
        if turn["stays"]:  # danger, or the call is being ended: only the worker decides to go on
            self.phrase = None
            return []
        return self._leave_turn()

    def _leave_turn(self) -> list[Event]:
        turn, self.turn = self.turn or {}, None
        self.phrase, self.wish, self.seen = turn["phrase"], turn["wish"], turn["seen"]
        self._retailor()
        return [self._step_event()]

    def _return(self, _action: Action) -> list[Event]:
        if self.turn is None:
            raise UsageError("nothing_to_return_from")
        events = self._say_event(said=False)
        if self.turn["kind"] == "hold":
            events.append(self._event("hold", on=False))
        return events + self._leave_turn()

    def _back(self, _action: Action) -> list[Event]:
        if self.turn is not None:
            raise UsageError("in_interruption", kind=self.turn["kind"])
        if not self.trail:
            return [self._step_event()]
        before = self.step
        self.step, self.part, name = self.trail.pop()
        self.wish, self.seen = None, []
        desk = self.desk()
        listed = desk.playbook["phrases"][self._key()]
        self.phrase = next((phrase for phrase in listed if phrase["id"] == name), None) or self._choose(desk, self._key(), [])
        return [self._step_event()] if self.step != before else [self._event("step", step=STEPS[self.step], number=self.step + 1, line=self.line())]

    def _another(self, _action: Action) -> list[Event]:
        if self.phrase is None:
            raise UsageError("nothing_to_say")
        events = self._say_event(said=False)
        self.seen.append(self.phrase["id"])
        self.wish = None
        chosen = self._choose(self.desk(), self._key(), self.seen)
        if chosen is None or chosen["id"] in self.seen:
            self.seen = [self.phrase["id"]]
            chosen = self._choose(self.desk(), self._key(), self.seen)
        self.phrase = chosen or self.phrase
        return events

    def _form(self, action: Action) -> list[Event]:
        wish = FORMS[action["do"]]
        if self.phrase is None:
            raise UsageError("nothing_to_say")
        if wish not in self.phrase["forms"] or self.phrase["verbatim"]:
            desk = self.desk()
            book = self.world.turns(self.lang) if self.turn else desk.playbook
            having = [phrase for phrase in book["phrases"][self._key()] if wish in phrase["forms"] and holds(phrase["when"], desk.facts)]
            having = [phrase for phrase in having if sayable(phrase["forms"][wish], desk.values) and phrase["id"] not in self.said]
            if not having:
                raise UsageError("no_such_form", form=action["do"])
            self.phrase = max(having, key=lambda phrase: phrase["specificity"])
        self.wish = wish
        return []

    def _look(self, _action: Action) -> list[Event]:
        return []  # notes and avoid change nothing; a view shows them from `advice`

    def _interrupt(self, action: Action) -> list[Event]:
        kind = action.get("kind")
        allowed = self.desk().playbook["interruptions"]
        if kind not in allowed:
            raise unknown("kind", str(kind), allowed)
        events = self._say_event(said=False) if self.turn else []
        more: dict[str, Any] = {}
        if kind == "insult":
            more["rung"] = self._rung()
        danger = kind in self.world.turns(self.lang)["danger"]
        self._take_turn(str(kind), stays=danger or more.get("rung") == "end", **more)
        self.kinds.append(str(kind))
        if danger:
            more["card"] = {"notes": self.advice()["notes"], "numbers": self.desk().policy["crisis_lines"]}
        return [*events, self._event("interruption", kind=kind, **more, line=self.line())]

    def _rung(self) -> str:
        """The rung of the boundary ladder: as many warnings as the policy wants (ask, then warn), then the end."""
        required = self.desk().policy["warnings_required"]
        self.insults += 1
        if self.insults > required:
            return "end"
        return "warn" if self.insults > 1 or required == 1 else "ask"

    def _take_turn(self, kind: str, *, stays: bool, **more: str) -> None:
        kept = self.turn or {"phrase": self.phrase, "wish": self.wish, "seen": self.seen}
        part = dict(self.world.turns(self.lang)["steps"])[kind][0]
        self.turn = {"kind": kind, "part": part, "stays": stays, **more, **{name: kept[name] for name in ("phrase", "wish", "seen")}}
        self.wish, self.seen = None, []
        self.phrase = self._choose(self.desk(), self._key(), [])

    def _hold(self, action: Action) -> list[Event]:
        length = action.get("for", "2m")
        try:
            waits = isinstance(length, str) and parse(length)["kind"] == "wait"
        except ValueError:
            waits = False
        if not waits:
            raise UsageError("bad_moment", field="for", value=str(length)[:40])
        self.extra["hold"] = length
        events = self._say_event(said=False) if self.turn else []
        self._take_turn("hold", stays=False)
        return [*events, self._event("hold", on=True, **{"for": length}, line=self.line())]

    def _fact(self, action: Action) -> list[Event]:
        given = action.get("set")
        if not isinstance(given, dict) or not given:
            raise UsageError("wrong_type", field="set", expected="{FIELD: VALUE}", value=str(given)[:40])
        facts = read_case(given)
        gone = [name for name, value in given.items() if value is None]
        lang = facts.pop("lang", None)
        self.case = {name: value for name, value in {**self.case, **facts}.items() if name not in gone}
        if self.anger_start is None:
            self.anger_start = facts.get("anger")
        events = self._language({"lang": lang}) if lang and lang != self.lang else []
        self._retailor()
        return [self._event("fact", set={**facts, **dict.fromkeys(gone)}, line=self.line()), *events]

    def _language(self, action: Action) -> list[Event]:
        lang = read_case({"lang": action.get("lang")}).get("lang")
        if lang is None:
            raise UsageError("wrong_type", field="lang", expected="en, ru, pl, kk", value="")
        before, self.lang = self.lang, lang
        try:
            desk = self.desk()
            self.phrase = self._same_phrase(desk)
            self._say_agreed()
        except Exception:
            self.lang = before
            raise
        return [self._event("language", lang=lang, **{"from": before}, line=self.line())]

    def _same_phrase(self, desk: Desk) -> Phrase | None:
        if self.phrase is None:
            return None
        book = self.world.turns(self.lang) if self.turn else desk.playbook
        if self.turn:
            kept = self.turn["phrase"]
            listed = desk.playbook["phrases"].get(f"{STEPS[self.step]}.{self.part}", [])
            self.turn["phrase"] = next((phrase for phrase in listed if kept and phrase["id"] == kept["id"]), None)
        for phrase in book["phrases"][self._key()]:
            if phrase["id"] == self.phrase["id"] and sayable(phrase["forms"]["say"], desk.values):
                return phrase
        return self._choose(desk, self._key(), [])

    def _go(self, action: Action) -> list[Event]:
        step = action.get("step")
        if step not in STEPS:
            raise unknown("step", str(step), STEPS)
        if self.turn and self.turn["stays"]:
            raise UsageError("steps_stopped", kind=self.turn["kind"])
        events = self._say_event(said=False)
        self.turn = None
        self.trail.append((self.step, self.part, None))
        desk = self.desk()
        self._enter(desk, self._after(desk, STEPS.index(step), ""))
        return [*events, self._step_event()]

    def _anger(self, action: Action) -> list[Event]:
        facts = read_case({"anger": action.get("to")})
        if "anger" not in facts:
            raise UsageError("wrong_type", field="to", expected="0–10", value="")
        before = self.case.get("anger")
        self.case = {**self.case, **facts}
        if self.anger_start is None:
            self.anger_start = facts["anger"]
        self._retailor()
        return [self._event("anger", **{"from": before}, to=facts["anger"], line=self.line())]

    def _offer(self, action: Action) -> list[Event]:
        name, answer, approved = action.get("id"), action.get("answer"), action.get("approved_by")
        if answer not in {"accepted", "refused"}:
            raise unknown("answer", str(answer), ("accepted", "refused"))
        desk = self.desk()
        offer = find(desk.policy, str(name))
        case = {**self.case, **read_case({"amount": action.get("amount")})}
        if answer == "accepted" and needs_lead(offer, case, self._role()) and not approved:
            self.solution = "lead"
            self._move_in_propose()
            return [self._warning("needs_lead", offer=name, line=self.line())]
        self.case = case
        self.answers[str(name)] = {"id": name, "answer": answer, "amount": case.get("amount"), "approved_by": approved}
        self.solution = "accepted" if answer == "accepted" else None
        self._say_agreed()
        self._move_in_propose()
        text = render(offer["agreed" if answer == "accepted" else "say"]["text"], desk.values)
        return [self._event("offer", **self.answers[str(name)], text=text, line=self.line())]

    def _say_agreed(self) -> None:
        """The accepted offers as sentences of the language now spoken, for the summary."""
        self.extra.pop("agreed", None)
        desk = self.desk()
        taken = [find(desk.policy, name) for name, given in self.answers.items() if given["answer"] == "accepted"]
        if taken:
            self.extra["agreed"] = " ".join(render(offer["agreed"]["text"], desk.values) for offer in taken)

    def _move_in_propose(self) -> None:
        if STEPS[self.step] != "propose" or self.turn:
            return
        self._retailor()
        desk = self.desk()
        opened = self._reopened(desk)
        if opened:
            self._enter(desk, opened)

    def _promise(self, action: Action) -> list[Event]:
        what, by = action.get("what") or self.extra.get("agreed"), action.get("by") or self.case.get("deadline")
        owner = action.get("owner") or self.case.get("agent") or "agent"
        lacking = [name for name, value in (("what", what), ("by", by)) if not value]
        if lacking:
            raise UsageError("promise_needs", fields=lacking)
        facts = read_case({"deadline": by})
        text = read_case({"item": what, "agent": owner})  # the same cleaning as any text of a case
        moment = self.world.moment(facts["deadline"])
        self.case = {**self.case, **facts}
        promise = {"what": text.get("item", ""), "owner": text.get("agent", ""), "by": moment["iso"]}
        self.promises.append(promise)
        self._retailor()
        warnings = [self._warning("promise_in_the_past", by=moment["iso"])] if moment.get("past") else []
        return [self._event("promise", **promise, line=self.line()), *warnings]

    def _end(self, action: Action) -> list[Event]:
        outcome = action.get("outcome")
        if outcome is not None and outcome not in OUTCOMES:
            raise unknown("outcome", str(outcome), OUTCOMES)
        cut_short = self.turn is not None and self.turn["stays"]
        skipped = [step for step in STEPS if step not in self.reached and not (step == STEPS[self.step] and self.phrase is None)]
        if skipped and not cut_short and not self.warned:
            self.warned = True
            return [self._warning("steps_skipped", steps=skipped)]
        return self.close(outcome)

    def close(self, outcome: str | None = None) -> list[Event]:
        """The last events, without another warning: what was done, what is promised."""
        events = self._say_event(said=False)
        stopped = self.turn is not None and self.turn["stays"]
        self.ended = True
        accepted = any(given["answer"] == "accepted" for given in self.answers.values())
        settled = accepted and bool(self.promises)
        return [
            *events,
            self._event(
                "end",
                steps={step: "done" if step in self.reached else "skipped" for step in STEPS},
                offers=list(self.answers.values()),
                promises=self.promises,
                interruptions=self.kinds,
                anger={"start": self.anger_start, "end": self.case.get("anger")},
                outcome=outcome or ("ended" if stopped else "settled" if settled else "open"),
            ),
        ]


_ACTIONS: dict[str, Callable[[Call, Action], list[Event]]] = {
    "next": Call._next,
    "back": Call._back,
    "another": Call._another,
    "shorter": Call._form,
    "softer": Call._form,
    "firmer": Call._form,
    "notes": Call._look,
    "avoid": Call._look,
    "return": Call._return,
    "end": Call._end,
    "interrupt": Call._interrupt,
    "fact": Call._fact,
    "language": Call._language,
    "promise": Call._promise,
    "go": Call._go,
    "offer": Call._offer,
    "anger": Call._anger,
    "hold": Call._hold,
}
