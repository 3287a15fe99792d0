"""German: the fifth language of tests/wording/test_fifth.py. A module as CONTRIBUTING describes it, small, and complete."""

from __future__ import annotations

from clientcoach.wording import money as sums
from clientcoach.wording.dates import day_month, far, near, other_year

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.case.moments import Moment

SCRIPTS = ("LATIN",)
ALIASES = ("at",)
NAME = "Deutsch"
NO = "nein"
DAYS = ("heute", "morgen")
MARKS = (".", ",")
PERCENT = f"{sums.NO_BREAK}%"
PLURALS = {"one": "1", "other": "5"}
GETTEXT = "nplurals=2; plural=(n != 1);"
QUOTES = ("„", "“")
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß"
INFLECTS = False
SAMPLES = ("Anna", "wert", "Ich mache das heute.")
EXAMPLES: dict[str, str | int] = {
    "wg": "m",
    "cg": "f",
    "addr_pre": "Frau Novak, ",
    "addr_mid": ", Frau Novak",
    "customer_voc": "Frau Novak",
    "customer_dat": "Frau Novak",
    "you_nom": "Sie",
    "you_gen": "Ihrer",
    "you_dat": "Ihnen",
    "company": "Acme",
    "agent": "Jan",
    "item_quoted": "„Staubsauger X20“",
    "order": "4471",
    "promised": "13. November",
    "promised_dat": "13. November",
    "promised_loc": "13. November",
    "days": 9,
    "prior": 2,
    "amount": "38\u00a0€",
    "date": "22. November",
    "time": "15:00 Uhr",
    "until": "heute 15:00 Uhr",
    "until_dat": "heute 15:00 Uhr",
    "by": "bis heute 15:00 Uhr",
    "wait": "in 2 Stunden",
    "wait_nom": "2 Stunden",
    "wait_acc": "2 Stunden",
    "wait_gen": "2 Stunden",
    "agreed": "Ich erstatte heute die Lieferkosten.",
    "emergency": "112",
    "hold": "für 2 Minuten",
    "limit": "10\u00a0€",
}

_TITLES = {"f": "Frau", "m": "Herr"}
_YOU = {"nom": "Sie", "gen": "Ihrer", "dat": "Ihnen"}
# With 1 in the nominative and accusative, with more, with more in the dative (`in 2 Tagen`).
_NOUNS = {
    "minute": ("Minute", "Minuten", "Minuten"),
    "hour": ("Stunde", "Stunden", "Stunden"),
    "day": ("Tag", "Tage", "Tagen"),
    "working-day": ("Arbeitstag", "Arbeitstage", "Arbeitstagen"),
    "week": ("Woche", "Wochen", "Wochen"),
}


def plural(whole: int, fraction: str) -> str:
    """The CLDR category of a number: its digits before and after the decimal mark."""
    return "one" if whole == 1 and not fraction else "other"


def address(case: Mapping[str, Any]) -> str:
    """Frau Novak, Herr Novak; the name as it is when the gender is not known."""
    from clientcoach.wording.names import cased, words

    names = words(cased(case.get("customer") or ""))
    title = _TITLES.get(case.get("customer_gender", ""))
    return f"{title} {names[-1]}" if title and names else " ".join(names)


def inflected(case: Mapping[str, Any], form: str) -> str:
    """Nominative and dative are the same, but for Herrn; there is no genitive."""
    name: str = case.get("address") or address(case)
    if form == "gen":
        return ""
    return f"Herrn{name.removeprefix('Herr')}" if form == "dat" and name.startswith("Herr ") else name


def you(_case: Mapping[str, Any], form: str) -> str:
    """Sie, Ihrer, Ihnen."""
    return _YOU[form]


def day(moment: Moment, _form: str = "nom") -> str:
    """25. November; with the year when it is another."""
    return f"{day_month('de', moment).replace(' ', '. ', 1)} {other_year(moment)}".rstrip()


def clock(moment: Moment) -> str:
    """15:00 Uhr; "" for a whole day."""
    return f"{moment['time']} Uhr" if moment["time"] else ""


def by(moment: Moment) -> str:
    """bis heute 15:00 Uhr; bis Mittwoch, 25. November, 15:00 Uhr; bis heute Abend."""
    return f"bis {until(moment)}"


def until(moment: Moment, _form: str = "nom") -> str:
    """What stands after `bis`."""
    time = clock(moment)
    if near(moment):
        name = "morgen" if moment["ahead"] else "heute"
        return f"{name} {time or 'Abend'}"
    date = day(moment) if far(moment) else f"{weekday(moment)}, {day(moment)}"
    return f"{date}, {time}" if time else day(moment)


def weekday(moment: Moment) -> str:
    """Mittwoch."""
    from clientcoach.wording.tables import locale

    return str(locale("de")["weekdays"][moment["weekday"]])


def wait(count: int, unit: str, form: str) -> str:
    """in 2 Stunden (`adv`); 2 Stunden."""
    one, more, dative = _NOUNS[unit]
    if form == "adv":
        return f"in {count} {one if count == 1 else dative}"
    return f"{count} {one if count == 1 else more}"


def hold(count: int, unit: str) -> str:
    """für 2 Minuten."""
    return f"für {wait(count, unit, 'acc')}"


def quoted(item: str) -> str:
    """„Staubsauger X20“."""
    return item if item[0] == "„" and item[-1] == "“" else f"„{item}“"


def money(minor: int, currency: str) -> str:
    """38 €, 1.500 €."""
    return sums.after("de", minor, currency)
