"""The end of a call: its incident waits as a draft before it is shown, then it is saved, changed or thrown away by its worker."""

from __future__ import annotations

from clientcoach import quickjson
from clientcoach.coach.script import label_of
from clientcoach.commands import keeping
from clientcoach.errors import StorageError
from clientcoach.reading.labels import labels
from clientcoach.records import drafts
from clientcoach.records.observed import incident_of, something_happened
from clientcoach.records.reading import incident_from
from clientcoach.views.lines import named
from clientcoach.views.messages import word
from clientcoach.views.record import rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.coach.call import Call, Event
    from clientcoach.commands.live import Words
    from clientcoach.commands.session import Session

    Incident = dict[str, Any]

ABUSE = ("insult", "threat")
LISTS = {"did": "measures", "quote": "behaviours"}  # each text typed is one more
SHORT = 13  # characters of an id that are shown: the time to the millisecond
DRAFT, SAVED, GONE = "draft", "saved", "gone"


def ending(session: Session, words: Words, call: Call, events: list[Event]) -> Ending | None:
    """The record of a call that has ended; None where there is nothing to keep. Raises UsageError."""
    return Ending(session, words, call, events) if something_happened(events) else None


class Ending:
    """What `asking.record.Record` asks for. `state`: draft, saved or gone; `kept`: whether the draft could be written."""

    def __init__(self, session: Session, words: Words, call: Call, events: list[Event]) -> None:
        self.session, self.words, self.call, self.strings = session, words, call, words.strings
        self.folder = session.env.directory("runtime")
        self.clock = session.clock(session.policy(words.ui))
        self.masked: dict[str, int] = {}
        self.state, self.kept = DRAFT, False
        made = incident_of(events, call.case.get("agent"), self.masked)
        heard = {phrase["id"] for phrase in made["phrases"]}
        made["phrases"][:0] = [{"id": name} for name in call.said if name not in heard]  # before the call was resumed
        self.abusive = any(kind in ABUSE for kind in made["interruptions"])
        self._take(made)

    def _take(self, wanted: Mapping[str, Any]) -> None:
        """Checks and masks the incident; from then on it waits as a draft. Raises UsageError, and changes nothing."""
        self.incident, found = incident_from(wanted, self.clock, keeping.now(self.session))
        for kind, count in found.items():
            self.masked[kind] = self.masked.get(kind, 0) + count
        self.kept = drafts.keep(self.folder, self.incident) is not None
        self.shown = rows(self.incident, self.strings, {"offer": self._offer, "line": self._line, "by": self._by})
        self.noticed = self._notices()

    def rows(self) -> list[tuple[str, str]]:
        """What would be saved, as (label, text)."""
        return self.shown

    def notices(self) -> list[str]:
        """What was masked, what was left out, words that judge the person."""
        return self.noticed

    def _offer(self, name: str) -> str:
        return dict(self.words.every_offer(self.call.desk())).get(name, name)

    def _line(self, name: str) -> str:
        """What a line was for: its part, by its name in the worker's language; an interruption by its own."""
        step, part = name.split(".")[:2]
        notes = self.call.world.notes()
        if step not in notes["title"]:
            return word(self.strings, f"kind.{step}" if f"kind.{step}" in self.strings else f"key.{step}")
        (named_step,), label = named([step], self.call, self.strings), label_of(notes, part, self.call.desk())
        return f"{named_step}: {label}" if label else named_step

    def _by(self, due: str) -> str:
        return self.words.day("deadline", due)

    def _notices(self) -> list[str]:
        case, own = self.call.case, self.incident
        lost = not own["reference"] and (case.get("reference") or case.get("order"))
        told = [f"{word(self.strings, f'mask.{kind}')} {count}" for kind, count in sorted(self.masked.items())]
        written = [*own["measures"], own["worked"], own["better"], *(promise["what"] for promise in own["promises"])]
        return [
            *([word(self.strings, "log.masked", found=told)] if told else []),
            *([word(self.strings, "record.no_reference")] if lost else []),
            *(label["message"] for label in labels(written, self.session.places, self.words.ui)),
        ]

    def text(self, name: str) -> str:
        """Where typing begins: what is there; a list gets one more."""
        return "" if name in LISTS else self.incident[name] or ""

    def change(self, name: str, text: str) -> None:
        """Another text; of a list one more, and nothing takes the last one back. Raises UsageError, and changes nothing."""
        own = self.incident
        if name in LISTS:
            found = own[LISTS[name]]
            changed: Incident = {LISTS[name]: [*found, text] if text.strip() else found[:-1]}
        else:
            changed = {name: text if text.strip() else None}
        if name == "reference":  # its promises are found by it, too
            changed["promises"] = [{**promise, "reference": None} for promise in own["promises"]]
        self._take({**own, **changed})

    def save(self) -> None:
        """Into the store. Raises StorageError, UsageError; the draft stays then."""
        try:
            keeping.save(self.session, self.incident)
        except StorageError as error:
            self.kept = error.code != "not_kept"
            raise
        self.state = SAVED

    def discard(self) -> None:
        """Gone for good."""
        drafts.drop(self.folder, self.incident["id"])
        self.state = GONE

    def told(self) -> list[str]:
        """What became of the record, as lines; the whole record where it could be kept nowhere."""
        if self.state == GONE:
            return [word(self.strings, "record.gone")]
        if self.state == DRAFT:
            return [word(self.strings, "record.draft")] if self.kept else [quickjson.dumps(self.incident)]
        count = len(self.incident["promises"])
        noted = [word(self.strings, "record.in_ledger", count=count)] if count else []
        return [word(self.strings, "record.saved", id=self.incident["id"][:SHORT]), *noted]
