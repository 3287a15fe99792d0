"""`log add --kind`: the answers of an investigation, the three questions before conduct is called unreasonable, the reply a complaint is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.commands.log_answers import FIELDS, PLAYBOOK, TESTS
from clientcoach.content import library
from clientcoach.options import KINDS
from clientcoach.records import reading
from tests.support import LANGS, validate

if TYPE_CHECKING:
    from tests.support import Place

POLICY = """hours: {{mon-fri: "09:00-18:00"}}
zone: Asia/Almaty
clocks: {clocks}
"""
KZ = '{country: KZ, kind: written_claim, days: 10, calendar: calendar, from: received, source: "art. 42-4", checked_on: 2026-11-22}'
PL = '{country: PL, kind: written_claim, days: 5, calendar: working, source: "art. 7a", checked_on: 2026-01-02}'
SAID = ("--answer", "loss=yes", "--answer", "reach=no", "--answer", "behaviour=no")


def policy(at: Place, *clocks: str) -> None:
    (at.cwd / "policy.yaml").write_text(POLICY.format(clocks=f"[{', '.join(clocks)}]"))
    at.variables["CLIENTCOACH_POLICY"] = str(at.cwd / "policy.yaml")


def test_kinds_and_questions_hold_together() -> None:
    assert KINDS == reading.KINDS
    assert set(FIELDS) == set(KINDS) - {"call"}
    places: library.Places = {"packs": [library.bundled()], "policy": None, "cache": None}
    steps = dict(library.playbook(places, PLAYBOOK, "en")["steps"])
    assert set(steps) == set(FIELDS)
    assert tuple(steps["conduct"][:3]) == TESTS
    assert not set(TESTS) & set(steps["complaint"])


def test_a_complaint_looked_into(at: Place) -> None:
    ran = at.run(
        "log",
        "add",
        "--kind",
        "complaint",
        "--answer",
        "happened=lost = twice, ask anna@example.com",
        "--answer",
        " wish = a refund ",
        "--json",
    )
    assert ran.code == 0
    validate(ran.json)
    assert (ran.json["kind"], ran.json["conduct"]) == ("complaint", None)
    assert ran.json["checklist"] == {"happened": "lost = twice, ask [email]", "wish": "a refund"}
    note = ran.err.splitlines()[-1]
    assert note.startswith("Not answered yet: the complaint in one sentence (read), who was there (people), ")
    assert note.endswith(", the reply (reply).")
    assert "(wish)" not in note
    shown = at.run("log", "show", ran.json["id"]).out
    assert "\nKind: complaint\n" in shown
    assert "\nInvestigation:\n  - what happened: lost = twice, ask [email]\n  - what they want: a refund\n" in shown


def test_conduct_needs_its_three_answers(at: Place) -> None:
    for said in ((), SAID[:2], SAID[2:], (*SAID[:4], "--answer", "acts=shouted")):
        ran = at.run("log", "add", "--kind", "conduct", "--cause", "staff", *said)
        assert (ran.code, ran.out) == (2, "")
        assert "Three answers are needed first" in ran.err
    ran = at.run(
        "log", "add", "--kind", "conduct", *SAID, "--answer", "acts=“liar”, at 10:05", "--warnings", "2", "--reference", "K-1", "--json"
    )
    assert ran.code == 0
    assert ran.json["conduct"] == {"loss": True, "reach": False, "behaviour": False, "acts": "“liar”, at 10:05"}
    assert (ran.json["checklist"], ran.json["warnings"]) == (None, 2)
    assert "(loss)" not in ran.err
    assert "how often (persistence)" in ran.err
    shown = at.run("log", "show", ran.json["id"]).out
    assert (
        "Limits set: 2\nConduct:\n  - is the loss real: yes\n  - is it within reach: no\n  - is the behaviour acceptable: no\n  - what was said and done: "
        in shown
    )


@pytest.mark.parametrize("lang", LANGS)
def test_yes_and_no_in_the_worker_s_words(at: Place, lang: str) -> None:
    yes, no = {"en": ("yes", "No"), "ru": ("да", "Нет"), "pl": ("tak", "NIE"), "kk": ("иә", "Жоқ")}[lang]
    said = ("--answer", f"loss={yes}", "--answer", f"reach={no}", "--answer", "behaviour=yes")
    ran = at.run("log", "add", "--kind", "conduct", "--ui", lang, *said, "--json")
    assert list(ran.json["conduct"].values()) == [True, False, True]
    shown = at.run("log", "show", ran.json["id"], "--ui", lang).out
    assert shown.count(f": {yes}\n") == 2
    assert "question." not in shown + ran.err


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("--answer", "wish=x"), "Give --kind as well: complaint, conduct."),
        (("--kind", "call", "--answer", "wish=x"), "Give --kind as well"),
        (("--kind", "complaint", "--answer", "hapened=x"), "Did you mean: happened"),
        (("--kind", "complaint", "--answer", "loss=yes"), "“loss” is not a known answer"),
        (("--kind", "complaint", "--answer", "wish"), "Give NAME=TEXT"), (("--kind", "complaint", "--answer", "=x"), "Give NAME=TEXT"), (("--kind", "complaint", "--answer", "wish= "), "Give NAME=TEXT"),
        (("--kind", "conduct", *SAID[:4], "--answer", "behaviour=perhaps"), "answer behaviour cannot be “perhaps”. Give yes/no."),
        (("--kind", "grumble"), "grumble"),
        (("--kind", "complaint"), "nothing to save"),
        (("--warnings", "-1"), "warnings"), (("--warnings", "x"), "warnings"),
    ],
)  # fmt: skip
def test_what_is_refused(at: Place, argv: tuple[str, ...], told: str) -> None:
    ran = at.run("log", "add", *argv, "--no-input")
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_call_asks_nothing(at: Place) -> None:
    ran = at.run("log", "add", "--cause", "staff", "--kind", "call")
    assert (ran.code, ran.err) == (0, "")
    assert "Kind:" not in at.run("log", "show", ran.out.strip()).out


def test_answers_of_somebody_else_s_playbook_are_shown_by_their_names(at: Place) -> None:
    given = '{"kind": "complaint", "checklist": {"ours\\u001b[2J": ["a", {"b": true}], "wish": "x"}}'
    ran = at.run("log", "add", "--from", "-", stdin=given)
    shown = at.run("log", "show", ran.out.strip()).out
    assert "  - ours[2J: " in shown
    assert "  - what they want: x\n" in shown
    assert "\x1b" not in shown


def reply(at: Place, *argv: str) -> tuple[Any, str]:
    """The promises and the notes of a `log add`."""
    ran = at.run("log", "add", "--cause", "delivery", *argv, "--json")
    assert ran.code == 0
    return ran.json["promises"], ran.err


def test_a_written_complaint_is_owed_a_reply(at: Place) -> None:
    policy(at, KZ)
    for how in (("--kind", "complaint"), ("--channel", "email"), ("--channel", "chat", "--agent", "Ola")):
        (promise,), told = reply(at, *how, "--received", "20.11", "--reference", "K-1")
        assert promise["what"] == "reply in writing to the complaint of 2026-11-20"
        assert (promise["due"], promise["due_at"]) == ("2026-11-30", "2026-11-30T13:00:00Z")
        assert promise["owner"] == ("Ola" if "--agent" in how else "agent")
        assert told.startswith("Reply by 2026-11-30: the policy’s term, from art. 42-4, checked on 2026-11-22. Check with your lawyer.\n")
    assert len(at.run("promises", "--reference", "K-1", "--json").json["promises"]) == 3


def test_the_earliest_clock_holds(at: Place) -> None:
    policy(at, KZ, PL)
    promises, told = reply(at, "--kind", "complaint", "--received", "2026-11-20", "--promise", "call", "--due", "2h")
    assert sorted(promise["due"][:10] for promise in promises) == ["2026-11-25", "2026-11-27"]
    assert "art. 7a, checked on 2026-01-02" in told


def test_nothing_is_promised_that_nobody_chose(at: Place) -> None:
    received = ("--received", "2026-11-20")
    assert reply(at, "--kind", "complaint", *received)[0] == []  # the policy that comes with clientcoach has no clocks
    policy(at, KZ)
    assert reply(at, *received)[0] == []
    assert reply(at, "--channel", "phone", *received)[0] == []
    assert reply(at, "--kind", "complaint")[0] == []


def test_a_reply_beyond_the_calendar(at: Place) -> None:
    policy(at, KZ)
    ran = at.run("log", "add", "--kind", "complaint", "--received", "9999-12-30")
    assert (ran.code, ran.out) == (2, "")
    assert "received" in ran.err


@pytest.mark.parametrize("lang", LANGS)
def test_the_reply_is_told_in_every_language(at: Place, lang: str) -> None:
    policy(at, KZ)
    (promise,), told = reply(at, "--kind", "complaint", "--received", "2026-11-20", "--ui", lang)
    assert "2026-11-20" in promise["what"]
    assert "log." not in promise["what"] + told
    assert "2026-11-30" in told


def test_a_term_that_nobody_checks(at: Place) -> None:
    policy(at, PL)
    found = at.run("playbook", "lint", "--json").json["problems"]
    assert found == []
    at.variables["CLIENTCOACH_NOW"] = "2027-01-02T10:00:00+05:00"
    assert at.run("playbook", "lint", "--json").json["problems"] == []
    at.variables["CLIENTCOACH_NOW"] = "2027-01-03T10:00:00+05:00"
    lint = at.run("playbook", "lint", "--json")
    (problem,) = lint.json["problems"]
    assert (lint.code, problem["code"], problem["level"], problem["line"]) == (0, "clock-unchecked", "warning", 3)
    told = [check for check in at.run("doctor", "--json").json["checks"] if "policy.yaml:3:" in check["detail"]]
    assert [(check["level"], check["detail"].rpartition(" ")[2]) for check in told] == [("warning", "clock-unchecked")]
