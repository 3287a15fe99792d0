"""The front door and the Typer app read the same command line alike, or the front door claims nothing."""

from __future__ import annotations

from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcoach import door
from clientcoach.app import build
from clientcoach.options import VERBS

SEEN: list[tuple[str, dict[str, Any]]] = []
APP = typer.main.get_command(build(lambda verb, values: SEEN.append((verb, values))))
WALKED = [verb for verb in VERBS if verb not in door.LITERAL]
WORDS = st.one_of(
    st.sampled_from(
        [
            "ru",
            "5",
            "listen",
            "delivery",
            "",
            " ",
            "-",
            "--",
            "-5",
            "--lang",
            "--lang=ru",
            "-lru",
            "--jso",
            "-h",
            "a=b",
            "Анна Петрова",
            "[red]",
            "{x}",
            "@file",
        ]
    ),
    st.text(max_size=6).filter(lambda text: not any(0xD800 <= ord(char) <= 0xDFFF for char in text)),
)


def typer_reads(argv: list[str]) -> tuple[str, dict[str, Any]] | None:
    SEEN.clear()
    try:
        APP.main(list(argv), prog_name="clientcoach", standalone_mode=True)
    except SystemExit:
        pass
    return SEEN[0] if SEEN else None


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    verb = draw(st.sampled_from(WALKED))
    argv = verb.split()
    options = VERBS[verb]["options"]
    for name in draw(st.lists(st.sampled_from(sorted(options)), max_size=6)):
        option = options[name]
        if not option["flags"]:
            argv.append(draw(WORDS))
        elif option.get("switch"):
            argv.append(draw(st.sampled_from(option["flags"])))
        else:
            argv += [draw(st.sampled_from(option["flags"])), draw(WORDS)]
    return argv if draw(st.booleans()) else argv[: draw(st.integers(1, len(argv)))]


@settings(max_examples=400)
@given(argv=command_lines())
def test_what_the_door_takes_typer_reads_alike(argv: list[str]) -> None:
    taken = door.parse(argv)
    if taken is not None:
        assert typer_reads(argv) == taken


@pytest.mark.parametrize("verb", WALKED)
def test_the_door_takes_every_complete_command_line(verb: str) -> None:
    argv, wanted = verb.split(), {}
    for name, option in VERBS[verb]["options"].items():
        value: Any = True if option.get("switch") else "x"
        argv += [option["flags"][0]] if option.get("switch") else [*option["flags"][:1], "x"]
        wanted[name] = ["x"] if option.get("many") else value
    assert door.parse(argv) == (verb, wanted)
    assert typer_reads(argv) == (verb, wanted)


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["-h"],
        ["scrip"],
        ["script", "-h"],
        ["script", "--lang"],
        ["script", "--lang", "--json"],
        ["script", "--langu", "ru"],
        ["script", "--lang=ru"],
        ["script", "a", "b"],
        ["say"],
        ["say", "--lang", "ru"],
        ["playbook"],
        ["config", "set", "lang"],
        ["script", "--anger", "-5"],
        ["script", "--", "x"],
    ],
)
def test_the_door_leaves_the_rest_to_typer(argv: list[str]) -> None:
    assert door.parse(argv) is None


def test_repeatable_options_keep_their_order() -> None:
    argv = ["script", "--offer", "a", "--offer", "b", "--set", "c=d"]
    assert door.parse(argv) == typer_reads(argv) == ("script", {"offer": ["a", "b"], "set": ["c=d"]})


def test_the_words_of_complete_are_only_words() -> None:
    assert door.parse(["complete", "script", "--cause", "-h"]) == ("complete", {"words": ["script", "--cause", "-h"]})
