"""The kinds of YAML that a team writes, and the JSON Schema of each: what an editor completes, explains and underlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.case.fields import FIELDS, MAX_TEXT
from clientcoach.content.described import DESCRIBED, TITLES
from clientcoach.content.drills import DRILL_MODEL
from clientcoach.content.lessons import LESSONS
from clientcoach.content.manifest import MANIFEST
from clientcoach.content.persona_texts import LANGUAGE as DRILL_LANGUAGE
from clientcoach.content.persona_texts import LINES as DRILL_LINES
from clientcoach.content.personas import PERSONA
from clientcoach.content.rules import RULES
from clientcoach.content.schemas import LANGUAGE, PLAYBOOK, POLICY, REVIEW, UI
from clientcoach.content.shape import ListOf, MapOf, Text, some_text, whole
from clientcoach.content.signals import ACTS, MODEL, SIGNALS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clientcoach.content.shape import Schema, Shape

_SET = {"type": ["object", "array", "string"], "items": {"type": "string", "pattern": "="}, "pattern": "="}
_MONEY = {"properties": {"minor": {"type": "integer", "minimum": 0}, "currency": {"type": "string"}}, "required": ["minor", "currency"]}
_YES_NO = {"type": ["boolean", "integer", "string"], "minimum": 0, "maximum": 1, "pattern": "^(yes|no|true|false|on|off|1|0)$"}
_FIELDS: dict[str, Callable[[Mapping[str, Any]], Schema]] = {  # by the kinds of `case.fields`
    "choice": lambda spec: {"enum": [*spec["choices"], *spec.get("aliases", ())]},
    "number": lambda spec: whole(spec["min"], spec["max"]).schema(),
    "yes_no": lambda _: _YES_NO,
    "money": lambda _: {"type": ["string", "object"], "pattern": "[0-9]", **_MONEY, "additionalProperties": False},
    "names": lambda _: {**some_text(), **ListOf(Text()).schema(), "type": ["array", *some_text()["type"]]},
    "pairs": lambda _: {**MapOf(Text()).schema(), **_SET},
}


class CaseFile:
    """A case as `--case FILE` takes it; `case.read` reads it, for it may be JSON too."""

    def schema(self) -> Schema:
        kept = {"schema": {"const": "clientcoach/case@1"}, "id": some_text(), "playbook": some_text()}
        fields = {name: {"anyOf": [_field(spec), {"type": "null"}]} for name, spec in FIELDS.items()}
        return {"type": "object", "properties": {**kept, **fields}, "additionalProperties": False}


def _field(spec: Mapping[str, Any]) -> Schema:
    return _FIELDS[spec["kind"]](spec) if spec["kind"] in _FIELDS else {**some_text(), "maxLength": MAX_TEXT}


KINDS: dict[str, Shape | CaseFile] = {
    "_manifest.yml": MANIFEST,
    "acts.yaml": ACTS,
    "case.yaml": CaseFile(),
    "drill-language.yaml": DRILL_LANGUAGE,
    "drill-lines.yaml": DRILL_LINES,
    "drill-model.yaml": DRILL_MODEL,
    "language.yaml": LANGUAGE,
    "lessons.yaml": LESSONS,
    "model.yaml": MODEL,
    "persona.yaml": PERSONA,
    "playbook.yaml": PLAYBOOK,
    "policy.yaml": POLICY,
    "review.yaml": REVIEW,
    "rules.yaml": RULES,
    "signals.yaml": SIGNALS,
    "ui.yaml": UI,
}


def schema(kind: str) -> Schema:
    """The JSON Schema (draft 2020-12) of a kind, its keys described."""
    shape = KINDS[kind].schema()
    _describe(shape, DESCRIBED.get(kind, {}))
    name = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"clientcoach/{kind}@1", "title": TITLES[kind]}
    return {**name, **shape}


def _describe(node: Any, told: Mapping[str, str], path: str = "") -> None:
    """Says at each key what it is: by its path, or by its name alone where it is the same everywhere."""
    if isinstance(node, list):
        for item in node:
            _describe(item, told, path)
    elif isinstance(node, dict):
        for key, inner in (node.get("properties") or {}).items():
            where = f"{path}.{key}" if path else key
            text = told.get(where) or told.get(f"*.{key}")
            if text:
                inner["description"] = " ".join(filter(None, (text, inner.get("description"))))
            _describe(inner, told, where)
        for key in ("items", "additionalProperties", "anyOf"):
            _describe(node.get(key), told, path)
