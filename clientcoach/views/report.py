"""A report as tables: what every format but JSON and CSV shows, in the same order and words. A cell is text, not yet escaped."""

from __future__ import annotations

from calendar import monthrange

from clientcoach.case.text import safe
from clientcoach.views.messages import LANG, word
from clientcoach.wording.figures import NO_BREAK, minutes, number, percent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypedDict

    Json = Mapping[str, Any]
    Strings = Mapping[str, Any]

    class Table(TypedDict):
        """`bars`: how long the bar of each row is (0..1), where the table has some. `under`: a line to each row, or ""."""

        id: str
        title: str
        head: list[str]
        rows: list[list[str]]
        under: list[str]
        bars: list[float]
        note: str


NAMED = {"outcome": "outcome.", "step": "step.", "kind": "kind."}
UNKNOWN = "–"
ARROW = f"{NO_BREAK}→{NO_BREAK}"


def headline(data: Json, strings: Strings) -> list[str]:
    """The title, the days, and what the report is limited to."""
    limits = [f"{word(strings, f'log.{name}')}: {named(name, value, strings)}" for name, value in data["where"].items()]
    mine = [word(strings, "report.mine")] if data["mine"] else []
    return [word(strings, "report.title"), f"{data['first']} – {data['last']}", *mine, *limits]


def empty(data: Json, strings: Strings) -> str:
    """What is said of a time in which nothing was written down."""
    return word(strings, "report.empty", since=data["first"], until=data["last"])


def tables(data: Json, strings: Strings) -> list[Table]:
    """All that has something to tell."""
    found = [
        _totals(data, strings),
        _rising(data, strings),
        _periods(data, strings),
        _causes(data, strings),
        _steps(data, strings),
        _interruptions(data, strings),
        _phrases(data, strings),
        _offers(data, strings),
        _promises(data, strings),
        *(_groups(data, name, strings) for name in ("outcome", "channel", "lang", "playbook")),
    ]
    return [table for table in found if table["rows"]]


def named(name: str, value: str | None, strings: Strings) -> str:
    """A value in words where the catalogue has some."""
    if value is None:
        return word(strings, "report.unknown")
    key = f"{NAMED.get(name, f'value.{name}.')}{value}"
    return word(strings, key) if key in strings else safe(value)


def advice(data: Json, strings: Strings) -> Iterator[tuple[str, list[str], str]]:
    """What to prevent, by cause: its name with the count, the advice, the incidents behind it."""
    for one in data["prevention"]:
        heading = f"{named('cause', one['cause'], strings)}: {number(one['incidents'], strings[LANG])}"
        yield heading, [safe(each["text"]) for each in one["advice"]], word(strings, "report.examples", ids=one["examples"])


def table_from(name: str, title: str, head: Sequence[str], rows: Iterable[Sequence[str]], **more: Any) -> Table:
    """A table with nothing under its rows, no bars and no note unless `more` has them."""
    found = list(map(list, rows))
    told: Any = {"id": name, "title": title, "head": list(head), "rows": found, "under": [""] * len(found), "bars": [], "note": "", **more}
    table: Table = told
    return table


def _words(strings: Strings, *keys: str) -> list[str]:
    return [word(strings, key) for key in keys]


def parts(values: Sequence[float]) -> list[float]:
    """Values as parts of the greatest."""
    most = max(values, default=0) or 1
    return [value / most for value in values]


def anger(told: Json, strings: Strings) -> str:
    """Mean anger at the start and at the end."""
    ends = [told["anger"][name] for name in ("start", "end")]
    return UNKNOWN if None in ends else ARROW.join(number(end, strings[LANG], 1) for end in ends)


def days(period: Json, data: Json) -> str:
    """A whole month by its name, other days from the first to the last; without the year where all of the report is in one."""
    first, last = period["first"], period["last"]
    if first.endswith("-01") and first[:8] == last[:8] and int(last[8:]) == monthrange(int(last[:4]), int(last[5:7]))[1]:
        return str(first[:7])
    start = len("2026-") if data["first"][:4] == data["last"][:4] else 0
    return f"{first[start:]} – {last[start:]}"


def _softened(told: Json) -> str:
    return UNKNOWN if told["softened"]["median"] is None else minutes(told["softened"]["median"])


def _totals(data: Json, strings: Strings) -> Table:
    told, lang = data["totals"], strings[LANG]
    part = f" ({percent(told['repeats'] / told['incidents'], lang)})" if told["incidents"] else ""
    known = [word(strings, "report.known", count=number(told[name]["count"], lang)) for name in ("anger", "softened")]
    rows = [
        [word(strings, "report.incidents"), number(told["incidents"], lang)],
        [word(strings, "report.repeats"), number(told["repeats"], lang) + part],
        [word(strings, "report.anger"), anger(told, strings)],
        [word(strings, "report.softened"), _softened(told)],
        [word(strings, "report.warnings"), number(told["warnings"], lang)],
    ]
    return table_from(
        "totals", word(strings, "report.totals"), ["", ""], rows, under=["", "", *known, ""], note=word(strings, "report.repeat_rule")
    )


