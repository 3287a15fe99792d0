"""A script as one self-contained HTML page: no script, no style from elsewhere, every text escaped."""

from __future__ import annotations

from html import escape

from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "blockquote{margin:.4rem 0;padding:.2rem 1rem;border-left:.25rem solid #27a;font-size:1.2rem}"
    "small{color:#555}ul{margin:.3rem 0}@media(prefers-color-scheme:dark){body{background:#111;color:#eee}small{color:#aaa}}"
)


def script(data: Mapping[str, Any], strings: Mapping[str, Any]) -> str:
    """The page, in the language of the phrases."""
    title = escape(data["playbook"])
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="viewport" content="width=device-width">'
    steps = "\n".join(_step(step, strings) for step in data["steps"])
    return f'<!doctype html>\n<html lang="{escape(data["lang"])}"><head>{head}<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n{steps}\n{"".join(_foot(data, strings))}</body></html>\n'


def _step(step: Mapping[str, Any], strings: Mapping[str, Any]) -> str:
    return f"<section><h2>{step['number']}. {escape(step['title'])}</h2>\n{''.join(_lines(step))}{''.join(_lists(step, strings))}</section>"


def _lines(step: Mapping[str, Any]) -> Iterator[str]:
    for line in step["say"]:
        label = f"<small>{escape(line['label'])}</small><br>" if line["label"] else ""
        yield f"<blockquote>{label}{escape(line['text'])}</blockquote>\n"
        if line["part"] == "options":
            yield _list([offer["text"] for offer in step["offers"] if not offer["needs_lead"]])


def _lists(step: Mapping[str, Any], strings: Mapping[str, Any]) -> Iterator[str]:
    lead = [offer["text"] for offer in step["offers"] if offer["needs_lead"]]
    avoid = [f"{item['text']} — {item['why']}" for item in step["avoid"]]
    for name, items in (("ask", step["ask"]), ("lead", lead), ("notes", step["notes"]), ("avoid", avoid)):
        if items:
            yield f"<h3>{escape(word(strings, f'label.{name}'))}</h3>\n{_list(items)}"


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>\n"


def _foot(data: Mapping[str, Any], strings: Mapping[str, Any]) -> Iterator[str]:
    if data["missing"]:
        yield f"<p>{escape(word(strings, 'label.missing', fields=[word(strings, f'field.{name}') for name in data['missing']]))}</p>\n"
    yield from (f"<p>{escape(word(strings, f'warning.{code}'))}</p>\n" for code in data["warnings"])
