"""Sentences of the interface: a key of the catalogue and its parameters, in the worker's language."""

from __future__ import annotations

from clientcoach.case.fields import AGENT
from clientcoach.case.text import safe
from clientcoach.wording.evaluate import fragment
from clientcoach.wording.languages import language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.errors import CoachError


NAMED = {"kind": "kind", "form": "key"}  # parameters that are ids, and where their names are
OWNERS = {AGENT: "screen.me", "lead": "screen.my_lead"}  # roles that stand where nobody is named
LANGUAGES = "value.lang."  # keys of the names of languages
LANG = ""  # the key under which a catalogue keeps its own language, for its plurals


def word(strings: Mapping[str, Any], key: str, **params: object) -> str:
    """The text of a key; the key itself where a catalogue lacks it, so that an error can always be told."""
    message = strings.get(key)
    if message is None and key.startswith(LANGUAGES):
        return language(key.removeprefix(LANGUAGES)).NAME  # a language need not be named in every interface
    if message is None:
        return f"{key} {params}" if params else key
    values = {name: value if type(value) is int else _listed(value) for name, value in params.items()}
    return fragment(message, {"lang": strings.get(LANG, "en"), **values})


def owner_of(promise: Mapping[str, Any], strings: Mapping[str, Any]) -> str:
    """Who keeps a promise, to the worker who reads it."""
    return word(strings, OWNERS[promise["owner"]]) if promise["owner"] in OWNERS else str(promise["owner"])


def _listed(value: object) -> str:
    return safe(", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value))


def problem(found: Mapping[str, Any]) -> str:
    """A finding in content as `file:line:col: code message`, the line quoted under it."""
    return f"{safe(found['file'])}:{found['line']}:{found['col']}: {found['code']} {found['message']}\n    {found['text']}"


def sentence(error: CoachError, strings: Mapping[str, Any]) -> str:
    """An error as `what. where. what to do.`; near names are added where there are some."""
    expected = f"expected.{error.params.get('expected')}"
    params = {**error.params, "expected": word(strings, expected)} if expected in strings else error.params
    for name, start in NAMED.items():
        if (key := f"{start}.{params.get(name)}") in strings:
            params = {**params, name: word(strings, key)}
    empty = error.params.get("choices") == [] and "field" in error.params and "label.nothing_to_choose" in strings
    text = word(strings, "label.nothing_to_choose" if empty else f"error.{error.code}", **params)
    near = error.params.get("near")
    return f"{text} {word(strings, 'error.near', names=near)}" if near else text
