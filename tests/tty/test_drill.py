"""A drill in a real (pseudo) terminal: by keys, by own words, broken off and resumed, left; what is looked at after it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.content import library
from clientcoach.drill.debrief import debrief
from clientcoach.drill.picks import picks, reference, unsaid
from clientcoach.drill.talk import Talk, calls_back
from clientcoach.views.messages import word
from tests.drill.answers import answers, file, played
from tests.support import LANGS, validate
from tests.tty.terminal import CYRILLIC, Terminal, Terminals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support import Place

    Start = Callable[..., Terminal]

NAME, SIZE = "late-sofa", (100, 60)
ROWS = {"en": "1234", "ru": [CYRILLIC[key] for key in "asdf"], "pl": "asdf", "kk": '"әің'}  # what the four lines can be taken with
OWN = "I can hear how angry that makes you, you waited for the sofa on Tuesday and nobody came."


@pytest.fixture
def start(at: Place) -> Iterator[Start]:
    found = Terminals(at)
    yield lambda *argv, **more: found.start(*argv, size=SIZE, **more)
    found.close()


def results(at: Place) -> list[Any]:
    path = at.home / ".local" / "share" / "clientcoach" / "drills.ndjson"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def journals(at: Place) -> list[Path]:
    return sorted((at.home / "clientcoach").glob("drill-*")) if (at.home / "clientcoach").exists() else []


def told(at: Place, key: str, lang: str = "en", **params: object) -> str:
    return word(at.session().strings(lang), key, **params)


def begun(at: Place, seed: int = 1, lang: str = "en", name: str = NAME) -> Talk:
    """The call that the terminal shows, to be played beside it."""
    places = at.session().places
    return Talk(library.drill_model(places), library.persona(places, name, lang), seed)


def asked(at: Place, lang: str = "en") -> str:
    return told(at, "drill.turn", lang)


def good(talk: Talk) -> int:
    """The place of the line that the reference would say."""
    return [one.acts for one in picks(talk)].index(unsaid(talk, reference(talk)))


def shown(terminal: Terminal, *texts: str | Callable[[], Any]) -> None:
    """Waits until the window shows texts, wherever its edge breaks them."""
    terminal.wait_for(*texts)


def pick(at: Place, terminal: Terminal, talk: Talk, place: int, lang: str = "en") -> None:
    one = picks(talk)[place]
    shown(terminal, asked(at, lang), one.text)
    terminal.press(ROWS[lang][place])
    shown(terminal, talk.take(one.acts, one.text).answer)


def play(at: Place, terminal: Terminal, talk: Talk, lang: str = "en") -> None:
    """To the end, as the reference would."""
    while not talk.ended:
        pick(at, terminal, talk, good(talk), lang)
    shown(terminal, told(at, "drill.saved", lang), told(at, "drill.more", lang))


@pytest.mark.parametrize("lang", LANGS)
def test_a_whole_drill_by_keys(at: Place, start: Start, lang: str) -> None:
    """By the keys of each keyboard: digits, the home row of ЙЦУКЕН, the number row of the Kazakh layout."""
    terminal, talk = start("drill", "run", NAME, "--lang", lang, "--ui", lang, "--seed", "1"), begun(at, 1, lang)
    shown(terminal, talk.persona["title"], talk.persona["who"], talk.opening)
    play(at, terminal, talk, lang)
    (found,) = results(at)
    validate(found, "drill-result")
    assert (found["persona"], found["lang"], found["seed"], found["end"]) == (NAME, lang, 1, talk.state.end)
    assert found["acts"] == [list(one.acts) for one in talk.rounds]
    assert found["said"] == [one.said for one in talk.rounds]
    assert journals(at) == []
    assert debrief(talk)["process"] == found["process"]
    terminal.press("enter")
    assert terminal.left() == 0


def test_own_words_are_told_before_they_count(at: Place, start: Start) -> None:
    terminal, talk = start("drill", "run", NAME, "--seed", "1"), begun(at)
    shown(terminal, asked(at))
    terminal.press("t")
    shown(terminal, told(at, "drill.write"))
    terminal.press(OWN, "enter")
    shown(terminal, told(at, "drill.read_as", acts=""), told(at, "drill.take"))
    assert talk.opening in terminal.words()
    terminal.press("enter")
    shown(terminal, f"You: {OWN}", "Read as: ", asked(at))
    terminal.press("ctrl-c")
    assert terminal.left() == 130


def test_own_words_are_corrected(at: Place, start: Start) -> None:
    terminal, talk = start("drill", "run", NAME, "--seed", "1"), begun(at)
    shown(terminal, asked(at))
    terminal.press("t")
    shown(terminal, told(at, "drill.write"))
    terminal.press("Go on, I am writing it down.", "enter")
    shown(terminal, told(at, "drill.take"))
    terminal.press("c")
    shown(terminal, told(at, "drill.which"), told(at, "drill.which_how"))
    shown(terminal, lambda: terminal.text().count("●") == 1)
    terminal.press(" ", "enter")
    shown(terminal, told(at, "drill.one_at_least"))
    terminal.press("down", " ", "enter")
    shown(terminal, asked(at), "You: Go on, I am writing it down.")
    terminal.press("ctrl-c")
    assert terminal.left() == 130
    (journal,) = journals(at)
    state = json.loads(journal.read_text(encoding="utf-8").splitlines()[-1])
    assert (state["by"], state["acts"]) == (["act"], [["explore"]])
    assert "writing" not in journal.read_text(encoding="utf-8")
    assert talk.state.turn == 0


def test_words_that_say_nothing_known_may_be_said_again(at: Place, start: Start) -> None:
    terminal = start("drill", "run", NAME, "--seed", "1")
    shown(terminal, asked(at))
    terminal.press("t")
    shown(terminal, told(at, "drill.write"))
    terminal.press("Bananas", "enter")
    shown(terminal, told(at, "drill.unread"), told(at, "drill.name_it"))
    terminal.press("t")
    shown(terminal, lambda: told(at, "drill.unread") not in terminal.words(), told(at, "drill.write"))
    terminal.press("enter")
    shown(terminal, asked(at))
    assert "Bananas" not in terminal.words()
    terminal.press("o")
    assert terminal.left() == 3


def test_a_hint_is_a_key_away(at: Place, start: Start) -> None:
    terminal, talk = start("drill", "run", NAME, "--seed", "1"), begun(at)
    shown(terminal, asked(at))
    terminal.press("р")  # the key H as ЙЦУКЕН prints it
    shown(terminal, told(at, "drill.hint", tip=library.drill_words(at.session().places, "en")["rules"]["let_finish"]["tip"]))
    play(at, terminal, talk)
    assert "let_finish" in results(at)[0]["prompted"]
    terminal.press("o")
    assert terminal.left() == 0


def test_broken_off_and_resumed(at: Place, start: Start) -> None:
    terminal, talk = start("drill", "run", NAME, "--seed", "1", "--session", "monday"), begun(at)
    pick(at, terminal, talk, good(talk))
    pick(at, terminal, talk, good(talk))
    shown(terminal, asked(at))
    terminal.press("ctrl-c")
    assert terminal.left() == 130
    assert told(at, "drill.go_on") in terminal.words()
    assert results(at) == []
    (journal,) = journals(at)
    assert journal.stat().st_mode & 0o777 == 0o600
    other = start("drill", "run", NAME)
    shown(other, told(at, "drill.left_behind"), asked(at))
    other.press("o")
    assert other.left() == 3
    again = start("drill", "run", "--resume")
    shown(again, talk.opening, *(one.answer for one in talk.rounds), asked(at))
    play(at, again, talk)
    (found,) = results(at)
    assert (found["acts"], found["session"]) == ([list(one.acts) for one in talk.rounds], "monday")
    assert journals(at) == []
    again.press("o")
    assert again.left() == 0
    assert start("drill", "run", "--resume").left() == 1


def test_a_closed_window_breaks_off_too(at: Place, start: Start) -> None:
    terminal, talk = start("drill", "run", NAME, "--seed", "1"), begun(at)
    pick(at, terminal, talk, good(talk))
    shown(terminal, asked(at))
    terminal.shut()
    assert len(journals(at)) == 1
    again = start("drill", "--resume")
    shown(again, talk.rounds[0].answer, asked(at))


def test_a_result_that_cannot_be_saved_waits(at: Place, start: Start) -> None:
    """The debrief is shown, the drill is not lost: once there is a place for its result, resuming it saves it."""
    terminal, talk = start("drill", "run", NAME, "--seed", "1"), begun(at)
    pick(at, terminal, talk, good(talk))
    blocked = at.home / ".local" / "share" / "clientcoach"
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("no folder", encoding="utf-8")
    while not talk.ended:
        pick(at, terminal, talk, good(talk))
    assert terminal.left() == 6
    assert debrief(talk)["done_well"]["said"][:40] in terminal.words()
    assert len(journals(at)) == 1
    blocked.unlink()
    again = start("drill", "--resume")
    shown(again, told(at, "drill.saved"), told(at, "drill.more"))
    assert (len(results(at)), journals(at)) == (1, [])


@pytest.mark.parametrize("state", ['{"persona": "late-sofa"}', "[]", "{", '{"persona": "../..", "lang": "en", "seed": 1}'])
def test_a_journal_that_is_none_is_not_resumed(at: Place, start: Start, state: str) -> None:
    folder = at.home / "clientcoach"
    folder.mkdir(mode=0o700)
    (folder / "drill-1-1.ndjson").write_text(f"{state}\n", encoding="utf-8")
    terminal = start("drill", "--resume")
    assert terminal.left() == 1
    assert told(at, "error.nothing_drilled") in terminal.words()


@pytest.mark.parametrize("key", ["o", "щ", "ctrl-d"])
def test_left_on_purpose_it_is_gone(at: Place, start: Start, key: str) -> None:
    terminal, talk = start("drill", "run", NAME, "--seed", "1"), begun(at)
    pick(at, terminal, talk, good(talk))
    shown(terminal, asked(at))
    terminal.press(key)
    assert terminal.left() == 3
    assert told(at, "drill.not_kept") in terminal.words()
    assert (results(at), journals(at)) == ([], [])


@pytest.mark.parametrize(("name", "lang"), [("last-letter", "kk"), ("shouting-caller", "pl")])
def test_nobody_comes_upon_it_unasked(at: Place, start: Start, name: str, lang: str) -> None:
    persona = library.persona(at.session().places, name, lang)
    argv = ("drill", "run", name, "--lang", lang, "--ui", lang)
    terminal = start(*argv)
    shown(terminal, told(at, f"drill.warn_{persona['opt_in']}", lang), told(at, "drill.rather_not", lang))
    assert persona["title"] not in terminal.words()
    terminal.press("enter")
    assert terminal.left() == 3
    agreed = start(*argv)
    shown(agreed, told(at, "drill.begin_it", lang))
    agreed.press("b")
    shown(agreed, persona["title"], asked(at, lang))
    agreed.press("ctrl-d")
    assert agreed.left() == 3
    shown(start(*argv, "--opt-in", persona["opt_in"]), persona["title"], asked(at, lang))
    assert results(at) == []


def test_two_at_once_lose_nothing(at: Place, start: Start) -> None:
    one, other = begun(at, 1), begun(at, 2)
    first, second = start("drill", "run", NAME, "--seed", "1"), start("drill", "run", NAME, "--seed", "2")
    pick(at, first, one, good(one))
    pick(at, second, other, good(other))
    shown(second, asked(at))
    assert len(journals(at)) == 2
    second.press("ctrl-c")
    assert second.left() == 130
    second = start("drill", "run", "--resume")  # the one that broke off, not the one that goes on
    shown(second, other.opening, asked(at))
    play(at, first, one)
    play(at, second, other)
    assert sorted(found["seed"] for found in results(at)) == [1, 2]
    assert journals(at) == []


def test_what_is_due(at: Place, start: Start) -> None:
    """The first rule, in the easiest persona; and once more on that day, in another."""
    found = []
    ahead = told(at, "drill.ahead", day="2026-11-26")
    for number in range(2):
        terminal = start("drill", "--lang", "en")
        if not number:
            shown(terminal, told(at, "drill.spot_first"))
            terminal.press("s")
        shown(terminal, asked(at))
        assert (ahead in terminal.words()) is bool(number)
        begin = next(name for name in library.personas(at.session().places) if told_title(at, name) in terminal.words())
        found.append(begin)
        while told(at, "drill.more") not in terminal.words():
            terminal.press("1")
            terminal.settle()
        terminal.press("o")
        assert terminal.left() == 0
    assert [one["persona"] for one in results(at)] == found
    assert found[0] == "double-charge"
    assert found[0] != found[1]
    assert [one["rule"] for one in results(at)][0] == "let_finish"


def test_a_new_rule_begins_with_a_fault_to_find(at: Place, start: Start) -> None:
    terminal = start("drill", "--lang", "en")
    shown(terminal, told(at, "drill.spot_first"))
    terminal.press("a")
    shown(terminal, told(at, "debrief.spot_ask", turns="")[:12])
    terminal.press("1", "enter")
    shown(terminal, asked(at))
    terminal.press("ctrl-d")
    assert terminal.left() == 3
    left = start("drill", "--lang", "en")
    shown(left, told(at, "drill.spot_first"))
    left.press("ctrl-d")
    assert (left.left(), results(at)) == (3, [])


def told_title(at: Place, name: str) -> str:
    return str(library.persona(at.session().places, name, "en")["title"])


def test_what_is_looked_at_afterwards(at: Place, start: Start) -> None:
    terminal, talk = start("drill", "run", NAME, "--seed", "1"), begun(at)
    pick(at, terminal, talk, (good(talk) + 1) % 4)
    play(at, terminal, talk)
    for key, key_told in (("c", "debrief.anger"), ("s", "debrief.kept"), ("p", "debrief.par")):
        terminal.press(key)
        shown(terminal, told(at, key_told, result="").strip(), told(at, "drill.more"))
    terminal.press("w")
    shown(terminal, told(at, "drill.which_turn"), "1. ")
    terminal.press("a")
    shown(terminal, told(at, "drill.what_instead"), told(at, "drill.other_act"))
    terminal.press("t")
    shown(terminal, told(at, "drill.which"))
    terminal.press(" ", "enter")
    shown(terminal, told(at, "debrief.what_if"), told(at, "drill.more"))
    terminal.press("ctrl-d")
    assert terminal.left() == 0
    assert len(results(at)) == 1


def test_the_second_call(at: Place, start: Start) -> None:
    terminal, talk = start("drill", "run", NAME, "--seed", "1"), begun(at)
    play(at, terminal, talk)
    second = Talk(talk.model, talk.persona, 1, again=calls_back(talk), first=talk)
    terminal.press("b")
    shown(terminal, told(at, "drill.again"), second.opening)
    pick(at, terminal, second, good(second))
    shown(terminal, asked(at))
    terminal.press("ctrl-c")
    assert terminal.left() == 130
    again = start("drill", "--resume")
    shown(again, second.rounds[0].answer, asked(at))
    play(at, again, second)
    assert [found["call"] for found in results(at)] == [1, 2]
    assert told(at, "drill.see_second") not in again.words()
    again.press("o")
    assert again.left() == 0


@pytest.mark.parametrize("more", [{"TERM": "dumb"}, {}])
def test_line_by_line(at: Place, start: Start, more: dict[str, str]) -> None:
    """For a dumb terminal, and for a screen reader: a key and Enter."""
    terminal, talk = start("drill", "run", NAME, "--seed", "1", *([] if more else ["--screen", "plain"]), **more), begun(at)
    shown(terminal, asked(at))
    terminal.press("h", "enter")
    shown(terminal, told(at, "drill.hint", tip=""))
    terminal.press("t", "enter")
    shown(terminal, told(at, "drill.write"))
    terminal.press(OWN, "enter")
    shown(terminal, told(at, "drill.read_as", acts=""))
    terminal.press("c", "enter")
    shown(terminal, told(at, "drill.which_numbers"))
    terminal.press("1", "enter")
    while told(at, "drill.more") not in terminal.words():
        terminal.press("1", "enter")
        terminal.settle()
    terminal.press("o", "enter")
    assert terminal.left() == 0
    assert b"\x1b[" not in terminal.raw
    assert results(at)[0]["said"][0] == OWN
    assert talk.state.turn == 0


def test_the_events_beside_the_talk(at: Place, start: Start) -> None:
    """`--json > file`: the talk is on the terminal, the events are in the file."""
    terminal, talk = start(shell=f"coach drill run {NAME} --seed 1 --json > talk.ndjson"), begun(at)
    play(at, terminal, talk)
    terminal.press("o")
    assert terminal.left() == 0
    events = [json.loads(line) for line in (at.cwd / "talk.ndjson").read_text(encoding="utf-8").splitlines()]
    for event in events:
        validate(event, "drill")
    same = at.run("drill", "run", NAME, "--seed", "1", "--lang", "en", "--answers", file(at, *answers(played(at, NAME, "en", 1))), "--json")
    assert [event["type"] for event in events] == [event["type"] for event in same.events]
    assert {event["by"] for event in events if event["type"] == "worker"} == {"pick"}


def test_a_lesson(at: Place, start: Start) -> None:
    lesson = library.lesson(at.session().places, 1)
    terminal = start("drill", "lesson", "1")
    drill = lesson["drills"][0]
    talk = begun(at, drill["seed"], name=drill["persona"])
    rule = library.drill_words(at.session().places, "en")["rules"][lesson["rule"]]
    shown(terminal, lesson["title"]["en"], rule["tip"], told(at, "drill.practise", rule=rule["name"]))
    play(at, terminal, talk)
    terminal.press("o")
    second = begun(at, lesson["drills"][1]["seed"], name=lesson["drills"][1]["persona"])
    shown(terminal, told(at, "drill.of_lesson", number=2, count=len(lesson["drills"])), *(one.text for one in picks(second)))
    terminal.press("ctrl-d")
    assert terminal.left() == 3
    assert [found["lesson"] for found in results(at)] == ["1"]


def test_results_of_a_newer_version_stop_it_before_it_begins(at: Place, start: Start) -> None:
    path = at.home / ".local" / "share" / "clientcoach" / "drills.ndjson"
    path.parent.mkdir(parents=True)
    path.write_text('{"schema": "clientcoach/drill-result@2"}\n', encoding="utf-8")
    terminal = start("drill", "run", NAME)
    assert terminal.left() == 6
    assert asked(at) not in terminal.words()
    assert path.read_text(encoding="utf-8") == '{"schema": "clientcoach/drill-result@2"}\n'
