"""Parts that a playbook says with the phrases of an interruption: one source for what both need."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clientcoach.content.source import nearest
from clientcoach.content.structure import Structure, place, read_structure
from clientcoach.content.texts import read_texts

if TYPE_CHECKING:
    from clientcoach.coach.shapes import Phrase


def shared(book: Structure, turns: str, lang: str) -> dict[str, list[Phrase]]:
    """The phrases of each shared part, from the folder of the interruptions; what does not fit goes to the book's source.

    Raises ContentError where the interruptions themselves cannot be read.
    """
    if not book.shared:
        return {}
    other = read_structure(os.path.join(turns, "playbook.yaml"))
    phrases = read_texts(os.path.join(turns, f"{lang}.yaml"), lang, other)[2]["phrases"]
    for part, of in book.shared.items():
        where = place(book.root, "shared", part)
        if of not in phrases:
            book.source.report("unknown-part", f"'{of}' is not a part of the interruptions{nearest(of, phrases)}", where)
        for phrase in phrases.get(of, ()):
            for fact, values in phrase["when"].items():
                if not set(values) <= set(book.values(fact) or ()):
                    book.source.report("unknown-fact", f"'{of}' tests {fact}: {' '.join(values)}; declare it under facts", where)
    return {part: list(phrases.get(of, ())) for part, of in book.shared.items()}
