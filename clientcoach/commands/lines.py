"""`call` line by line: from a file of answers, or from a terminal that shows no whole screen (dumb, a screen reader's)."""

from __future__ import annotations

from clientcoach.asking.keys import latin
from clientcoach.asking.record import COMMANDS, TYPED
from clientcoach.asking.typed import Typed
from clientcoach.errors import Cancelled, CoachError, UsageError
from clientcoach.ndjson import objects
from clientcoach.views.lines import happened, notes
from clientcoach.views.messages import sentence, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, BinaryIO, TextIO

    from clientcoach.coach.call import Call, Event
    from clientcoach.commands import Result
    from clientcoach.commands.call import Beginning
    from clientcoach.commands.ending import Ending
    from clientcoach.commands.live import Words
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
    yield lines.shown(word(strings, "call.write_down") + "\n")


def typed(call: Call, beginning: Beginning, words: Words, style: str) -> Iterator[str]:
    """The call from a terminal, a key or a word and Enter at a time. Ctrl-D cancels."""
    session, strings, env = beginning.session, beginning.strings, beginning.session.env
    lines = Lines(call, strings, style, env.stderr if style == "ndjson" else None)
    langs = [call.lang]
    _notice(beginning.notices(), env)
    yield lines.told(beginning.events())
    from clientcoach.commands.before import Before

    before = Before(session, words)
    while not call.ended:
        beginning.journal.write()
        if before.learned(call.case):
            _notice(before.lines(), env)
        line = _ask(env)
        try:
            action = Typed([offer["id"] for offer in call.offers()], call.case.get("anger"), langs).action(line)
            if action["do"] == "help":
                _show(word(strings, "call.keys") + "\n", env)
                continue
            if action["do"] == "message":
                action = _of_message(words.message(action["text"]), strings, env)
            yield lines.told(call.act(action), action["do"])
        except CoachError as error:
            _tell(error, strings, env)
        except (LookupError, TypeError, ValueError) as error:  # a fault of ours must not end a live call
            _tell(CoachError("internal", reason=repr(error)), strings, env)
        if call.lang != langs[-1]:
            langs.append(call.lang)
    yield from _recorded(lines, beginning, words)


def _of_message(message: Mapping[str, Any], strings: Strings, env: Env) -> dict[str, Any]:
    """The facts of a customer's message as an action; its dangers are told with the key that answers them. Raises UsageError."""
    _notice((f"{word(strings, f'kind.{kind}')}: x {kind}" for kind in message["dangers"]), env)
    if not message["facts"]:
        raise UsageError("nothing_told")
    return {"do": "fact", "set": message["facts"]}


def _recorded(lines: Lines, beginning: Beginning, words: Words) -> Iterator[str]:
    """The record of the call, by the same keys as on a screen; Ctrl-D leaves it as a draft."""
    from clientcoach.commands.ending import DRAFT, ending

    env = beginning.session.env
    record = beginning.record = ending(beginning.session, words, lines.call, lines.heard)
    beginning.journal.remove()  # its place has the draft now
    if record is None:
        yield lines.shown(word(lines.strings, "call.write_down") + "\n")
        return
    yield lines.shown(_whole(record) + word(lines.strings, "record.lines") + "\n")
    try:
        while record.state == DRAFT:
            if _answered(record, _ask(env), lines.strings, env):
                yield lines.shown(_whole(record))
    except Cancelled:
        pass
    yield lines.shown("".join(f"{line}\n" for line in record.told()))


def _whole(record: Ending) -> str:
    told = [f"{label}: {text}" for label, text in record.rows()]
    return "".join(f"{line}\n" for line in ["", word(record.strings, "record.title"), *told, *(f"! {one}" for one in record.notices())])


def _answered(record: Ending, line: str, strings: Strings, env: Env) -> bool:
    """Does what a line asks for; whether the record is another one now."""
    typed, _, text = line.strip().partition(" ")
    name = COMMANDS.get(latin(typed), typed)
    try:
        if not typed:
            _save(record, strings, env)
        elif name == "discard":
            _show(f"! {word(strings, 'record.sure')}\n", env)
            if latin(_ask(env).strip()) == "x":
                record.discard()
        elif name in TYPED:
            record.change(name, text)
            return True
        elif latin(typed) == "h":
            _show(f"{word(strings, 'record.lines')}\n", env)
        else:
            raise UsageError("unknown_key", value=line.strip()[:40])
    except CoachError as error:
        if isinstance(error, Cancelled):
            raise
        _tell(error, strings, env)
    return False


def _save(record: Ending, strings: Strings, env: Env) -> None:
    """Ctrl-C ends the waiting for a store that is busy."""
    from clientcoach.commands.before import Aside

    _show(word(strings, "record.saving") + "\n", env)
    saving = Aside(record.save)
    saving.ended()
    if saving.fault:
        raise saving.fault


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


def _notice(lines: Iterable[str], env: Env) -> None:
    _show("".join(f"! {line}\n" for line in lines), env)


def _tell(error: CoachError, strings: Strings, env: Env) -> None:
    _notice((sentence(one, strings) for one in error.each()), env)


class Lines:
    """Turns the events of a call into lines of the wished style; with `screen`, the words go there and the events to standard output."""

    def __init__(self, call: Call, strings: Strings, style: str, screen: TextIO | None = None) -> None:
        self.call, self.strings, self.style, self.screen = call, strings, style, screen
        self.heard: list[Event] = []

    def told(self, events: list[Event], do: str | None = None) -> str:
        """The lines for standard output."""
        self.heard += events
        words = notes(self.call, self.strings) if do in LOOKS else happened(events, self.call, self.strings)
        if self.style != "ndjson":
            return words
        from clientcoach import quickjson

        self.shown(words)
        return "".join(quickjson.dumps(event) + "\n" for event in events)

    def shown(self, words: str) -> str:
        """What of words that are no event goes to standard output: nothing where the events do."""
        if self.style != "ndjson":
            return words
        if self.screen is not None:
            self.screen.write(words)
            self.screen.flush()
        return ""
