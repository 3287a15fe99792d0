"""The live call on a whole screen: one line to say, the next one dimmed, quiet facts around them. The only module that knows rich.

Texts come from customers and packs: each goes through `safe` and into a Text object, never through markup.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from clientcoach.case.text import safe
from clientcoach.views.first import INDENT, MARGIN, MEASURE
from clientcoach.views.messages import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.style import Style

    Strings = Mapping[str, Any]
    Rows = list[Text]

NARROW = 60  # columns; below it labels stand above nothing and only the step of now is named
LABELS = 14  # columns in which the labels of the sections stand
OWED = 2  # promises that stand on the screen; the rest is in the notes
LOW = 16  # rows; below it one row of keys is enough
GLUE = "\ue000"  # no space to rich, one column wide
SAY, DIM, LABEL, ALARM, GOOD, MARK = "bold", "dim", "bold dim", "bold red", "green", "reverse bold"
LEVELS = {"quiet": DIM, "told": SAY, "due": MARK}
_CONSOLE = Console(
    file=io.StringIO(), force_terminal=True, color_system="standard", legacy_windows=False, markup=False, emoji=False, highlight=False
)


class Frame:
    """What to show: the rows, where the entry stands among them (None: nothing is typed), and from which row on a long text is seen."""

    def __init__(self, rows: Rows, entry: int | None, first: int) -> None:
        self.rows, self.entry, self.first = rows, entry, first

    def fragments(self, first: int = 0, last: int | None = None) -> list[tuple[str, str]]:
        """Rows as (style, text) for prompt_toolkit."""
        found: list[tuple[str, str]] = []
        for row in self.rows[first:last]:
            found += [(_style(segment.style), segment.text) for segment in row.render(_CONSOLE)]
            found.append(("", "\n"))
        return found[:-1]


@lru_cache(maxsize=64)
def _style(style: Style | None) -> str:
    if style is None:
        return ""
    names = [name for name in ("bold", "dim", "reverse", "italic", "underline") if getattr(style, name)]
    colour = [f"fg:ansi{style.color.name}"] if style.color and not style.color.is_default else []
    return " ".join(names + colour)


def draw(seen: Mapping[str, Any], held: Mapping[str, Any], strings: Strings, width: int, height: int) -> Frame:
    """The screen of a moment. `seen`: the board of the call; `held`: what the keys and the clock add (`asking.sight.held`)."""
    foot = _foot(held, width, height)
    head = [_head(seen, held, strings, width), Text("─" * width, DIM)]
    said = _say(seen, held, strings, _measure(width))
    needed = 0 if held["panel"] else len(said)
    if needed > height - len(head) - len(foot):
        foot = []  # the line to say goes before everything
        head = head if needed <= height - len(head) else head[:1]
    room = max(1, height - len(head) - len(foot))
    if held["record"] is not None and held["panel"]:
        body, entry, first = _after(held, strings, width, room)
    elif held["panel"]:
        body, entry, first = _with_panel(said, seen, held, strings, width, room)
    else:
        body, entry, first = _body(said, seen, held, strings, width, room), None, 0
    return Frame([*head, *_padded(body, room), *foot][:height], None if entry is None else entry + len(head), first)


def _padded(rows: Rows, room: int) -> Rows:
    return [*rows[:room], *(Text() for _ in range(room - len(rows)))]


def _text(text: str, style: str = "") -> Text:
    return Text(safe(text), style, no_wrap=False, end="")


def _cut(text: Text, width: int) -> Text:
    """One row of it, with an ellipsis where it is longer."""
    text = text.copy()
    text.truncate(max(1, width), overflow="ellipsis")
    return text


def _wrapped(text: Text, width: int, indent: int, *, first: Text | None = None) -> Rows:
    """Lines of a text under each other, `first` in front of the first."""
    text.plain = text.plain.replace("\xa0", GLUE)  # rich would break a line there
    lines = text.wrap(_CONSOLE, max(8, width - indent - MARGIN))
    for line in lines:
        line.rstrip()
        line.plain = line.plain.replace(GLUE, "\xa0")
    return [Text.assemble(first if first is not None and not number else Text(" " * indent), line) for number, line in enumerate(lines)]


def wrapped_exactly(line: str, width: int) -> list[str]:
    """The rows of a line to say as the whole screen has them."""
    return [row.plain for row in _wrapped(_text(line), _measure(width), INDENT)]


def _measure(width: int) -> int:
    """A line longer than this is hard to find one's place in."""
    return min(width, MEASURE)


