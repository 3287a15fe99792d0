"""The questions of the investigation and their answers: a complaint looked into, conduct judged by what was said and done."""

from __future__ import annotations

from clientcoach.errors import UsageError
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from clientcoach.commands.session import Session

PLAYBOOK = "investigation"
FIELDS = {"complaint": "checklist", "conduct": "conduct"}  # kind of incident, and the playbook's step → where its answers are kept
TESTS = ("loss", "reach", "behaviour")  # yes or no, all three, before anybody is called unreasonable (science.md section 4)


class Questions:
    """What is asked about a kind of incident, in the worker's language."""

    def __init__(self, session: Session, kind: str) -> None:
        self.session, self.kind = session, kind
        self.strings = session.strings(session.ui())
        self.book = session.written(session.ui(), PLAYBOOK)
        self.names: list[str] = dict(self.book["steps"]).get(kind, [])
        self.tests = [name for name in self.names if name in TESTS]

    def text(self, name: str) -> str:
        """A question that needs no fact to be asked."""
        phrases = self.book["phrases"][f"{self.kind}.{name}"]
        plain = next(phrase for phrase in phrases if not phrase["when"] and not phrase["forms"]["say"]["needs"])
        return word({name: plain["forms"]["say"]["text"]}, name)

    def read(self, given: Iterable[str]) -> dict[str, Any]:
        """The field of an incident with the answers, each NAME=TEXT; where none is given, nothing. Raises UsageError."""
        found = dict(self._one(answer) for answer in given)
        missing = [name for name in self.tests if name not in found]
        if missing:
            raise UsageError("conduct_needs", names=missing)
        return {FIELDS[self.kind]: found} if found else {}

    def _one(self, answer: str) -> tuple[str, Any]:
        from clientcoach.case.read import unknown

        name, _, text = (part.strip() for part in answer.partition("="))
        if not name or not text:
            raise UsageError("wrong_type", field="answer", expected="NAME=TEXT", value=answer[:40])
        if name not in self.names:
            raise unknown("answer", name, self.names)
        return name, self._yes(name, text) if name in self.tests else text

    def _yes(self, name: str, text: str) -> bool:
        """Yes or no, in English or as the worker says it."""
        for value, key in ((True, "value.yes"), (False, "value.no")):
            if text.lower() in {key.rpartition(".")[2], word(self.strings, key).lower()}:
                return value
        raise UsageError("wrong_type", field=f"answer {name}", expected="yes/no", value=text[:40])

    def left(self, answers: Mapping[str, Any] | None) -> list[str]:
        """What nobody has answered yet, as a sentence."""
        labels = titles(self.book)
        names = [f"{word(labels, _key(name))} ({name})" for name in self.names if name not in (answers or {})]
        return [word(self.strings, "log.unanswered", questions=names)] if names else []


def told(session: Session) -> dict[str, Any]:
    """The kind and the answers that the flags tell, as fields of an incident. Raises UsageError."""
    kind, given = session.values.get("kind"), session.values.get("answer", [])
    if kind in FIELDS:
        return {"kind": kind, **Questions(session, kind).read(given)}
    if given:
        raise UsageError("answer_needs_kind", names=sorted(FIELDS))
    return {"kind": kind}


def unanswered(session: Session, incident: Mapping[str, Any]) -> list[str]:
    """What is still to be found out, as a sentence; nothing for a call."""
    kind = incident["kind"]
    return Questions(session, kind).left(incident[FIELDS[kind]]) if kind in FIELDS else []


def shown_in(session: Session) -> dict[str, Any]:
    """The interface's strings, with the titles of the questions."""
    ui = session.ui()
    return {**session.strings(ui), **titles(session.written(ui, PLAYBOOK))}


def titles(book: Any) -> dict[str, Any]:
    """What each question is called, by its key."""
    return {_key(name): label["text"] for name, label in book["label"].items()}


def _key(name: str) -> str:
    return f"question.{name}"
