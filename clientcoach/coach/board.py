"""Everything a screen may show of a call at one moment, as plain data: no words of the interface, no looks."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypedDict

    from clientcoach.coach.call import Call

    class Board(TypedDict):
        """`verified` None: this team checks nobody. `card` only in danger. `known` are the facts of this customer, in order;
        `own` those of the playbook's own, None for one that is still to be told.
        """

        steps: list[dict[str, Any]]
        turn: dict[str, Any] | None
        line: dict[str, Any] | None
        upcoming: str | None
        notes: list[str]
        avoid: list[dict[str, str]]
        card: dict[str, str] | None
        offers: list[dict[str, Any]]
        known: dict[str, Any]
        own: dict[str, str | None]
        missing: list[str]
        verified: bool | None
        anger: tuple[int | None, int]
        lang: str


KNOWN = ("cause", "order", "item", "amount", "promised", "prior", "fault", "customer", "reference", "received", "hardship")
ASKED = 4  # more at once are an interrogation


def board(call: Call) -> Board:
    """What there is to see now."""
    desk, advice = call.desk(), call.advice()
    following = call.upcoming()
    danger = call.turn is not None and call.turn["kind"] in call.world.turns(call.lang)["danger"]
    return {
        "steps": [{"step": step, "done": step in call.reached, "now": step == call.step_name()} for step in call.steps],
        "turn": _turn(call, advice["title"], required=desk.policy["warnings_required"]),
        "line": call.line(),
        "upcoming": following["text"] if following else None,
        "notes": advice["notes"],
        "avoid": advice["avoid"],
        "card": desk.policy["crisis_lines"] if danger else None,
        "offers": call.offers() if call.step_name() == "propose" and not call.turn else [],
        "known": {name: call.case[name] for name in KNOWN if name in call.case and call.case[name] is not False},
        "own": {name: desk.facts.get(name) for name, values in desk.playbook["facts"].items() if name in desk.facts or len(values) > 1},
        "missing": _to_ask(call),
        "verified": None if desk.policy["verify"] == "never" else bool(call.case.get("verified")),
        "anger": (call.case.get("anger"), call.trend),
        "lang": call.lang,
    }


def _turn(call: Call, title: str, required: int) -> dict[str, Any] | None:
    if call.turn is None:
        return None
    rung = {"rung": call.turn["rung"], "count": call.insults, "required": required} if "rung" in call.turn else {}
    return {"kind": call.turn["kind"], "title": title, "stays": call.turn["stays"], **rung}


def _to_ask(call: Call) -> list[str]:
    """The cause first: it changes more lines than anything else."""
    if call.turn:
        return []
    unknown = ["cause"] if "cause" not in call.case else []
    return [*unknown, *(name for name in call.missing() if name in KNOWN)][:ASKED]
