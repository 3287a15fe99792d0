"""A call as ids and steps, and back again: what may outlive a crash. Nothing here says who the customer is or what they told.

Of the facts only those from closed lists go along; a name, a number, a date or a hardship never does, nor that somebody was verified:
whoever resumes may have another person on the line.
"""

from __future__ import annotations

from clientcoach.case.read import read_case
from clientcoach.coach.commitments import say_agreed
from clientcoach.coach.offers import LEAD
from clientcoach.errors import CoachError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.coach.call import Call, Event
    from clientcoach.coach.shapes import Phrase

FACTS = ("cause", "channel", "fault", "relationship", "anger")
PLAIN = ("part", "wish", "seen", "insults", "names", "kinds", "solution", "warned", "listened", "trend", "anger_start")
UNKNOWN = "…"  # what was typed and is kept nowhere
OF_TURN = ("kind", "part", "stays", "rung", "wish", "seen")


def kept(call: Call) -> dict[str, Any]:
    """The call as JSON of ids, steps and counts."""
    turn = call.turn
    return {
        "playbook": call.desk().playbook["name"],
        "lang": call.lang,
        "step": call.step_name(),
        "phrase": call.phrase and call.phrase["id"],
        "said": list(call.said),
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
    """The call at the place it was kept at. Raises CoachError `nothing_to_resume` where that place is no more (other playbooks)."""
    try:
        _restore(call, found)
    except (CoachError, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise CoachError("nothing_to_resume") from error
    call.keep_sayable()
    book = call.desk().playbook
    return [call.event("begin", playbook=book["name"], lang=call.lang, case=dict(call.case), resumed=True), call.step_event()]


def _restore(call: Call, found: Mapping[str, Any]) -> None:
    for name in PLAIN:
        setattr(call, name, found[name])
    call.case = {**read_case(found["case"]), **call.case}
    call.step = call.steps.index(found["step"])
    call.said = {name: place for place, name in enumerate(found["said"], 1)}
    call.trail = [(call.steps.index(step), part, name) for step, part, name in found["trail"]]
    standing = {offer["id"] for offer in call.desk().policy["offers"]}
    given = {name: answer for name, answer in found["answers"].items() if name in standing}
    call.answers = {name: {"id": name, "answer": answer, "amount": None, "approved_by": None} for name, answer in given.items()}
    call.reached = set(found["reached"])
    if found["hold"]:
        call.extra["hold"] = found["hold"]
    phrases = call.desk().playbook["phrases"]
    turn = found["turn"]
    if turn:
        below = _phrase(phrases.get(f"{found['step']}.{found['part']}", []), turn["phrase"])
        call.turn = {**turn, "phrase": below, "case": None}
        phrases = call.world.turns(call.lang)["phrases"]
    call.phrase = _phrase(phrases[call.key()], found["phrase"]) if found["phrase"] else None
    say_agreed(call)
    for promise in found["promises"]:
        what = call.extra.get("agreed") if promise["agreed"] else None
        call.promises.append({"what": what or UNKNOWN, "owner": promise["owner"], "by": promise["by"]})
        call.learn({"deadline": promise["by"]})


def _phrase(phrases: list[Phrase], name: str | None) -> Phrase | None:
    return next((phrase for phrase in phrases if phrase["id"] == name), None)
