"""`playbook list`, `playbook show`, `playbook lint`. The other verbs of `playbook` have modules of their own."""

from __future__ import annotations

import os

from clientcoach.case.read import near
from clientcoach.commands import Result
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.errors import UsageError
from clientcoach.wording.outline import outline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.commands.trying import Trial
    from clientcoach.env import Env
    from clientcoach.errors import Problem

CONTENT = 4


def run_list(values: Mapping[str, Any], env: Env) -> Result:
    """Every playbook that can be named, with its languages and its folder, and which ones of the same name it hides."""
    session = Session(values, env)
    books = []
    for name in library.names(session.places):
        folder, *hidden = dict.fromkeys(library.everywhere(session.places, name))
        books.append({"name": name, "langs": library.languages(folder), "folder": folder, **({"hides": hidden} if hidden else {})})
    return Result("playbooks", {"schema": "clientcoach/playbooks@1", "playbooks": books}, strings=session.told_in(session.ui()))


def run_show(values: Mapping[str, Any], env: Env) -> Result:
    """A playbook laid open: every phrase with its conditions, its variables in braces; with `--try` as a case makes it."""
    session = Session(values, env)
    case = session.case()
    lang = session.lang(case)
    book = session.playbook(lang, whole=True)
    trial = _trial(session, case, lang) if values.get("tried") else None
    steps = [
        {
            "step": step,
            "number": number,
            "title": outline(book["title"][step]["text"]),
            "parts": [_part(book, step, part, trial) for part in parts],
        }
        for number, (step, parts) in enumerate(book["steps"], 1)
    ]
    facts = {name: _fact(book["fact"].get(name, {}), values) for name, values in book["facts"].items()}
    shown = {"playbook": book["name"], "lang": lang, "facts": facts, "steps": steps, "interruptions": book["interruptions"]}
    data = {"schema": "clientcoach/playbook@1", **shown}
    return Result("tried" if trial else "playbook", data, strings=session.told_in(session.ui(case)))


def _fact(words: Mapping[str, Any], values: list[str]) -> dict[str, Any]:
    """What a fact of the playbook's own is called, and what each of its values means; without words the values alone."""
    said = {name: outline(form["text"]) for name, form in words.items()}
    return {"label": said.get("label", ""), "values": {value: said.get(value, value) for value in values}}


def _trial(session: Session, case: Mapping[str, Any], lang: str) -> Trial:
    from clientcoach.commands.trying import Trial

    return Trial(session, case, lang)


def _part(book: Any, step: str, part: str, trial: Trial | None) -> dict[str, Any]:
    phrases = [
        {
            "id": phrase["id"],
            "when": phrase["when"],
            "needs": phrase["forms"]["say"]["needs"],
            "text": outline(phrase["forms"]["say"]["text"]),
            "forms": sorted(phrase["forms"]),
            **(trial.phrase(phrase) if trial else {}),
        }
        for phrase in book["phrases"][f"{step}.{part}"]
    ]
    label = book["label"].get(part)
    tried = trial.part(f"{step}.{part}") if trial else {}
    return {"part": part, "label": outline(label["text"]) if label else "", **tried, "phrases": phrases}


def run_lint(values: Mapping[str, Any], env: Env) -> Result:
    """Everything wrong with a folder of playbooks, or with all that is in use, the team's policy too; exit 4 where there is an error."""
    from clientcoach.content.lint import lint, lint_policy
    from clientcoach.reading.examples import lint_examples

    session = Session(values, env)
    if values.get("explain"):
        return _explained(values["explain"], session)
    if values.get("folder"):
        folders = [os.path.abspath(values["folder"])]
        if not os.path.isdir(folders[0]):
            raise UsageError("unreadable_file", file=values["folder"], reason="")
    else:
        folders = [folder for folder in session.places["packs"] if os.path.isdir(folder)]
    today = session.day
    problems: list[Problem] = []
    examples = 0
    for folder in folders:
        false, tried = lint_examples(folder)
        problems += [*lint(folder, today), *false]
        examples += tried
    policy = None if values.get("folder") else session.places["policy"]
    if policy and policy not in {os.path.join(folder, "policy.yaml") for folder in folders}:
        problems += lint_policy(policy, today)
    errors = sum(problem["level"] == "error" for problem in problems)
    data = {
        "schema": "clientcoach/lint@1",
        "problems": problems,
        "errors": errors,
        "warnings": len(problems) - errors,
        "playbooks": len(folders),
        "examples": examples,
    }
    return Result("lint", data, exit_code=CONTENT if errors else 0, strings=session.told_in(session.ui()))


def _explained(typed: str, session: Session) -> Result:
    """A code of the linter: what it means, how to mend it. Raises UsageError."""
    from clientcoach.content.codes import CODES

    code = typed.lower()
    if code not in CODES:
        raise UsageError("unknown_code", value=typed[:40], near=near(typed, CODES))
    means, mend = CODES[code]
    data = {"schema": "clientcoach/lint_code@1", "code": code, "means": means, "mend": mend}
    return Result("lint_code", data, strings=session.told_in(session.ui()))
