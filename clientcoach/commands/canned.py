"""Libraries of canned replies as teams keep them: CSV, YAML (espanso too), JSON, NDJSON, Markdown, text; each reply with its place."""

from __future__ import annotations

import json
import os
import re
from bisect import bisect_right
from typing import NamedTuple

from clientcoach.case.fields import LANG_ALIASES, LANGS
from clientcoach.errors import UsageError
from clientcoach.exchange.table import rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    Way = Callable[[str, str], Iterator["Reply"]]

# Keys and columns that hold a reply in the exports of help desks, chats and text expanders, and in our four languages.
TEXTS = (
    "text", "reply", "replace", "content", "body", "body_text", "message", "response", "template", "answer", "markdown",
    "текст", "ответ", "сообщение", "treść", "tekst", "odpowiedź", "wiadomość", "мәтін", "жауап",
)  # fmt: skip
NAMES = ("name", "title", "trigger", "shortcode", "short_code", "key", "id", "название", "код", "nazwa", "skrót", "атауы")
LANGUAGE = ("lang", "language", "locale")
SUFFIX = re.compile(rf"(.+?)[_.\- ]({'|'.join((*LANGS, *LANG_ALIASES))})(?:[_-][a-z]{{2}})?")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_JSON_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_JSON_UNIT = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)


class Reply(NamedTuple):
    """One canned reply: what the file calls it, its text, its language where the file tells it, and where a character of it stands."""

    name: str
    text: str
    lang: str | None
    where: Callable[[int], tuple[int, int]]


