"""Offers and promises: what this worker may give, what the lead must, and what is owed by when."""

from __future__ import annotations

from clientcoach.case.fields import AGENT
from clientcoach.case.read import read_case, read_text, unknown
from clientcoach.coach.offers import LAID_OUT, find, needs_lead
from clientcoach.errors import UsageError
from clientcoach.wording.evaluate import render

TYPE_CHECKING = False
if TYPE_CHECKING:
    from clientcoach.coach.call import Action, Call, Event


def offer(call: Call, action: Action) -> list[Event]:
    """An offer accepted or refused; one beyond this worker's authority asks for the lead first."""
    name, answer, approved = action.get("id"), action.get("answer"), action.get("approved_by")
    if answer not in ("accepted", "refused"):
        raise unknown("answer", answer if isinstance(answer, str) else "", ("accepted", "refused"))
    desk = call.desk()
    found = find(desk.policy, str(name), desk.today)
    approved = None if approved is None else read_text("approved_by", approved)
    amount = read_case({"amount": action.get("amount")}).get("amount")
    laid_out = call.turn is None and call.key() in LAID_OUT
    events = call.say_event(said=True) if laid_out else []  # an answer means that the offers were heard
    if answer == "accepted" and needs_lead(found, call.case, amount) and not approved:
        call.solution = "lead"
        if _in_propose(call):
            _settle(call)
        return [*events, call.warning("needs_lead", offer=name, line=call.line())]
    call.answers[str(name)] = {"id": name, "answer": answer, "amount": amount, "approved_by": approved}
    call.reached.add("propose")
    call.solution = "accepted" if any(given["answer"] == "accepted" for given in call.answers.values()) else None
    say_agreed(call)
    _settle(call)
    text = render(found["agreed" if answer == "accepted" else "say"]["text"], desk.values)
    return [*events, call.event("offer", **call.answers[str(name)], text=text, line=call.line())]


def promise(call: Call, action: Action) -> list[Event]:
    """A promise: what, who, by when; without a date it is none."""
    given = {name: read_text(name, action[name]) for name in ("what", "owner", "by") if action.get(name) is not None}
    what, by = given.get("what") or call.extra.get("agreed"), given.get("by") or call.case.get("deadline")
    lacking = [name for name, value in (("what", what), ("by", by)) if not value]
    if lacking:
        raise UsageError("promise_needs", fields=lacking)
    facts = read_case({"deadline": by})
    moment = call.learn(facts) or {}
    promised = {"what": what, "owner": given.get("owner") or call.case.get("agent") or AGENT, "by": moment["iso"]}
    call.promises.append(promised)
    call.retailor()
    warnings = [call.warning("promise_in_the_past", by=moment["iso"])] if moment.get("past") else []
    return [call.event("promise", **promised, line=call.line()), *warnings]


def say_agreed(call: Call) -> None:
    """The accepted offers as sentences of the language now spoken, for the summary."""
    call.extra.pop("agreed", None)
    desk = call.desk()
    taken = [find(desk.policy, name) for name, given in call.answers.items() if given["answer"] == "accepted"]
    if taken:
        call.extra["agreed"] = " ".join(render(offer["agreed"]["text"], desk.values) for offer in taken)


def _in_propose(call: Call) -> bool:
    return call.step_name() == "propose" and call.turn is None


def _settle(call: Call) -> None:
    """The line chosen anew; among the offers, the part that the answer has just opened."""
    call.retailor()
    desk = call.desk()
    opened = call.reopened(desk) if _in_propose(call) else None
    if opened:
        call.enter(desk, opened)
