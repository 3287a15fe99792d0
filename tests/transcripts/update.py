"""Runs every transcript and writes what it prints now into it: `python -m tests.transcripts.update [FILE…]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.transcripts.book import BOOKS, matches, renewed, run, steps


def updated(text: str) -> str:
    """The text with every output as it is now."""
    lines = text.split("\n")
    moved = 0
    with tempfile.TemporaryDirectory() as home:
        for step in steps(text):
            found = run(step, Path(home))
            if not matches(step.expected, found):
                start, new = step.line + moved, renewed(step.expected, found)
                lines[start : start + len(step.expected)] = new
                moved += len(new) - len(step.expected)
    return "\n".join(lines)


def main() -> None:
    """Renews the named files, or all."""
    for book in [Path(name) for name in sys.argv[1:]] or BOOKS:
        text = book.read_text(encoding="utf-8")
        new = updated(text)
        if new != text:
            book.write_text(new, encoding="utf-8")
            print(f"renewed {book}")


if __name__ == "__main__":
    main()
