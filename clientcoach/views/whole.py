"""One JSON value, written as it comes: what `quickjson.dumps(…, indent=2)` gives of the whole, with one record in memory at a time."""

from __future__ import annotations

from itertools import chain

from clientcoach import quickjson

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any


def whole(head: Mapping[str, Any], name: str, more: Iterable[Any]) -> Iterator[str]:
    """An object whose last entry is the list `name`, and that list goes on with `more`."""
    yield quickjson.dumps({**head, name: []}, 2).removesuffix("[]\n}")
    yield from array(chain(head[name], more))
    yield "\n}\n"


def array(found: Iterable[Any]) -> Iterator[str]:
    """A list one level deep."""
    before = "["
    for one in found:
        yield f"{before}\n    {quickjson.dumps(one, 2, 2)}"
        before = ","
    yield "[]" if before == "[" else "\n  ]"
