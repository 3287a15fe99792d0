"""Russian. Names stay in the nominative (nothing typed is inflected); the date after «до» is already genitive."""

from __future__ import annotations

from clientcoach.wording import money as sums
from clientcoach.wording.dates import day_month, far, near, other_year
from clientcoach.wording.slavic import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.case.moments import Moment
    from clientcoach.wording.slavic import Nouns

_YOU = {"nom": "вы", "gen": "вас", "dat": "вам"}
_TITLES = frozenset(["господин", "госпожа", "г-н", "г-жа", "доктор"])
_NOUNS: dict[str, Nouns] = {
    "minute": ("минута", "минуту", "минуты", "минуты", "минут", "минут"),
    "hour": ("час", "час", "часа", "часа", "часов", "часов"),
    "day": ("день", "день", "дня", "дня", "дней", "дней"),
    "working-day": ("рабочий день", "рабочий день", "рабочего дня", "рабочих дня", "рабочих дней", "рабочих дней"),
    "week": ("неделя", "неделю", "недели", "недели", "недель", "недель"),
}


def address(case: Mapping[str, Any]) -> str:
    """Given name and patronymic when there is one: Анна Сергеевна; else the given name."""
    from clientcoach.wording.names import given

    name: str = case.get("customer") or ""
    if name.partition(" ")[0].lower() in _TITLES:
        return name
    return " ".join(given(name)).rstrip()


def inflected(case: Mapping[str, Any], form: str) -> str:
    """The form of address is nominative; there are no other forms of a typed name."""
    return (case.get("address") or address(case)) if form == "voc" else ""


def you(_case: Mapping[str, Any], form: str) -> str:
    """вы, вас, вам."""
    return _YOU[form]


def day(moment: Moment, _form: str = "nom") -> str:
    """25 ноября; 25 января 2027 года in another year."""
    year = other_year(moment)
    return f"{day_month('ru', moment)} {year} года" if year else day_month("ru", moment)


def clock(moment: Moment) -> str:
    """15:00; "" for a whole day."""
    return moment["time"] or ""


def by(moment: Moment) -> str:
    """сегодня до 15:00; в среду, 25 ноября, до 15:00; до 25 ноября; до конца дня."""
    time = moment["time"]
    if near(moment):
        name = "завтра" if moment["ahead"] else "сегодня"
        return f"{name} до {time}" if time else ("завтра до конца дня" if moment["ahead"] else "до конца дня")
    if not time:
        return f"до {day(moment)}"
    return f"{day(moment)} до {time}" if far(moment) else f"{on_weekday(moment)}, {day(moment)}, до {time}"


def until(moment: Moment, _form: str = "nom") -> str:
    """What stands after «до»: 15:00; 15:00 25 ноября; конца дня; 25 ноября."""
    time, ahead = moment["time"], moment["ahead"]
    if near(moment):
        return (f"{time} завтрашнего дня" if ahead else time) if time else ("конца завтрашнего дня" if ahead else "конца дня")
    return f"{time} {day(moment)}" if time else day(moment)


def on_weekday(moment: Moment) -> str:
    """в среду, во вторник."""
    from clientcoach.wording.tables import locale

    name: str = locale("ru")["weekdays_acc"][moment["weekday"]]
    return f"{'во' if name.startswith('вт') else 'в'} {name}"


def wait(count: int, unit: str, form: str) -> str:
    """через 2 часа (`adv`); 1 минута, 1 минуту, 1 минуты, 2 часа, 2 часов (`nom acc gen`)."""
    if form == "adv":
        return f"через {counted('ru', _NOUNS[unit], count, 'acc')}"
    return counted("ru", _NOUNS[unit], count, form)


def hold(count: int, unit: str) -> str:
    """на 2 минуты."""
    return f"на {wait(count, unit, 'acc')}"


def quoted(item: str) -> str:
    """«пылесос X20»."""
    return item if item[0] == "«" and item[-1] == "»" else f"«{item}»"


def money(minor: int, currency: str) -> str:
    """38 €, 1 500 ₽."""
    return sums.after("ru", minor, currency)
