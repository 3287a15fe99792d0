"""The card for somebody who plays the customer: sections of lines, as text, Markdown, or a page that prints on one sheet."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from clientcoach.case.text import safe
from clientcoach.views import markdown as marks
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    Told = Callable[..., str]
    Json = Mapping[str, Any]

FEELS = {  # how far somebody has to feel heard, or to trust: up to so many points
    "heard": ((0, ""), (24, "heard_little"), (39, "heard_well"), (100, "heard_much")),
    "trust": ((0, ""), (24, "trust_little"), (39, "trust_well"), (100, "trust_much")),
}
NUMBER = 3  # letters of a note that stands on the same line
DANGERS = ("threat", "self_harm")
_STYLE = """
body{font:10.5pt/1.3 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#111;background:#fff;
max-width:180mm;margin:0 auto;padding:6mm 4mm;overflow-wrap:anywhere}
h1{font-size:1.4em;margin:0 0 .2em}h2{font-size:1.05em;margin:.9em 0 .2em;border-bottom:.4mm solid #0072b2}
p,ol,ul{margin:.2em 0}small{color:#444}q{quotes:none;display:block;
border-left:.6mm solid #0072b2;padding-left:2mm}.warn{border:.5mm solid #8a1c00;padding:1mm 2mm}
section{break-inside:avoid}@page{size:A4;margin:14mm}@media print{body{max-width:none;padding:0}}
"""
_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


class Line(NamedTuple):
    """`said` aloud by the customer, or told to whoever plays; `note` stands before it, small."""

    text: str
    said: bool = False
    note: str = ""


class Section(NamedTuple):
    """A heading and its lines."""

    title: str
    lines: Sequence[Line]


def sections(data: Json, strings: Json) -> Iterator[Section]:
    """The card in the order in which it is needed."""

    def told(key: str, **more: Any) -> str:
        return word(strings, f"drill.role_{key}", **more)

    yield Section(
        told("you"),
        [Line(told("customer", name=data["customer"])), Line(word(strings, f"drill.play_{data['style']}")), *_wants(data, strings)],
    )
    yield Section(told("begin"), [Line(text, said=True) for text in data["opening"]])
    yield Section(told("story"), [Line(text, said=True, note=f"{number}.") for number, text in enumerate(data["story"], 1)])
    yield Section(told("hidden"), [_fact(number, fact, told) for number, fact in enumerate(data["facts"], 1)])
    if data["events"]:
        yield Section(told("events"), [Line(one["text"], said=True, note=told("turn", number=one["turn"])) for one in data["events"]])
    yield Section(told("angers"), [Line(" · ".join([told("interrupted"), *data["angers"]]))])
    yield Section(told("softens"), [Line(" · ".join(data["softens"])), Line(told("too_early"))])
    yield Section(told("soften"), [Line(told("soften_when")), Line(data["softening"], said=True)])
    yield Section(told("end"), list(_end(data, told)))
    yield Section(told("worker"), [Line(data["who"]), Line(data["may"])])


def _wants(data: Json, strings: Json) -> Iterator[Line]:
    needs = ", ".join(word(strings, f"drill.need_{name}") for name in data["needs"])
    if needs:
        yield Line(word(strings, "drill.role_lost", needs=needs))
    yield Line(word(strings, f"drill.role_{data['legitimacy']}"))
    yield Line(data["wants"], said=True, note=word(strings, "drill.role_asked"))


def _fact(number: int, fact: Json, told: Told) -> Line:
    """What opens it, then its words."""
    opens = [
        f"{number}.",
        told("on_explore", ask=fact["ask"]) if fact["ask"] else told("on_listen" if fact["on"] == "listen" else "on_any"),
    ]
    if feels := next(key for most, key in FEELS[fact["gate"]] if fact["at"] <= most):
        opens.append(told(feels))
    if fact["after"]:
        opens.append(told("after", number=fact["after"]))
    return Line(fact["text"], said=True, note=" ".join(opens))


def _end(data: Json, told: Told) -> Iterator[Line]:
    """Where a danger comes, the five steps are over: what counts is that it is taken seriously."""
    if any(one["kind"] in DANGERS for one in data["events"]):
        yield Line(told("safe"))
        yield Line(data["handed_over"], said=True)
        return
    yield Line(told("agree"))
    yield Line(data["settled"], said=True)
    yield Line(told("leave"))
    yield Line(data["hang_up"], said=True)


def _warning(data: Json, strings: Json) -> str:
    return word(strings, "drill.role_opt_in") if data["opt_in"] else ""


def text(data: Json, strings: Json) -> str:
    """Plain text."""
    lines = [safe(data["title"]), *filter(None, [_warning(data, strings)])]
    for section in sections(data, strings):
        lines += ["", section.title, *(plain for line in section.lines for plain in _plain(line))]
    return "".join(f"{line}\n" for line in lines)


def _plain(line: Line) -> Iterator[str]:
    said = f"{'—' if line.said else '-'} {safe(line.text)}"
    if len(line.note) > NUMBER:
        yield f"  {safe(line.note)}"
        yield f"    {said}"
    else:
        yield "  " + " ".join(filter(None, [safe(line.note), said]))


def markdown(data: Json, strings: Json) -> str:
    """Headings, lists, quotations for what is said."""
    blocks = [f"# {marks.escape(safe(data['title']))}\n"]
    if warning := _warning(data, strings):
        blocks.append(f"**{marks.escape(warning)}**\n")
    for section in sections(data, strings):
        blocks.append(f"## {marks.escape(section.title)}\n")
        blocks += [_marked(line) for line in section.lines]
    return "\n".join(blocks)


def _marked(line: Line) -> str:
    note = f"*{marks.escape(safe(line.note))}*\n\n" if line.note else ""
    return f"{note}> {marks.escape(safe(line.text))}\n" if line.said else f"- {marks.escape(safe(line.text))}\n"


def html(data: Json, strings: Json) -> str:
    """A page that holds nothing from elsewhere."""
    warning = _warning(data, strings)
    body = f"<h1>{escape(safe(data['title']))}</h1>\n" + (f'<p class="warn">{escape(warning)}</p>\n' if warning else "")
    for section in sections(data, strings):
        body += f"<section><h2>{escape(section.title)}</h2>\n{''.join(_item(line, data['lang']) for line in section.lines)}</section>\n"
    head = f"{_HEAD}<title>{escape(safe(data['title']))}</title><style>{_STYLE}</style>"
    return f'<!doctype html>\n<html lang="{data["ui"]}"><head>{head}</head>\n<body>\n{body}</body></html>\n'


def _item(line: Line, lang: str) -> str:
    note = f"<small>{escape(safe(line.note))}</small> " if line.note else ""
    told = f'<q lang="{lang}">{escape(safe(line.text))}</q>' if line.said else escape(safe(line.text))
    return f"<p>{note}{told}</p>\n"
