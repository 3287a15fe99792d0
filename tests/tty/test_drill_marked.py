"""`drill spot` and `drill replay` in a real (pseudo) terminal: a turn is marked, Enter reveals the next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.views.messages import word
from tests.drill.answers import answers, file, played
from tests.support import LANGS
from tests.tty.terminal import Terminal, Terminals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support import Place

    Start = Callable[..., Terminal]

KAZAKH = str.maketrans("1234567890", '"әіңғ,.үұқ')
SIZE = (90, 80)


@pytest.fixture
def start(at: Place) -> Iterator[Start]:
    found = Terminals(at)
    yield lambda *argv, **more: found.start(*argv, size=SIZE, **more)
    found.close()


def told(at: Place, key: str, lang: str = "en", **params: object) -> str:
    return word(at.session().strings(lang), key, **params)


def spotted(at: Place, lang: str = "en") -> Any:
    return at.run("drill", "spot", "sum_up", "--lang", lang, "--seed", "2", "--answer", "1", "--json").json


@pytest.mark.parametrize("lang", LANGS)
def test_a_turn_is_marked(at: Place, start: Start, lang: str) -> None:
    made = spotted(at, lang)
    turn, count = made["fault"]["turn"], len(made["turns"])
    terminal = start("drill", "spot", "sum_up", "--lang", lang, "--ui", lang, "--seed", "2")
    terminal.wait_for(told(at, "debrief.spot_ask", lang, turns=count))
    typed = str(turn).translate(KAZAKH) if lang == "kk" else str(turn)
    for keys in ("x", "0", str(count + 1), "", "9" * 5000, typed):
        terminal.press(keys, "enter")
    assert terminal.left() == 0
    right = told(at, "debrief.spot_right", lang, turn=turn, said="", acts="").partition(":")[0]
    assert right in terminal.words()
    assert made["fault"]["why"] in terminal.words()
    assert made["fault"]["instead_said"] in terminal.words()


def test_another_turn_is_told_calmly(at: Place, start: Start) -> None:
    made = spotted(at)
    terminal = start("drill", "spot", "sum_up", "--seed", "2", "--ui", "en")
    terminal.wait_for(told(at, "debrief.spot_ask", turns=len(made["turns"])))
    terminal.press("1" if made["fault"]["turn"] > 1 else "2", "enter")
    assert terminal.left() == 0
    assert f"It is turn {made['fault']['turn']}:" in terminal.words()


def test_leaving_is_no_answer(at: Place, start: Start) -> None:
    for key, code in (("ctrl-d", 3), ("ctrl-c", 130)):
        terminal = start("drill", "spot", "sum_up", "--seed", "2", "--ui", "en")
        terminal.wait_for(told(at, "debrief.spot_ask", turns=len(spotted(at)["turns"])))
        terminal.press(key)
        assert terminal.left() == code
        assert spotted(at)["fault"]["why"] not in terminal.words()


def test_another_call_every_day(at: Place, start: Start) -> None:
    shown = set()
    for day in ("2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28"):
        terminal = start("drill", "spot", "--ui", "en", CLIENTCOACH_NOW=f"{day}T10:00:00+05:00")
        terminal.wait_for("Which turn is it?")
        shown.add(terminal.words())
        terminal.press("ctrl-d")
        assert terminal.left() == 3
    assert len(shown) > 1


def test_enter_reveals_turn_by_turn(at: Place, start: Start) -> None:
    talk = played(at, "late-sofa", "en", 3)
    ran = at.run("drill", "run", "late-sofa", "--lang", "en", "--answers", file(at, *answers(talk)), "--seed", "3", "--json")
    (at.cwd / "drill.ndjson").write_text(ran.out, encoding="utf-8")
    events = [json.loads(line) for line in ran.out.splitlines()]
    said = [event["text"] for event in events if event["type"] == "customer"]
    terminal = start("drill", "replay", "drill.ndjson", "--ui", "en")
    for number, text in enumerate(said):
        terminal.wait_for(text)
        terminal.settle()
        assert all(later not in terminal.words() for later in said[number + 1 :])
        terminal.press("enter")
    terminal.wait_for(*events[-1]["lines"][:1])
    assert terminal.left() == 0


def test_a_replay_is_left(at: Place, start: Start) -> None:
    ran = at.run("drill", "run", "late-sofa", "--lang", "en", "--answers", file(at, *answers(played(at, "late-sofa", "en"))), "--json")
    (at.cwd / "drill.ndjson").write_text(ran.out, encoding="utf-8")
    for key, code in (("ctrl-d", 3), ("ctrl-c", 130)):
        terminal = start("drill", "replay", "drill.ndjson", "--ui", "en")
        terminal.wait_for(told(at, "debrief.enter"), json.loads(ran.out.splitlines()[1])["text"])
        terminal.press(key)
        assert terminal.left() == code
    whole = start("drill", "replay", "drill.ndjson", "--no-input", "--ui", "en")
    assert whole.left() == 0
