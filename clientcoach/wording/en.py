"""English (British order of day and month, twelve-hour clock without full stops)."""

from __future__ import annotations

from clientcoach.wording import money as sums
from clientcoach.wording.dates import day_month, far, hour_minute, near, other_year

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.case.moments import Moment

SCRIPTS = ("LATIN",)  # LATIN or CYRILLIC; its own first, then how else it is typed
ALIASES = ()  # what else people and other software call it
NAME = "English"  # where an interface has no name for it
NO = "no"  # an offer is refused with it
DAYS = ("today", "tomorrow")  # what is typed for them; several words with spaces between
MARKS = (",", ".")  # between thousands, before decimals
PERCENT = "%"
PLURALS = {"one": "1", "other": "5"}  # CLDR’s categories, with a number of each as it is said
GETTEXT = "nplurals=2; plural=(n != 1);"  # the same for PO files, as GNU gettext’s manual has it
QUOTES = ("“", "”")  # beside « » ( ) [ ]
LETTERS = ""  # its alphabet in small letters; empty: any letter of its script
INFLECTS = False  # whether a first name cannot be said as it is kept
SAMPLES = ("Anna", "value", "I do it today.")  # a name, a value and a sentence, as `playbook lint` reads texts
# A case with every field, on Sunday 22 November 2026 at 13:00; a variable that is not here does not exist in this language.
EXAMPLES: dict[str, str | int] = {
    "wg": "m",
    "cg": "f",
    "addr_pre": "Anna, ",
    "addr_mid": ", Anna",
    "customer_voc": "Anna",
    "customer_dat": "Anna",
    "customer_gen": "Anna",
    "you_nom": "you",
    "you_gen": "your",
    "you_dat": "you",
    "company": "Acme",
    "agent": "Ivan",
    "item_quoted": "“X20 vacuum”",
    "order": "4471",
    "promised": "13 November",
    "promised_dat": "13 November",
    "promised_loc": "13 November",
    "days": 9,
    "prior": 2,
    "amount": "€38",
    "date": "22 November",
    "time": "3 pm",
    "until": "3 pm today",
    "until_dat": "3 pm today",
    "by": "by 3 pm today",
    "wait": "in 2 hours",
    "wait_nom": "2 hours",
    "wait_acc": "2 hours",
    "wait_gen": "2 hours",
    "agreed": "I return the delivery charge today.",
    "emergency": "112",
    "hold": "for 2 minutes",
    "limit": "€10",
}

_LISTED = "mr mrs ms miss mx dr prof professor sir madam ma’am lady lord rev doctor"
_TITLES = frozenset(_LISTED.split())


def plural(whole: int, fraction: str) -> str:
    """The CLDR category of a number: its digits before and after the decimal mark."""
    return "one" if whole == 1 and not fraction else "other"


def address(case: Mapping[str, Any]) -> str:
    """First name; the whole name when it begins with a title, an initial or a particle (Dr Smith, J.R. Smith, van der Berg)."""
    from clientcoach.wording.names import PARTICLES, cased, is_initials, words

    tokens = cased(" ".join(words(case.get("customer") or ""))).split()
    first, second = [*tokens, "", ""][:2]
    title = first.rstrip(".").lower() in _TITLES
    particle = first.lower() in PARTICLES and (first != "Van" or second.lower() in PARTICLES)  # Van Morrison
    return " ".join(tokens) if title or particle or is_initials(first) else first


def inflected(case: Mapping[str, Any], _form: str) -> str:
    """The name has one form."""
    return case.get("address") or address(case)


def you(_case: Mapping[str, Any], form: str) -> str:
    """you, your, you."""
    return "your" if form == "gen" else "you"


def day(moment: Moment, _form: str = "nom") -> str:
    """25 November; 25 January 2027 in another year."""
    return f"{day_month('en', moment)} {other_year(moment)}".rstrip()


def clock(moment: Moment) -> str:
    """3 pm, 3:30 pm, noon, midnight; "" for a whole day."""
    if not moment["time"]:
        return ""
    hour, minute = hour_minute(moment)
    if minute == 0 and hour in (0, 12):
        return "noon" if hour else "midnight"
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''} {'am' if hour < 12 else 'pm'}"


def by(moment: Moment) -> str:
    """by 3 pm today; by 25 November."""
    return f"by {until(moment)}"


def until(moment: Moment, _form: str = "nom") -> str:
    """3 pm today; 3 pm on Wednesday 25 November; the end of today; 25 November."""
    time, ahead = clock(moment), moment["ahead"]
    if near(moment):
        name = "tomorrow" if ahead else "today"
        return f"{time} {name}" if time else ("tomorrow" if ahead else "the end of today")
    if not time:
        return day(moment)
    return f"{time} on {day(moment)}" if far(moment) else f"{time} on {weekday(moment)} {day(moment)}"


def weekday(moment: Moment) -> str:
    """Wednesday."""
    from clientcoach.wording.tables import locale

    return str(locale("en")["weekdays"][moment["weekday"]])


def wait(count: int, unit: str, form: str) -> str:
    """in 2 hours (`adv`); 2 hours."""
    text = f"{count} {unit.replace('-', ' ')}{'' if count == 1 else 's'}"
    return f"in {text}" if form == "adv" else text


def hold(count: int, unit: str) -> str:
    """for 2 minutes."""
    return f"for {wait(count, unit, 'nom')}"


def quoted(item: str) -> str:
    """“X20 vacuum”."""
    return item if item[0] == "“" and item[-1] == "”" else f"“{item}”"


def money(minor: int, currency: str) -> str:
    """€38, 50 PLN."""
    return sums.before("en", minor, currency)
