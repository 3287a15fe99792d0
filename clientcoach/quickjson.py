"""JSON without the import cost of `re`.

`import json` costs more than the whole of `say` (it pulls in `re`, `enum`, `functools`). The C scanner and the C encoders that
`json` itself is built on are importable alone; where they are not (another Python), `json` serves.
Input is our own cache and the worker's one case; bulk reading (`--stream`) uses `json` itself.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any


def _strange(value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} is not JSON")


try:
    from _json import encode_basestring as _quote
    from _json import make_encoder as _make_encoder
    from _json import make_scanner as _make_scanner

    def _writer(*, ordered: bool) -> Callable[[Any, int], Iterable[str]]:
        return _make_encoder(
            markers=None, default=_strange, encoder=_quote, indent=None,
            key_separator=": ", item_separator=", ", sort_keys=ordered, skipkeys=False, allow_nan=False,
        )  # fmt: skip

except ImportError:  # not CPython
    from json.encoder import JSONEncoder
    from json.encoder import encode_basestring as _quote
    from json.scanner import make_scanner as _make_scanner

    def _writer(*, ordered: bool) -> Callable[[Any, int], Iterable[str]]:
        written = JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=ordered).iterencode
        return lambda value, _level: written(value)


_as_given, _by_key = _writer(ordered=False), _writer(ordered=True)


def _number(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")


class _Context:
    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = staticmethod(_number)
    memo: dict[str, str] = {}  # noqa: RUF012 - the C scanner reads this attribute by name


def loads(text: str) -> Any:
    """The value of a JSON text. Raises ValueError, RecursionError on what is not JSON."""
    start = len(text) - len(text.lstrip(" \t\r\n"))
    try:
        value, end = _make_scanner(_Context)(text, start)  # type: ignore[arg-type]
    except StopIteration as stop:
        raise ValueError("no JSON value") from stop
    if text[end:].strip(" \t\r\n"):
        raise ValueError("more than one JSON value")
    return value


def dumps(value: Any, indent: int = 0, level: int = 0) -> str:
    """A JSON text of dicts with text keys, lists, tuples, text, numbers, booleans and None; `indent` spaces a level (0: one line)."""
    if not indent or not value or not isinstance(value, (dict, list, tuple)):
        return "".join(_as_given(value, 0))
    inner = [dumps(item, indent, level + 1) for item in (value.values() if isinstance(value, dict) else value)]
    if isinstance(value, dict):
        inner = [f"{_quote(key)}: {item}" for key, item in zip(value, inner, strict=True)]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    pad = "\n" + " " * indent * (level + 1)
    return f"{opening}{pad}{(',' + pad).join(inner)}{pad[:-indent]}{closing}"


def ordered(value: Any) -> str:
    """One line in which the keys of every object are sorted: the same text for the same value."""
    return "".join(_by_key(value, 0))
