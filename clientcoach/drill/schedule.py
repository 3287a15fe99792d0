"""What is practised when: a ladder of days for each rule, and each time another persona. Days are ISO dates that are given; no clock here.

A fixed ladder and no scheduler library: fsrs fits how single facts are forgotten, from hundreds of answers to the same card. A rule is no
card, comes in other words each time, and a dozen drills a month would never fit its weights; a trainer can read the ladder and change it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from clientcoach.drill.score import DANGERS, KEPT, LIMITS, MARKS, MISSED, NO_CHANCE, PARTLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from clientcoach.drill.state import Model

    Json = Mapping[str, Any]

HARD = {"justified": 0, "partly": 1, "unjustified": 2}


class Due(NamedTuple):
    """What comes next: a rule, in a persona, on a day. A day that is over is today; one to come is said so and may be drawn forward."""

    rule: str
    persona: str
    day: str


class Rung(NamedTuple):
    """Where a rule stands: its place on the ladder, the day it comes again, its last mark and the persona it was met in."""

    place: int
    day: str
    mark: str
    persona: str


def about(persona: Json) -> dict[str, Any]:
    """What the schedule knows of a persona (a shard of `content.personas`): {opt_in, transfer, difficulty, rules}."""
    card, told = persona["card"], persona["card"]["events"]
    guards = sum(fact["at"] for fact in card["facts"].values()) // 10
    temper = card["severity"] * 10 + card["prior"] * 6 + (card["reactivity"] - card["forgiveness"]) // 4
    difficulty = temper + guards + HARD[card["legitimacy"]] * 10 + len(told) * 5
    return {"opt_in": persona["opt_in"], "transfer": persona["transfer"], "difficulty": difficulty, "rules": set(_rules(card))}


def _rules(card: Json) -> Iterator[str]:
    """The rules that a persona gives a chance for, whatever is done; what only an angered customer would do is not counted on."""
    yield from ("let_finish", "read_back", "name_feeling", "ask_first", "fit_offer", "date_promise", "sum_up", "stay_kind")
    told = set(card["events"])
    if card["legitimacy"] != "unjustified":
        yield "apologize_once"
    if told.difference(LIMITS, DANGERS) or any(fact["hardship"] for fact in card["facts"].values()):
        yield "meet_turn"
    if told.intersection(LIMITS):
        yield "hold_limit"
    if told.intersection(DANGERS):
        yield "keep_safe"


def due(results: Sequence[Json], model: Model, personas: Mapping[str, Json], today: str) -> Due | None:
    """The rule that has waited longest, else the next new one, else the one that comes first; None where no persona is to be had.

    `results`: drill-result@1, each with its `day` where the trainee is (else the date of its `at`). `personas`: as `about` tells.
    """
    rungs = ladder(results, model)
    order = sorted(rungs, key=lambda name: (rungs[name].day, -MARKS.index(rungs[name].mark)))  # of one day the worst first
    waiting, later = ([name for name in order if (rungs[name].day <= today) is now] for now in (True, False))
    shaky = any(not rungs[name].place for name in later)  # one new rule at a time: not before the last one was kept on its day
    new = [name for name in model["rules"] if name not in rungs]
    for rule in (*waiting, *(later if shaky else ()), *new, *later):
        persona = _persona(rule, results, personas, rungs)
        if persona:
            return Due(rule, persona, rungs[rule].day if rule in rungs else today)
    return None


def after(results: Sequence[Json], rule: str, model: Model) -> str | None:
    """The day on which a rule comes again; None where it was never met."""
    found = ladder(results, model).get(rule)
    return found.day if found else None


def ladder(results: Iterable[Json], model: Model) -> dict[str, Rung]:
    """Where each rule stands that was met, in the order in which rules are practised."""
    rungs: dict[str, Rung] = {}
    for one in sorted(results, key=lambda one: str(one["at"])):
        for rule, mark in one["marks"].items():
            if rule in model["rules"] and mark != NO_CHANCE:
                alone = PARTLY if mark == KEPT and rule in one["prompted"] else mark  # with help it is half known
                rungs[rule] = _moved(rungs.get(rule), alone, one, model["ladder"]["days"])
    return {rule: rungs[rule] for rule in model["rules"] if rule in rungs}


def _moved(rung: Rung | None, mark: str, result: Json, days: Sequence[int]) -> Rung:
    """Kept goes a rung up, partly stays, missed falls to the first. Before its day only a miss counts: cramming is no practice."""
    day, persona = day_of(result), str(result["persona"])
    if rung is None or mark == MISSED:
        place = 0
    elif day < rung.day:
        return rung._replace(persona=persona)
    else:
        place = min(rung.place + (mark == KEPT), len(days) - 1)
    return Rung(place, (date.fromisoformat(day) + timedelta(days=days[place])).isoformat(), mark, persona)


def day_of(result: Json) -> str:
    """The date of a result where the trainee is, as far as that is told."""
    return str(result.get("day") or result["at"][: len("2026-11-25")])


def _persona(rule: str, results: Sequence[Json], personas: Mapping[str, Json], rungs: Mapping[str, Rung]) -> str:
    """Another one than last time: the easiest that was not met, then the one that was met longest ago."""
    fit = [name for name, told in personas.items() if rule in told["rules"] and not told["opt_in"] and not told["transfer"]]
    other = [name for name in fit if rule not in rungs or name != rungs[rule].persona] or fit
    met: dict[str, str] = {}
    for one in results:
        met[one["persona"]] = max(str(one["at"]), met.get(one["persona"], ""))
    return min(other, key=lambda name: (met.get(name, ""), personas[name]["difficulty"], name), default="")
