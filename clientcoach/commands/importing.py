"""`playbook import`: a file of another tool beside the playbooks as they are; with `--write` into a team's own pack, linted first."""

from __future__ import annotations

import os

from clientcoach.commands import Result
from clientcoach.commands.reading import read_table, read_text
from clientcoach.commands.session import Session
from clientcoach.commands.shelf import Shelf
from clientcoach.errors import UsageError
from clientcoach.options import ENTERING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from clientcoach.env import Env
    from clientcoach.exchange.lines import Line
    from clientcoach.exchange.plan import Change

MAX_FILE = 1 << 24  # bytes
ENDINGS = {".po": "po", ".yml": "espanso", ".yaml": "espanso"}  # a table is told by its columns
ZAMMAD = {"name", "content"}


def run_import(values: Mapping[str, Any], env: Env) -> Result:
    """exchange@1: what is new, changed, the same or left out. Exit 1 where something is left out.

    Raises UsageError, ContentError where the changed playbook would have mistakes, StorageError.
    """
    from clientcoach.exchange.plan import CHANGED, NEW, SAME, plan

    session = Session(values, env)
    style, lines, encoding = _read(session)
    shelf = Shelf(session)
    tool: Any = __import__(f"clientcoach.exchange.{style}", fromlist=["shown"]) if style in {"espanso", "zammad"} else None
    changes = list(plan(map(shelf.placed, lines), shelf, tool))
    written = [file for name in dict.fromkeys(one.line.playbook for one in changes) for file in _take(shelf, name, changes)]
    counts = {state: sum(one.state == state for one in changes) for state in (NEW, CHANGED, SAME)}
    left = len(changes) - sum(counts.values())
    data = {
        "schema": "clientcoach/exchange@1",
        "file": values["file"],
        "format": style,
        "encoding": encoding,
        "pack": shelf.pack,
        "in_use": shelf.in_use,
        "written": written,
        **counts,
        "left_out": left,
        "conditions": sum(shelf.differs(one) for one in changes if one.state in {SAME, CHANGED}),
        "lines": [_shown(one) for one in changes if one.state != SAME],
    }
    return Result("exchange", data, strings=session.told_in(session.ui()), exit_code=1 if left else 0)


def _take(shelf: Shelf, name: str, changes: Iterable[Change]) -> list[str]:
    """The files of a playbook that were written; its lint is asked in a dry run too."""
    from clientcoach.exchange.overlay import Overlay
    from clientcoach.exchange.plan import CHANGED, NEW

    new, changed = ([one.line for one in changes if one.state == state and one.line.playbook == name] for state in (NEW, CHANGED))
    if not new and not changed:
        return []
    overlay = Overlay(shelf.folder(name), shelf.target(name))
    overlay.change(new, changed)
    return overlay.save() if shelf.session.values.get("write") else []


def _shown(change: Change) -> dict[str, Any]:
    line = change.line
    told = {
        "state": change.state,
        "playbook": line.playbook,
        "lang": line.lang,
        "place": "/".join(line.path),
        "row": line.row,
        "name": line.name,
    }
    return {**told, "text": line.text, "old": change.old, "lost": list(change.lost)}


def _read(session: Session) -> tuple[str, list[Line], str]:
    """The format, the lines and the encoding of the file. Raises UsageError, ContentError."""
    path = session.values["file"]
    ending = os.path.splitext(path)[1].lower()
    style = session.values.get("source") or ENDINGS.get(ending)
    if style == "po":
        from clientcoach.exchange import po

        return style, list(po.read(path, po.decoded(path, session.read_bytes(path, MAX_FILE)))), "UTF-8"
    if style == "espanso":
        from clientcoach.exchange import espanso

        return style, list(espanso.read(path, read_text(session, path, MAX_FILE))), "UTF-8"
    if style is None and ending not in {".csv", ".tsv", ".txt"}:
        raise UsageError("unknown_exchange", file=path, choices=ENTERING)
    text, encoding = read_table(session, path, MAX_FILE)
    return *_table(path, text, style), encoding


def _table(path: str, text: str, style: str | None) -> tuple[str, list[Line]]:
    """A table of ours, of Zammad, or of a tool that calls its columns otherwise: of that the texts, without a place. Raises UsageError."""
    from clientcoach.exchange import spreadsheet, zammad
    from clientcoach.exchange.table import rows

    head = {title.strip().lower() for title in next(rows(path, text), ([], 0, ""))[0]}
    if style == "zammad" or (style is None and head >= ZAMMAD):
        return "zammad", list(zammad.read(path, text))
    if {"phrase", "say"} & head:
        return "csv", list(spreadsheet.read(path, text))
    return "csv", list(_others(path, text))


def _others(path: str, text: str) -> Iterator[Line]:
    from clientcoach.commands.canned import replies
    from clientcoach.exchange.lines import Line
    from clientcoach.exchange.spreadsheet import NEEDED
    from clientcoach.exchange.table import rows, unguarded

    try:
        for reply in replies("table.csv", text):
            yield Line("", (), reply.lang or "", unguarded(reply.text).strip().replace("'", "’"), row=reply.where(0)[0], name=reply.name)
    except UsageError as error:
        if error.code != "no_replies":
            raise
        head = next(rows(path, text), ([], 0, ""))[0]
        raise UsageError("no_columns", file=path, names=NEEDED, found=[title[:40] for title in head[:20]]) from error
