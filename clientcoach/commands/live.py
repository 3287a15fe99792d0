"""`call` on a whole screen: the line at once, then everything else; events to standard output, a journal against crashes."""

from __future__ import annotations

import os
import time

from clientcoach.asking.early import Early, size
from clientcoach.commands.session import DEFAULT_PLAYBOOK
from clientcoach.content import library
from clientcoach.errors import CoachError, StorageError
from clientcoach.views.first import first, wrapped
from clientcoach.views.lines import happened, named, notices
from clientcoach.views.messages import owner_of, sentence, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, TextIO

    from clientcoach.asking.live import Live
    from clientcoach.coach.call import Call
    from clientcoach.coach.script import Desk
    from clientcoach.commands.before import Before
    from clientcoach.commands.call import Beginning
    from clientcoach.commands.session import Session

    Strings = Mapping[str, Any]

WAITS = ("30m", "1h", "2h", "4h")
DAYS = ("2d", "3d", "1w")
NOTICED = ("warning", "promise", "offer")  # events that the board itself does not show
NOON, EVENING = 12 * 60, 18 * 60  # minutes; the evening is what is said where no working hours are set
DAYS_BACK = 9


class Words:
    """The interface's texts, and the choices that only the clock, the policy and the packs know (`asking.live.Words`)."""

    def __init__(self, session: Session, strings: Strings, ui: str) -> None:
        self.session, self.strings, self.ui = session, strings, ui
        self.spoken = library.languages(library.find(session.places, session.named or DEFAULT_PLAYBOOK))

    def __call__(self, key: str, /, **params: object) -> str:
        """The text of a key."""
        return word(self.strings, key, **params)

    def langs(self) -> list[str]:
        """The languages the playbook speaks."""
        return self.spoken

    def times(self) -> list[tuple[str, str]]:
        """Moments ahead inside working hours, the nearest first."""
        from clientcoach.case.moments import resolve
        from clientcoach.wording.languages import language

        clock = self.session.clock(self.session.policy(self.ui))
        found: dict[str, str] = {}
        for asked in [*WAITS, *_marks(clock), *DAYS]:
            moment = resolve(asked, clock)
            if not (moment["moved"] or moment["outside"] or moment["past"]):
                found.setdefault(moment["iso"], language(self.ui).by(moment))
        return sorted(found.items(), key=lambda one: one[0] if "T" in one[0] else f"{one[0]}T99")  # "by the 24th" is after its last hour

    def days(self) -> list[tuple[str, str]]:
        """The last days, today first."""
        from datetime import timedelta

        today = self.session.clock(self.session.policy(self.ui)).now.date()
        past = [(today - timedelta(days=back)).isoformat() for back in range(DAYS_BACK)]
        return [(day, self.day("promised", day)) for day in past]

    def day(self, name: str, text: str) -> str:
        """A date of the case, said."""
        from clientcoach.case.moments import resolve
        from clientcoach.wording.languages import language

        clock = self.session.clock(self.session.policy(self.ui))
        moment = resolve(text, clock, back=name != "deadline")
        return language(self.ui).by(moment) if name == "deadline" else language(self.ui).day(moment)

    def money(self, minor: int, currency: str) -> str:
        """A sum, said."""
        from clientcoach.wording.languages import language

        return language(self.ui).money(minor, currency)

    def message(self, text: str) -> dict[str, Any]:
        """What a customer's message tells; nothing where it cannot be read, for the call must go on."""
        from clientcoach.commands.triage import told_in_call

        try:
            return told_in_call(self.session, text)
        except CoachError:
            return {"facts": {}, "dangers": []}

    def every_offer(self, desk: Desk) -> list[tuple[str, str]]:
        """All that the policy still has."""
        from clientcoach.coach.offers import sentence as said
        from clientcoach.coach.offers import valid

        return [(offer["id"], said(offer, desk.values)) for offer in desk.policy["offers"] if valid(offer, desk.today)]


def _marks(clock: Any) -> Iterator[str]:
    """The noon and the closing time of today and of the next open day."""
    from datetime import timedelta

    week = (clock.now.date() + timedelta(days=ahead) for ahead in range(1, 8))
    for day in (clock.now.date(), *[day for day in week if clock.span(day)][:1]):
        span = clock.span(day)
        if span:
            closing = EVENING if span[1] == 24 * 60 else span[1]
            yield from (f"{day.isoformat()}T{minutes // 60:02}:{minutes % 60:02}" for minutes in (NOON, closing))


def _is_pipe(stream: TextIO | None) -> bool:
    """Whether somebody else reads a stream, and may print what they read."""
    from stat import S_ISFIFO

    try:
        return stream is not None and S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except OSError:
        return False


class Events:
    """Where the events of a call go: to standard output as they come, or after the call where the screen is in the way."""

    def __init__(self, stdout: TextIO | None, *, wanted: bool, later: bool) -> None:
        self.stdout, self.wanted, self.later = stdout, wanted, later
        self.waiting: list[str] = []
        self.lost: OSError | None = None

    def tell(self, events: list[dict[str, Any]]) -> None:
        """One JSON line an event."""
        from clientcoach import quickjson

        if not self.wanted:
            return
        lines = [quickjson.dumps(event) + "\n" for event in events]
        if self.later:
            self.waiting += lines
        else:
            self._write("".join(lines))

    def release(self) -> None:
        """What has waited, now that the screen is left."""
        self._write("".join(self.waiting))
        self.waiting = []

    def _write(self, lines: str) -> None:
        """Flushed, for others follow it. A pipe that is gone must not end the call."""
        if self.lost or self.stdout is None:
            return
        try:
            self.stdout.write(lines)
            self.stdout.flush()
        except OSError as error:
            self.lost = error

    def check(self) -> None:
        """Raises what kept events from being written: the call is over, now it may be told."""
        if isinstance(self.lost, BrokenPipeError):
            raise self.lost
        if self.lost:
            raise StorageError("cannot_write", reason=os.strerror(self.lost.errno or 0))