class Lines:
    """Where the characters of a file are."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Its line and column, from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def replies(path: str, text: str) -> list[Reply]:
    """The replies of a file, known by the end of its name. Raises UsageError, ContentError (YAML)."""
    ending = os.path.splitext(path)[1].lower()
    if ending not in WAYS:
        raise UsageError("unknown_library", file=path, choices=[*WAYS])
    found = [reply for reply in WAYS[ending](path, text) if reply.text.strip()]
    if not found and text.strip():
        raise UsageError("no_replies", file=path, names=TEXTS[:9])
    return found


def _plain(_path: str, text: str) -> Iterator[Reply]:
    yield Reply("", text, None, Lines(text).at)


def _markdown(_path: str, text: str) -> Iterator[Reply]:
    """What stands under each heading; a file without headings is one reply."""
    lines = Lines(text)
    front = _FRONT.match(text)
    fences = [found.span() for found in _FENCE.finditer(text)]
    heads = [found for found in _HEADING.finditer(text) if not any(start < found.start() < end for start, end in fences)]
    if not heads:
        start = front.end() if front else 0
        yield Reply("", text[start:], None, _moved(lines, start))
    for place, head in enumerate(heads):
        end = heads[place + 1].start() if place + 1 < len(heads) else len(text)
        yield Reply(head[1], text[head.end() : end], None, _moved(lines, head.end()))


def _moved(lines: Lines, start: int) -> Callable[[int], tuple[int, int]]:
    return lambda offset: lines.at(start + offset)


def _csv(path: str, text: str) -> Iterator[Reply]:
    found = rows(path, text)
    header = next(found, ([], 0, ""))[0]
    columns = [(place, lang) for place, title in enumerate(header) for is_text, lang in [_is_text(title)] if is_text]
    lows = [title.strip().lower() for title in header]
    named = next((lows.index(name) for name in NAMES if name in lows), None)
    spoken = next((lows.index(name) for name in LANGUAGE if name in lows), None)
    lines = Lines(text)
    for row, start, raw in found:
        name = row[named] if named is not None and named < len(row) else ""
        lang = _lang(row[spoken]) if spoken is not None and spoken < len(row) else None
        for place, of_column in columns:
            if place < len(row):
                yield Reply(name, row[place], of_column or lang, _in_cell(lines, start, raw, row[place]))


def _in_cell(lines: Lines, start: int, raw: str, cell: str) -> Callable[[int], tuple[int, int]]:
    """A quotation mark inside a quoted cell is written twice."""
    doubled = cell.replace('"', '""')
    quoted = raw.find(f'"{doubled}"')
    if quoted >= 0:
        return lambda offset: lines.at(start + quoted + 1 + offset + cell[:offset].count('"'))
    return lambda offset: lines.at(start + max(0, raw.find(cell)) + offset)


def _yaml(path: str, text: str) -> Iterator[Reply]:
    from clientcoach.content.source import Source
    from clientcoach.content.strict_yaml import parse
    from clientcoach.exchange.espanso import matches

    written = text.splitlines()
    root = parse(text.encode(), Source(path))
    found = matches(root)
    if found is not None:
        return (Reply(name, str(node.value), None, _in_yaml(written, node)) for name, node in found if node)
    return _walk(root, lambda node: _in_yaml(written, node))


def _in_yaml(written: Sequence[str], node: Any) -> Callable[[int], tuple[int, int]]:
    """The very place in a literal block (`|`) and in what is written on one line; else where the text begins."""

    def where(offset: int) -> tuple[int, int]:
        before = node.value[:offset]
        line = node.line + 1 + before.count("\n")
        column = offset - before.rfind("\n")
        if node.style == "|" and line <= len(written):
            return line, column + _indent(written[line - 1])
        whole = "\n" not in node.value and node.value in written[node.line - 1]
        return node.line, node.col + (offset + len(node.style) if whole else 0)

    return where


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _json(path: str, text: str) -> Iterator[Reply]:
    return _in_json(path, text, text, 0, Lines(text))


def _ndjson(path: str, text: str) -> Iterator[Reply]:
    lines = Lines(text)
    for start, after in zip(lines.starts, [*lines.starts[1:], len(text)], strict=True):
        if text[start:after].strip():
            yield from _in_json(path, text, text[start:after], start, lines)


def _in_json(path: str, _text: str, part: str, start: int, lines: Lines) -> Iterator[Reply]:
    try:
        found = json.loads(part)
    except (ValueError, RecursionError) as error:
        reason = f"{error.msg}, line {lines.at(start + error.pos)[0]}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise UsageError("bad_json", file=path, reason=reason) from error
    tokens = _JSON_TEXT.finditer(part)

    def placed(text: str) -> Callable[[int], tuple[int, int]]:
        """The texts come in the order of the file, so that each is looked for after the last."""
        token = next((token for token in tokens if json.loads(token[0], strict=False) == text), None)
        units = _JSON_UNIT.findall(token[0][1:-1]) if token else []
        begin = start + (token.start() + 1 if token else 0)
        return lambda offset: lines.at(begin + sum(map(len, units[:offset])))

    return _walk(found, placed)


def _walk(root: Any, placed: Callable[[Any], Callable[[int], tuple[int, int]]]) -> Iterator[Reply]:
    """The texts under keys that hold replies, in the order of the file, however deep. `root`: plain values, or nodes of YAML."""
    waiting: list[tuple[Any, str, str | None, bool]] = [(root, "", None, isinstance(_value(root), list))]
    while waiting:
        node, name, lang, is_text = waiting.pop()
        value = _value(node)
        if isinstance(value, dict):
            waiting += reversed(list(_of_mapping(value, name, lang)))
        elif isinstance(value, list):
            waiting += reversed([(inner, name, lang, is_text) for inner in value])
        elif is_text and isinstance(value, str):
            yield Reply(name, value, lang, placed(node))


def _of_mapping(value: dict[str, Any], name: str, lang: str | None) -> Iterator[tuple[Any, str, str | None, bool]]:
    low = {key.lower(): _value(inner) for key, inner in value.items()}
    name = next((low[one] for one in NAMES if isinstance(low.get(one), str)), name)
    lang = next((_lang(low[one]) for one in LANGUAGE if isinstance(low.get(one), str)), lang)
    for key, inner in value.items():
        is_text, of_key = _is_text(key)
        yield inner, name, of_key or lang, is_text


def _value(node: Any) -> Any:
    return node.value if hasattr(node, "style") else node


def _is_text(title: str) -> tuple[bool, str | None]:
    """Whether a column or key holds replies, and in which language where it says so (`text_pl`)."""
    low = title.strip().lower()
    found = SUFFIX.fullmatch(low)
    base, lang = (found[1], _lang(found[2])) if found else (low, None)
    return base in TEXTS or base.removesuffix("s") in TEXTS, lang


def _lang(text: str) -> str | None:
    code = text.strip().lower()[:2]
    code = LANG_ALIASES.get(code, code)
    return code if code in LANGS else None


WAYS: dict[str, Way] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".yaml": _yaml,
    ".yml": _yaml,
    ".json": _json,
    ".ndjson": _ndjson,
    ".jsonl": _ndjson,
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
}
