"""What check found: for a worker (the words, what is wrong, what to say), and in the forms that other programs read."""

from __future__ import annotations

from clientcoach import __version__
from clientcoach.case.text import safe
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Strings = Mapping[str, Any]

GITHUB = {"error": "error", "warning": "warning", "hint": "notice"}
SARIF = {"error": "error", "warning": "warning", "hint": "note"}
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def check(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """`line:col level message` each, what to say instead under it, and the steps that are there."""
    lines = _findings(data, strings)
    there = [word(strings, f"step.{name}") for name, step in data["steps"].items() if step["found"]]
    lines.append(word(strings, "check.steps", steps=there or "–"))
    if not data["findings"]:
        lines.append(word(strings, "check.clean"))
    return "".join(f"{line}\n" for line in lines)


def replies(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """`file:line:col level message` each, with the name of the reply, and how many there were."""
    lines = _findings(data, strings)
    lines.append(word(strings, "check.replies", count=data["replies"]))
    if not data["findings"]:
        lines.append(word(strings, "check.clean"))
    return "".join(f"{line}\n" for line in lines)


def draft(text: str, _strings: Strings, _mark: str) -> str:
    """A draft without what could move a terminal's cursor; its lines and tabs stay."""
    import re

    return re.sub(r"[^\t\r\n]+", lambda found: safe(found[0]), text)


def _findings(data: Mapping[str, Any], strings: Strings) -> list[str]:
    """What to say instead of several things stands once, under the first."""
    said: set[str] = set()
    lines = []
    for finding in data["findings"]:
        lines.append(_finding(finding, strings))
        instead = finding.get("replacement")
        if instead and instead not in said:
            lines.append(f"    → {safe(instead)}")
            said.add(instead)
    return lines


def _finding(finding: Mapping[str, Any], strings: Strings) -> str:
    file = f"{safe(finding['file'])}:" if "file" in finding else ""
    why = f" ({', '.join(finding['why'])})" if finding["why"] else ""
    level = word(strings, f"check.level_{finding['level']}")
    return f"{file}{finding['line']}:{finding['column']} {level} {finding['rule']}: {safe(finding['message'])}{why}"


def github(data: Mapping[str, Any]) -> str:
    """Workflow commands that put each finding beside its line."""
    return "".join(
        f"::{GITHUB[one['level']]} file={_property(_file(one, data))},line={one['line']},col={one['column']},"
        f"title={one['rule']}::{_escaped(one['message'])}\n"
        for one in data["findings"]
    )


def _file(finding: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """The file a finding is in: its own, in a library of replies."""
    name: str = finding.get("file") or data["file"]
    return name


def _escaped(text: str) -> str:
    return safe(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def sarif(data: Mapping[str, Any]) -> dict[str, Any]:
    """SARIF 2.1.0 with one run."""
    rules = list(dict.fromkeys(one["rule"] for one in data["findings"]))
    results = [_result(one, data) for one in data["findings"]]
    driver = {"name": "clientcoach", "version": __version__, "rules": [{"id": rule} for rule in rules]}
    return {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _result(one: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    region = {"startLine": one["line"], "startColumn": one["column"]}
    if "file" not in one:  # in a library an offset is one into its reply
        region |= {"charOffset": one["start"], "charLength": one["end"] - one["start"]}
    location = {"physicalLocation": {"artifactLocation": {"uri": _uri(_file(one, data))}, "region": region}}
    return {"ruleId": one["rule"], "level": SARIF[one["level"]], "message": {"text": one["message"]}, "locations": [location]}


def _uri(path: str) -> str:
    from urllib.parse import quote

    return "stdin" if path == "-" else quote(path.replace("\\", "/"), errors="replace")
