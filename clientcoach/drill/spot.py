"""A bad call to mark up: the reference with one fault against a rule, in a turn that the seed gives; so the turn is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clientcoach.drill.dice import Dice
from clientcoach.drill.score import DANGERS, LIMITS, slips
from clientcoach.drill.talk import Talk
from clientcoach.drill.what_if import before, par, said, what_if

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clientcoach.drill.state import Model
    from clientcoach.drill.talk import Round

FAULTS_AT = 12  # what the dice are thrown for
# What goes wrong: where the reference does the first, the second is done in its place.
INSTEAD: dict[str, tuple[tuple[str, str], ...]] = {
    "let_finish": (("listen", "explanation"), ("listen", "ask_again"), ("listen", "propose"), ("listen", "compensation")),
    "read_back": (("paraphrase", "paraphrase_wrong"),),
    "name_feeling": (("empathy", "empathy_generic"),),
    "ask_first": (("explore", "ask_again"), ("explore", "propose")),
    "apologize_once": (("apology", "apology_generic"), ("explore", "apology"), ("listen", "apology_generic")),
    "fit_offer": (("propose", "propose_vague"),),
    "date_promise": (("promise", "promise_vague"), ("promise", "overpromise")),
    "sum_up": (("explore", "confirm"), ("own", "confirm")),
}
ALONE = ("let_finish", "fit_offer")  # nothing good stands beside it
ANYWHERE = ("calm_down", "blame_customer", "blame_colleague", "deny", "flat_no", "jargon")


class Spot(NamedTuple):
    """The call, the turn of its fault (1 is the first), and what the reference would have done there."""

    talk: Talk
    turn: int
    instead: tuple[str, ...]

    @property
    def instead_said(self) -> str:
        """The persona's own line for that."""
        return said(before(self.talk, self.turn), self.instead)


def spot(model: Model, persona: Mapping[str, Any], rule: str, seed: int) -> Spot | None:
    """A call with this persona in which one turn, and no other, goes against the rule; None where it gives no chance for that."""
    clean = par(Talk(model, persona, seed))
    dice, tried = Dice(seed, FAULTS_AT), list(_faults(clean, rule))
    while tried:
        turn, acts = tried.pop(dice.below(len(tried)))
        found: Talk = what_if(_cut(clean, turn), turn, acts)["talk"]
        if [one for one in slips(found) if one[0] != turn] or (turn, rule) not in slips(found):
            continue
        if turn < len(found.rounds):  # with the last word nobody would have to look for it
            return Spot(found, turn, clean.rounds[turn - 1].acts)
    return None


def _cut(talk: Talk, turn: int) -> Talk:
    """The call up to and with a turn: what comes after it is the reference's again."""
    found = before(talk, turn)
    found.take(talk.rounds[turn - 1].acts, talk.rounds[turn - 1].said)
    return found


def _faults(clean: Talk, rule: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Turns of the reference with acts that go against a rule there."""
    for place, one in enumerate(clean.rounds):
        told = clean.rounds[place - 1].told if place else ()
        yield from ((one.turn, acts) for acts in _worse(clean.model, one, rule, told))


def _worse(model: Model, one: Round, rule: str, told: Sequence[str]) -> Iterator[tuple[str, ...]]:
    if rule in INSTEAD:
        for good, bad in INSTEAD[rule]:
            if good in one.acts:
                yield (bad,) if rule in ALONE else tuple(bad if act == good else act for act in one.acts)
    elif rule == "stay_kind":
        yield from ((act,) for act in ANYWHERE)
    elif rule == "keep_safe":
        yield from (("explore",) for name in told if name in DANGERS)
    else:
        met = [name for name in told if name in model["turns"] and name not in DANGERS and (name in LIMITS) is (rule == "hold_limit")]
        yield from ((act,) for name in met for act in model["turns"][name]["bad"])
