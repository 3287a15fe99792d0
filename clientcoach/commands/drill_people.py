"""`drill list`: the customers that can be practised with."""

from __future__ import annotations

from clientcoach.commands import Result
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.errors import ContentError, UsageError
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

LEVELS = 5


def run_list(values: Mapping[str, Any], env: Env) -> Result:
    """drills@1: by difficulty, the easiest first; those that cannot be used are named on stderr. Raises UsageError."""
    session = Session(values, env)
    case = session.case()
    lang, ui = session.lang(case), session.ui(case)
    found, broken = [], []
    for name in library.personas(session.places):
        try:
            found.append(_told(session, name, lang))
        except (ContentError, UsageError):
            broken.append(name)
    found.sort(key=lambda one: (one["level"], one["name"]))
    result = Result("drills", {"schema": "clientcoach/drills@1", "lang": lang, "personas": found}, strings=session.told_in(ui))
    result.notes = lambda _style: [*session.warned(), *_passed_over(broken, session, ui)]
    return result


def _told(session: Session, name: str, lang: str) -> dict[str, Any]:
    """A customer, titled in the language or in the first that it is written in. Raises UsageError, ContentError."""
    from clientcoach.drill.schedule import about

    langs = library.languages(library.persona_folder(session.places, name))
    persona = library.persona(session.places, name, lang if lang in langs else next(iter(langs), lang))
    known, card = about(persona), persona["card"]
    return {
        "name": name,
        "title": persona["title"],
        "cause": card["cause"],
        "style": card["style"],
        "level": min(LEVELS, max(1, known["difficulty"] // 10)),
        "opt_in": persona["opt_in"] or None,
        "transfer": persona["transfer"],
        "langs": langs,
    }


def _passed_over(broken: list[str], session: Session, ui: str) -> list[str]:
    return [word(session.strings(ui), "authoring.passed_over", names=broken)] if broken else []
