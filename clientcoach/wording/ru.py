"""Russian. Names stay in the nominative (nothing typed is inflected); the date after «до» is already genitive."""

from __future__ import annotations

from clientcoach.wording import money as sums
from clientcoach.wording.slavic import Slavic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.case.moments import Moment

_YOU = {"nom": "вы", "gen": "вас", "dat": "вам"}
_TITLES = frozenset(["господин", "госпожа", "г-н", "г-жа", "доктор"])
_DATES = Slavic(
    {
        "lang": "ru",
        "year": "года",
        "near": ("сегодня", "завтра"),
        "to": "до",
        "on": ("в", "во"),
        "wt": "вт",
        "comma": ",",
        "end_today": "конца дня",
        "end_tomorrow": "конца завтрашнего дня",
        "late_tomorrow": "завтра до конца дня",
        "until_tomorrow": "завтрашнего дня",
        "after": "через",
        "for_": "на",
        "nouns": {
            "minute": ("минута", "минуту", "минуты", "минуты", "минут", "минут"),
            "hour": ("час", "час", "часа", "часа", "часов", "часов"),
            "day": ("день", "день", "дня", "дня", "дней", "дней"),
            "working-day": ("рабочий день", "рабочий день", "рабочего дня", "рабочих дня", "рабочих дней", "рабочих дней"),
            "week": ("неделя", "неделю", "недели", "недели", "недель", "недель"),
        },
    }
)
day, by, until, wait, hold = _DATES.day, _DATES.by, _DATES.until, _DATES.wait, _DATES.hold


def address(case: Mapping[str, Any]) -> str:
    """Given name and patronymic when there is one: Анна Сергеевна; else the given name."""
    from clientcoach.wording.names import cased, given

    name: str = case.get("customer") or ""
    title, _, rest = name.partition(" ")
    if title.lower() in _TITLES:
        return f"{title.lower() if title.isupper() else title} {cased(rest)}".rstrip()
    return " ".join(given(name, case.get("customer_gender") or "")).rstrip()


def inflected(case: Mapping[str, Any], form: str) -> str:
    """The form of address is nominative; there are no other forms of a typed name."""
    return (case.get("address") or address(case)) if form == "voc" else ""


def you(_case: Mapping[str, Any], form: str) -> str:
    """вы, вас, вам."""
    return _YOU[form]


def clock(moment: Moment) -> str:
    """15:00; "" for a whole day."""
    return moment["time"] or ""


def quoted(item: str) -> str:
    """«пылесос X20»."""
    return item if item[0] == "«" and item[-1] == "»" else f"«{item}»"


def money(minor: int, currency: str) -> str:
    """38 €, 1 500 ₽."""
    return sums.after("ru", minor, currency)
