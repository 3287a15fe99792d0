"""Zammad: text modules as the CSV that its administration imports (Manage › Text Modules › Import), found again by their names.

Columns as `TextModule.csv_example` gives them; a name has at most 250 characters, keywords 500, a note 250; contents are HTML.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from clientcoach.exchange.lines import Line, named
from clientcoach.exchange.plain import Shown, plainly
from clientcoach.exchange.situation import conditions, heading
from clientcoach.exchange.table import records, written
from clientcoach.wording.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

HEAD = ("name", "keywords", "content", "note", "active")
NEEDED = ("name", "content")
CUSTOMER = "#{ticket.customer.firstname}"
# A first name as it is kept serves where nothing inflects it; elsewhere nobody is called by a wrong one.
_NAMES = {"addr_pre": f"{CUSTOMER}, ", "addr_mid": f", {CUSTOMER}", "customer_voc": CUSTOMER}
_EVERYWHERE = {"agent": "#{user.firstname}", "company": "#{config.organization}"}
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<br\s*/?>\n?|</(?:div|p|li)>\n?", re.IGNORECASE)


def variable(lang: str) -> Callable[[str], str]:
    """How a variable is written: as Zammad's where it has one, else in braces for the worker to fill in."""
    known = {**_EVERYWHERE, **(_NAMES if not language(lang).INFLECTS else {"addr_pre": "", "addr_mid": ""})}
    return lambda name: known.get(name, f"{{{name}}}")


def shown(line: Line) -> Shown:
    """The text as Zammad shows it."""
    return plainly(line, variable(line.lang))


def back(text: str, lang: str) -> str:
    """A text of Zammad with our variables; others of its variables stay, and `playbook lint` names them."""
    for name, known in {**(_NAMES if not language(lang).INFLECTS else {}), **_EVERYWHERE}.items():
        text = text.replace(known, f"{{{name}}}")
    return text.strip().replace("'", "’")


def table(lines: Iterable[Line], strings: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole file. `strings`: the interface by language."""
    return written(HEAD, (_row(line, strings[line.lang]) for line in lines))


def _row(line: Line, strings: Mapping[str, Any]) -> list[str]:
    keywords = f"{heading(line.title, line.lang)} {heading(line.label, line.lang)}"
    return [line.key[:250], keywords[:500], _content(shown(line).text), conditions(line, strings)[:250], "true"]


def _content(text: str) -> str:
    """Text as it is; one with a sign of HTML as HTML, or Zammad would take it for some."""
    return f"<div>{escape(text, quote=False)}</div>".replace("\n", "<br>") if set(text) & set("<&") else text


def read(path: str, text: str) -> Iterator[Line]:
    """The modules of a file. Raises UsageError where a column is missing."""
    for row, cells in records(path, text, NEEDED):
        playbook, where, lang = named(cells["name"]) or ("", (), "")
        yield Line(playbook, where, lang, plain(cells.get("content", "")), row=row, name=cells["name"])


def plain(content: str) -> str:
    """HTML as text."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", content))).strip()
