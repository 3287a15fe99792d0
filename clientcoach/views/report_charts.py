"""Which charts a report has: what is drawn, in which colours, and the same numbers as a sentence for who cannot see them."""

from __future__ import annotations

from clientcoach.case.fields import CAUSES
from clientcoach.case.text import safe
from clientcoach.views import charts
from clientcoach.views.messages import LANG, word
from clientcoach.views.report import days, named, promises
from clientcoach.wording.figures import number, percent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any, TypedDict

    Json = Mapping[str, Any]
    Strings = Mapping[str, Any]
    Series = Mapping[str, Sequence[float | None]]

    class Figure(TypedDict):
        """`svg`: the drawing; `names` with `colours`: its series; `text`: title and numbers."""

        title: str
        svg: str
        names: list[str]
        colours: Sequence[str]
        text: str


BLUE, ORANGE, GREEN, _, _, RED, _, GREY = charts.COLOURS
TOP_ANGER = 10


def figures(name: str, data: Json, strings: Strings) -> list[Figure]:
    """The charts that belong to a table; most have none."""
    return list(_FIGURES[name](data, strings)) if name in _FIGURES else []


def figure(
    title: str,
    labels: Sequence[str],
    series: Series,
    shown: Callable[[float], str],
    colours: Sequence[str],
    draw: Callable[..., str],
    **more: Any,
) -> Figure:
    """A chart with its numbers in words. `shown`: a value as text."""
    known = [
        [f"{name} {shown(value)}" for name, values in series.items() if (value := values[place]) is not None]
        for place in range(len(labels))
    ]
    parts = [f"{safe(label)}: {', '.join(values)}" for label, values in zip(labels, known, strict=True) if values]
    told = f"{title}. {'; '.join(parts)}."
    return {
        "title": title,
        "svg": draw(labels, series, colours, **{"told": shown, **more}),
        "names": list(series),
        "colours": colours,
        "text": told,
    }


def _days(data: Json) -> list[str]:
    """What the periods are called under a chart: their months, or their first days."""
    if data["by"] == "month":
        return [one["first"][:7] for one in data["periods"]]
    return [days(one, data).partition(" – ")[0] for one in data["periods"]]


def _periods(data: Json, strings: Strings) -> Iterator[Figure]:
    lang = strings[LANG]
    counts = [{cause["name"]: cause["incidents"] for cause in one["by_cause"]} for one in data["periods"]]
    causes = [one["name"] for one in data["by_cause"]]
    series: Series = {named("cause", cause, strings): [count.get(cause, 0) for count in counts] for cause in causes}
    colours = [charts.COLOURS[CAUSES.index(cause) if cause in CAUSES else -1] for cause in causes]  # a cause has the same in every report
    title = word(strings, "report.incidents")
    yield figure(title, _days(data), series, lambda value: number(value, lang), colours, charts.stacked, name="causes")
    if data["totals"]["anger"]["count"]:
        ends: Series = {word(strings, f"report.at_{end}"): [one["anger"][end] for one in data["periods"]] for end in ("start", "end")}
        title = word(strings, "log.anger")
        yield figure(
            title, _days(data), ends, lambda value: number(value, lang, 1), (RED, BLUE), charts.lines, name="anger", top=TOP_ANGER, told=str
        )


def _steps(data: Json, strings: Strings) -> Iterator[Figure]:
    lang, found = strings[LANG], data["by_step"]
    labels = [named("step", one["step"], strings) for one in found]
    series: Series = {word(strings, "report.skipped"): [one["share"] for one in found]}
    yield figure(word(strings, "report.steps"), labels, series, lambda value: percent(value, lang), (ORANGE,), charts.bars, name="steps")


def _phrases(data: Json, strings: Strings) -> Iterator[Figure]:
    lang, found = strings[LANG], data["phrases"]
    series: Series = {
        word(strings, "report.calmed"): [one["calmed"] for one in found],
        word(strings, "report.not_calmed"): [one["said"] - one["calmed"] for one in found],
    }
    labels, title = [one["id"] for one in found], word(strings, "report.phrases")
    yield figure(title, labels, series, lambda value: number(value, lang), (GREEN, "#cccccc"), charts.bars, name="phrases")


def _promises(data: Json, strings: Strings) -> Iterator[Figure]:
    lang = strings[LANG]
    counts = [promises(one["promises"])[1:] for one in data["periods"]]
    names = [word(strings, key) for key in ("report.in_time", "report.kept_late", "report.overdue", "report.open")]
    series: Series = {name: [count[place] for count in counts] for place, name in enumerate(names)}
    colours = (GREEN, ORANGE, RED, GREY)
    yield figure(
        word(strings, "log.promises"), _days(data), series, lambda value: number(value, lang), colours, charts.stacked, name="promises"
    )


_FIGURES: dict[str, Callable[[Json, Strings], Iterator[Figure]]] = {
    "periods": _periods,
    "steps": _steps,
    "phrases": _phrases,
    "promises": _promises,
}
