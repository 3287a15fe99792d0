"""`promises` and its verbs: what is owed, in which order, and that nothing of it gets lost."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from tests.records.postgres import ENGINES
from tests.support import LANGS, validate

if TYPE_CHECKING:
    from tests.support import Place

LATER = "2026-11-25T13:00:00+05:00"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def add(at: Place, what: str, due: str, *more: str) -> dict[str, Any]:
    ran = at.run("promises", "add", what, "--due", due, "--json", *more)
    assert ran.code == 0, ran.err
    validate(ran.json)
    found: dict[str, Any] = ran.json
    return found


def shown(at: Place, *argv: str) -> list[str]:
    found = at.run("promises", *argv, "--json").json
    validate(found)
    return [one["what"] for one in found["promises"]]


@pytest.mark.parametrize("argv", [(), ("due", "--fail"), ("export", "--format", "json")])
def test_a_store_that_is_not_there_is_an_empty_list(at: Place, argv: tuple[str, ...]) -> None:
    ran = at.run("promises", *argv, "--json")
    assert (ran.code, ran.json["promises"]) == (0, [])
    validate(ran.json)
    assert at.run("promises", *argv).code == 0
    assert not (at.home / ".local").exists(), "reading makes nothing"


def test_nothing_is_owed(at: Place) -> None:
    ran = at.run("promises")
    assert (ran.out, ran.err) == ("", "Nothing is owed.\n")
    assert at.run("promises", "due").err == "", "cron sends a letter for any line"


def test_a_promise_is_written_down(at: Place) -> None:
    at.variables["CLIENTCOACH_AGENT"] = "Ola"
    ran = at.run("promises", "add", "call back", "--due", "2h", "--reference", "K-1", "--channel", "phone")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("  2026-11-25 12:00  call back (Ola, K-1, phone)\n")
    (found,) = at.run("promises", "--json").json["promises"]
    expected = {"incident": None, "owner": "Ola", "due": "2026-11-25T12:00+05:00", "due_at": "2026-11-25T07:00:00Z", "day": "2026-11-25"}
    assert {**found, **expected} == found


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_store_is_a_file_of_the_workers_own(at: Place) -> None:
    add(at, "call back", "2h")
    file = at.home / ".local" / "share" / "clientcoach" / "records.db"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_date_is_due_when_that_day_s_hours_end(at: Place) -> None:
    assert add(at, "a", "2026-11-26")["due_at"] == "2026-11-26T18:59:00Z"
    policy = at.cwd / "policy.yaml"
    policy.write_text('zone: Asia/Almaty\nhours: {mon-fri: "09:00-18:00"}\n', encoding="utf-8")
    at.variables["CLIENTCOACH_POLICY"] = str(policy)
    assert add(at, "b", "2026-11-26")["due_at"] == "2026-11-26T13:00:00Z"
    ran = at.run("promises", "add", "c", "--due", "2026-11-28")
    assert ran.err == "Warning: the deadline is outside working hours.\n"


def test_today_s_come_first_then_the_late_ones(at: Place) -> None:
    for what, due in (
        ("later", "2026-11-30"),
        ("late", "2026-11-20"),
        ("today", "2h"),
        ("late today", "2026-11-25T09:00"),
        ("next", "tomorrow"),
    ):
        add(at, what, due)
    assert shown(at) == ["late today", "today", "late", "next", "later"]
    assert shown(at, "due") == ["late today", "today", "late"]
    lines = [line.partition("  20")[2] or line for line in at.run("promises").out.split("\n")]
    assert lines == [
        "Today:", "26-11-25 09:00  [late] late today (me)", "26-11-25 12:00  today (me)",
        "  Will one of these be late? Say so before: clientcoach call follow-up --set news=late", "",
        "Late:", "26-11-20  [late] late (me)", "", "Later:", "26-11-26  next (me)", "26-11-30  later (me)", "",
    ]  # fmt: skip


def test_due_fails_only_when_something_is_late(at: Place) -> None:
    add(at, "today", "2h")
    assert at.run("promises", "due", "--fail").code == 0
    at.variables["CLIENTCOACH_NOW"] = LATER
    assert at.run("promises", "due").code == 0
    ran = at.run("promises", "due", "--fail", "--json")
    assert (ran.code, ran.json["late"]) == (1, 1)


def test_the_day_is_the_team_s(at: Place) -> None:
    """23:30 in Almaty is the day before in UTC, and the promise of 00:30 is tomorrow's."""
    at.variables["CLIENTCOACH_NOW"] = "2026-11-25T23:30:00+05:00"
    add(at, "tomorrow", "2026-11-26T00:30")
    add(at, "today", "2026-11-25T23:45")
    assert shown(at, "due") == ["today"]


def test_of_one_customer(at: Place) -> None:
    add(at, "a", "2h", "--reference", "K-1")
    add(at, "b", "2h", "--reference", "K-10")
    for argv in ([], ["due"], ["export"]):
        assert [one["what"] for one in at.run("promises", *argv, "--reference", "K-1", "--json").json["promises"]] == ["a"]
    assert shown(at, "--all", "--reference", "K-10") == ["b"]


