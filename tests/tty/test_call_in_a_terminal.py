"""The plain call in a real (pseudo) terminal: Enter, Ctrl-C, Ctrl-D, another alphabet, JSON beside the screen."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from tests.support import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support import Place

PROMPT = "\r\n: "


@pytest.fixture
def terminal(at: Place) -> Iterator[Any]:
    children: list[pexpect.spawn[str]] = []

    def start(*argv: str, shell: str = "", **variables: str) -> pexpect.spawn[str]:
        command, words = (
            (sys.executable, ["-m", "clientcoach", *argv])
            if not shell
            else ("bash", ["-c", shell.replace("coach", f"{sys.executable} -m clientcoach")])
        )
        env = {**at.environment(), "TERM": "dumb", "CLIENTCOACH_LANG": "en", **variables}
        child = pexpect.spawn(command, words, env=env, cwd=str(at.cwd), encoding="utf-8", timeout=20, dimensions=(40, 120), echo=False)
        children.append(child)
        return child

    yield start
    for child in children:
        child.close(force=True)


def left(child: pexpect.spawn[str]) -> tuple[str, int]:
    child.expect(pexpect.EOF)
    child.close()
    return child.before or "", child.exitstatus if child.exitstatus is not None else -(child.signalstatus or 0)


def say(child: pexpect.spawn[str], *lines: str) -> str:
    for line in lines:
        child.expect_exact(PROMPT)
        child.sendline(line)
    child.expect_exact(PROMPT)
    return child.before or ""


def test_enter_walks_all_five_steps(terminal: Any) -> None:
    child = terminal("call", "--verified", "--cause", "delivery")
    for number, title in enumerate(("Hear them out", "Show that you see", "Apologise", "Offer something", "Agree it"), 1):
        for _ in range(8):
            if child.expect_exact([f"— {number}. {title}", PROMPT]) == 0:
                break
            child.sendline("")
        else:
            pytest.fail(f"step {number} does not come")
    for _ in range(8):
        if child.expect_exact(["Everything is said", PROMPT]) == 0:
            break
        child.sendline("")
    child.expect_exact(PROMPT)
    child.sendline("o")
    child.expect_exact("This will be saved")
    child.expect_exact(PROMPT)
    over = child.before
    child.sendeof()
    rest, code = left(child)
    assert "Steps: listen, empathise, apologise, propose, follow up" in over
    assert "log add --drafts" in rest
    assert code == 0
    assert "\x1b" not in rest, "nothing but lines in a dumb terminal"


def test_keys_take_what_they_need(terminal: Any) -> None:
    child = terminal("call", "--cause", "delivery")
    assert "order 4471" in say(child, "", "f order=4471")
    child.sendline("x 1")
    child.expect_exact("! ")
    child.expect_exact(PROMPT)
    child.sendline("i")
    child.expect_exact(PROMPT)
    child.sendline("й")  # the key of q
    child.expect_exact("1. Hear them out")
    child.expect_exact(PROMPT)
    child.sendline("h")
    child.expect_exact("Ctrl-D")
    child.expect_exact(PROMPT)
    child.sendline("nonsense")
    child.expect_exact("nonsense” is not a key")
    child.expect_exact(PROMPT)
    child.sendline("l ru")
    child.expect("[А-я]{5}")
    child.expect_exact(PROMPT)
    child.sendline("l")
    child.expect("[a-z]{5}")
    child.expect_exact(PROMPT)
    child.sendline("x ²")
    child.expect_exact("²")
    child.expect_exact(PROMPT)
    child.sendeof()
    assert left(child)[1] == 3


def test_ctrl_c_is_130(terminal: Any) -> None:
    child = terminal("call")
    child.expect_exact(PROMPT)
    child.sendintr()
    rest, code = left(child)
    assert code == 130
    assert "Traceback" not in rest


def test_ctrl_d_is_3_and_says_so(terminal: Any) -> None:
    child = terminal("call")
    child.expect_exact(PROMPT)
    child.sendeof()
    rest, code = left(child)
    assert code == 3
    assert "Nothing was saved" in rest


def test_alone_it_starts_a_call(terminal: Any) -> None:
    child = terminal()
    child.expect_exact("1. Hear them out")
    child.expect_exact(PROMPT)
    child.sendeof()
    assert left(child)[1] == 3


def test_alone_in_a_pipe_it_shows_help(terminal: Any) -> None:
    child = terminal(shell="coach | cat; exit ${PIPESTATUS[0]}")
    rest, code = left(child)
    assert "Usage: clientcoach" in rest
    assert code == 2


@pytest.mark.parametrize("shell", ["coach call < /dev/null", "coach call --no-input", "coach call <&-"])
def test_without_a_terminal_to_type_in_it_is_5(terminal: Any, shell: str) -> None:
    rest, code = left(terminal(shell=shell))
    assert code == 5
    assert "--answers" in rest


def test_json_goes_to_stdout_and_the_words_to_the_screen(terminal: Any, at: Place) -> None:
    child = terminal(shell="coach call --json --verified > events.ndjson")
    child.expect_exact("1. Hear them out")
    say(child, "", "n", "f cause=delivery", "v")
    child.sendline("o")
    child.expect_exact(PROMPT)
    child.sendline("o")
    child.expect_exact("This will be saved")
    child.expect_exact(PROMPT)
    child.sendline("")
    screen, code = left(child)
    assert "Saved: " in screen
    assert code == 0
    assert '{"schema"' not in screen
    events = [json.loads(line) for line in (at.cwd / "events.ndjson").read_text(encoding="utf-8").splitlines()]
    for event in events:
        validate(event)
    assert [event["type"] for event in events][:3] == ["begin", "step", "say"]
    assert events[-1]["type"] == "end"


def test_bytes_that_are_not_utf8_are_refused_not_fatal(terminal: Any) -> None:
    child = terminal("call")
    child.expect_exact(PROMPT)
    os.write(child.child_fd, b"f customer=\xff\n")
    child.expect_exact("not valid UTF-8")
    child.expect_exact(PROMPT)
    child.sendeof()
    assert left(child)[1] == 3


def test_a_terminal_that_is_not_utf8_gets_a_substitute(terminal: Any) -> None:
    child = terminal("call", "--lang", "ru", "--ui", "ru", PYTHONIOENCODING="latin-1")
    child.expect_exact(PROMPT)
    child.sendeof()
    rest, code = left(child)
    assert code == 3
    assert "Traceback" not in rest


def test_the_end_of_a_pager_is_141(terminal: Any) -> None:
    child = terminal(shell="{ coach playbook show angry-customer --lang en; echo code=$? >&2; } | head -1")
    rest, _ = left(child)
    assert "code=141" in rest or "code=0" in rest
    assert "Traceback" not in rest
    assert "Broken pipe" not in rest


def test_colour_in_a_terminal_only(terminal: Any) -> None:
    assert "\x1b[1m" in left(terminal("script", TERM="xterm"))[0]
    assert "\x1b[" not in left(terminal("script", TERM="xterm", NO_COLOR="1"))[0]
    assert "\x1b[" not in left(terminal("script"))[0]
    assert "\x1b[" not in left(terminal(shell="coach script | cat", TERM="xterm"))[0]
