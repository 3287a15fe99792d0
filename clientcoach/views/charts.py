"""Charts as SVG to stand inside a page: no script, no reference to anything outside. The only module that knows pygal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pygal
from pygal.style import Style

from clientcoach.case.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Series = Mapping[str, Sequence[float | None]]  # its name → a value for each label
    Group = tuple[str, str, Sequence[Sequence[float]]]  # its name, its colour, its lines
    Told = Callable[[float], str]  # a value as text

# for maps, which nobody draws here: a finder of the kind that Python 3.12 gave up, at which every later import would warn
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

# told apart by the colour-blind, too (Okabe and Ito)
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#7a6f00", "#777777")
MIDDLE = "#000000"  # a line that stands for many
WIDTH, HEIGHT = 480, 280  # of the drawing; a phone shows it at three quarters of that
LAST = 34  # pixels right of the last dot, for the half of its label
ROW, EDGE = 34, 30  # pixels of a horizontal bar with its gap, and around them all
LABELS = 5  # at most under a chart
LOOK: dict[str, Any] = {
    "font_family": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
    **{f"{name}_font_size": 15 for name in ("label", "major_label", "value", "value_label", "no_data")},
    "background": "transparent",
    "plot_background": "#ffffff",
    "foreground": "#222222",
    "foreground_strong": "#000000",
    "foreground_subtle": "#767676",
    "guide_stroke_color": "#dddddd",
    "major_guide_stroke_color": "#dddddd",
    "opacity": "1",
    "transition": "0s",
}
_NAMESPACE = "{http://www.w3.org/2000/svg}"


def stacked(labels: Sequence[str], series: Series, colours: Sequence[str], told: Told, name: str) -> str:
    """Columns, one a label, each of the series on the one before."""
    return _drawn(pygal.StackedBar(**_settings(labels, colours, told)), name, series.items())


def lines(labels: Sequence[str], series: Series, colours: Sequence[str], told: Told, name: str, top: int) -> str:
    """A line for each series, from 0 to `top`; where a value is missing, the line has a gap."""
    return _drawn(pygal.Line(**_settings(labels, colours, told), **_lined(name, top, "3px"), dots_size=5), name, series.items())


def curves(labels: Sequence[str], groups: Sequence[Group], middle: Sequence[float], told: Told, name: str, top: int) -> str:
    """Many thin lines over each other, coloured by group and without names, and a thick one that stands for all, unless it is empty."""
    thin = [(title, colour, values) for title, colour, found in groups for values in found]
    colours = [*(colour for _, colour, _ in thin), MIDDLE]
    look = _lined(name, top, "1.5px", f"#chart-{name} .serie-{len(thin)} .line{{stroke-width:5px}}")
    chart = pygal.Line(**_settings(labels, colours, told), **look, show_dots=False)
    return _drawn(chart, name, [*((title, values) for title, _, values in thin), *([("", middle)] if middle else [])])


def _lined(name: str, top: int, width: str, more: str = "") -> dict[str, Any]:
    return {
        "range": (0, top),
        "y_labels": list(range(0, top + 1, top // 5)),
        "allow_interruptions": True,
        "css": ("file://style.css", "file://graph.css", f"inline:#chart-{name} .series .line{{stroke-width:{width}}}{more}"),
        "margin_right": LAST,
    }


def bars(labels: Sequence[str], series: Series, colours: Sequence[str], told: Told, name: str) -> str:
    """Horizontal bars, the first on top."""
    settings = {
        **_settings(labels[::-1], colours, told),
        "height": EDGE + ROW * len(labels),
        "margin_right": LAST // 2,
        "x_labels_major_every": 1,
        "show_minor_x_labels": True,
    }
    return _drawn(pygal.HorizontalStackedBar(**settings), name, [(key, values[::-1]) for key, values in series.items()])


def _settings(labels: Sequence[str], colours: Sequence[str], told: Told) -> dict[str, Any]:
    every = -(-len(labels) // LABELS)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "margin": 4,
        "style": Style(**LOOK, colors=tuple(colours)),
        "show_legend": False,  # the page has one, which a phone can wrap
        "x_labels": [safe(label) for label in labels],
        "x_labels_major_every": every,
        "show_minor_x_labels": every == 1,
        "truncate_label": 24,
        "value_formatter": told,
        "max_scale": 5,
    }


def _drawn(chart: Any, name: str, series: Iterable[tuple[str, Sequence[float | None]]]) -> str:
    """The SVG of a chart; `name` sets its styles apart from those of the others in the page, and makes it the same every time."""
    chart.uuid = name
    for title, values in series:
        chart.add(safe(title), list(values))
    root = chart.render_tree()
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag is ET.Comment or str(child.tag).rpartition("}")[2] in {"script", "title", "desc"}:
                parent.remove(child)
    for node in root.iter():
        node.tag = str(node.tag).removeprefix(_NAMESPACE)
        node.attrib.pop("xmlns", None)
    root.set("aria-hidden", "true")  # what it shows is told beside it
    return ET.tostring(root, encoding="unicode")
