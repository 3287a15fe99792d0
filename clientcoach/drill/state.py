"""Where a call stands: the customer's card, which stays, and the state, which every turn changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    Model = Mapping[str, Any]

STYLES = ("loud", "cold", "anxious", "persistent", "abusive")
NEEDS = ("fix", "money", "respect", "deadline")
LEGITIMACY = ("justified", "partly", "unjustified")
FULL = 100


class Fact(NamedTuple):
    """What the customer does not say at once: `on` listen or explore, once `gate` (heard or trust) is at `at`."""

    on: str
    gate: str
    at: int
    hardship: bool
    after: int = -1  # the fact that has to be known before this one comes


@dataclass(frozen=True, slots=True)
class Card:
    """Who calls."""

    cause: str
    severity: int
    prior: int
    style: str
    reactivity: int
    forgiveness: int
    vent: int
    one_off: bool
    needs: tuple[str, ...]
    facts: tuple[Fact, ...]
    legitimacy: str = "justified"
    scripted: tuple[tuple[str, int], ...] = ()  # what the customer does whatever is done: the event and its turn
    never: tuple[str, ...] = ()  # and what they never do


@dataclass(slots=True)
class State:
    """How it stands: anger, trust, heard and solution 0–100, and what has happened so far."""

    anger: int
    trust: int
    heard: int
    vent_left: int
    solution: int = 0
    turn: int = 0
    known: list[int] = field(default_factory=list)  # facts by number, in the order they came
    told: int = 0  # what came by listening and asking: there is something to read back
    counts: dict[str, int] = field(default_factory=dict)
    apologies: int = 0
    failed: int = 0
    warned: int = 0
    promised: int = 0  # with a date
    overpromised: int = 0
    spent: bool = False  # an apology came too early
    denied: bool = False
    abusing: bool = False
    endangered: bool = False  # a threat or a despairing word was said
    replies: list[str] = field(default_factory=list)  # what each act of this turn is answered with
    fresh: list[int] = field(default_factory=list)  # the facts of this turn
    closing: bool = False  # the worker has summed up in this turn
    handed: str = ""  # how the call was handed over in this turn
    hot: int = 0  # turns running in which the customer is angry enough for a manager
    peak: int = 0
    events: dict[str, int] = field(default_factory=dict)  # each with its turn
    end: str = ""


def start(model: Model, card: Card) -> State:
    """The customer as the call begins."""
    anger, trust, heard = (bounded(_at_start(model["start"][name], card)) for name in ("anger", "trust", "heard"))
    known = list(range(min(model["start"]["known"]["facts"], len(card.facts))))
    return State(anger, trust, heard, card.vent, known=known, peak=anger)


def _at_start(numbers: Mapping[str, int], card: Card) -> int:
    return numbers["base"] + numbers["severity"] * card.severity + numbers["prior"] * card.prior


def bounded(number: int) -> int:
    """Into 0–100."""
    return 0 if number < 0 else min(number, FULL)


def part(number: int, percent: int) -> int:
    """A percentage, cut off towards nothing: so a small good act that is repeated for ever comes to nothing."""
    return number * percent // 100 if number >= 0 else -(-number * percent // 100)


def worth(state: State) -> int:
    """How well the call stands, as one number: what a turn is measured by beside another one that could have been taken."""
    return state.trust + state.heard + state.solution - state.anger
