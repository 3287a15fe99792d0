"""JSON without the import cost of `re`.

`import json` costs more than the whole of `say` (it pulls in `re`, `enum`, `functools`). The C scanner and the C string
encoder that `json` itself is built on are importable alone; where they are not (another Python), `json` serves.
Input is our own cache and the worker's one case; bulk reading (`--stream`) uses `json` itself.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

try:
    from _json import encode_basestring as _quote
    from _json import make_scanner as _make_scanner
except ImportError:  # not CPython
    from json.encoder import encode_basestring as _quote
    from json.scanner import make_scanner as _make_scanner


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
    if isinstance(value, str):
        return str(_quote(value))
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return repr(value)
    inner = [dumps(item, indent, level + 1) for item in (value.values() if isinstance(value, dict) else value)]
    if isinstance(value, dict):
        inner = [f"{_quote(str(key))}: {item}" for key, item in zip(value, inner, strict=True)]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    if not indent or not inner:
        return opening + ", ".join(inner) + closing
    pad = "\n" + " " * indent * (level + 1)
    return f"{opening}{pad}{(',' + pad).join(inner)}{pad[:-indent]}{closing}"
