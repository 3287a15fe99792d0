"""A drill as it is told: an event is one plain value (drill@1). The same seed and acts give the same ones; there is no clock in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.drill.events import of_the_customer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientcoach.drill.state import State
    from clientcoach.drill.talk import Round, Talk

    Event = dict[str, Any]

SCHEMA = "clientcoach/drill@1"
BY = ("pick", "act", "text")  # how a turn was answered: a line from the list, acts by name, own words
SHOWN = ("anger", "trust", "heard", "solution")


def event(talk: Talk, what: str, turn: int, **more: Any) -> Event:
    """An event of the first call or the second."""
    return {"schema": SCHEMA, "type": what, "turn": turn, "call": 2 if talk.again else 1, **more}


def opening(talk: Talk, rule: str | None, lesson: str | None) -> Iterator[Event]:
    """Who calls, and what they begin with. `rule`, `lesson`: what is practised, where that was said."""
    persona = talk.persona
    shown = {name: persona[name] for name in ("title", "who", "may", "lang")}
    named = {"persona": persona["name"], "customer": persona["case"].get("customer")}
    yield event(talk, "begin", 0, **named, **shown, seed=talk.seed, rule=rule, lesson=lesson)
    yield event(talk, "customer", 0, text=talk.opening, state=_state(talk.beginning))


def turned(talk: Talk, one: Round, by: str) -> Iterator[Event]:
    """A turn: what was said and how it was meant, what the customer did unasked, what they answered."""
    yield event(talk, "worker", one.turn, acts=list(one.acts), text=one.said, by=by, hint=one.aided)
    own = dict(talk.card.scripted)
    for name in one.told:
        scripted = name in own and own[name] <= one.turn
        yield event(talk, "event", one.turn, kind=name, of_the_customer=scripted or of_the_customer(talk.model, one.turn))
    yield event(talk, "customer", one.turn, text=one.answer, state=_state(one.after))


def _state(state: State) -> dict[str, int]:
    return {name: getattr(state, name) for name in SHOWN}
