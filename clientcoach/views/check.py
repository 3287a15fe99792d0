"""What check found: for a worker (the words, what is wrong, what to say), and in the forms that other programs read."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Strings = Mapping[str, Any]

GITHUB = {"error": "error", "warning": "warning", "hint": "notice"}
SARIF = {"error": "error", "warning": "warning", "hint": "note"}
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def check(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """`line:col level message` each, what to say instead under it, and the steps that are there."""
    lines = [line for finding in data["findings"] for line in _finding(finding, strings)]
    there = [word(strings, f"step.{name}") for name, step in data["steps"].items() if step["found"]]
    lines.append(word(strings, "check.steps", steps=there or "–"))
    if not data["findings"]:
        lines.append(word(strings, "check.clean"))
    return "".join(f"{line}\n" for line in lines)


def _finding(finding: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    why = f" ({', '.join(finding['why'])})" if finding["why"] else ""
    level = word(strings, f"check.level.{finding['level']}")
    yield f"{finding['line']}:{finding['column']} {level} {finding['rule']}: {safe(finding['message'])}{why}"
    if finding.get("replacement"):
        yield f"    → {safe(finding['replacement'])}"


def github(data: Mapping[str, Any]) -> str:
    """Workflow commands that put each finding beside its line."""
    file = _property(data["file"])
    return "".join(
        f"::{GITHUB[one['level']]} file={file},line={one['line']},col={one['column']},title={one['rule']}::{_escaped(one['message'])}\n"
        for one in data["findings"]
    )


def _escaped(text: str) -> str:
    return safe(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def sarif(data: Mapping[str, Any]) -> dict[str, Any]:
    """SARIF 2.1.0 with one run."""
    rules = list(dict.fromkeys(one["rule"] for one in data["findings"]))
    results = [_result(one, data) for one in data["findings"]]
    driver = {"name": "clientcoach", "rules": [{"id": rule} for rule in rules]}
    return {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _result(one: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    region = {"startLine": one["line"], "startColumn": one["column"], "charOffset": one["start"], "charLength": one["end"] - one["start"]}
    location = {"physicalLocation": {"artifactLocation": {"uri": data["file"]}, "region": region}}
    return {"ruleId": one["rule"], "level": SARIF[one["level"]], "message": {"text": one["message"]}, "locations": [location]}
