"""CLDR plural categories and number formats of the four languages (checked against Babel in the tests)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    Number = int | float | str

_GROUP = {"en": ",", "ru": "\u00a0", "pl": "\u00a0", "kk": "\u00a0"}
CATEGORIES = {
    "en": ("one", "other"),
    "ru": ("one", "few", "many", "other"),
    "pl": ("one", "few", "many", "other"),
    "kk": ("one", "other"),
}


def categories(lang: str) -> tuple[str, ...]:
    """Every category that a plural of this language has to name."""
    return CATEGORIES[lang]


def category(lang: str, number: Number) -> str:
    """The plural category of a whole number or decimal (`1.5`, "1.50": written decimals count).

    Raises KeyError for an unknown language.
    """
    whole, fraction = _split(number)
    if lang in ("ru", "pl"):
        return _slavic(int(whole), lang) if not fraction else "other"
    if lang == "kk":
        return "one" if int(whole) == 1 and not fraction.strip("0") else "other"
    if lang != "en":
        raise KeyError(lang)
    return "one" if int(whole) == 1 and not fraction else "other"


def _slavic(number: int, lang: str) -> str:
    tens, ones = number % 100, number % 10
    if number == 1 or (lang == "ru" and ones == 1 and tens != 11):
        return "one"
    return "few" if 2 <= ones <= 4 and not 12 <= tens <= 14 else "many"


def number_text(lang: str, number: Number) -> str:
    """A number as it is written in the language: `1,000.5` · `1 000,5` (no-break space)."""
    if number.__class__ is int and -1000 < number < 1000:
        return str(number)
    whole, fraction = _split(number)
    text = f"{int(whole):,}".replace(",", _GROUP[lang])
    sign = "-" if str(number).startswith("-") else ""
    return f"{sign}{text}{'.' if lang == 'en' else ','}{fraction}" if fraction else sign + text


def _split(number: Number) -> tuple[str, str]:
    """Digits before and after the decimal mark, without sign; a float without fraction counts as whole."""
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    whole, _, fraction = str(number).lstrip("+-").partition(".")
    return whole, fraction
