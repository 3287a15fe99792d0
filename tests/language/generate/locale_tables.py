"""Writes wording/data/locale_LANG.json of every language module from Babel (CLDR); accusative weekdays from pymorphy3 and Morfeusz.

By hand: `python -m tests.language.generate.locale_tables`, or with languages after it for those alone; tests/wording/test_data.py compares.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from clientcoach.case.languages import LANGS

DATA = Path(__file__).parents[3] / "clientcoach" / "wording" / "data"
_LIST = (
    "AED AMD AUD AZN BGN BYN CAD CHF CNY CZK DKK EUR GBP GEL HUF ILS INR JPY KGS KRW KZT MDL MNT NOK PLN RON RUB SEK TJS TRY UAH USD UZS"
)
CURRENCIES = tuple(_LIST.split())
HOME = {
    "AMD": "hy",
    "AZN": "az",
    "GEL": "ka",
    "KZT": "kk",
    "MNT": "mn",
    "PLN": "pl",
    "RUB": "ru",
    "TRY": "tr",
    "UAH": "uk",
}
"""CLDR's standard symbol outside a currency's own language is its code; workers write ₸ and zł in every language."""


def symbol(code: str, lang: str) -> str:
    """The language's own symbol, else that of the currency's home, else the code. No `CN¥`: nobody says that."""
    from babel.numbers import get_currency_symbol

    own = get_currency_symbol(code, lang)
    if own == code and code in HOME:
        own = get_currency_symbol(code, HOME[code])
    return code if any("A" <= char <= "Z" for char in own) else own


def accusative_ru(names: list[str]) -> list[str]:
    """среда → среду."""
    import pymorphy3

    morph = pymorphy3.MorphAnalyzer()
    nouns = [next(parse for parse in morph.parse(name) if "nomn" in parse.tag) for name in names]
    return [noun.inflect({"accs", "sing"}).word for noun in nouns]


def accusative_pl(names: list[str]) -> list[str]:
    """środa → środę."""
    import morfeusz2

    morph = morfeusz2.Morfeusz(analyse=False)
    paradigms = [[(form, tag.split(":")) for form, _, tag, *_ in morph.generate(name)] for name in names]
    return [next(form for form, tag in forms if tag[1] == "sg" and "acc" in tag[2].split(".")) for forms in paradigms]


def table(lang: str) -> dict[str, object]:
    """The content of locale_{lang}.json."""
    from babel import Locale

    locale = Locale(lang)
    weekdays = [locale.days["format"]["wide"][day] for day in range(7)]
    symbols = {code: symbol(code, lang) for code in CURRENCIES}
    accusative = {"ru": accusative_ru, "pl": accusative_pl}.get(lang)
    return {
        "months": [locale.months["format"]["wide"][month] for month in range(1, 13)],
        "weekdays": weekdays,
        **({"weekdays_acc": accusative(weekdays)} if accusative else {}),
        "symbols": {code: shown for code, shown in symbols.items() if shown != code},
    }


def text(lang: str) -> str:
    """locale_{lang}.json as it is written."""
    return json.dumps(table(lang), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for each in sys.argv[1:] or LANGS:
        (DATA / f"locale_{each}.json").write_text(text(each), encoding="utf-8")
