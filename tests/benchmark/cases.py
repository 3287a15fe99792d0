"""Cases for the stream, the same in every run."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from clientcoach.case.fields import CAUSES, CHANNELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("Anna Nowak", "Tom Ellis", "Jane Roe", "Marcus Webb", "Aigul Serik")


def cases(count: int) -> Iterator[dict[str, object]]:
    """Typed, clean cases: half with a deadline, a name, an order number, a channel or an anger."""
    dice = random.Random(7)
    for number in range(count):
        case: dict[str, object] = {"id": number, "lang": "en", "cause": dice.choice(CAUSES)}
        for name, value in (
            ("customer", dice.choice(NAMES)), ("order", str(dice.randrange(1000, 9999))), ("anger", dice.randrange(11)),
            ("channel", dice.choice(CHANNELS)), ("deadline", dice.choice(("2h", "3d", "15:00"))), ("item", "X20 vacuum"),
        ):  # fmt: skip
            if dice.random() < 0.5:
                case[name] = value
        yield case


def write(path: Path, count: int) -> str:
    """The cases as lines of a file; its path."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(case) + "\n" for case in cases(count))
    return str(path)
