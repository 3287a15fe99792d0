"""A class's report as one page: charts, the same numbers as tables, three points to talk about. For a projector, a phone and paper."""

from __future__ import annotations

from html import escape

from clientcoach.views.drill_report import headline, tables
from clientcoach.views.drill_report_charts import anger, change, rules
from clientcoach.views.messages import LANG, word
from clientcoach.views.report_html import HEAD, STYLE, figure_of, table_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from clientcoach.views.report import Table
    from clientcoach.views.report_charts import Figure

    Json = Mapping[str, Any]
    Strings = Mapping[str, Any]

_FIGURES: dict[str, Callable[[Any, Strings], Figure]] = {"rules": rules, "change": change}
MOST_CHARTS = 6  # personas with curves; the table has them all
_STYLE = """
#talk li{font-size:1.15rem;margin:.6rem 0}
.many{display:grid;grid-template-columns:minmax(0,1fr);gap:.4rem 2.5rem}
@media(max-width:40rem){thead th{font-size:.72rem}th,td{padding-left:.35rem}}
@media(min-width:56rem){.many{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
#rules .both{grid-template-columns:minmax(0,2fr) minmax(0,3fr)}}
@media print{.many{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}#rules .both{grid-template-columns:minmax(0,2fr) minmax(0,3fr);
gap:0 1rem}#rules table{font-size:.85rem}#rules th,#rules td{padding-left:.3rem}.many>div,#talk li,tr{break-inside:avoid}
#curves,#leaderboard{break-inside:auto}}
"""


def page(data: Json, strings: Strings) -> str:
    """The whole page, in the language of whoever reads it."""
    title, span, *rest = map(escape, headline(data, strings))
    told = "".join(f"<p>{line}</p>" for line in (span, *rest))
    foot = escape(word(strings, "class.no_evidence"))
    head = f"{HEAD}<title>{title} {span}</title><style>{STYLE}{_STYLE}</style>"
    return (
        f'<!doctype html>\n<html lang="{escape(strings[LANG])}"><head>{head}</head>\n'
        f"<body>\n<header><h1>{title}</h1>{told}</header>\n<main>\n{''.join(_sections(data, strings))}</main>\n"
        f'<p class="note">{foot}</p></body></html>\n'
    )


def _sections(data: Json, strings: Strings) -> Iterator[str]:
    for table in tables(data, strings):
        yield _section(table, data, strings)
        if table["id"] == "personas":
            yield _curves(data, strings)
    points = "".join(f"<li>{escape(one['text'])}</li>" for one in data["points"])
    yield f'<section id="talk" class="whole"><h2>{escape(word(strings, "class.to_talk"))}</h2><ol>{points}</ol></section>\n'


def _section(table: Table, data: Json, strings: Strings) -> str:
    note = f'<p class="note">{escape(table["note"])}</p>' if table["note"] else ""
    inner = table_of(table) + note
    if table["id"] in _FIGURES:
        drawn = _FIGURES[table["id"]](data[table["id"]], strings)
        inner = f'<div class="both">{figure_of(drawn, table["title"])}<div>{inner}</div></div>'
    whole = "" if table["id"] in {"totals", "ends"} else ' class="whole"'
    return f'<section id="{table["id"]}"{whole}><h2>{escape(table["title"])}</h2>{inner}</section>\n'


def _curves(data: Json, strings: Strings) -> str:
    figures = [anger(one, place, strings) for place, one in enumerate(data["personas"][:MOST_CHARTS])]
    drawn = "".join(f"<div><h3>{escape(one['title'])}</h3>{figure_of(one, one['title'], always=True)}</div>" for one in figures)
    title = escape(word(strings, "class.curves"))
    note = escape(word(strings, "class.middle_rule"))
    return f'<section id="curves" class="whole"><h2>{title}</h2><div class="many">{drawn}</div><p class="note">{note}</p></section>\n'
