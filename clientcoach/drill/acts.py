"""What a worker's act does to the customer: the first line of the model whose conditions hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.drill.state import part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clientcoach.drill.state import Card, Model, State

    Change = tuple[int, int, int, int]  # anger, trust, heard, solution

ACTS = (
    "listen", "explore", "ask_again", "paraphrase", "paraphrase_wrong", "empathy", "empathy_generic", "apology", "apology_generic",
    "thank", "own", "propose", "choice", "compensation", "propose_vague", "promise", "promise_vague", "overpromise",
    "no_with_alternative", "flat_no", "explanation", "calm_down", "deny", "blame_customer", "blame_colleague", "jargon", "name",
    "hold", "hold_timed", "transfer_cold", "transfer", "boundary", "threaten_to_hang_up", "confirm", "safety",
)  # fmt: skip
CONDITIONS: dict[str, Callable[[Model, Card, State, str], bool]] = {
    "story_left": lambda _model, _card, state, _act: state.vent_left > 0,
    "nothing_told": lambda _model, _card, state, _act: not state.told,
    "little_known": lambda model, _card, state, _act: len(state.known) < model["gates"]["known"]["at"],
    "unheard": lambda model, _card, state, _act: state.heard < model["gates"]["heard"]["at"],
    "too_early": lambda model, card, state, _act: not card.one_off and state.heard < model["gates"]["heard"]["at"],
    "again": lambda _model, _card, state, act: act in state.counts,
    "third_apology": lambda _model, _card, state, _act: state.apologies >= 2,
    "third_name": lambda _model, _card, state, _act: state.counts.get("name", 0) >= 2,
    "other_loss": lambda _model, card, _state, _act: "money" not in card.needs,
    "abused": lambda _model, _card, state, _act: state.abusing,
    "endangered": lambda _model, _card, state, _act: state.endangered,
    "nothing_agreed": lambda model, _card, state, _act: state.solution < model["gates"]["solution"]["at"],
}


def act(model: Model, card: Card, state: State, name: str) -> Change:
    """What an act changes, before a turn's limits; its deeds and its count are in the state at once."""
    line = next(line for line in model["acts"][name] if all(CONDITIONS[one](model, card, state, name) for one in line["when"]))
    change = _weighed(line, card, _worth(model, state, name))
    state.replies.append(line["says"] or name)
    if line["does"]:
        DEEDS[line["does"]](card, state)
    if line["does"] not in {"fails", "spends"}:  # what missed is not worn out
        state.counts[name] = state.counts.get(name, 0) + 1
    return change


def interruption(model: Model, card: Card, state: State) -> Change:
    """The story is cut off: what was to come next is lost."""
    state.vent_left -= 1
    state.replies.append("interrupted")
    return _weighed(model["interrupt"], card, 100)


def _worth(model: Model, state: State, name: str) -> int:
    shares = model["repeats"]["percent"]
    share: int = shares[min(state.counts.get(name, 0), len(shares) - 1)]
    return part(share, model["spent"]["percent"]) if state.spent and name.startswith("apology") else share


def _weighed(line: Mapping[str, Any], card: Card, worth: int) -> Change:
    """What is bad counts by reactivity, what lowers the anger by forgiveness, what is good by how often it was done."""
    anger, trust, heard = line["anger"], line["trust"], line["heard"]
    return (
        part(anger, card.reactivity) if anger > 0 else part(part(anger, worth), card.forgiveness),
        part(trust, card.reactivity if trust < 0 else worth),
        part(heard, card.reactivity if heard < 0 else worth),
        part(line["solution"], worth),
    )


def _listens(card: Card, state: State) -> None:
    state.vent_left -= 1
    state.told += 1
    disclose(card, state, "listen")


def _asks(card: Card, state: State) -> None:
    state.told += 1
    disclose(card, state, "explore")


def _fails(card: Card, state: State) -> None:
    """The customer corrects: what is no secret is known then, but it was not listened to."""
    state.failed += 1
    disclose(card, state, "listen", "explore", secret=False)


def _apologizes(_card: Card, state: State) -> None:
    state.apologies += 1


def _spends(_card: Card, state: State) -> None:
    state.apologies += 1
    state.spent = True


def _promises(_card: Card, state: State) -> None:
    state.promised += 1


def _overpromises(_card: Card, state: State) -> None:
    state.overpromised += 1


def _denies(_card: Card, state: State) -> None:
    state.denied = True


def _warns(_card: Card, state: State) -> None:
    state.warned += 1


def _closes(_card: Card, state: State) -> None:
    state.closing = True


def _hands_over(_card: Card, state: State) -> None:
    state.handed = "warm"


def _hands_over_cold(_card: Card, state: State) -> None:
    state.handed = "cold"


DEEDS: dict[str, Callable[[Card, State], None]] = {
    "listens": _listens,
    "asks": _asks,
    "fails": _fails,
    "apologizes": _apologizes,
    "spends": _spends,
    "promises": _promises,
    "overpromises": _overpromises,
    "denies": _denies,
    "warns": _warns,
    "closes": _closes,
    "hands_over": _hands_over,
    "hands_over_cold": _hands_over_cold,
}


def disclose(card: Card, state: State, *on: str, secret: bool = True) -> bool:
    """Whether the next fact that comes so, and whose gate is met, was told; `secret`: also what takes trust, or is a hardship."""
    for number, fact in enumerate(card.facts):
        if not secret and (fact.gate == "trust" or fact.hardship):
            continue
        if number not in state.known and fact.on in on and getattr(state, fact.gate) >= fact.at and fact.after in (-1, *state.known):
            state.known.append(number)
            state.fresh.append(number)
            return True
    return False
