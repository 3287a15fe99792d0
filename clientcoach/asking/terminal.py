"""The live call in a real terminal. The only module that knows prompt_toolkit."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, ConditionalContainer, Dimension, FormattedTextControl, HSplit, Layout, VSplit, Window
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from clientcoach.asking.live import outcome
from clientcoach.case.text import clean
from clientcoach.errors import Cancelled, Terminated

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from clientcoach.asking.live import Done, Live, Work
    from clientcoach.errors import CoachError

KEYS = {"c-m": "enter", "c-j": "enter", "c-h": "backspace", "left": "left", "up": "up", "down": "down", "escape": "escape"}
ESCAPE_WAIT = 0.05  # seconds until a lone Esc is not the beginning of an arrow key
TICK = 1.0
REPAIRS = (0.05, 0.3)  # seconds after a key, when what it caused has come through a pipe


def output(screen: TextIO) -> Vt100_Output:
    """A terminal to draw on that need not be standard output."""
    return Vt100_Output.from_pty(screen)


class Screen:
    """Live and its drawing in one full-screen application. `draw(width, height)` returns a `views.terminal.Frame`.

    `shared`: a program at the other end of a pipe (`tee`) may print on this terminal too.
    """

    def __init__(
        self, live: Live, draw: Callable[[int, int], Any], stdin: TextIO, screen: TextIO, *, colour: bool, shared: bool = False
    ) -> None:
        self.live, self.draw, self.shared = live, draw, shared
        self.frame: Any = None
        self.entry = Buffer(multiline=False, on_text_changed=lambda buffer: live.type(buffer.text))
        self.output = Vt100_Output.from_pty(screen, default_color_depth=ColorDepth.DEPTH_4_BIT if colour else ColorDepth.MONOCHROME)
        live.copy = self._copy
        live.aside = self._aside
        self.app: Application[None] = Application(
            Layout(self._windows()),
            key_bindings=self._keys(),
            full_screen=True,
            input=create_input(stdin),
            output=self.output,
            before_render=self._render,
        )
        self.app.ttimeoutlen = self.app.timeoutlen = ESCAPE_WAIT
        self.panel: Any = None

    def run(self) -> None:
        """Until the call has ended. Raises Cancelled (Ctrl-D), KeyboardInterrupt, Terminated."""
        self.app.run(pre_run=self._start)

    def _start(self) -> None:
        self.app.create_background_task(self._tick())
        self.live.begin()
        if sys.platform != "win32":
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: self.app.exit(exception=Terminated()))

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            if self.live.tick():
                self._acted()
            else:
                self._follow()

    def _windows(self) -> HSplit:
        typing = Condition(lambda: self.frame is not None and self.frame.entry is not None)
        above = Window(FormattedTextControl(self._above, show_cursor=False), height=self._height, always_hide_cursor=True)
        below = Window(FormattedTextControl(self._below, show_cursor=False), always_hide_cursor=True)
        self.field = Window(BufferControl(self.entry), height=1)
        prompt = Window(FormattedTextControl([("bold", " > ")]), width=3, height=1)
        return HSplit([above, ConditionalContainer(HSplit([VSplit([prompt, self.field]), below]), typing)])

    def _render(self, _app: Application[None]) -> None:
        size = self.output.get_size()
        self.frame = self.draw(size.columns, size.rows)
        if self.live.panel and self.live.panel.body:
            self.live.panel.pointed = self.frame.first  # not further down than the text goes

    def _height(self) -> Dimension:
        return Dimension.exact(self.frame.entry) if self.frame and self.frame.entry is not None else Dimension()

    def _above(self) -> StyleAndTextTuples:
        return self.frame.fragments(0, self.frame.entry) if self.frame else []

    def _below(self) -> StyleAndTextTuples:
        return self.frame.fragments(self.frame.entry + 1) if self.frame and self.frame.entry is not None else []

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        typing = Condition(lambda: bool(self.live.panel and self.live.panel.typing))
        for name, key in KEYS.items():
            only = ~typing | Condition(lambda: not self.entry.text) if key == "backspace" else ~typing if key == "left" else True
            keys.add(name, filter=only, eager=True)(self._pressed(key))
        keys.add(Keys.Any, filter=~typing)(lambda event: self._press(event.data))
        keys.add(Keys.BracketedPaste)(self._pasted)
        keys.add("c-c")(lambda event: event.app.exit(exception=KeyboardInterrupt()))
        keys.add("<sigint>")(lambda event: event.app.exit(exception=KeyboardInterrupt()))
        keys.add("c-d")(lambda _event: self._leave())
        return keys

    def _leave(self) -> None:
        """Out of the call, and nothing is kept; out of its record, which waits."""
        if self.live.record is None:
            self.app.exit(exception=Cancelled())
        else:
            self.live.leave()
            self._follow()

    def _aside(self, work: Work, done: Done) -> None:
        """In a thread, so that a store that answers late stops no key. It is not waited for when the call is left: whatever it changes
        is changed whole or not at all, and the draft is there.
        """
        loop = asyncio.get_running_loop()

        def finish(error: CoachError | None) -> None:
            if not self.app.is_done:
                done(error)
                self._acted()

        def run() -> None:
            error = outcome(work)
            with contextlib.suppress(RuntimeError):  # the loop is closed: the call was left
                loop.call_soon_threadsafe(finish, error)

        threading.Thread(target=run, daemon=True).start()

    def _pressed(self, key: str) -> Callable[[KeyPressEvent], None]:
        return lambda _event: self._press(key)

    def _press(self, key: str) -> None:
        if len(key) == 1 and not key.isprintable():
            return
        self.live.press(key)
        self._acted()

    def _pasted(self, event: KeyPressEvent) -> None:
        text = clean(event.data)
        if self.live.panel and self.live.panel.typing:
            self.entry.insert_text(text)
        else:
            self.live.paste(text)
        self._acted()

    def _follow(self) -> None:
        """After each key: the entry of a new panel, the focus, the end of the call."""
        if self.live.panel is not self.panel:
            self.panel = self.live.panel
            text = (self.panel.text or "") if self.panel else ""
            self.entry.text = text
            self.entry.cursor_position = len(text)
        if self.live.panel and self.live.panel.typing:
            self._render(self.app)  # the window of the entry has to be there before it can have the focus
            self.app.layout.focus(self.field)
        if self.live.over and not self.app.is_done:
            self.app.exit()
        self.app.invalidate()

    def _acted(self) -> None:
        """After what may have caused events: a program that shares the terminal may print them."""
        self._follow()
        for delay in REPAIRS if self.shared else ():
            asyncio.get_running_loop().call_later(delay, self._repair)

    def _repair(self) -> None:
        """The whole screen anew: somebody may have printed over it."""
        if not self.app.is_done:
            self.app.renderer.clear()
            self.app.invalidate()

    def _copy(self, text: str) -> None:
        """OSC 52: the terminal itself puts it on the clipboard, also across ssh."""
        self.output.write_raw(f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07")
        self.output.flush()
