"""What a plain text of a file must not look like: cut by a comment, misspelt, in another language, too long to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientcoach.content.positions import position
from clientcoach.content.spelling import foreign, slips, small_start, words

if TYPE_CHECKING:
    from clientcoach.content.source import Node, Source

_STARTS_SMALL = ("…", "[", "(")  # a voice that comes in late, a placeholder, what is done and not said


def cut(node: Node, source: Source) -> None:
    """A plain text that goes on after ` #` has lost its end to a comment."""
    line = source.lines[node.line - 1]
    if not node.style and " #" in line[node.col - 1 :]:
        message = "what follows # is a comment; quote the text or put it into a >- block"
        source.report("cut-by-comment", message, node, "warning")


def said(node: Node, source: Source, lang: str, *, spoken: bool = True, most: int = 0) -> None:
    """The problems of a text that is shown as it is, without variables; `most`: words that it may have."""
    sentence = str(node.value)
    cut(node, source)
    for slip in slips(sentence, lang, spoken=spoken):
        source.report(slip.code, f"{slip.message}: {sentence}", at(node, slip.snippet, source))
    for brace in (character for character in "{}" if character in sentence):
        source.report("stray-character", f"{brace} cannot be said; there are no variables here", at(node, brace, source))
    if foreign(sentence, lang):
        source.report("untranslated", f"not in {lang}", at(node, "", source))
    if spoken and small_start(sentence) and not sentence.startswith(_STARTS_SMALL):
        source.report("lower-case", "a line begins with a capital letter", at(node, "", source))
    if most and (count := words(sentence)) > most:
        source.report("too-long", f"{count} words; at most {most} are wanted here", at(node, "", source), "warning")


def at(node: Node, snippet: str, source: Source) -> tuple[int, int]:
    """(line, column) of a piece of a text, of its beginning where there is none."""
    return position(node, source, max(str(node.value).find(snippet), 0) if snippet else 0)
