"""Writes case/currencies.py: every currency in use somewhere today and its minor digits, from Babel (CLDR).

By hand: `python tests/language/generate/currencies.py`; tests/case/test_money.py compares.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

FILE = Path(__file__).parents[3] / "clientcoach" / "case" / "currencies.py"


def codes() -> dict[int, list[str]]:
    """Codes by digits after the decimal mark; legal tender only, no bonds, metals or units of account."""
    from babel.core import get_global
    from babel.numbers import get_currency_precision

    found: dict[int, list[str]] = {}
    current = {code for rows in get_global("territory_currencies").values() for code, _, end, tender in rows if tender and not end}
    for code in sorted(current):
        found.setdefault(get_currency_precision(code), []).append(code)
    return found


def text() -> str:
    """The module as it is written."""
    lines = ['"""Currencies in use and their minor digits (CLDR). Written by tests/language/generate/currencies.py."""', ""]
    lines += ["from __future__ import annotations", "", "BY_DECIMALS = {"]
    for places, listed in sorted(codes().items()):
        rows = textwrap.wrap(" ".join(listed), 120)
        if len(rows) == 1:
            lines.append(f'    {places}: "{rows[0]}",')
        else:
            lines += [f"    {places}: (", *(f'        "{row} "' for row in rows[:-1]), f'        "{rows[-1]}"', "    ),"]
    return "\n".join([*lines, "}", ""])


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
