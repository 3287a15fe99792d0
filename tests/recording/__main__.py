"""Draws `call.svg`."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tests.recording.walk import SIZE, screens
from tests.support import Place

PICTURE = Path(__file__).parent / "call.svg"


def picture() -> str:
    """The screens under each other, each with its caption."""
    console = Console(record=True, width=SIZE[0], file=io.StringIO(), force_terminal=True, color_system="standard")
    with tempfile.TemporaryDirectory() as home:
        place = Place(Path(home), Path(home) / "cache")
        place.cwd.mkdir()
        for caption, frame in screens(place):
            console.print(Text(f"\n# {caption}", "italic cyan"), no_wrap=True)
            for row in frame.rows:
                console.print(row, no_wrap=True, overflow="crop", end="\n", soft_wrap=True)
    return console.export_svg(title="clientcoach call", unique_id="call")


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
