"""What a drill needs from outside: languages, the model's numbers, the names of acts and rules, who is there, the clock, what was kept."""

from __future__ import annotations

from dataclasses import dataclass

from clientcoach.case.read import unknown
from clientcoach.case.text import clean, is_text
from clientcoach.content import library
from clientcoach.errors import UsageError
from clientcoach.options import OPT_INS
from clientcoach.records.drill_shape import LONGEST_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from clientcoach.commands.session import Session


@dataclass(frozen=True, slots=True)
class Task:
    """What is drilled: a persona, a seed, and where they were said the rule and the lesson."""

    persona: str
    seed: int
    rule: str | None = None
    lesson: str | None = None
    title: str = ""  # of the lesson
    new: bool = False  # the rule was never met before


class Desk:
    """One run of a drill. `lang`: of the customer; `ui`: of everything else."""

    def __init__(self, session: Session) -> None:
        case = session.case()
        self.session, self.values = session, session.values
        self.lang, self.ui = session.lang(case), session.ui(case)
        self.model = library.drill_model(session.places)
        self.words = library.drill_words(session.places, self.ui)
        self.strings = session.strings(self.ui)
        self.given = {"session": _named(session.values.get("session")), "label": session.values.get("label")}
        self.opted = [_opted(name) for name in session.values.get("opt_in", ())]
        self.notices: list[str] = []  # what to know before it begins

    def persona(self, name: str) -> dict[str, Any]:
        """A persona in the customer's language. Raises UsageError, ContentError."""
        return library.persona(self.session.places, name, self.lang)


def _named(raw: str | None) -> str | None:
    """A name to keep with a result. Raises UsageError."""
    if raw is None:
        return None
    if not is_text(raw):
        raise UsageError("not_text", field="session")
    name = clean(raw)
    if len(name) > LONGEST_NAME:
        raise UsageError("too_long", field="session", length=len(name), limit=LONGEST_NAME)
    return name or None


def _opted(name: str) -> str:
    if name not in OPT_INS:
        raise unknown("opt-in", name, OPT_INS)
    return name
