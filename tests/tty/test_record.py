"""The end and the start of a call in a real terminal: its record saved, changed, thrown away or left; what is still owed."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.views.messages import word
from tests.records.stores import incident, promise, save, store
from tests.support import LANGS
from tests.tty.terminal import CYRILLIC, Terminals, flat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support import Place
    from tests.tty.terminal import Terminal

PHONE = "+7 701 234 56 78"
PLAIN = {"TERM": "dumb"}


@pytest.fixture
def path(at: Place) -> Path:
    at.variables["CLIENTCOACH_DB"] = str(at.home / "records.db")
    return at.home / "records.db"


@pytest.fixture
def start(at: Place, path: Path) -> Iterator[Callable[..., Terminal]]:
    found = Terminals(at)
    yield found.start
    found.close()


def said(at: Place, key: str, lang: str = "en", **params: object) -> str:
    strings = at.session().strings(lang)
    assert key in strings, key
    return flat(word(strings, key, **params))


def at_record(
    at: Place, start: Callable[..., Terminal], *argv: str, keys: Callable[[str], str] = str, lang: str = "en", **more: Any
) -> Terminal:
    """A call in which one line was said and a call back was promised, ended: the record is on the screen."""
    terminal = start("call", "--ui", lang, "--cause", "delivery", *argv, **more)
    terminal.wait_for(said(at, "key.keys", lang))
    terminal.press("enter", *map(keys, "jaaao"))
    terminal.wait_for(said(at, "screen.end", lang))
    terminal.press("enter")
    terminal.wait_for(said(at, "record.title", lang), said(at, "task.call", lang))
    return terminal


def drafts(at: Place) -> list[Any]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((at.home / "clientcoach").glob("incident-*"))]


def journals(at: Place) -> list[Path]:
    return sorted((at.home / "clientcoach").glob("call-*"))


def saved(at: Place) -> list[Any]:
    found: list[Any] = at.run("log", "list", "--json").json["incidents"]
    return found


def locked(path: Path) -> sqlite3.Connection:
    with store(path):
        pass
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other


# the end -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "keys"), [("en", str), ("pl", str), ("ru", CYRILLIC.get), ("kk", CYRILLIC.get)])
def test_one_key_saves_it_and_says_so(at: Place, start: Callable[..., Terminal], lang: str, keys: Any) -> None:
    terminal = at_record(at, start, "--order", "4471", lang=lang, keys=lambda key: keys(key) or key)
    (draft,) = drafts(at)
    terminal.press("enter")
    assert terminal.left() == 0
    (found,) = saved(at)
    assert found["id"] == draft["id"]
    assert (found["cause"], found["reference"], found["outcome"]) == ("delivery", "4471", "open")
    assert said(at, "record.saved", lang, id=found["id"][:13]) in terminal.words()
    assert said(at, "record.in_ledger", lang, count=1) in terminal.words()
    assert [one["what"] for one in at.run("promises", "--json").json["promises"]] == [said(at, "task.call", lang)]
    assert (drafts(at), journals(at)) == ([], [])
    assert not terminal.window.other


@pytest.mark.parametrize(("lang", "keys"), [("en", str), ("ru", CYRILLIC.get)])
def test_letters_change_it_and_what_names_a_person_is_masked(at: Place, start: Callable[..., Terminal], lang: str, keys: Any) -> None:
    terminal = at_record(at, start, lang=lang, keys=lambda key: keys(key) or key)
    typed = {"w": "a pause", "b": "ask sooner", "d": f"called {PHONE}", "r": "K-77"}
    for (key, text), name in zip(typed.items(), ("worked", "better", "did", "reference"), strict=True):
        terminal.press(keys(key) or key)
        terminal.wait_for(said(at, f"record.ask_{name}", lang))
        terminal.press(text, "enter")
        terminal.wait_for(said(at, "record.title", lang), text.replace(PHONE, "[phone]"))
    assert PHONE not in terminal.text()
    assert said(at, "mask.phone", lang) in terminal.words()
    terminal.press("enter")
    assert terminal.left() == 0
    (found,) = saved(at)
    assert (found["worked"], found["better"], found["measures"], found["reference"]) == (
        "a pause",
        "ask sooner",
        ["called [phone]"],
        "K-77",
    )
    assert PHONE.encode() not in (at.home / "records.db").read_bytes()


def test_thrown_away_nothing_is_left(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = at_record(at, start)
    terminal.press("x")
    terminal.wait_for(said(at, "record.ask_discard"))
    terminal.press("enter")
    terminal.wait_for(said(at, "record.title"))
    assert len(drafts(at)) == 1
    terminal.press("x", "x")
    assert terminal.left() == 0
    assert said(at, "record.gone") in terminal.words()
    assert (drafts(at), journals(at), saved(at)) == ([], [], [])


@pytest.mark.parametrize("key", ["escape", "ctrl-d"])
def test_left_for_later_it_waits_and_is_told_of_at_the_next_start(at: Place, start: Callable[..., Terminal], key: str) -> None:
    terminal = at_record(at, start)
    terminal.press(key)
    assert terminal.left() == 0
    assert said(at, "record.draft") in terminal.words()
    assert saved(at) == []
    again = start("call")
    again.wait_for(said(at, "log.waiting", count=1))
    assert at.run("log", "add", "--drafts").code == 0
    assert len(saved(at)) == 1
    assert drafts(at) == []


@pytest.mark.parametrize("keys", [(), ("w", "half a tho")])
def test_killed_at_the_record_a_draft_is_left(at: Place, start: Callable[..., Terminal], keys: tuple[str, ...]) -> None:
    terminal = at_record(at, start)
    terminal.press("d", "called the depot", "enter")
    terminal.wait_for(said(at, "record.title"), "called the depot")
    terminal.press(*keys)
    os.kill(terminal.child.pid, signal.SIGKILL)
    terminal.left()
    assert journals(at) == [], "there is no call to resume"
    assert at.run("log", "add", "--drafts").code == 0
    (found,) = saved(at)
    assert found["measures"] == ["called the depot"]
    assert len(found["promises"]) == 1


def test_a_closed_window_at_the_record_leaves_a_draft(at: Place, start: Callable[..., Terminal]) -> None:
    at_record(at, start).shut()
    assert (len(drafts(at)), journals(at)) == (1, [])


@pytest.mark.parametrize(("key", "code"), [("ctrl-c", 130), (signal.SIGTERM, 143)])
def test_stopped_at_the_record_it_waits_and_that_is_said(at: Place, start: Callable[..., Terminal], key: Any, code: int) -> None:
    terminal = at_record(at, start)
    if key == "ctrl-c":
        terminal.press(key)
    else:
        os.kill(terminal.child.pid, key)
    assert terminal.left() == code
    assert "clientcoach log add --drafts" in terminal.words()
    assert "--resume" not in terminal.words()
    assert "Traceback" not in terminal.text()
    assert (len(drafts(at)), journals(at)) == (1, [])


def test_a_locked_store_is_waited_for_in_sight_and_the_keys_stay_alive(at: Place, start: Callable[..., Terminal], path: Path) -> None:
    other = locked(path)
    terminal = at_record(at, start)
    terminal.press("enter")
    terminal.wait_for(said(at, "record.saving"))
    terminal.resize(100, 30)
    terminal.wait_for(lambda: terminal.rows()[1] == "─" * 100)
    other.execute("ROLLBACK")
    assert terminal.left() == 0
    assert len(saved(at)) == 1
    assert drafts(at) == []


@pytest.mark.parametrize(("key", "code"), [("escape", 0), ("ctrl-c", 130)])
def test_nobody_has_to_wait_for_a_locked_store(at: Place, start: Callable[..., Terminal], path: Path, key: str, code: int) -> None:
    other = locked(path)
    terminal = at_record(at, start)
    terminal.press("enter")
    terminal.wait_for(said(at, "record.saving"))
    terminal.press(key)
    assert terminal.left() == code
    assert said(at, "record.draft") in terminal.words()
    other.execute("ROLLBACK")
    assert at.run("log", "add", "--drafts").code == 0
    assert len(saved(at)) == 1


def test_a_store_that_cannot_be_written_is_told_and_the_draft_stays(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = at_record(at, start, CLIENTCOACH_DB="/proc/nothing/records.db", size=(120, 30))
    terminal.press("enter")
    terminal.wait_for("/proc/nothing/records.db", "log add --drafts", said(at, "record.title"))
    terminal.press("escape")
    assert terminal.left() == 0
    assert "Traceback" not in terminal.text()
    assert len(drafts(at)) == 1


def test_a_call_with_nothing_in_it_has_no_record(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = start("call", "--cause", "delivery")
    terminal.wait_for(said(at, "key.keys"))
    terminal.press("o")
    terminal.wait_for(said(at, "screen.end"))
    terminal.press("enter")
    assert terminal.left() == 0
    assert said(at, "call.write_down") in terminal.words()
    assert (drafts(at), saved(at)) == ([], [])


def test_the_events_of_a_call_are_the_same_with_its_record(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = start(shell="coach call --json --cause delivery > events")
    terminal.wait_for(said(at, "key.keys"))
    terminal.press("enter", "o")
    terminal.wait_for(said(at, "screen.end"))
    terminal.press("enter")
    terminal.wait_for(said(at, "record.title"))
    terminal.press("enter")
    assert terminal.left() == 0
    events = [json.loads(line) for line in (at.cwd / "events").read_text(encoding="utf-8").splitlines()]
    assert [event["type"] for event in events][-1] == "end"
    assert said(at, "record.saved", id=saved(at)[0]["id"][:13]) in terminal.words()


# in lines ------------------------------------------------------------------------------------------------------------------------


def in_lines(at: Place, start: Callable[..., Terminal], lang: str = "en") -> Terminal:
    terminal = start("call", "--ui", lang, "--cause", "delivery", size=(250, 60), **PLAIN)
    for line in ("", "j call back / 2h", "o", "o"):
        prompt(terminal)
        terminal.press(line, "enter")
    terminal.wait_for(said(at, "record.title", lang), said(at, "record.lines", lang))
    prompt(terminal)
    return terminal


def prompt(terminal: Terminal) -> None:
    before = len(terminal.raw)
    terminal.wait_for(lambda: terminal.raw.endswith(b"\r\n: ") and (before == 0 or len(terminal.raw) >= before))


@pytest.mark.parametrize("lang", LANGS)
def test_in_lines_enter_saves_too(at: Place, start: Callable[..., Terminal], lang: str) -> None:
    terminal = in_lines(at, start, lang)
    assert len(drafts(at)) == 1
    terminal.press("enter")
    assert terminal.left() == 0
    assert said(at, "record.saved", lang, id=saved(at)[0]["id"][:13]) in terminal.words()
    assert drafts(at) == []
    assert b"\x1b" not in terminal.raw


def test_in_lines_a_letter_and_a_text_change_it(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = in_lines(at, start)
    for typed, shown in (
        ("w a pause", "a pause"),
        (f"в called {PHONE}", "called [phone]"),
        ("q you idiot", "you idiot"),
        ("r K-5", "Case: K-5"),
    ):
        terminal.press(typed, "enter")
        terminal.wait_for(shown)
    terminal.press("nonsense", "enter")
    terminal.wait_for("nonsense” is not a key")
    terminal.press("h", "enter")
    terminal.wait_for(lambda: terminal.words().count(said(at, "record.lines")) == 2)
    terminal.press("enter")
    assert terminal.left() == 0
    (found,) = saved(at)
    assert (found["worked"], found["measures"], found["behaviours"], found["reference"]) == (
        "a pause",
        ["called [phone]"],
        ["you idiot"],
        "K-5",
    )


def test_in_lines_throwing_away_is_asked_once(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = in_lines(at, start)
    terminal.press("x", "enter")
    terminal.wait_for(said(at, "record.sure"))
    terminal.press("enter")
    terminal.press("x", "enter", "x", "enter")
    assert terminal.left() == 0
    assert said(at, "record.gone") in terminal.words()
    assert (drafts(at), saved(at)) == ([], [])


@pytest.mark.parametrize(("key", "code"), [("ctrl-d", 0), ("ctrl-c", 130)])
def test_in_lines_it_can_be_left_for_later(at: Place, start: Callable[..., Terminal], key: str, code: int) -> None:
    terminal = in_lines(at, start)
    terminal.press(key)
    assert terminal.left() == code
    assert said(at, "record.draft") in terminal.words()
    assert (len(drafts(at)), journals(at), saved(at)) == (1, [], [])


def test_in_lines_ctrl_c_ends_the_waiting_for_a_locked_store(at: Place, start: Callable[..., Terminal], path: Path) -> None:
    other = locked(path)
    terminal = in_lines(at, start)
    terminal.press("enter")
    terminal.wait_for(said(at, "record.saving"))
    terminal.press("ctrl-c")
    assert terminal.left() == 130
    assert "Traceback" not in terminal.text()
    assert len(drafts(at)) == 1
    other.close()


# the start -----------------------------------------------------------------------------------------------------------------------


def owing(path: Path) -> None:
    with store(path) as kept:
        made = [
            promise(due=due, due_at=f"{due}T09:00:00Z", reference="K-1042", what=f"task {due}")
            for due in ("2026-11-20", "2026-12-01", "2026-12-09")
        ]
        save(kept, incident(reference="K-1042", warnings=1, promises=made))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("named", ["--reference", "--order"])
def test_what_is_still_owed_stands_on_the_screen(at: Place, start: Callable[..., Terminal], path: Path, lang: str, named: str) -> None:
    owing(path)
    terminal = start("call", "--ui", lang, named, "K-1042")
    warned = said(at, "screen.warned_before", lang, count=1, required=2)
    terminal.wait_for(said(at, "screen.owed", lang), "task 2026-11-20", "task 2026-12-01", warned)
    late = said(at, "screen.owed_late", lang, promise="").split(",")[0]
    (row,) = [row for row in terminal.rows() if late in row]
    assert "task 2026-11-20" in row
    assert "task 2026-12-09" not in terminal.text()
    terminal.press("n")
    terminal.wait_for("task 2026-12-09", warned)


def test_it_is_looked_up_when_the_number_is_learned_in_the_call(at: Place, start: Callable[..., Terminal], path: Path) -> None:
    owing(path)
    terminal = start("call")
    terminal.wait_for(said(at, "key.keys"))
    assert said(at, "screen.owed") not in terminal.words()
    terminal.press("f", "s", "K-1042", "enter")
    terminal.wait_for(said(at, "screen.owed"), "task 2026-11-20")
    terminal.press("enter", "enter")
    terminal.wait_for("task 2026-11-20")


def test_in_lines_it_is_told_too(at: Place, start: Callable[..., Terminal], path: Path) -> None:
    owing(path)
    terminal = start("call", "--reference", "K-1042", size=(120, 60), **PLAIN)
    terminal.wait_for("task 2026-11-20", "task 2026-12-01", "task 2026-12-09", said(at, "screen.warned_before", count=1, required=2))
    other = start("call", size=(120, 60), **PLAIN)
    prompt(other)
    assert "task" not in other.text()
    other.press("f order=K-1042", "enter")
    other.wait_for("task 2026-11-20")


def test_a_store_that_cannot_be_read_delays_and_breaks_nothing(at: Place, start: Callable[..., Terminal], path: Path) -> None:
    path.write_bytes(b"no store " * 1000)
    terminal = start("call", "--reference", "K-1042")
    terminal.wait_for(said(at, "screen.owed_unread"), said(at, "key.keys"))
    terminal.press("b")
    terminal.wait_for(said(at, "screen.anger", value=7))
    lines = start("call", "--reference", "K-1042", size=(120, 60), **PLAIN)
    lines.wait_for(said(at, "screen.owed_unread"))
    prompt(lines)


@pytest.mark.parametrize("variables", [{}, PLAIN])
def test_a_locked_store_stops_no_key(at: Place, start: Callable[..., Terminal], path: Path, variables: dict[str, str]) -> None:
    owing(path)
    other = locked(path)
    terminal = start("call", "--reference", "K-1042", **variables)
    if variables:
        prompt(terminal)
        terminal.press("b", "enter")
        terminal.wait_for(said(at, "call.anger", to="7"))
    else:
        terminal.wait_for(said(at, "key.keys"))
        terminal.press("b")
        terminal.wait_for(said(at, "screen.anger", value=7))
        other.execute("ROLLBACK")
        terminal.wait_for("task 2026-11-20")
    other.close()


HOSTILE = "a\x1b]52;c;eA==\x07\x1b[31m\u202eb [bold]c[/] {x}"


def test_hostile_texts_are_harmless_in_the_record(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = at_record(at, start, "--item", HOSTILE, "--order", HOSTILE, size=(120, 30))
    terminal.wait_for("[bold]c[/] {x}")
    terminal.press("q")
    terminal.wait_for(said(at, "record.ask_quote"))
    terminal.paste(f"{HOSTILE}\nxx\r")
    terminal.press("enter")
    terminal.wait_for(said(at, "record.title"), "{x} xx")
    assert "\u202e".encode() not in terminal.raw
    assert terminal.clipboard() == []
    terminal.press("enter")
    assert terminal.left() == 0
    (found,) = saved(at)
    assert all(text.isprintable() for text in [found["behaviours"][0], found["reference"], *(one["value"] for one in found["facts"])])
