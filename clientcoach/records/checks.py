"""The kinds of values in an incident: each is checked, each text is masked. Errors name the place (`promises[0].due`), never the text."""

from __future__ import annotations

from clientcoach.case.moments import resolve
from clientcoach.case.read import read_field, unknown, whole
from clientcoach.case.text import clean, is_text
from clientcoach.errors import UsageError
from clientcoach.records.ids import is_id, stamp
from clientcoach.records.mask import masked
from clientcoach.records.promises import due_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from clientcoach.case.clock import Clock

MAX_TEXT = 4000  # code points of one text: two pages
MAX_ITEMS = 1000  # in one list
MAX_NAME = 128
DEPTH = 6
YEARS = range(1970, 2200)
_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_.-")


def _wrong(place: str, raw: Any, expected: str) -> UsageError:
    shown = "{…}" if isinstance(raw, dict) else "[…]" if isinstance(raw, list) else str(raw)[:40]
    return UsageError("wrong_type", field=place, expected=expected, value=shown)


class Checks:
    """Checks one incident; `masked` counts what was taken out of its texts."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.masked: dict[str, int] = {}

    def text(self, place: str, raw: Any) -> str | None:
        """A text as it may be kept; None when it says nothing."""
        if not isinstance(raw, str):
            raise _wrong(place, raw, "text")
        if not is_text(raw):
            raise UsageError("not_text", field=place)
        if len(raw) > 2 * MAX_TEXT:  # masking takes time
            raise UsageError("too_long", field=place, length=len(raw), limit=MAX_TEXT)
        value, found = masked(clean(raw))
        if len(value) > MAX_TEXT:
            raise UsageError("too_long", field=place, length=len(value), limit=MAX_TEXT)
        for kind, count in found.items():
            self.masked[kind] = self.masked.get(kind, 0) + count
        return value or None

    def said(self, place: str, raw: Any) -> str:
        """A text that must say something."""
        value = self.text(place, raw)
        if value is None:
            raise _wrong(place, "", "text")
        return value

    def name(self, place: str, raw: Any) -> str:
        """The name of a step, a phrase, an offer."""
        if not (isinstance(raw, str) and raw and len(raw) <= MAX_NAME and set(raw) <= _NAME) or masked(raw)[1]:
            raise _wrong(place, raw, "name")
        return raw

    def reference(self, place: str, raw: Any) -> str | None:
        """A case's number. One that names a person could only be kept masked, and would then be everybody's: it is refused."""
        value: str | None = read_field("reference", raw) if isinstance(raw, (str, int)) else None
        if value is None and not isinstance(raw, str):
            raise _wrong(place, raw, "text")
        kinds = masked(value or "")[1]
        if kinds:
            raise UsageError("personal_reference", field=place, kinds=sorted(kinds))
        return value

    def choice(self, place: str, raw: Any, choices: Collection[str]) -> str:
        """One of a closed list."""
        if not isinstance(raw, str):
            raise _wrong(place, raw, "text")
        if raw not in choices:
            raise unknown(place, raw, choices)
        return raw

    def number(self, place: str, raw: Any, low: int, high: int) -> int:
        """A whole number."""
        return whole(place, raw, low, high)

    def yes(self, place: str, raw: Any) -> bool | None:
        """True, or nothing."""
        if not isinstance(raw, bool):
            raise _wrong(place, raw, "true/false")
        return raw or None

    def uuid(self, place: str, raw: Any) -> str:
        """The id of a record."""
        if not isinstance(raw, str) or not is_id(raw):
            raise _wrong(place, raw, "id")
        return raw

    def time(self, place: str, raw: Any) -> str:
        """A moment with its offset, as UTC to the second."""
        from datetime import datetime

        try:
            found = datetime.fromisoformat(raw) if isinstance(raw, str) else None
            if found is None or found.tzinfo is None or found.year not in YEARS:
                raise ValueError("time")
            return stamp(found)
        except (ValueError, OverflowError) as error:
            raise _wrong(place, raw, "time") from error

    def due(self, place: str, text: str) -> tuple[str, str]:
        """What was promised for, as its ISO text and as UTC; a day ends with its working hours. What is over may be told, too."""
        try:
            iso = resolve(text, self.clock, back=True)["iso"]
            return iso, due_at(iso, self.clock)
        except ValueError as error:
            raise UsageError("bad_moment", field=place, value=text[:40]) from error

    def mapping(self, place: str, raw: Any) -> dict[str, Any]:
        """An object with named fields."""
        if not isinstance(raw, dict):
            raise _wrong(place, raw, "object")
        return raw

    def many(self, place: str, raw: Any) -> list[Any]:
        """A list that is not too long."""
        if not isinstance(raw, list):
            raise _wrong(place, raw, "list")
        if len(raw) > MAX_ITEMS:
            raise UsageError("out_of_range", field=place, value=len(raw), low=0, high=MAX_ITEMS)
        return raw

    def plain(self, place: str, raw: Any, depth: int = DEPTH) -> Any:
        """An object whose texts are masked, whatever it holds: a checklist, a test of conduct."""
        if depth == DEPTH or isinstance(raw, dict):
            if not depth:
                raise _wrong(place, raw, "text")
            found = {
                self.said(place, name): self.plain(f"{place}.{name[:40]}", one, depth - 1) for name, one in self.mapping(place, raw).items()
            }
            return found or None
        if isinstance(raw, list) and depth:
            return [self.plain(f"{place}[{number}]", one, depth - 1) for number, one in enumerate(self.many(place, raw))]
        if isinstance(raw, str):
            return self.text(place, raw)
        if raw is not None and type(raw) not in (bool, int):
            raise _wrong(place, raw, "text")
        return raw
