"""The scorecard of a call: for each rule whether it was kept, and from that the points. What a call gave no chance for does not count.

How a call ended is told apart: a good call may end badly, and a lucky one well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from clientcoach.drill.talk import Round, Talk

KEPT, PARTLY, MISSED, NO_CHANCE = "kept", "partly", "missed", "no_chance"
MARKS = (KEPT, PARTLY, MISSED, NO_CHANCE)
OFFERS = ("propose", "choice", "compensation")
# What goes against a rule, as the customer takes it; none of a rule that is here goes against another.
WRONG = {
    "let_finish": ("interrupted",),
    "read_back": ("paraphrase_wrong", "paraphrase_early"),
    "name_feeling": ("empathy_generic",),
    "ask_first": ("propose_blind", "ask_again"),
    "apologize_once": ("apology_early", "apology_third", "apology_generic"),
    "fit_offer": ("propose_vague", "propose_unheard", "compensation_unheard"),
    "date_promise": ("promise_vague", "overpromise"),
    "sum_up": ("confirm_early",),
    "stay_kind": (
        "blame_customer", "threaten_to_hang_up", "deny", "calm_down", "flat_no", "transfer_cold", "blame_colleague", "boundary_unasked",
        "jargon", "hold",
    ),
}  # fmt: skip
LIMITS = ("insult",)
DANGERS = ("threat", "self_harm")
Mark = tuple[str, int]  # what came of a rule, and the turn that shows it; 0: none does


def marks(talk: Talk) -> dict[str, Mark]:
    """{rule: (mark, turn)}, in the order in which the rules are practised."""
    told = {name: RULES[name](talk) for name in talk.model["rules"]}
    if _rightly_left(talk):  # what had not come yet is not missed
        told = {name: (NO_CHANCE, 0) if mark == (MISSED, 0) else mark for name, mark in told.items()}
    return told


def _rightly_left(talk: Talk) -> bool:
    """Whether the steps were left for a danger, at the end of a limit, or for the colleague whom the customer had just asked for."""
    if talk.state.endangered or talk.state.end == "boundary_end":
        return True
    asked = {name for name, met in talk.model["turns"].items() if "transfer" in met["good"]}
    return talk.state.handed == "warm" and len(talk.rounds) > 1 and not asked.isdisjoint(talk.rounds[-2].told)


def slips(talk: Talk) -> list[tuple[int, str]]:
    """The turns in which something went against a rule, each with the rule; a turn that a rule wanted and did not get is one too."""
    found = [(turn, rule) for rule in WRONG for turn in _against(talk, rule)]
    events = (("keep_safe", DANGERS), ("hold_limit", LIMITS), ("meet_turn", _turns(talk)))
    found += [(turn, rule) for rule, names in events for mark, turn in _answers(talk, set(names)) if mark == MISSED]
    return sorted(set(found), key=lambda one: (one[0], list(talk.model["rules"]).index(one[1])))


def points(model: Mapping[str, Any], told: Mapping[str, Mark], *, critical: bool) -> int:
    """0–100: of the points that could be had; at most so many after what no good call has."""
    share = {KEPT: 100, PARTLY: model["score"]["partly"]["percent"], MISSED: 0}
    counted = [(model["rules"][name]["points"], share[mark]) for name, (mark, _) in told.items() if mark != NO_CHANCE]
    whole = sum(most for most, _ in counted)
    reached = sum(most * percent for most, percent in counted) // whole if whole else 0
    return min(reached, model["score"]["critical"]["at_most"]) if critical else reached


def critical_turns(talk: Talk) -> list[int]:
    """The turns with something that no good call has, or in which a danger was passed over."""
    acts = set(talk.model["score"]["critical"]["acts"])
    passed = [turn for name in DANGERS for mark, turn in [_met(talk, (name,))] if mark == MISSED]
    return sorted({*(one.turn for one in talk.rounds if acts.intersection(one.acts)), *passed})


def _first(talk: Talk, *acts: str) -> Round | None:
    return next((one for one in talk.rounds if not set(acts).isdisjoint(one.acts)), None)


def _worked(one: Round, act: str) -> bool:
    """Whether an act was taken as what it was meant for: its reply is its own, not that it came too early or too often."""
    return act in one.acts and act in one.after.replies


def _against(talk: Talk, rule: str) -> list[int]:
    """The turns in which something went against a rule."""
    return [one.turn for one in talk.rounds if not set(WRONG[rule]).isdisjoint(one.after.replies)]


def _turns(talk: Talk) -> list[str]:
    """What the customer may do unasked that no rule of its own is for."""
    return [name for name in talk.model["turns"] if name not in (*LIMITS, *DANGERS)]


def _graded(found: Sequence[int], wrong: Sequence[int]) -> Mark:
    """Kept by one of `found`, but for one of `wrong`."""
    if not found:
        return MISSED, wrong[0] if wrong else 0
    return (PARTLY, wrong[0]) if wrong else (KEPT, found[0])


def _let_finish(talk: Talk) -> Mark:
    cut = _against(talk, "let_finish")
    if len(cut) > 1:
        return MISSED, cut[0]
    return _graded([one.turn for one in talk.rounds if "listen" in one.acts and one.before.vent_left > 0], cut)


def _before_offers(talk: Talk, found: Sequence[int], wrong: Sequence[int]) -> Mark:
    """As `_graded`; what was done only after an offer is half kept."""
    offered = _first(talk, *OFFERS)
    if found and offered and found[0] > offered.turn:
        return PARTLY, found[0]
    return _graded(found, wrong)


def _read_back(talk: Talk) -> Mark:
    """A read-back that was right, before the first offer."""
    right = [one.turn for one in talk.rounds if _worked(one, "paraphrase")]
    return _before_offers(talk, right, _against(talk, "read_back"))


def _name_feeling(talk: Talk) -> Mark:
    """An empty word of sympathy is half of it; before or after a good one it takes nothing away."""
    named = [one.turn for one in talk.rounds if "empathy" in one.after.replies]
    empty = _against(talk, "name_feeling")
    return _graded(named, []) if named or not empty else (PARTLY, empty[0])


def _ask_first(talk: Talk) -> Mark:
    asked = [one.turn for one in talk.rounds if "explore" in one.acts]
    return _before_offers(talk, asked, _against(talk, "ask_first"))


def _apologize_once(talk: Talk) -> Mark:
    if talk.card.legitimacy == "unjustified":
        return NO_CHANCE, 0
    return _graded([one.turn for one in talk.rounds if "apology" in one.after.replies], _against(talk, "apologize_once"))


def _fit_offer(talk: Talk) -> Mark:
    fitted = [one.turn for one in talk.rounds if any(_worked(one, act) for act in (*OFFERS, "no_with_alternative"))]
    weak = _against(talk, "fit_offer")
    if fitted:
        return _graded(fitted, weak)
    half = sorted([*weak, *(one.turn for one in talk.rounds if "compensation_other" in one.after.replies)])
    return (PARTLY, half[0]) if half else (MISSED, 0)


def _date_promise(talk: Talk) -> Mark:
    return _graded([one.turn for one in talk.rounds if "promise" in one.acts], _against(talk, "date_promise"))


def _sum_up(talk: Talk) -> Mark:
    pushed = _against(talk, "sum_up")
    return _graded([one.turn for one in talk.rounds if "confirm" in one.acts and one.turn not in pushed], pushed)


def _stay_kind(talk: Talk) -> Mark:
    unkind = _against(talk, "stay_kind")
    return (KEPT, 0) if not unkind else (PARTLY if len(unkind) == 1 else MISSED, unkind[0])


def _meet_turn(talk: Talk) -> Mark:
    return _met(talk, _turns(talk))


def _met(talk: Talk, names: Iterable[str]) -> Mark:
    """How the events were met: each in the turn after it. The worst counts."""
    met = list(_answers(talk, set(names)))
    return max(met, key=lambda mark: (KEPT, PARTLY, MISSED).index(mark[0])) if met else (NO_CHANCE, 0)


def _answers(talk: Talk, names: set[str]) -> Iterator[Mark]:
    for one, following in zip(talk.rounds, talk.rounds[1:], strict=False):
        for name in names.intersection(one.told):
            met, acts = talk.model["turns"][name], set(following.acts)
            mark = MISSED if acts.intersection(met["bad"]) else KEPT if acts.intersection(met["good"]) else PARTLY
            yield (MISSED if mark == PARTLY and name in DANGERS else mark), following.turn


RULES: dict[str, Callable[[Talk], Mark]] = {
    "let_finish": _let_finish,
    "read_back": _read_back,
    "name_feeling": _name_feeling,
    "ask_first": _ask_first,
    "apologize_once": _apologize_once,
    "fit_offer": _fit_offer,
    "date_promise": _date_promise,
    "sum_up": _sum_up,
    "stay_kind": _stay_kind,
    "meet_turn": _meet_turn,
    "hold_limit": lambda talk: _met(talk, LIMITS),
    "keep_safe": lambda talk: _met(talk, DANGERS),
}
