"""`playbook show --try`: every phrase of a playbook held against a case: what it says there, or what it lacks."""

from __future__ import annotations

from clientcoach.coach.choose import form_of, sayable
from clientcoach.coach.facts import possible
from clientcoach.wording.evaluate import render
from clientcoach.wording.variables import VARIABLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.coach.script import Desk
    from clientcoach.coach.shapes import Phrase
    from clientcoach.commands.session import Session


class Trial:
    """A case that phrases are tried against; what nobody has approved is told where the policy asks for it."""

    def __init__(self, session: Session, case: Mapping[str, Any], lang: str) -> None:
        self.desk: Desk = session.desk(case, lang, whole=True)
        self.approved: set[str] | None = None
        if self.desk.policy["require_approved"]:
            from clientcoach.commands.books import read_books
            from clientcoach.content.library import TURNS
            from clientcoach.content.review import APPROVED

            books = read_books(session, [self.desk.playbook["name"], TURNS], [lang])  # whose phrases it may share
            self.approved = {name for book in books for name in book.structure.phrases if book.standing(lang, name) == APPROVED}

    def part(self, key: str) -> dict[str, Any]:
        """Whether the part (STEP.PART) comes at all, and which of its phrases a script would say."""
        said = [phrase for phrase in self.desk.ranked(key) if self._signed(phrase)]
        open_ = possible(self.desk.playbook["parts"].get(key, {}), self.desk.facts)
        return {"open": open_, "chosen": said[0]["id"] if said and open_ else None}

    def phrase(self, phrase: Phrase) -> dict[str, Any]:
        """What it says in this case; or the conditions, fields and signature that it lacks."""
        form = form_of(phrase, self.desk.wish)
        facts = self.desk.facts
        when = {name: values for name, values in phrase["when"].items() if facts.get(name) not in values}
        unknown = [name for name in form["needs"] if not self.desk.values.known(name)]
        lacks = {
            **({"when": when} if when else {}),
            **({"fields": sorted({VARIABLES[name]["field"] if name in VARIABLES else name for name in unknown})} if unknown else {}),
            **({} if self._signed(phrase) else {"approval": True}),
        }
        text = render(form["text"], self.desk.values) if sayable(form, self.desk.values) else None
        return {"eligible": not lacks, **({"says": text} if text is not None else {}), **({"lacks": lacks} if lacks else {})}

    def _signed(self, phrase: Phrase) -> bool:
        return self.approved is None or phrase["id"] in self.approved
