"""A drill as it goes: the customer speaks, the worker acts, and every turn is kept. Pure: the same seed and acts give the same words."""

from __future__ import annotations

from copy import copy, deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clientcoach.drill.answer import Voice
from clientcoach.drill.dice import Dice
from clientcoach.drill.ends import second_call
from clientcoach.drill.state import Card, Fact, start
from clientcoach.drill.turn import take

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientcoach.drill.state import Model, State

    Persona = Mapping[str, Any]

WORDS, CALLS_BACK, KEEPS = 1, 2, 3  # what the dice are thrown for, so that one draw never moves another
PROMISE_BROKEN = 33  # percent of promises with a date that the worker's own company breaks


@dataclass(slots=True)
class Round:
    """One turn: what was done and said, what the customer did and answered, and how it stood before and after."""

    turn: int
    acts: tuple[str, ...]
    said: str
    before: State
    after: State
    told: list[str] = field(default_factory=list)  # events
    answer: str = ""
    aided: bool = False  # a hint was asked for


def card(persona: Persona) -> Card:
    """The persona as the model takes it; its first fact is the matter itself, which the opening names."""
    told = persona["card"]
    names = list(told["facts"])
    facts = [Fact("listen", "heard", 0, hardship=False)]
    for fact in told["facts"].values():
        after = names.index(fact["after"]) + 1 if fact.get("after") else -1
        facts.append(Fact(fact["on"], fact["gate"], fact["at"], fact["hardship"], after))
    given = {name: told[name] for name in Card.__slots__ if name in told and name not in {"needs", "facts", "never"}}
    return Card(
        **given, never=tuple(told.get("never", ())), needs=tuple(told["needs"]), facts=tuple(facts), scripted=tuple(told["events"].items())
    )


class Talk:
    """One call with a persona (a shard of `content.personas`). `again`: the second call after `first`, `kept` or `broken`."""

    def __init__(self, model: Model, persona: Persona, seed: int, *, again: str = "", first: Talk | None = None) -> None:
        self.model, self.persona, self.seed, self.again = model, persona, seed, again
        self.card = card(persona)
        if first is None:
            self.begin(start(model, self.card))
        else:
            self.card, state = second_call(model, first.card, first.state, kept=again == "kept")
            state.end = "settled" if again == "kept" else ""  # they only ring to say so
            self.begin(state)

    def begin(self, state: State) -> None:
        """Starts the call from a state; nothing is said or done yet."""
        self.state, self.beginning = state, deepcopy(state)
        self.voice = Voice(self.persona["texts"], Dice(self.seed, WORDS, len(self.again)), self.model["gates"]["solution"]["at"])
        self.opening = self.voice.opening(self.again)
        self.rounds: list[Round] = []
        self.parts = 0  # of the story, as far as it was listened to

    def afresh(self) -> Talk:
        """The same call as it began, with nothing done yet; this one stays as it is."""
        found = copy(self)
        found.begin(deepcopy(self.beginning))
        return found

    @property
    def ended(self) -> bool:
        """Whether the call is over."""
        return bool(self.state.end)

    def take(self, acts: Sequence[str], said: str = "", *, aided: bool = False) -> Round:
        """The worker's turn and the customer's answer to it. `acts`: one at least; not after the end."""
        before = deepcopy(self.state)
        events = take(self.model, self.card, self.state, acts)
        part = self.parts if "listen" in acts and before.vent_left > 0 else None
        self.parts += part is not None  # where they are cut off, it is the end of the story that is lost
        repeated = bool(said) and any(said == one.said for one in self.rounds)
        answer = self.voice.answer(self.state, acts, events, part, repeated=repeated)
        made = Round(self.state.turn, tuple(acts), said, before, deepcopy(self.state), events, answer, aided)
        self.rounds.append(made)
        return made

    def curve(self, name: str) -> list[int]:
        """Anger, trust, heard or solution, as the call began and after each turn."""
        return [getattr(state, name) for state in (self.beginning, *(one.after for one in self.rounds))]


def calls_back(talk: Talk) -> str:
    """How the customer calls again: `kept`, `broken`, or not at all. What nobody dated, and more than one may give, is never kept."""
    state = talk.state
    if talk.again or state.end not in {"settled", "grudging", "false_peace"}:
        return ""
    if not state.promised or state.overpromised:
        return "broken"
    return "broken" if Dice(talk.seed, KEEPS).below(100) < PROMISE_BROKEN else "kept"
