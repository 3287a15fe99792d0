"""CLDR plural categories and number formats, as the language's module has them (checked against Babel in the tests)."""

from __future__ import annotations

from clientcoach.wording.languages import language

TYPE_CHECKING = False
if TYPE_CHECKING:
    Number = int | float | str


def categories(lang: str) -> tuple[str, ...]:
    """Every category that a plural of this language has to name."""
    return tuple(language(lang).PLURALS)


def category(lang: str, number: Number) -> str:
    """The plural category of a whole number or decimal (`1.5`, "1.50": written decimals count).

    Raises KeyError for an unknown language.
    """
    whole, fraction = _split(number)
    return language(lang).plural(int(whole), fraction)


def number_text(lang: str, number: Number) -> str:
    """A number as it is written in the language: `1,000.5` · `1 000,5` (no-break space)."""
    if number.__class__ is int and -1000 < number < 1000:
        return str(number)
    whole, fraction = _split(number)
    group, mark = language(lang).MARKS
    text = f"{int(whole):,}".replace(",", group)
    sign = "-" if str(number).startswith("-") else ""
    return f"{sign}{text}{mark}{fraction}" if fraction else sign + text


def _split(number: Number) -> tuple[str, str]:
    """Digits before and after the decimal mark, without sign; a float without fraction counts as whole."""
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    whole, _, fraction = str(number).lstrip("+-").partition(".")
    return whole, fraction
