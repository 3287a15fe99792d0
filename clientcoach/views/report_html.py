"""A report as one page: charts, the same numbers as tables, nothing from elsewhere. For a phone, a screen and a sheet of A4."""

from __future__ import annotations

from html import escape

from clientcoach.views.messages import LANG, word
from clientcoach.views.report import advice, empty, headline, tables
from clientcoach.views.report_charts import figures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.views.report import Table
    from clientcoach.views.report_charts import Figure

    Json = Mapping[str, Any]
    Strings = Mapping[str, Any]

HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)
STYLE = """
*{box-sizing:border-box}
body{font:1rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#1a1a1a;background:#fff;max-width:70rem;
margin:0 auto;padding:1rem}
header{border-bottom:.2rem solid #0072b2;margin-bottom:.6rem}
h1{font-size:1.7rem;line-height:1.2;margin:0}h2{font-size:1.15rem;margin:0 0 .5rem}h3{font-size:1rem;margin:.9rem 0 .2rem}
header p{margin:.1rem 0 .5rem;color:#444}
main,.both{display:grid;grid-template-columns:minmax(0,1fr);gap:0 2.5rem}
section{padding:1rem 0 1.3rem;border-bottom:1px solid #ddd}
figure{margin:0 0 .8rem;max-width:34rem}figure svg{display:block;width:100%;height:auto}
figcaption{font-size:.9rem;color:#333}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:.2rem 0;padding:0}
.key span{display:inline-block;width:.8em;height:.8em;margin-right:.35em}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
th,td{padding:.25rem 0 .25rem .7rem;border-bottom:1px solid #e5e5e5;text-align:right;vertical-align:top;white-space:nowrap}
th:first-child{text-align:left;padding-left:0;white-space:normal}#periods th:first-child,#promises th:first-child{white-space:nowrap}
thead th{font-weight:600;color:#444;border-bottom:1px solid #888;white-space:normal;vertical-align:bottom}
tbody th{font-weight:400}
small{display:block;color:#444}
ul{margin:.2rem 0;padding-left:1.2rem}
.note{font-size:.88rem;color:#444;margin:.4rem 0 0}
@media(max-width:30rem){body{padding:.7rem}table{font-size:.8rem}thead th{font-size:.68rem}th,td{padding-left:.3rem}}
@media(min-width:56rem){main{grid-auto-flow:dense}main,.both{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
.whole,.below{grid-column:1/-1}}
@media print{@page{size:A4;margin:14mm}html{font-size:9pt}body{max-width:none;padding:0}section{break-inside:avoid}
#prevention{break-inside:auto}
h2,h3{break-after:avoid}.wide{overflow:visible}th,td{padding-left:.4rem}main{grid-auto-flow:dense}
main,.both{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.whole,.below{grid-column:1/-1}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
_WHOLE = frozenset(["phrases", "offers"])  # they have texts: as wide as the page


def page(data: Json, strings: Strings) -> str:
    """The whole page, in the language of the worker."""
    title, span, *limits = map(escape, headline(data, strings))
    body = "".join(_sections(data, strings)) if data["totals"]["incidents"] else f"<p>{escape(empty(data, strings))}</p>\n"
    head = f"{HEAD}<title>{title} {span}</title><style>{STYLE}</style>"
    told = "".join(f"<p>{line}</p>" for line in [span, *limits])
    return (
        f'<!doctype html>\n<html lang="{escape(strings[LANG])}"><head>{head}</head>\n<body>\n'
        f"<header><h1>{title}</h1>{told}</header>\n<main>\n{body}</main></body></html>\n"
    )


def _sections(data: Json, strings: Strings) -> Iterator[str]:
    for table in tables(data, strings):
        drawn = figures(table["id"], data, strings)
        note = f'<p class="note">{escape(table["note"])}</p>' if table["note"] else ""
        inner = table_of(table) + note
        if drawn:
            shown = "".join(figure_of(figure, table["title"]) for figure in drawn)
            inner = f'<div class="both">{shown}<div{" class=below" if len(drawn) > 1 else ""}>{inner}</div></div>'
        whole = ' class="whole"' if drawn or table["id"] in _WHOLE else ""
        yield f'<section id="{table["id"]}"{whole}><h2>{escape(table["title"])}</h2>{inner}</section>\n'
        if table["id"] == "causes":
            yield _advice(data, strings)


def table_of(table: Table) -> str:
    """A table; one that is wider than the screen can be moved alone."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table["head"])
    rows = "".join(_row(row, under) for row, under in zip(table["rows"], table["under"], strict=True))
    return f'<div class="wide"><table>{f"<thead><tr>{head}</tr></thead>" if any(table["head"]) else ""}<tbody>{rows}</tbody></table></div>'


def _row(cells: Sequence[str], under: str) -> str:
    first, *rest = map(escape, cells)
    more = f"<small>{escape(under)}</small>" if under else ""
    return f'<tr><th scope="row">{first}{more}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'


def _advice(data: Json, strings: Strings) -> str:
    told = "".join(
        f"<h3>{escape(heading)}</h3>{'<ul>' + ''.join(f'<li>{escape(one)}</li>' for one in texts) + '</ul>' if texts else ''}"
        f'<p class="note">{escape(behind)}</p>'
        for heading, texts, behind in advice(data, strings)
    )
    return f'<section id="prevention" class="whole"><h2>{escape(word(strings, "report.prevention"))}</h2>{told}</section>\n' if told else ""


def figure_of(figure: Figure, above: str, *, always: bool = False) -> str:
    """A drawing with its title, unless that stands above it already, and what its colours mean (of one colour: `always`).

    Who cannot see it is told the numbers.
    """
    several = zip(figure["names"], figure["colours"], strict=False) if always or len(figure["names"]) > 1 else ()
    key = "".join(f'<li><span style="background:{colour}"></span>{escape(name)}</li>' for name, colour in several)
    caption = escape(figure["title"] if figure["title"] != above else "") + (f'<ul class="key">{key}</ul>' if key else "")
    drawing = f'<div role="img" aria-label="{escape(figure["text"])}">{figure["svg"]}</div>'
    return f"<figure>{drawing}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"
