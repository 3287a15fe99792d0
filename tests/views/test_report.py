"""A report as text and as a page: figures as each language writes them, charts that are there, nothing from outside, nothing that is markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from babel.numbers import format_decimal, format_percent

from clientcoach.case.clock import Clock
from clientcoach.commands.session import catalogue
from clientcoach.records.periods import days
from clientcoach.records.report import nothing
from clientcoach.views.report import days as told_days
from clientcoach.views.report_html import page
from clientcoach.views.report_markdown import markdown
from clientcoach.views.report_sheet import sheet
from clientcoach.views.report_text import text
from clientcoach.wording.figures import minutes, number, percent
from tests.language.expand import PLACES
from tests.support import LANGS

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = '" onload="x" \'</td></svg><script src=http://x.y/z>alert(1)</script>&amp;\x1b[31m\u202e| `x` [a](http://x.y) =1+1'
VOID = {"meta", "br", "link", "img", "input", "hr", "rect", "circle", "path", "line"}
CHARTS = ("chart-causes", "chart-anger", "chart-steps", "chart-phrases", "chart-promises")
PERIODS = [
    ("2026-10-28T00:00:00Z", "2026-11-04T00:00:00Z"),
    ("2026-11-04T00:00:00Z", "2026-11-11T00:00:00Z"),
    ("2026-11-11T00:00:00Z", "2026-11-18T00:00:00Z"),
]


def anger(start: float | None, end: float | None) -> dict[str, Any]:
    return {"count": 2, "start": start, "end": end, "change": None if None in (start, end) else end - start}  # type: ignore[operator]


def group(name: str | None, incidents: int) -> dict[str, Any]:
    return {"name": name, "incidents": incidents, "share": 0.5, "repeats": 1, "warnings": 0, "anger": anger(8.0, 2.5)}


def data(name: str = "delivery", said: str = "Tell me.") -> dict[str, Any]:
    """A report whose names and texts are `name` and `said`; of the second period nothing is known."""
    from datetime import UTC, datetime

    found = nothing(PERIODS, "2026-11-18T00:00:00Z")
    clock = Clock(datetime(2026, 11, 18, tzinfo=UTC), UTC, {})
    for one, count in zip(found["periods"], (1234, 0, 7), strict=True):
        one["first"], one["last"] = days((one["since"], one["until"]), clock)
        promised = {"made": count, "kept": count, "in_time": count // 2, "late": 0, "open": 0}
        one.update(
            incidents=count,
            by_cause=[group(name, count)] if count else [],
            anger=anger(7.25, 3.0) if count else anger(None, None),
            promises=promised,
        )
    found["totals"].update(incidents=1241, repeats=12, anger=anger(7.25, 3.0), softened={"count": 9, "median": 200.5})
    step = {"step": name, "done": 1, "skipped": 3, "share": 0.75}
    phrase = {"playbook": name, "id": name, "text": said, "said": 12, "calmed": 3, "share": 0.25}
    return {
        **found,
        **{f"by_{one}": [group(name, 1234), group(None, 7)] for one in ("cause", "channel", "lang", "playbook", "outcome")},
        "by_step": [step], "phrases": [phrase], "interruptions": [{"kind": name, "count": 4}], "offers": [{"id": name, "text": said, "made": 2, "accepted": 1, "refused": 1}],
        "promises": {"made": 1241, "kept": 1241, "in_time": 620, "late": 0, "open": 0}, "rising": [{"cause": name, "incidents": 7, "expected": 1.5, "ratio": None}],
        "prevention": [{"cause": name, "incidents": 1234, "playbooks": [], "advice": [{"id": "x", "text": said}], "examples": [name]}],
        "by": "week", "first": "2026-10-28", "last": "2026-11-17", "where": {"playbook": name}, "mine": True, "rule": {"fewest": 5, "rise": 1.5},
    }  # fmt: skip


class Page(HTMLParser):
    """Reads a page as strictly as it is written: every element is closed where it was opened."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, found: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.texts.append(found)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.mark.parametrize("lang", LANGS)
def test_figures_are_those_of_the_language(lang: str) -> None:
    for value in (0, 7, 1234, 12345, 1234567):
        assert number(value, lang) == format_decimal(value, locale=lang)
    for value in (-4.5, 0.0, 7.24, 1234.5):
        assert number(value, lang, 1) == format_decimal(round(value, 1), format="#,##0.0", locale=lang)
    for share in (0, 0.123, 0.5, 1, 12.34):
        assert percent(share, lang) == format_percent(share, locale=lang)


def test_minutes() -> None:
    assert [minutes(seconds) for seconds in (0, 59.4, 59.5, 200.5, 3600)] == ["0:00", "0:59", "1:00", "3:21", "60:00"]


