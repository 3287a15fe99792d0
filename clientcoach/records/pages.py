"""The rows of a damaged SQLite file, straight from its pages: what SQLite refuses to open still has most of them.

By hand: `sqlite3` has no `.recover`, its command line may be missing, and no kept library does it for Python.
The format: sqlite.org/fileformat2.html. Our files are UTF-8, without a reserve at the end of a page.
"""

from __future__ import annotations

import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

    from clientcoach.records.engine import Row

MAGIC = b"SQLite format 3\0"
USUAL = 4096  # bytes of a page, where the header no longer tells
INDEX, LEAF = (2, 10), 13  # kinds of pages: those of an index hold no rows, a leaf of a table does
HEAD = 8  # bytes before the places of a leaf's cells
LONGEST = 1 << 24  # bytes of a row; ours are a page or two
INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # bytes by type
CONSTANTS = {0: None, 8: 0, 9: 1}


class Pages:
    """An open file, read page by page; what is beyond its end is zeros."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        head = self._read(0, 100)
        self.known = head[:16] == MAGIC
        told = int.from_bytes(head[16:18], "big") if self.known else 0
        told = 65536 if told == 1 else told
        self.size = told if told >= 512 and told & (told - 1) == 0 else USUAL
        self.version = int.from_bytes(head[60:64], "big") if self.known else 0
        self.application = int.from_bytes(head[68:72], "big") if self.known else 0
        self.count = -(-file.seek(0, 2) // self.size)
        self.tried: dict[int, list[Row]] = {}

    def _read(self, at: int, size: int) -> bytes:
        self.file.seek(at)
        return self.file.read(size).ljust(size, b"\0")

    def page(self, number: int) -> bytes:
        """A page by its number, from 1."""
        return self._read((number - 1) * self.size, self.size)

    def rows(self, width: int) -> Iterator[Row]:
        """Every row of so many columns that can be made out, some twice. Its number (its INTEGER PRIMARY KEY) is one value more."""
        for number in range(1, self.count + 1):
            page, start = self.page(number), 100 if number == 1 else 0
            if page[start] not in INDEX and any(page):
                yield from (row for row in self._leaf(page, start, number, width) if len(row) == width + 1)

    def _leaf(self, page: bytes, start: int, number: int, width: int) -> Iterator[Row]:
        """The rows of a page; where one cannot be read, or the page's head is gone, every place in it is tried (once: that takes time)."""
        count, lowest = struct.unpack_from(">HH", page, start + 3)
        most = (self.size - start - HEAD) // 2
        places = struct.unpack_from(f">{min(count, most)}H", page, start + HEAD) if page[start] == LEAF else ()
        found = [self._row(page, place, width) for place in places]
        yield from (row for row in found if row)
        if not places or min(places) != lowest or None in found:
            yield from filter(
                None, (self._row(page, place, width, sure=False) for place, row in zip(places, found, strict=True) if row is None)
            )
            if number not in self.tried:
                everywhere = (self._row(page, place) for place in range(start + HEAD, self.size - 4))
                self.tried[number] = [row for row in everywhere if row]
            yield from self.tried[number]

    def _row(self, page: bytes, place: int, width: int | None = None, *, sure: bool = True) -> Row | None:
        """The row of the cell at a place: None for none, empty where it has another width; `sure`: only where its sizes agree."""
        try:
            told, place = varint(page, place)
            key, place = varint(page, place)
            if sure and not told > page[place] > 1:
                return None
            types, head = _types(page, place)
            size = head + sum(map(length, types))
            if size > LONGEST or (sure and told != size):
                return None
            if width not in {None, len(types)}:
                return ()
            return (*values(self._payload(page, place, size)[head:], types), key)
        except (IndexError, ValueError):
            return None

    def _payload(self, page: bytes, place: int, size: int) -> bytes:
        """The bytes of a row: those in its page, then those of the pages that it flowed over to, as far as these can be followed."""
        most = self.size - 35
        least = (self.size - 12) * 32 // 255 - 23
        local = least + (size - least) % (self.size - 4)
        here = size if size <= most else local if local <= most else least
        found = page[place : place + here]
        following = int.from_bytes(page[place + here : place + here + 4], "big") if here < size else 0
        while 0 < following <= self.count and len(found) < size:
            over = self.page(following)
            following = int.from_bytes(over[:4], "big")
            found += over[4 : 4 + size - len(found)]
        return found


def varint(page: bytes, place: int) -> tuple[int, int]:
    """A number of one to nine bytes, and the place after it."""
    found = 0
    for _ in range(8):
        byte = page[place]
        place += 1
        found = found << 7 | byte & 0x7F
        if byte < 0x80:
            return found, place
    return found << 8 | page[place], place + 1


def _types(page: bytes, place: int) -> tuple[list[int], int]:
    """The types of a row's values, and the size of this head, which is a byte in ours. Raises ValueError where it is none."""
    head, types = page[place], []
    end = place + head
    if not 1 < head < 128:
        raise ValueError(head)
    place += 1
    while place < end:
        kind, place = varint(page, place)
        types.append(kind)
    if place != end:
        raise ValueError(place)
    return types, head


def length(kind: int) -> int:
    """The bytes of a value of a type. Raises ValueError for a type that does not exist."""
    if kind in (10, 11):
        raise ValueError(kind)
    return 8 if kind == 7 else (kind - 12) // 2 if kind >= 12 else INTEGERS.get(kind, 0)


def values(data: bytes, types: list[int]) -> Iterator[Any]:
    """The values of a row. A text that is cut off or is none says what it can."""
    place = 0
    for kind in types:
        raw, place = data[place : place + length(kind)], place + length(kind)
        if kind in INTEGERS:
            yield int.from_bytes(raw, "big", signed=True)
        elif kind >= 13 and kind % 2:
            yield raw.decode(errors="replace")
        else:
            yield CONSTANTS.get(kind)
