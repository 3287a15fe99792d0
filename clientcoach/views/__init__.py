"""The only code that knows how things look: a result's kind and a format name the function that writes it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CONTROLS = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}  # what JSON may hold as it is, and a terminal obeys
APART = frozenset(["calendar", "simulation", "drill_model", "drills", "drill_lint", "drill_new"])
AUTHORING = frozenset(["review", "approval", "new", "found", "tried", "lint_code", "coverage", "installed", "pack_update", "removed"])
BOLD = "\x1b[1m{}\x1b[0m"


def render(kind: str, data: Any, style: str, strings: dict[str, Any], *, paint: bool = False) -> str:
    """`data` as text in a style: text, json, markdown or html; `paint` marks in plain text what is to be said aloud."""
    if style in {"github", "sarif"}:
        from clientcoach.views.check import github, sarif

        if style == "github":
            return github(data)
        style, data = "json", sarif(data)
    if style in {"json", "ndjson"}:
        from clientcoach import quickjson

        return quickjson.dumps(data, indent=2 if style == "json" else 0).translate(CONTROLS) + "\n"
    if kind in APART or kind in AUTHORING:
        return _apart(kind, data, style, strings)
    if style == "text":
        from clientcoach.views.text import VIEWS

        return VIEWS[kind](data, strings, BOLD if paint else "{}")
    if style == "markdown":
        from clientcoach.views.markdown import script as markdown

        return markdown(data, strings)
    from clientcoach.views.html import script as html

    return html(data, strings)


def _apart(kind: str, data: Any, style: str, strings: dict[str, Any]) -> str:
    """What has a module of its own, so that no other verb loads it."""
    if kind == "calendar":
        from clientcoach.views.calendar import calendar

        return calendar(data)
    if kind == "simulation":
        from clientcoach.views.simulation import simulation

        return simulation(data, strings)
    if kind == "drill_model":
        from clientcoach.views.drill_model import drill_model

        return drill_model(data, strings)
    if kind.startswith("drill"):
        from clientcoach.views import drill_people

        return drill_people.VIEWS[kind](data, strings)
    from clientcoach.views import authoring

    return authoring.coverage_markdown(data, strings) if style == "markdown" else authoring.VIEWS[kind](data, strings, "{}")
