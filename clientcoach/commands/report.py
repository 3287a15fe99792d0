"""`report`: what came in, what helped, what was promised, what rises, what would prevent it. It compares times and causes, never people."""

from __future__ import annotations

from clientcoach.commands import Result
from clientcoach.commands.keeping import store
from clientcoach.commands.owed import Days
from clientcoach.commands.session import DEFAULT_PLAYBOOK, Session
from clientcoach.commands.window import wanted
from clientcoach.content import library
from clientcoach.errors import ContentError, UsageError
from clientcoach.records.periods import days, periods
from clientcoach.records.report import FEWEST, RISE, nothing, report
from clientcoach.wording.outline import outline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from clientcoach.env import Env

    Json = dict[str, Any]

WIDTH = 80  # columns where nobody tells


def run(values: Mapping[str, Any], env: Env) -> Result:
    """The report in the format that was asked for, to standard output or whole into a file. Raises UsageError, StorageError."""
    session = Session(values, env)
    data = _report(session)
    style = "json" if values.get("json") else values.get("format", "text")
    lines = _lines(data, style, session)
    result = Result("stream", None)
    if values.get("out"):
        from clientcoach.outfile import write

        write(values["out"], lines)
        lines = ()
    result.lines = lines
    result.notes = lambda _style: session.warned()
    return result


def _report(session: Session) -> Json:
    moments, where = Days(session), wanted(session)
    since, until = where.pop("since", None), where.pop("until", None) or moments.midnight()
    by = session.values.get("by", "week")
    spans = periods(since, until, by, moments.clock)
    mine = {"worker": _worker(session)} if session.values.get("mine") else {}
    kept = store(session)
    if kept is None:
        found = nothing(spans, moments.now)
    else:
        with kept:
            found = kept.read(lambda engine: report(engine, spans, {**where, **mine}, moments.now))
    if not found["totals"]["incidents"] and "playbook" in where:
        library.find(session.places, where["playbook"])  # mistyped?
    _told(found, session)
    first, last = days((spans[0][0], until), moments.clock)
    for one in found["periods"]:
        one["first"], one["last"] = days((one["since"], one["until"]), moments.clock)
    rule = {"fewest": FEWEST, "rise": RISE}
    return {**found, "by": by, "first": first, "last": last, "where": where, "mine": bool(mine), "rule": rule}


def _worker(session: Session) -> str:
    """The worker of the settings, as incidents keep the name. Raises UsageError where none is set."""
    from clientcoach.records.observed import clean

    named = clean(session.case({}).get("agent"))
    if not named:
        raise UsageError("mine_needs_name")
    return named


def _told(found: Json, session: Session) -> None:
    """Puts in the texts of the packs: of the phrases, the offers, the advice. What a pack no longer has stays without."""
    ui = session.ui()
    books = _Books(session, ui)
    texts = {offer["id"]: outline(offer["say"]["text"]) for offer in session.policy(ui)["offers"]}
    for one in found["phrases"]:
        one["text"] = books.phrase(one["playbook"], one["id"])
    for one in found["offers"]:
        one["text"] = texts.get(one["id"])
    for one in found["prevention"]:
        one["advice"] = books.advice(one["cause"], one["playbooks"])


class _Books:
    """The playbooks in the worker's language, as far as they are still there."""

    def __init__(self, session: Session, ui: str) -> None:
        self.session, self.ui = session, ui

    def phrase(self, playbook: str | None, name: str) -> str | None:
        """The text of a phrase, in its playbook or among the interruptions'."""
        for book in self._read([playbook or DEFAULT_PLAYBOOK, "interruptions"]):
            for phrase in book["phrases"].get(name.rpartition(".")[0], ()):
                if phrase["id"] == name:
                    return outline(phrase["forms"]["say"]["text"])
        return None

    def advice(self, cause: str, used: list[str]) -> list[Json]:
        """What prevents a cause: the advice of the first playbook that has some, else of the usual one."""
        for book in self._read([*used, DEFAULT_PLAYBOOK]):
            names = book["prevent"].get(cause, ())
            if names:
                return [{"id": name, "text": outline(book["prevent_text"][name]["text"])} for name in names]
        return []

    def _read(self, names: Iterable[str]) -> Iterator[Any]:
        """Those of the playbooks that are there and whole."""
        for name in names:
            named: Any = {"name": name}
            try:
                yield self.session.notes(self.ui, named)
            except (UsageError, ContentError):
                continue


def _lines(data: Json, style: str, session: Session) -> Iterable[str]:
    if style == "json":
        from clientcoach.views import render

        return [render("report", data, style, {})]
    if style == "csv":
        from clientcoach.views.report_sheet import sheet

        return sheet(data)
    strings = session.strings(session.ui())
    if style == "markdown":
        from clientcoach.views.report_markdown import markdown

        return [markdown(data, strings)]
    if style == "html":
        from clientcoach.views.report_html import page

        return [page(data, strings)]
    from clientcoach.views.report_text import text

    return [text(data, strings, *screen(session))]


def screen(session: Session) -> tuple[int, str]:
    """The columns and the encoding of the answer; a file has no limits."""
    import shutil

    out = session.env.stdout
    if session.values.get("out"):
        return WIDTH, "utf-8"
    columns = session.env.variables.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() and int(columns) else 0
    if not width and session.env.is_terminal("stdout"):
        width = shutil.get_terminal_size((WIDTH, 0)).columns
    return width or WIDTH, getattr(out, "encoding", None) or "utf-8"