def _look_up(before: Before, live: Live) -> None:
    """What is owed by a number that was learned, once the store has answered."""
    if not before.learned(live.call.case):
        return

    def done(fault: CoachError | None) -> None:
        live.owed, live.warned = before.owed, before.warned
        if fault:
            live.news(live.words("screen.owed_unread"))

    live.aside(before.look, done)


class Walk:
    """One call on a screen, from the first frame to the wrap-up."""

    def __init__(self, call: Call, session: Session, words: Words, beginning: Beginning) -> None:
        self.call, self.session, self.env, self.words, self.beginning = call, session, session.env, words, beginning
        self.heard: list[dict[str, Any]] = []
        self.learned: Callable[[], None] = lambda: None
        self.colour = session.env.colour(session.values.get("color") or session.settings.get("color"), screen=True)
        self.closing = ""

    def run(self, screen: TextIO, style: str) -> Iterator[str]:
        """The lines for standard output after the call: the wrap-up, unless the events went there."""
        line = self.call.line() or {"text": ""}
        stdin: Any = self.env.stdin
        self.events = Events(self.env.stdout, wanted=style == "ndjson", later=self.env.is_terminal("stdout"))
        try:
            with Early(stdin, screen, first(line["text"], self.words.strings, size(screen)[0])):
                notices = self.beginning.notices()
                self.tell(self.beginning.events())
                self._on_screen(stdin, screen, notices)
        finally:
            self.events.release()
        record = self.beginning.record
        told = record.told() if record else [self.words("call.write_down")]
        self.closing += "".join(f"{line}\n" for line in told)
        if self.events.wanted:
            screen.write(self._folded(screen))
            screen.flush()
        else:
            yield self._folded(screen) if self.env.is_terminal("stdout") else self.closing
        self.events.check()

    def _on_screen(self, stdin: TextIO, screen: TextIO, notices: list[str]) -> None:
        from clientcoach.asking.live import Live  # heavy from here on; the line is on screen already
        from clientcoach.asking.sight import held
        from clientcoach.asking.terminal import Screen
        from clientcoach.coach.board import board
        from clientcoach.commands.before import Before
        from clientcoach.views.terminal import Frame, draw

        live = Live(self.call, self.words, self.told, time.monotonic)
        live.started -= time.time() - self.beginning.journal.started
        live.notices = notices
        live.ending = lambda: self.beginning.record
        before = Before(self.session, self.words)
        live.begin = self.learned = lambda: _look_up(before, live)

        def drawn(width: int, height: int) -> Frame:
            seen = board(self.call)
            return draw(seen, held(live, seen), self.words.strings, width, height)

        Screen(live, drawn, stdin, screen, colour=self.colour, shared=self.events.wanted and _is_pipe(self.env.stdout)).run()

    def _folded(self, screen: TextIO) -> str:
        """The wrap-up between words: a terminal would cut them. A record that could be kept nowhere stays one line of JSON."""
        width = size(screen)[0] - 1
        lines = self.closing.splitlines()
        return "".join(f"{row}\n" for line in lines for row in ([line] if line.startswith("{") else wrapped(line, width)))

    def tell(self, events: list[dict[str, Any]]) -> None:
        """Events on their way out, and the place kept."""
        self.heard += events
        self.events.tell(events)
        self.beginning.journal.write()

    def told(self, found: list[dict[str, Any]] | CoachError) -> list[str]:
        """The notices of events or of an error."""
        if isinstance(found, CoachError):
            return [sentence(one, self.words.strings) for one in found.each()]
        before = self.events.lost
        self.tell(found)
        if self.call.ended:
            self.closing = happened(found[-1:], self.call, self.words.strings)
            self._end()
        elif any(event["type"] == "fact" for event in found):
            self.learned()
        lost = [self.words("screen.events_lost")] if self.events.lost and not before else []
        return lost + [line for event in found if event["type"] in NOTICED for line in self._notice(event)]

    def _end(self) -> None:
        """The record waits as a draft before anything of it is shown; then the journal has done its part."""
        from clientcoach.commands.ending import ending

        try:
            self.beginning.record = ending(self.session, self.words, self.call, self.heard)
        except CoachError as error:
            self.closing += "".join(f"{sentence(one, self.words.strings)}\n" for one in error.each())
        self.beginning.journal.remove()

    def _notice(self, event: dict[str, Any]) -> Iterator[str]:
        if event.get("code") == "steps_skipped":  # the panel under it asks how the call ended; in lines the command is repeated
            yield self.words("screen.skipped", steps=named(event["steps"], self.call, self.words.strings))
        elif event["type"] == "promise":
            yield self.words(
                "screen.promised",
                what=event["what"].rstrip("."),
                owner=owner_of(event, self.words.strings),
                by=self.words.day("deadline", event["by"]),
            )
        else:
            yield from notices(event, self.call, self.words.strings)
