"""The process: what is imported, closed and full streams, encodings, other users, two at once. No traceback, the right exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clientcoach import __version__

if TYPE_CHECKING:
    from tests.support import Place

HEAVY = (
    "typer", "click", "rich", "yaml", "prompt_toolkit", "pydantic", "dataclasses", "typing", "enum", "re", "json", "pathlib",
    "importlib.metadata", "pyicumessageformat", "inspect", "tomllib", "argparse", "logging", "functools", "collections",
)  # fmt: skip
DATES = ("datetime", "_datetime", "zoneinfo", "calendar", "_strptime")
CASE = (
    "--cause",
    "delivery",
    "--anger",
    "8",
    "--order",
    "4471",
    "--customer",
    "Anna Nowak",
    "--customer-gender",
    "f",
    "--amount",
    "5 EUR",
)
LOOK = "import sys; from clientcoach.__main__ import run; from clientcoach.env import current; code = run(sys.argv[1:], current()); sys.stderr.write(' '.join(sys.modules)); sys.exit(code)"


def modules(at: Place, *argv: str) -> set[str]:
    ran = subprocess.run([sys.executable, "-c", LOOK, *argv], env=at.environment(), cwd=at.cwd, capture_output=True, check=True)
    assert ran.stdout
    return set(ran.stderr.decode().split())


@pytest.mark.parametrize(
    "argv",
    [
        ("--version",),
        ("say", "listen", *CASE),
        ("say", "listen", "--json"),
        ("script", *CASE),
        ("script", "--json", *CASE),
        ("script", "--lang", "ru", *CASE),
    ],
    ids=" ".join,
)
def test_hot_verbs_import_nothing_heavy(at: Place, argv: tuple[str, ...]) -> None:
    at.run(*argv)  # warms the cache
    found = modules(at, *argv)
    assert "clientcoach.door" in found
    assert not found & {*HEAVY, *DATES}
    assert not {name for name in found if name.partition(".")[0] in HEAVY}


def test_a_date_brings_the_calendar_and_nothing_else(at: Place) -> None:
    argv = ("script", "--deadline", "2h", *CASE)
    at.run(*argv)
    found = modules(at, *argv)
    assert "datetime" in found
    assert not found & {"typer", "click", "yaml", "json", "dataclasses", "pyicumessageformat", "inspect", "tomllib"}


@pytest.mark.parametrize(
    "words", ["log add --cause delivery --order 4471 --did called --outcome settled", "promises due", "log list --limit 5"]
)
def test_the_records_bring_their_database_and_nothing_else(at: Place, words: str) -> None:
    at.run("log", "add", "--cause", "delivery", "--promise", "call", "--due", "2h")
    found = modules(at, *words.split())
    assert "sqlite3" in found
    own = {"collections", "functools", *(("re", "enum") if "--did" in words else ())}  # sqlite3's, and what reads a text for label words
    assert not {name.partition(".")[0] for name in found} & {*HEAVY} - own
    assert not found & {"clientcoach.records.personal", "phonenumbers", "psycopg", "clientcoach.app", "_hashlib"}


def test_version(at: Place) -> None:
    ran = at.process("--version")
    assert (ran.returncode, ran.stdout.decode(), ran.stderr) == (0, f"clientcoach {__version__}\n", b"")


def quiet(ran: subprocess.CompletedProcess[bytes], code: int) -> None:
    assert b"Traceback" not in ran.stderr + ran.stdout
    assert b"Exception ignored" not in ran.stderr
    assert ran.returncode == code, ran.stderr


@pytest.mark.parametrize(
    "verb",
    [
        "--version",
        "say listen",
        "script",
        "script --json",
        "playbook list",
        "-h",
        "config show",
        "call --answers /dev/null",
    ],
)
def test_a_full_device(at: Place, verb: str) -> None:
    ran = at.shell(f"coach {verb} > /dev/full")
    quiet(ran, 6)
    assert ran.stderr.startswith(b"error: ")
    assert b"No space left" in ran.stderr


def test_a_full_device_for_a_stream(at: Place) -> None:
    quiet(at.shell("""yes '{"cause":"delivery"}' | head -100 | (coach script --stream > /dev/full)"""), 6)


def test_nobody_reads_on(at: Place) -> None:
    ran = at.shell("yes '{}' | head -2000 | { coach script --stream; echo $? >&2; } | head -1")
    assert json.loads(ran.stdout)["schema"] == "clientcoach/script@1"
    assert ran.stderr == b"141\n"


@pytest.mark.parametrize(
    ("verb", "code"),
    [("say listen", 0), ("script --json", 0), ("--version", 0), ("script --lang xx", 2), ("-h", 0), ("nonsense", 2)],
)
def test_closed_streams(at: Place, verb: str, code: int) -> None:
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        quiet(at.shell(f"coach {verb} {closed}"), code)
    assert at.shell(f"coach {verb} <&-").stdout == at.shell(f"coach {verb}").stdout


@pytest.mark.parametrize("verb", ["script --stream", "script --case -", "call --answers -"])
def test_a_closed_standard_input_that_is_needed(at: Place, verb: str) -> None:
    ran = at.shell(f"coach {verb} <&-")
    quiet(ran, 2)
    assert b"Standard input is closed" in ran.stderr


@pytest.mark.parametrize("verb", ["script --case .", "call --answers .", "script --case nowhere", "call --answers nowhere"])
def test_a_file_that_cannot_be_read(at: Place, verb: str) -> None:
    ran = at.run(*verb.split())
    assert ran.code == 2
    assert verb.rsplit(maxsplit=1)[-1] in ran.err
    assert "cannot be read" in ran.err


def test_a_call_without_a_terminal(at: Place) -> None:
    ran = at.process("call")
    quiet(ran, 5)
    assert b"--answers" in ran.stderr


def test_alone_without_a_terminal_help_goes_to_stderr(at: Place) -> None:
    ran = at.process()
    quiet(ran, 2)
    assert ran.stdout == b""
    assert b"Usage: clientcoach" in ran.stderr


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONIOENCODING": "cp1251"},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "ru_RU.CP1251", "PYTHONUTF8": "0"},
    ],
)
def test_utf8_whatever_the_locale(at: Place, variables: dict[str, str]) -> None:
    at.variables = {**variables, "CLIENTCOACH_LANG": "en"}
    ran = at.process("script", "--json", "--customer", "Жаңа Łucja 👍")
    quiet(ran, 0)
    assert json.loads(ran.stdout.decode())["case"]["customer"] == "Жаңа Łucja 👍"
    ran = at.process("script", "--stream", input='{"customer": "Łucja 👍"}\n'.encode())
    quiet(ran, 0)
    assert json.loads(ran.stdout.decode())["case"]["customer"] == "Łucja 👍"
    ran = at.process("script", "--cause", "жалоба")
    quiet(ran, 2)
    assert "жалоба" in ran.stderr.decode()


@pytest.mark.parametrize(
    "argv", [(b"script", b"--customer", b"\xff"), (b"script", b"--lang", b"\xff"), (b"script", b"\xff"), (b"say", b"\xff"), (b"\xff",), (b"script", b"--\xff"), (b"script", b"--case", b"\xff"), (b"config", b"set", b"\xff", b"x"), (b"playbook", b"lint", b"\xff"), (b"schema", b"\xff"), (b"script", b"--set", b"\xff=\xff"), (b"script", b"--offer", b"\xff"), (b"script", b"--deadline", b"\xff"), (b"script", b"--amount", b"\xff")]
)  # fmt: skip
def test_arguments_that_are_not_utf8(at: Place, argv: tuple[bytes, ...]) -> None:
    ran = at.process(*argv)
    quiet(ran, 2)
    ran.stderr.decode("utf-8")


def test_completion_of_bytes(at: Place) -> None:
    quiet(at.process(b"complete", b"\xff"), 0)


def test_a_working_directory_that_is_gone(at: Place) -> None:
    for verb in ("script", "say listen", "playbook list", "config show", "-h"):
        quiet(at.shell(f"mkdir gone; cd gone; rmdir ../gone; coach {verb}; code=$?; cd ..; exit $code"), 0)
    quiet(at.shell("mkdir gone; cd gone; rmdir ../gone; coach config set lang ru --project"), 2)


@pytest.mark.parametrize("home", [None, "", "relative", "/proc/nowhere", "/dev/null"])
def test_no_home(at: Place, home: str | None) -> None:
    at.variables = {"HOME": home, "XDG_CACHE_HOME": None}  # type: ignore[dict-item]
    ran = at.process("say", "listen")
    quiet(ran, 0)
    assert ran.stdout
    quiet(at.process("config", "set", "lang", "ru"), 6 if home and home.startswith("/") else 2)


def test_a_cache_that_cannot_be_written(at: Place) -> None:
    """Without the permission; as root also without root's right to do without."""
    locked = at.home / "locked"
    (locked / "clientcoach").mkdir(parents=True)
    (locked / "clientcoach").chmod(0o500)
    command = [sys.executable, "-m", "clientcoach", "say", "listen"]
    if os.geteuid() == 0:
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    ran = subprocess.run(command, env={**at.environment(), "XDG_CACHE_HOME": str(locked)}, cwd="/", capture_output=True, check=False)
    quiet(ran, 0)
    assert ran.stderr == b""
    assert ran.stdout
    assert not list((locked / "clientcoach").iterdir())


