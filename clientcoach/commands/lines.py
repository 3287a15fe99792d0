"""`call` line by line: from a file of answers, or from a terminal that shows no whole screen (dumb, a screen reader's)."""

from __future__ import annotations

from clientcoach.asking.typed import Typed
from clientcoach.errors import Cancelled, CoachError, UsageError
from clientcoach.ndjson import objects
from clientcoach.views.lines import happened, notes
from clientcoach.views.messages import sentence, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, BinaryIO

    from clientcoach.coach.call import Call, Event
    from clientcoach.commands import Result
    from clientcoach.env import Env
    from clientcoach.records.journal import Journal

LOOKS = ("notes", "avoid", "help")


class Lines:
    """Feeds a call with actions and turns its events into lines of the wished style."""

    def __init__(self, call: Call, strings: Mapping[str, Any], journal: Journal, style: str) -> None:
        self.call, self.strings, self.journal, self.style = call, strings, journal, style

    def scripted(self, source: BinaryIO, begun: list[Event], result: Result) -> Iterator[str]:
        """The whole call from a file of answers; a bad answer is a warning in its place, and exit 1 at the end."""
        yield self.told(begun)
        for number, action in objects(source, "--answers"):
            try:
                if isinstance(action, UsageError):
                    raise action
                if self.call.ended:
                    break
                yield self.told(self.call.act(action), action.get("do"))
            except CoachError as error:
                result.exit_code = 1
                yield self.told([self._warning(error, answer=number)])
        if not self.call.ended:
            yield self.told(self.call.close())

    def typed(self, env: Env, begun: list[Event], notice: str | None) -> Iterator[str]:
        """The call from a terminal, a key or a word and Enter at a time. Ctrl-D cancels."""
        screen = env.stderr if self.style == "ndjson" else None
        langs = [self.call.lang]
        if notice:
            self._show(f"! {notice}\n", env)
        yield self.told(begun, screen=screen)
        while not self.call.ended:
            line = self._ask(env)
            try:
                action = Typed([offer["id"] for offer in self.call.offers()], self.call.case.get("anger"), langs).action(line)
                if action["do"] == "help":
                    self._show(word(self.strings, "call.keys") + "\n", env)
                    continue
                yield self.told(self.call.act(action), action["do"], screen=screen)
            except CoachError as error:
                self._show("".join(f"! {sentence(one, self.strings)}\n" for one in error.each()), env)
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

    def told(self, events: list[Event], do: str | None = None, screen: Any = None) -> str:
        """The lines for standard output; with events there, the words go to the screen instead."""
        self.journal.write()
        if self.style == "ndjson":
            from clientcoach import quickjson

            if screen is not None:
                screen.write(self._words(events, do))
                screen.flush()
            return "".join(quickjson.dumps(event) + "\n" for event in events)
        return self._words(events, do)

    def _words(self, events: list[Event], do: str | None) -> str:
        return notes(self.call, self.strings) if do in LOOKS else happened(events, self.call, self.strings)

    def _warning(self, error: CoachError, answer: int) -> Event:
        told = " ".join(sentence(one, self.strings) for one in error.each())
        return {
            "schema": "clientcoach/call@1",
            "type": "warning",
            "at": self.call.world.now(),
            "code": error.code,
            "answer": answer,
            "message": told,
        }
