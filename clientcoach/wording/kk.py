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

SCRIPTS = ("CYRILLIC", "LATIN")  # its own first, then how else it is typed
ALIASES = ("kz",)  # people type the country; other software names its Kazakh files so
NAME = "қазақша"
NO = "жоқ"
DAYS = ("бүгін", "ертең")
MARKS = (sums.NO_BREAK, ",")
PERCENT = "%"
PLURALS = {"one": "1", "other": "5"}
GETTEXT = "nplurals=2; plural=(n != 1);"
QUOTES = ("„", "“")
LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"  # U+04D9 U+0493 U+049B U+04A3 U+04E9 U+04B1 U+04AF U+04BB U+0456
INFLECTS = True
SAMPLES = ("Анна", "мән", "Мұны бүгін істеймін.")
EXAMPLES: dict[str, str | int] = {
    "wg": "m",
    "cg": "f",
    "addr_pre": "Айгүл ханым, ",
    "addr_mid": ", Айгүл ханым",
    "customer_voc": "Айгүл ханым",
    "customer_dat": "Айгүл ханымға",
    "customer_gen": "Айгүл ханымның",
    "you_nom": "сіз",
    "you_gen": "сіздің",
    "you_dat": "сізге",
    "company": "Acme",
    "agent": "Ерлан",
    "item_quoted": "«X20 шаңсорғышы»",
    "order": "4471",
    "promised": "13 қараша",
    "promised_dat": "13 қарашаға",
    "promised_loc": "13 қарашада",
    "days": 9,
    "prior": 2,
    "amount": "38\u00a0€",
    "date": "22 қараша",
    "time": "15:00",
    "until": "15:00",
    "until_dat": "15:00-ге",
    "by": "бүгін 15:00-ге дейін",
    "wait": "2 сағаттан кейін",
    "wait_nom": "2 сағат",
    "wait_acc": "2 сағатты",
    "wait_gen": "2 сағаттың",
    "agreed": "Жеткізу ақысын бүгін қайтарамын.",
    "emergency": "112",
    "hold": "2 минутқа",
    "limit": "10\u00a0€",
}

_TITLES = {"f": "ханым", "m": "мырза"}
_YOU = {"nom": "сіз", "gen": "сіздің", "dat": "сізге"}
_NOUNS = {"minute": "минут", "hour": "сағат", "day": "күн", "working-day": "жұмыс күні", "week": "апта"}
_OWN_N = {"abl": "нен", "dat": "не", "gen": "нің", "acc": "н"}  # after the possessive of «жұмыс күні»


def plural(whole: int, fraction: str) -> str:
    """The CLDR category of a number: its digits before and after the decimal mark."""
    return "one" if whole == 1 and not fraction.strip("0") else "other"


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
