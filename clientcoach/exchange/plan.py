"""What a file would change: each of its lines beside the text that is there now. Nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientcoach.content.schemas import FORMS, PHRASE_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Protocol

    from clientcoach.exchange.lines import Line, Path
    from clientcoach.exchange.plain import Shown

    class Shelf(Protocol):
        """The playbooks as they are now."""

        def texts(self, playbook: str, lang: str) -> Mapping[Path, Line] | None:
            """None where there is no such playbook, or not in that language."""

        def parts(self, playbook: str) -> Iterable[str]:
            """STEP.PART."""

        def sources(self, playbook: str) -> Mapping[Path, Line]:
            """The texts it is translated from."""

    class Tool(Protocol):
        """A format without choices; `plain.plainly` does its work."""

        def shown(self, line: Line) -> Shown:
            """A text as the tool has it."""

        def back(self, text: str, lang: str) -> str:
            """As ICU text."""


NEW, CHANGED, SAME = "new", "changed", "same"
WRITTEN = (NEW, CHANGED)


class Change(NamedTuple):
    """A line and what becomes of it.

    `state`: new, changed or same; else why it is left out: no_text, unplaced, no_playbook, no_part, no_place, no_language, unsure,
    outdated, twice. `old`: the text that is there. `lost`: the choices of that text, which the new one does not have.
    """

    state: str
    line: Line
    old: str = ""
    lost: tuple[str, ...] = ()


def plan(lines: Iterable[Line], shelf: Shelf, tool: Tool | None) -> Iterator[Change]:
    """What becomes of each line; `tool` where the format shows a text without its choices."""
    seen: dict[tuple[str, str, Path], str] = {}
    for line in lines:
        change = _change(line, shelf, tool)
        place = (line.playbook, line.lang, line.path)
        if change.state in (*WRITTEN, SAME) and seen.setdefault(place, line.text) != line.text:
            change = Change("twice", line)
        yield change


def _change(line: Line, shelf: Shelf, tool: Tool | None) -> Change:
    known = shelf.texts(line.playbook, line.lang) if line.lang and line.path else None
    now = known.get(line.path) if known is not None else None
    if now is not None and line.text.strip():
        return _against(line, now, shelf, tool)
    state = _unusable(line, shelf, known)
    if state:
        return Change(state, line)
    return _left_out(line, shelf) or Change(NEW, line._replace(text=tool.back(line.text, line.lang)) if tool else line)


def _unusable(line: Line, shelf: Shelf, known: Mapping[Path, Line] | None) -> str:
    """Why a line that is not there yet cannot be put there; empty where it can."""
    tests = {
        "no_text": bool(line.text.strip()),
        "unplaced": bool(line.path),
        "no_language": bool(line.lang),
        "no_playbook": known is not None,
        "no_place": bool(PHRASE_ID.fullmatch(line.phrase)) and line.form in FORMS,
        "no_part": known is not None and line.phrase.rpartition(".")[0] in shelf.parts(line.playbook),
    }
    return next((state for state, holds in tests.items() if not holds), "")


def _against(line: Line, now: Line, shelf: Shelf, tool: Tool | None) -> Change:
    shown = tool.shown(now) if tool else None
    if line.text.strip() == (shown.text if shown else now.text.strip()):
        return Change(SAME, line, now.text)
    left_out = _left_out(line, shelf)
    if left_out or not tool or not shown:
        return left_out or Change(CHANGED, line, now.text)
    return Change(CHANGED, line._replace(text=tool.back(line.text, line.lang)), now.text, tuple(shown.lost))


def _left_out(line: Line, shelf: Shelf) -> Change | None:
    """A translation that its translator is not sure of, or that was made from another text than the one that is there now."""
    if line.unsure:
        return Change("unsure", line)
    source = shelf.sources(line.playbook).get(line.path) if line.source else None
    return Change("outdated", line) if source and source.text.strip() != line.source.strip() else None
