"""A persona made for tests: every line names itself, so that what was said tells which line it was."""

from __future__ import annotations

from typing import Any

from clientcoach.content.persona_texts import ANY_LINES, OWN_LINES
from clientcoach.drill.answer import BANDS, REPLIES
from clientcoach.drill.ends import ENDS
from clientcoach.drill.events import KINDS

FACTS = {
    "first": {"on": "listen", "gate": "heard", "at": 0, "hardship": False},
    "second": {"on": "explore", "gate": "heard", "at": 0, "hardship": False},
    "third": {"on": "explore", "gate": "trust", "at": 60, "hardship": False, "after": "second"},
}


def persona(**card: Any) -> dict[str, Any]:
    """A shard as `content.personas` makes it; `card` replaces what the customer is."""
    told = {
        "cause": "delivery", "severity": 1, "prior": 0, "style": "loud", "reactivity": 100, "forgiveness": 100, "vent": 2, "one_off": False,
        "legitimacy": "justified", "needs": ["deadline"], "facts": FACTS, "events": {}, **card,
    }  # fmt: skip
    texts = {
        "opening": ["opening 1", "opening 2"],
        "story": [f"story {number}." for number in range(1, told["vent"] + 1)],
        "facts": ["", *(f"fact {name}." for name in told["facts"])],
        "ask": ["", *(f"ask {name}?" if fact["on"] == "explore" else "" for name, fact in told["facts"].items())],
        "open": ["open 1?", "open 2?"],
        "wants": "wants.",
        "again": {"kept": "kept.", "broken": "broken."},
        "replies": {name: _bands(name) for name in REPLIES},
        "events": {name: _bands(f"event {name}") for name in KINDS},
        "ends": {name: _bands(f"end {name}") for name in ENDS},
        "lines": {name: [f"{name} {number}." for number in (1, 2)] for name in (*OWN_LINES, *ANY_LINES)},
    }
    return {
        "name": "somebody",
        "lang": "en",
        "card": told,
        "opt_in": "",
        "transfer": False,
        "title": "",
        "who": "",
        "may": "",
        "case": {},
        "texts": texts,
    }


def _bands(name: str) -> dict[str, list[list[str]]]:
    return {band: [[f"{name} {band} own."], [f"{name} {band} any."]] for band in BANDS}
