"""Every sentence a text can become: each branch of its selects and plurals, with the customer's name known and unknown.

Not rendered by `wording`, which repairs spacing: here the raw joins must show.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Any

from clientcoach.wording.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clientcoach.coach.shapes import Message

LIMIT = 2000  # sentences of one text; the widest bundled one has a few dozen

_NAMES = {"addr_pre": "{}, ", "addr_mid": ", {}"}
_LOWER = (
    "until",
    "until_dat",
    "wait_nom",
    "wait_acc",
    "wait_gen",
    "hold",
)  # small; `by` and `wait` are raised by wording


def expand(message: Message, lang: str) -> Iterator[str]:
    """Every different sentence, at most `LIMIT` of them."""
    choices: dict[tuple[str, str], list[str]] = {}
    _collect(message, choices)
    keys = list(choices)
    seen: set[str] = set()
    for picked in islice(product(*choices.values()), LIMIT):
        text = "".join(_render(message, dict(zip(keys, picked, strict=True)), lang, ""))
        if text not in seen:
            seen.add(text)
            yield text


def _collect(message: Message, choices: dict[tuple[str, str], list[str]]) -> None:
    for part in message:
        if isinstance(part, str) or part[0] == "#":
            continue
        kind, name = part[0], part[1]
        if kind == "v":
            if name in _NAMES:
                choices["v", "name"] = ["known", "unknown"]
            continue
        known = choices.setdefault((kind, name), [])
        known += [key for key in part[2] if key not in known]
        for branch in part[2].values():
            _collect(branch, choices)


def _render(message: Message, picked: Mapping[tuple[str, str], str], lang: str, number: str) -> Iterator[str]:
    for part in message:
        if isinstance(part, str):
            yield part
        elif part[0] == "#":
            yield number
        elif part[0] == "v":
            yield _value(part[1], picked, lang)
        else:
            yield from _branch(part, picked, lang, number)


def _branch(part: list[Any], picked: Mapping[tuple[str, str], str], lang: str, number: str) -> Iterator[str]:
    kind, name, branches = part
    key = picked[kind, name]
    if kind == "p":
        number = key[1:] if key.startswith("=") else language(lang).PLURALS[key]
    yield from _render(branches.get(key, branches.get("other", [])), picked, lang, number)


def _value(name: str, picked: Mapping[tuple[str, str], str], lang: str) -> str:
    """What stands for a value: lower case (values may be), with the ending a value of that kind has."""
    called, word, sentence = language(lang).SAMPLES
    if name in _NAMES:
        return _NAMES[name].format(called) if picked["v", "name"] == "known" else ""
    if name == "agreed":
        return sentence
    return word if name in _LOWER else word.capitalize()
