"""`triage`: what a customer's message says. One message, or a stream of them; danger is told before anything else."""

from __future__ import annotations

from clientcoach.case.fields import FIELDS, LANGS
from clientcoach.case.read import from_triage, read_field
from clientcoach.commands import Result
from clientcoach.commands.reading import checked, read_text, said, text_of
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.reading.triage import Reader
from clientcoach.views.triage import safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

    Triage = dict[str, Any]

DANGER = ("self_harm", "threat")  # flags that have a safety card of the same name among the interruptions
MAX_TEXT = 1 << 20  # bytes, and characters of a text in a stream
SHOWN = ("lang", "sure", "cause", "causes", "anger", "mood", "flags")


def run(values: Mapping[str, Any], env: Env) -> Result:
    """The reading of one message, or of a stream. Raises UsageError."""
    session = Session(values, env)
    reader = Triager(session)
    if values.get("stream"):
        from clientcoach.commands.stream import streamed

        return streamed(session, reader.line, ("text", "history", "explain"), "triage")
    answer = reader.told(_text(session), reader.lang)
    if values.get("history"):
        from clientcoach.commands.history import behaviour

        answer |= behaviour(session, reader, answer)
    strings = session.told_in(reader.ui)
    result = Result("explained" if values.get("explain") else "triage", answer, strings=strings)
    result.colour = session.settings.get("color")
    if "safety" in answer:  # whoever only pipes the answer on must see it too
        result.notes = lambda style: () if style == "text" else safety(answer, strings())
    return result


def _text(session: Session) -> str:
    """The message: the words of the command line, else standard input. Raises UsageError."""
    typed = session.values.get("text") or ["-"]
    return read_text(session, "-", MAX_TEXT) if typed == ["-"] else said(checked(" ".join(typed)))


def told_in_call(session: Session, text: str) -> dict[str, Any]:
    """{"facts": raw fields of the case, "dangers": interruptions}: what a call takes from a message. Raises UsageError, ContentError."""
    found = Triager(session).reader.read(checked(text))
    told = from_triage(found) if found["evidence"] or found["case"] else {}  # marks alone are no message
    facts = {name: value for name, value in told.items() if name in FIELDS and name != "lang" and value not in (None, 0)}
    return {"facts": facts, "dangers": [kind for kind in DANGER if kind in found["flags"]]}


class Triager:
    """A reader with what a session knows: the installed playbooks, the safety cards, the languages."""

    def __init__(self, session: Session) -> None:
        self.session = session
        places = session.places
        self.reader = Reader(lambda lang: library.signals(places, lang), library.languages_told(places), library.model(places))
        self.installed = frozenset(library.names(places))
        given = session.values.get("lang")
        self.lang: str | None = read_field("lang", given) if given else None
        self.ui = session.ui()

    def line(self, given: Mapping[str, Any]) -> Triage:
        """One line of a stream: {text, lang?, id?}. Raises UsageError."""
        text, lang = text_of(given), given.get("lang") or self.lang
        if lang is not None and lang not in LANGS:
            lang = read_field("lang", lang)
        return self.told(text, lang)

    def told(self, text: str, lang: str | None) -> Triage:
        """triage@1 of a text."""
        found = self.reader.read(text, lang)
        danger = [self.card(kind, found["lang"]) for kind in DANGER if kind in found["flags"]]
        return {
            "schema": "clientcoach/triage@1",
            **({"safety": danger} if danger else {}),
            **{name: found[name] for name in SHOWN},
            "playbook": next((name for name in found["suggested"] if name in self.installed), None),
            "case": found["case"],
            "evidence": found["evidence"],
        }

    def card(self, kind: str, lang: str) -> dict[str, Any]:
        """The safety card of a danger, in the worker's language, with the policy's numbers."""
        from clientcoach.coach.script import advice

        session = self.session
        session.named = library.TURNS
        spoken = library.languages(library.find(session.places, library.TURNS))
        # Nothing of it is said to the customer, and in danger it must not be missing.
        desk = session.desk({}, lang if lang in spoken else spoken[0], whole=True)
        told = advice(desk, session.notes(self.ui, desk.playbook), kind)
        return {"kind": kind, "title": told["title"], "notes": told["notes"], "numbers": desk.policy["crisis_lines"]}
