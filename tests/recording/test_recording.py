"""The picture in the README shows what the call shows."""

from __future__ import annotations

import html
import re

from tests.recording.__main__ import PICTURE, picture


def words(svg: str) -> list[str]:
    return [html.unescape(text) for text in re.findall(r"<text[^>]*>(.*?)</text>", svg)]


def test_the_picture_is_of_today() -> None:
    assert words(PICTURE.read_text(encoding="utf-8")) == words(picture()), "run python -m tests.recording, and look at it"
