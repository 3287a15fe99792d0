"""The generated tables beside this file, read when first needed and kept."""

from __future__ import annotations

from clientcoach import quickjson

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FOLDER = __file__.rpartition("tables.py")[0] + "data/"
_kept: dict[str, Any] = {}


def text(name: str, encoding: str = "utf-8") -> str:
    """The text of a data file."""
    if name not in _kept:
        with open(_FOLDER + name, encoding=encoding) as file:
            _kept[name] = file.read()
    return str(_kept[name])


def locale(lang: str) -> dict[str, Any]:
    """Month names as after a day, weekdays from Monday (`weekdays_acc` in ru and pl), currency symbols by code."""
    key = f"locale_{lang}"
    if key not in _kept:
        _kept[key] = quickjson.loads(text(key + ".json"))
    table: dict[str, Any] = _kept[key]
    return table
