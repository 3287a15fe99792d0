"""A script as one self-contained HTML page: no script, no style from elsewhere, every text escaped."""

from __future__ import annotations

from html import escape

from clientcoach.views.script import foot, lists, own_offers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)
_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "blockquote{margin:.4rem 0;padding:.2rem 1rem;border-left:.25rem solid #27a;font-size:1.2rem}"
    "small{color:#555}ul{margin:.3rem 0}@media(prefers-color-scheme:dark){body{background:#111;color:#eee}small{color:#aaa}}"
)


def script(data: Mapping[str, Any], strings: Mapping[str, Any]) -> str:
    """The page, in the language of the phrases."""
    steps = "\n".join(_step(step, strings) for step in data["steps"])
    last = "".join(f"<p>{escape(line)}</p>\n" for line in foot(data, strings))
    head = f"{_HEAD}<title>{escape(data['playbook'])}</title><style>{_STYLE}</style>"
    return f'<!doctype html>\n<html lang="{escape(data["lang"])}"><head>{head}</head>\n<body>\n{steps}\n{last}</body></html>\n'


def _step(step: Mapping[str, Any], strings: Mapping[str, Any]) -> str:
    listed = "".join(f"<h3>{escape(heading)}</h3>\n{_list(items)}" for heading, items in lists(step, strings))
    return f"<section><h2>{step['number']}. {escape(step['title'])}</h2>\n{''.join(_lines(step))}{listed}</section>"


def _lines(step: Mapping[str, Any]) -> Iterator[str]:
    for line in step["say"]:
        label = f"<small>{escape(line['label'])}</small><br>" if line["label"] else ""
        yield f"<blockquote>{label}{escape(line['text'])}</blockquote>\n"
        if line["part"] == "options":
            yield _list(own_offers(step))


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>\n"
