"""Numbers as a language writes them in a table: `1,234.5` and `12%`, `1 234,5` and `12 %` (CLDR; a test holds them to it)."""

from __future__ import annotations

from clientcoach.wording.languages import language

NO_BREAK = "\u00a0"


def number(value: float, lang: str, places: int = 0) -> str:
    """A number with so many decimals."""
    group, mark = language(lang).MARKS
    return f"{value:,.{places}f}".replace(",", "\0").replace(".", mark).replace("\0", group)


def percent(share: float, lang: str) -> str:
    """A share (0..1) in whole percents."""
    return number(share * 100, lang) + language(lang).PERCENT


def minutes(seconds: float) -> str:
    """Seconds as minutes and seconds: 3:20."""
    whole = int(seconds + 0.5)
    return f"{whole // 60}:{whole % 60:02}"
