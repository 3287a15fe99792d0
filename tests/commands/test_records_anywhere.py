"""The verbs of the records where little is as it should be: streams, locales, arguments, homes, clocks, names of stores."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.records.stores import fill, saved, store, without_rights

if TYPE_CHECKING:
    import subprocess

    from tests.support import Place

READING = ("log list", "log list --json", "log export", "log export --format csv", "promises", "promises export", "doctor", "doctor --json")


@pytest.fixture
def kept(at: Place) -> list[dict[str, Any]]:
    """What is in the store that every run finds by itself."""
    return fill(at.home / ".local" / "share" / "clientcoach" / "records.db", 12)


def quiet(ran: subprocess.CompletedProcess[bytes], code: int) -> None:
    assert ran.returncode == code, ran.stderr
    assert b"Traceback" not in ran.stderr
    assert b"inside clientcoach" not in ran.stderr


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("verb", READING)
def test_a_full_device_takes_no_answer(at, verb):
    ran = at.shell(f"coach {verb} > /dev/full")
    quiet(ran, 6)
    assert b"No space left" in ran.stderr


def test_what_was_saved_stays_saved_when_its_id_cannot_be_told(at):
    quiet(at.shell("coach log add --cause delivery > /dev/full"), 6)
    assert len(saved(at.home / ".local" / "share" / "clientcoach" / "records.db")) == 1


@pytest.mark.parametrize("verb", ["log export", "log list --format ndjson"])
def test_nobody_reads_on(at, verb):
    fill(at.home / ".local" / "share" / "clientcoach" / "records.db", 300)  # more than a pipe holds
    ran = at.shell(f"{{ coach {verb}; echo $? >&2; }} | head -1")
    assert json.loads(ran.stdout)["schema"] == "clientcoach/incident@1"
    assert ran.stderr == b"141\n"


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("verb", READING)
def test_closed_streams(at, verb):
    for closed in ("<&-", "2>&-", "<&- >&- 2>&-"):
        quiet(at.shell(f"coach {verb} {closed}"), 0)


@pytest.mark.parametrize(
    "argv",
    [
        ("log", "add", "--worked", b"\xff"),
        ("log", "add", "--cause", "delivery", "--reference", b"\xff"),
        ("log", "list", "--reference", b"\xff"),
        ("log", "list", "--since", b"\xff"),
        ("log", "list", "--since", "31.02"),
        ("log", "add", "--anger-end", "99"),
        ("promises", "add", b"\xff", "--due", "2h"),
        ("doctor", "--ui", "xx\xff"),
    ],
)
def test_arguments_that_cannot_be_used(at, argv):
    ran = at.process(*argv)
    quiet(ran, 0 if argv[0] == "doctor" else 2)
    ran.stderr.decode("utf-8")
    assert not (at.home / ".local" / "share" / "clientcoach" / "records.db").exists()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("text", ["x' OR 1=1--", "'; DROP TABLE incident; --", "%", "R-_", '"a', "R?"])
def test_a_text_is_never_a_part_of_a_query(at, text):
    assert at.run("log", "list", "--reference", text).out == ""
    assert at.run("promises", "--all", "--reference", text, "--json").json["promises"] == []
    assert at.run("log", "add", "--cause", "staff", "--reference", text, "--worked", text).code == 0
    assert [one["worked"] for one in at.run("log", "list", "--reference", text, "--json").json["incidents"]] == [text]
    assert len(at.run("log", "list", "--json").json["incidents"]) == 13


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("text", ["", " ", "?", "\\", "…"])
@pytest.mark.parametrize("verb", ["log list", "log export", "promises", "promises due", "promises export", "log forget --yes"])
def test_a_reference_that_says_nothing_does_not_mean_everybody(at, verb, text):
    before = at.run("log", "export").out
    ran = at.run(*verb.split(), "--reference", text)
    assert (ran.code, ran.out) == (2, "")
    assert "reference" in ran.err
    assert at.run("log", "export").out == before


@pytest.mark.parametrize(
    "variables",
    [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1251"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
)
def test_utf8_whatever_the_locale(at, variables):
    at.variables = {**variables, "CLIENTCOACH_LANG": "kk"}
    ran = at.process("log", "add", "--cause", "delivery", "--worked", "Үзіліс — Łódź", "--json")
    quiet(ran, 0)
    assert json.loads(ran.stdout.decode())["worked"] == "Үзіліс — Łódź"
    assert "Үзіліс — Łódź" in at.process("log", "export").stdout.decode()
    told = at.process("doctor")
    quiet(told, 0)
    assert "қойма: " in told.stdout.decode()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("verb", ["log list", "log export", "promises"])
def test_the_terminal_s_width_cuts_nothing(at, verb):
    plain = at.run(*verb.split()).out
    for variables in ({"COLUMNS": "0"}, {"COLUMNS": "10"}, {"COLUMNS": "abc"}, {"TERM": "dumb"}, {"NO_COLOR": "1"}):
        at.variables = variables
        assert at.run(*verb.split()).out == plain


@pytest.mark.parametrize("home", [None, "", "relative"])
def test_without_a_home_a_store_has_to_be_named(at, home):
    at.variables["HOME"] = home
    for argv in (("log", "list"), ("log", "export"), ("promises",)):
        ran = at.run(*argv)
        assert (ran.code, ran.out) == (2, "")
        assert "--db" in ran.err
    assert at.run("log", "add", "--cause", "staff", "--db", "named.db").code == 0
    assert len(saved(at.cwd / "named.db")) == 1


def test_a_home_that_may_not_be_written(at):
    home = at.home / "home"
    home.mkdir(mode=0o500)
    at.variables["HOME"] = str(home)
    quiet(at.process("log", "add", "--cause", "staff", preexec_fn=without_rights), 6)
    quiet(at.process("log", "list", preexec_fn=without_rights), 0)
    quiet(at.process("doctor", preexec_fn=without_rights), 0)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("name", [":memory:", "file:x?mode=memory"])
def test_no_store_is_ever_in_memory_only(at, name):
    assert at.run("log", "add", "--cause", "staff", "--db", name).code == 0
    assert len(saved(at.cwd / name)) == 1


def test_an_empty_name_is_not_the_usual_store(at):
    ran = at.run("log", "add", "--cause", "staff", "--db", "")
    assert ran.code == 6  # it waits as a draft
    assert "log add --drafts" in ran.err
    for argv in (("log", "list"), ("promises",), ("log", "export")):
        assert at.run(*argv, "--db", "").code == 2
    assert not (at.home / ".local" / "share").exists()


def test_a_clock_that_was_set_back_stops_nobody(at):
    assert at.run("log", "add", "--cause", "staff", "--promise", "ring", "--due", "2h").code == 0
    at.variables["CLIENTCOACH_NOW"] = "1970-01-01T00:00:00Z"
    assert at.run("log", "add", "--cause", "delivery").code == 0
    found = at.run("log", "list", "--json").json["incidents"]
    assert [one["closed_at"] for one in found] == ["2026-11-25T05:00:00Z", "1970-01-01T00:00:00Z"]
    assert [one["status"] for one in at.run("promises", "--json").json["promises"]] == ["open"]
    assert at.run("doctor").code == 0


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kathmandu"])
def test_another_time_zone_changes_no_moment(at, zone):
    assert at.run("log", "add", "--cause", "staff", "--promise", "ring", "--due", "2026-11-26T15:00+05:00").code == 0
    before = at.run("log", "export").out
    at.variables["TZ"] = zone
    ran = at.process("log", "export")
    quiet(ran, 0)
    assert ran.stdout.decode() == before
    assert json.loads(before)["promises"][0]["due_at"] == "2026-11-26T10:00:00Z"


def test_a_store_in_a_folder_that_everybody_may_write_is_used_and_told(at):
    folder = at.home / "shared"
    folder.mkdir()
    folder.chmod(0o777)
    assert at.run("log", "add", "--cause", "staff", "--db", str(folder / "records.db")).code == 0
    assert (folder / "records.db").stat().st_mode & 0o777 == 0o600
    ran = at.run("doctor", "--db", str(folder / "records.db"))
    assert ran.code == 1
    assert f"chmod go-w {folder}" in ran.out
    with store(folder / "records.db", write=False) as there:
        assert there.engine.version() > 0
