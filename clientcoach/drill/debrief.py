"""What a call shows once it is over: what was done well, what cost most and what to do there instead, the rule to practise next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.drill.answer import REPLIES
from clientcoach.drill.events import of_the_customer
from clientcoach.drill.hints import SERVES
from clientcoach.drill.picks import after, reference
from clientcoach.drill.score import KEPT, MISSED, NO_CHANCE, PARTLY, WRONG, critical_turns, marks, points, slips
from clientcoach.drill.state import worth
from clientcoach.drill.what_if import before, curves, par, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clientcoach.drill.score import Mark
    from clientcoach.drill.talk import Round, Talk

    Json = dict[str, Any]

FIRST = ("keep_safe", "hold_limit")
NOT_WORSE = frozenset(("softening", "tears", "one_more_thing"))  # what is good, or would have come anyway


def debrief(talk: Talk) -> Json:
    """A call that has ended, as plain values.

    {done_well: {turn, said, acts, rule} | None, costliest: {turn, said, acts, rule, cost, evidence: […]} | None,
    instead: [acts of the reference in that turn], instead_said: the persona's own line for them, rule: the next to practise | None,
    marks: {rule: {mark, turn}}, process: 0–100, critical: [turns],
    outcome: {end, turns, peak, anger, trust, softening: turn | None, promises, avoidable: [events]},
    par: {end, turns, trust, anger}, curves: {anger: […], trust: […]}}; curves begin before the first turn, all numbers are 0–100.
    """
    told, critical, costly = marks(talk), critical_turns(talk), _costliest(talk)
    stood = before(talk, costly["turn"]) if costly else None
    instead = reference(stood) if stood else ()
    return {
        "done_well": _done_well(talk, told),
        "costliest": costly,
        "instead": list(instead),
        "instead_said": said(stood, instead) if stood else "",
        "rule": _next_rule(talk.model, told),
        "marks": {rule: {"mark": mark, "turn": turn} for rule, (mark, turn) in told.items()},
        "process": points(talk.model, told, critical=bool(critical)),
        "critical": critical,
        "outcome": {**_reached(talk), "peak": talk.state.peak, **_happened(talk)},
        "par": _reached(par(talk)),
        "curves": curves(talk),
    }


def cost(stood: Talk, one: Round) -> int:
    """How much better the reference's acts would have left the call in this turn; 0 where they would not. `stood`: the call before it."""
    return max(0, worth(after(stood, reference(stood))) - worth(one.after))


def _costliest(talk: Talk) -> Json | None:
    """The turn that cost most, the first of several; None where the reference would have done no better anywhere.

    A turn against no rule has to have cost enough to be worth a word.
    """
    stood, costs, least = talk.afresh(), [], talk.model["score"]["costly"]["at"]
    wrong = {turn for turn, _ in slips(talk)}
    for one in talk.rounds:
        told = cost(stood, one)
        costs.append(told if one.turn in wrong or told >= least else 0)
        stood.take(one.acts, one.said)
    most = max(costs, default=0)
    if not most:
        return None
    one = talk.rounds[costs.index(most)]
    rule = _broken(talk, one)
    return {**_quoted(one, rule), "cost": most, "evidence": list(talk.model["rules"][rule]["evidence"])}


def _broken(talk: Talk, one: Round) -> str:
    """The rule that a turn went against: danger and abuse before all, then what hurt most; where nothing did, what was left out."""
    found = [rule for turn, rule in slips(talk) if turn == one.turn]
    hurt = [reply for reply in REPLIES if reply in one.after.replies]
    found.sort(key=lambda rule: (rule not in FIRST, min((hurt.index(reply) for reply in WRONG.get(rule, ()) if reply in hurt), default=99)))
    if found:
        return found[0]
    best = reference(before(talk, one.turn))
    left_out = [SERVES[act] for act in best if act in SERVES and act not in one.acts]
    return left_out[0] if left_out else SERVES[best[0]]


def _quoted(one: Round, rule: str) -> Json:
    return {"turn": one.turn, "said": one.said, "acts": list(one.acts), "rule": rule}


def _done_well(talk: Talk, told: Mapping[str, Mark]) -> Json | None:
    """Of the turns that show a rule kept, the one that won the customer most; one without a fault, where there is one."""
    shown: dict[int, str] = {}
    for rule, (mark, turn) in told.items():
        if mark == KEPT and turn:
            shown.setdefault(turn, rule)
    if not shown:
        return None
    wrong = {turn for turn, _ in slips(talk)}
    gains = {one.turn: (one.turn not in wrong, _won(one)) for one in talk.rounds if one.turn in shown}
    best = max(gains, key=lambda turn: (gains[turn], -turn))
    return _quoted(talk.rounds[best - 1], shown[best])


def _won(one: Round) -> int:
    """How much better the customer felt after a turn; that there is a solution does not count, or it would always be the offer."""
    return worth(one.after) - one.after.solution - worth(one.before) + one.before.solution


def _next_rule(model: Mapping[str, Any], told: Mapping[str, Mark]) -> str | None:
    """The rule by which most points were lost, of equal ones the first that is practised; None where all were kept."""
    share = {MISSED: 100, PARTLY: 100 - model["score"]["partly"]["percent"], KEPT: 0, NO_CHANCE: 0}
    lost = {rule: model["rules"][rule]["points"] * share[mark] for rule, (mark, _) in told.items()}
    rule = max(lost, key=lost.__getitem__, default=None)
    return rule if rule is not None and lost[rule] else None


def _reached(talk: Talk) -> Json:
    state = talk.state
    return {"end": state.end, "turns": state.turn, "trust": state.trust, "anger": state.anger}


def _happened(talk: Talk) -> Json:
    events = [(name, one.turn) for one in talk.rounds for name in one.told]
    softened = [turn for name, turn in events if name == "softening"]
    return {
        "softening": softened[0] if softened else None,
        "promises": talk.state.promised,
        "avoidable": list(_avoidable(talk, events)),
    }


def _avoidable(talk: Talk, events: list[tuple[str, int]]) -> Iterator[str]:
    """What neither the persona does whatever is done, nor the customer brought along, nor is a good sign."""
    scripted = {name for name, _ in talk.card.scripted}
    return (name for name, turn in events if name not in scripted | NOT_WORSE and not of_the_customer(talk.model, turn))