def _head(seen: Mapping[str, Any], held: Mapping[str, Any], strings: Strings, width: int) -> Text:
    left = Text.assemble((f" {held['clock']} ", SAY))
    right = Text.assemble(*_right(seen, held, strings))
    for names in (2, 1, 0):  # all steps named, the present one, none
        bar = _bar(seen, strings, names)
        if cell_len(left.plain) + cell_len(bar.plain) + cell_len(right.plain) < width or not names:
            break
    gap = width - cell_len(left.plain) - cell_len(bar.plain) - cell_len(right.plain)
    return _cut(Text.assemble(left, bar, " " * max(1, gap), right), width)


def _bar(seen: Mapping[str, Any], strings: Strings, names: int) -> Text:
    bar = Text()
    for number, step in enumerate(seen["steps"], 1):
        key = f"bar.{step['step']}"
        name = safe(word(strings, key) if key in strings else step["step"])
        tick = "✓" if step["done"] else ""
        if step["now"]:
            bar.append(f"[{number}{' ' + name.upper() if names else ''}]", MARK if not seen["turn"] else SAY)
        else:
            bar.append(f"{number}{tick}{' ' + name if names > 1 else ''}", GOOD if step["done"] else DIM)
        bar.append(" ")
    return bar


def _right(seen: Mapping[str, Any], held: Mapping[str, Any], strings: Strings) -> Iterable[tuple[str, str]]:
    now, trend = seen["anger"]
    value = "?" if now is None else f"{now}{'↑' if trend > 0 else '↓' if trend < 0 else ''}"
    yield word(strings, "screen.anger", value=value), SAY if now is None or now < 8 else ALARM
    pair = held["pair"]
    yield f"  {pair[0].upper()}⇄{pair[1].upper()} " if pair else f"  {seen['lang'].upper()} ", DIM