def test_a_cache_of_somebody_else_is_not_believed(at: Place) -> None:
    at.run("say", "listen")
    own = at.home / "own"
    shutil.copytree(at.cache, own)
    for file in own.rglob("*.json"):
        head, _, body = file.read_bytes().partition(b"\n")
        file.write_bytes(head + b"\n" + body.replace(b"Tell me what happened", b"Go away, customer!!!!"))
    ran = at.process("say", "listen", env={**at.environment(), "XDG_CACHE_HOME": str(own)})
    quiet(ran, 0)
    assert b"Go away" not in ran.stdout


def test_two_processes_compile_at_once(at: Place) -> None:
    env = {**at.environment(), "XDG_CACHE_HOME": str(at.home / "fresh")}
    command = [sys.executable, "-m", "clientcoach", "script", "--json"]
    both = [subprocess.Popen(command, env=env, cwd=at.cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    told = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0, 0]
    assert len(set(told)) == 1
    assert told[0][1] == b""
    left = [file.name for file in (at.home / "fresh").rglob("*") if file.is_file()]
    assert left
    assert all(name.endswith(".json") for name in left), "no temporary file stays"


def test_a_broken_cache_is_made_again(at: Place) -> None:
    fresh = at.home / "fresh"
    at.variables = {"XDG_CACHE_HOME": str(fresh)}
    wanted = at.process("say", "listen").stdout
    for damage in (b"", b"\x00" * 50, b"{}", b"[" * 5000):
        for file in fresh.rglob("*.json"):
            file.write_bytes(damage)
        ran = at.process("say", "listen")
        quiet(ran, 0)
        assert ran.stdout == wanted


def test_a_fault_of_ours_is_told_in_one_line(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientcoach.commands import say

    def broken(_values: object, _env: object) -> None:
        raise ZeroDivisionError("ouch")

    monkeypatch.setattr(say, "run", broken)
    ran = at.run("say", "listen")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "ZeroDivisionError: ouch" in ran.err
    assert "Traceback" in at.run("say", "listen", "--debug").err


def test_the_installed_command(at: Place) -> None:
    command = Path(sysconfig.get_path("scripts")) / "clientcoach"
    ran = subprocess.run([command, "--version"], env=at.environment(), capture_output=True, check=True)
    assert ran.stdout.decode() == f"clientcoach {__version__}\n"
