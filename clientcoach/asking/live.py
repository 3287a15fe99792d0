"""Keys in, actions out: what each key of the live call does, and the panels it opens. It draws nothing and knows no terminal."""

from __future__ import annotations

from clientcoach.asking.facts import fact_panel, paste_panel
from clientcoach.asking.keys import latin
from clientcoach.asking.panel import Panel
from clientcoach.asking.panels import end_panel, hold_panel, interruption_panel, language_panel, offer_panel, promise_panel
from clientcoach.asking.record import record_panel
from clientcoach.asking.typed import ANGER_STEP, ANGER_UNKNOWN
from clientcoach.case.asked import parse
from clientcoach.case.text import clean
from clientcoach.errors import CoachError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    from clientcoach.asking.record import Record
    from clientcoach.coach.call import Call
    from clientcoach.coach.script import Desk

    Work = Callable[[], None]
    Done = Callable[[CoachError | None], None]

    class Words(Protocol):
        """What the interface says in the worker's language, and the choices that only the clock, the policy and the packs know."""

        ui: str

        def __call__(self, key: str, /, **params: object) -> str:
            """The text of a key."""

        def langs(self) -> list[str]:
            """The languages the playbook speaks."""

        def times(self) -> list[tuple[str, str]]:
            """Moments ahead inside working hours, as (moment, how it is said)."""

        def days(self) -> list[tuple[str, str]]:
            """The last days, today first, as (date, how it is said)."""

        def day(self, name: str, text: str) -> str:
            """A date of the case, said."""

        def money(self, minor: int, currency: str) -> str:
            """A sum, said."""

        def message(self, text: str) -> dict[str, Any]:
            """What a customer's message tells: {"facts": raw fields of the case, "dangers": kinds of interruptions}."""

        def every_offer(self, desk: Desk) -> list[tuple[str, str]]:
            """All that the policy still has, as (id, sentence)."""


STEP_KEYS = "qwert"
FORMS = {"a": "shorter", "s": "softer", "d": "firmer"}
NUDGE, STEER = 90, 120  # seconds of the customer's story (research E1)
NOTICE = 30  # seconds that a notice stays


def outcome(work: Work) -> CoachError | None:
    """What work ended with; a fault of ours, too, is told and ends no call."""
    try:
        work()
    except CoachError as error:
        return error
    except Exception as error:  # noqa: BLE001 - see _guarded
        return CoachError("internal", reason=repr(error)[:200])
    return None


