"""The live call on a whole screen, in a real terminal: the walk by keys, leaving, pasting, resizing, where the events go."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.asking.keys import PICKS
from clientcoach.coach.call import Call
from clientcoach.coach.resume import kept, resume
from clientcoach.commands.call import World
from clientcoach.commands.live import Words
from clientcoach.views.messages import word
from tests.support import LANGS, validate
from tests.tty.terminal import COLOURS, CYRILLIC, Terminals, flat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support import Place
    from tests.tty.terminal import Terminal

BOLD = 1
FIRST = "Tell me what happened"
NUMBER_ROW = {"2": "ә", "3": "і", "4": "ң", "5": "ғ", "8": "ү", "9": "ұ"}
EVENTS = "events.ndjson"
LEFT = b"\x1b[?1049l\x1b[?25h"


@pytest.fixture
def terminals(at: Place) -> Iterator[Terminals]:
    found = Terminals(at)
    yield found
    found.close()


@pytest.fixture
def start(terminals: Terminals) -> Callable[..., Terminal]:
    return terminals.start


def said(at: Place, key: str, lang: str = "en", **params: object) -> str:
    """A text of the interface."""
    strings = at.session().strings(lang)
    assert key in strings, key
    return flat(word(strings, key, **params))


def closed(at: Place, terminal: Terminal, lang: str = "en") -> Callable[[], bool]:
    """Whether no panel is open: only a panel's row of keys tells what Esc does."""
    escape = f"Esc {said(at, 'key.escape', lang)}"
    return lambda: escape not in terminal.words()


def opened(at: Place, terminal: Terminal, lang: str = "en") -> Callable[[], bool]:
    """Whether a panel is open."""
    shut = closed(at, terminal, lang)
    return lambda: not shut()


def ready(at: Place, terminal: Terminal, lang: str = "en") -> Terminal:
    """When the keys are alive: the row of hints is there."""
    terminal.wait_for(said(at, "key.keys", lang))
    return terminal


def events_of(at: Place, name: str = EVENTS) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in (at.cwd / name).read_text(encoding="utf-8").splitlines()]
    for event in found:
        validate(event)
    return found


def journals(at: Place) -> list[Path]:
    return sorted((at.home / "clientcoach").glob("call-*"))


# the whole walk -------------------------------------------------------------------------------------------------------------------


def qwerty(key: str) -> str:
    return key


def cyrillic(key: str) -> str:
    return CYRILLIC.get(key, key)


def number_row(key: str) -> str:
    """Items are picked by the Kazakh number row where it has their digit."""
    place = PICKS.find(key) + 1 if len(key) == 1 else 0
    return NUMBER_ROW.get(str(place), CYRILLIC.get(key, key))


class Walk:
    """A call on a screen beside the same call in this process: each key is an action there, and both must stand at the same line."""

    def __init__(self, at: Place, start: Callable[..., Terminal], lang: str, layout: Callable[[str], str]) -> None:
        self.at, self.start, self.lang = at, start, lang
        self.key = layout if layout is not number_row else cyrillic
        self.item = layout
        self.strings = at.session().strings(lang)
        self.call = self._fresh()
        self.events = self.call.begin()
        self.terminal = self.run()

    def _fresh(self) -> Call:
        return Call(World(self.at.session(), self.lang, self.lang), {}, self.lang)

    def run(self, *more: str) -> Terminal:
        words = " ".join(["coach call --json --lang", self.lang, "--ui", self.lang, *more])
        terminal = self.start(shell=f"exec {words} > {EVENTS}")
        self.terminal = terminal
        self.shows(*([] if more else [self.word("key.keys")]))
        return terminal

    def word(self, key: str, **params: object) -> str:
        assert key in self.strings, key
        return word(self.strings, key, **params)

    def press(self, *keys: str) -> None:
        """Commands at the top."""
        self.terminal.press(*map(self.key, keys))

    def pick(self, *numbers: int) -> None:
        """Items of panels, one after another."""
        self.terminal.press(*(self.item(PICKS[number - 1]) for number in numbers))

    def did(self, do: str, **more: Any) -> None:
        """What the keys were, here; then the screen must show the same line."""
        self.events += self.call.act({"do": do, **more})
        self.shows()

    def shows(self, *texts: str) -> None:
        line = self.call.line()
        text = line["text"] if line else self.word("screen.stopped" if self.call.turn else "screen.all_said")
        self.terminal.wait_for(lambda: self.terminal.says(text, self.word("call.next")), *texts, closed(self.at, self.terminal, self.lang))

    def enter(self) -> None:
        self.press("enter")
        self.did("next")

    def until(self, reached: Callable[[], Any]) -> None:
        for _ in range(20):
            if reached():
                return
            self.enter()
        raise AssertionError(f"not reached; the call stands at {self.call.key()}")

    def kill(self) -> None:
        os.kill(self.terminal.child.pid, signal.SIGKILL)
        assert self.terminal.left() == 128 + signal.SIGKILL

    def resume(self) -> None:
        """As a second process and, here, as a second call made from what the first has kept."""
        before, self.call = self.call, self._fresh()
        self.events = resume(self.call, json.loads(json.dumps(kept(before))))
        self.run("--resume")


