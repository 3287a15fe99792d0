"""A class's report as tables, in the same order and words for the terminal and the page. A cell is text, not yet escaped."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import LANG, word
from clientcoach.views.report import parts, table_from
from clientcoach.wording.figures import number, percent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from clientcoach.views.report import Table

    Json = Mapping[str, Any]
    Strings = Mapping[str, Any]

MARKS = ("kept", "partly", "missed")


def headline(data: Json, strings: Strings) -> list[str]:
    """The title, the days, who and how many."""
    span = " – ".join(dict.fromkeys((data["first"], data["last"])))
    return [word(strings, "class.title"), span, word(strings, "class.of", drills=data["drills"], trainees=data["trainees"])]


def tables(data: Json, strings: Strings) -> list[Table]:
    """All that has something to tell."""
    found = [
        _totals(data, strings),
        _ends(data, strings),
        _personas(data, strings),
        _rules(data, strings),
        *([_change(data["change"], data, strings)] if data["change"] else []),
        *([_ranked(data["leaderboard"], strings)] if data["leaderboard"] else []),
    ]
    return [table for table in found if table["rows"]]


def _words(strings: Strings, *keys: str) -> list[str]:
    return [word(strings, f"class.{key}") for key in keys]


def _summary(told: Json, strings: Strings) -> list[str]:
    """Points, calls that were settled, the anger at the end."""
    lang = strings[LANG]
    return [number(told["process"], lang), percent(told["settled"], lang), number(told["anger"], lang)]


def _totals(data: Json, strings: Strings) -> Table:
    lang = strings[LANG]
    told = [*_summary(data, strings), number(data["trust"], lang), number(data["turns"], lang, 1), number(data["critical"], lang)]
    names = _words(strings, "process", "calls_settled", "end_anger", "end_trust", "turns", "critical")
    rows = [list(pair) for pair in zip(names, told, strict=True)]
    return table_from("totals", word(strings, "report.totals"), ["", ""], rows, note=word(strings, "class.scale"))


def _ends(data: Json, strings: Strings) -> Table:
    found = data["ends"].items()
    rows = [[word(strings, f"drill.{end}"), number(count, strings[LANG])] for end, count in found]
    bars = parts([count for _, count in found])
    return table_from("ends", word(strings, "class.how_ended"), _words(strings, "end", "drills"), rows, bars=bars)


def _personas(data: Json, strings: Strings) -> Table:
    head = _words(strings, "persona", "drills", "process", "calls_settled", "end_anger")
    rows = [[safe(one["title"]), number(one["drills"], strings[LANG]), *_summary(one, strings)] for one in data["personas"]]
    return table_from("personas", word(strings, "class.personas"), head, rows, bars=parts([one["drills"] for one in data["personas"]]))


def _rules(data: Json, strings: Strings) -> Table:
    lang, found = strings[LANG], data["rules"]
    head = _words(strings, "rule", *MARKS, "not_kept")
    rows = [[safe(one["name"]), *(number(one[mark], lang) for mark in MARKS), percent(one["share"], lang)] for one in found]
    bars = [one["share"] for one in found]
    return table_from("rules", word(strings, "class.rules"), head, rows, bars=bars, note=word(strings, "class.share_rule"))


def _change(change: Json, data: Json, strings: Strings) -> Table:
    lang = strings[LANG]
    names = {one["rule"]: one["name"] for one in data["rules"]}
    both = [_summary(change[label], strings) for label in ("before", "after")]
    rows = [list(row) for row in zip(_words(strings, "process", "calls_settled", "end_anger"), *both, strict=True)]
    rows += [
        [word(strings, "class.rule_not_kept", rule=names[one["rule"]]), *(percent(one[label], lang) for label in ("before", "after"))]
        for one in change["rules"]
    ]
    note = word(strings, "class.change_of", count=change["trainees"])
    return table_from("change", word(strings, "class.change"), ["", *_words(strings, "before", "after")], rows, note=note)


def _ranked(found: Sequence[Json], strings: Strings) -> Table:
    head = _words(strings, "alias", "drills", "process", "calls_settled", "end_anger")
    rows = [[safe(one["alias"]), number(one["drills"], strings[LANG]), *_summary(one, strings)] for one in found]
    return table_from("leaderboard", word(strings, "class.leaderboard"), head, rows, bars=parts([one["process"] for one in found]))
