"""Facts of the case that stand in a message: the order's number, a sum, the date that was promised."""

from __future__ import annotations

import re
from functools import lru_cache

from clientcoach.case import asked, money
from clientcoach.matching.words import fold
from clientcoach.wording.tables import locale

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from clientcoach.matching.words import Words

_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"[^\W_]{1,20}(?:[-/][^\W_]{1,20}){0,3}")
_SIGN = re.compile(r"(?:[№#]|\b(?:no|nr)\b\.?)\s*(?=[^\W_])", re.IGNORECASE)
_SUM = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_MONEY = re.compile(rf"(?:(?P<before>[€$£₽₸])\s?(?P<sum>{_SUM}))|(?P<number>(?<![\w.,]){_SUM})\s?(?P<after>[€$£₽₸]|[^\W\d_]{{1,10}}\.?)")
_DATE = re.compile(r"\b(\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}(?:\.\d{4})?)\b")
_DAY_MONTH = (
    re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|-го|-е|-і|-ы)?\s+(?:of\s+)?(?P<month>[^\W\d_]{3,12})"),
    re.compile(r"\b(?P<month>[^\W\d_]{3,12})\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"),
)
SIGNS = ("№", "#", "no", "nr")  # one of them is in `_SIGN`
STEM = 3  # letters by which a month is known; May, март and май differ in them too
NEAR = 4  # words between "order" and its number
DIGITS = 3  # of an order's number at least: "order 2 pieces" is none


def facts(words: Words, fields: Sequence[tuple[str, int, int]], lang: str) -> dict[str, Any]:
    """`order`, `amount` (as typed) and `promised` (ISO, or day and month), as far as the message tells them.

    `fields`: the words that stand before an order's number or with a promise.
    """
    if not _DIGIT.search(words.low):
        return {}
    marks: dict[str, list[int]] = {}
    for name, _, after in fields:
        marks.setdefault(name, []).append(after)
    told = {
        "order": _order(words, marks.get("order", [])),
        "amount": _amount(words.text),
        "promised": _promised(words, marks.get("promised", []), lang),
    }
    return {name: value for name, value in told.items() if value is not None}


def _order(words: Words, marks: list[int]) -> str | None:
    """The number after a word for an order; else one with a number sign."""
    near = [words.span(place, place + 1)[0] for mark in marks for place in range(mark, min(mark + NEAR, len(words)))]
    return next((words.text[start:end] for start, end in _codes(words.text, [*near, *_signed(words)])), None)


def numbers(words: Words) -> list[tuple[int, int]]:
    """Where numbers of orders and cases stand that have a number sign before them."""
    return list(_codes(words.text, _signed(words)))


def _signed(words: Words) -> list[int]:
    if not any(mark in words.low for mark in SIGNS):
        return []
    return [found.end() for found in _SIGN.finditer(words.text)]


def _codes(text: str, starts: Iterable[int]) -> Iterator[tuple[int, int]]:
    for start in starts:
        found = _CODE.match(text, start)
        if found and sum(map(str.isdigit, found.group())) >= DIGITS and not _DATE.match(text, start) and not _is_money(text, start):
            yield found.span()


def _is_money(text: str, start: int) -> bool:
    found = _MONEY.match(text, start)
    return found is not None and _read_money(found) is not None


def amounts(text: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """The sums in a text: where, and {minor, currency}."""
    for found in _MONEY.finditer(text):
        told = _read_money(found)
        if told is not None:
            yield *found.span(), money.parse(told)


def _amount(text: str) -> str | None:
    return next((told for found in _MONEY.finditer(text) if (told := _read_money(found)) is not None), None)


def _read_money(found: re.Match[str]) -> str | None:
    if not found["before"] and not _is_currency(found["after"].rstrip(".")):
        return None
    told = f"{found['sum'] or found['number']} {found['before'] or found['after'].rstrip('.')}"
    try:
        money.parse(told)
    except ValueError:
        return None
    return told


@lru_cache(1000)
def _is_currency(word: str) -> bool:
    """Whether the word after a number may be a currency; most are not, and are the same ones again and again."""
    try:
        money.parse(f"1 {word}")
    except ValueError:
        return False
    return True


def _promised(words: Words, marks: list[int], lang: str) -> str | None:
    """A date in the sentence in which something was promised."""
    for mark in marks:
        first, last = _sentence(words, mark - 1)
        start, end = words.span(first, last)
        for date in _dates(words.text[start:end], lang):
            return date
    return None


def _sentence(words: Words, place: int) -> tuple[int, int]:
    first, last = place, place + 1
    while first > 0 and not words.stops(first - 1):
        first -= 1
    while last < len(words) and not words.stops(last):
        last += 1
    return first, last


def _dates(text: str, lang: str) -> Iterator[str]:
    for found in _DATE.finditer(text):
        if _is_date(found[1]):
            yield found[1]
    months = [fold(month)[:STEM] for month in locale(lang)["months"]]
    for found in (found for way in _DAY_MONTH for found in way.finditer(text)):
        stem = fold(found["month"])[:STEM]
        if stem in months and _is_date(told := f"{int(found['day'])}.{months.index(stem) + 1}"):
            yield told


def _is_date(text: str) -> bool:
    try:
        asked.parse(text)
    except ValueError:
        return False
    return True
