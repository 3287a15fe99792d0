"""Sums of money from minor units. Whole sums are said without decimals: `38 €`, `12,50 €`."""

from __future__ import annotations

from clientcoach.case.money import decimals
from clientcoach.wording.languages import language
from clientcoach.wording.tables import locale

NO_BREAK = "\u00a0"


def after(lang: str, minor: int, currency: str) -> str:
    """Sum, no-break space, symbol: `38 €`. A currency without a symbol shows its code."""
    return f"{_sum(minor, currency, lang)}{NO_BREAK}{locale(lang)['symbols'].get(currency, currency)}"


def before(lang: str, minor: int, currency: str) -> str:
    """Symbol and sum (`€38`); letters are never put before a sum (`50 PLN`)."""
    amount = _sum(minor, currency, lang)
    symbol: str = locale(lang)["symbols"].get(currency, currency)
    return f"{amount}{NO_BREAK}{currency}" if any(map(str.isalpha, symbol)) else symbol + amount


def _sum(minor: int, currency: str, lang: str) -> str:
    group, mark = language(lang).MARKS
    places = decimals(currency)
    unit = 10**places
    whole, rest = divmod(minor, unit)
    text = f"{whole:,}".replace(",", group)
    return f"{text}{mark}{rest:0{places}}" if rest else text
