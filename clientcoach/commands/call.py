"""`call`: the live walk, line by line; driven by what the worker types or by a file of answers."""

from __future__ import annotations

from clientcoach.asking.typed import Typed
from clientcoach.coach.call import Call
from clientcoach.commands import Result
from clientcoach.commands.session import Session
from clientcoach.errors import Cancelled, CoachError, FieldErrors, NeedsTerminal, UsageError
from clientcoach.ndjson import objects
from clientcoach.views.lines import happened, notes
from clientcoach.views.messages import sentence, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, BinaryIO

    from clientcoach.coach.script import Desk
    from clientcoach.coach.shapes import Playbook
    from clientcoach.env import Env

TURNS = "interruptions"
LOOKS = ("notes", "avoid", "help")


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
    style = "ndjson" if values.get("json") else values.get("format", "text")
    lang = session.lang(case)
    call = Call(World(session, ui, lang), {name: value for name, value in case.items() if name not in {"lang", "ui"}}, lang)
    walk = _Walk(call, session, session.strings(ui), style)
    if values.get("answers"):
        walk.result.lines = walk.scripted(session.open(values["answers"]))
    elif env.is_terminal("stdin") and not values.get("no_input"):
        walk.result.lines = walk.typed(env)
    else:
        raise NeedsTerminal("needs_terminal")
    return walk.result


class _Walk:
    """Feeds a call with actions and turns its events into lines of the wished style."""

    def __init__(self, call: Call, session: Session, strings: Mapping[str, Any], style: str) -> None:
        self.call, self.session, self.strings, self.style = call, session, strings, style
        self.result = Result("call", None)

    def scripted(self, source: BinaryIO) -> Iterator[str]:
        """The whole call from a file of answers; a bad answer is a warning in its place, and exit 1 at the end."""
        yield self.told(self.call.begin())
        for number, action in objects(source, "--answers"):
            try:
                if isinstance(action, UsageError):
                    raise action
                if self.call.ended:
                    break
                yield self.told(self.call.act(action), action.get("do"))
            except CoachError as error:
                self.result.exit_code = 1
                yield self.told([self._warning(error, answer=number)])
        if not self.call.ended:
            yield self.told(self.call.close())

    def typed(self, env: Env) -> Iterator[str]:
        """The call from a terminal, a key or a word and Enter at a time. Ctrl-D cancels."""
        screen = env.stderr if self.style == "ndjson" else None
        langs = [self.call.lang]
        yield self.told(self.call.begin(), screen=screen)
        while not self.call.ended:
            line = self._ask(env)
            try:
                action = Typed([offer["id"] for offer in self.call.offers()], self.call.case.get("anger"), langs).action(line)
                if action["do"] == "help":
                    self._show(word(self.strings, "call.keys") + "\n", env)
                    continue
                yield self.told(self.call.act(action), action["do"], screen=screen)
            except CoachError as error:
                self._show("".join(f"! {sentence(one, self.strings)}\n" for one in _each(error)), env)
            except (LookupError, TypeError, ValueError) as error:  # a fault of ours must not end a live call
                self._show(f"! {sentence(CoachError('internal', reason=repr(error)), self.strings)}\n", env)
            if self.call.lang != langs[-1]:
                langs.append(self.call.lang)

    def _ask(self, env: Env) -> str:
        self._show(": ", env)
        line = env.stdin.readline() if env.stdin is not None else ""
        if not line:
            raise Cancelled
        return line

    def _show(self, text: str, env: Env) -> None:
        if env.stderr is not None:
            env.stderr.write(text)
            env.stderr.flush()

    def told(self, events: list[dict[str, Any]], do: str | None = None, screen: Any = None) -> str:
        """The lines for standard output; with events there, the words go to the screen instead."""
        if self.style == "ndjson":
            from clientcoach import quickjson

            if screen is not None:
                screen.write(self._words(events, do))
                screen.flush()
            return "".join(quickjson.dumps(event) + "\n" for event in events)
        return self._words(events, do)

    def _words(self, events: list[dict[str, Any]], do: str | None) -> str:
        return notes(self.call, self.strings) if do in LOOKS else happened(events, self.call, self.strings)

    def _warning(self, error: CoachError, answer: int) -> dict[str, Any]:
        told = " ".join(sentence(one, self.strings) for one in _each(error))
        return {
            "schema": "clientcoach/call@1",
            "type": "warning",
            "at": self.call.world.now(),
            "code": error.code,
            "answer": answer,
            "message": told,
        }


def _each(error: CoachError) -> list[CoachError]:
    return list(error.errors) if isinstance(error, FieldErrors) else [error]
