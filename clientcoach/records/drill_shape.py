"""Whether an object is a drill-result@1: what comes from a file, the trainee's own or a stranger's, is held against this first."""

from __future__ import annotations

from clientcoach.case.fields import LANGS
from clientcoach.drill.acts import ACTS
from clientcoach.drill.ends import ENDS
from clientcoach.drill.result import SCHEMA
from clientcoach.drill.score import MARKS
from clientcoach.records.ids import is_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

    Fits = Callable[[Any], bool]

LABELS = ("before", "after")
MOST_TURNS = 100  # a call has fourteen, or what a team's own model allows
MOST_ACTS = 40  # in a turn
MOST_RULES = 40
LONGEST_NAME, LONGEST_PATH, LONGEST_TEXT = 64, 200, 4000
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")


def misfit(raw: Any) -> str:
    """The first field that is missing or does not fit; "" where all do. What is not known is passed over: a later @1 may have more."""
    if not isinstance(raw, dict):
        return "schema"
    for name, fits in FIELDS.items():
        if not fits(raw.get(name)):
            return name
    counts = {"acts": raw["turns"], "said": raw["turns"], "anger": raw["turns"] + 1, "trust": raw["turns"] + 1}
    return next((name for name, count in counts.items() if len(raw[name]) != count), "")


def known(raw: dict[str, Any]) -> dict[str, Any]:
    """Of an object that fits, what a drill-result@1 has."""
    return {name: raw.get(name) for name in FIELDS}


def number(low: int, high: int) -> Fits:
    """A whole number."""
    return lambda raw: type(raw) is int and low <= raw <= high


def text(longest: int, *, least: int = 0) -> Fits:
    """A text of so many characters, without halves of a pair."""
    return lambda raw: isinstance(raw, str) and least <= len(raw) <= longest and not any(0xD800 <= ord(char) <= 0xDFFF for char in raw)


def name(raw: Any) -> bool:
    """A name as content has them."""
    return isinstance(raw, str) and 0 < len(raw) <= LONGEST_NAME and LETTERS.issuperset(raw)


def moment(raw: Any) -> bool:
    """UTC to the second, as `records.ids.stamp` writes it."""
    from datetime import datetime

    if not isinstance(raw, str) or len(raw) != len("2026-11-25T05:00:00Z") or not raw.isascii() or raw[10] != "T" or raw[-1] != "Z":
        return False
    try:
        datetime.strptime(raw, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 - its zone is its Z
    except ValueError:
        return False
    return True


def one_of(choices: Collection[Any]) -> Fits:
    """One of several texts."""
    return lambda raw: isinstance(raw, str) and raw in choices


def several(fits: Fits, most: int, *, least: int = 0) -> Fits:
    """A list of at most so many."""
    return lambda raw: isinstance(raw, list) and least <= len(raw) <= most and all(map(fits, raw))


def maybe(fits: Fits) -> Fits:
    """Null or missing, too."""
    return lambda raw: raw is None or fits(raw)


def _marks(raw: Any) -> bool:
    return isinstance(raw, dict) and len(raw) <= MOST_RULES and all(name(rule) and one_of(MARKS)(mark) for rule, mark in raw.items())


_curve = several(number(0, 100), MOST_TURNS + 1)
FIELDS: dict[str, Fits] = {
    "schema": one_of((SCHEMA,)),
    "id": lambda raw: isinstance(raw, str) and is_id(raw),
    "at": moment,
    "persona": name,
    "lang": one_of(LANGS),
    "seed": number(0, (1 << 64) - 1),
    "call": number(1, 2),
    "acts": several(several(one_of(ACTS), MOST_ACTS, least=1), MOST_TURNS),
    "said": several(text(LONGEST_TEXT), MOST_TURNS),
    "end": one_of(ENDS),
    "turns": number(1, MOST_TURNS),
    "anger": _curve,
    "trust": _curve,
    "marks": _marks,
    "process": number(0, 100),
    "critical": lambda raw: isinstance(raw, bool),
    "prompted": several(name, MOST_RULES),
    "rule": maybe(name),
    "lesson": maybe(lambda raw: number(1, 999)(raw) or text(LONGEST_PATH, least=1)(raw)),
    "session": maybe(text(LONGEST_NAME, least=1)),
    "label": maybe(one_of(LABELS)),
}