class Live:
    """One call under the worker's hands.

    `words` gives a text of the interface by its key; `told` turns events or an error into the notices they cause, after whatever
    else has to happen with them; `clock` counts seconds; `copy` puts a text on the clipboard; `begin` runs when the keys are alive;
    `ending` gives the record of the call that has ended (None: nothing to keep); `aside(work, done)` runs what may take long and
    gives `done` the CoachError it ended with, or None.
    """

    def __init__(self, call: Call, words: Words, told: Callable[[Any], list[str]], clock: Callable[[], float]) -> None:
        self.call, self.words, self.told, self.clock = call, words, told, clock
        self.copy: Callable[[str], None] = lambda _text: None
        self.begin: Callable[[], None] = lambda: None
        self.ending: Callable[[], Record | None] = lambda: None
        self.aside: Callable[[Work, Done], None] = lambda work, done: done(outcome(work))
        self.record: Record | None = None
        self.saving = self.left = False
        self.owed: list[str] = []  # what was promised to this customer before, a line each
        self.warned: str | None = None  # how often they were warned before
        self.panel: Panel | None = None
        self.notices: list[str] = []
        self.langs: list[str] = [call.lang]  # those spoken, the last two at the end
        self.started = self.noticed = clock()  # when the call began, when there was news
        self.held: float | None = None  # when the hold began
        self.stopped: float | None = None  # when the call ended
        self._watch_hold()
        self.commands: dict[str, Callable[[], Panel | None]] = {
            "enter": lambda: self.act("next"),
            "space": lambda: self.act("another"),
            "backspace": self._back,
            "left": self._back,
            "v": lambda: self._anger(-ANGER_STEP),
            "b": lambda: self._anger(ANGER_STEP),
            "c": self._hold,
            "f": lambda: fact_panel(self),
            "g": lambda: offer_panel(self),
            "h": lambda: Panel(self.words("screen.keys"), body=["keys"]),
            "i": lambda: self.act("return"),
            "j": lambda: promise_panel(self),
            "k": self._copy,
            "l": self._language,
            "n": lambda: Panel(self.words("screen.notes"), body=["notes"]),
            "o": self._end,
            "x": lambda: interruption_panel(self),
            **{key: self._form(name) for key, name in FORMS.items()},
            **{key: self._go(place) for place, key in enumerate(STEP_KEYS)},
        }

    @property
    def over(self) -> bool:
        """Whether there is nothing left to do: the call has ended, and its record is saved or left."""
        return self.call.ended and (self.record is None or self.left)

    @property
    def elapsed(self) -> int:
        """Whole seconds since the call began, until it ended."""
        return int((self.clock() if self.stopped is None else self.stopped) - self.started)

    @property
    def hold_left(self) -> int | None:
        """Seconds that the customer was told to wait yet (negative: longer than that); None outside a hold."""
        if self.held is None:
            return None
        return parse(self.call.extra["hold"])["count"] * 60 - int(self.clock() - self.held)

    def press(self, key: str) -> None:
        """One key: a character as typed, or enter, space, backspace, escape, left, right, up, down."""
        if self.saving and key != "escape":
            return
        self.notices = []
        self._guarded(lambda: self._in_panel(self.panel, key) if self.panel else self._at_top(key))

    def type(self, text: str) -> None:
        """What stands in the entry of the panel now."""
        if self.panel and self.panel.typing:
            self.panel.type(text)

    def paste(self, text: str) -> None:
        """A text from elsewhere: never keys. At the top it asks which fact it is."""
        self.notices = []
        cleaned = clean(text)
        if cleaned and self.panel is None:
            self._guarded(lambda: self._show(paste_panel(self, cleaned)))

    def tick(self) -> bool:
        """A second is over; whether it has caused anything."""
        if self.clock() - self.noticed > NOTICE and not self.call.ended:
            self.notices = []
        if self.call.hearing() and self.elapsed >= STEER and not self.call.listened and self.panel is None:
            self._guarded(lambda: self.act("steer"))
            return True
        return False

    def act(self, do: str, **more: Any) -> None:
        """One action of the call; its notices are shown."""
        before = self.call.lang
        self.notices += self.told(self.call.act({"do": do, **more}))
        if self.call.lang != before:
            self.langs.append(self.call.lang)
        self._watch_hold()

    def fact(self, name: str, value: Any) -> None:
        """One fact learned; None forgets it."""
        self.act("fact", set={name: value})

    def end(self, outcome: str) -> Panel | None:
        """The end of the call, and its record."""
        self.act("end", outcome=outcome)
        self.stopped = self.clock()
        self.record = self.ending()
        return record_panel(self, self.record) if self.record else None

    def save(self) -> Panel | None:
        """The record into the store; meanwhile its panel stays."""
        if self.record is None:
            return None
        self.saving, self.notices = True, [self.words("record.saving")]
        self.aside(self.record.save, self._saved)
        return None if self.left else self.panel

    def _saved(self, error: CoachError | None) -> None:
        self.saving = False
        if error is None:
            self.left = True
        else:
            self.notices = self.told(error)

    def news(self, *notices: str) -> None:
        """Notices that no key has caused."""
        if notices:
            self.noticed = self.clock()
            self.notices += notices

    def leave(self) -> None:
        """The record waits as a draft."""
        self.left = True

    def _guarded(self, do: Callable[[], None]) -> None:
        """Runs a command; whatever goes wrong is a notice, for the call must go on."""
        self.noticed = self.clock()
        try:
            do()
        except CoachError as error:
            self.notices = self.told(error)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end a live call
            self.notices = self.told(CoachError("internal", reason=repr(error)[:200]))

    def _show(self, panel: Panel | None, before: Panel | None = None) -> None:
        if panel is not None:
            panel.before = None if panel.last else before
        self.panel = panel

    def _at_top(self, key: str) -> None:
        command = self.commands.get(key if len(key) > 1 else "space" if key == " " else latin(key))
        if command:
            self._show(command())

    def _in_panel(self, panel: Panel, key: str) -> None:
        if key == "escape":
            self.left, self.panel = panel.last, panel.home
        elif key in {"up", "down"}:
            panel.move(1 if key == "down" else -1)
        elif key in {"backspace", "left"} and not panel.text and not panel.last:
            self.panel = panel.before
        elif key == "enter":
            self._take(panel, *panel.entered())
        elif len(key) == 1 and not panel.typing:
            self._take(panel, *panel.picked(latin(key)))

    def _take(self, panel: Panel, found: bool, value: Any) -> None:  # noqa: FBT001 - the pair that a panel answers
        if found:
            self._show(panel.take(value), before=panel)

    def _back(self) -> None:
        self.act("return" if self.call.turn else "back")

    def _form(self, name: str) -> Callable[[], None]:
        return lambda: self.act(name)

    def _go(self, place: int) -> Callable[[], None]:
        def go() -> None:
            if place < len(self.call.steps):
                self.act("go", step=self.call.steps[place])

        return go

    def _anger(self, by: int) -> None:
        now = self.call.case.get("anger")
        self.act("anger", to=min(10, max(0, (ANGER_UNKNOWN if now is None else now) + by)))

    def _hold(self) -> Panel | None:
        if self.call.turn is None or self.call.turn["kind"] != "hold":
            return hold_panel(self)
        self.act("next")
        return None

    def _watch_hold(self) -> None:
        """The countdown begins when the customer was asked, and ends with the hold."""
        turn = self.call.turn
        if turn is None or turn["kind"] != "hold":
            self.held = None
        elif turn["part"] != "ask" and self.held is None:
            self.held = self.clock()

    def _language(self) -> Panel | None:
        other = self.other_lang()
        if other is None:
            return language_panel(self)
        self.act("language", lang=other)
        return None

    def other_lang(self) -> str | None:
        """The language that one key goes to: the one spoken before, else the worker's own."""
        wished = [*reversed(self.langs), self.words.ui]
        return next((lang for lang in wished if lang != self.call.lang and lang in self.words.langs()), None)

    def _copy(self) -> None:
        line = self.call.line()
        if line:
            self.copy(line["text"])
            self.notices.append(self.words("screen.copied"))

    def _end(self) -> Panel:
        if self.call.skipped() and not self.call.warned and not (self.call.turn and self.call.turn["stays"]):
            self.act("end")
        return end_panel(self)
