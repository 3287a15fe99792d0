"""Answers as plain text, for pipes, dumb terminals and reading aloud: whole lines, never a table, never cut."""

from __future__ import annotations

from clientcoach.case.text import printable
from clientcoach.views.check import check, draft, replies
from clientcoach.views.doctor import checks, recovery
from clientcoach.views.erased import copied, forgotten, pruned
from clientcoach.views.exchange import exchange
from clientcoach.views.incidents import drafts, imported, saved
from clientcoach.views.incidents import whole as incident
from clientcoach.views.messages import problem, word
from clientcoach.views.promises import promise, promises
from clientcoach.views.script import lists, own_offers
from clientcoach.views.triage import explained, triage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    Strings = Mapping[str, Any]


def script(data: Mapping[str, Any], strings: Strings, mark: str) -> str:
    """The five steps: what to say first, then what to ask, what the worker minds, what to leave unsaid."""
    return "\n\n".join("\n".join(_step(step, strings, mark)) for step in data["steps"]) + "\n"


def _step(step: Mapping[str, Any], strings: Strings, mark: str) -> Iterator[str]:
    yield f"{step['number']}. {step['title']}"
    for line in step["say"]:
        label = f"[{line['label']}] " if line["label"] else ""
        yield f"   {label}{mark.format(line['text'])}"
        if line["part"] == "options":
            yield from (f"     - {offer}" for offer in own_offers(step))
    for heading, items in lists(step, strings):
        yield f"   {heading}"
        yield from (f"     - {item}" for item in items)


def say(data: Mapping[str, Any], _strings: Strings, _mark: str) -> str:
    """The line alone: it is piped into other programs."""
    return f"{data['text']}\n"


def playbooks(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """One playbook a line: its name, its languages, its folder; and in whose place it stands."""
    lines = []
    for book in data["playbooks"]:
        hides = f"  ({word(strings, 'label.hides', names=book['hides'])})" if "hides" in book else ""
        lines.append(f"{book['name']}  {' '.join(book['langs'])}  {printable(book['folder'])}{hides}\n")
    return "".join(lines)


def playbook(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """Steps, parts and phrases of a playbook, with the conditions of each phrase."""
    lines = [f"{data['playbook']} ({data['lang']})"]
    lines += [
        f"   --set {name}={'|'.join(fact['values'])}{': ' * bool(fact['label'])}{fact['label']}" for name, fact in data["facts"].items()
    ]
    for step in data["steps"]:
        lines += ["", f"{step['number']}. {step['title']}"]
        for part in step["parts"]:
            lines.append(f"   {part['part']}: {part['label']}")
            lines += [f"     {phrase['id']}{_when(phrase['when'])}: {phrase['text']}" for phrase in part["phrases"]]
    if data["interruptions"]:
        lines += ["", word(strings, "label.interruptions", kinds=data["interruptions"])]
    return "\n".join(lines) + "\n"


def _when(when: Mapping[str, list[str]]) -> str:
    return " [" + ", ".join(f"{name}={'|'.join(values)}" for name, values in when.items()) + "]" if when else ""


def lint(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """Findings as file:line:col code message with the line quoted, then a count."""
    found = [f"{problem(one)}\n" for one in data["problems"]]
    counts = {"errors": data["errors"], "warnings": data["warnings"], "files": data["playbooks"], "examples": data["examples"]}
    return "".join(found) + word(strings, "label.lint", **counts) + "\n"


def settings(data: Mapping[str, Any], _strings: Strings, _mark: str) -> str:
    """Every setting with its value and where it comes from."""
    return "".join(printable(f"{one['name']} = {one['value']}  ({one['origin']})") + "\n" for one in data["settings"])


def plain(data: str, _strings: Strings, _mark: str) -> str:
    """Text that is finished already, line by line; a file's name may hold anything."""
    return "\n".join(map(printable, data.split("\n")))


VIEWS: dict[str, Callable[[Any, Strings, str], str]] = {
    "script": script,
    "say": say,
    "playbooks": playbooks,
    "playbook": playbook,
    "lint": lint,
    "settings": settings,
    "checks": checks,
    "recovery": recovery,
    "promise": promise,
    "promises": promises,
    "plain": plain,
    "saved": saved,
    "incident": incident,
    "imported": imported,
    "triage": triage,
    "explained": explained,
    "check": check,
    "replies": replies,
    "draft": draft,
    "drafts": drafts,
    "forgotten": forgotten,
    "pruned": pruned,
    "copied": copied,
    "exchange": exchange,
}
