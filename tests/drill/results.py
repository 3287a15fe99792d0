"""Drill results for tests: made by hand, or of whole calls with a persona of their own; and a writer as a process of its own."""

from __future__ import annotations

import hashlib
import sys
from typing import Any

from clientcoach.drill.result import SCHEMA
from clientcoach.drill.score import RULES


def name(*parts: object) -> str:
    """An id as results have them."""
    told = hashlib.sha256(repr(parts).encode()).hexdigest()
    return f"{told[:8]}-{told[8:12]}-7{told[13:16]}-8{told[17:20]}-{told[20:32]}"


def made(number: int = 0, **more: Any) -> dict[str, Any]:
    """A drill-result@1 of two turns; `more` replaces fields."""
    marks = {**dict.fromkeys(RULES, "no_chance"), "let_finish": "kept", "fit_offer": "missed"}
    return {
        "schema": SCHEMA, "id": name(number), "at": f"2026-11-{1 + number % 28:02}T08:00:00Z", "persona": "late-sofa", "lang": "en", "seed": number,
        "call": 1, "acts": [["listen"], ["flat_no"]], "said": ["", ""], "end": "left", "turns": 2, "anger": [50, 47, 70], "trust": [50, 51, 40],
        "marks": marks, "process": 50, "critical": False, "prompted": [], "rule": None, "lesson": None, "session": None, "label": None, **more,
    }  # fmt: skip


def write(path: str, first: int, count: int) -> None:
    """Keeps results and says so, one by one."""
    from clientcoach.records.drills import keep

    for number in range(first, first + count):
        keep(path, made(number), lambda aside, count: print(f"aside {count} {aside}", file=sys.stderr))
        print(name(number), flush=True)


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
