"""`doctor`: is this installation whole? One line a check; exit 1 where one fails."""

from __future__ import annotations

import os
import sys

from clientcoach import __version__
from clientcoach.case.fields import LANGS
from clientcoach.commands import Result
from clientcoach.commands.session import Session, catalogue
from clientcoach.content import library
from clientcoach.errors import CoachError, ContentError
from clientcoach.settings import locale_lang, project_file, user_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.env import Env


def run(values: Mapping[str, Any], env: Env) -> Result:
    """Version, encoding, settings, cache, policy and playbooks in every language, the clock."""
    checks = list(_checks(values, env))
    failed = not all(check["ok"] for check in checks)
    ui = values.get("ui") if values.get("ui") in LANGS else locale_lang(env)
    return Result(
        "checks", {"schema": "clientcoach/checks@1", "checks": checks}, exit_code=1 if failed else 0, strings=lambda: _strings(ui or "en")
    )


def _strings(ui: str) -> dict[str, Any]:
    """The shipped catalogue; none where even that is broken, which the checks then tell."""
    try:
        return catalogue({"packs": [library.bundled()], "policy": None, "cache": None}, ui)
    except CoachError:
        return {}


def _check(name: str, detail: str, *, ok: bool = True) -> dict[str, Any]:
    return {"check": name, "ok": ok, "detail": detail}


def _checks(values: Mapping[str, Any], env: Env) -> Iterator[dict[str, Any]]:
    yield _check("version", f"clientcoach {__version__}, Python {sys.version.split()[0]}")
    encoding = getattr(env.stdout, "encoding", "none")
    yield _check("encoding", encoding, ok=encoding.lower().replace("-", "") in {"utf8", "none"})
    try:
        session = Session(values, env)
    except CoachError as error:
        yield _check("settings", f"{error.code} {error.params}", ok=False)
        return
    yield _check("settings", ", ".join(path for path in (user_file(env), project_file(env)) if path and os.path.isfile(path)) or "-")
    yield _cache(session)
    for name in library.names(session.places):
        yield _content(f"{name}", [lambda lang=lang, name=name: session.playbook(lang, name) for lang in LANGS])
    yield _policy(session)
    yield _content("ui", [lambda lang=lang: session.strings(lang) for lang in LANGS])
    try:
        yield _check("clock", str(session.clock(session.policy("en")).now.isoformat(timespec="minutes")))
    except CoachError as error:
        yield _check("clock", f"{error.code} {error.params}", ok=False)


def _cache(session: Session) -> dict[str, Any]:
    folder = session.places["cache"]
    if not isinstance(folder, str):
        return _check("cache", "-", ok=False)
    existing = folder
    while not os.path.isdir(existing) and os.path.dirname(existing) != existing:
        existing = os.path.dirname(existing)
    return _check("cache", folder, ok=os.access(existing, os.W_OK))


def _policy(session: Session) -> dict[str, Any]:
    """The policy in every language; what it asks for and nothing obeys yet is named too."""
    found = _content("policy", [lambda lang=lang: session.policy(lang) for lang in LANGS])
    path = session.places["policy"]
    if not found["ok"] or not path:
        return found
    from clientcoach.content.lint import lint_policy

    idle = [f"{one['file']}:{one['line']}:{one['col']}: {one['code']}" for one in lint_policy(path) if one["code"] == "not-yet-used"]
    return {**found, "detail": ", ".join([found["detail"], *idle])}


def _content(name: str, reads: list[Any]) -> dict[str, Any]:
    problems = []
    for read in reads:
        try:
            read()
        except ContentError as error:
            problems += error.problems
        except CoachError as error:
            return _check("content", f"{name}: {error.code}", ok=False)
    first = problems[0] if problems else None
    detail = f"{name}: {first['file']}:{first['line']}:{first['col']}: {first['code']}" if first else name
    return _check("content", detail, ok=first is None)
