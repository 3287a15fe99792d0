"""Polish. Pani/Pan and the vocative from SGJP when the gender is known; nothing is guessed from a name."""

from __future__ import annotations

from clientcoach.wording import money as sums
from clientcoach.wording.slavic import Slavic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.case.moments import Moment

SCRIPTS = ("LATIN",)
ALIASES = ()
NAME = "polski"
NO = "nie"
DAYS = ("dziś dzisiaj", "jutro")
MARKS = (sums.NO_BREAK, ",")
PERCENT = "%"
PLURALS = {"one": "1", "few": "2", "many": "5", "other": "1,5"}
GETTEXT = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
QUOTES = ("„", "”")
LETTERS = "abcdefghijklmnopqrstuvwxyząćęłńóśźż"
INFLECTS = True
SAMPLES = ("Anna", "wartość", "Robię to dzisiaj.")
EXAMPLES: dict[str, str | int] = {
    "wg": "m",
    "cg": "f",
    "addr_pre": "Pani Anno, ",
    "addr_mid": ", Pani Anno",
    "customer_voc": "Pani Anno",
    "customer_dat": "Pani",
    "customer_gen": "Pani",
    "you_nom": "Pani",
    "you_gen": "Pani",
    "you_dat": "Pani",
    "company": "Acme",
    "agent": "Jan",
    "item_quoted": "„odkurzacz X20”",
    "order": "4471",
    "promised": "13 listopada",
    "promised_dat": "13 listopada",
    "promised_loc": "13 listopada",
    "days": 9,
    "prior": 2,
    "amount": "38\u00a0€",
    "date": "22 listopada",
    "time": "15:00",
    "until": "15:00",
    "until_dat": "15:00",
    "by": "dziś do 15:00",
    "wait": "za 2 godziny",
    "wait_nom": "2 godziny",
    "wait_acc": "2 godziny",
    "wait_gen": "2 godzin",
    "agreed": "Dziś zwracam koszt dostawy.",
    "emergency": "112",
    "hold": "na 2 minuty",
    "limit": "10\u00a0€",
}

_TITLES = frozenset(["pani", "pan", "panna", "państwo", "dr", "prof", "mgr", "inż"])
_YOU = {"f": {"nom": "Pani", "gen": "Pani", "dat": "Pani"}, "m": {"nom": "Pan", "gen": "Pana", "dat": "Panu"}}
_CALL = {"f": ("Pani", "proszę Pani"), "m": ("Panie", "proszę Pana")}
_DATES = Slavic(
    {
        "lang": "pl",
        "one_again": False,
        "year": "roku",
        "near": ("dziś", "jutro"),
        "to": "do",
        "on": ("w", "we"),
        "wt": "wt",
        "comma": "",
        "end_today": "końca dnia",
        "end_tomorrow": "końca jutrzejszego dnia",
        "late_tomorrow": "jutro do końca dnia",
        "until_tomorrow": "jutro",
        "after": "za",
        "for_": "na",
        "nouns": {
            "minute": ("minuta", "minutę", "minuty", "minuty", "minut", "minut"),
            "hour": ("godzina", "godzinę", "godziny", "godziny", "godzin", "godzin"),
            "day": ("dzień", "dzień", "dnia", "dni", "dni", "dni"),
            "working-day": (
                "dzień roboczy",
                "dzień roboczy",
                "dnia roboczego",
                "dni robocze",
                "dni roboczych",
                "dni roboczych",
            ),
            "week": ("tydzień", "tydzień", "tygodnia", "tygodnie", "tygodni", "tygodni"),
        },
    }
)
day, by, until, wait, hold, plural = _DATES.day, _DATES.by, _DATES.until, _DATES.wait, _DATES.hold, _DATES.plural


def address(case: Mapping[str, Any]) -> str:
    """Pani Anno, Panie Janie; proszę Pani/Pana when the name is not in the table; "" when the gender is not known."""
    gender = case.get("customer_gender")
    if gender not in _CALL:
        return ""
    title, plain = _CALL[gender]
    name = vocative(case.get("customer") or "", gender)
    return f"{title} {name}" if name else plain


def vocative(name: str, gender: str) -> str:
    """The vocative of the first given name in a name (Anno, Anno-Mario); "" when it is not in the table, or for the other gender."""
    from clientcoach.wording.names import words

    for token in words(name):
        if token.rstrip(".").lower() in _TITLES:
            continue
        whole = _lookup(token)
        parts = [whole] if whole else [_lookup(part) for part in token.split("-")]
        if all(parts):
            return "-".join(forms) if all(forms := [part.get(gender, "") for part in parts]) else ""
    return ""


def _lookup(name: str) -> dict[str, str]:
    """Gender → vocative of a given name, from the table of SGJP."""
    from clientcoach.wording.tables import text

    name = f"{name[:1].upper()}{name[1:].lower()}"
    table, found, place = text("names_pl.tsv"), {}, -1
    while (place := table.find(f"\n{name}\t", place + 1)) >= 0:
        _, gender, form = table[place + 1 : table.index("\n", place + 1)].split("\t")
        found[gender] = form
    return found


def inflected(case: Mapping[str, Any], form: str) -> str:
    """Vocative with the name; dative and genitive without it (Panu, Pana)."""
    return (case.get("address") or address(case)) if form == "voc" else you(case, form)


def you(case: Mapping[str, Any], form: str) -> str:
    """Pani or Pan, Pana, Panu; "" when the gender is not known."""
    return _YOU.get(case.get("customer_gender", ""), {}).get(form, "")


def clock(moment: Moment) -> str:
    """15:00; "" for a whole day."""
    return moment["time"] or ""


def quoted(item: str) -> str:
    """„odkurzacz X20”."""
    return item if item[0] == "„" and item[-1] == "”" else f"„{item}”"


def money(minor: int, currency: str) -> str:
    """38 €, 1 500 zł."""
    return sums.after("pl", minor, currency)
