"""`drill cards` in a real (pseudo) terminal: a card, its answer by Enter, whether it was had, and what is left at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.views.messages import word
from tests.support import LANGS
from tests.tty.terminal import Terminal, Terminals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support import Place

    Start = Callable[..., Terminal]

SIZE = (90, 50)
KEYS = {"en": "2", "ru": "2", "pl": "2", "kk": "ә"}  # the second answer; the Kazakh number row has letters


@pytest.fixture
def start(at: Place) -> Iterator[Start]:
    found = Terminals(at)
    yield lambda *argv, **more: found.start("drill", "cards", *argv, size=SIZE, **more)
    found.close()


def cards(at: Place, *argv: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = at.run("drill", "cards", *argv, "--json").json["cards"]
    return found


@pytest.mark.parametrize(("lang", "to"), [("en", "pl"), ("ru", "kk"), ("pl", "ru"), ("kk", "en")])
def test_each_answer_comes_by_enter_and_the_count_at_the_end(at: Place, start: Start, lang: str, to: str) -> None:
    argv = ("--from", lang, "--to", to, "--count", "3", "--seed", "5")
    strings, told = at.session().strings(lang), cards(at, *argv)
    terminal = start(*argv, "--ui", lang)
    for number, card in enumerate(told):
        terminal.wait_for(card["shown"], word(strings, "drill.cards_show"))
        assert card["wanted"] not in terminal.words()
        terminal.press("enter")
        terminal.wait_for(card["wanted"], word(strings, "drill.cards_right"))
        terminal.press("enter" if number else KEYS[lang])  # the first was not had
    terminal.wait_for(word(strings, "drill.cards_end", right=2, count=3), word(strings, "drill.cards_missed"))
    assert terminal.left() == 0
    words = terminal.words()
    assert words.count(told[0]["wanted"]) == 2
    assert words.count(told[1]["wanted"]) == 1


@pytest.mark.parametrize(("key", "code"), [("ctrl-d", 3), ("ctrl-c", 130)])
def test_leaving_is_possible_at_any_time(at: Place, start: Start, key: str, code: int) -> None:
    terminal = start("--from", "en", "--to", "pl", "--seed", "5")
    terminal.wait_for("1/10", word(at.session().strings("en"), "drill.cards_show"))
    terminal.press(key)
    assert terminal.left() == code
    assert "Traceback" not in terminal.text()


def test_a_dumb_terminal_asks_line_by_line(at: Place, start: Start) -> None:
    terminal = start("--from", "en", "--to", "pl", "--seed", "5", "--count", "1", TERM="dumb")
    strings = at.session().strings("en")
    terminal.wait_for(word(strings, "drill.cards_show"))
    terminal.press("enter")
    terminal.wait_for(cards(at, "--from", "en", "--to", "pl", "--seed", "5", "--count", "1")[0]["wanted"])
    terminal.press("2", "enter")
    terminal.wait_for(word(strings, "drill.cards_end", right=0, count=1))
    assert terminal.left() == 0


def test_every_language_asks_in_its_own(at: Place) -> None:
    shown = {word(at.session().strings(lang), "drill.cards_show") for lang in LANGS}
    assert len(shown) == len(LANGS)
