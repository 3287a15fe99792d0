"""A call as ids and steps, and back again: what may outlive a crash. Nothing here says who the customer is or what they told.

Of the facts only those from closed lists go along; a name, a number, a date or a hardship never does, nor that somebody was verified:
whoever resumes may have another person on the line.
"""

from __future__ import annotations

from clientcoach.case.fields import LANGS
from clientcoach.case.read import read_case
from clientcoach.coach.choose import form_of, sayable, wish_of
from clientcoach.coach.commitments import say_agreed
from clientcoach.coach.moves import FORMS
from clientcoach.coach.offers import LEAD
from clientcoach.coach.turns import KINDS, is_hold
from clientcoach.errors import CoachError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from clientcoach.coach.call import Call, Event
    from clientcoach.coach.shapes import Phrase

    Check = Callable[[Any], bool]

FACTS = ("cause", "channel", "fault", "relationship", "anger")
PLAIN = ("part", "wish", "seen", "insults", "names", "kinds", "solution", "warned", "listened", "trend", "anger_start")
OF_TURN = ("kind", "part", "stays", "rung", "wish", "seen")
UNKNOWN = "…"  # what was typed and is kept nowhere


def kept(call: Call) -> dict[str, Any]:
    """The call as JSON of ids, steps, counts and times."""
    turn = call.turn
    return {
        "playbook": call.desk().playbook["name"],
        "lang": call.lang,
        "step": call.step_name(),
        "phrase": call.phrase and call.phrase["id"],
        "said": sorted(call.said, key=lambda name: call.said[name]),
        "trail": [[call.steps[step], part, name] for step, part, name in call.trail],
        "turn": turn and {**{name: turn[name] for name in OF_TURN if name in turn}, "phrase": turn["phrase"] and turn["phrase"]["id"]},
        "answers": {name: given["answer"] for name, given in call.answers.items()},
        "promises": [_promise(call, promise) for promise in call.promises],
        "hold": call.extra.get("hold"),
        "reached": [step for step in call.steps if step in call.reached],
        "case": {name: call.case[name] for name in FACTS if name in call.case},
        **{name: getattr(call, name) for name in PLAIN},
    }


def _promise(call: Call, promise: Mapping[str, Any]) -> dict[str, Any]:
    """By when and, where the machine itself knows it, what and who; nothing that was typed."""
    mine = promise["owner"] in {"agent", call.case.get("agent")}
    owner = "agent" if mine else LEAD if promise["owner"] == LEAD else UNKNOWN
    return {"agreed": promise["what"] == call.extra.get("agreed"), "owner": owner, "by": promise["by"]}


def resume(call: Call, found: Mapping[str, Any]) -> list[Event]:
    """The call at the place it was kept at. Raises CoachError `nothing_to_resume` where that place is no more, or never was one."""
    try:
        if not sound(found):
            raise ValueError("not a journal of ours")
        _restore(call, found)
    except (CoachError, KeyError, ValueError) as error:
        raise CoachError("nothing_to_resume") from error
    call.keep_sayable()
    book = call.desk().playbook
    return [call.event("begin", playbook=book["name"], lang=call.lang, case=dict(call.case), resumed=True), call.step_event()]


def _restore(call: Call, found: Mapping[str, Any]) -> None:
    for name in PLAIN:
        setattr(call, name, found[name])
    call.case = {**read_case({name: found["case"].get(name) for name in FACTS}), **call.case}
    call.step = call.steps.index(found["step"])
    call.said = {name: place for place, name in enumerate(found["said"], 1)}
    call.trail = [(call.steps.index(step), part, name) for step, part, name in found["trail"]]
    standing = {offer["id"] for offer in call.desk().policy["offers"]}
    given = {name: answer for name, answer in found["answers"].items() if name in standing}
    call.answers = {name: {"id": name, "answer": answer, "amount": None, "approved_by": None} for name, answer in given.items()}
    call.reached = set(found["reached"])
    if found["hold"]:
        call.extra["hold"] = found["hold"]
    say_agreed(call)
    for promise in found["promises"]:
        what = call.extra.get("agreed") if promise["agreed"] else None
        call.promises.append({"what": what or UNKNOWN, "owner": promise["owner"], "by": promise["by"]})
        call.learn({"deadline": promise["by"]})
    _restore_line(call, found)


def _restore_line(call: Call, found: Mapping[str, Any]) -> None:
    desk, turn = call.desk(), found["turn"]
    phrases = desk.playbook["phrases"][f"{found['step']}.{found['part']}"]
    if turn:
        below = _phrase(phrases, turn["phrase"])
        stands = below is None or sayable(form_of(below, wish_of(call.case.get("channel"), turn["wish"])), desk.values)
        call.turn = {**turn, "phrase": below, "case": call.case if stands else None}  # None: chosen anew on the way back
        phrases = call.world.turns(call.lang)["phrases"][call.key()]
    wanted = found["phrase"]
    call.phrase = (_phrase(phrases, wanted) or call.choose(call.desk(), call.key(), [])) if wanted else None


def _phrase(phrases: list[Phrase], name: str | None) -> Phrase | None:
    return next((phrase for phrase in phrases if phrase["id"] == name), None)


def sound(found: Mapping[str, Any]) -> bool:
    """Whether a state has everything that `kept` writes, each of its own kind. By hand: a schema library would be loaded for this alone."""
    return _has(found, CHECKS)


def _has(found: Any, checks: Mapping[str, Check]) -> bool:
    return isinstance(found, dict) and all(name in found and check(found[name]) for name, check in checks.items())


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _maybe(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _listed(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _one_of(*choices: Any) -> Check:
    return lambda value: isinstance(value, str) and value in choices


def _is_moment(value: Any) -> bool:
    from clientcoach.case.asked import parse

    try:
        return _is_text(value) and bool(parse(value))
    except ValueError:
        return False


def _is_trail(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 3 and _is_text(value[0]) and _is_text(value[1]) and _maybe(_is_text)(value[2])


_WISH = _maybe(_one_of(*FORMS.values()))
_TURN: dict[str, Check] = {
    "kind": _one_of(*KINDS, "hold"),
    "part": _is_text,
    "stays": _is_flag,
    "wish": _WISH,
    "seen": _listed(_is_text),
    "phrase": _maybe(_is_text),
}
_PROMISE: dict[str, Check] = {"agreed": _is_flag, "owner": _one_of("agent", LEAD, UNKNOWN), "by": _is_moment}
CHECKS: dict[str, Check] = {
    "playbook": _is_text,
    "lang": _one_of(*LANGS),
    "step": _is_text,
    "part": _is_text,
    "phrase": _maybe(_is_text),
    "said": _listed(_is_text),
    "trail": _listed(_is_trail),
    "turn": _maybe(lambda turn: _has(turn, _TURN) and _one_of("ask", "warn", "end")(turn.get("rung", "ask"))),
    "answers": lambda answers: isinstance(answers, dict) and all(map(_one_of("accepted", "refused"), answers.values())),
    "promises": _listed(lambda promise: _has(promise, _PROMISE)),
    "hold": _maybe(is_hold),
    "reached": _listed(_is_text),
    "case": lambda case: isinstance(case, dict),
    "wish": _WISH,
    "seen": _listed(_is_text),
    "insults": _is_count,
    "names": _is_count,
    "kinds": _listed(_one_of(*KINDS)),
    "solution": _maybe(_one_of("lead", "accepted")),
    "warned": _is_flag,
    "listened": _is_flag,
    "trend": lambda trend: type(trend) is int and trend in {-1, 0, 1},
    "anger_start": _maybe(lambda anger: _is_count(anger) and anger <= 10),
}
