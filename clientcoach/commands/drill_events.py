"""A drill from its file: what `drill run --json` printed, each line held against what an event must have."""

from __future__ import annotations

from clientcoach.drill.acts import ACTS
from clientcoach.drill.ends import ENDS
from clientcoach.drill.events import KINDS
from clientcoach.drill.score import RULES
from clientcoach.drill.told import SCHEMA
from clientcoach.errors import UsageError
from clientcoach.ndjson import objects
from clientcoach.records.drill_shape import maybe, number, one_of, several

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, BinaryIO

    from clientcoach.records.drill_shape import Fits

    Event = dict[str, Any]

MOST = 10_000  # events; a drill has a hundred
LONGEST = 10_000  # characters of a line that is shown


_HUNDRED = number(0, 100)


def _text(value: object) -> bool:
    """Any text, also one with halves of a pair: it is only shown, and made harmless there."""
    return isinstance(value, str) and len(value) <= LONGEST


def _state(value: object) -> bool:
    return isinstance(value, dict) and all(_HUNDRED(value.get(name)) for name in ("anger", "trust"))


NEEDED: Mapping[str, Mapping[str, Fits]] = {
    "begin": {
        **dict.fromkeys(("persona", "title", "who", "may", "lang"), _text),
        "customer": maybe(_text),
        "seed": number(0, 2**31 - 1),
        "rule": maybe(one_of(RULES)),
        "call": number(1, 2),
    },
    "customer": {"text": _text, "state": _state},
    "worker": {"acts": several(one_of(ACTS), MOST, least=1), "text": _text},
    "event": {"kind": one_of(KINDS)},
    "hint": {"text": _text},
    "end": {"end": one_of(ENDS)},
    "debrief": {"lines": several(_text, MOST)},
}


def drill_events(source: BinaryIO, name: str) -> list[Event]:
    """The events, `begin` first. Raises UsageError `not_a_drill` with the line of the first that is none; closes the file."""
    found: list[Event] = []
    try:
        for place, one in objects(source, name):
            if isinstance(one, UsageError) or not _is_event(one, first=not found) or len(found) == MOST:
                raise UsageError("not_a_drill", file=name, line=place)
            found.append(one)
    finally:
        if name != "-":
            source.close()
    if not found:
        raise UsageError("not_a_drill", file=name, line=1)
    return found


def _is_event(one: Event, *, first: bool) -> bool:
    kind = one.get("type")
    if one.get("schema") != SCHEMA or not number(0, MOST)(one.get("turn")) or not isinstance(kind, str) or (first and kind != "begin"):
        return False
    return kind in NEEDED and all(check(one.get(key)) for key, check in NEEDED[kind].items())
