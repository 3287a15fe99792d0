"""`call`: the live walk, on a whole screen, line by line, or driven by a file of answers."""

from __future__ import annotations

from clientcoach.coach.call import Call
from clientcoach.coach.resume import resume
from clientcoach.commands import Result
from clientcoach.commands.lines import Lines
from clientcoach.commands.session import Session
from clientcoach.errors import Cancelled, CoachError, NeedsTerminal
from clientcoach.records.journal import Journal, broken_off
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.coach.script import Desk
    from clientcoach.coach.shapes import Playbook
    from clientcoach.env import Env

TURNS = "interruptions"


class World:
    """What the call machine needs from outside: packs, policy, clock."""

    def __init__(self, session: Session, ui: str, lang: str) -> None:
        self.session, self.ui, self.lang = session, ui, lang

    def desk(self, case: Mapping[str, Any], extra: Mapping[str, str], lang: str) -> Desk:
        """The desk of a moment of the call."""
        return self.session.desk(case, lang, extra)

    def turns(self, lang: str) -> Playbook:
        """The interruptions in a language."""
        return self.session.playbook(lang, TURNS)

    def notes(self) -> Playbook:
        """The playbook in the worker's language."""
        return self.session.notes(self.ui, self.session.playbook(self.lang))

    def turn_notes(self) -> Playbook:
        """The interruptions in the worker's language."""
        return self.session.notes(self.ui, self.session.playbook(self.lang, TURNS))

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
    if not values.get("answers") and (values.get("no_input") or not env.is_terminal("stdin")):
        raise NeedsTerminal("needs_terminal")
    folder = None if values.get("answers") else env.directory("runtime")
    broken = broken_off(folder)
    resumed = _newest(broken, session) if values.get("resume") else None
    lang = resumed["lang"] if resumed else session.lang(case)
    call = Call(World(session, ui, lang), {name: value for name, value in case.items() if name not in {"lang", "ui"}}, lang)
    begun = resume(call, resumed) if resumed else call.begin()
    journal = Journal(folder, call, broken[0] if resumed else None)
    result = Result("call", None)
    strings = session.strings(ui)
    if values.get("answers"):
        result.lines = Lines(call, strings, journal, _style(values)).scripted(session.open(values["answers"]), begun, result)
        return result
    notice = _notice(strings, broken, resumed=resumed is not None)
    screen = env.screen() if (values.get("screen") or session.settings.get("screen") or "full") == "full" else None
    if screen is None:
        lines = Lines(call, strings, journal, _style(values)).typed(env, begun, notice)
    else:
        from clientcoach.commands.live import Walk, Words

        lines = Walk(call, session, Words(session, strings, ui), journal).run(screen, begun, notice)
    result.lines = _kept(lines, journal, env, strings)
    return result


def _style(values: Mapping[str, Any]) -> str:
    return "ndjson" if values.get("json") else values.get("format", "text")


def _newest(broken: list[tuple[str, dict[str, Any]]], session: Session) -> dict[str, Any]:
    """The state of the call that broke off last, its playbook named. Raises CoachError where there is none."""
    if not broken or not {"playbook", "lang", "started"} <= broken[0][1].keys():
        raise CoachError("nothing_to_resume")
    session.named = broken[0][1]["playbook"]
    return broken[0][1]


def _notice(strings: Mapping[str, Any], broken: list[tuple[str, dict[str, Any]]], *, resumed: bool) -> str | None:
    """What to know of a call that broke off."""
    if resumed:
        return word(strings, "screen.resumed")
    return word(strings, "screen.left_behind", time=broken[0][1].get("time", "")) if broken else None


def _kept(lines: Iterator[str], journal: Journal, env: Env, strings: Mapping[str, Any]) -> Iterator[str]:
    """The journal outlives a crash and Ctrl-C (a slip of the hand), not the end of the call nor Ctrl-D."""
    try:
        yield from lines
    except Cancelled:
        journal.remove()
        raise
    except KeyboardInterrupt:
        if env.stderr is not None:
            env.stderr.write(word(strings, "screen.go_on") + "\n")
        raise
    finally:
        if journal.call.ended:
            journal.remove()
