"""Reference policies: ways to work a call that the model is tried with. Each gives the acts of the next turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientcoach.drill.acts import ACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clientcoach.drill.dice import Dice
    from clientcoach.drill.state import Model, State

    Acts = Sequence[str]
    Policy = Callable[[Model, State, Dice], Acts]

SLIPS = (
    "calm_down",
    "flat_no",
    "promise_vague",
    "jargon",
    "deny",
    "blame_colleague",
    "explanation",
    "apology_generic",
    "propose_vague",
    "ask_again",
)
_SOLVING: tuple[Acts, ...] = (("propose", "own"), ("propose", "promise"), ("choice", "compensation"))
_MORE: tuple[Acts, ...] = (("compensation",), ("thank", "empathy", "explore"))
_SYMPATHY: tuple[Acts, ...] = (("listen", "empathy"), ("empathy_generic", "own"), ("listen", "thank"))
_BLAME: tuple[Acts, ...] = (("blame_customer",), ("deny",), ("blame_colleague",))


def five_steps(model: Model, state: State, _dice: Dice) -> Acts:
    """Listen, show empathy, apologize, propose, follow up; a polite limit where there is abuse, and none of it where there is danger."""
    if state.endangered:
        return ("safety",)
    limit = ("boundary",) if state.abusing and not state.warned else ()
    return (*limit, *_meeting(model, state, _step(model, state)))


def _meeting(model: Model, state: State, acts: Acts) -> Acts:
    """What the customer has just done unasked is met first, and nothing is said that would make it worse."""
    for name, turn in state.events.items():
        if turn == state.turn and name in model["turns"] and name != "insult":
            told = model["turns"][name]
            if name == "tears":  # nothing else in the same breath
                return (told["good"][0],)
            acts = [act for act in acts if act not in told["bad"]]
            meets = [act for act in told["good"] if _fits(model, state, act)][: not set(acts).intersection(told["good"])]
            acts = (*meets, *acts)
    return acts


def _fits(model: Model, state: State, act: str) -> bool:
    """Whether it can be done now: nobody is handed over or interrupted for it, and what is read back was told."""
    return act != "transfer" and (state.vent_left <= 0 or act not in model["interrupt"]["acts"]) and (state.told > 0 or act != "paraphrase")


def _step(model: Model, state: State) -> Acts:
    done = state.counts
    if state.vent_left > 0:
        return ("listen",)
    if "paraphrase" not in done or state.heard < model["gates"]["heard"]["at"]:
        return _hearing(model, state)
    if "apology" not in done:
        return ("apology", "own")
    return ("propose", "promise", "choice") if "promise" not in done else _close(model, state)


def _hearing(model: Model, state: State) -> Acts:
    """What is not known is asked for before it is read back, and that is not done twice running."""
    done = state.counts
    if len(state.known) < model["gates"]["known"]["at"] and done.get("explore", 0) < 3:
        return ("explore",)
    just_now = done.get("paraphrase", 0) >= max(done.get("empathy", 0), 1)
    return ("empathy", "explore") if just_now else ("paraphrase", "empathy", "explore")


def _close(model: Model, state: State) -> Acts:
    """Whoever is still angry or unheard is not pushed to a yes, while there is something left to do."""
    if state.solution < model["gates"]["solution"]["at"]:
        return ("propose", "compensation", "choice")
    settled = model["ends"]["settled"]
    if state.heard >= settled["heard"] and state.anger <= settled["anger"]:
        return ("thank", "confirm")
    fresh = [acts for acts in _MORE if acts[0] not in state.counts]
    return fresh[0] if fresh else ("empathy", "confirm")


def _slipping(percent: int) -> Policy:
    def policy(model: Model, state: State, dice: Dice) -> Acts:
        slips = dice.below(100) < percent
        return (dice.pick(SLIPS),) if slips else five_steps(model, state, dice)

    return policy


def apology_first(model: Model, state: State, dice: Dice) -> Acts:
    """An apology before anything was heard, then the five steps."""
    return five_steps(model, state, dice) if state.turn else ("apology",)


def calm_downer(model: Model, state: State, dice: Dice) -> Acts:
    """Good but for two times “calm down”."""
    return ("calm_down",) if state.turn in (0, 2) else five_steps(model, state, dice)


def solver(model: Model, state: State, _dice: Dice) -> Acts:
    """Skips steps one to three."""
    if state.solution >= model["gates"]["solution"]["at"] and state.anger <= model["ends"]["grudging"]["anger"]:
        return ("confirm",)
    return _SOLVING[state.turn % len(_SOLVING)]


def sympathy_only(_model: Model, state: State, _dice: Dice) -> Acts:
    """Kind, and nothing is done."""
    return _SYMPATHY[state.turn % len(_SYMPATHY)]


def apology_machine(_model: Model, state: State, _dice: Dice) -> Acts:
    """Sorry, sorry, sorry."""
    return ("apology",) if state.turn % 2 else ("apology_generic",)


def policy_quoter(_model: Model, state: State, _dice: Dice) -> Acts:
    """The rules say no."""
    return ("explanation",) if state.turn % 3 == 2 else ("flat_no",)


def blamer(_model: Model, state: State, _dice: Dice) -> Acts:
    """Anybody's fault but ours."""
    return _BLAME[state.turn % len(_BLAME)]


def random(_model: Model, _state: State, dice: Dice) -> Acts:
    """One to three acts, whatever they are."""
    return tuple(dice.pick(ACTS) for _ in range(dice.between(1, 3)))


POLICIES: dict[str, Policy] = {
    "five_steps": five_steps,
    "five_steps_slips_15": _slipping(15),
    "five_steps_slips_35": _slipping(35),
    "apology_first": apology_first,
    "calm_downer": calm_downer,
    "solver": solver,
    "sympathy_only": sympathy_only,
    "apology_machine": apology_machine,
    "policy_quoter": policy_quoter,
    "blamer": blamer,
    "random": random,
}
