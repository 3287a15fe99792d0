"""Numbers as the four languages write them in a table: `1,234.5` and `12%`, `1 234,5` and `12 %` (CLDR; a test holds them to it)."""

from __future__ import annotations

NO_BREAK = "\u00a0"
_MARKS = {"en": (",", ".")}
_OTHERS = (NO_BREAK, ",")
_PERCENT = {"ru": f"{NO_BREAK}%"}


def number(value: float, lang: str, places: int = 0) -> str:
    """A number with so many decimals."""
    group, mark = _MARKS.get(lang, _OTHERS)
    return f"{value:,.{places}f}".replace(",", "\0").replace(".", mark).replace("\0", group)


def percent(share: float, lang: str) -> str:
    """A share (0..1) in whole percents."""
    return number(share * 100, lang) + _PERCENT.get(lang, "%")


def minutes(seconds: float) -> str:
    """Seconds as minutes and seconds: 3:20."""
    whole = int(seconds + 0.5)
    return f"{whole // 60}:{whole % 60:02}"
