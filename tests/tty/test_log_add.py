"""`log add` that asks: answers in the terminal, each kept as it comes; nothing is saved before it was shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import LANGS
from tests.tty.terminal import Terminal, Terminals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support import Place

QUESTIONS = 10


@pytest.fixture
def start(at: Place) -> Iterator[Callable[..., Terminal]]:
    found = Terminals(at)
    yield found.start
    found.close()


def kept(at: Place) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in (at.home / "clientcoach").glob("incident-*")]


def saved(at: Place) -> list[Any]:
    return at.run("log", "list", "--format", "ndjson").events


def answer(terminal: Terminal, question: str, *keys: str) -> None:
    """Waits for a question that is not answered yet, then types and presses Enter."""
    terminal.wait_for(lambda: terminal.rows()[terminal.window.cursor.y].strip().startswith(question) or asked(terminal, question))
    terminal.press(*keys, "enter")


def asked(terminal: Terminal, question: str) -> bool:
    """Whether a list stands under its question, at the end of the window."""
    rows = [row.strip() for row in terminal.rows() if row.strip()]
    place = max((number for number, row in enumerate(rows) if row == question), default=-1)
    return place >= 0 and all(row.lstrip("» ")[1:2] == ")" for row in rows[place + 1 :]) and len(rows) > place + 1


def to_the_review(terminal: Terminal) -> None:
    for question, typed in (
        ("Cause", "4"), ("Channel", "2"), ("Case number", "+7 701 123 45 67"), ("Case number", "K-77"), ("Done", "отправил курьера"), ("Done", "wrote to anna@example.com"), ("Done", ""), ("How it ended", "2"),
        ("Anger at the beginning", "12"), ("Anger at the beginning", "8"), ("Anger at the end", "3"), ("What was promised", "call back"), ("By when", "soon"), ("By when", "2h"), ("What worked", "silence"), ("Better next time", "ask first"),
    ):  # fmt: skip
        answer(terminal, question, typed)
    terminal.wait_for("Save this?", "Throw away")


def test_what_is_asked_is_shown_and_saved(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = start("log", "add", size=(100, 60))
    to_the_review(terminal)
    terminal.wait_for(
        "Done: - отправил курьера - wrote to [email]", "Masked before saving: e-mail addresses 1.", "looks like personal data"
    )
    assert saved(at) == []
    (draft,) = kept(at)
    terminal.press("enter")
    assert terminal.left() == 0
    (incident,) = saved(at)
    assert kept(at) == []
    assert incident["id"] == draft["id"]
    assert terminal.text().rstrip().endswith(incident["id"])
    told = {
        name: incident[name]
        for name in ("cause", "channel", "reference", "measures", "outcome", "anger_start", "anger_end", "worked", "better")
    }
    assert told == {
        "cause": "delivery", "channel": "phone", "reference": "K-77", "measures": ["отправил курьера", "wrote to [email]"], "outcome": "settled", "anger_start": 8, "anger_end": 3, "worked": "silence", "better": "ask first",
    }  # fmt: skip
    assert [(one["what"], one["due"], one["owner"]) for one in incident["promises"]] == [("call back", "2026-11-25T12:00+05:00", "agent")]


@pytest.mark.parametrize("how", ["ctrl-c", "ctrl-d", "shut", "kill"])
def test_who_leaves_loses_nothing(at: Place, start: Callable[..., Terminal], how: str) -> None:
    terminal = start("log", "add")
    answer(terminal, "Cause", "4")
    answer(terminal, "Channel")
    answer(terminal, "Case number", "K-77")
    answer(terminal, "Done", "card 4111 1111 1111 1111")
    terminal.wait_for("(one more, or Enter)")
    if how == "shut":
        terminal.shut()
    elif how == "kill":
        terminal.kill()
    else:
        terminal.press(how)
        terminal.wait_for("1 incident waits to be saved. Save with “clientcoach log add --drafts”.")
        assert terminal.left() == {"ctrl-c": 130, "ctrl-d": 3}[how]
        assert "Traceback" not in terminal.text()
    assert saved(at) == []
    assert at.run("log", "add", "--drafts").code == 0
    (incident,) = saved(at)
    assert (incident["cause"], incident["reference"], incident["measures"]) == ("delivery", "K-77", ["card [card]"])


def test_conduct_is_asked_about(at: Place, start: Callable[..., Terminal]) -> None:
    terminal = start("log", "add", "--kind", "conduct", size=(120, 60))
    terminal.wait_for("1) –")
    terminal.press("enter", "enter")
    for question in (
        "Case number",
        "Done",
        "How it ended",
        "Anger at the beginning",
        "Anger at the end",
        "What was promised",
        "What worked",
        "Better next time",
    ):
        answer(terminal, question)
    for question, typed in (("Is the loss real", "1"), ("Is what they", "2"), ("Is the behaviour", "2")):
        terminal.wait_for(question)
        answer(terminal, terminal_row(terminal, question), typed)
    answer(terminal, "How many times", "x" * 4001)
    answer(terminal, "How many times", "a hysterical caller, nine times")
    for question in ("What are they asking", "What do they claim", "What was said or done", "What were they asked"):
        answer(terminal, question)
    terminal.wait_for("Save this?", "is the loss real: yes", "is it within reach: no", "“hysterical” is a label")
    terminal.press("enter")
    assert terminal.left() == 0
    (incident,) = saved(at)
    assert (incident["kind"], incident["checklist"]) == ("conduct", None)
    assert incident["conduct"] == {"loss": True, "reach": False, "behaviour": False, "persistence": "a hysterical caller, nine times"}


def test_only_what_the_flags_have_not_told_is_asked(at: Place, start: Callable[..., Terminal]) -> None:
    (at.cwd / "policy.yaml").write_text(
        'clocks: [{country: KZ, kind: written_claim, days: 10, source: "art. 42-4", checked_on: 2026-11-22}]\n', encoding="utf-8"
    )
    at.variables["CLIENTCOACH_POLICY"] = str(at.cwd / "policy.yaml")
    told = ("--received", "2026-11-20", "--reference", "K-7", "--cause", "delivery", "--channel", "desk", "--did", "rang the courier")
    terminal = start("log", "add", "--kind", "complaint", *told, size=(120, 60))
    answer(terminal, "Done", "told the lead")
    answer(terminal, "Done", "")
    for question, typed in (
        ("How it ended", ""), ("Anger at the beginning", ""), ("Anger at the end", ""), ("What was promised", "call"), ("By when", "2h"), ("What worked", ""), ("Better next time", ""), ("Read it twice", "a lost parcel"),
    ):  # fmt: skip
        answer(terminal, question, typed)
    assert "Cause" not in terminal.text()
    assert "Case number" not in terminal.text()
    terminal.wait_for("What exactly happened")
    terminal.press(*["enter"] * 11)
    terminal.wait_for("Save this?", "Reply by 2026-11-30", "the complaint in one sentence: a lost parcel")
    terminal.press("enter")
    assert terminal.left() == 0
    (incident,) = saved(at)
    assert (incident["kind"], incident["cause"], incident["reference"], incident["channel"]) == ("complaint", "delivery", "K-7", "desk")
    assert incident["measures"] == ["rang the courier", "told the lead"]
    assert incident["checklist"] == {"read": "a lost parcel"}
    assert sorted(promise["due"][:10] for promise in incident["promises"]) == ["2026-11-25", "2026-11-30"]


def terminal_row(terminal: Terminal, question: str) -> str:
    """The whole question that begins so."""
    return next(row.strip() for row in reversed(terminal.rows()) if row.strip().startswith(question))


@pytest.mark.parametrize(("key", "code", "left"), [("2", 0, 1), ("3", 3, 0), ("ctrl-d", 3, 1)])
def test_not_now_and_never(at: Place, start: Callable[..., Terminal], key: str, code: int, left: int) -> None:
    terminal = start("log", "add", size=(100, 60))
    to_the_review(terminal)
    terminal.press(key, *(["enter"] if len(key) == 1 else []))
    assert terminal.left() == code
    assert (len(kept(at)), saved(at)) == (left, [])


@pytest.mark.parametrize("lang", LANGS)
def test_enter_alone_says_nothing(at: Place, start: Callable[..., Terminal], lang: str) -> None:
    terminal = start("log", "add", "--ui", lang)
    terminal.wait_for("1) –")
    terminal.press(*["enter"] * QUESTIONS)
    assert terminal.left() == 3
    assert not any(start in terminal.text() for start in ("ask.", "log.", "value."))
    assert (kept(at), saved(at)) == ([], [])


@pytest.mark.parametrize(
    ("argv", "shell", "term"),
    [
        (("--no-input",), "", "xterm-256color"),
        ((), "", "dumb"),
        ((), "printf '4\\n\\n' | coach log add", "xterm"),
        ((), "coach log add | cat", "xterm"),
    ],
)
def test_nobody_is_there_to_ask(at: Place, start: Callable[..., Terminal], argv: tuple[str, ...], shell: str, term: str) -> None:
    terminal = start("log", "add", *argv, shell=f"set -o pipefail; {shell}" if shell else "", TERM=term)
    assert terminal.left() == 2
    assert "nothing to save" in terminal.words()
    assert saved(at) == []
