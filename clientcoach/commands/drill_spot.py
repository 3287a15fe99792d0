"""`drill spot`: a bad call to mark up, made by the model from the reference and one fault, so that which turn it is is known."""

from __future__ import annotations

from clientcoach.case.read import unknown, whole
from clientcoach.commands import Result
from clientcoach.commands.drill_desk import Desk
from clientcoach.commands.drill_replay import columns
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.drill.dice import Dice
from clientcoach.drill.spot import Spot, spot
from clientcoach.drill.told import opening, turned
from clientcoach.errors import Cancelled, NeedsTerminal, UsageError
from clientcoach.views.messages import word
from clientcoach.views.replay import Numbered, task, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.env import Env

GUARDED = ("hold_limit", "keep_safe")  # rules that only personas with an opt-in are sure to give a chance for
DIGITS = "0123456789"
MOST_SEED = 2**31 - 1
RULE_AT, PERSONA_AT = 13, 14  # what the dice are thrown for


def run_spot(values: Mapping[str, Any], env: Env) -> Result:
    """drill-spot@1. In a terminal the turn is asked for; elsewhere `--answer` gives it, and a wrong one leaves with 1.

    Raises UsageError for a rule that is not known, or that only a persona shows whom nobody has opted in to.
    """
    desk = Desk(Session(values, env))
    asks = "answer" not in values and not _json(values) and not values.get("no_input") and env.is_terminal("stdin")
    seed = _seed(values, desk, asks=asks)
    rule = _rule(values, desk, seed)
    found = _found(desk, rule, seed)
    told = _told(found, rule)
    if "answer" in values:
        told = _answered(told, found, desk, whole("--answer", values["answer"], 1, len(found.talk.rounds)))
    result = Result("drill-spot", told, strings=desk.session.told_in(desk.ui))
    result.exit_code = 0 if told["right"] in (None, True) else 1
    result.notes = lambda _style: desk.session.warned()
    if not _json(values):
        result.lines = _shown(desk, found, told, asks=asks)
    return result


def _json(values: Mapping[str, Any]) -> bool:
    return bool(values.get("json")) or values.get("format") == "json"


def _seed(values: Mapping[str, Any], desk: Desk, *, asks: bool) -> int:
    """The one that was given; who is asked gets another call every day."""
    if "seed" in values:
        return whole("--seed", values["seed"], 0, MOST_SEED)
    return int(desk.session.day.replace("-", "")) if asks else 0


def _rule(values: Mapping[str, Any], desk: Desk, seed: int) -> str:
    rules: list[str] = list(desk.model["rules"])
    if "rule" not in values:
        return Dice(seed, RULE_AT).pick([name for name in rules if name not in GUARDED])
    name = str(values["rule"]).replace("-", "_")
    if name not in rules:
        raise unknown("rule", str(values["rule"]), rules)
    return name


def _found(desk: Desk, rule: str, seed: int) -> Spot:
    """A call that shows the rule broken; the seed says with whom. What is kept for the last test is never used."""
    names = library.personas(desk.session.places)
    dice, opted = Dice(seed, PERSONA_AT), set(desk.values.get("opt_in", ()))
    while names:
        name = names.pop(dice.below(len(names)))
        if desk.lang not in library.languages(library.persona_folder(desk.session.places, name)):
            continue
        persona = desk.persona(name)
        allowed = not persona["transfer"] and (not persona["opt_in"] or persona["opt_in"] in opted)
        if allowed and (found := spot(desk.model, persona, rule, seed)):
            return found
    raise UsageError("spot_opt_in" if rule in GUARDED and not opted else "no_spot", value=rule)


def shown(desk: Desk, rule: str, seed: int) -> Iterator[str]:
    """A call that breaks a rule, to be marked by whoever is there. Raises UsageError where no persona shows it, Cancelled."""
    found = _found(desk, rule, seed)
    return _shown(desk, found, _told(found, rule), asks=True)


def _told(found: Spot, rule: str) -> dict[str, Any]:
    """The transcript (drill-spot@1); which turn it is stays untold until one was marked."""
    talk = found.talk
    turns = [{"turn": one.turn, "said": one.said, "answer": one.answer} for one in talk.rounds]
    shown = {name: talk.persona[name] for name in ("title", "who", "lang")}
    return {
        "schema": "clientcoach/drill-spot@1",
        "rule": rule,
        "persona": talk.persona["name"],
        **shown,
        "seed": talk.seed,
        "opening": talk.opening,
        "turns": turns,
        "answer": None,
        "right": None,
        "fault": None,
    }


def _answered(told: dict[str, Any], found: Spot, desk: Desk, turn: int) -> dict[str, Any]:
    one = found.talk.rounds[found.turn - 1]
    fault = {
        "turn": found.turn,
        "said": one.said,
        "acts": list(one.acts),
        "why": desk.words["rules"][told["rule"]]["why"],
        "evidence": desk.model["rules"][told["rule"]]["evidence"],
        "instead": list(found.instead),
        "instead_said": found.instead_said,
    }
    return {**told, "answer": turn, "right": turn == found.turn, "fault": fault}


def _shown(desk: Desk, found: Spot, told: dict[str, Any], *, asks: bool) -> Iterator[str]:
    """The call as text, and what came of marking it. Raises Cancelled (Ctrl-D)."""
    numbered = Numbered(desk.words, desk.strings, columns(desk.session.env))
    yield numbered.paragraph(task(desk.words["rules"][told["rule"]], desk.strings), "")
    yield from map(numbered.told, opening(found.talk, None, None))
    for one in found.talk.rounds:
        yield from map(numbered.told, turned(found.talk, one, "act"))
    yield "\n"
    question = word(desk.strings, "debrief.spot_ask", turns=len(found.talk.rounds))
    if asks:
        told = _answered(told, found, desk, _asked(desk.session.env, question, len(found.talk.rounds)))
        yield "\n"
    yield numbered.paragraph(*(verdict(told, desk.words, desk.strings) if told["fault"] else [f"{question} (--answer)"]))


def _asked(env: Env, question: str, most: int) -> int:
    """The turn that was typed, by any keyboard's number row; anything else is asked again. Raises Cancelled (Ctrl-D)."""
    from clientcoach.asking.keys import typed_as
    from clientcoach.asking.plain import Plain

    if env.stdin is None or env.stderr is None:
        raise NeedsTerminal("drill_needs_terminal")
    asker, row = Plain(env.stdin, env.stderr), str.maketrans({char: digit for digit in DIGITS for char in typed_as(digit)})
    typed = ""
    try:
        while not (typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= most):
            typed = asker.text(question, "").translate(row)[: len(DIGITS)]
    except EOFError as error:
        raise Cancelled from error
    return int(typed)