def walked(at: Place, start: Callable[..., Terminal], lang: str, layout: Callable[[str], str]) -> Walk:
    walk = Walk(at, start, lang, layout)
    call, terminal = walk.call, walk.terminal

    walk.press("f")
    walk.pick(1, 3)  # the cause: delivery
    walk.did("fact", set={"cause": "delivery"})
    walk.press("f")
    walk.pick(2)
    terminal.press("4471", "enter")
    walk.did("fact", set={"order": "4471"})
    terminal.wait_for("4471")

    walk.until(lambda: call.step_name() == "empathize")
    here = call.line()
    walk.press("x")
    walk.pick(1)
    walk.did("interrupt", kind="insult")
    walk.until(lambda: call.turn is None)
    assert call.line() == here

    walk.press("x", "x")
    walk.did("interrupt", kind="threat")
    terminal.wait_for("112", flat(call.advice()["notes"][0]))
    walk.until(lambda: call.phrase is None)
    walk.press("i")
    walk.did("return")
    assert call.line() == here

    walk.press("b")
    walk.did("anger", to=7)
    walk.press("v")
    walk.did("anger", to=5)
    walk.enter()
    walk.press("backspace")
    walk.did("back")
    walk.enter()

    other = next(name for name in walk_langs(walk) if name != lang)
    walk.press("l")
    walk.pick(1)
    walk.did("language", lang=other)
    walk.press("l")
    walk.did("language", lang=lang)

    walk.press("r")
    walk.did("go", step="propose")
    walk.until(lambda: "options" in call.key())
    offer = call.offers()[1]["id"]
    walk.press("g")
    walk.pick(2, 1)
    walk.did("offer", id=offer, answer="accepted")
    walk.press("j")
    walk.pick(1, 1, 2)
    by = Words(at.session(), walk.strings, lang).times()[1][0]
    walk.did("promise", what=call.extra["agreed"], owner=None, by=by)

    walk.press("c")
    walk.pick(3)
    walk.did("hold", **{"for": "3m"})
    walk.enter()
    terminal.wait_for(lambda: "02:5" in terminal.text() or "03:00" in terminal.text())
    walk.press("c")
    walk.did("next")
    walk.until(lambda: call.turn is None)

    walk.events_before = events_of(at)
    assert walk.events_before == walk.events
    walk.kill()
    place = call.step, call.part, call.phrase and call.phrase["id"]
    walk.resume()
    assert (walk.call.step, walk.call.part, walk.call.phrase and walk.call.phrase["id"]) == place
    walk.until(lambda: walk.call.phrase is None)
    walk.press("o")
    walk.events += walk.call.act({"do": "end"})
    walk.terminal.wait_for(walk.word("screen.end"))
    walk.terminal.press("enter")
    walk.events += walk.call.act({"do": "end", "outcome": walk.call.outcome()})
    walk.terminal.wait_for(walk.word("record.title"))
    walk.terminal.press("enter")
    return walk


