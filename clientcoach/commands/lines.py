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
    from typing import Any, BinaryIO, TextIO

    from clientcoach.coach.call import Call, Event
    from clientcoach.commands import Result
    from clientcoach.commands.call import Beginning
    from clientcoach.env import Env

    Strings = Mapping[str, Any]

LOOKS = ("notes", "avoid", "help")


def scripted(call: Call, strings: Strings, style: str, source: BinaryIO, result: Result) -> Iterator[str]:
    """The whole call from a file of answers; a bad answer is a warning in its place, and exit 1 at the end."""
    lines = Lines(call, strings, style)
    yield lines.told(call.begin())
    for number, action in objects(source, "--answers"):
        try:
            if isinstance(action, UsageError):
                raise action
            if call.ended:
                break
            yield lines.told(call.act(action), action.get("do"))
        except CoachError as error:
            result.exit_code = 1
            told = " ".join(sentence(one, strings) for one in error.each())
            yield lines.told([call.event("warning", code=error.code, answer=number, message=told)])
    if not call.ended:
        yield lines.told(call.close())


def typed(call: Call, beginning: Beginning, style: str, env: Env) -> Iterator[str]:
    """The call from a terminal, a key or a word and Enter at a time. Ctrl-D cancels."""
    strings = beginning.strings
    lines = Lines(call, strings, style, env.stderr if style == "ndjson" else None)
    langs = [call.lang]
    notice = beginning.notice()
    if notice:
        _show(f"! {notice}\n", env)
    yield lines.told(beginning.events())
    while not call.ended:
        beginning.journal.write()
        line = _ask(env)
        try:
            action = Typed([offer["id"] for offer in call.offers()], call.case.get("anger"), langs).action(line)
            if action["do"] == "help":
                _show(word(strings, "call.keys") + "\n", env)
                continue
            yield lines.told(call.act(action), action["do"])
        except CoachError as error:
            _show("".join(f"! {sentence(one, strings)}\n" for one in error.each()), env)
        except (LookupError, TypeError, ValueError) as error:  # a fault of ours must not end a live call
            _show(f"! {sentence(CoachError('internal', reason=repr(error)), strings)}\n", env)
        if call.lang != langs[-1]:
            langs.append(call.lang)


def _ask(env: Env) -> str:
    _show(": ", env)
    line = env.stdin.readline() if env.stdin is not None else ""
    if not line:
        raise Cancelled
    return line


def _show(text: str, env: Env) -> None:
    if env.stderr is not None:
        env.stderr.write(text)
        env.stderr.flush()


class Lines:
    """Turns the events of a call into lines of the wished style; with `screen`, the words go there and the events to standard output."""

    def __init__(self, call: Call, strings: Strings, style: str, screen: TextIO | None = None) -> None:
        self.call, self.strings, self.style, self.screen = call, strings, style, screen

    def told(self, events: list[Event], do: str | None = None) -> str:
        """The lines for standard output."""
        words = notes(self.call, self.strings) if do in LOOKS else happened(events, self.call, self.strings)
        if self.style != "ndjson":
            return words
        from clientcoach import quickjson

        if self.screen is not None:
            self.screen.write(words)
            self.screen.flush()
        return "".join(quickjson.dumps(event) + "\n" for event in events)
