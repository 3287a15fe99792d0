"""A drill from its file: what `drill run --json` printed, each line held against what an event must have."""

from __future__ import annotations

from clientcoach.drill.acts import ACTS
from clientcoach.drill.ends import ENDS
from clientcoach.drill.events import KINDS
from clientcoach.drill.score import RULES
from clientcoach.drill.told import SCHEMA
from clientcoach.errors import UsageError
from clientcoach.ndjson import objects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, BinaryIO

    Event = dict[str, Any]
    Check = Callable[[Any], bool]

MOST = 10_000  # events; a drill has a hundred
LONGEST = 10_000  # characters of a line that is shown


def _text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def _text_or_none(value: object) -> bool:
    return value is None or _text(value)


def _number(most: int) -> Check:
    return lambda value: type(value) is int and 0 <= value <= most


def _state(value: object) -> bool:
    hundred = _number(100)
    return isinstance(value, dict) and all(hundred(value.get(name)) for name in ("anger", "trust"))


def _one_of(*known: object) -> Check:
    return lambda value: type(value) in {str, int, type(None)} and value in known


def _list_of(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _some_acts(value: object) -> bool:
    return bool(value) and _list_of(_one_of(*ACTS))(value)


NEEDED: Mapping[str, Mapping[str, Check]] = {
    "begin": {
        **dict.fromkeys(("persona", "title", "who", "may", "lang"), _text),
        "customer": _text_or_none,
        "seed": _number(2**31 - 1),
        "rule": _one_of(None, *RULES),
        "call": _one_of(1, 2),
    },
    "customer": {"text": _text, "state": _state},
    "worker": {"acts": _some_acts, "text": _text},
    "event": {"kind": _one_of(*KINDS)},
    "hint": {"text": _text},
    "end": {"end": _one_of(*ENDS)},
    "debrief": {"lines": _list_of(_text)},
}


def drill_events(source: BinaryIO, name: str) -> list[Event]:
    """The events, `begin` first. Raises UsageError `not_a_drill` with the line of the first that is none; closes the file."""
    found: list[Event] = []
    try:
        for number, one in objects(source, name):
            if isinstance(one, UsageError) or not _is_event(one, first=not found) or len(found) == MOST:
                raise UsageError("not_a_drill", file=name, line=number)
            found.append(one)
    finally:
        if name != "-":
            source.close()
    if not found:
        raise UsageError("not_a_drill", file=name, line=1)
    return found


def _is_event(one: Event, *, first: bool) -> bool:
    kind = one.get("type")
    if one.get("schema") != SCHEMA or not _number(MOST)(one.get("turn")) or not isinstance(kind, str) or (first and kind != "begin"):
        return False
    return kind in NEEDED and all(check(one.get(key)) for key, check in NEEDED[kind].items())