def test_a_kept_promise_leaves_the_list(at: Place) -> None:
    made = add(at, "a", "2026-11-20")
    ran = at.run("promises", "done", made["id"][:8], "--json")
    validate(ran.json)
    assert (ran.code, ran.json["status"], ran.json["done_at"]) == (0, "done", "2026-11-25T05:00:00Z")
    at.variables["CLIENTCOACH_NOW"] = LATER
    assert at.run("promises", "done", made["id"], "--json").json["done_at"] == "2026-11-25T05:00:00Z", "said twice"
    assert shown(at) == shown(at, "due") == []
    assert shown(at, "--all") == ["a"]
    assert at.run("promises", "due", "--fail").code == 0
    ran = at.run("promises", "snooze", made["id"], "--until", "2h")
    assert (ran.code, "already kept" in ran.err) == (1, True)


@pytest.mark.parametrize("owed", [0, 1])
@pytest.mark.parametrize("kept", range(4))
def test_what_was_kept_comes_last_and_a_page_at_a_time(at: Place, monkeypatch: pytest.MonkeyPatch, owed: int, kept: int) -> None:
    monkeypatch.setattr("clientcoach.records.promises.PAGE", 2)
    for number in range(owed + kept):
        made = add(at, f"p{number}", "2h")
        if number >= owed:
            at.run("promises", "done", made["id"])
    ran = at.run("promises", "--all", "--json")
    validate(ran.json)
    assert ran.out == json.dumps(ran.json, indent=2, ensure_ascii=False) + "\n"
    assert [one["what"] for one in ran.json["promises"]] == [f"p{number}" for number in range(owed + kept)]
    ran = at.run("promises", "--all")
    headings = [line for line in ran.out.splitlines() if not line.startswith("  ")]
    assert headings == [*["Today:"] * owed, *[""] * (owed and bool(kept)), *["Done:"] * bool(kept)]
    assert ran.out.count("  p") == owed + kept
    assert ran.err == ("" if owed + kept else "Nothing is owed.\n")


def test_put_off_is_hidden_for_a_while_and_never_lost(at: Place) -> None:
    made = add(at, "a", "2026-11-25T18:00")
    ran = at.run("promises", "snooze", made["id"], "--until", "11:00", "--json")
    assert (ran.code, ran.json["due_at"], ran.json["snoozed"]) == (0, made["due_at"], "2026-11-25T06:00:00Z")
    ran = at.run("promises")
    assert (ran.out, ran.err.startswith("1 promise is put off")) == ("", True)
    assert shown(at, "--all") == shown(at, "due") == shown(at, "export") == ["a"]
    at.variables["CLIENTCOACH_NOW"] = "2026-11-25T11:00:00+05:00"
    assert shown(at) == ["a"]
    assert at.run("promises").err == ""


def test_it_is_back_on_the_promised_day_at_the_latest(at: Place) -> None:
    made = add(at, "a", "2026-11-27T15:00")
    ran = at.run("promises", "snooze", made["id"], "--until", "2026-12-05")
    assert (ran.code, ran.err) == (0, "It comes back on the promised day.\n")
    assert shown(at) == []
    at.variables["CLIENTCOACH_NOW"] = "2026-11-27T08:00:00+05:00"
    assert shown(at) == ["a"]
    ran = at.run("promises", "snooze", made["id"], "--until", "2026-12-05", "--json")
    assert ran.json["snoozed"] == made["due_at"]


def test_a_late_one_that_is_put_off_is_still_late(at: Place) -> None:
    made = add(at, "a", "2026-11-20")
    assert at.run("promises", "snooze", made["id"], "--until", "tomorrow").code == 0
    found = at.run("promises", "--json").json
    assert (found["promises"], found["late"], found["put_off"]) == ([], 1, 1)
    assert at.run("promises", "due", "--fail").code == 1


@pytest.mark.parametrize("until", ["2026-11-24", "2026-11-25T09:00", "soon", "", "0h"])
def test_until_when(at: Place, until: str) -> None:
    made = add(at, "a", "3d")
    ran = at.run("promises", "snooze", made["id"], "--until", until)
    assert (ran.code, ran.err.startswith("error: until")) == (2, True)
    assert at.run("promises", "snooze", made["id"]).code == 2
    assert shown(at) == ["a"]


@pytest.mark.parametrize("verb", ["done", "snooze"])
@pytest.mark.parametrize("name", ["ffff", "", " ", "x' OR 1=1--", "…", "a\x1b[31m"])
def test_an_unknown_id_is_named(at: Place, verb: str, name: str) -> None:
    more = ["--until", "2h"] if verb == "snooze" else []
    for _ in range(2):  # without a store, and with one
        ran = at.run("promises", verb, name, *more)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("error: There is no promise “")
        assert "\x1b" not in ran.err
        add(at, "a", "2h")


