"""Words in a worker's note that judge the person, and what to write in their place: what was seen and heard."""

from __future__ import annotations

from clientcoach.case.fields import LANGS
from clientcoach.case.text import safe
from clientcoach.content import library
from clientcoach.errors import ContentError
from clientcoach.reading.phrases import found
from clientcoach.wording.evaluate import fragment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypedDict

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
    return [label for text in given for label in _in(text, rules, ui)]


def _rules(places: Places, ui: str) -> list[Any]:
    """The rule in each language, the worker's own first. A pack's file that cannot be read costs no record: `playbook lint` tells it."""
    rules = []
    for lang in sorted(LANGS, key=lambda one: one != ui):
        try:
            rules += [rule for name, rule in library.rules(places, lang)["rules"].items() if name == RULE]
        except ContentError:
            continue
    return rules


def _in(text: str, rules: list[Any], ui: str) -> list[Label]:
    taken: dict[int, Label] = {}
    for rule in rules:
        for start, end, instead in found(rule["table"], text):
            if not any(start < label["end"] and label["start"] < end for label in taken.values()):
                word = text[start:end]
                message = fragment(rules[0]["message"], {"lang": ui, "word": safe(word), "instead": safe(instead)})
                taken[start] = {"text": text, "start": start, "end": end, "word": word, "instead": instead, "message": message}
    return [taken[start] for start in sorted(taken)]
