"""Short patterns of words, many at once: compiled into a tree, held against a text word by word. Linear: no word is looked at again.

`late` a word · `deliver*` a word that begins so (3 letters at least) · `not working` words in a row · `no .. answer` up to 3 words
between (`..5` up to 5) · `(refund|money back)` one of several · `[the] bill` may be left out · `#` a number. No pattern crosses the
end of a sentence. By hand: the well-kept libraries for many patterns (Aho–Corasick, RE2 sets) match characters, know no words, gaps
or folding, and are no faster than a dictionary of first words.
"""

from __future__ import annotations

import re
from itertools import product

from clientcoach.reading.words import Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Tree = dict[str, Any]
    Hit = tuple[int, int, int]  # pattern's number, first word, word after the last

HEAD = 3  # letters of a beginning at least; beginnings are looked up by them
GAP, MAX_GAP = 3, 9
MAX_EXPANDED = 64  # rows of words that one pattern may stand for
_GROUP = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
_ITEM = re.compile(r"\.\.\d?|#|\S+")


class PatternError(ValueError):
    """A pattern that cannot be; says why."""


def expand(pattern: str) -> list[list[str]]:
    """The rows of words a pattern stands for, folded. Raises PatternError."""
    pieces: list[list[str]] = []
    end = 0
    for group in _GROUP.finditer(pattern):
        pieces.append([pattern[end : group.start()]])
        choices = (group[1] if group[1] is not None else group[2]).split("|")
        pieces.append([*choices, *([""] if group[2] is not None else [])])
        end = group.end()
    pieces.append([pattern[end:]])
    if any(mark in text for piece in pieces for text in piece for mark in "()[]|"):
        raise PatternError("brackets that do not match")
    count = 1
    for piece in pieces:
        count *= len(piece)
    if count > MAX_EXPANDED:
        raise PatternError(f"stands for {count} rows of words, more than {MAX_EXPANDED}")
    return [_row("".join(choice)) for choice in product(*pieces)]


def _row(text: str) -> list[str]:
    row: list[str] = []
    for item in _ITEM.findall(text):
        if item.startswith("..") and item[2:].isdigit() | (item == ".."):
            row.append(f"..{item[2:] or GAP}")
        elif item == "#":
            row.append(item)
        else:
            row += _words(item)
    if not row or row[0].startswith("..") or row[-1].startswith(".."):
        raise PatternError("begins or ends with nothing")
    return row


def _words(item: str) -> list[str]:
    """One item of a row: usually a word; `e-mail` is two, as in a text."""
    stem = item.endswith("*")
    found = Words(item.rstrip("*")).folded
    if not found or "*" in item.rstrip("*"):
        raise PatternError(f"'{item}' is no word")
    if stem and len(found[-1]) < HEAD:
        raise PatternError(f"'{item}' is too short for a beginning: {HEAD} letters at least")
    return [*found[:-1], f"{found[-1]}*"] if stem else found


def tree(patterns: Iterable[tuple[str, int]]) -> Tree:
    """The tree of (pattern, number): plain data that JSON can hold. Raises PatternError."""
    root: Tree = {}
    for pattern, number in patterns:
        for row in expand(pattern):
            node = root
            for item in row:
                node = _grown(node, item)
            ends = node.setdefault("end", [])
            if number not in ends:
                ends.append(number)
    return root


def _grown(node: Tree, item: str) -> Tree:
    if item.startswith(".."):
        return dict_in(node, "gap", item[2:])
    if not item.endswith("*"):
        return dict_in(node, "word", item)
    stem = item[:-1]
    lengths = dict_in(node, "head").setdefault(stem[:HEAD], [])
    if len(stem) not in lengths:
        lengths.append(len(stem))
    return dict_in(node, "stem", stem)


def dict_in(node: Tree, *names: str) -> Tree:
    """The mapping inside, made where it is missing."""
    for name in names:
        node = node.setdefault(name, {})
    return node


def hits(root: Tree, words: Words) -> list[Hit]:
    """Every pattern in the text, in the order of their first words."""
    found: list[Hit] = []
    by_word: Mapping[str, Tree] = root.get("word", {})
    by_stem: Mapping[str, Tree] = root.get("stem", {})
    heads: Mapping[str, list[int]] = root.get("head", {})
    number = by_word.get("#")
    for place, word in enumerate(words.folded):
        if word in by_word:
            _further(by_word[word], words, place, place + 1, found)
        if (head := word[:HEAD]) in heads:
            for length in heads[head]:
                if (stem := word[:length]) in by_stem:
                    _further(by_stem[stem], words, place, place + 1, found)
        if number is not None and word[0].isdigit():
            _further(number, words, place, place + 1, found)
    return found


def _further(node: Tree, words: Words, first: int, place: int, found: list[Hit]) -> None:
    """What a row that began at `first` comes to; `place` is the next word."""
    if "end" in node:
        found.extend((number, first, place) for number in node["end"])
    if "word" in node or "stem" in node:
        _next(node, words, first, place, found)
    if "gap" in node:
        for reach, after in node["gap"].items():
            for skipped in range(place, min(place + int(reach) + 1, len(words))):
                _next(after, words, first, skipped, found)
                if words.stops(skipped):
                    break


def _next(node: Tree, words: Words, first: int, place: int, found: list[Hit]) -> None:
    if place >= len(words):
        return
    word = words.folded[place]
    if (after := node.get("word", {}).get(word)) is not None:
        _further(after, words, first, place + 1, found)
    for length in node.get("head", {}).get(word[:HEAD], ()):
        if (after := node["stem"].get(word[:length])) is not None:
            _further(after, words, first, place + 1, found)
    if word[0].isdigit() and (after := node.get("word", {}).get("#")) is not None:
        _further(after, words, first, place + 1, found)
