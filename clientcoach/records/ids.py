"""Names and times of records: ids that sort by when they were made, UTC to the second, digests."""

from __future__ import annotations

import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any


def new_id() -> str:
    """A UUID version 7 (RFC 9562) as text. By hand: `uuid` has it only from Python 3.14, and costs a tenth of our start."""
    milliseconds, chance = time.time_ns() // 1_000_000, int.from_bytes(os.urandom(10), "big")
    number = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (chance >> 62 & 0xFFF) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def stamp(when: datetime) -> str:
    """A moment as the store keeps it: UTC to the second. Raises OverflowError."""
    from datetime import UTC

    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def id_from(value: Any) -> str:
    """An id that follows from a JSON value (a UUID version 8)."""
    found = digest(value)
    return f"{found[:8]}-{found[8:12]}-8{found[13:16]}-8{found[17:20]}-{found[20:32]}"


def is_id(text: str) -> bool:
    """Whether a text has the shape of an id."""
    parts = text.split("-")
    return [len(part) for part in parts] == [8, 4, 4, 4, 12] and all(char in "0123456789abcdef" for char in "".join(parts))


def digest(value: Any) -> str:
    """SHA-256 of a JSON value, the same for the same value on every machine."""
    from clientcoach import quickjson
    from clientcoach.records.sha import sha256

    return str(sha256(quickjson.ordered(value).encode("utf-8", "surrogatepass")).hexdigest())
