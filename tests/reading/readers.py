"""A reader and checkers with what is shipped, made once for all tests of reading."""

from __future__ import annotations

import functools
from typing import Any

from clientcoach.content import library
from clientcoach.reading.check import Checker
from clientcoach.reading.triage import Reader

LANGS = ("en", "ru", "pl", "kk")
PLACES: library.Places = {"packs": [library.bundled()], "policy": None, "cache": None}


@functools.cache
def reader() -> Reader:
    """What `triage` reads with."""
    return Reader(lambda lang: library.signals(PLACES, lang), library.languages_told(PLACES), library.model(PLACES))


@functools.cache
def checker(lang: str) -> Checker:
    """What `check` reads with."""
    return Checker(library.acts(PLACES, lang), library.rules(PLACES, lang), library.model(PLACES)["check"])


@functools.cache
def policy(lang: str) -> dict[str, Any]:
    """The policy that comes with clientcoach."""
    return library.policy(PLACES, lang)
