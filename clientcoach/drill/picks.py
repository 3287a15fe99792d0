"""The lines to pick from: what the reference would say, part of it, and what a tired worker says at this place. The order is by seed."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from clientcoach.drill.dice import Dice
from clientcoach.drill.policies import five_steps
from clientcoach.drill.turn import take

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clientcoach.drill.state import State
    from clientcoach.drill.talk import Talk

PICKS = 4  # as many as are read at a glance
ORDER = 11  # what the dice are thrown for
# What goes wrong before the story is told, before it is read back, and after: plausible, not silly.
EARLY = (
    "propose", "apology_generic", "explanation", "empathy_generic", "ask_again", "flat_no", "promise_vague", "calm_down",
    "blame_customer",
)  # fmt: skip
MIDDLE = (
    "propose_vague", "explanation", "empathy_generic", "flat_no", "deny", "blame_colleague", "jargon", "compensation",
    "paraphrase_wrong", "hold",
)  # fmt: skip
LATE = (
    "promise_vague", "propose_vague", "apology_generic", "confirm", "flat_no", "overpromise", "blame_colleague", "jargon",
    "transfer_cold", "hold",
)  # fmt: skip
# What makes a bad line sound better, as it does in life: a kind word before it.
KIND = ("paraphrase", "empathy", "thank", "own", "propose", "choice", "compensation")
SOFTENERS = ("empathy_generic", "thank", "apology_generic")
HOT = ("calm_down", "threaten_to_hang_up", "flat_no", "boundary")  # beside an event
FITTING = {"manager": ("transfer", "hold_timed"), "not_the_owner": ("no_with_alternative",), "refuses_all": ("no_with_alternative",)}


class Pick(NamedTuple):
    """A line to say, and the acts that it is."""

    acts: tuple[str, ...]
    text: str


def picks(talk: Talk) -> list[Pick]:
    """The lines for the next turn; at least one of them is good."""
    dice = Dice(talk.seed, ORDER, talk.state.turn)
    chosen = [acts for acts in dict.fromkeys((*_good(talk), *_bad(talk, dice))) if acts][:PICKS]
    lines = [Pick(acts, line(talk, acts)) for acts in chosen]
    for place in range(len(lines) - 1, 0, -1):  # Fisher and Yates
        other = dice.below(place + 1)
        lines[place], lines[other] = lines[other], lines[place]
    return lines


def reference(talk: Talk) -> tuple[str, ...]:
    """What the reference policy does now."""
    return tuple(five_steps(talk.model, talk.state, Dice(talk.seed)))


def after(talk: Talk, acts: Sequence[str]) -> State:
    """How the call would stand after acts; it stays as it is."""
    state = deepcopy(talk.state)
    take(talk.model, talk.card, state, acts)
    return state


def _good(talk: Talk) -> Iterator[tuple[str, ...]]:
    """The reference's turn, and an answer to what the customer has just done; where neither is to be had, its first act alone."""
    best = unsaid(talk, reference(talk))
    yield best
    last = talk.rounds[-1].told if talk.rounds else ()
    fitting = [(act,) for name in last for act in FITTING.get(name, ())]
    yield from fitting
    if not fitting and len(best) > 1:
        yield (best[0],) if best[0] != "boundary" else best[1:]


def unsaid(talk: Talk, acts: tuple[str, ...]) -> tuple[str, ...]:
    """Without what would come word for word again, as long as there is something else to do."""
    return tuple(act for act in acts if act not in KIND or not _was_said(talk, line(talk, (act,)))) or acts[:1]


def _bad(talk: Talk, dice: Dice) -> Iterator[tuple[str, ...]]:
    state = talk.state
    names = list(EARLY if state.vent_left > 0 else MIDDLE if not state.counts.get("paraphrase") else LATE)
    if talk.rounds and talk.rounds[-1].told:
        names = [*HOT, *names]
    best = set(reference(talk))
    while names:
        name = names.pop(dice.below(min(len(names), 2 * PICKS)))
        if name not in best and name in talk.persona["texts"]["lines"]:
            softener = dice.pick(SOFTENERS)
            yield (softener, name) if dice.below(2) and softener not in {name, *best} else (name,)


def line(talk: Talk, acts: Sequence[str]) -> str:
    """The acts as one line to say; a question is the one that leads to what would be told."""
    return " ".join(_sentence(talk, acts, place) for place in range(len(acts)))


def _sentence(talk: Talk, acts: Sequence[str], place: int) -> str:
    name, texts = acts[place], talk.persona["texts"]
    if name == "explore":
        return question(talk, acts)
    lines: Sequence[str] = texts["lines"][_variant(talk, name)]
    if name == "paraphrase":  # the whole once it is told
        return lines[-1 if talk.parts == talk.card.vent and len(talk.state.known) > 1 else 0]
    if name == "empathy" and talk.parts < talk.card.vent:
        lines = lines[:1]  # the others may name what was not told
    first = Dice(talk.seed, ORDER).below(len(lines))
    lines = [*lines[first:], *lines[:first]]
    return next((one for one in lines if not _was_said(talk, one)), lines[0])


def _was_said(talk: Talk, line: str) -> bool:
    return any(line in one.said for one in talk.rounds)


def _variant(talk: Talk, name: str) -> str:
    """The lines for an act at this place: the limit that ends the call; what has come up at the last moment, taken up."""
    if name == "boundary" and talk.state.abusing and talk.state.warned:
        return "boundary_end"
    return "taken_up" if name == "own" and talk.rounds and "one_more_thing" in talk.rounds[-1].told else name


def question(talk: Talk, acts: Sequence[str]) -> str:
    """The question whose answer is the next thing that they would tell; a general one where that needs no question."""
    texts, state = talk.persona["texts"], after(talk, acts)
    told = state.fresh or [number for number, asked in enumerate(texts["ask"]) if asked and number not in state.known]  # guarded yet
    asked: str | None = texts["ask"][told[0]] if told else None
    return asked or str(texts["open"][talk.state.counts.get("explore", 0) % len(texts["open"])])
