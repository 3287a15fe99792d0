"""`promises --all`: what is owed, then what was kept, one by one: the kept ones of years do not fit into memory."""

from __future__ import annotations

from clientcoach.commands import Result, keeping
from clientcoach.commands.owed import kept, listed
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from clientcoach.commands.session import Session
    from clientcoach.records.promises import Promise


def everything(session: Session) -> Result:
    """All promises, those put off too."""
    answer, done = listed(session, hide=False), kept(session)
    first = next(done, None)
    rest = _and_rest(first, done)
    result = Result("stream", None)
    if session.values.get("json") or session.values.get("format") == "json":
        from clientcoach.views.whole import whole

        result.lines = whole(answer, "promises", rest)
        return result
    strings = session.strings(session.ui())
    result.lines = _told(answer, rest, strings)
    nothing = [word(strings, "label.nothing_owed")] if first is None and not answer["promises"] else []
    waiting = keeping.drafts_notice(session, strings)
    result.notes = lambda _style: [*nothing, *filter(None, [waiting])]
    return result


def _and_rest(first: Promise | None, rest: Iterator[Promise]) -> Iterator[Promise]:
    if first is not None:
        yield first
        yield from rest


def _told(answer: dict[str, Any], rest: Iterator[Promise], strings: dict[str, Any]) -> Iterator[str]:
    from clientcoach.views.promises import kept_lines, promises

    yield promises(answer, strings, "")
    yield from kept_lines(rest, strings, begun=bool(answer["promises"]))
