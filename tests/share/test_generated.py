"""The man page and the completions: generated, committed, and working in a real shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clientcoach.commands.completion import candidates
from clientcoach.env import Env
from clientcoach.options import CASE, VERBS
from clientcoach.share import words
from clientcoach.share.generate import FOLDER, files
from clientcoach.share.manual import escaped

BIN = Path(sys.executable).parent
ASKING = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
__clientcoach "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize("name", sorted(files()))
def test_the_committed_file_is_the_generated_one(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == files()[name], "run python -m clientcoach.share.generate"


def completed(tmp_path: Path, *line: str) -> list[str]:
    """What bash would offer for the last word of a line."""
    environment = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    command = ["bash", "--norc", "-c", ASKING, "bash", str(FOLDER / "clientcoach.bash"), "clientcoach", *line]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return [word for word in done.stdout.split("\n") if word]


def test_bash_offers_verbs(tmp_path: Path) -> None:
    assert completed(tmp_path, "") == list(dict.fromkeys(verb.split()[0] for verb in VERBS))
    assert completed(tmp_path, "s") == ["script", "say", "schema"]
    assert completed(tmp_path, "config", "") == ["show", "path", "set"]
    assert completed(tmp_path, "nonsense", "") == []
    assert completed(tmp_path, "--") == ["--version", "--help"]


def test_bash_offers_flags(tmp_path: Path) -> None:
    assert completed(tmp_path, "script", "--cust") == ["--customer", "--customer-gender"]
    assert set(completed(tmp_path, "playbook", "review", "-")) == {
        "--lang",
        "-l",
        "--ui",
        "--format",
        "--json",
        "--color",
        "--no-input",
        "--debug",
        "-h",
        "--help",
    }


def test_bash_knows_a_verb_that_stands_before_others_too(tmp_path: Path) -> None:
    assert completed(tmp_path, "promises", "") == ["add", "due", "done", "snooze", "export"]
    assert completed(tmp_path, "promises", "--re") == completed(tmp_path, "promises", "add", "--re") == ["--reference"]
    assert completed(tmp_path, "promises", "--all", "--form") == ["--format"]
    assert completed(tmp_path, "promises", "--format", "") == ["text", "json"]
    assert completed(tmp_path, "promises", "export", "--format", "") == ["ics", "json"]


@pytest.mark.parametrize(
    "start",
    [
        ["script", "--cause", ""],
        ["script", "--verified", "--cause", ""],
        ["script", "angry-customer", "--cause", "="],
        ["call", "--order", "-1", "--cause", ""],
    ],
)
def test_bash_offers_the_values_of_a_flag(tmp_path: Path, start: list[str]) -> None:
    assert completed(tmp_path, *start) == list(words.closed("cause", CASE["cause"]))


def test_bash_offers_by_place(tmp_path: Path) -> None:
    assert completed(tmp_path, "say", "f") == ["follow_up"]
    assert completed(tmp_path, "say", "listen", "") == []
    assert completed(tmp_path, "say", "--lang", "pl", "f") == ["follow_up"]
    assert completed(tmp_path, "say", "--hardship", "f") == ["follow_up"]
    assert completed(tmp_path, "config", "set", "cha") == ["channel"]
    assert completed(tmp_path, "config", "set", "channel", "") == []


def test_bash_asks_the_program_for_the_rest(tmp_path: Path) -> None:
    assert completed(tmp_path, "script", "ang") == ["angry-customer"]
    assert completed(tmp_path, "say", "listen", "--playbook", "ang") == ["angry-customer"]
    assert "refund_delivery" in completed(tmp_path, "script", "--offer", "refund_")
    assert "--lang" not in completed(tmp_path, "script", "")


def test_bash_offers_files_where_files_go(tmp_path: Path) -> None:
    (tmp_path / "my case.json").touch()
    (tmp_path / "other.json").touch()
    assert completed(tmp_path, "script", "--case", "my") == ["my case.json"]
    assert completed(tmp_path, "playbook", "lint", "oth") == ["other.json"]


def test_scripts_and_the_complete_verb_agree() -> None:
    env = Env({"HOME": "/nowhere"}, None, None, None)
    for verb in VERBS:
        for flag, name, option in words.flags(verb):
            told = words.answer(name, option)
            found = candidates([*verb.split(), flag], env)
            if not option.get("switch") and not told.startswith("@"):
                assert found == told.split(), (verb, flag)
            elif told in {words.FILE, words.NONE} and not option.get("switch"):
                assert found == [], (verb, flag)


def test_only_zsh_has_a_function_of_that_name() -> None:
    assert "_clientcoach() {" in files()["clientcoach.zsh"].split("\n")
    assert "_clientcoach() {" not in files()["clientcoach.bash"].split("\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_itself_reads_it(shell: str) -> None:
    done = subprocess.run([shell, "-n", str(FOLDER / f"clientcoach.{shell}")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


FISH_LINES = {
    "say fol": ["follow_up"],
    "config s": ["set", "show"],
    "script --cause del": ["delivery"],
    "script ang": ["angry-customer"],
    "say li": ["listen"],
    "promises s": ["snooze"],
    "promises --al": ["--all"],
    "promises add --al": [],
}


@pytest.mark.parametrize("line", FISH_LINES)
def test_fish_offers(line: str, tmp_path: Path) -> None:
    environment = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    command = ["fish", "--no-config", "-c", f"source {FOLDER}/clientcoach.fish; complete -C 'clientcoach {line}'"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert [found.split("\t")[0] for found in done.stdout.splitlines()] == FISH_LINES[line]


@pytest.mark.parametrize("command", [["man", "--warnings", "-l"], ["groff", "-ww", "-man", "-Tutf8"]])
def test_the_man_page_has_no_warnings(command: list[str]) -> None:
    done = subprocess.run(
        [*command, str(FOLDER / "clientcoach.1")],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"},
    )
    assert done.stderr == ""


def test_the_man_page_names_everything() -> None:
    page = files()["clientcoach.1"]
    for verb, spec in VERBS.items():
        assert f".SS {escaped(verb)}\n" in page
        for option in spec["options"].values():
            assert escaped(option["help"]) in page
            assert all(rf"\fB{escaped(flag)}\fR" in page for flag in option["flags"])
    assert page.isascii()


@pytest.mark.parametrize(("text", "safe"), [(".TH", "\\&.TH"), ("a-b\\c", "a\\-b\\ec"), ("Ż", "\\[u017B]"), ("it's", "it\\(aqs")])
def test_nothing_in_a_text_is_troff(text: str, safe: str) -> None:
    assert escaped(text) == safe
