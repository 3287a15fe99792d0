"""`call`: the live walk, on a whole screen, line by line, or driven by a file of answers."""

from __future__ import annotations

from clientcoach.coach.call import Call
from clientcoach.coach.resume import resume, sound
from clientcoach.commands import Result
from clientcoach.commands.session import Session, looked_up, taken
from clientcoach.content import library
from clientcoach.errors import Cancelled, CoachError, NeedsTerminal, Terminated
from clientcoach.records.journal import Journal, broken_off
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.coach.script import Desk
    from clientcoach.coach.shapes import Playbook
    from clientcoach.commands.ending import Ending
    from clientcoach.env import Env
    from clientcoach.records.journal import Broken


class World:
    """What the call machine needs from outside: packs, policy, clock."""

    def __init__(self, session: Session, ui: str, lang: str) -> None:
        self.session, self.ui, self.lang = session, ui, lang
        if session.policy(lang)["require_approved"]:
            self.turns(lang)  # what is not approved must be told before the call, not when the customer threatens

    def desk(self, case: Mapping[str, Any], extra: Mapping[str, str], lang: str) -> Desk:
        """The desk of a moment of the call."""
        return self.session.desk(case, lang, extra)

    def turns(self, lang: str) -> Playbook:
        """The interruptions in a language."""
        return self.session.playbook(lang, library.TURNS)

    def notes(self) -> Playbook:
        """The playbook in the worker's language."""
        return self.session.notes(self.ui, self.session.playbook(self.lang))

    def turn_notes(self) -> Playbook:
        """The interruptions in the worker's language."""
        return self.session.written(self.ui, library.TURNS)

    def now(self) -> str:
        """The time, to the second, with its offset."""
        return str(self._clock().now.isoformat(timespec="seconds"))

    def _clock(self) -> Any:
        return self.session.clock(self.session.policy(self.ui))

    def moment(self, text: str) -> Mapping[str, Any]:
        """A moment of the case, resolved."""
        from clientcoach.case.moments import resolve

        return resolve(text, self._clock())


def run(values: Mapping[str, Any], env: Env) -> Result:
    """The call as a Result whose lines come as it goes on. Raises NeedsTerminal where nobody can answer."""
    session = Session(values, env)
    case = session.case()
    ui = session.ui(case)
    result = Result("call", None)
    if values.get("answers"):
        from clientcoach.commands.lines import scripted

        call, known = _call(session, case, ui, session.lang(case))
        result.notes = lambda _style: known
        result.lines = scripted(call, session.strings(ui), _style(values), session.open(values["answers"]), result)
        return result
    if values.get("no_input") or not env.is_terminal("stdin"):
        raise NeedsTerminal("needs_terminal")
    found = _newest(session) if values.get("resume") else None
    call, known = _call(session, case, ui, found[1]["lang"] if found else session.lang(case))
    result.lines = _typed(call, session, ui, Beginning(call, session, session.strings(ui), found, known))
    return result


def _call(session: Session, case: Mapping[str, Any], ui: str, lang: str) -> tuple[Call, list[str]]:
    """The call, and what is to be known before it begins. Raises OpenPromises, StorageError."""
    book = session.playbook(lang)
    known = [*looked_up(session, taken(book, case), book), *session.warned()]
    return Call(World(session, ui, lang), {name: value for name, value in case.items() if name not in {"lang", "ui"}}, lang), known


def _style(values: Mapping[str, Any]) -> str:
    return "ndjson" if values.get("json") else values.get("format", "text")


def _newest(session: Session) -> Broken:
    """The call that broke off last, its playbook named. Raises CoachError where there is none."""
    broken = broken_off(session.env.directory("runtime"))
    state = broken[0][1] if broken else {}
    if not sound(state) or state["playbook"] not in library.names(session.places):
        raise CoachError("nothing_to_resume")
    if state["lang"] not in library.languages(library.find(session.places, state["playbook"])):
        raise CoachError("nothing_to_resume")
    session.named = state["playbook"]
    return broken[0]


class Beginning:
    """How a typed call begins: afresh, or where `found` broke off; the journal of what follows, and what is left of it at its end."""

    def __init__(self, call: Call, session: Session, strings: Mapping[str, Any], found: Broken | None, known: list[str]) -> None:
        self.call, self.session, self.strings, self.known = call, session, strings, known
        self.folder = folder = session.env.directory("runtime")
        self.journal = Journal(folder, call, found)
        self.resumed = resume(call, found[1]) if found else None
        self.record: Ending | None = None  # of the call, once it has ended
        if not found:
            call.open()

    def events(self) -> list[dict[str, Any]]:
        """The first events."""
        return self.resumed or self.call.begin()

    def notices(self) -> list[str]:
        """What the playbook wants known, what to know of a call that broke off, and of incidents that wait to be saved."""
        from clientcoach.commands.keeping import drafts_notice

        waiting = drafts_notice(self.session, self.strings)
        return [*self.known, *(notice for notice in (self._broken(), waiting) if notice)]

    def _broken(self) -> str | None:
        if self.resumed:
            return word(self.strings, "screen.resumed")
        broken = broken_off(self.folder)
        return word(self.strings, "screen.left_behind", time=str(broken[0][1].get("time", ""))) if broken else None


def _typed(call: Call, session: Session, ui: str, beginning: Beginning) -> Iterator[str]:
    """The call from a terminal. Its journal outlives a crash and Ctrl-C (a slip of the hand), not the end of the call nor Ctrl-D."""
    env, values = session.env, session.values
    screen = env.screen() if (values.get("screen") or session.settings.get("screen") or "full") == "full" else None
    from clientcoach.commands.live import Walk, Words

    try:
        if screen is None:
            from clientcoach.commands.lines import typed

            yield from typed(call, beginning, Words(session, beginning.strings, ui), _style(values))
        else:
            yield from Walk(call, session, Words(session, beginning.strings, ui), beginning).run(screen, _style(values))
    except Cancelled:
        beginning.journal.remove()
        raise
    except Terminated as error:
        if beginning.record and beginning.record.kept:
            raise Terminated("stopped_at_record") from error
        raise
    except KeyboardInterrupt:
        if env.stderr is not None:
            told = beginning.record.told() if beginning.record else [word(beginning.strings, "screen.go_on")]
            env.stderr.write("".join(f"{line}\n" for line in told))
        raise
    finally:
        if call.ended:
            beginning.journal.remove()
