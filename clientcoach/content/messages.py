"""ICU MessageFormat → the small tree that `wording/evaluate.py` renders.

`pyicumessageformat` parses (the parser Weblate checks with); what it lets through is refused here: other types than select and
plural, plural categories that are not the language's, duplicate selectors, offsets, dotted names, bare `#`, unknown variables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyicumessageformat import Parser

from clientcoach.content.facts import GENDERS
from clientcoach.content.positions import position
from clientcoach.content.source import nearest
from clientcoach.wording.languages import language
from clientcoach.wording.plural import categories
from clientcoach.wording.variables import VARIABLES

if TYPE_CHECKING:
    from clientcoach.coach.shapes import Form, Message
    from clientcoach.content.facts import Scope
    from clientcoach.content.source import Node, Source

MAX_LENGTH = 1000  # characters of a text
MAX_DEPTH = 6  # selects and plurals inside one another

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_EXACT = re.compile(r"=(0|[1-9][0-9]{0,5})", re.ASCII)
_AT = re.compile(r" at position (\d+)")


def compile_message(node: Node, source: Source, scope: Scope) -> Form:
    """The text as a tree and the variables it cannot do without; what is wrong is reported to `source`, at its place."""
    work = _Work(node, source, scope)
    message = work.read()
    needs = sorted(name for name in work.names if not _always(scope, name))
    return {"text": message, "needs": needs}


def _always(scope: Scope, name: str) -> bool:
    spec = (scope.variables or {}).get(name)
    return bool(spec and spec["always"])


@dataclass(slots=True)
class _Work:
    """One text on its way from ICU to the tree."""

    node: Node
    source: Source
    scope: Scope
    names: set[str] = field(default_factory=set)
    selectors: dict[tuple[int, str], int] = field(default_factory=dict)

    def wrong(self, code: str, message: str, offset: int) -> None:
        self.source.report(code, message, position(self.node, self.source, offset))

    def read(self) -> Message:
        text = self.node.value
        if not isinstance(text, str) or not text.strip():
            self.wrong("empty-text", "a text is expected here", 0)
            return []
        if len(text) > MAX_LENGTH:
            self.wrong("message-length", f"longer than {MAX_LENGTH} characters", MAX_LENGTH)
            return []
        tokens: list[dict[str, str]] = []
        parser = Parser({"include_indices": True, "maximum_depth": MAX_DEPTH + 1, "require_other": False})
        try:
            tree = parser.parse(text, tokens)
        except SyntaxError as error:
            self.syntax(str(error), len(text))
            return []
        self.marks(tokens)
        return self.message(tree)

    def syntax(self, reason: str, end: int) -> None:
        at = _AT.search(reason)
        offset = int(at[1]) if at else end
        if "recursion" in reason:
            self.wrong("message-depth", f"more than {MAX_DEPTH} selects and plurals inside one another", offset)
        else:
            self.wrong("message-syntax", f"not a valid message: {_AT.sub('', reason) or 'it ends too early'}", offset)

    def marks(self, tokens: list[dict[str, str]]) -> None:
        """The places of the selectors, and what the tree no longer shows: duplicates, offsets, bare or quoted `#` and braces."""
        offset = 0
        opened: list[int] = []
        for token in tokens:
            text, kind = token["text"], token["type"]
            if kind == "syntax" and text == "{":
                opened.append(offset)
            elif kind == "syntax" and text == "}":
                opened.pop()
            elif kind == "selector":
                if (opened[-1], text) in self.selectors:
                    self.wrong("duplicate-selector", f"'{text}' is given twice", offset)
                self.selectors[opened[-1], text] = offset
            elif kind == "offset":
                self.wrong("plural-offset", "offset: is not allowed", offset)
            elif kind == "text" and (stray := next((place for place, char in enumerate(text) if char in "#{}"), None)) is not None:
                self.wrong(
                    "stray-character",
                    f"'{text[stray]}' may only stand for a number inside plural or around a variable",
                    offset + stray,
                )
            offset += len(text)

    def message(self, tree: list[Any]) -> Message:
        parts: Message = []
        for token in tree:
            part = token if isinstance(token, str) else self.placeholder(token)
            if part and isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            elif part:
                parts.append(part)
        return parts

    def placeholder(self, token: dict[str, Any]) -> list[Any] | None:
        if token.get("hash"):
            return ["#"]
        name, kind, start = token["name"], token.get("type"), token["start"]
        if kind not in (None, "select", "plural"):
            self.wrong("unknown-type", f"'{kind}' is not allowed; only select and plural are", start)
        elif self.known(name, kind, start):
            self.names.add(name)
            if kind is None:
                return ["v", name]
            options = token["options"]
            (self.select if kind == "select" else self.plural)(name, options, start)
            branches = {key: self.message(tree) for key, tree in options.items()}
            if not any(branches.values()):
                self.wrong("empty-branches", f"every branch of '{name}' is empty", start)
            return [kind[0], name, branches]
        return None

    def known(self, name: str, kind: str | None, start: int) -> bool:
        if not _NAME.fullmatch(name):
            reason = "names have no dots" if "." in name else "a name is lower-case letters, digits and _"
            self.wrong("bad-variable", f"'{name}': {reason}", start)
            return False
        if self.scope.variables is None:
            return True
        if name in self.scope.facts:
            kinds = "enum"
        elif spec := self.scope.variables.get(name):
            kinds = spec["kind"]
            if name in VARIABLES and name not in language(self.scope.lang).EXAMPLES:
                self.wrong("variable-language", f"'{name}' does not exist in {self.scope.lang}", start)
                return False
        else:
            self.wrong(
                "unknown-variable",
                f"'{name}' is not a variable{nearest(name, [*self.scope.variables, *self.scope.facts])}",
                start,
            )
            return False
        return self.fits(name, kinds, kind, start)

    def fits(self, name: str, has: str, kind: str | None, start: int) -> bool:
        if (has == "enum") != (kind == "select") or (kind == "plural" and has != "count"):
            use = {"enum": "select", "count": "plural or alone"}.get(has, "alone")
            self.wrong(
                "variable-kind",
                f"'{name}' can only be used with {use}" if has != "text" else f"'{name}' can only stand alone",
                start,
            )
            return False
        return True

    def select(self, name: str, options: dict[str, Any], start: int) -> None:
        allowed = self.scope.facts.get(name, GENDERS) if self.scope.variables is not None else None
        for key in options:
            if key != "other" and ((allowed is not None and key not in allowed) or not _NAME.fullmatch(key)):
                self.wrong(
                    "unknown-selector",
                    f"'{key}' is not a value of '{name}'{nearest(key, allowed or ())}",
                    self.selectors[start, key],
                )
        if "other" not in options:
            self.wrong("no-other", f"select on '{name}' needs a branch other", start)

    def plural(self, name: str, options: dict[str, Any], start: int) -> None:
        wanted = categories(self.scope.lang)
        for key in options:
            if key not in wanted and not _EXACT.fullmatch(key):
                self.wrong(
                    "plural-category",
                    f"'{key}' is not a plural form of {self.scope.lang}: {' '.join(wanted)}",
                    self.selectors[start, key],
                )
        missing = [key for key in wanted if key not in options]
        if missing:
            self.wrong("plural-category", f"plural on '{name}' needs {' '.join(missing)} in {self.scope.lang}", start)
