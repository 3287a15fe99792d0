"""The screens of a call as text files, one per language and size. `python -m tests.tty.snapshots` renews them; a test compares."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from clientcoach.views.messages import word
from tests.support import LANGS, Place
from tests.tty.terminal import Terminals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.tty.terminal import Terminal

FOLDER = Path(__file__).parent / "snapshots"
SIZES = ((80, 24), (40, 12), (200, 60))
TONGUES = (*((lang, lang) for lang in LANGS), ("kk", "ru"))  # of the phrases, of the interface
ALL = [(lang, ui, size) for lang, ui in TONGUES for size in SIZES]
CLOCK = re.compile(r"\A \d\d:\d\d")
COUNTDOWN = re.compile(r"\d\d:\d\d")


def path_of(lang: str, ui: str, size: tuple[int, int]) -> Path:
    """Where the screens of a language and size are kept."""
    return FOLDER / f"{lang if lang == ui else f'{lang}-{ui}'}-{size[0]}x{size[1]}.txt"


def drawn(at: Place, lang: str, ui: str, size: tuple[int, int]) -> str:
    """All screens, each under its heading."""
    terminals = Terminals(at)
    terminal = terminals.start("call", "--lang", lang, "--ui", ui, size=size)
    strings = at.session().strings(ui)
    try:
        shown = [f"=== {name}\n{rows}\n" for name, rows in _scenes(at, terminal, lang, ui, lambda key: word(strings, key))]
        shown.append(f"=== the start, something is owed\n{_owed(at, terminals, lang, ui, size)}\n")
    finally:
        terminals.close()
    return "\n".join(shown)


def _scenes(at: Place, terminal: Terminal, lang: str, ui: str, told: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    call = at.call({}, lang, ui)

    def act(do: str, **more: object) -> None:
        call.act({"do": do, **more})

    def scene(*wanted: str | Callable[[], object]) -> str:
        line = call.line()
        terminal.wait_for(*(wanted or [lambda: terminal.says(line["text"], told("call.next"))]))
        terminal.settle()
        return CLOCK.sub(" mm:ss", terminal.text()).rstrip("\n")

    terminal.wait_for(told("key.next"))
    yield "second 0", scene()
    terminal.press("f")
    yield "f: facts", scene(told("screen.fact"))
    terminal.press("a", "d", "f", "s", "4471", "enter")
    act("fact", set={"cause": "delivery", "order": "4471"})
    yield "two facts known", scene()
    terminal.press("x")
    yield "x: interruptions", scene(told("screen.interruption"))
    terminal.press("a")
    act("interrupt", kind="insult")
    yield "x a: an insult", scene()
    terminal.press("backspace", "x", "x")
    act("return")
    act("interrupt", kind="threat")
    yield "x x: the safety card", scene()
    terminal.press("i", "r")
    act("return")
    act("go", step="propose")
    while call.line()["part"] != "options":
        terminal.press("enter")
        act("next")
    yield "step 4", scene()
    terminal.press("g")
    yield "g: offers", scene(told("screen.offers"))
    terminal.press("escape", "j", "a", "a")
    yield "j: a promise, by when", scene(told("screen.when"))
    terminal.press("escape", "c")
    yield "c: how long on hold", scene(told("screen.hold_for"))
    terminal.press("c")
    act("hold", **{"for": "2m"})
    yield "c c: a hold, asked", scene()
    terminal.press("enter")
    act("next")
    yield "a hold, waiting", COUNTDOWN.sub("mm:ss", scene(lambda: COUNTDOWN.search(terminal.text().partition("\n")[2])))
    terminal.press("c", "v", "h")
    yield "h: keys", scene(told("screen.keys"))
    terminal.press("escape", "n")
    yield "n: notes", scene(told("screen.notes"))
    terminal.press("escape", "t")
    act("next")
    act("go", step="follow_up")
    yield "step 5", scene()
    terminal.press("o")
    yield "o: the end", scene(told("screen.end"))
    terminal.press("a")
    yield "o a: the record", scene(told("record.title"))
    masked = word(at.session().strings(ui), "log.masked", found="")[:20]
    terminal.press("d", "4111 1111 1111 1111", "enter")
    yield "d: what was done, masked", scene(told("record.title"), lambda: masked in terminal.text())
    terminal.press("x")
    yield "x: thrown away, asked once", scene(told("record.discard"))
    terminal.press("escape")
    scene(told("record.title"))
    terminal.press("enter")
    terminal.left()


def _owed(at: Place, terminals: Terminals, lang: str, ui: str, size: tuple[int, int]) -> str:
    """The start of a call about a matter in which something was promised before."""
    for due in ("2026-11-20T15:00", "2026-11-30", "2026-12-09"):
        at.run("promises", "add", f"4471/{due[8:10]}", "--due", due, "--owner", "Anna", "--reference", "K-1042")
    at.run("log", "add", "--from", "-", stdin='{"schema": "clientcoach/incident@1", "reference": "K-1042", "warnings": 1}')
    terminal = terminals.start("call", "--lang", lang, "--ui", ui, "--reference", "K-1042", size=size)
    terminal.wait_for(word(at.session().strings(ui), "screen.owed"))
    terminal.settle()
    return CLOCK.sub(" mm:ss", terminal.text()).rstrip("\n")


def main() -> int:
    """Writes all files anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, (lang, ui, size) in enumerate(ALL):
            at = Place(Path(folder) / str(number), Path(folder) / "cache")
            at.cwd.mkdir(parents=True)
            path_of(lang, ui, size).write_text(drawn(at, lang, ui, size), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
