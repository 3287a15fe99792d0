"""`drill replay`: a drill told again, how else it could have gone, and files that are none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.content import library
from clientcoach.drill.acts import ACTS
from clientcoach.drill.what_if import before, said, what_if
from tests.drill.answers import answers, file, played
from tests.support import LANGS, ndjson

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Place

NAME = "late-sofa"
WRONG: dict[str, Any] = {
    "not an object": [1], "no schema": {"type": "begin"}, "another schema": {"schema": "clientcoach/drill@2"}, "no type": {"type": None}, "no such type": {"type": "_rule"},
    "a turn of text": {"turn": "1"}, "a turn below nothing": {"turn": -1}, "true is no turn": {"turn": True},
}  # fmt: skip
BEGIN: dict[str, Any] = {
    "title": 3, "who": None, "may": ["a"], "customer": 4, "seed": -1, "persona": None, "lang": 7, "rule": "no_such_rule", "call": 3, "schema": "clientcoach/call@1",
}  # fmt: skip


def drilled(at: Place, lang: str = "en", seed: int = 3) -> Path:
    """What `drill run --json` printed of a call of the reference."""
    path = at.cwd / "drill.ndjson"
    ran = at.run(
        "drill", "run", NAME, "--lang", lang, "--answers", file(at, *answers(played(at, NAME, lang, seed))), "--seed", str(seed), "--json"
    )
    path.write_text(ran.out, encoding="utf-8")
    return path


def changed(at: Place, number: int, **more: Any) -> str:
    """A drill with another value in a line (1 is the first)."""
    lines = [json.loads(line) for line in drilled(at).read_text(encoding="utf-8").splitlines()]
    lines[number - 1].update(more)
    return file(at, *lines, name="changed.ndjson")


@pytest.mark.parametrize("lang", LANGS)
def test_all_of_it_is_told_in_order_with_what_was_not_seen(at: Place, lang: str) -> None:
    path = drilled(at, lang)
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    ran = at.run("drill", "replay", str(path), "--ui", lang)
    assert (ran.code, ran.err) == (0, "")
    place = 0
    for event in events:
        for text in [event.get("text"), *event.get("lines", ())]:
            if text:
                place = ran.out.index(text, place)
    assert f" {events[1]['state']['anger']} " in ran.out
    acts = library.drill_words(at.session().places, lang)["acts"]
    assert all(acts[act] in ran.out for event in events if event["type"] == "worker" for act in event["acts"])


def test_standard_input_and_both_calls(at: Place) -> None:
    first = drilled(at).read_bytes()
    again = ndjson([{**json.loads(line), "call": 2} for line in first.splitlines()])
    ran = at.run("drill", "replay", "-", "--ui", "en", stdin=first + again)
    assert ran.code == 0
    assert ran.out.count("1. You: ") == 2
    assert "the second call" in ran.out


def test_from_a_turn_with_another_act(at: Place) -> None:
    path, talk = drilled(at), played(at, NAME, "en", 3)
    for one in talk.rounds:
        object.__setattr__(one, "said", said(before(talk, one.turn), one.acts))
    other = what_if(talk, 3, ["calm_down"])
    ran = at.run("drill", "replay", str(path), "--from", "3", "--act", "calm_down", "--ui", "en")
    assert (ran.code, ran.err) == (0, "")
    place = 0
    for one in other["talk"].rounds[2:]:
        place = ran.out.index(one.answer, ran.out.index(f"{one.turn}. You: {one.said}", place))
    assert "\n2. You: " not in ran.out
    rows = [line.split() for line in ran.out.splitlines() if line.startswith("> 3")]
    assert [(row[-3], row[-1]) for row in rows] == [
        (str(talk.curve(name)[3]), str(other["curves"][name][3])) for name in ("anger", "trust")
    ]
    assert max(len(line) for line in ran.out.split("\nanger\n")[1].splitlines() if "█" in line) <= 40


def test_several_acts_in_one_turn(at: Place) -> None:
    ran = at.run("drill", "replay", str(drilled(at)), "--from", "1", "--act", "apology", "--act", "own", "--ui", "en")
    words = library.drill_words(at.session().places, "en")["acts"]
    assert f"{words['apology']} + {words['own']}" in ran.out.splitlines()[0]


def test_a_call_that_broke_off_can_be_gone_on_with(at: Place) -> None:
    path = drilled(at)
    half = b"".join(path.read_bytes().splitlines(keepends=True)[:6])
    ran = at.run("drill", "replay", "-", "--from", "2", "--act", "listen", "--ui", "en", stdin=half)
    assert ran.code == 0
    assert "not over" in ran.out
    assert at.run("drill", "replay", "-", stdin=half).code == 0


def test_a_customer_who_was_rewritten_is_said_so(at: Place) -> None:
    path = changed(at, 2, text="Something else.")
    ran = at.run("drill", "replay", path, "--from", "1", "--act", "listen", "--ui", "en")
    assert ran.code == 0
    assert "rewritten" in ran.err
    assert at.run("drill", "replay", path, "--ui", "en").err == ""


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("what", WRONG)
def test_a_line_that_is_no_event_is_told_with_its_number(at: Place, number: int, what: str) -> None:
    lines: list[Any] = [json.loads(line) for line in drilled(at).read_text(encoding="utf-8").splitlines()]
    lines[number - 1] = {**lines[number - 1], **WRONG[what]} if isinstance(WRONG[what], dict) else WRONG[what]
    if what == "no schema":
        del lines[number - 1]["schema"]
    ran = at.run("drill", "replay", file(at, *lines, name="changed.ndjson"), "--ui", "en")
    assert (ran.code, ran.out) == (2, "")
    assert f"Line {number} of " in ran.err


@pytest.mark.parametrize("field", BEGIN)
def test_a_beginning_that_is_none(at: Place, field: str) -> None:
    ran = at.run("drill", "replay", changed(at, 1, **{field: BEGIN[field]}), "--ui", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "Line 1 of " in ran.err


@pytest.mark.parametrize(
    ("number", "more"),
    [
        (2, {"text": None}), (2, {"state": {"anger": 101, "trust": 0}}), (2, {"state": {"anger": 5}}), (2, {"state": []}), (3, {"acts": []}), (3, {"acts": ["no_such_act"]}),
        (3, {"acts": "listen"}), (3, {"acts": [["listen"]]}), (3, {"text": "a" * 10_001}), (3, {"type": "event", "kind": "no_such_kind"}), (3, {"type": "end", "end": "won"}),
        (3, {"type": "debrief", "lines": [1]}), (3, {"type": "hint"}),
    ],
)  # fmt: skip
def test_events_that_are_none(at: Place, number: int, more: dict[str, Any]) -> None:
    path = changed(at, number, **({"text": 1} if more == {"type": "hint"} else {}), **more)
    ran = at.run("drill", "replay", path, "--ui", "en")
    assert (ran.code, ran.out) == (2, "")
    assert f"Line {number} of " in ran.err


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"{", b"\xff\xfe", b"null\n", b'{"schema": "clientcoach/drill@1", "schema": 1}', b"[" * 100_000]
)
def test_what_is_no_drill_at_all(at: Place, data: bytes) -> None:
    ran = at.run("drill", "replay", "-", "--ui", "en", stdin=data)
    assert (ran.code, ran.out) == (2, "")
    assert "is no event of a drill" in ran.err


def test_a_drill_has_an_end(at: Place) -> None:
    lines = drilled(at).read_bytes().splitlines(keepends=True)
    ran = at.run("drill", "replay", "-", "--ui", "en", stdin=lines[0] + lines[1] * 10_000)
    assert (ran.code, "Line 10001 of " in ran.err) == (2, True)


def test_hostile_text_reaches_no_terminal(at: Place) -> None:
    path = changed(at, 1, title="\x1b[31mred\u202e", who="\x07", customer="\x1b]0;x\x07")
    lines = [json.loads(line) for line in open(path, encoding="utf-8")]
    lines[1]["text"] = lines[2]["text"] = "\x1b[2J\u2028gone\ud800"
    lines[-1]["lines"] = ["\x9b31m"]
    (at.cwd / "hostile.ndjson").write_text("".join(json.dumps(line) + "\n" for line in lines))
    ran = at.run("drill", "replay", str(at.cwd / "hostile.ndjson"), "--ui", "en")
    assert ran.code == 0
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2028"} & set(ran.out)


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("--from", "2"), "belong together"), (("--act", "listen"), "belong together"), (("--from", "0", "--act", "listen"), "--from"), (("--from", "99", "--act", "listen"), "--from"),
        (("--from", "two", "--act", "listen"), "--from"), (("--from", "2", "--act", "lissten"), "listen"),
    ],
)  # fmt: skip
def test_a_turn_or_an_act_that_is_not_there(at: Place, argv: tuple[str, ...], told: str) -> None:
    ran = at.run("drill", "replay", str(drilled(at)), *argv, "--ui", "en")
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_drill_without_a_turn_has_none_to_change(at: Place) -> None:
    begun = b"".join(drilled(at).read_bytes().splitlines(keepends=True)[:2])
    ran = at.run("drill", "replay", "-", "--from", "1", "--act", "listen", "--ui", "en", stdin=begun)
    assert (ran.code, "Nothing was said" in ran.err) == (2, True)


def test_a_persona_that_is_gone(at: Place) -> None:
    ran = at.run("drill", "replay", changed(at, 1, persona="../../etc"), "--from", "1", "--act", "listen", "--ui", "en")
    assert (ran.code, ran.out) == (2, "")
    assert at.run("drill", "replay", changed(at, 1, persona="../../etc"), "--ui", "en").code == 0, "to be told it need not be there"


def test_a_file_that_cannot_be_read(at: Place) -> None:
    assert at.run("drill", "replay", "missing.ndjson").code == 2
    assert at.run("drill", "replay", str(at.cwd)).code == 2
    assert at.run("drill", "replay", "-", stdin=None).code == 2


def test_acts_are_completed(at: Place) -> None:
    assert at.run("complete", "drill", "replay", "x", "--act").out.split() == list(ACTS)
