"""`doctor`: is this installation whole, and the store? One line a check; exit 1 where one fails. `doctor --recover` is the way out."""

from __future__ import annotations

import os
import sys

from clientcoach import __version__
from clientcoach.case.fields import LANGS
from clientcoach.commands import Result
from clientcoach.commands.session import DEFAULT_LANG, Session, catalogue
from clientcoach.content import library
from clientcoach.errors import CoachError, ContentError, NotApproved
from clientcoach.settings import locale_lang, project_file, user_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.env import Env


def run(values: Mapping[str, Any], env: Env) -> Result:
    """Version, encoding, settings, cache, policy and playbooks in every language, the clock, the store; or the way out of a damaged one."""
    if values.get("recover"):
        from clientcoach.commands.recovering import recover

        return recover(Session(values, env))
    strings = _strings(_language(values, env))
    checks = list(_checks(values, env, strings))
    failed = not all(check["ok"] for check in checks)
    return Result("checks", {"schema": "clientcoach/checks@1", "checks": checks}, exit_code=1 if failed else 0, strings=lambda: strings)


def _language(values: Mapping[str, Any], env: Env) -> str:
    """The worker's; where the settings cannot be read, the one that was asked for."""
    try:
        return Session(values, env).ui()
    except CoachError:
        asked = values.get("ui")
        return asked if asked in LANGS else locale_lang(env) or DEFAULT_LANG


def _strings(ui: str) -> dict[str, Any]:
    """The shipped catalogue; none where even that is broken, which the checks then tell."""
    try:
        return catalogue({"packs": [library.bundled()], "policy": None, "cache": None}, ui)
    except CoachError:
        return {}


def _check(name: str, detail: str, *, ok: bool = True) -> dict[str, Any]:
    return {"check": name, "ok": ok, "level": "ok" if ok else "error", "detail": detail}


def _checks(values: Mapping[str, Any], env: Env, strings: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
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
        langs = library.languages(library.find(session.places, name))
        yield _content(f"{name}", [lambda lang=lang, name=name: session.playbook(lang, name) for lang in langs])
    yield from _installed(env)
    yield _policy(session)
    yield _content("rules", [lambda lang=lang: library.rules(session.places, lang) for lang in LANGS])
    yield _content("ui", [lambda lang=lang: session.strings(lang) for lang in LANGS])
    try:
        yield _check("clock", str(session.clock(session.policy("en")).now.isoformat(timespec="minutes")))
    except CoachError as error:
        yield _check("clock", f"{error.code} {error.params}", ok=False)
    from clientcoach.commands.doctor_store import checks

    yield from checks(session, strings)


def _installed(env: Env) -> Iterator[dict[str, Any]]:
    """The installed packs that are not as they were installed."""
    from clientcoach.commands.installed import Installed

    try:
        shelf = Installed(env)
        changed = [name for name in shelf.locked() if shelf.changed(name)]
    except CoachError as error:
        yield _check("content", f"packs: {error.code}", ok=error.code == "no_home")
        return
    for name in changed:
        yield {**_check("content", f"{shelf.place(name)}: changed since it was installed"), "level": "warning"}


def _cache(session: Session) -> dict[str, Any]:
    folder = session.places["cache"]
    if not isinstance(folder, str):
        return _check("cache", "-", ok=False)
    existing = folder
    while not os.path.isdir(existing) and os.path.dirname(existing) != existing:
        existing = os.path.dirname(existing)
    return _check("cache", folder, ok=os.access(existing, os.W_OK))


def _policy(session: Session) -> dict[str, Any]:
    """The policy in every language; terms of the law that nobody has checked for a year are named too."""
    found = _content("policy", [lambda lang=lang: session.policy(lang) for lang in LANGS])
    path = session.places["policy"]
    if not found["ok"] or not path:
        return found
    from clientcoach.content.lint import lint_policy

    problems = lint_policy(path, session.day)
    told = [f"{one['file']}:{one['line']}:{one['col']}: {one['code']}" for one in problems if one["code"] == "clock-unchecked"]
    return {**found, "level": "warning" if told else "ok", "detail": ", ".join([found["detail"], *told])}


def _content(name: str, reads: list[Any]) -> dict[str, Any]:
    problems, unsigned = [], []
    for read in reads:
        try:
            read()
        except NotApproved as error:
            unsigned.append(str(error.params["value"]))
        except ContentError as error:
            problems += error.problems
        except CoachError as error:
            return _check("content", f"{name}: {error.code}", ok=False)
    first = problems[0] if problems else None
    if unsigned and not first:
        return {**_check("content", f"{name}: not_approved {' '.join(unsigned)}"), "level": "warning"}
    detail = f"{name}: {first['file']}:{first['line']}:{first['col']}: {first['code']}" if first else name
    return _check("content", detail, ok=first is None)