def _body(said: Rows, seen: Mapping[str, Any], held: Mapping[str, Any], strings: Strings, width: int, room: int) -> Rows:
    """The line first; the sections below give way from the last to the first where there is no room."""
    measure = _measure(width)
    said = _shortened(said, room, width)
    following = [_wrapped(_text(f"{word(strings, 'call.next')} {seen['upcoming']}", DIM), measure, INDENT)] if seen["upcoming"] else []
    spare = room - len(said) - sum(map(len, following)) - 1
    if following and (spare < 0 or room < LOW - 4):
        following = [_shortened(following[0], 1, width)] if room > len(said) else []
    left = room - len(said) - sum(map(len, following)) - (room >= LOW // 2)
    sections = _fitting(list(_sections(seen, held, strings, measure)), left, measure)
    gap = [Text()] if sections and room > len(said) + sum(map(len, following)) + sum(map(len, sections)) else []
    return [*said, *(row for rows in following for row in rows), *gap, *(row for rows in sections for row in rows)]


def _say(seen: Mapping[str, Any], held: Mapping[str, Any], strings: Strings, width: int) -> Rows:
    """The line to say, in the row where the first frame has put it already."""
    turn, line = seen["turn"], seen["line"]
    label = Text(" ")
    if turn and held["waiting"]:
        label.append(word(strings, "screen.when_back"), LABEL)  # the line is for later
    elif turn:
        title, rung = Text(safe(turn["title"]), ALARM if turn["stays"] else MARK), Text(safe(_rung(turn, strings)), ALARM)
        parts = (rung, title) if width < NARROW else (title, rung)  # on a narrow screen the end is cut, and the count must not be
        label = Text.assemble(" ", Text("  ").join(part for part in parts if part.plain))
    else:
        label.append(word(strings, "screen.say"), LABEL)
        if line and line["label"]:
            label.append(f" · {safe(line['label'])}", DIM)
    if line is None:
        return [_cut(label, width), *_wrapped(_text(word(strings, "screen.stopped" if turn else "screen.all_said"), SAY), width, INDENT)]
    rows = [_cut(label, width), *_wrapped(_text(line["text"], SAY), width, INDENT)]
    if line["part"] == "options":
        for offer in seen["offers"]:
            if not offer["needs_lead"]:
                offered = Text.assemble(_text(offer["text"], SAY), (safe(held["limits"].get(offer["id"], "")), DIM))
                rows += _wrapped(offered, width, INDENT + 2, first=Text(" " * INDENT + "• "))
    return rows


def _rung(turn: Mapping[str, Any], strings: Strings) -> str:
    if "rung" not in turn:
        return ""
    return word(strings, "screen.rung_end") if turn["rung"] == "end" else word(strings, "screen.rung", **turn)


def _sections(seen: Mapping[str, Any], held: Mapping[str, Any], strings: Strings, width: int) -> Iterable[Rows]:
    """By weight: what has just happened, the card, what may be given, what to leave unsaid, what is known, what to ask."""
    for level, notice in held["notices"]:
        yield _wrapped(_text(notice, LEVELS[level]), width, INDENT)
    line = seen["line"]
    if not seen["turn"]:
        yield _owed(held, strings, width)
    if seen["card"] is not None:
        yield _listed("screen.notes", seen["notes"], strings, width, ALARM)
        yield _listed("screen.numbers", list(_numbers(seen["card"], strings)), strings, width, ALARM)
    if seen["offers"]:
        told = [(offer["needs_lead"], offer["text"] + held["limits"].get(offer["id"], "")) for offer in seen["offers"]]
        if not (line and line["part"] == "options"):
            yield _listed("screen.mine", [text for lead, text in told if not lead], strings, width, GOOD)
        yield _listed("screen.lead", [text for lead, text in told if lead], strings, width)
    yield _listed("screen.avoid", [item["text"] for item in seen["avoid"]], strings, width, "red")
    if not seen["turn"]:
        yield _listed("screen.known", [held["known"]], strings, width)
        yield _listed("screen.due", [held["due"]] if held["due"] else [], strings, width)
        yield _listed("screen.ask", held["missing"], strings, width)
        if seen["verified"] is not None:
            yield _listed("screen.check", [word(strings, "screen.check_yes" if seen["verified"] else "screen.check_no")], strings, width)
    if seen["card"] is None:
        yield _listed("screen.notes", seen["notes"], strings, width)


def _numbers(card: Mapping[str, str], strings: Strings) -> Iterable[str]:
    for name, number in card.items():
        yield f"{word(strings, key) if (key := f'crisis.{name}') in strings else name} {number}"


def _listed(key: str, items: Sequence[str], strings: Strings, width: int, style: str = DIM) -> Rows:
    if not items:
        return []
    label = word(strings, key)
    return _labelled(label, _text(" · ".join(items)), width, cell_len(label), f"bold {style}" if style != DIM else LABEL)


def _labelled(label: str, text: Text, width: int, widest: int, style: str = LABEL) -> Rows:
    """A text after its label, on a wide screen in a column of its own; `widest`: the columns of the longest label around."""
    heading = Text(safe(label), style)
    if width < NARROW:
        return _wrapped(Text.assemble(heading, " ", text), width, INDENT, first=Text(" "))
    indent = max(LABELS, min(widest + 3, width // 3))
    return _wrapped(text, width, indent, first=Text.assemble(" ", _filled(heading, indent - 1)))


def _before(held: Mapping[str, Any], strings: Strings) -> str:
    """What stands over promises, or over warnings alone."""
    return word(strings, "screen.owed" if held["owed"] else "screen.before")


def _owed(held: Mapping[str, Any], strings: Strings, width: int) -> Rows:
    """What was promised before: two lines at most, cut at the end (the date is first), and how much more there is."""
    told, rest = held["owed"][:OWED], len(held["owed"]) - OWED
    more = [word(strings, "screen.owed_more", count=rest, letter=held["notes_key"])] if rest > 0 else []
    more = [*more, *([held["warned"]] if held["warned"] else [])]
    lines = [*told, *([" · ".join(more)] if more else [])]
    label = _before(held, strings)
    if width < NARROW:
        return [_cut(Text.assemble(" ", (safe(label), ALARM), " ", safe(line)), width) for line in lines]
    indent = max(LABELS, cell_len(label) + 3)
    heads = [Text.assemble(" ", _filled(Text(safe(label), ALARM), indent - 1)), *[Text(" " * indent)] * len(lines)]
    return [_cut(Text.assemble(head, safe(line)), width) for head, line in zip(heads, lines, strict=False)]


def _shortened(rows: Rows, count: int, width: int) -> Rows:
    """The first rows, with an ellipsis where there were more."""
    if len(rows) <= count:
        return rows
    return [*rows[: count - 1], _cut(Text.assemble(rows[count - 1], " …"), width)]


def _fitting(sections: list[Rows], room: int, width: int) -> list[Rows]:
    """Sections shortened, then left out, from the last to the first, until they fit."""
    sections = [rows for rows in sections if rows]
    for place in reversed(range(len(sections))):
        rows, excess = sections[place], sum(map(len, sections)) - room
        if excess > 0 and len(rows) > 1:
            sections[place] = _shortened(rows, max(1, len(rows) - excess), width)
    while sections and sum(map(len, sections)) > room:
        sections.pop()
    return sections


def _after(held: Mapping[str, Any], strings: Strings, width: int, room: int) -> tuple[Rows, int | None, int]:
    """The panel after a call: no line is to be said any more, so the record has the whole room."""
    panel = held["panel"]
    rows = [_title(panel["title"], width)]
    entry = None
    if panel["entry"]:
        entry = len(rows)
        rows.append(Text())
    rows += _noticed(held, width, width, room)
    if panel["rows"]:
        rows += _choices(panel, strings, width, room - len(rows))
    widest = max(cell_len(label) for label, _ in held["record"])
    text = [row for label, told in held["record"] for row in _labelled(label, _text(told), width, widest)]
    left = max(0, room - len(rows))
    first = _first(len(text), panel["pointed"] if panel["body"] else 0, left)
    return [*rows, *_scrolled(text, first, left, strings)] if left else rows, entry, first


def _noticed(held: Mapping[str, Any], measure: int, width: int, room: int) -> Rows:
    """The notices in a panel, wrapped at `measure`; where there is little room, one row each."""
    told = [_wrapped(_text(notice, LEVELS[level]), measure, INDENT) for level, notice in held["notices"]]
    return [row for rows in told for row in (rows if room > LOW // 2 else _shortened(rows, 1, width))]


def _title(title: str, width: int) -> Text:
    return _cut(Text.assemble(" ", (safe(title[:1].upper() + title[1:]), MARK)), width)


def _with_panel(
    said: Rows, seen: Mapping[str, Any], held: Mapping[str, Any], strings: Strings, width: int, room: int
) -> tuple[Rows, int | None, int]:
    """The panel under the line, which stays in sight; where its entry is, and from which row on it is seen."""
    panel, measure = held["panel"], _measure(width)
    kept = max(2, room - 6) if room > LOW // 2 else 2
    said = _shortened(said, kept, width)
    said = said if room > LOW // 2 else said[1:]
    rows = [*said, Text("─" * width, DIM), _title(panel["title"], width)]
    entry = None
    if panel["entry"]:
        entry = len(rows)
        rows.append(Text())
    rows += _noticed(held, measure, width, room)
    left = room - len(rows)
    if panel["body"]:
        text = _reading(panel["body"], seen, held, strings, width)
        first = _first(len(text), panel["pointed"], left)
        return [*rows, *_scrolled(text, first, left, strings)], entry, first
    if panel["rows"]:
        rows += _choices(panel, strings, width, left)
    return rows, entry, 0


def _choices(panel: Mapping[str, Any], strings: Strings, width: int, room: int) -> Rows:
    """One item a row; in two columns where they would not fit otherwise and the screen is wide; else the part round the pointer."""
    items = [_item(place == panel["pointed"], key, label) for place, (key, label) in enumerate(panel["rows"])]
    column = width // 2
    if len(items) > room and width >= NARROW and all(cell_len(item.plain) < column for item in items):
        half = (len(items) + 1) // 2
        pairs = [(items[place], items[place + half] if place + half < len(items) else Text()) for place in range(half)]
        items = [Text.assemble(_filled(left, column), _cut(right, column - 1)) for left, right in pairs]
        place = panel["pointed"] % half
    else:
        place = panel["pointed"]
    items = [_cut(item, width) for item in items]
    return _scrolled(items, max(0, place - (room - 1) // 2), room, strings)


def _first(count: int, wanted: int, room: int) -> int:
    """The first of `count` rows that can be seen: no further down than there is something to see."""
    return 0 if count <= room else max(0, min(wanted, count - room + 1))


def _scrolled(rows: Rows, first: int, room: int, strings: Strings) -> Rows:
    """As many rows as there is room for, from the first one wanted; how many are hidden stands in the last row."""
    if len(rows) <= room:
        return rows
    first = _first(len(rows), first, room)
    above, below = first > 0, first + room - 1 < len(rows)
    arrow = "↕" if above and below else "↑" if above else "↓"
    return [*rows[first : first + room - 1], Text(f" {arrow} {word(strings, 'screen.more', count=len(rows) - room + 1)}", DIM)]


def _item(pointed: bool, key: str, label: str) -> Text:  # noqa: FBT001 - one of three columns of a row
    style = SAY if pointed else ""
    return Text.assemble(
        (" › " if pointed else "   ", SAY), (f"{key} " if key else "", LABEL if not pointed else SAY), (safe(label), style)
    )


def _filled(text: Text, width: int) -> Text:
    text = _cut(text, width - 1)
    return Text.assemble(text, " " * (width - cell_len(text.plain)))


def _reading(body: Sequence[str], seen: Mapping[str, Any], held: Mapping[str, Any], strings: Strings, width: int) -> Rows:
    if body[0] == "keys":
        return _table(held["keys"], width)
    rows = [row for note in seen["notes"] for row in _wrapped(_text(note), width, INDENT, first=Text(" - "))]
    owed = [*held["owed"], *([held["warned"]] if held["warned"] else [])]
    if owed:
        rows.append(Text(f" {safe(_before(held, strings))}", LABEL))
        rows += [row for one in owed for row in _wrapped(_text(one), width, INDENT, first=Text(" - "))]
    if seen["avoid"]:
        rows.append(Text(f" {safe(word(strings, 'label.avoid'))}", LABEL))
    return rows + [
        row for item in seen["avoid"] for row in _wrapped(_text(f"{item['text']} — {item['why']}"), width, INDENT, first=Text(" - "))
    ]


def _table(keys: Sequence[tuple[str, str]], width: int) -> Rows:
    """Keys and what they do, in as many columns as there is room for."""
    cells = [Text.assemble(" ", (key, SAY), " ", safe(label)) for key, label in keys]
    column = max(cell_len(cell.plain) for cell in cells) + 2
    count = max(1, width // column)
    rows = [cells[first : first + count] for first in range(0, len(cells), count)]
    return [_cut(Text.assemble(*(_filled(cell, column) for cell in row)), width) for row in rows]


def _foot(held: Mapping[str, Any], width: int, height: int) -> Rows:
    """The keys that matter now, as many as there is room for."""
    record = held["record"] is not None  # after a call there is nothing to say: its keys have room
    rows = [Text(" ") for _ in range(4 if record and width < NARROW else 2 if record or height >= LOW else 1)]
    place = 0
    for key, label in held["hints"] if height >= LOW or record else held["brief"]:
        cell = Text.assemble((key, SAY), " " if label else "", (safe(label), DIM))
        needed = cell_len(cell.plain)
        if cell_len(rows[place].plain) + needed > width and place + 1 < len(rows):
            place += 1
        if cell_len(rows[place].plain) + needed <= width:  # in the last row shorter ones may still follow
            rows[place].append_text(Text.assemble(cell, "   "))
    for row in rows:
        row.rstrip()
    rows = [row for row in rows if row.plain] if record else rows
    return [Text("─" * width, DIM), *rows] if height >= LOW // 2 else []
