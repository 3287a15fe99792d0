"""Where the numbers of the simulated customer come from, a line for each group."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def drill_model(data: Mapping[str, Any], strings: Mapping[str, Any]) -> str:
    """First what it is worth, then by section: place, numbers, and the studies or the reason."""
    groups = data["groups"]
    proven = sum("evidence" in one for one in groups)
    lines = [word(strings, "drill.explain", count=len(groups), evidence=proven, chosen=len(groups) - proven)]
    lines.append(word(strings, "drill.explain_sizes"))
    section = ""
    for one in groups:
        head, _, rest = one["place"].partition(".")
        if head != section:
            section = head
            lines += ["", safe(head)]
        lines += _group(one, rest, strings)
    return "".join(f"{line}\n" for line in [*lines, "", safe(data["file"])])


def _group(one: Mapping[str, Any], rest: str, strings: Mapping[str, Any]) -> list[str]:
    numbers = ", ".join(f"{name} {_shown(value)}" for name, value in one["numbers"].items())
    head = f"  {rest}: {numbers}" if rest and numbers else f"  {rest or numbers}"
    if "evidence" in one:
        why = word(strings, "drill.explain_evidence", names=one["evidence"])
    else:
        why = word(strings, "drill.explain_chosen", why=one["chosen"])
    return [safe(head), f"      {why}"]


def _shown(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)
