"""A cue card: one sheet of A4 in one language or two side by side, as a page or as Markdown. Nothing is cut: the letters get smaller."""

from __future__ import annotations

from html import escape

from clientcoach.case.languages import SCRIPTS
from clientcoach.views import markdown as marks
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    Json = Mapping[str, Any]
    Strings = Mapping[str, Any]

SHEET = (186, 260)  # millimetres within the margins, less the air that an estimate needs
SIZES = [size / 4 for size in range(52, 21, -1)]  # points, the largest first: 13 … 5.5
MM = 0.3528  # a point in millimetres
LETTER = {"LATIN": 0.5, "CYRILLIC": 0.56}  # the mean width of a letter, in its own height
LEADING, TITLE = 1.25, 1.15  # as in the style: the height of a line, and of a title's letters
PADS = 2.1  # millimetres around a row

_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)
_STYLE = """
*{box-sizing:border-box}
body{font:SIZEpt/1.25 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#111;background:#fff;
max-width:186mm;margin:0 auto;padding:4mm 0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;table-layout:fixed}
tbody{break-inside:avoid;border-top:.6mm solid #0072b2}
th,td{text-align:left;vertical-align:top;padding:.5mm 2mm .5mm 0}td+td,th+th{padding-left:3mm;border-left:.2mm solid #bbb}
th{font-size:1.15em;font-weight:700}
small{font-size:.8em;color:#444}
.not{color:#8a1c00}.not b{font-weight:600}
footer{border-top:.6mm solid #0072b2;margin-top:1mm;padding-top:1mm;font-size:.85em}
footer b{border:.2mm solid #888;border-radius:.7mm;padding:0 .8mm;font-weight:600}footer span{white-space:nowrap;margin-right:2mm}
@page{size:A4;margin:12mm}
@media print{body{max-width:none;padding:0}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def html(data: Json, strings: Mapping[str, Strings]) -> str:
    """The page. `strings`: the interface by language."""
    langs = data["langs"]
    steps = "".join(f"<tbody>{''.join(_rows(step, langs, strings))}</tbody>\n" for step in data["steps"])
    keys = " ".join(f"<span><b>{escape(key)}</b> {escape(name)}</span>" for key, name in data["keys"])
    style = _STYLE.replace("SIZE", f"{_size(data, strings):g}")
    head = f"{_HEAD}<title>{escape(data['playbook'])} ({escape(' '.join(langs))})</title><style>{style}</style>"
    body = f"<table>\n{steps}</table>\n<footer>{keys}</footer>\n"
    return f'<!doctype html>\n<html lang="{langs[0]}"><head>{head}</head>\n<body>\n{body}</body></html>\n'


def _rows(step: Json, langs: Sequence[str], strings: Mapping[str, Strings]) -> Iterator[str]:
    titles = (
        f'<th scope="col" lang="{lang}">{step["number"]}. {escape(title)}</th>' for lang, title in zip(langs, step["title"], strict=True)
    )
    yield f"<tr>{''.join(titles)}</tr>"
    for line in step["lines"]:
        told = zip(langs, line["label"], line["text"], strict=True)
        cells = (f'<td lang="{lang}"><small>{escape(label)}</small> {escape(text)}</td>' for lang, label, text in told)
        yield f"<tr>{''.join(cells)}</tr>"
    if any(step["avoid"]):
        quotes = (_not(lang, quoted, strings[lang]) for lang, quoted in zip(langs, step["avoid"], strict=True))
        yield f"<tr>{''.join(quotes)}</tr>"


def _not(lang: str, quoted: Sequence[str], strings: Strings) -> str:
    told = " · ".join(map(escape, quoted))
    return f'<td class="not" lang="{lang}"><b>{escape(word(strings, "label.avoid"))}</b> {told}</td>'


def _size(data: Json, strings: Mapping[str, Strings]) -> float:
    """The largest size at which everything should fit on the sheet, by the width of a mean letter."""
    return next((size for size in SIZES if _height(data, strings, size) <= SHEET[1]), SIZES[-1])


def _height(data: Json, strings: Mapping[str, Strings], size: float) -> float:
    """Millimetres that the card takes in letters of so many points."""
    column = SHEET[0] / len(data["langs"]) - 5
    line = size * MM * LEADING
    height = 6.0
    for step in data["steps"]:
        height += _lines(step["title"], data["langs"], column, size * TITLE) * line * TITLE + PADS
        told = [[f"{label} {text}" for label, text in zip(one["label"], one["text"], strict=True)] for one in step["lines"]]
        labels = [word(strings[lang], "label.avoid") for lang in data["langs"]]
        told.append([f"{label} {' · '.join(quoted)}" for label, quoted in zip(labels, step["avoid"], strict=True)])
        height += sum(_lines(row, data["langs"], column, size) * line + PADS / 2 for row in told)
    keys = sum(len(key) + len(name) + 4 for key, name in data["keys"])
    return height + _lines(["x" * round(keys * 1.1)], ["ru"], SHEET[0], size * 0.85) * line


def _lines(texts: Sequence[str], langs: Sequence[str], width: float, size: float) -> int:
    """Lines of a row: those of its longest text; a line is seldom full."""
    rooms = [width / (size * MM * LETTER[SCRIPTS[lang][0]]) for lang in langs]
    return max(-int(-len(text) * 1.06 // room) for text, room in zip(texts, rooms, strict=True))


def markdown(data: Json, strings: Mapping[str, Strings]) -> str:
    """Headings and lists; two languages as a table with a column each."""
    langs = data["langs"]
    blocks = [_alone(step, strings[langs[0]]) if len(langs) == 1 else _beside(step, langs, strings) for step in data["steps"]]
    keys = "\n".join(f"- **{marks.escape(key)}** {marks.escape(name)}" for key, name in data["keys"])
    return f"# {marks.escape(data['playbook'])}\n\n{''.join(blocks)}---\n\n{keys}\n"


def _alone(step: Json, strings: Strings) -> str:
    lines = "".join(f"- *{marks.escape(line['label'][0])}* {marks.escape(line['text'][0])}\n" for line in step["lines"])
    return f"## {step['number']}. {marks.escape(step['title'][0])}\n\n{lines}- {_not_said(step['avoid'][0], strings)}\n\n"


def _beside(step: Json, langs: Sequence[str], strings: Mapping[str, Strings]) -> str:
    titles = " | ".join(f"{step['number']}. {marks.escape(title)}" for title in step["title"])
    rows = [
        [f"*{marks.escape(label)}* {marks.escape(text)}" for label, text in zip(one["label"], one["text"], strict=True)]
        for one in step["lines"]
    ]
    rows.append([_not_said(quoted, strings[lang]) for lang, quoted in zip(langs, step["avoid"], strict=True)])
    return f"| {titles} |\n|{' --- |' * len(langs)}\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows) + "\n"


def _not_said(quoted: Sequence[str], strings: Strings) -> str:
    return f"**{marks.escape(word(strings, 'label.avoid'))}** {' · '.join(map(marks.escape, quoted))}"
