"""`check --fix`, `check --diff`: the draft with what the findings propose. Only on standard output: the file is the worker's."""

from __future__ import annotations

import re
from difflib import unified_diff

from clientcoach.commands import Result
from clientcoach.matching.words import Words
from clientcoach.reading.acts import STEPS, sentences
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.commands.session import Session

    Span = tuple[int, int]

_DIGIT = re.compile(r"\d")
_SPACES, _ENDS = (" ", "\t", "\u00a0"), ("", "\r", "\n")
GOOD = frozenset(act for acts in STEPS.values() for act in acts if not act.endswith("_generic"))  # not to be written over


def mended(text: str, report: Mapping[str, Any], path: str, session: Session, *, diff: bool) -> Result:
    """The mended draft, or what would change in it; exit 1 where something would. What is left to the worker is told on stderr."""
    better, left = mend(text, report)
    result = Result("draft", _difference(text, better, path) if diff else better)
    result.exit_code = int(diff and better != text)
    if left:
        result.notes = lambda _style: [word(session.strings(session.ui()), "check.left", count=left)]
    return result


def mend(text: str, report: Mapping[str, Any]) -> tuple[str, int]:
    """The draft with every proposal in its place (a word for a word, a whole line for the sentence that held the fault), and how many
    findings are left: those without a proposal, and those whose sentence also holds a fact or does something right.
    """
    words = Words(text)
    places = list(_places(words, report["findings"], [act["start"] for act in report["acts"] if act["act"] in GOOD]))
    parts: list[str] = []
    done = 0
    said: set[str] = set()
    for start, end, instead, whole in places:
        if start < done:
            continue
        parts.append(text[done:start])
        done = end
        if not (whole and instead in said):
            parts.append(instead)
            said.add(instead)
            continue
        while text[done : done + 1] in _SPACES:  # a line that is said already leaves no gap
            done += 1
        if text[done : done + 1] in _ENDS:
            parts[-1] = parts[-1].rstrip()
    return "".join([*parts, text[done:]]), _left(report["findings"], places)


def _left(findings: Sequence[Mapping[str, Any]], places: Sequence[tuple[int, int, str, bool]]) -> int:
    """How many findings about something in the text no proposal covers."""
    open_ = [one for one in findings if one["end"] > one["start"]]
    return sum(not any(start <= one["start"] < end for start, end, _, _ in places) for one in open_)


def _places(words: Words, findings: Sequence[Mapping[str, Any]], good: Sequence[int]) -> Iterator[tuple[int, int, str, bool]]:
    """(start, end, what stands there then, whether it is a whole sentence), in the order of the text."""
    for finding in findings:
        instead = finding.get("replacement")
        if not instead or finding["end"] <= finding["start"]:
            continue
        if not finding["whole"]:
            yield finding["start"], finding["end"], instead, False
            continue
        start, end = _sentence(words, finding["start"])
        if not _DIGIT.search(words.text, start, end) and not any(start <= place < end for place in good):
            yield start, end, instead, True


def _sentence(words: Words, start: int) -> Span:
    """The place of the sentence around a character, with its stop."""
    for first, last in sentences(words):
        begin, end = words.span(first, last)
        if begin <= start < end:
            stop = words.span(last, last + 1) if last < len(words) else (end, end)
            return begin, stop[0] + len(words.text[slice(*stop)].rstrip())  # a line end may be the stop: it stays
    return start, start


def _difference(text: str, better: str, path: str) -> str:
    lines = unified_diff(text.splitlines(), better.splitlines(), path, f"{path} (mended)", lineterm="")
    return "".join(f"{line}\n" for line in lines)
