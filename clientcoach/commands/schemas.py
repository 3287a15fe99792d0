"""`schema NAME`: the JSON Schema of an answer, or of a kind of YAML that a team writes."""

from __future__ import annotations

import os

from clientcoach.case.read import unknown
from clientcoach.commands import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "schemas")
WRITTEN = (  # what `content.kinds` has, told apart from the answers by its ending; here so that a completion need not import it
    "_manifest.yml", "acts.yaml", "case.yaml", "drill-language.yaml", "drill-lines.yaml", "drill-model.yaml", "language.yaml",
    "lessons.yaml", "model.yaml", "persona.yaml", "playbook.yaml", "policy.yaml", "review.yaml", "rules.yaml", "signals.yaml", "ui.yaml",
)  # fmt: skip


def names() -> list[str]:
    """The schemas that there are."""
    return sorted([*(name.removesuffix(".json") for name in os.listdir(FOLDER) if name.endswith(".json")), *WRITTEN])


def run(values: Mapping[str, Any], _env: Env) -> Result:
    """One schema, or the list of names."""
    name = values.get("name")
    if name is None:
        return Result("plain", "".join(f"{each}\n" for each in names()))
    name = name.removeprefix("clientcoach/").partition("@")[0]
    if name not in names():
        raise unknown("schema", values["name"], names())
    if name in WRITTEN:
        import json

        from clientcoach.content.kinds import schema

        return Result("plain", json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n")
    with open(os.path.join(FOLDER, f"{name}.json"), encoding="utf-8") as file:
        return Result("plain", file.read())
