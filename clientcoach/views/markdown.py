"""A script as Markdown; whatever a customer's name or product holds stays text."""

from __future__ import annotations

from clientcoach.views.script import foot, lists, own_offers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

_ACTIVE = "\\`*_{}[]()<>#+-!|~&:@="
_ESCAPES = {ord(char): f"\\{char}" for char in _ACTIVE if char not in "():@-=+!"} | {ord("<"): "&lt;", ord(">"): "&gt;", ord("&"): "&amp;"}


def escape(text: str) -> str:
    """Text in which nothing is markup: Markdown's and HTML's active characters are escaped, a line start cannot open a block."""
    escaped = text.translate(_ESCAPES).replace("://", ":&#8203;//").replace("](", "]\\(").replace("@", "&#64;")
    first = escaped[:1]
    if first in "+-=:~" and first:
        return f"\\{escaped}"
    head, mark, rest = escaped.partition(" ")
    return f"{head[:-1]}\\{head[-1]}{mark}{rest}" if head[:-1].isdigit() and head[-1:] in {".", ")"} else escaped


def script(data: Mapping[str, Any], strings: Mapping[str, Any]) -> str:
    """Headings for steps, quotations for what is said aloud, lists for the rest."""
    lines = [line for step in data["steps"] for line in _step(step, strings)]
    return "\n".join([*lines, *(f"{escape(line)}\n" for line in foot(data, strings))]) + "\n"


def _step(step: Mapping[str, Any], strings: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {step['number']}. {escape(step['title'])}\n"
    for line in step["say"]:
        if line["label"]:
            yield f"*{escape(line['label'])}*\n"
        yield f"> {escape(line['text'])}\n"
        if line["part"] == "options":
            yield from (f"> - {escape(offer)}" for offer in own_offers(step))
            yield ""
    for heading, items in lists(step, strings):
        yield f"**{escape(heading)}**\n"
        yield from (f"- {escape(item)}" for item in items)
        yield ""
