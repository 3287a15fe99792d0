"""`playbook list`, `playbook show`, `playbook lint`."""

from __future__ import annotations

import os

from clientcoach.commands import Result
from clientcoach.commands.session import DEFAULT_PLAYBOOK, Session
from clientcoach.content import library
from clientcoach.errors import UsageError
from clientcoach.wording.outline import outline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env
    from clientcoach.errors import Problem

CONTENT = 4


def run_list(values: Mapping[str, Any], env: Env) -> Result:
    """Every playbook that can be named, with its languages and its folder."""
    session = Session(values, env)
    books = []
    for name in library.names(session.places):
        folder = library.find(session.places, name)
        books.append({"name": name, "langs": library.languages(folder), "folder": folder})
    return Result("playbooks", {"schema": "clientcoach/playbooks@1", "playbooks": books}, strings=session.told_in(session.ui()))


def run_show(values: Mapping[str, Any], env: Env) -> Result:
    """A playbook laid open: every phrase with its conditions, its variables in braces."""
    session = Session(values, env)
    lang = session.lang(session.case())
    book = session.playbook(lang, values.get("playbook", DEFAULT_PLAYBOOK))
    steps = [
        {
            "step": step,
            "number": number,
            "title": outline(book["title"][step]["text"]),
            "parts": [_part(book, step, part) for part in parts],
        }
        for number, (step, parts) in enumerate(book["steps"], 1)
    ]
    shown = {"playbook": book["name"], "lang": lang, "steps": steps, "interruptions": book["interruptions"]}
    return Result("playbook", {"schema": "clientcoach/playbook@1", **shown}, strings=session.told_in(session.ui()))


def _part(book: Any, step: str, part: str) -> dict[str, Any]:
    phrases = [
        {
            "id": phrase["id"],
            "when": phrase["when"],
            "needs": phrase["forms"]["say"]["needs"],
            "text": outline(phrase["forms"]["say"]["text"]),
            "forms": sorted(phrase["forms"]),
        }
        for phrase in book["phrases"][f"{step}.{part}"]
    ]
    label = book["label"].get(part)
    return {"part": part, "label": outline(label["text"]) if label else "", "phrases": phrases}


def run_lint(values: Mapping[str, Any], env: Env) -> Result:
    """Everything wrong with a folder of playbooks, or with all that is in use, the team's policy too; exit 4 where there is an error."""
    from clientcoach.content.lint import lint, lint_policy
    from clientcoach.reading.examples import lint_examples

    session = Session(values, env)
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
