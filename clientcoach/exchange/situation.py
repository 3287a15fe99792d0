"""What a line is for, in words: its step, its part, its conditions. For those who learn, translate or look one up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.exchange.lines import Line
from clientcoach.exchange.plain import Shown, plainly
from clientcoach.views.messages import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    Strings = Mapping[str, Any]


def braces(name: str) -> str:
    """A variable as people read it."""
    return f"{{{name}}}"


def shown(line: Line) -> Shown:
    """A line as people read it."""
    return plainly(line, braces)


def heading(text: str, lang: str) -> str:
    """A title or label without its choices."""
    return plainly(Line("", ("title", ""), lang, text), braces).text if text else ""


def conditions(line: Line, strings: Strings) -> str:
    """`what went wrong: delivery, broken promise; angry`: empty where the line is for every case."""
    return "; ".join(_condition(fact, values, strings) for fact, values in line.when.items())


def _condition(fact: str, values: list[str], strings: Strings) -> str:
    words = (word(strings, key) if (key := f"value.{fact}.{value}") in strings else value for value in values)
    named = word(strings, key) if (key := f"field.{fact}") in strings else fact
    return f"{named}: {', '.join(words)}"


def form(name: str, strings: Strings) -> str:
    """A form by the name it has in the live call."""
    return word(strings, f"form.{name}")
