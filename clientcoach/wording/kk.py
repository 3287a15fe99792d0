"""Kazakh. The case of a name stands on ханым/мырза; digits take the suffix of their last spoken word."""

from __future__ import annotations

from clientcoach.wording import money as sums
from clientcoach.wording.dates import day_month, far, near, other_year
from clientcoach.wording.harmony import suffix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.case.moments import Moment

_TITLES = {"f": "ханым", "m": "мырза"}
_YOU = {"nom": "сіз", "gen": "сіздің", "dat": "сізге"}
_NOUNS = {"minute": "минут", "hour": "сағат", "day": "күн", "working-day": "жұмыс күні", "week": "апта"}
_OWN_N = {"abl": "нен", "dat": "не", "gen": "нің", "acc": "н"}  # after the possessive of «жұмыс күні»


def address(case: Mapping[str, Any]) -> str:
    """Айгүл ханым, Ерлан мырза; gender unknown: given name and patronymic, or the given name alone."""
    from clientcoach.wording.names import cased, given

    name: str = case.get("customer") or ""
    before, _, last = name.rpartition(" ")
    if last.lower() in _TITLES.values():
        return f"{cased(before)} {last.lower()}".lstrip()
    first, patronymic = given(name, case.get("customer_gender") or "")
    if not first:
        return ""
    title = _TITLES.get(case.get("customer_gender", ""))
    return f"{first} {title}" if title else f"{first} {patronymic}".rstrip()


def inflected(case: Mapping[str, Any], form: str) -> str:
    """Айгүл ханым, Айгүл ханымға, Айгүл ханымның; without ханым/мырза only the form of address."""
    name: str = case.get("address") or address(case)
    if form == "voc":
        return name
    return suffix(name, form) if name.rpartition(" ")[2].lower() in _TITLES.values() else ""


def you(_case: Mapping[str, Any], form: str) -> str:
    """сіз, сіздің, сізге."""
    return _YOU[form]


def day(moment: Moment, form: str = "nom") -> str:
    """25 қараша, 25 қарашаға, 25 қарашада; 2027 жылғы 25 қаңтар in another year."""
    year = other_year(moment)
    text = f"{year} жылғы {day_month('kk', moment)}" if year else day_month("kk", moment)
    return text if form == "nom" else suffix(text, form)


def clock(moment: Moment) -> str:
    """15:00; "" for a whole day."""
    return moment["time"] or ""


def by(moment: Moment) -> str:
    """бүгін 15:00-ге дейін; 25 қараша, сәрсенбі күні 15:00-ге дейін; 25 қарашаға дейін; бүгін күн соңына дейін."""
    time = moment["time"]
    if not time:
        return f"{until(moment, 'dat')} дейін"
    if near(moment):
        return f"{'ертең' if moment['ahead'] else 'бүгін'} {suffix(time, 'dat')} дейін"
    date = f"{day(moment)} күні" if far(moment) else f"{day(moment)}, {weekday(moment)} күні"
    return f"{date} {suffix(time, 'dat')} дейін"


def until(moment: Moment, form: str = "nom") -> str:
    """What stands before «дейін» (`dat`): 15:00-ге; 25 қараша күні 15:00-ге; күн соңына; 25 қарашаға."""
    time, ahead = moment["time"], moment["ahead"]
    if near(moment) and not time:
        return f"{'ертең' if ahead else 'бүгін'} күн соңы{'' if form == 'nom' else 'на'}"
    if not time:
        return day(moment, form)
    spoken = time if form == "nom" else suffix(time, form)
    if near(moment):
        return f"ертең {spoken}" if ahead else spoken
    return f"{day(moment)} күні {spoken}"


def weekday(moment: Moment) -> str:
    """сәрсенбі."""
    from clientcoach.wording.tables import locale

    return str(locale("kk")["weekdays"][moment["weekday"]])


def _counted(count: int, unit: str, form: str) -> str:
    noun = _NOUNS[unit]
    return f"{count} {noun}{_OWN_N[form]}" if unit == "working-day" else f"{count} {suffix(noun, form)}"


def wait(count: int, unit: str, form: str) -> str:
    """2 сағаттан кейін (`adv`); 2 сағат, 2 сағатты, 2 сағаттың (`nom acc gen`)."""
    if form == "adv":
        return f"{_counted(count, unit, 'abl')} кейін"
    return f"{count} {_NOUNS[unit]}" if form == "nom" else _counted(count, unit, form)


def hold(count: int, unit: str) -> str:
    """2 минутқа."""
    return _counted(count, unit, "dat")


def quoted(item: str) -> str:
    """«X20 шаңсорғышы»."""
    return item if item[0] == "«" and item[-1] == "»" else f"«{item}»"


def money(minor: int, currency: str) -> str:
    """38 €, 15 000 ₸."""
    return sums.after("kk", minor, currency)
