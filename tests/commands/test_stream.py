"""`script --stream`: order, ids, errors in their place, one line in the memory at a time."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach import ndjson as reading
from clientcoach.commands import Result, stream
from clientcoach.commands.script import tailored
from clientcoach.errors import UsageError
from tests.support import ndjson, validate

if TYPE_CHECKING:
    from tests.support import Place


def answered(at: Place, *lines: Any) -> tuple[int, list[Any]]:
    ran = at.run("script", "--stream", stdin=ndjson(lines))
    return ran.code, ran.events


def test_good_and_bad_lines_mixed(at: Place) -> None:
    lines = [
        {"id": "a", "cause": "delivery"},
        b"",
        {"id": 7, "cause": "delivry"},
        b"{",
        {"id": "c", "anger": "x", "prior": []},
        b"   ",
        {"cause": "billing", "lang": "en"},
        b"[1]",
        {"id": "z", "playbook": "nowhere"},
    ]
    code, answers = answered(at, *lines)
    assert code == 1
    for answer in answers:
        validate(answer)
    assert [answer.get("id") for answer in answers] == ["a", 7, None, "c", None, None, "z"]
    assert [answer.get("line") for answer in answers] == [None, 3, 4, 5, None, 8, 9]
    assert [answer.get("error", {}).get("code") for answer in answers] == [
        None,
        "unknown_value",
        "bad_json",
        "bad_fields",
        None,
        "not_an_object",
        "unknown_playbook",
    ]
    assert set(answers[3]["error"]["fields"]) == {"anger", "prior"}
    assert set(answers[1]["error"]["fields"]) == {"cause"}
    assert "delivery" in answers[1]["error"]["message"]


def test_a_line_gives_what_the_command_gives(at: Place) -> None:
    case = {"cause": "delivery", "anger": 8, "order": "4471", "deadline": "2h"}
    assert answered(at, case) == (
        0,
        [at.run("script", "--json", "--cause", "delivery", "--anger", "8", "--order", "4471", "--deadline", "2h").json],
    )


def test_flags_win_over_lines_and_lines_over_settings(at: Place) -> None:
    at.variables["CLIENTCOACH_AGENT"] = "set"
    ran = at.run(
        "script",
        "--stream",
        "--company",
        "flag",
        stdin=ndjson([{"company": "line", "agent": "line"}, {"company": "line"}]),
    )
    assert [(answer["case"]["company"], answer["case"]["agent"]) for answer in ran.events] == [
        ("flag", "line"),
        ("flag", "set"),
    ]


def test_one_case_does_not_colour_the_next(at: Place) -> None:
    plain = {"cause": "delivery"}
    _, answers = answered(
        at,
        plain,
        {"cause": "billing", "channel": "chat", "seed": 7, "playbook": "angry-customer"},
        {"playbook": "nowhere"},
        plain,
    )
    assert answers[0] == answers[3]


def test_nothing_in_nothing_out(at: Place) -> None:
    assert answered(at) == (0, [])
    assert answered(at, b"", b"  ", b"\r") == (0, [])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xef\xbb\xbf{}", None), (b"{}\r", None), (b"{}", None), (b'{"anger": NaN}', "bad_json"), (b'{"anger": Infinity}', "bad_json"), (b'{"anger": 1e999}', "wrong_type"), (b"[" * 50_000, "bad_json"),
        (b'{"set":' * 50_000, "bad_json"), (b'{"customer": "\\ud800"}', "not_text"), (b'{"id": "\\ud800"}', "wrong_type"), (b'{"id": []}', "wrong_type"), (b'{"id": true}', "wrong_type"), (b'{"id": 1.5}', "wrong_type"),
        (b'{"customer": "\xff"}', "not_utf8"), (b"\xff\xfe{\x00}\x00", "not_utf8"), (b'{"lang": "\\ud800"}', "unknown_value"), (b'{"\\ud800": 1}', "unknown_field"), (b'{"seed": ' + b"9" * 5000 + b"}", "bad_json"),
        (b'{"customer": "' + b"x" * (2 << 20) + b'"}', "line_too_long"), (b'{"customer": "' + b"x" * 1000 + b'"}', "too_long"), (b'{"set": {"a": "\\ud800"}}', "unknown_value"), (b"null", "not_an_object"), (b"{} {}", "bad_json"),
        (b'{"schema": "clientcoach/triage@1", "flags": 5}', "wrong_type"), (b'{"offer": ["\\ud800"]}', "wrong_type"), (b'{"playbook": 5}', "wrong_type"), (b'{"role": "nobody"}', "unknown_value"),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_hostile_lines_are_answered_in_their_place(at: Place, raw: bytes, code: str | None) -> None:
    exit_code, answers = answered(at, raw, {"id": "after"})
    assert [answer.get("error", {}).get("code") for answer in answers] == [code, None]
    assert answers[1]["id"] == "after"
    assert exit_code == (1 if code else 0)
    validate(answers[0])
    json.dumps(answers, ensure_ascii=False)


def test_a_bom_is_only_at_the_start(at: Place) -> None:
    assert answered(at, {}, b"\xef\xbb\xbf{}")[0] == 1


def test_the_last_line_needs_no_end(at: Place) -> None:
    assert len(at.run("script", "--stream", stdin=b"{}\n{}").events) == 2


def test_the_longest_line_and_one_more(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_LINE", 40)
    exactly = b'{"company": "' + b"x" * 25 + b'"}'
    assert len(exactly) == 40
    for raw, code in ((exactly, None), (exactly[:-2] + b'x"}', "line_too_long"), (exactly * 3, "line_too_long")):
        _, answers = answered(at, raw, {"id": "after"})
        assert [answer.get("error", {}).get("code") for answer in answers] == [code, None], len(raw)


def test_messages_follow_the_interface_language(at: Place) -> None:
    english, russian = (
        at.run("script", "--stream", "--lang", "en", "--ui", ui, stdin=b"{").events[0]["error"]["message"] for ui in ("en", "ru")
    )
    assert english != russian
    assert "JSON" in russian


class Endless(io.RawIOBase):
    """A source that makes a line when it is asked for one, and counts."""

    asked = 0

    def readline(self, _limit: int | None = -1, /) -> bytes:
        self.asked += 1
        return b'{"cause": "delivery"}\n'


def test_a_line_is_answered_before_the_next_is_read(at: Place) -> None:
    source = Endless()
    session = at.session(stream=True)
    lines = stream.answers(session, source, Result("stream", None), lambda given: tailored(session, session.case(given)))  # type: ignore[arg-type]
    for count in range(1, 200):
        assert next(lines).endswith("}\n")
        assert source.asked == count


class Broken(io.RawIOBase):
    def readline(self, _limit: int | None = -1, /) -> bytes:
        raise OSError(5, "Input/output error")


def test_a_source_that_breaks_is_the_sources_fault(at: Place) -> None:
    with pytest.raises(UsageError) as caught:
        list(stream.answers(at.session(stream=True), Broken(), Result("stream", None), dict))  # type: ignore[arg-type]
    assert caught.value.code == "unreadable_file"


MEASURE = "import sys, resource; from clientcoach.__main__ import run; from clientcoach.env import current; code = run(['script', '--stream'], current()); sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)); sys.exit(code)"


def test_memory_stays_flat(at: Place) -> None:
    at.run("script")

    def peak(count: int) -> int:
        data = b'{"cause": "delivery", "customer": "Anna", "deadline": "2h"}\n' * count
        ran = subprocess.run(
            [sys.executable, "-c", MEASURE],
            input=data,
            env=at.environment(),
            cwd=at.cwd,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=True,
        )
        return int(ran.stderr)  # KiB

    assert resource.getpagesize()
    few, many = peak(300), peak(3000)
    assert many - few < 2048


def test_answers_come_before_the_input_ends(at: Place) -> None:
    command = [sys.executable, "-m", "clientcoach", "script", "--stream"]
    with subprocess.Popen(command, env=at.environment(), cwd=at.cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in ("a", "b"):
            process.stdin.write(ndjson([{"id": name}]))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()
        assert process.wait() == 0
