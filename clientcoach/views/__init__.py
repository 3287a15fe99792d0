"""The only code that knows how things look: a result's kind and a format name the function that writes it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from clientcoach.env import Env


def render(kind: str, data: Any, style: str, strings: dict[str, Any], env: Env | None = None) -> str:
    """`data` as text in a style: text, json, markdown or html."""
    if style == "json":
        from clientcoach import quickjson

        return quickjson.dumps(data, indent=2) + "\n"
    if style == "text":
        from clientcoach.views.text import VIEWS

        return VIEWS[kind](data, strings)
    if style == "markdown":
        from clientcoach.views.markdown import script as markdown

        return markdown(data, strings)
    from clientcoach.views.html import script as html

    return html(data, strings)