def test_more_than_one_beginning(at: Place) -> None:
    first, second = add(at, "a", "2h"), add(at, "b", "2h")
    same = os.path.commonprefix([first["id"], second["id"]])
    ran = at.run("promises", "done", same)
    assert (ran.code, same in ran.err) == (2, True)
    assert shown(at) == ["a", "b"]
    text = at.run("promises").out.split("\n")
    assert at.run("promises", "done", text[1].split()[0]).code == 0, "what the list shows is enough"
    assert shown(at) == ["b"]


@pytest.mark.parametrize(
    "argv",
    [("a",), ("a", "--due", ""), ("", "--due", "2h"), ("...", "--due", "2h"), ("a", "--due", "soon"), ("a", "--due", "2026-13-45"), ("x" * 201, "--due", "2h"),
     ("a", "--due", "2h", "--channel", "fax"), ("a", "--due", "2h", "--owner", "x" * 201), ("\udcff", "--due", "2h"), ("--due", "2h"), ("a", "b", "--due", "2h"), ("a", "--due")],
)  # fmt: skip
def test_what_cannot_be_written_down(at: Place, argv: tuple[str, ...]) -> None:
    ran = at.run("promises", "add", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert not (at.home / ".local").exists()


def test_numbers_that_name_a_person_are_masked(at: Place) -> None:
    add(at, "call +7 701 234 56 78, card 4111 1111 1111 1111", "2h", "--owner", "ewa@example.com", "--reference", "870412300307")
    for argv in (["--json"], ["export"], []):
        out = at.run("promises", *argv).out
        assert "[phone]" in out
        assert not any(secret in out for secret in ("701 234", "4111", "ewa@", "870412"))
    data = b"".join(path.read_bytes() for path in (at.home / ".local").rglob("*") if path.is_file())
    assert not any(secret in data for secret in (b"701 234", b"4111", b"ewa@", b"870412"))


def test_the_calendar_is_read_back(at: Place) -> None:
    nasty = "call; Zoë, “x” \\n BEGIN:VEVENT ә " + "long " * 20
    first, second = add(at, nasty, "2h", "--owner", "Ewa", "--reference", "K-1"), add(at, "b", "2026-11-27")
    text = at.run("promises", "export").out
    assert text == at.run("promises", "export", "--format", "ics").out
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    timed, whole = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert (timed["uid"], whole["uid"]) == (first["id"], second["id"])
    assert str(timed["summary"]) == nasty.strip()
    assert timed.decoded("dtstart") == dt.datetime(2026, 11, 25, 7, tzinfo=dt.timezone.utc)
    assert whole.decoded("dtstart") == dt.date(2026, 11, 27)
    assert str(timed["description"]) == "Ewa, K-1"
    alarms = [event.walk("VALARM")[0].decoded("trigger") for event in (timed, whole)]
    assert alarms == [dt.timedelta(minutes=-30), dt.timedelta(hours=9)]


def test_export_as_json(at: Place) -> None:
    made = add(at, "a", "2h")
    found = at.run("promises", "export", "--format", "json").json
    validate(found)
    assert found["promises"] == [made]


def test_another_store(at: Place) -> None:
    here = str(at.cwd / "team.db")
    add(at, "a", "2h", "--db", here)
    assert shown(at) == []
    assert shown(at, "--db", here) == ["a"]
    at.variables["CLIENTCOACH_DB"] = here
    assert shown(at) == ["a"]
    at.variables["CLIENTCOACH_DB"] = ""
    assert at.run("promises").code == 2


def test_a_store_that_is_none(at: Place) -> None:
    text = at.cwd / "notes.txt"
    text.write_text("not a store, and longer than a header. " * 9, encoding="utf-8")
    for argv in ([], ["due"], ["export"], ["add", "a", "--due", "2h"], ["done", "ab"]):
        ran = at.run("promises", *argv, "--db", str(text))
        assert (ran.code, ran.out) == (6, "")
        assert "not a clientcoach store" in ran.err
    assert text.read_text(encoding="utf-8").startswith("not a store")


@pytest.mark.parametrize("lang", LANGS)
def test_in_the_worker_s_language(at: Place, lang: str) -> None:
    made = add(at, "a", "2026-11-20")
    add(at, "b", "2h")
    ran = at.run("promises", "--ui", lang)
    assert (ran.code, ran.err) == (0, "")
    assert at.run("promises", "snooze", made["id"], "--until", "2h", "--ui", lang).code == 0
    ran = at.run("promises", "--ui", lang)
    assert "promises --all" in ran.err
    assert "label." not in ran.out + ran.err


def test_a_verb_that_is_a_group_too(at: Place) -> None:
    add(at, "a", "2h")
    assert at.run("promises", "--format=json").json["promises"], "Typer's way to write an option"
    ran = at.run("promises", "dun")
    assert (ran.code, "due" in ran.err) == (2, True)
    assert at.run("promises", "--all", "due").code == 2
    assert "snooze" in at.run("promises", "--help").out
    assert at.run("complete", "promises").out.split()[:5] == ["add", "due", "done", "snooze", "export"]
