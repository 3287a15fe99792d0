"""An amount of money as whole minor units, so that nothing is lost on the way."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SYMBOLS = {"€": "EUR", "$": "USD", "₽": "RUB", "₸": "KZT", "zł": "PLN", "£": "GBP"}
_WORDS = {"руб": "RUB", "тг": "KZT", "тенге": "KZT", "теңге": "KZT", "евро": "EUR", "zloty": "PLN", "euro": "EUR", "eur": "EUR"}
_NO_MINOR = frozenset(["JPY", "KRW"])  # said and paid in whole units
MAX_DIGITS = 12
_GROUP = 3  # digits between thousands marks


def decimals(currency: str) -> int:
    """How many digits stand after the decimal mark."""
    return 0 if currency in _NO_MINOR else 2


def parse(raw: Any) -> dict[str, Any]:
    """`38 EUR`, `38,50 zł`, `15 000 ₸`, `€12`, or {"minor": 3800, "currency": "EUR"}. Raises ValueError."""
    if isinstance(raw, dict):
        minor, currency = raw.get("minor"), raw.get("currency")
        if (
            set(raw) != {"minor", "currency"}
            or type(minor) is not int
            or not 0 <= minor < 10 ** (MAX_DIGITS + 2)
            or not isinstance(currency, str)
        ):
            raise ValueError("money")
        return {"minor": minor, "currency": _currency(currency)}
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
    known = SYMBOLS.get(unit) or _WORDS.get(unit.lower())
    if known:
        return known
    if len(unit) != 3 or not unit.isascii() or not unit.isalpha():
        raise ValueError("currency")
    return unit.upper()


def _minor(number: str, places: int) -> int:
    plain = " ".join(number.replace("’", " ").split())
    mark = max(plain.rfind("."), plain.rfind(","))
    fraction = plain[mark + 1 :] if mark >= 0 and len(plain) - mark - 1 != _GROUP else ""  # 15.000 and 15,000 are thousands
    first, *groups = (plain[:mark] if fraction else plain).replace(",", " ").replace(".", " ").split(" ")
    whole = "".join([first, *groups])
    regular = not groups or (0 < len(first) <= _GROUP and first[0] != "0" and all(len(group) == _GROUP for group in groups))
    digits = whole + fraction
    if not regular or not (digits.isascii() and digits.isdigit()) or not whole or len(whole) > MAX_DIGITS or len(fraction) > places:
        raise ValueError("money")
    return int(whole + fraction.ljust(places, "0"))
