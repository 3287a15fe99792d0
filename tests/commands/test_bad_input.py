"""What cannot be used: exit 2, the field named, the nearest names offered, nothing on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support import Place


@pytest.mark.parametrize(
    ("argv", "near"),
    [
        (["script", "--lang", "rus"], "ru"),
        (["script", "--lang", "kkz"], "kk"),
        (["script", "--ui", "enn"], "en"),
        (["script", "--cause", "delivry"], "delivery"),
        (["script", "--channel", "emial"], "email"),
        (["script", "--fault", "our"], "ours"),
        (["script", "angry-custmer"], "angry-customer"),
        (["say", "listen", "--playbook", "angry"], "angry-customer"),
        (["scrpt"], "script"),
        (["playbook", "lst"], "list"),
        (["script", "--custome", "x"], "--customer"),
        (["say", "lisen"], "listen"),
        (["say", "propose", "--part", "pla"], "plan"),
        (["say", "listen", "--form", "shrt"], "short"),
        (["script", "--offer", "refund_itm"], "refund_item"),
        (["script", "--role", "leed"], "lead"),
        (["say", "listen", "--role", "leed"], "lead"),
        (["call", "--answers", "/dev/null", "--role", "leed"], "lead"),
        (["script", "--format", "markdwn"], "markdown"),
        (["script", "--color", "alway"], "always"),
        (["schema", "scrip"], "script"),
        (["config", "set", "lan", "ru"], "lang"),
        (["config", "set", "channel", "phon"], "phone"),
    ],
)
def test_near_names_are_offered(at: Place, argv: list[str], near: str) -> None:
    ran = at.run(*argv)
    assert (ran.code, ran.out) == (2, "")
    offered = ran.err.partition("Did you mean")[2]
    assert near in offered


@pytest.mark.parametrize(
    "argv",
    [["script", "--lang", "xx"], ["script", "--lang", ""], ["script", "--anger", "11"], ["script", "--anger", "-1"], ["script", "--prior", "x"], ["script", "--deadline", "soon"],
     ["script", "--promised", "30.02"], ["script", "--amount", "38"], ["script", "--customer-gender", "x"], ["script", "--seed", "1.5"], ["script", "--set", "a"], ["script", "--set", "a=b"],
     ["script", "--offer", ""], ["script", "../angry-customer"], ["say", ""], ["say", "listen", "--another", "-1"], ["say", "listen", "--another", "x"],
     ["script", "--lang"], ["script", "a", "b"], ["playbook", "lint", "nowhere"], ["playbook", "show", "nowhere"], ["config"], ["playbook"]],
    ids=" ".join,
)  # fmt: skip
def test_exit_2_in_one_or_two_lines(at: Place, argv: list[str]) -> None:
    ran = at.run(*argv)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err
    assert "internal" not in ran.err


def test_beyond_the_last_alternative_is_no_match(at: Place) -> None:
    assert at.run("say", "listen", "--another", "999").code == 1


@pytest.mark.parametrize("variable", ["lang", "cause", "anger", "role", "amount", "deadline", "color"])
def test_variables_are_checked_like_flags(at: Place, variable: str) -> None:
    at.variables = {f"CLIENTCOACH_{variable.upper()}": "nonsense"}
    ran = at.run("script")
    assert (ran.code, ran.out) == (2, "")
    assert variable in ran.err
    assert "nonsense" in ran.err


@pytest.mark.parametrize(("now", "code"), [("2026-11-25T15:00", 0), ("2026-11-25T15:00+05:00", 0), ("yesterday", 2), ("2026-99-25", 2)])
def test_the_stopped_clock(at: Place, now: str, code: int) -> None:
    at.variables = {"CLIENTCOACH_NOW": now}
    assert at.run("script", "--deadline", "2h").code == code


def test_every_wrong_type_of_a_case_is_named(at: Place) -> None:
    case = '{"anger": "x", "cause": 5, "hardship": "maybe", "lang": [], "bogus": 1, "prior": 1.5, "amount": {}, "set": 3, "offer": [1], "customer": {}, "deadline": 5, "order": true}'
    ran = at.run("script", "--case", "-", stdin=case)
    assert (ran.code, ran.out) == (2, "")
    lines = ran.err.splitlines()
    assert [line.split()[1] for line in lines] == [
        "anger",
        "cause",
        "hardship",
        "lang",
        "bogus",
        "prior",
        "amount",
        "set",
        "offer",
        "customer",
        "deadline",
        "order",
    ]
    assert all(line.startswith("error: ") for line in lines)


@pytest.mark.parametrize(
    "case",
    ["", "[]", "5", "null", '"text"', "{", '{"anger": NaN}', '{"anger": 1} {}', "anger: [", "a: 1\na: 2", "- 1", "!!python/object:os.system {}", "a: &x 1\nb: *x", "\x00", "[" * 5000, '{"a":' * 5000,
     '{"schema": "clientcoach/triage@1", "flags": 5}', '{"schema": "clientcoach/triage@1", "anger": "x"}', '{"playbook": 5}', '{"playbook": "nowhere"}', b"\xff\xfe", b'{"customer": "\xff"}', '{"customer": "\\ud800"}',
     '{"set": {"a": "\\ud800"}}', '{"\\ud800": 1}', '{"lang": "\\ud800"}', '{"offer": ["\\ud800"]}', '{"role": "x"}', b"x" * (1 << 20) + b"x"],
)  # fmt: skip
def test_cases_that_are_none(at: Place, case: str | bytes) -> None:
    ran = at.run("script", "--case", "-", stdin=case)
    assert ran.code in {2, 4}, ran.err
    assert ran.out == ""
    assert ran.err
    assert "Traceback" not in ran.err
    assert "inside clientcoach" not in ran.err


def test_names_end_at_200_characters(at: Place) -> None:
    assert at.run("script", "--customer", "ё" * 200).code == 0
    ran = at.run("script", "--customer", "ё" * 201)
    assert ran.code == 2
    assert "201" in ran.err
    assert "200" in ran.err
    assert at.run("script", "--customer", " " * 500 + "Anna").code == 0


@pytest.mark.parametrize("text", ["/lead\x1b[31m", "a\u202eb", "\x07x"])
def test_errors_do_not_carry_control_characters(at: Place, text: str) -> None:
    ran = at.run("script", "--cause", text)
    assert ran.code == 2
    assert not any(char in ran.err for char in "\x1b\x07\u202e")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["script", "--lang"], "--lang"), (["script", "--hardship=5"], "--hardship"), (["script", "--bogus"], "--bogus"), (["--bogus"], "--bogus"), (["bogus"], "bogus"), (["playbook", "bogus"], "bogus"),
        (["playbook"], "COMMAND"), (["say"], "STEP"), (["config", "set", "lang"], "VALUE"), (["script", "a", "b c"], "b c"), (["script", "-z"], "-z"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "ru", "pl", "kk"])
def test_a_command_line_that_makes_no_sense(at: Place, argv: list[str], told: str, lang: str) -> None:
    at.variables = {"CLIENTCOACH_UI": lang}
    ran = at.run(*argv)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("error: ")
    assert told in ran.err
    assert "--help" in ran.err
    assert "Usage" not in ran.err
    assert "error." not in ran.err


@pytest.mark.parametrize(
    "argv",
    [["script", "--ui", "ru", "--bogus"], ["script", "--ui=ru", "--bogus"], ["script", "--bogus", "-l", "ru"], ["bogus", "--lang", "ru"]],
)
def test_it_is_told_in_the_language_that_was_asked_for(at: Place, argv: list[str]) -> None:
    assert at.run(*argv).err.startswith("error: ") and " нет" in at.run(*argv).err


@pytest.mark.parametrize(
    ("argv", "both"),
    [
        (["--stream", "--case", "nowhere"], "--case"),
        (["--stream", "--format", "html"], "--format html"),
        (["--stream", "--format", "text"], "--format text"),
    ],
)
def test_what_does_not_go_together(at: Place, argv: list[str], both: str) -> None:
    ran = at.run("script", *argv, stdin="{}")
    assert (ran.code, ran.out) == (2, "")
    assert "--stream" in ran.err
    assert both in ran.err


@pytest.mark.parametrize("argv", [["--stream", "--json"], ["--stream", "--format", "json"]])
def test_a_stream_is_json_anyway(at: Place, argv: list[str]) -> None:
    assert at.run("script", *argv, stdin="{}").code == 0


@pytest.mark.parametrize("value", ["-1", "x", "1000"])
def test_the_option_that_is_wrong_is_the_one_named(at: Place, value: str) -> None:
    ran = at.run("say", "listen", "--another", value)
    assert ran.code == 2
    assert ran.err.startswith("error: another ")


def test_an_offer_is_checked_by_say_too(at: Place) -> None:
    ran = at.run("say", "listen", "--offer", "zz")
    assert (ran.code, ran.out) == (2, "")
    assert "zz" in ran.err


@pytest.mark.parametrize("lang", ["en", "ru", "pl", "kk"])
@pytest.mark.parametrize(
    "case",
    [
        '{"amount": {}}',
        '{"set": [1]}',
        '{"customer": null, "cause": true}',
        '{"amount": "5 quid.."}',
        '{"set": {"a": "b"}}',
        '{"customer": 5}',
    ],
)
def test_messages_quote_what_was_given_and_are_of_one_language(at: Place, case: str, lang: str) -> None:
    ran = at.run("script", "--case", "-", "--ui", lang, stdin=case)
    assert ran.code == 2
    assert not {"dict", "list", "None", "True"} & set(ran.err.replace("“", " ").replace("”", " ").split())
    assert ": ." not in ran.err
    assert ".. " not in ran.err
    if lang != "en":
        assert " text" not in ran.err
