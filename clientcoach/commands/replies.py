"""`check --replies FILE…`: a team's own canned replies, every one of them, with the places in their files."""

from __future__ import annotations

import re

from clientcoach.commands import Result
from clientcoach.commands.canned import replies
from clientcoach.commands.reading import read_text
from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.commands.canned import Reply
    from clientcoach.commands.check import Drafts

MAX_LIBRARY = 1 << 24  # bytes
# What help desks put in: {{ticket.name}} {% … %} ${name} #{name} {name} $name$ %name% [[name]] <<name>>, and notes in HTML and Markdown.
PLACEHOLDER = re.compile(
    r"\{\{.{1,200}?\}\}|\{%.{1,200}?%\}|[$#]?\{[^{}\n]{1,80}\}|\$[\w.]{1,60}\$|%[\w.]{1,60}%|\[\[[^\[\]\n]{1,80}\]\]|<<[^<>\n]{1,80}>>|<!--.{0,2000}?-->|</?[a-zA-Z][^<>]{0,400}>",
    re.DOTALL,
)
TIME = re.compile(r"(?i)date|time|deadline|due|\beta\b|дата|врем|срок|termin|godzin|data\b|күн|уақыт|мерзім")
A_TIME = "15:00"  # what stands for a placeholder that will be a time
OF_A_WHOLE = ("no-close", "no-case-noun")  # a canned reply is a part of an answer


def library(drafts: Drafts, case: Mapping[str, Any]) -> Result:
    """replies@1 of all files together. Raises UsageError, ContentError for a file that cannot be read."""
    session = drafts.session
    paths = session.values.get("file") or []
    wrong = [f"--{name}" for name in ("fix", "diff", "stream") if session.values.get(name)]
    if wrong:
        raise UsageError("not_together", names=["--replies", *wrong])
    if not paths:
        raise UsageError("no_library")
    told = [one for path in paths for one in _file(drafts, path, case)]
    findings = [finding for _, found in told for finding in found]
    data = {"schema": "clientcoach/replies@1", "files": paths, "replies": len(told), "findings": findings}
    return Result("replies", data, strings=session.told_in(drafts.ui), exit_code=drafts.failed(data))


def _file(drafts: Drafts, path: str, case: Mapping[str, Any]) -> Iterator[tuple[Reply, list[dict[str, Any]]]]:
    text = read_text(drafts.session, path, MAX_LIBRARY)
    off = drafts.off_in(text)
    for reply in replies(path, text):
        given = {**case, "lang": reply.lang} if reply.lang and not case.get("lang") else case
        report = drafts.report(without_placeholders(reply.text), given, whole=False)
        yield reply, [_placed(path, reply, one) for one in report["findings"] if one["rule"] not in off and one["rule"] not in OF_A_WHOLE]


def _placed(path: str, reply: Reply, finding: Mapping[str, Any]) -> dict[str, Any]:
    line, column = reply.where(finding["start"])
    return {"file": path, "reply": reply.name, **finding, "line": line, "column": column}


def without_placeholders(text: str) -> str:
    """The text, as long as it was, with blanks for what a help desk will fill in, and a time for what will be one."""
    return PLACEHOLDER.sub(lambda found: (A_TIME if TIME.search(found[0]) else "").ljust(len(found[0]))[: len(found[0])], text)