def test_days_as_they_are_told() -> None:
    whole = {"first": "2026-10-01", "last": "2026-11-25"}
    assert told_days({"first": "2026-10-01", "last": "2026-10-31"}, whole) == "2026-10"
    assert told_days({"first": "2026-11-01", "last": "2026-11-25"}, whole) == "11-01 – 11-25"
    assert told_days({"first": "2028-02-01", "last": "2028-02-29"}, whole) == "2028-02"
    assert (
        told_days({"first": "2025-12-28", "last": "2026-01-03"}, {"first": "2025-12-28", "last": "2026-01-31"}) == "2025-12-28 – 2026-01-03"
    )


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_stands_alone(lang: str) -> None:
    source = page(data(), catalogue(PLACES, lang))
    read = Page(source)
    assert source.startswith("<!doctype html>\n")
    assert read.of("html") == [{"lang": lang}]
    assert len(read.of("title")) == 1
    assert not {"script", "link", "img", "iframe", "object", "use", "image", "a", "base", "form"} & {tag for tag, _ in read.elements}
    assert not [name for _, attrs in read.elements for name in attrs if name.startswith("on") or name.split(":")[-1] in {"href", "src"}]
    assert not re.search(r"(?i)https?:|url\(|@import|//[a-z]", re.sub(r"default-src[^\"]*", "", source))
    assert any((meta.get("content") or "").startswith("default-src 'none'") for meta in read.of("meta"))
    assert any("width=device-width" in (meta.get("content") or "") for meta in read.of("meta"))


def test_every_chart_is_there_with_its_numbers() -> None:
    source = page(data(), catalogue(PLACES, "en"))
    read = Page(source)
    assert [attrs["id"] for attrs in read.of("svg")] == list(CHARTS)
    labels = [attrs["aria-label"] or "" for attrs in read.of("div") if attrs.get("role") == "img"]
    assert labels[0] == "Incidents. 10-28: delivery 1,234, not known 0; 11-04: delivery 0, not known 0; 11-11: delivery 7, not known 0."
    assert labels[1] == "Anger. 10-28: at the start 7.2, at the end 3.0; 11-11: at the start 7.2, at the end 3.0."
    assert labels[2] == "Steps skipped. delivery: Skipped 75%."
    assert len(read.of("table")) == len(read.of("section")) - 1 == 13
    for drawn in re.findall(r"<svg.*?</svg>", source, flags=re.DOTALL):
        assert ET.fromstring(drawn).tag == "svg"
    assert len(re.findall(r'<rect[^>]*class="[^"]*\brect\b', source)) >= 8


def test_a_chart_is_the_same_every_time() -> None:
    assert page(data(), catalogue(PLACES, "en")) == page(data(), catalogue(PLACES, "en"))


def test_charting_leaves_no_finder_behind() -> None:
    """pygal's would be asked at every later import of this process, and warn."""
    import sys

    assert not [finder for finder in sys.meta_path if not hasattr(finder, "find_spec")]


def test_a_period_of_which_nothing_is_known_is_a_gap() -> None:
    drawn = re.findall(r"<svg.*?</svg>", page(data(), catalogue(PLACES, "en")), flags=re.DOTALL)[1]
    assert drawn.count("<circle") == 4
    assert "nan" not in drawn.lower()
    assert not re.search(r'class="line[^"]*"[^>]*d="M[^"]*L', drawn), "one dot before and one behind the gap: no line between them"


@pytest.mark.parametrize(
    "render",
    [lambda *args: page(*args), lambda *args: markdown(*args), lambda *args: text(*args, 80, "utf-8")],
    ids=["html", "markdown", "text"],
)
def test_whatever_a_name_or_text_holds_is_text(render: Callable[..., str]) -> None:
    out = render(data(HOSTILE, HOSTILE), catalogue(PLACES, "en"))
    assert "\x1b" not in out
    assert "\u202e" not in out
    if out.startswith("<!doctype"):
        read = Page(out)
        assert "script" not in {tag for tag, _ in read.elements}
        assert [attrs["id"] for attrs in read.of("svg")] == list(CHARTS)
        assert any("<script src=http://x.y/z>" in one for one in read.texts)
    elif out.startswith("#"):
        assert "<script" not in out
        assert "](http" not in out
        columns = [line.count("|") - line.count("\\|") for line in out.splitlines() if line.startswith("|")]
        assert set(columns) <= {3, 4, 5, 6, 7}


def test_no_cell_can_calculate() -> None:
    lines = list(sheet(data("=1+1", "@SUM(A1)")))
    assert not [line for line in lines if re.search(r'(^|,)"?[=@+]', line)]
    assert "by_cause,'=1+1,,incidents,1234\r\n" in lines


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [1, 40, 43, 60, 80, 99])
def test_text_keeps_to_its_width(lang: str, width: int) -> None:
    found = data("x" * 120, "A sentence that goes on and on, " * 5)
    lines = text(found, catalogue(PLACES, lang), width, "utf-8").splitlines()
    assert max(map(len, lines)) <= max(40, width)


def test_bars_are_drawn_with_what_can_be_written() -> None:
    strings = catalogue(PLACES, "en")
    for encoding, block in (("utf-8", "█"), ("ascii", "#"), ("no such encoding", "#")):
        out = text(data(), strings, 100, encoding)
        assert {"█", "#"} & set(out) == {block}
        assert f"{block * 24}\n" in out
    assert not {"█", "#"} & set(text(data(), strings, 40, "utf-8").partition("\nCauses\n")[2].partition("\n\n")[0])
