"""A compiled message as its author wrote it, more or less: for those who read a playbook, not for those who speak it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def outline(message: list[Any]) -> str:
    """Variables in braces; of a choice every branch, separated by slashes."""
    return "".join(part if isinstance(part, str) else _part(part) for part in message)


def _part(part: list[Any]) -> str:
    if part[0] == "v":
        return f"{{{part[1]}}}"
    if part[0] == "#":
        return "#"
    return "(" + " / ".join(outline(branch) for branch in part[2].values()) + ")"
