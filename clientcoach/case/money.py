"""An amount of money as whole minor units, so that nothing is lost on the way."""

from __future__ import annotations

from clientcoach.case.currencies import BY_DECIMALS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SYMBOLS = {"€": "EUR", "$": "USD", "₽": "RUB", "₸": "KZT", "zł": "PLN", "£": "GBP"}
_TYPED = {
    "RUB": "р руб рубль рубля рублей рубли ruble rubles",
    "KZT": "тг тенге теңге tenge",
    "PLN": "zl zloty zlote zlotych złoty złote złotych злотый злотых злота",
    "EUR": "евро еуро euro euros",
    "USD": "доллар доллара долларов dolar dolary dolarów dollar dollars",
    "GBP": "фунт фунта фунтов funt funty funtów pound pounds",
}
_WORDS = {word: code for code, words in _TYPED.items() for word in words.split()}
MAX_DIGITS = 12
_GROUP = 3  # digits between thousands marks
_CODE = len("EUR")


def decimals(currency: str) -> int:
    """How many digits stand after the decimal mark."""
    return next((places for places, codes in BY_DECIMALS.items() if currency in codes), 2)


def parse(raw: Any) -> dict[str, Any]:
    """`38 EUR`, `38,50 zł`, `15 000 ₸`, `€12`, or {"minor": 3800, "currency": "EUR"}. Raises ValueError."""
    if isinstance(raw, dict):
        minor, currency = raw.get("minor"), raw.get("currency")
        if set(raw) != {"minor", "currency"} or type(minor) is not int or not isinstance(currency, str):
            raise ValueError("money")
        code = _currency(currency)
        if not 0 <= minor < 10 ** (MAX_DIGITS + decimals(code)):
            raise ValueError("money")
        return {"minor": minor, "currency": code}
    if not isinstance(raw, str):
        raise ValueError("money")  # noqa: TRY004 - one kind of error for the caller
    text = raw.strip()
    digits = [place for place, char in enumerate(text) if char.isascii() and char.isdigit()]
    if not digits:
        raise ValueError("money")
    number, unit = text[digits[0] : digits[-1] + 1], (text[: digits[0]] + text[digits[-1] + 1 :]).strip()
    currency = _currency(unit.rstrip("."))
    return {"minor": _minor(number, decimals(currency)), "currency": currency}


def _currency(unit: str) -> str:
    code = _SYMBOLS.get(unit) or _WORDS.get(unit.lower()) or unit.upper()
    if len(code) != _CODE or not code.isalpha() or not any(code in codes for codes in BY_DECIMALS.values()):
        raise ValueError("currency")
    return code


def _minor(number: str, places: int) -> int:
    plain = " ".join(number.replace("’", " ").split())
    mark = max(plain.rfind("."), plain.rfind(","))
    thousands = len(plain) - mark - 1 == _GROUP and (places < _GROUP or plain.count(plain[mark]) > 1)  # 15.000, but not 1.000 BHD
    fraction = "" if mark < 0 or thousands else plain[mark + 1 :]
    first, *groups = (plain[:mark] if fraction else plain).replace(",", " ").replace(".", " ").split(" ")
    whole = "".join([first, *groups])
    regular = not groups or (0 < len(first) <= _GROUP and first[0] != "0" and all(len(group) == _GROUP for group in groups))
    digits = whole + fraction
    if not regular or not (digits.isascii() and digits.isdigit()) or not whole or len(whole) > MAX_DIGITS or len(fraction) > places:
        raise ValueError("money")
    return int(whole + fraction.ljust(places, "0"))
