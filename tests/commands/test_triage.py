"""`triage`: what a worker, a pipe and a stream get for a customer's message; danger first, bad input in its place."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from clientcoach.commands.reading import read_text
from clientcoach.errors import UsageError
from tests.support import LANGS, Place, ndjson, validate

ANGRY = {
    "ru": "Посылка девятый день лежит у вас на складе!!! Пойду в суд. Заказ № 4471",
    "pl": "Paczka dziewiąty dzień leży u was w magazynie!!! Pójdę do sądu. Zamówienie nr 4471",
    "kk": "Сәлемдеме тоғыз күннен бері қоймаңызда жатыр!!! Сотқа беремін. № 4471 тапсырыс",
    "en": "My parcel has been sitting in your warehouse for nine days!!! I will take you to court. Order 4471",
}
DEATH = {"en": "I am going to kill myself", "ru": "Я покончу с собой", "pl": "Zabiję się", "kk": "Өз-өзіме қол жұмсаймын"}
ESC = "\x1b[31m"


@pytest.mark.parametrize("lang", LANGS)
def test_an_angry_message(at: Place, lang: str) -> None:
    found = at.run("triage", "--json", stdin=ANGRY[lang]).json
    validate(found)
    assert (found["lang"], found["cause"], found["mood"], found["playbook"]) == (lang, "delivery", "negative", "angry-customer")
    assert found["anger"] >= 7
    assert "legal" in found["flags"]
    assert found["case"]["order"] == "4471"
    assert found["evidence"]
    assert all(ANGRY[lang][one["start"] : one["end"]] == one["text"] for one in found["evidence"])


def test_the_words_of_the_command_line_a_dash_and_the_input_are_one(at: Place) -> None:
    text = ANGRY["en"]
    wanted = at.run("triage", text).out
    assert wanted == at.run("triage", *text.split(" ")).out == at.run("triage", stdin=text).out == at.run("triage", "-", stdin=text).out


def test_the_language_that_is_given_wins(at: Place) -> None:
    found = at.run("triage", "--json", "--lang", "kk", "--ui", "en", ANGRY["ru"]).json
    assert (found["lang"], found["sure"]) == ("kk", 1.0)
    assert at.run("triage", "--lang", "xx", "hello").code == 2


def test_it_fills_a_script(at: Place) -> None:
    reading = at.run("triage", "--json", stdin=ANGRY["ru"]).out
    script = at.run("script", "--case", "-", "--lang", "kk", "--json", stdin=reading).json
    assert (script["lang"], script["case"]["order"], script["case"]["cause"]) == ("kk", "4471", "delivery")
    assert any("4471" in line["text"] for step in script["steps"] for line in step["say"])


def test_the_text_view_quotes_and_explains(at: Place) -> None:
    plain = at.run("triage", ANGRY["en"]).out
    assert "court" in plain
    assert "flags.legal" not in plain
    explained = at.run("triage", "--explain", ANGRY["en"])
    assert explained.out.startswith(plain)
    assert "flags.legal" in explained.out
    validate(at.run("triage", "--explain", "--json", ANGRY["en"]).json)


@pytest.mark.parametrize("style", ["json", "ndjson"])
def test_json_is_one_object(at: Place, style: str) -> None:
    ran = at.run("triage", "--format", style, ANGRY["en"])
    validate(ran.json)
    assert (ran.out.count("\n") == 1) is (style == "ndjson")


# danger -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("options", [(), ("--explain",)])
def test_danger_comes_first_in_words(at: Place, lang: str, options: tuple[str, ...]) -> None:
    ran = at.run("triage", *options, DEATH[lang])
    assert ran.out.startswith("! ")
    assert "112" in ran.out.split("\n\n")[0]


@pytest.mark.parametrize("lang", LANGS)
def test_danger_comes_first_in_json_and_is_seen_beside_a_pipe(at: Place, lang: str) -> None:
    ran = at.run("triage", "--json", DEATH[lang])
    validate(ran.json)
    assert list(ran.json)[:2] == ["schema", "safety"]
    assert [card["kind"] for card in ran.json["safety"]] == ["self_harm"]
    assert ran.err.startswith("! ")
    assert "112" in ran.err


def test_danger_comes_first_in_a_stream(at: Place) -> None:
    ran = at.run("triage", "--stream", stdin=ndjson([{"id": 1, "text": DEATH["en"]}, {"id": 2, "text": "thanks"}]))
    assert list(ran.events[0])[:3] == ["id", "schema", "safety"]
    assert "safety" not in ran.events[1]


def test_no_danger_no_card(at: Place) -> None:
    ran = at.run("triage", "--json", "My friend is a lawyer and likes your shop.")
    assert "safety" not in ran.json
    assert ran.err == ""


# history ----------------------------------------------------------------------------------------------------------------------


def history(at: Place, *lines: Any) -> str:
    path = at.cwd / "history.ndjson"
    path.write_bytes(ndjson(lines))
    return str(path)


def test_five_messages_in_a_day_are_conduct(at: Place) -> None:
    lines = [{"text": "Where is my parcel?", "at": f"2026-11-20T{hour:02}:00"} for hour in range(8, 14)]
    found = at.run("triage", "--json", "--history", history(at, *lines), "Where is it?").json
    validate(found)
    assert (found["history"]["reading"], found["history"]["messages"]) == ("conduct", 7)
    assert [(one["kind"], one["count"]) for one in found["history"]["behaviours"]] == [("persistence", 6)]


def test_one_problem_is_no_conduct(at: Place) -> None:
    ran = at.run("triage", "--history", history(at, {"text": "Where is my parcel?"}), ANGRY["en"])
    assert "1 earlier message: a customer with a problem" in ran.out
    assert "angry-customer" in ran.out


@pytest.mark.parametrize("bad", [b"{", {"txt": "x"}, {"text": "\ud800"}, b"[1]"])
def test_a_line_of_the_history_that_is_no_message(at: Place, bad: Any) -> None:
    lines = bad if isinstance(bad, bytes) else json.dumps(bad).encode()
    ran = at.run("triage", "--history", history(at, {"text": "fine"}, lines), "hello")
    assert (ran.code, ran.out) == (2, "")
    assert "error: " in ran.err


def test_a_history_from_the_input_needs_a_text(at: Place) -> None:
    assert at.run("triage", "--history", "-", stdin='{"text": "x"}').code == 2
    assert at.run("triage", "--history", "-", "hello", stdin='{"text": "x"}').code == 0


# bad input --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "nothing to read"), (b" \n\t ", "nothing to read"), ("Где мой заказ, он не пришёл".encode("cp1251"), "cp1251"), ("Gdzie jest moja paczka? Złość".encode("cp1250"), "cp1250"),
        ("hello".encode("utf-16"), "UTF-16"), (b"\x7fELF\x02\x01\x01\x00\x80\x81", "UTF-8"), (b"hello \x00 there", "text"), (b"x" * (1 << 20) + b"y", "1048576"), (b"hello \xed\xa0\x80", "UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_text(at: Place, data: bytes, told: str) -> None:
    for verb in ("triage", "check"):
        ran = at.run(verb, stdin=data)
        assert (ran.code, ran.out) == (2, "")
        assert told in ran.err
        assert ran.err.count("\n") == 1


@pytest.mark.parametrize("word", ["", "  ", "a\udcff", "a\x00"])
def test_words_that_are_no_text(at: Place, word: str) -> None:
    ran = at.run("triage", word)
    assert (ran.code, ran.out) == (2, "")


def test_a_megabyte(at: Place) -> None:
    ran = at.run("triage", "--json", stdin="I want my money back. " * 47000)
    assert ran.json["mood"] == "negative"


@pytest.mark.parametrize("verb", ["triage", "check"])
@pytest.mark.parametrize("style", ["text", "json", "ndjson"])
def test_escapes_never_reach_the_terminal(at: Place, verb: str, style: str) -> None:
    draft = f"Calm {ESC}\x9b2J down, you\x9b31m liar. You should{ESC} have read it.\x7f"
    ran = at.run(verb, "--format", style, stdin=draft)
    assert not set(ran.out) & {"\x1b", "\x7f", "\x9b"}
    assert ran.out


def test_a_bad_line_is_answered_in_its_place(at: Place) -> None:
    lines = [
        {"id": "a", "text": "thanks"}, b"{", b'{"text": "x", "text": "y"}', {"id": 4}, {"id": 5, "text": 5}, b'{"id": 6, "text": "\\ud800"}', {"id": 7, "text": "x\x00"}, b"\xff\xfe",
        b'{"text": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", json.dumps({"text": "a" * (1 << 20)}).encode(), {"id": 11, "text": "x", "lang": "xx"}, {"id": 12, "text": "x", "lang": 5}, {"id": [1], "text": "x"},
        {"id": "z", "text": "thanks", "lang": "kk"},
    ]  # fmt: skip
    for verb in ("triage", "check"):
        ran = at.run(verb, "--stream", stdin=ndjson(lines))
        assert ran.code == 1
        for answer in ran.events:
            validate(answer)
        codes = [answer.get("error", {}).get("code") for answer in ran.events]
        assert codes == [
            None, "bad_json", "bad_json", "no_text", "wrong_type", "not_a_text", "not_a_text", "not_utf8", "bad_json", "line_too_long", "unknown_value", "wrong_type", "wrong_type", None,
        ], verb  # fmt: skip
        assert [answer.get("id") for answer in ran.events] == ["a", None, None, 4, 5, 6, 7, None, None, None, 11, 12, None, "z"]
        assert ran.events[-1]["lang"] == "kk"


@pytest.mark.parametrize("flags", [("--history", "x"), ("--explain",), ("hello",), ("--format", "text")])
def test_what_makes_no_sense_in_a_stream(at: Place, flags: tuple[str, ...]) -> None:
    assert at.run("triage", "--stream", *flags, stdin=b"").code == 2


def test_nobody_waits_at_a_keyboard_without_knowing(at: Place) -> None:
    shown = io.StringIO()
    session = at.session()
    session.env.is_terminal = lambda _name: True  # type: ignore[method-assign]
    session.env.stdin, session.env.stderr = io.TextIOWrapper(io.BytesIO(b"hello")), shown
    assert read_text(session, "-", 10) == "hello"
    assert "Ctrl-D" in shown.getvalue()
    session.values = {"no_input": True}
    with pytest.raises(UsageError) as caught:
        read_text(session, "-", 10)
    assert caught.value.code == "nothing_to_read"


# the hot path -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["triage", "check"])
def test_it_imports_no_parser_of_yaml_or_command_lines(at: Place, verb: str) -> None:
    at.run(verb, stdin=ANGRY["en"])  # the cache is warm
    ran = at.process(verb, input=ANGRY["en"].encode(), env={**at.environment(), "PYTHONPROFILEIMPORTTIME": "1"})
    imported = {line.rpartition(b"|")[2].strip().split(b".")[0] for line in ran.stderr.splitlines() if line.startswith(b"import time:")}
    assert b"clientcoach" in imported
    assert not imported & {b"typer", b"click", b"yaml", b"rich", b"prompt_toolkit", b"json", b"dataclasses", b"typing"}
