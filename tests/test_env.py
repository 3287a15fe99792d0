"""Directories, terminals and colour, as the process sees them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from clientcoach.env import Env

if TYPE_CHECKING:
    from pathlib import Path


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def env(variables: dict[str, str] | None = None, stdout: io.StringIO | None = None) -> Env:
    return Env(variables or {}, None, stdout, None)


@pytest.mark.parametrize(
    ("variables", "kind", "wanted"),
    [
        ({"HOME": "/h"}, "config", "/h/.config/clientcoach"),
        ({"HOME": "/h"}, "cache", "/h/.cache/clientcoach"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "/c"}, "cache", "/c/clientcoach"),
        ({"XDG_CONFIG_HOME": "/c"}, "config", "/c/clientcoach"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "relative"}, "cache", "/h/.cache/clientcoach"),
        ({"USERPROFILE": "/u"}, "config", "/u/.config/clientcoach"),
        ({"HOME": "relative"}, "config", None),
        ({"HOME": ""}, "cache", None),
        ({}, "cache", None),
    ],
)
def test_directories_follow_the_xdg_rules(variables: dict[str, str], kind: str, wanted: str | None) -> None:
    assert env(variables).directory(kind) == wanted


@pytest.mark.parametrize(
    ("variables", "wish", "screen", "wanted"),
    [
        ({}, None, True, True),
        ({}, None, False, False),
        ({}, "auto", True, True),
        ({}, "never", True, False),
        ({}, "always", False, True),
        ({"NO_COLOR": "1"}, None, True, False),
        ({"NO_COLOR": ""}, None, True, True),
        ({"NO_COLOR": "1"}, "always", True, True),
        ({"TERM": "dumb"}, None, True, False),
        ({"FORCE_COLOR": "1"}, None, False, True),
        ({"FORCE_COLOR": "0"}, None, True, False),
        ({"FORCE_COLOR": "1"}, "never", True, False),
    ],
)
def test_colour(variables: dict[str, str], wish: str | None, screen: bool, wanted: bool) -> None:
    assert env(variables, Screen() if screen else io.StringIO()).colour(wish) is wanted


def test_a_closed_or_missing_stream_is_no_terminal() -> None:
    closed = Screen()
    closed.close()
    assert not Env({}, closed, None, None).is_terminal("stdin") or closed.isatty()
    assert not env().is_terminal("stdout")
    broken = io.StringIO()
    broken.close()
    assert not env(stdout=broken).is_terminal("stdout")


def test_a_working_directory_that_is_gone_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    try:
        assert env().cwd is None
    finally:
        monkeypatch.chdir(tmp_path)