def _periods(data: Json, strings: Strings) -> Table:
    lang = strings[LANG]
    head = _words(strings, "report.days", "report.incidents", "report.again", "log.anger", "report.calmer")
    rows = [
        [days(one, data), number(one["incidents"], lang), number(one["repeats"], lang), anger(one, strings), _softened(one)]
        for one in data["periods"]
    ]
    bars = parts([one["incidents"] for one in data["periods"]])
    return table_from("periods", word(strings, f"report.by_{data['by']}"), head, rows, bars=bars)


def _rising(data: Json, strings: Strings) -> Table:
    lang = strings[LANG]
    head = _words(strings, "log.cause", "report.incidents", "report.expected", "report.ratio")
    rows = [
        [
            named("cause", one["cause"], strings),
            number(one["incidents"], lang),
            number(one["expected"], lang, 1),
            f"×{NO_BREAK}{number(one['ratio'], lang, 1)}" if one["ratio"] else word(strings, "report.new"),
        ]
        for one in data["rising"]
    ]
    rule = {name: number(value, lang, int(value != int(value))) for name, value in data["rule"].items()}
    return table_from("rising", word(strings, "report.rising"), head, rows, note=word(strings, "report.rule", **rule))


def _causes(data: Json, strings: Strings) -> Table:
    lang, found = strings[LANG], data["by_cause"]
    head = _words(strings, "log.cause", "report.incidents", "report.share", "report.again", "log.anger")
    rows = [
        [
            named("cause", one["name"], strings),
            number(one["incidents"], lang),
            percent(one["share"], lang),
            number(one["repeats"], lang),
            anger(one, strings),
        ]
        for one in found
    ]
    return table_from("causes", word(strings, "report.by_cause"), head, rows, bars=parts([one["incidents"] for one in found]))


def _groups(data: Json, name: str, strings: Strings) -> Table:
    """One dimension; where nothing is known of it there is nothing to tell."""
    lang = strings[LANG]
    found = [] if [one["name"] for one in data[f"by_{name}"]] == [None] else data[f"by_{name}"]
    head = _words(strings, f"log.{name}", "report.incidents", "report.share")
    rows = [[named(name, one["name"], strings), number(one["incidents"], lang), percent(one["share"], lang)] for one in found]
    return table_from(name, word(strings, f"report.by_{name}"), head, rows, bars=parts([one["incidents"] for one in found]))


def _steps(data: Json, strings: Strings) -> Table:
    lang = strings[LANG]
    head = _words(strings, "report.step", "report.skipped", "report.share")
    rows = [[named("step", one["step"], strings), number(one["skipped"], lang), percent(one["share"], lang)] for one in data["by_step"]]
    return table_from("steps", word(strings, "report.steps"), head, rows, bars=[one["share"] for one in data["by_step"]])


def _interruptions(data: Json, strings: Strings) -> Table:
    found = data["interruptions"]
    head = _words(strings, "report.kind", "report.count")
    rows = [[named("kind", one["kind"], strings), number(one["count"], strings[LANG])] for one in found]
    return table_from("interruptions", word(strings, "log.interruptions"), head, rows, bars=parts([one["count"] for one in found]))


def _phrases(data: Json, strings: Strings) -> Table:
    lang, found = strings[LANG], data["phrases"]
    head = _words(strings, "report.phrase", "report.calmed", "report.said", "report.share")
    rows = [[safe(one["id"]), number(one["calmed"], lang), number(one["said"], lang), percent(one["share"], lang)] for one in found]
    more = {"under": [safe(one["text"] or "") for one in found], "bars": [one["share"] for one in found]}
    return table_from("phrases", word(strings, "report.phrases"), head, rows, note=word(strings, "report.no_proof"), **more)


def _offers(data: Json, strings: Strings) -> Table:
    lang, found = strings[LANG], data["offers"]
    head = _words(strings, "report.offer", "report.made", "report.accepted", "report.refused")
    rows = [[safe(one["id"]), *(number(one[name], lang) for name in ("made", "accepted", "refused"))] for one in found]
    return table_from("offers", word(strings, "log.offers"), head, rows, under=[safe(one["text"] or "") for one in found])


def _promises(data: Json, strings: Strings) -> Table:
    lang, told = strings[LANG], data["promises"]
    head = _words(strings, "report.days", "report.made", "report.in_time", "report.kept_late", "report.overdue", "report.open")
    found = [(days(one, data), one["promises"]) for one in data["periods"]] if told["made"] else []
    rows = [[span, *(number(count, lang) for count in promises(one))] for span, one in found]
    total = [[word(strings, "report.all"), *(number(count, lang) for count in promises(told))]] if found else []
    return table_from("promises", word(strings, "log.promises"), head, rows + total)


def promises(told: Json) -> tuple[int, int, int, int, int]:
    """Made, kept in time, kept late, overdue, still open."""
    return told["made"], told["in_time"], told["kept"] - told["in_time"], told["late"], told["open"]
