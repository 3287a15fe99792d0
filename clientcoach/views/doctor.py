"""What doctor says, a line each, and what it could bring back from a damaged store."""

from __future__ import annotations

from clientcoach.case.text import printable
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Strings = Mapping[str, Any]

MARKS = {"ok": "ok  ", "warning": "WARN", "error": "FAIL"}


def checks(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """What doctor looked at: ok, what to know, or what to do."""
    told = ((MARKS[one["level"]], word(strings, f"doctor.{one['check']}"), printable(one["detail"])) for one in data["checks"])
    return "".join(f"{mark}  {name}: {detail}\n" for mark, name, detail in told)


def recovery(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """How much came back, what did not, and how to go on."""
    return "".join(f"{line}\n" for line in _recovered(data, strings))


def _recovered(data: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    import shlex  # brings `re`, and every answer in plain text comes by here

    yield word(strings, "doctor.recovered", count=data["recovered"], file=data["to"])
    for state in ("changed", "unchecked", "lost"):
        if data[state]:
            yield word(strings, f"doctor.{state}_count", count=len(data[state]))
            yield from (f"  {printable(name)}" for name in data[state])
    if data["audit_lost"]:
        yield word(strings, "doctor.audit_lost", count=data["audit_lost"])
    yield word(strings, "doctor.go_on", command=shlex.join(["clientcoach", "config", "set", "db", data["to"]]), file=data["file"])
