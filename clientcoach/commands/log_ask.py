"""`log add` that asks, when nothing is told yet or a kind has questions. Every answer is on the disk before the next question comes."""

from __future__ import annotations

from clientcoach.asking import prompts
from clientcoach.case.fields import AGENT, CAUSES, CHANNELS
from clientcoach.coach.moves import OUTCOMES
from clientcoach.commands import Result
from clientcoach.commands.keeping import drafts_notice, masked_told, now
from clientcoach.commands.labelled import warnings
from clientcoach.commands.log_answers import FIELDS, Questions, shown_in
from clientcoach.commands.owed import Days
from clientcoach.errors import Cancelled, UsageError
from clientcoach.records import drafts
from clientcoach.records.ids import new_id
from clientcoach.records.reading import incident_from
from clientcoach.views.incidents import whole
from clientcoach.views.messages import sentence, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from clientcoach.commands.session import Session

    Save = Callable[[Session, dict[str, Any], dict[str, int]], Result]

SKIP = ""


class Asking:
    """The questions, and the incident as far as it is known: masked, checked, in a draft."""

    def __init__(self, session: Session, told: Mapping[str, Any]) -> None:
        self.session = session
        self.strings = session.strings(session.ui())
        self.folder = session.env.directory("runtime")
        self.days = Days(session)
        case = session.case()
        self.raw: dict[str, Any] = {"id": new_id(), "lang": session.lang(case), "playbook": session.named, "worker": case.get("agent")}
        self.raw["closed_at"] = now(session)
        self.raw["channel"] = case.get("channel")
        self.raw["kind"] = session.values.get("kind")
        self.known = {name: value for name, value in told.items() if value}  # what the flags told already
        self.raw.update(self.known)
        self.answered = False
        self.incident, self.masked = self.read({})

    def read(self, answers: dict[str, Any]) -> tuple[dict[str, Any], dict[str, int]]:
        """The incident with these answers. Raises UsageError."""
        return incident_from({**self.raw, **answers}, self.days.clock, self.raw["closed_at"])

    def word(self, key: str) -> str:
        """A text of the interface."""
        return word(self.strings, key)

    def tell(self, text: str) -> None:
        """A line beside the answer, which is the id alone."""
        if self.session.env.stderr is not None:
            self.session.env.stderr.write(f"{text}\n")
            self.session.env.stderr.flush()

    def keep(self, answers: dict[str, Any]) -> bool:
        """Whether the answers can be kept: then they are. Otherwise it is told why not."""
        try:
            self.incident, self.masked = self.read(answers)
        except UsageError as error:
            for one in error.each():
                self.tell(sentence(one, self.strings))
            return False
        self.raw.update(answers)
        self.answered = True
        drafts.keep(self.folder, self.incident)
        return True

    def waits(self) -> None:
        """What is not saved yet, told to who leaves."""
        notice = drafts_notice(self.session, self.strings)
        if notice:
            self.tell(notice)

    def ask(self, name: str, key: str, hint: str = "ask.skip") -> bool:
        """A text or a number, again until it can be kept; whether there was an answer."""
        while name not in self.known and (answer := prompts.text(self.word(key), self.word(hint))):
            if self.keep({name: answer}):
                return True
        return False

    def choose(self, name: str, key: str, values: Iterable[str], start: str) -> None:
        """One of a list; the first is no answer."""
        if name in self.known:
            return
        choices = {SKIP: self.word("ask.none"), **{value: self.word(f"{start}{value}") for value in values}}
        answer = prompts.choose(self.word(key), choices)
        if answer:
            self.keep({name: answer})

    def several(self, name: str, key: str) -> None:
        """Texts, until there is no more."""
        given: list[str] = self.known.get(name, [])
        while answer := prompts.text(self.word(key), self.word("ask.more" if given else "ask.skip")):
            if self.keep({name: [*given, answer]}):
                given = [*given, answer]

    def promise(self) -> None:
        """What was promised and by when; without a date it is none."""
        owner = self.raw["worker"] or AGENT
        while what := prompts.text(self.word("ask.promise"), self.word("ask.skip")):
            while due := prompts.text(self.word("ask.due"), self.word("ask.when")):
                if self.promised(what, owner, due):
                    return

    def promised(self, what: str, owner: str, due: str) -> bool:
        """Whether a promise with this date can be kept: then it is."""
        try:
            moment = self.days.moment("due", due)["iso"]
        except UsageError as error:
            self.tell(sentence(error, self.strings))
            return False
        return self.keep({"promises": [*self.known.get("promises", []), {"what": what, "owner": owner, "due": moment}]})


def run(session: Session, save: Save, told: Mapping[str, Any], hints: Iterable[str]) -> Result:
    """Asks what the flags have not `told`, shows what would be saved with the `hints`, saves it or leaves it as a draft.

    Raises Cancelled (Ctrl-D, left or thrown away).
    """
    asking = Asking(session, told)
    try:
        if told:
            asking.keep({})
        _ask(asking)
        if not asking.answered:
            raise Cancelled
        asking.tell(_shown(asking))
        for note in (*hints, *masked_told(session, asking.masked), *warnings(session, asking.incident)):
            asking.tell(note)
        choices = {name: asking.word(f"ask.{name}") for name in ("save", "leave", "throw")}
        do = prompts.choose(asking.word("ask.sure"), choices)
    except (EOFError, KeyboardInterrupt) as error:
        asking.waits()
        if isinstance(error, EOFError):
            raise Cancelled from error
        raise
    if do == "save":
        return save(session, asking.incident, {})  # what was masked is told already
    if do == "throw":
        drafts.drop(asking.folder, asking.raw["id"])
        raise Cancelled
    asking.waits()
    left = Result("stream", None)
    left.lines = ()
    return left


def _ask(asking: Asking) -> None:
    asking.choose("cause", "log.cause", CAUSES, "value.cause.")
    asking.choose("channel", "log.channel", CHANNELS, "value.channel.")
    asking.ask("reference", "log.reference")
    asking.several("measures", "log.measures")
    asking.choose("outcome", "log.outcome", OUTCOMES, "outcome.")
    asking.ask("anger_start", "ask.anger_start", "ask.scale")
    asking.ask("anger_end", "ask.anger_end", "ask.scale")
    asking.promise()
    asking.ask("worked", "log.worked")
    asking.ask("better", "log.better")
    if asking.incident["kind"] in FIELDS:
        _investigate(asking, Questions(asking.session, asking.incident["kind"]))


def _investigate(asking: Asking, questions: Questions) -> None:
    """The questions of the playbook; those of conduct that are yes or no cannot be left out."""
    given: dict[str, Any] = {}
    for name in questions.names:
        while answer := _investigated(asking, questions, name):
            told = {**given, name: answer == "yes" if name in questions.tests else answer}
            if asking.keep({FIELDS[questions.kind]: told}):
                given = told
                break


def _investigated(asking: Asking, questions: Questions, name: str) -> str:
    if name in questions.tests:
        return prompts.choose(questions.text(name), {value: asking.word(f"value.{value}") for value in ("yes", "no")})
    return prompts.text(questions.text(name), asking.word("ask.skip"))


def _shown(asking: Asking) -> str:
    """The incident as it would be saved."""
    strings = shown_in(asking.session) if asking.incident["kind"] in FIELDS else asking.strings
    return "\n" + whole(asking.incident, strings, "{}")
