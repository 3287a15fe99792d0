"""What an import would change, or has changed: each new or changed line, what was left out and why, then the counts."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Strings = Mapping[str, Any]

SIGNS = {"new": "+", "changed": "~"}


def exchange(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """The summary."""
    return "".join(f"{line}\n" for line in _lines(data, strings))


def _lines(data: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    for one in data["lines"]:
        if one["state"] in SIGNS:
            yield from _change(one, strings)
        else:
            reason = word(strings, f"exchange.{one['state']}")
            yield "? " + word(strings, "exchange.row", row=one["row"], name=one["name"], reason=reason)
    if data["encoding"] != "UTF-8":
        yield word(strings, "exchange.encoding", encoding=data["encoding"])
    yield word(strings, "exchange.counted", **{name: data[name] for name in ("new", "changed", "same", "left_out")})
    if data["conditions"]:
        yield word(strings, "exchange.conditions", count=data["conditions"])
    if data["written"]:
        yield word(strings, "exchange.written", names=data["written"])
        if not data["in_use"]:
            yield word(strings, "exchange.not_used", folder=data["pack"])
    elif data["new"] or data["changed"]:
        yield word(strings, "exchange.dry", folder=data["pack"])


def _change(one: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    yield safe(f"{SIGNS[one['state']]} {one['playbook']} {one['lang']} {one['place'].removeprefix('phrases/')}")
    if one["old"]:
        yield safe(f"    - {one['old']}")
    yield safe(f"    + {one['text']}")
    if one["lost"]:
        yield "    ! " + word(strings, "exchange.lost", names=one["lost"])