def walk_langs(walk: Walk) -> list[str]:
    return Words(walk.at.session(), walk.strings, walk.lang).langs()


@pytest.mark.parametrize(
    ("lang", "layout"),
    [("en", qwerty), ("pl", qwerty), ("ru", cyrillic), ("kk", number_row), ("kk", qwerty), ("en", number_row), ("pl", cyrillic)],
)
def test_the_whole_walk_by_keys(at: Place, start: Callable[..., Terminal], lang: str, layout: Callable[[str], str]) -> None:
    walk = walked(at, start, lang, layout)
    assert walk.terminal.left() == 0
    assert events_of(at) == walk.events
    assert walk.events[-1]["promises"]
    assert not walk.terminal.window.other
    assert not walk.terminal.window.cursor.hidden
    (incident,) = at.run("log", "list", "--json").json["incidents"]
    for text in (walk.word("record.saved", id=incident["id"][:13]), walk.word(f"outcome.{walk.events[-1]['outcome']}")):
        assert flat(text) in walk.terminal.words(), "the wrap-up stands on the screen that was there before"
    assert incident["steps"] == walk.events[-1]["steps"]
    assert (incident["warnings"], incident["interruptions"], incident["offers"][0]["answer"]) == (1, ["insult", "threat"], "accepted")
    assert (journals(at), list((at.home / "clientcoach").iterdir())) == ([], [])


# leaving --------------------------------------------------------------------------------------------------------------------------

STTY = "stty -g > before; coach call; code=$?; stty -g > after; exit $code"


def restored(at: Place, terminal: Terminal) -> bool:
    """Whether the terminal is as it was: its settings, its screen, its cursor, no bracketed paste."""
    same = (at.cwd / "before").read_text() == (at.cwd / "after").read_text()
    window = terminal.window
    return (
        same and not window.other and not window.cursor.hidden and terminal.raw.rfind(b"\x1b[?2004h") < terminal.raw.rfind(b"\x1b[?2004l")
    )


def program(terminal: Terminal) -> int:
    """The process that a shell has started."""
    (child,) = Path(f"/proc/{terminal.child.pid}/task/{terminal.child.pid}/children").read_text().split()
    return int(child)


def test_ctrl_c_leaves_with_130_and_says_how_to_go_on(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start(shell=STTY))
    terminal.press("ctrl-c")
    assert terminal.left() == 130
    assert restored(at, terminal)
    assert "--resume" in terminal.words()
    assert len(journals(at)) == 1


def test_the_hint_of_ctrl_c_is_on_stderr(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start(shell="coach call 2> hint"))
    terminal.press("ctrl-c")
    assert terminal.left() == 130
    assert (at.cwd / "hint").read_text(encoding="utf-8").strip() == said(at, "screen.go_on")


def test_ctrl_c_in_a_panel_and_in_an_entry_leaves_too(at: Place, start: Callable[..., Terminal]) -> None:
    for keys in ("x", "fs"):
        terminal = ready(at, start(shell=STTY))
        terminal.press(*keys, "ctrl-c")
        assert terminal.left() == 130
        assert restored(at, terminal)


def test_ctrl_d_leaves_with_3_and_keeps_nothing(at: Place, start: Callable[..., Terminal]) -> None:
    for keys in ("", "x", "fs"):
        terminal = ready(at, start(shell=STTY))
        terminal.press(*keys, "ctrl-d")
        assert terminal.left() == 3
        assert restored(at, terminal)
        assert flat(said(at, "error.cancelled")) in terminal.words()
        assert journals(at) == []


def test_sigterm_leaves_with_143_and_the_terminal_is_restored(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start(shell=STTY))
    os.kill(program(terminal), signal.SIGTERM)
    assert terminal.left() == 143
    assert restored(at, terminal)
    assert "Traceback" not in terminal.text()
    assert len(journals(at)) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_before_the_keys_are_alive_restores_the_terminal(
    at: Place, start: Callable[..., Terminal], number: signal.Signals, code: int
) -> None:
    terminal = start(shell=STTY)
    terminal.wait_for(FIRST)
    os.kill(program(terminal), number)
    assert terminal.left() == code
    assert (at.cwd / "before").read_text() == (at.cwd / "after").read_text()
    assert not terminal.window.other
    assert not terminal.window.cursor.hidden
    assert "Traceback" not in terminal.text()


