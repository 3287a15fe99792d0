"""Promises as plain text: due today, late, later, kept; each on a line that begins with what `promises done` needs."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import owner_of, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    Promise = Mapping[str, Any]
    Strings = Mapping[str, Any]

SHORT = 13  # characters of an id: the time to the millisecond at which it was made


def promises(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """The list, under headings, in the order it comes in."""
    found = data["promises"]
    width = _width([one["id"] for one in found])
    lines: list[str] = []
    above = ""
    today = [number for number, one in enumerate(found) if one["day"] == data["today"]]
    for number, one in enumerate(found):
        heading = _heading(one, data["today"])
        if heading != above:
            lines += [*([""] if lines else []), word(strings, heading)]
            above = heading
        lines.append(f"  {_line(one, strings, width)}")
        if data["playbook"] and number == today[-1]:
            lines.append(f"  {word(strings, 'label.before_late', playbook=data['playbook'])}")
    return "".join(f"{line}\n" for line in lines)


def kept_lines(found: Iterable[Promise], strings: Strings, *, begun: bool) -> Iterator[str]:
    """What was kept, under its heading; `begun`: there is something above it."""
    heading = f"{chr(10) * begun}{word(strings, 'label.due_done')}\n"
    for one in found:
        yield f"{heading}  {_line(one, strings, SHORT)}\n"
        heading = ""


def promise(data: Promise, strings: Strings, _mark: str) -> str:
    """One of them, as it now is."""
    return f"{_line(data, strings, SHORT)}\n"


def _heading(one: Promise, today: str) -> str:
    """What a promise stands under; one of today is among today's even when its hour is over."""
    return "label.due_today" if one["day"] == today else "label.due_late" if one["status"] == "late" else "label.due_later"


def _line(one: Promise, strings: Strings, width: int) -> str:
    late = f"[{word(strings, 'label.late')}] " if one["status"] == "late" else ""
    when = one["due"][:16].replace("T", " ")
    about = [owner_of(one, strings), *(one[name] for name in ("reference", "channel") if one[name])]
    return safe(f"{one['id'][:width]}  {when}  {late}{one['what']} ({', '.join(about)})")


def _width(ids: Sequence[str]) -> int:
    """As much of the ids as tells them apart."""
    width = SHORT
    while len({one[:width] for one in ids}) < len(set(ids)):
        width += 1
    return width
