"""`drill lint`: what is wrong with customers, and how the best and the worst way to work them end."""

from __future__ import annotations

import os

from clientcoach.commands import Result
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.errors import ContentError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.drill.state import Model
    from clientcoach.env import Env
    from clientcoach.errors import Problem

CONTENT = 4
PLAYED = ("drill-outcome", "unreachable")  # what is wrong with one that can be played
SEEDS = 200  # calls that are heard whole, dealt out over the languages


def run_lint(values: Mapping[str, Any], env: Env) -> Result:
    """drill-lint@1: every problem, and each customer tried out. Exit 4 where there is an error. Raises UsageError, ContentError."""
    session = Session(values, env)
    problems: list[Problem] = []
    told: list[dict[str, Any]] = []
    for shelf, names in _meant(session, values.get("what")):
        found = _linted(shelf, names)
        problems += found
        broken = {problem["file"] for problem in found if problem["level"] == "error" and problem["code"] not in PLAYED}
        model = _model(shelf)
        told += [_tried(os.path.join(shelf, name), name, model, broken) for name in names or _people(shelf)]
    problems += [problem for one in told for problem in one.pop("unsaid")]
    errors = sum(problem["level"] == "error" for problem in problems)
    data = {
        "schema": "clientcoach/drill-lint@1",
        "personas": told,
        "problems": problems,
        "errors": errors,
        "warnings": len(problems) - errors,
    }
    return Result("drill_lint", data, exit_code=CONTENT if errors else 0, strings=session.told_in(session.ui()))


def _meant(session: Session, what: str | None) -> list[tuple[str, list[str]]]:
    """Folders of drills, each with the names in it that are meant; none: all that is in it. Raises UsageError."""
    packs = session.places["packs"]
    if what is None:
        shelves = (os.path.join(pack, "drills") for pack in packs)
        return [(shelf, []) for shelf in shelves if os.path.isdir(shelf)]
    folder = os.path.abspath(os.path.join(session.env.cwd or "/", os.path.expanduser(what)))
    if what in library.personas(session.places) or not os.path.isdir(folder):
        found = library.persona_folder(session.places, what)
        return [(os.path.dirname(found), [what])]
    if os.path.isfile(os.path.join(folder, "persona.yaml")):
        return [(os.path.dirname(folder), [os.path.basename(folder)])]
    inside = os.path.join(folder, "drills")
    shelf = inside if os.path.isdir(inside) else folder
    if os.path.basename(shelf) != "drills":
        raise UsageError("no_drills", value=what)
    return [(shelf, [])]


def _linted(shelf: str, names: list[str]) -> list[Problem]:
    from clientcoach.content.lint_drills import lint_drills
    from clientcoach.content.lint_drills import model as numbers
    from clientcoach.content.lint_personas import lint_persona

    if not names:
        return lint_drills(shelf)
    return [problem for name in names for problem in lint_persona(os.path.join(shelf, name), numbers(shelf))]


def _model(shelf: str) -> Model | None:
    from clientcoach.content.lint_drills import model

    return model(shelf)


def _people(shelf: str) -> list[str]:
    from clientcoach.content.lint_drills import people

    return people(shelf)


def _tried(folder: str, name: str, model: Model | None, broken: set[str]) -> dict[str, Any]:
    """Its languages, its ends, and problems where somebody has nothing to say; a broken one is not tried."""
    langs = library.languages(folder)
    one: dict[str, Any] = {"name": name, "folder": folder, "langs": langs, "seeds": 0, "unsaid": []}
    files = {os.path.join(folder, file) for file in ("persona.yaml", *(f"{lang}.yaml" for lang in langs))}
    if model is None or not langs or files & broken:
        return one
    from clientcoach.drill.talk import card
    from clientcoach.drill.trial import BAD, GOOD, outcome, unsaid

    for number, lang in enumerate(langs):
        try:
            persona = _compiled(folder, lang)
        except ContentError:  # what all share is broken there, and was told
            return one
        one |= {policy: outcome(model, card(persona), policy)._asdict() for policy in (GOOD, BAD)}
        seeds = range(number, SEEDS, len(langs))
        one["seeds"] += len(seeds)
        one["unsaid"] += [_silent(folder, lang, seed) for seed in unsaid(model, persona, seeds)]
    return one


def _compiled(folder: str, lang: str) -> dict[str, Any]:
    from clientcoach.content.lint_drills import lines
    from clientcoach.content.personas import compile_persona

    return compile_persona(folder, lang, lines(os.path.dirname(folder), lang))


def _silent(folder: str, lang: str, seed: int) -> Problem:
    from clientcoach.content.source import Source

    source = Source(os.path.join(folder, f"{lang}.yaml"))
    source.report("missing-line", f"with the seed {seed} somebody has nothing to say", (1, 1))
    return source.problems[0]
