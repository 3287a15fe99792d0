"""`check --fix`, `check --diff`: the draft with what the findings propose. Only on standard output: the file is the worker's."""

from __future__ import annotations

from difflib import unified_diff

from clientcoach.commands import Result
from clientcoach.reading.acts import sentences
from clientcoach.reading.words import Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any


def mended(text: str, report: Mapping[str, Any], path: str, *, diff: bool) -> Result:
    """The mended draft, or what would change in it; exit 1 where something would."""
    better = mend(text, report["findings"])
    result = Result("plain", _difference(text, better, path) if diff else better)
    result.exit_code = int(diff and better != text)
    return result


def mend(text: str, findings: list[Mapping[str, Any]]) -> str:
    """The draft with every proposal in its place: a word for a word, a whole line for the sentence that held the fault."""
    words = Words(text)
    parts: list[str] = []
    done = 0
    said: set[str] = set()
    for start, end, instead in _places(words, findings):
        if start >= done:
            parts += [text[done:start], "" if instead in said else instead]
            done = end
            while instead in said and text[done : done + 1] == " ":  # a line that is said already leaves no hole
                done += 1
            said.add(instead)
    return "".join([*parts, text[done:]])


def _places(words: Words, findings: list[Mapping[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, what stands there then), in the order of the text. A phrase of the pack takes its sentence's place."""
    for finding in findings:
        instead = finding.get("replacement")
        if instead and finding["end"] > finding["start"]:
            start, end = _sentence(words, finding["start"]) if finding["whole"] else (finding["start"], finding["end"])
            yield start, end, instead


def _sentence(words: Words, start: int) -> tuple[int, int]:
    """The place of the sentence around a character, with its stop."""
    for first, last in sentences(words):
        begin, end = words.span(first, last)
        if begin <= start < end:
            return begin, words.span(last, last + 1)[1] if last < len(words) else end
    return start, start


def _difference(text: str, better: str, path: str) -> str:
    lines = unified_diff(text.splitlines(), better.splitlines(), path, f"{path} (mended)", lineterm="")
    return "".join(f"{line}\n" for line in lines)
