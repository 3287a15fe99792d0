"""Polish. Pani/Pan and the vocative from SGJP when the gender is known; nothing is guessed from a name."""

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

_TITLES = frozenset(["pani", "pan", "panna", "państwo", "dr", "prof", "mgr", "inż"])
_YOU = {"f": {"nom": "Pani", "gen": "Pani", "dat": "Pani"}, "m": {"nom": "Pan", "gen": "Pana", "dat": "Panu"}}
_CALL = {"f": ("Pani", "proszę Pani"), "m": ("Panie", "proszę Pana")}
_NOUNS: dict[str, Nouns] = {
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
}


def address(case: Mapping[str, Any]) -> str:
    """Pani Anno, Panie Janie; proszę Pani/Pana when the name is not in the table; "" when the gender is not known."""
    gender = case.get("customer_gender")
    if gender not in _CALL:
        return ""
    title, plain = _CALL[gender]
    name = vocative(case.get("customer") or "", gender)
    return f"{title} {name}" if name else plain


def vocative(name: str, gender: str) -> str:
    """The vocative of the first given name in a name; "" when it is not in the table, or for the other gender."""
    from clientcoach.wording.names import words

    for token in words(name):
        if token.rstrip(".").lower() in _TITLES:
            continue
        known = _lookup(f"{token[:1].upper()}{token[1:].lower()}")
        if known:
            return known.get(gender, "")
    return ""


def _lookup(name: str) -> dict[str, str]:
    """Gender → vocative of a given name, from the table of SGJP."""
    from clientcoach.wording.tables import text

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


def day(moment: Moment, _form: str = "nom") -> str:
    """25 listopada; 25 stycznia 2027 roku in another year."""
    year = other_year(moment)
    return f"{day_month('pl', moment)} {year} roku" if year else day_month("pl", moment)


def clock(moment: Moment) -> str:
    """15:00; "" for a whole day."""
    return moment["time"] or ""


def by(moment: Moment) -> str:
    """dziś do 15:00; w środę 25 listopada do 15:00; do 25 listopada; do końca dnia."""
    time = moment["time"]
    if near(moment):
        name = "jutro" if moment["ahead"] else "dziś"
        return f"{name} do {time}" if time else ("jutro do końca dnia" if moment["ahead"] else "do końca dnia")
    if not time:
        return f"do {day(moment)}"
    return f"{day(moment)} do {time}" if far(moment) else f"{on_weekday(moment)} {day(moment)} do {time}"


def until(moment: Moment, _form: str = "nom") -> str:
    """What stands after „do”: 15:00; 15:00 25 listopada; końca dnia; 25 listopada."""
    time, ahead = moment["time"], moment["ahead"]
    if near(moment):
        return (f"{time} jutro" if ahead else time) if time else ("końca jutrzejszego dnia" if ahead else "końca dnia")
    return f"{time} {day(moment)}" if time else day(moment)


def on_weekday(moment: Moment) -> str:
    """w środę, we wtorek."""
    from clientcoach.wording.tables import locale

    name: str = locale("pl")["weekdays_acc"][moment["weekday"]]
    return f"{'we' if name.startswith('wt') else 'w'} {name}"


def wait(count: int, unit: str, form: str) -> str:
    """za 2 godziny (`adv`); 1 godzina, 1 godzinę, 21 godzin, 22 godziny; genitive 2 godzin (`nom acc gen`)."""
    if form == "adv":
        return f"za {counted('pl', _NOUNS[unit], count, 'acc')}"
    return counted("pl", _NOUNS[unit], count, form)


def hold(count: int, unit: str) -> str:
    """na 2 minuty."""
    return f"na {wait(count, unit, 'acc')}"


def quoted(item: str) -> str:
    """„odkurzacz X20”."""
    return item if item[0] == "„" and item[-1] == "”" else f"„{item}”"


def money(minor: int, currency: str) -> str:
    """38 €, 1 500 zł."""
    return sums.after("pl", minor, currency)
