"""espanso: a match a line. Without a folder one match file, in a folder a package a playbook and language (`espanso install`).

By espanso's documents: https://espanso.org/docs/matches/basics, …/matches/forms, …/packages/package-specification.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from clientcoach.content.source import Source
from clientcoach.content.strict_yaml import parse
from clientcoach.errors import UsageError
from clientcoach.exchange.lines import Line, named
from clientcoach.exchange.plain import ADDRESS, Shown, plainly
from clientcoach.exchange.situation import braces, heading
from clientcoach.wording.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clientcoach.content.source import Node

FORM = "form1"  # the form that asks for the variables of a line
_FIELD = re.compile(r"\{\{\s*(?:\w+\.)?(\w+)\s*\}\}|\[\[\s*(\w+)\s*\]\]")


def variable(name: str) -> str:
    """A field of the form; who the customer is stays out, for a form would ask for a name with its comma."""
    return "" if name in ADDRESS else f"{{{{{FORM}.{name}}}}}"


def shown(line: Line) -> Shown:
    """The text as espanso holds it."""
    return plainly(line, variable)


def back(text: str, _lang: str) -> str:
    """A text of espanso with our variables. Its straight apostrophes quote in ICU, so they become ’."""
    return _FIELD.sub(lambda found: f"{{{found[1] or found[2]}}}", text.strip()).replace("'", "’")


def match_file(lines: Iterable[Line]) -> str:
    """The matches of the lines. Every text is quoted as JSON does it, which is YAML too."""
    return "".join(["matches:\n", *(_match(line) for line in lines)])


def packages(lines: Iterable[Line], today: str) -> Iterator[tuple[str, str]]:
    """(path, text) of every file of the packages; a new day is a new version."""
    kept: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        kept.setdefault((line.playbook, line.lang), []).append(line)
    for (playbook, lang), found in kept.items():
        name = f"clientcoach-{playbook}-{lang}".replace("_", "-")
        yield f"{name}/package.yml", match_file(found)
        yield f"{name}/_manifest.yml", _manifest(name, f"{playbook} ({lang})", ".".join(str(int(part)) for part in today.split("-")))
        yield f"{name}/README.md", f"# {playbook} ({lang})\n\nLines for calm answers, made by `clientcoach playbook export`.\n"


def _manifest(name: str, title: str, version: str) -> str:
    told = {"name": name, "title": title, "description": "Lines for calm answers to customers", "version": version, "author": "clientcoach"}
    return "".join(f"{key}: {_quoted(value)}\n" for key, value in told.items())


def _match(line: Line) -> str:
    text, _, names = shown(line)
    title, label = heading(line.title, line.lang), heading(line.label, line.lang)
    told = plainly(line, lambda name: "" if name in ADDRESS else braces(name)).text
    terms = [title, label, *(value for values in line.when.values() for value in values)]
    return (
        f"  - trigger: {_quoted(f':{line.key}:')}\n    replace: {_quoted(text)}\n    label: {_quoted(f'{label} · {told}')}\n"
        f"    search_terms: [{', '.join(map(_quoted, terms))}]\n{_form(names, line.lang) if names else ''}"
    )


def _form(names: Iterable[str], lang: str) -> str:
    """One field a variable, each with an example of how it is said: variables come inflected."""
    examples = language(lang).EXAMPLES
    layout = "\n".join(f"{name} ({examples[name]}): [[{name}]]" if name in examples else f"{name}: [[{name}]]" for name in names)
    return f"    vars:\n      - name: {FORM}\n        type: form\n        params:\n          layout: {_quoted(layout)}\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read(path: str, text: str) -> Iterator[Line]:
    """The matches of a file. Raises ContentError where it is no strict YAML, UsageError where it holds no matches."""
    found = matches(parse(text.encode(), Source(path)))
    if found is None:
        raise UsageError("no_matches", file=path)
    for trigger, node in found:
        playbook, where, lang = named(trigger.strip(":")) or ("", (), "")
        yield Line(playbook, where, lang, str(node.value) if node else "", row=node.line if node else 0, name=trigger)


def matches(root: Node) -> list[tuple[str, Node | None]] | None:
    """(trigger, text) of every match, no text where it is an image or HTML; None where this is no match file."""
    found = root.value.get("matches") if isinstance(root.value, dict) else None
    if found is None or not isinstance(found.value, list):
        return None
    return [_read(one.value) for one in found.value if isinstance(one.value, dict)]


def _read(match: dict[str, Any]) -> tuple[str, Node | None]:
    trigger = next((_first(match[key]) for key in ("trigger", "triggers", "regex") if key in match), "")
    return trigger, next((match[key] for key in ("replace", "form") if key in match and isinstance(match[key].value, str)), None)


def _first(node: Node) -> str:
    if isinstance(node.value, list):
        return _first(node.value[0]) if node.value else ""
    return node.value if isinstance(node.value, str) else ""
