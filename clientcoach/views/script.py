"""What every view of a script shows beside the lines themselves: the lists of a step and the foot."""

from __future__ import annotations

from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any


def own_offers(step: Mapping[str, Any]) -> list[str]:
    """The offers this worker may give, as sentences; they stand under the line that leads into them."""
    return [offer["text"] for offer in step["offers"] if not offer["needs_lead"]]


def lists(step: Mapping[str, Any], strings: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Heading and items: what to ask, what only the lead may give, what to mind, what to leave unsaid; empty ones are left out."""
    lead = [offer["text"] for offer in step["offers"] if offer["needs_lead"]]
    avoid = [f"{item['text']} — {item['why']}" for item in step["avoid"]]
    for name, items in (("ask", step["ask"]), ("lead", lead), ("notes", step["notes"]), ("avoid", avoid)):
        if items:
            yield word(strings, f"label.{name}"), items


def foot(data: Mapping[str, Any], strings: Mapping[str, Any]) -> Iterator[str]:
    """What would make the script more exact, and what to know about the deadline."""
    if data["missing"]:
        known = {name: f"field.{name}" for name in data["missing"]}
        fields = [word(strings, key) if key in strings else name for name, key in known.items()]  # a pack's own facts have only their name
        yield word(strings, "label.missing", fields=fields)
    yield from (word(strings, f"warning.{code}") for code in data["warnings"])
    yield from data.get("hints", ())
