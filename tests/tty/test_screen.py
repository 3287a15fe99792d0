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


@pytest.fixture
def terminals(at: Place) -> Iterator[Terminals]:
    found = Terminals(at)
    yield found
    found.close()


@pytest.fixture
def start(terminals: Terminals) -> Callable[..., Terminal]:
    return terminals.start


def said(at: Place, key: str, lang: str = "en", **params: object) -> str:
    """A text of the interface; `…` where a parameter is not given."""
    return flat(word(at.session().strings(lang), key, **params))


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
        self.terminal.wait_for(text, *texts, lambda: self.at_top())

    def at_top(self) -> bool:
        """Whether no panel is open."""
        return flat(self.word("screen.panel_keys")) not in self.terminal.words()

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
    walk.press("enter")
    walk.events += walk.call.act({"do": "end"})
    walk.terminal.wait_for(walk.word("screen.end"), walk.word("screen.panel_keys"))
    walk.terminal.press("enter")
    walk.events += walk.call.act({"do": "end", "outcome": walk.call.outcome()})
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
    for text in (walk.word("call.write_down"), walk.word(f"outcome.{walk.events[-1]['outcome']}")):
        assert flat(text) in walk.terminal.words(), "the wrap-up stands on the screen that was there before"
    assert journals(at) == []
