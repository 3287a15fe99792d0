"""A turn the customer takes, on top of the place: interruptions, the boundary ladder, a hold, and the way back to the same line."""

from __future__ import annotations

from clientcoach.case.moments import parse
from clientcoach.case.read import unknown
from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from clientcoach.coach.call import Action, Call, Event

KINDS = (
    "insult", "threat", "manager", "legal", "leaving", "review", "silence", "tears", "self_harm",
    "talks_over", "refuses_all", "scripted", "recording", "other_language", "not_the_owner",
)  # fmt: skip
MAX_HOLD = 30  # minutes; longer is a promise to call back, not a hold
KEPT = ("phrase", "wish", "seen", "case")


def interrupt(call: Call, action: Action) -> list[Event]:
    """The customer takes a turn. Danger stops the steps and brings the safety card."""
    kind = action.get("kind")
    allowed = call.desk().playbook["interruptions"]
    if kind not in allowed:
        raise unknown("kind", str(kind), allowed)
    events = call.say_event(said=False) + hold_over(call) if call.turn else []
    more: dict[str, Any] = {}
    if kind == "insult":
        more["rung"] = _rung(call)
    danger = kind in call.world.turns(call.lang)["danger"]
    _take_turn(call, str(kind), stays=danger or more.get("rung") == "end", **more)
    call.kinds.append(str(kind))
    if danger:
        more["card"] = {"notes": call.advice()["notes"], "numbers": call.desk().policy["crisis_lines"]}
    return [*events, call.event("interruption", kind=kind, **more, line=call.line())]


def hold(call: Call, action: Action) -> list[Event]:
    """A hold, with its length said in words."""
    length = action.get("for", "2m")
    if not is_hold(length):
        raise UsageError("bad_hold", value=str(length)[:40], limit=MAX_HOLD)
    call.extra["hold"] = length
    events = call.say_event(said=False) + hold_over(call) if call.turn else []
    _take_turn(call, "hold", stays=False)
    return [*events, call.event("hold", on=True, **{"for": length}, line=call.line())]


def is_hold(length: object) -> bool:
    """Whether a text is a length somebody can be asked to wait."""
    try:
        asked = parse(length) if isinstance(length, str) else {}
    except ValueError:
        return False
    return asked.get("unit") == "minute" and asked["count"] <= MAX_HOLD


def return_(call: Call, _action: Action) -> list[Event]:
    """Back to the line that was on screen before."""
    if call.turn is None:
        raise UsageError("nothing_to_return_from")
    return call.say_event(said=False) + leave_turn(call)


def hold_over(call: Call) -> list[Event]:
    """The end of a hold, however it is left."""
    return [call.event("hold", on=False)] if call.turn and call.turn["kind"] == "hold" else []


def next_in_turn(call: Call) -> list[Event]:
    """The next line of a turn; after its last one the way back, unless only the worker may decide to go on."""
    turn = call.turn or {}
    parts = dict(call.world.turns(call.lang)["steps"])[turn["kind"]]
    place = parts.index(turn["part"]) + 1
    if place < len(parts):
        turn["part"], call.wish, call.seen = parts[place], None, []
        call.phrase = call.choose(call.desk(), call.key(), [])
        return []
    if turn["stays"]:  # danger, or the call is being ended: only the worker decides to go on
        call.phrase = None
        return []
    return leave_turn(call)


def leave_turn(call: Call) -> list[Event]:
    """The place as it was; the line is chosen anew only where something was learned meanwhile."""
    events = hold_over(call)
    turn, call.turn = call.turn or {}, None
    call.phrase, call.wish, call.seen = turn["phrase"], turn["wish"], turn["seen"]
    if call.case is not turn["case"]:
        call.retailor()
    return [*events, call.step_event()]


def _rung(call: Call) -> str:
    """The rung of the boundary ladder: the policy's number of limits, the last of them a warning, then the end."""
    required = call.desk().policy["warnings_required"]
    call.insults += 1
    if call.insults > required:
        return "end"
    return "warn" if call.insults == required else "ask"


def _take_turn(call: Call, kind: str, *, stays: bool, **more: str) -> None:
    kept = call.turn or {"phrase": call.phrase, "wish": call.wish, "seen": call.seen, "case": call.case}
    stays = stays or bool(call.turn and call.turn["stays"])  # another turn on top does not let the steps go on
    part = dict(call.world.turns(call.lang)["steps"])[kind][0]
    call.turn = {"kind": kind, "part": part, "stays": stays, **more, **{name: kept[name] for name in KEPT}}
    call.wish, call.seen = None, []
    call.phrase = call.choose(call.desk(), call.key(), [])
