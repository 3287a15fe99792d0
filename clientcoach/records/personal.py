"""Where a text names a person: e-mails, cards, identity numbers, passports, phones.

Dates, times, sums and short numbers (an order's) stay. Checksums where an identity number has one; cards only with a plausible
issuer, since one digit run in ten passes Luhn. PESEL, Luhn and INN are checked by python-stdnum, phones by phonenumbers; SNILS and the
Kazakh IIN, which no kept library knows, here.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Span = tuple[int, int, str]

REGIONS = ("KZ", "RU", "PL", "GB")  # where a number without its country code may be from
_DATE = re.compile(
    r"\b\d{4}-\d{2}-\d{2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?\b"
    r"|(?<![\d./])\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?(?![./]?\d)\b|\b\d{1,2}:\d{2}\b"  # no part of 8.701.123.45.67
)
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"']+@[^\s@<>()\[\],;:\"']+\.[^\W\d_]{2,}")
_DIGITS = re.compile(r"\d(?:[ \u00a0\-–]?\d){8,21}")
_PASSPORT = re.compile(
    r"(?:passport|паспорт|paszport|dowód|куәлік|төлқұжат)\w*\W{0,12}(?:№|nr|no)?\W{0,3}"
    r"([A-ZА-ЯӘІҢҒҮҰҚӨҺ]{0,3}[ ]?\d(?: ?\d){5,11})",
    re.IGNORECASE,
)
_CARD_WORD = re.compile(r"card|карт|kart", re.IGNORECASE)
_NEAR = 24  # characters before a number in which a word tells what it is
_PHONE_DIGITS = 7


def _emails(text: str) -> Iterator[Span]:
    yield from ((*match.span(), "email") for match in _EMAIL.finditer(text) if "@" in text)


def _dates(text: str) -> Iterator[Span]:
    """Claimed first, and kept: "2026-11-22 10" looks like a phone."""
    yield from ((*match.span(), "") for match in _DATE.finditer(text))


def _passports(text: str) -> Iterator[Span]:
    yield from ((*match.span(1), "passport") for match in _PASSPORT.finditer(text))


def _numbers(text: str) -> Iterator[Span]:
    for match in _DIGITS.finditer(text):
        digits = "".join(char for char in match.group() if char.isdigit())
        kind = next((kind for kind, fits in KINDS if fits(digits, text[max(0, match.start() - _NEAR) : match.start()])), None)
        if kind:
            yield (*match.span(), kind)


def _phones(text: str) -> Iterator[Span]:
    if sum(char.isdigit() for char in _DATE.sub("", text)) < _PHONE_DIGITS:
        return  # most of an incident's numbers are dates
    from phonenumbers import Leniency, PhoneNumberMatcher

    for region in REGIONS:
        yield from ((match.start, match.end, "phone") for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID))


def _is_card(digits: str, before: str) -> bool:
    from stdnum import luhn

    issued = digits[0] in "23456" or digits.startswith("9860")
    return (
        13 <= len(digits) <= 19 and luhn.is_valid(digits) and (bool(_CARD_WORD.search(before)) or (issued and len(digits) in {15, 16, 19}))
    )


def _is_iin(digits: str, _before: str) -> bool:
    """Kazakhstan: birth date, century and sex, serial, check digit (weights 1–11, in the second round 3–13)."""
    if len(digits) != 12 or not ("01" <= digits[2:4] <= "12" and "01" <= digits[4:6] <= "31" and digits[6] in "123456"):
        return False
    numbers = [int(char) for char in digits]
    check = sum(weight * number for weight, number in zip(range(1, 12), numbers, strict=False)) % 11
    if check == 10:
        weights = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
        check = sum(weight * number for weight, number in zip(weights, numbers, strict=False)) % 11
    return check == numbers[11]


def _is_pesel(digits: str, _before: str) -> bool:
    from stdnum.pl import pesel

    return len(digits) == 11 and bool(pesel.is_valid(digits))


def _is_snils(digits: str, _before: str) -> bool:
    """Russia: nine digits and a check of two (weights 9–1, modulo 101, 100 counts as 0)."""
    if len(digits) != 11:
        return False
    check = sum(weight * int(char) for weight, char in zip(range(9, 0, -1), digits, strict=False)) % 101 % 100
    return check == int(digits[9:])


def _is_inn(digits: str, _before: str) -> bool:
    from stdnum.ru import inn

    return len(digits) == 12 and bool(inn.is_valid(digits))


KINDS: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    ("card", _is_card),
    ("iin", _is_iin),
    ("pesel", _is_pesel),
    ("snils", _is_snils),
    ("inn", _is_inn),
)
FINDERS: tuple[Callable[[str], Iterator[Span]], ...] = (_emails, _dates, _passports, _numbers, _phones)