def test_a_closed_window_leaves_a_journal_and_no_process(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.press("w")
    terminal.wait_for(f"[2 {said(at, 'bar.empathize').upper()}]")
    terminal.shut()
    assert len(journals(at)) == 1
    again = ready(at, start("call", "--resume"))
    again.wait_for(f"[2 {said(at, 'bar.empathize').upper()}]")


def test_nothing_to_resume_is_said_before_any_screen(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = start("call", "--resume")
    assert terminal.left() == 1
    assert said(at, "error.nothing_to_resume") in terminal.words()
    assert b"\x1b" not in terminal.raw


# keys -----------------------------------------------------------------------------------------------------------------------------


def line_of(at: Place, *argv: str) -> str:
    """The first line of a call begun with these facts."""
    found: dict[str, Any] = at.run("call", *argv, "--answers", "-", "--json", stdin="").events[1]["line"]
    return str(found["text"])


def test_esc_closes_a_panel_and_does_nothing_at_the_top(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.press("x")
    terminal.wait_for(said(at, "screen.interruption"))
    terminal.press("escape")
    terminal.wait_for(lambda: said(at, "screen.interruption") not in terminal.words(), FIRST)
    terminal.press("escape", "escape", "b")
    terminal.wait_for(said(at, "screen.anger", value=7), FIRST)
    terminal.press("f", "s")
    terminal.wait_for(" > ")
    terminal.press("17", "escape")
    terminal.wait_for(closed(at, terminal), FIRST)
    assert "17" not in terminal.text()


def test_a_lone_esc_right_before_a_letter_is_both(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.press("x", "escape", "b")
    terminal.wait_for(said(at, "screen.anger", value=7), FIRST)
    assert said(at, "screen.interruption") not in terminal.words()


@pytest.mark.parametrize(
    "keys", ["\x1b[15~", "\x1bOP", "\x1b[5~", "\x1b[3~", "\x1b[1;5C", "\x1a", "\x00", "\x1b[Z", "\t", "7", "/", "é", "👍"]
)
def test_other_keys_do_nothing(at: Place, start: Callable[..., Terminal], keys: str) -> None:
    terminal = ready(at, start("call"))
    before = terminal.rows()[1:]
    terminal.press(keys, keys, "b")
    terminal.wait_for(said(at, "screen.anger", value=7))
    assert terminal.rows()[1:] == before


def test_keys_typed_before_the_screen_is_ready_are_neither_lost_nor_shown(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = start("call")
    terminal.wait_for(FIRST)
    assert said(at, "key.keys") not in terminal.words(), "the keys are alive already: nothing was proved"
    terminal.press("Ѫ", "b", "Ѫ", "w")
    terminal.wait_for(said(at, "screen.anger", value=7), f"[2 {said(at, 'bar.empathize').upper()}]")
    assert "Ѫ".encode() not in terminal.raw


def test_keys_typed_before_there_is_a_screen_are_not_lost(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = start("call")
    terminal.press("b")
    terminal.wait_for(said(at, "screen.anger", value=7))


def test_k_puts_exactly_the_line_shown_on_the_clipboard(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call", "--lang", "kk", "--ui", "ru"), "ru")
    terminal.press("k")
    terminal.wait_for(said(at, "screen.copied", "ru"))
    assert terminal.clipboard() == [line_of(at, "--lang", "kk")]
    assert flat(terminal.clipboard()[0]) in terminal.words()


@pytest.mark.parametrize("key", ["backspace", "left", "\x08"])
def test_back_by_either_key(at: Place, start: Callable[..., Terminal], key: str) -> None:
    terminal = ready(at, start("call"))
    terminal.press("enter")
    terminal.wait_for(lambda: FIRST not in terminal.words())
    terminal.press(key)
    terminal.wait_for(FIRST)


def test_the_arrows_move_in_the_entry_and_not_back(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.press("f", "s", "471", "left", "left", "4", "enter")
    terminal.wait_for("4471", FIRST, closed(at, terminal))
    terminal.press("f", "s", *["backspace"] * 5)
    terminal.wait_for(said(at, "screen.fact"), FIRST)
    terminal.press("backspace")
    terminal.wait_for("4471", closed(at, terminal))


def test_up_answers_at_once_after_scrolling_past_the_end(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.resize(40, 12)
    last = said(at, "key.leave")
    terminal.press("h", *["down"] * 60)
    terminal.wait_for(last)
    terminal.press("up", "up", "up", "up", "up")
    terminal.wait_for(lambda: last not in terminal.words(), opened(at, terminal))


def test_caps_lock_makes_no_difference(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call", "--ui", "ru"), "ru")
    terminal.press("Ч", "Ч")
    terminal.wait_for("112")
    terminal.press("Ш", "B")
    terminal.wait_for(said(at, "screen.anger", "ru", value=7), FIRST)


def test_one_key_goes_to_the_language_of_the_worker_and_back(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call", "--lang", "kk", "--ui", "ru"), "ru")
    terminal.press("l")
    terminal.wait_for(line_of(at, "--lang", "ru"), "RU⇄KK")
    terminal.press("д")
    terminal.wait_for(line_of(at, "--lang", "kk"), "KK⇄RU")


# paste ----------------------------------------------------------------------------------------------------------------------------


def test_a_paste_at_the_top_is_text_never_keys(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.paste("xx\no\r")
    terminal.wait_for(said(at, "screen.paste", text="xx o"), FIRST)
    assert "112" not in terminal.text()
    terminal.press("a")
    terminal.wait_for(closed(at, terminal), FIRST)
    terminal.press("ctrl-d")
    assert terminal.left() == 3


def test_a_paste_into_an_entry_is_text_never_enter(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.press("f", "s")
    terminal.wait_for(" > ")
    terminal.paste("xx\no\r")
    terminal.wait_for("> xx o", opened(at, terminal))
    terminal.press("enter")
    terminal.wait_for("xx o", FIRST, closed(at, terminal))


def test_a_paste_into_a_list_picks_nothing(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.press("x")
    terminal.wait_for(said(at, "kind.insult"))
    terminal.paste("a")
    terminal.paste("xa\r")
    terminal.press("down")
    terminal.wait_for(f"› s {said(at, 'kind.threat')}", FIRST)


def test_a_hostile_paste_is_shown_as_text(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.paste("a\x1b]52;c;eA==\x07\u202e[bold]b[/]")
    terminal.wait_for("[bold]b[/]")
    assert terminal.clipboard() == []
    assert "\u202e".encode() not in terminal.raw


def test_a_very_long_paste_is_refused_as_a_fact_and_disturbs_nothing(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.paste("слово " * 20_000)
    terminal.wait_for("слово слово", FIRST)
    terminal.press("a", "escape", "escape", "b")
    terminal.wait_for(said(at, "screen.anger", value=7), FIRST)


# sizes ----------------------------------------------------------------------------------------------------------------------------

SIZES = [(40, 12), (200, 60), (80, 24), (60, 16), (40, 12)]


def test_resizing_keeps_the_line_and_the_keys(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    for columns, rows in SIZES:
        terminal.resize(columns, rows)
        terminal.wait_for(FIRST, said(at, "key.next"), lambda columns=columns: terminal.rows()[1] == "─" * columns)
        assert terminal.rows()[-3 if rows >= 16 else -2] == "─" * columns


def test_resizing_keeps_an_open_panel(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.press("x", "down")
    pointed = f"› s {said(at, 'kind.threat')}"
    for columns, rows in SIZES:
        terminal.resize(columns, rows)
        terminal.wait_for(said(at, "screen.interruption"), pointed, lambda columns=columns: terminal.rows()[1] == "─" * columns)


def test_resizing_keeps_what_is_being_typed(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    terminal.press("f", "s", "44")
    for columns, rows in SIZES:
        terminal.resize(columns, rows)
        terminal.wait_for("> 44", lambda columns=columns: terminal.rows()[1] == "─" * columns)
    terminal.press("71", "enter")
    terminal.resize(80, 24)
    terminal.wait_for("4471", FIRST, closed(at, terminal))


def test_a_window_too_small_for_anything_ends_nothing(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    for keys in ("", "x", "h", "fs"):
        terminal.press(*keys)
        for columns, rows in [(10, 3), (1, 1), (2, 40), (80, 1), (80, 24)]:
            terminal.resize(columns, rows)
        terminal.press("escape")
        terminal.wait_for(FIRST, closed(at, terminal))


# the plain form -------------------------------------------------------------------------------------------------------------------


def plain(terminal: Terminal) -> bool:
    """Whether the call goes line by line here."""
    terminal.wait_for(lambda: terminal.raw.endswith(b"\r\n: "))
    return b"\x1b" not in terminal.raw


@pytest.mark.parametrize(
    ("argv", "variables"),
    [
        (["call"], {"TERM": "dumb"}),
        (["call"], {"TERM": None}),
        (["call", "--screen", "plain"], {}),
        (["call"], {"CLIENTCOACH_SCREEN": "plain"}),
    ],
)
def test_the_plain_form_where_it_is_wished(start: Callable[..., Terminal], argv: list[str], variables: dict[str, Any]) -> None:
    assert plain(start(*argv, **variables))


def test_the_plain_form_by_a_setting_which_a_flag_outranks(at: Place, start: Callable[..., Terminal]) -> None:
    (at.cwd / ".clientcoach.toml").write_text('screen = "plain"\n')
    assert plain(start("call"))
    ready(at, start("call", "--screen", "full"))


# where the events go --------------------------------------------------------------------------------------------------------------


def end(at: Place, terminal: Terminal, *, record: str | None = None) -> int:
    """Ends a call in its first step; `record`: the key for what was said in it (None: nothing was)."""
    terminal.press("o")
    terminal.wait_for(said(at, "screen.end"))
    terminal.press("enter")
    if record:
        terminal.wait_for(said(at, "record.title"))
        terminal.press(record)
    return terminal.left()


@pytest.mark.parametrize(
    "shell",
    [
        f"coach call --json > {EVENTS}",
        f"coach call --format ndjson > {EVENTS}",
        f"coach call --json | tee {EVENTS} > copy",
        f"coach call --json 2> errors > {EVENTS}",
    ],
)
def test_events_come_as_they_happen_while_the_screen_stays(at: Place, start: Callable[..., Terminal], shell: str) -> None:
    terminal = ready(at, start(shell=shell))
    assert [event["type"] for event in events_of(at)] == ["begin", "step"]
    terminal.press("enter")
    terminal.wait_for(lambda: FIRST not in terminal.words())
    terminal.wait_for(lambda: len(events_of(at)) == 3)
    assert end(at, terminal, record="enter") == 0
    assert events_of(at)[-1]["type"] == "end"
    assert b"clientcoach/call@1" not in terminal.raw
    assert said(at, "record.saved", id="").strip() in terminal.words()
    assert journals(at) == []


def test_tee_on_the_same_terminal_spoils_no_line(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start(shell=f"coach call --json | tee {EVENTS}"))
    call = at.call()
    for _ in range(3):
        terminal.press("enter")
        call.act({"do": "next"})
        terminal.wait_for(lambda: terminal.says(call.line()["text"], said(at, "call.next")))
        terminal.wait_for(said(at, "key.keys"), lambda: "clientcoach/call@1" not in terminal.text())
    assert end(at, terminal, record="enter") == 0
    assert [event["type"] for event in events_of(at)][-1] == "end"


def test_with_stdout_on_the_terminal_events_wait_for_the_end(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call", "--json", size=(200, 60)))
    terminal.press("enter", "b")
    terminal.wait_for(said(at, "screen.anger", value=7))
    assert b"clientcoach/call@1" not in terminal.raw
    assert end(at, terminal, record="escape") == 0
    after = terminal.raw[terminal.raw.rindex(LEFT) + len(LEFT) :]
    events = [json.loads(line) for line in after.splitlines() if b"clientcoach/call@1" in line]
    assert len(events) > 3
    for event in events:
        validate(event)
    assert events[-1]["type"] == "end"


@pytest.mark.parametrize("shell", ["coach call | cat > end", "coach call > end", "coach call 2> errors | cat > end"])
def test_the_wrap_up_goes_to_a_pipe_or_a_file(at: Place, start: Callable[..., Terminal], shell: str) -> None:
    terminal = ready(at, start(shell=shell))
    assert end(at, terminal) == 0
    told = (at.cwd / "end").read_text(encoding="utf-8")
    assert flat(said(at, "call.write_down")) in flat(told)
    assert "\x1b" not in told


def test_a_reader_that_leaves_ends_no_call(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start(shell=f"coach call --json | head -1 > {EVENTS}; exit ${{PIPESTATUS[0]}}"))
    terminal.wait_for(lambda: len(events_of(at)) == 1)
    terminal.press("enter")
    terminal.wait_for(said(at, "screen.events_lost"), lambda: FIRST not in terminal.words())
    terminal.press("b")
    terminal.wait_for(said(at, "screen.anger", value=7), lambda: said(at, "screen.events_lost") not in terminal.words())
    assert end(at, terminal, record="escape") == 141
    assert flat(said(at, "record.draft")) in terminal.words()
    assert "Traceback" not in terminal.text()
    assert journals(at) == []


def test_a_full_disk_ends_no_call_and_is_told_at_its_end(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start(shell="coach call --json > /dev/full"))
    terminal.press("b")
    terminal.wait_for(said(at, "screen.anger", value=7))
    assert end(at, terminal) == 6
    assert flat(said(at, "call.write_down")) in terminal.words()
    assert "Traceback" not in terminal.text()


@pytest.mark.parametrize("shell", ["coach call >&-", "coach call --json >&-", "coach call 2>&-", "coach call --json 2>&-"])
def test_a_closed_stream_ends_no_call(at: Place, start: Callable[..., Terminal], shell: str) -> None:
    terminal = ready(at, start(shell=shell))
    terminal.press("b")
    terminal.wait_for(said(at, "screen.anger", value=7))
    assert end(at, terminal) == 0
    assert not terminal.window.other
    assert "Traceback" not in terminal.text()


@pytest.mark.parametrize("shell", ["coach call < /dev/null", "coach call <&-", "echo | coach call", "coach call --no-input"])
def test_without_anybody_to_press_keys_it_is_5(start: Callable[..., Terminal], shell: str) -> None:
    terminal = start(shell=shell)
    assert terminal.left() == 5
    assert "--answers" in terminal.words()
    assert b"\x1b" not in terminal.raw


# looks ----------------------------------------------------------------------------------------------------------------------------


def test_with_colour_there_is_colour(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    assert terminal.attributes() & COLOURS


@pytest.mark.parametrize(("argv", "variables"), [([], {"NO_COLOR": "1"}), (["--color", "never"], {}), ([], {"CLIENTCOACH_COLOR": "never"})])
def test_without_colour_the_line_is_still_bold(
    at: Place, start: Callable[..., Terminal], argv: list[str], variables: dict[str, str]
) -> None:
    terminal = ready(at, start("call", *argv, **variables))
    terminal.press("enter", "x", "x")
    terminal.wait_for("112")
    assert not terminal.attributes() & COLOURS
    terminal.press("i")
    terminal.wait_for(lambda: "112" not in terminal.words())
    line = terminal.rows()[3].strip()
    assert terminal.cell(line).bold


HOSTILE = "a\x1b]52;c;eA==\x07\x1b[31m\x9b31m\u202eb\u2066\n[bold]c[/bold] :warning: {order} {{x}} %s\x1b]0;title\x07"
HARMLESS = "[bold]c[/bold] :warning: {order} {{x}} %s"


def test_hostile_facts_are_harmless_text(at: Place, start: Callable[..., Terminal]) -> None:
    argv = ["call", "--item", HOSTILE, "--customer", HOSTILE, "--order", HOSTILE, "--reference", HOSTILE, "--cause", "product"]
    terminal = ready(at, start(*argv, size=(200, 60)))
    terminal.wait_for(HARMLESS)
    for keys in ("f", "h", "n"):
        terminal.press(keys)
        terminal.wait_for(opened(at, terminal))
        terminal.press("escape")
        terminal.wait_for(closed(at, terminal))
    for _ in range(4):
        terminal.press("enter")
    terminal.press("k")
    terminal.wait_for(said(at, "screen.copied"))
    (copied,) = terminal.clipboard()
    assert copied.isprintable()
    assert terminal.window.title == ""
    for wrong in ("\u202e", "\u2066", "\x9b"):
        assert wrong.encode() not in terminal.raw
    assert not terminal.window.cursor.attrs.fg.startswith("31")


@pytest.mark.parametrize(
    "variables",
    [
        {"LANG": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_terminal_that_is_not_utf8_gets_substitutes(
    at: Place, start: Callable[..., Terminal], variables: dict[str, str], lang: str
) -> None:
    terminal = start("call", "--lang", lang, "--customer", "Żaneta", **variables)
    terminal.wait_for("00:00")
    terminal.press("b")
    terminal.wait_for(lambda: " 7 " in terminal.rows()[0])
    terminal.press("o")
    terminal.press("enter")
    assert terminal.left() == 0
    assert "Traceback" not in terminal.text()
    assert not terminal.window.other


# the journal ----------------------------------------------------------------------------------------------------------------------


def test_a_journal_is_there_during_the_call_and_gone_after_it(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = ready(at, start("call"))
    assert len(journals(at)) == 1
    assert journals(at)[0].stat().st_mode & 0o777 == 0o600
    assert end(at, terminal) == 0
    assert journals(at) == []


def test_two_calls_at_once_know_nothing_of_each_other(at: Place, start: Callable[..., Terminal]) -> None:
    one, two = ready(at, start("call")), ready(at, start("call"))
    assert len(journals(at)) == 2
    one.press("w")
    one.wait_for(f"[2 {said(at, 'bar.empathize').upper()}]")
    two.press("b")
    two.wait_for(said(at, "screen.anger", value=7), f"[1 {said(at, 'bar.listen').upper()}]")
    assert start("call", "--resume").left() == 1, "both go on: there is nothing to resume"
    os.kill(one.child.pid, signal.SIGKILL)
    one.left()
    third = ready(at, start("call"))
    third.wait_for("--resume")
    fourth = ready(at, start("call", "--resume"))
    fourth.wait_for(f"[2 {said(at, 'bar.empathize').upper()}]", said(at, "screen.anger", value="?"))
    assert end(at, two) == 0
    fourth.press("enter")
    assert end(at, fourth, record="enter") == 0
    assert len(journals(at)) == 1, "that of the third, which goes on"


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_kept_says_nothing_of_the_customer(at: Place, start: Callable[..., Terminal], lang: str) -> None:
    facts = ["--customer", "Zuzanna", "--order", "44712", "--item", "lamp-x", "--amount", "777 EUR", "--reference", "REF9"]
    terminal = ready(at, start("call", "--lang", lang, *facts), lang)
    terminal.press("enter", "j", "a", "a", "a")
    terminal.wait_for(lambda: states(at)[-1]["promises"])
    os.kill(terminal.child.pid, signal.SIGKILL)
    terminal.left()
    told = json.dumps([{**state, "started": 0} for state in states(at)], ensure_ascii=False)
    for secret in ("Zuzanna", "44712", "lamp-x", "777", "REF9"):
        assert secret not in told


def states(at: Place) -> list[dict[str, Any]]:
    """What the one journal has kept, step by step."""
    (journal,) = journals(at)
    return [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
