"""What those who write the words see: phrases to review or found, a playbook tried in a case, coverage, what was made or signed."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    Strings = Mapping[str, Any]

NAMED = 8  # phrases named in one line of a coverage


def review(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """Each phrase with its standing, its words, and those it was made from."""
    lines = [line for phrase in data["phrases"] for line in _reviewed(phrase, strings)]
    count = len(data["phrases"])
    end = word(strings, "authoring.to_review", count=count) if count else word(strings, "authoring.nothing_to_review")
    return "".join(f"{line}\n" for line in [*lines, end])


def _reviewed(phrase: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    standing = word(strings, f"authoring.status_{phrase['status']}")
    signed = phrase.get("signed")
    by = f" ({word(strings, 'authoring.was', by=signed['by'], on=signed['on'])})" if signed else ""
    yield f"{phrase['playbook']} {phrase['lang']} {phrase['id']}: {standing}{by}"
    yield from (f"    {name}: {safe(text)}" for name, text in phrase["forms"].items())
    source = phrase.get("source")
    if source:
        yield from (f"    {source['lang']} {name}: {safe(text)}" for name, text in source["forms"].items())


def approval(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """How many phrases were signed in each language, and where."""
    lines = [
        word(strings, "authoring.signed", playbook=data["playbook"], code=lang, count=len(names), by=data["by"])
        for lang, names in data["signed"].items()
        if names
    ]
    return "".join(f"{line}\n" for line in [*lines, word(strings, "authoring.kept_in", file=data["file"])] if lines) or (
        word(strings, "authoring.signed_nothing") + "\n"
    )


def new(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """Where the playbook is, and what to do next."""
    lines = [word(strings, "authoring.made", folder=data["folder"], langs=data["langs"])]
    if "packs" in data:
        lines.append(word(strings, "authoring.not_used", packs=data["packs"]))
    return "".join(f"{line}\n" for line in [*lines, word(strings, "authoring.next", folder=data["folder"])])


def found(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """One phrase a line, its other forms under it."""
    lines = [line for phrase in data["phrases"] for line in _found(phrase)]
    more = data["count"] - len(data["phrases"])
    if more:
        lines.append(word(strings, "authoring.more", count=more))
    return "".join(f"{line}\n" for line in lines or [word(strings, "authoring.nothing_found")])


def _found(phrase: Mapping[str, Any]) -> Iterator[str]:
    yield f"{phrase['playbook']} {phrase['lang']} {phrase['id']}: {safe(phrase['forms']['say'])}"
    yield from (f"    {name}: {safe(text)}" for name, text in phrase["forms"].items() if name != "say")


def tried(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """Every phrase of a playbook: what it says in the case, or what it lacks."""
    lines = [f"{data['playbook']} ({data['lang']})", word(strings, "authoring.marks", said="*", could="+", lacks="-")]
    for step in data["steps"]:
        lines += ["", f"{step['number']}. {step['title']}"]
        for part in step["parts"]:
            shut = "" if part["open"] else f" ({word(strings, 'authoring.not_now')})"
            lines.append(f"   {part['part']}: {part['label']}{shut}")
            lines += [f"   {_tried(phrase, part['chosen'], strings)}" for phrase in part["phrases"]]
    return "\n".join(lines) + "\n"


def _tried(phrase: Mapping[str, Any], chosen: str | None, strings: Strings) -> str:
    text = safe(phrase.get("says", phrase["text"]))
    if phrase["eligible"]:
        return f"{'*' if phrase['id'] == chosen else '+'} {phrase['id']}: {text}"
    return f"- {phrase['id']} [{word(strings, 'authoring.lacks', names=list(_lacks(phrase['lacks'], strings)))}]: {text}"


def _lacks(lacks: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    yield from (f"{name}={'|'.join(values)}" for name, values in lacks.get("when", {}).items())
    yield from (word(strings, key) if (key := f"field.{name}") in strings else name for name in lacks.get("fields", ()))
    if lacks.get("approval"):
        yield word(strings, "authoring.approval")


def lint_code(data: Mapping[str, Any], _strings: Strings, _mark: str) -> str:
    """What a code means, and how to mend it."""
    return f"{data['code']}: {data['means']}\n{data['mend']}\n"


def installed(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """What was installed, and where."""
    return (
        word(strings, "authoring.installed", name=data["name"], version=data["version"], folder=data["folder"], names=data["playbooks"])
        + "\n"
    )


def removed(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """What is gone."""
    return word(strings, "authoring.removed", name=data["name"], version=data["version"]) + "\n"


def pack_update(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """Each text that differs, as it was and as it would be; then whether it is done."""
    lines = [word(strings, "authoring.pack_changed_here")] if data["changed_here"] and not data["done"] else []
    for one in data["changes"]:
        lines.append(f"{one['file']} {safe(one['key'])}")
        lines += [f"    {sign} {safe(text)}" for sign, text in (("-", one["before"]), ("+", one["after"])) if text is not None]
    key = "authoring.updated" if data["done"] else "authoring.would_update" if data["changes"] else "authoring.same_words"
    lines.append(f"{data['name']} {data['before']} → {data['after']}. {word(strings, key, count=len(data['changes']))}")
    return "".join(f"{line}\n" for line in lines)


def coverage(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """A line for each playbook (by step and cause where some were named), then what is missing in it."""
    lines = []
    for name, lists in _by_playbook(data).items():
        lines.append(f"{name}: " + ", ".join(f"{one['lang']} {one['percent']} %" for one in lists))
        if data["detailed"]:
            lines += [f"  {_place(row, strings)}: {_counts(row)}" for row in data["rows"] if row["playbook"] == name]
        lines += [f"    {one['lang']} {told}" for one in lists for told in _lacking(one, strings)]
        lines += [f"    {told}" for one in data.get("use", ()) if one["playbook"] == name for told in _use(one, strings)]
    return "".join(f"{line}\n" for line in [*lines, _foot(data, strings)])


def coverage_markdown(data: Mapping[str, Any], strings: Strings) -> str:
    """The same as tables: percent for each playbook, counts for each step and cause where some were named."""
    heads = [word(strings, f"authoring.{name}") for name in ("playbook", "phrases")]
    rows = [[name, str(lists[0]["total"]), *(f"{one['percent']} %" for one in lists)] for name, lists in _by_playbook(data).items()]
    lines = list(_table([*heads, *data["langs"]], rows))
    if data["detailed"]:
        rows = [
            [f"{row['playbook']}: {_place(row, strings)}", str(row["total"]), *(str(row["current"][lang]) for lang in data["langs"])]
            for row in data["rows"]
        ]
        lines += ["", *_table([*heads, *data["langs"]], rows)]
    lacking = [f"- {one['playbook']} {one['lang']} {told}" for one in data["playbooks"] for told in _lacking(one, strings)]
    lacking += [f"- {one['playbook']} {told}" for one in data.get("use", ()) for told in _use(one, strings)]
    return "\n".join([*lines, "", *lacking, *([""] if lacking else []), _foot(data, strings)]) + "\n"


def _table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'--:|' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _by_playbook(data: Mapping[str, Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in data["playbooks"]:
        found.setdefault(one["playbook"], []).append(one)
    return found


def _place(row: Mapping[str, Any], strings: Strings) -> str:
    return f"{row['step']}, {word(strings, 'authoring.any_cause') if row['cause'] is None else row['cause']}"


def _counts(row: Mapping[str, Any]) -> str:
    return ", ".join(f"{lang} {count}/{row['total']}" for lang, count in row["current"].items())


def _lacking(one: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    for key in ("missing", "stale", "due"):
        if one[key]:
            yield word(strings, f"authoring.list_{key}", count=len(one[key]), names=_first(one[key]))
    if one["unsigned"]:
        yield word(strings, "authoring.unsigned", count=one["unsigned"])


def _use(one: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    if not one["said"]:
        yield word(strings, "authoring.never_said")
    elif one["unused"]:
        yield word(strings, "authoring.list_unused", count=len(one["unused"]), names=_first(one["unused"]))
    if one["rising"]:
        names = [f"{phrase['id']} ({phrase['before']} → {phrase['said']})" for phrase in one["rising"]]
        yield word(strings, "authoring.list_rising", count=len(names), names=_first(names))


def _first(names: list[str]) -> list[str]:
    return [*names[:NAMED], *(["…"] if len(names) > NAMED else [])]


def _foot(data: Mapping[str, Any], strings: Strings) -> str:
    least = data["min"]
    key = "authoring.lowest" if least is None or data["lowest"] >= least else "authoring.too_low"
    return word(strings, key, percent=data["lowest"], **({"least": least} if key == "authoring.too_low" else {}))


VIEWS: dict[str, Callable[[Any, Strings, str], str]] = {
    "review": review,
    "approval": approval,
    "new": new,
    "found": found,
    "tried": tried,
    "lint_code": lint_code,
    "coverage": coverage,
    "installed": installed,
    "pack_update": pack_update,
    "removed": removed,
}
