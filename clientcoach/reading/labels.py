"""Words in a worker's note that judge the person, and what to write in their place: what was seen and heard."""

from __future__ import annotations

from clientcoach.case.fields import LANGS
from clientcoach.case.text import safe
from clientcoach.content import library
from clientcoach.errors import ContentError
from clientcoach.matching.words import Words
from clientcoach.reading.faults import Faults
from clientcoach.wording.evaluate import fragment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypedDict

    from clientcoach.content.library import Places

    class Label(TypedDict):
        """A word (text[start:end]), what to write instead in its language, and both as a sentence in the worker's."""

        text: str
        start: int
        end: int
        word: str
        instead: str
        message: str


RULE = "label-word"


def labels(texts: Iterable[str | None], places: Places, ui: str) -> list[Label]:
    """The label words of the texts, whatever language they are in; words of the customer in quotation marks are none."""
    given = [text for text in texts if text]
    rules = _rules(places, ui) if given else []
    return [label for text in given for label in _in(Words(text), rules, ui)]


def _rules(places: Places, ui: str) -> list[Faults]:
    """The rule in each language, the worker's own first. A pack's file that cannot be read costs no record: `playbook lint` tells it."""
    rules = []
    for lang in sorted(LANGS, key=lambda one: one != ui):
        try:
            rules.append(Faults(library.labels(places, lang)))
        except ContentError:
            continue
    return [rule for rule in rules if RULE in rule.rules]


def _in(words: Words, rules: list[Faults], ui: str) -> list[Label]:
    taken: dict[int, Label] = {}
    for rule in rules:
        for _, first, after, told in rule.read(words):
            start, end = words.span(first, after)
            if not any(start < label["end"] and label["start"] < end for label in taken.values()):
                word, instead = words.text[start:end], told or ""
                message = fragment(rules[0].rules[RULE]["message"], {"lang": ui, "word": safe(word), "instead": safe(instead)})
                taken[start] = {"text": words.text, "start": start, "end": end, "word": word, "instead": instead, "message": message}
    return [taken[start] for start in sorted(taken)]
