"""Every action of a call by its name (`do`): the contract of `call --answers`."""

from __future__ import annotations

from clientcoach.coach import commitments, learned, moves, turns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from clientcoach.coach.call import Action, Call, Event

ACTIONS: dict[str, Callable[[Call, Action], list[Event]]] = {
    "next": moves.next_line,
    "back": moves.back,
    "another": moves.another,
    "shorter": moves.form,
    "softer": moves.form,
    "firmer": moves.form,
    "notes": moves.look,
    "avoid": moves.look,
    "go": moves.go,
    "steer": moves.steer,
    "end": moves.end,
    "interrupt": turns.interrupt,
    "hold": turns.hold,
    "return": turns.return_,
    "fact": learned.fact,
    "language": learned.language,
    "anger": learned.anger,
    "offer": commitments.offer,
    "promise": commitments.promise,
}
