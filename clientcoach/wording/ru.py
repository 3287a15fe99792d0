"""Russian. Names stay in the nominative (nothing typed is inflected); the date after «до» is already genitive."""

from __future__ import annotations

from clientcoach.wording import money as sums
from clientcoach.wording.slavic import Slavic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.case.moments import Moment

SCRIPTS = ("CYRILLIC",)
ALIASES = ()
NAME = "русский"
NO = "нет"
DAYS = ("сегодня", "завтра")
MARKS = (sums.NO_BREAK, ",")
PERCENT = f"{sums.NO_BREAK}%"
PLURALS = {"one": "21", "few": "2", "many": "5", "other": "1,5"}
GETTEXT = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
QUOTES = ("„", "“")
LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
INFLECTS = False
SAMPLES = ("Анна", "значение", "Я делаю это сегодня.")
EXAMPLES: dict[str, str | int] = {
    "wg": "m",
    "cg": "f",
    "addr_pre": "Анна Сергеевна, ",
    "addr_mid": ", Анна Сергеевна",
    "customer_voc": "Анна Сергеевна",
    "you_nom": "вы",
    "you_gen": "вас",
    "you_dat": "вам",
    "company": "Acme",
    "agent": "Иван",
    "item_quoted": "«пылесос X20»",
    "order": "4471",
    "promised": "13 ноября",
    "promised_dat": "13 ноября",
    "promised_loc": "13 ноября",
    "days": 9,
    "prior": 2,
    "amount": "38\u00a0€",
    "date": "22 ноября",
    "time": "15:00",
    "until": "15:00",
    "until_dat": "15:00",
    "by": "сегодня до 15:00",
    "wait": "через 2 часа",
    "wait_nom": "2 часа",
    "wait_acc": "2 часа",
    "wait_gen": "2 часов",
    "agreed": "Возвращаю деньги за доставку сегодня.",
    "emergency": "112",
    "hold": "на 2 минуты",
    "limit": "10\u00a0€",
}

_YOU = {"nom": "вы", "gen": "вас", "dat": "вам"}
_TITLES = frozenset(["господин", "госпожа", "г-н", "г-жа", "доктор"])
_DATES = Slavic(
    {
        "lang": "ru",
        "one_again": True,
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
day, by, until, wait, hold, plural = _DATES.day, _DATES.by, _DATES.until, _DATES.wait, _DATES.hold, _DATES.plural


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
