"""The charts of a class's report: anger curves over each other, rules by how often they were not kept, before and after."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views import charts
from clientcoach.views.messages import LANG, word
from clientcoach.views.report_charts import BLUE, GREEN, ORANGE, RED, figure
from clientcoach.wording.figures import number, percent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from clientcoach.views.report_charts import Figure

    Json = Mapping[str, Any]
    Strings = Mapping[str, Any]

TOP = 100
FEWEST = 3  # calls that have a middle
MOST = 60  # curves in a chart; of more, every second, third and so on is drawn
# How a call ended, by colour: the customer and the worker agreed; half of it is left; the worker rightly let go; the customer did.
ENDS = {
    GREEN: ("settled",),
    ORANGE: ("grudging", "false_peace"),
    BLUE: ("boundary_end", "handed_over"),
    RED: ("left", "hung_up", "timeout"),
}


def anger(one: Json, place: int, strings: Strings) -> Figure:
    """The calls with a persona (of `personas`), by how they ended, and their middle. `place`: the how-manieth chart it is."""
    shown = one["curves"][:: -(-len(one["curves"]) // MOST)]
    groups = [
        (", ".join(word(strings, f"drill.{end}") for end in ends if any(curve["end"] == end for curve in shown)), colour, found)
        for colour, ends in ENDS.items()
        if (found := [curve["anger"] for curve in shown if curve["end"] in ends])
    ]
    labels = [str(turn) for turn in range(max(map(len, (curve["anger"] for curve in shown))))]
    return _over(safe(one["title"]), labels, groups, ("middle", one["middle"] if len(shown) >= FEWEST else ()), f"anger-{place}", strings)


def change(told: Json, strings: Strings) -> Figure:
    """The points of each trainee before and after, and all together."""
    labels = [word(strings, f"class.{label}") for label in ("before", "after")]
    groups = [(word(strings, "class.one_trainee"), BLUE, told["pairs"])]
    mean = [told[label]["process"] for label in ("before", "after")]
    return _over(word(strings, "class.process"), labels, groups, ("on_average", mean), "change", strings)


def _over(
    title: str, labels: Sequence[str], groups: Sequence[charts.Group], thick: tuple[str, Sequence[float]], name: str, strings: Strings
) -> Figure:
    called, middle = word(strings, f"class.{thick[0]}"), thick[1]
    lines = [(called, middle)] if middle else [(group, line) for group, _, found in groups for line in found]
    told = ". ".join(f"{line}: {', '.join(number(value, strings[LANG]) for value in values)}" for line, values in lines)
    return {
        "title": title,
        "svg": charts.curves(labels, groups, middle, str, name, TOP),
        "names": [*(group for group, _, _ in groups), *([called] if middle else [])],
        "colours": [*(colour for _, colour, _ in groups), charts.MIDDLE],
        "text": f"{title}. {told}.",
    }


def rules(found: Sequence[Json], strings: Strings) -> Figure:
    """What was missed and what was partly kept, as shares of the chances."""
    series = {word(strings, f"class.{mark}"): [one[mark] / one["chances"] for one in found] for mark in ("missed", "partly")}
    labels = [safe(one["name"]) for one in found]
    return figure(
        word(strings, "class.rules"), labels, series, lambda share: percent(share, strings[LANG]), (RED, ORANGE), charts.bars, name="rules"
    )
