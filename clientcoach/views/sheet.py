"""Incidents as CSV for a spreadsheet. No cell can become a formula: a customer's words must not run on the manager's machine."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

ONE = (
    "id", "kind", "opened_at", "closed_at", "lang", "channel", "playbook", "cause", "reference", "worker",
    "anger_start", "anger_end", "softened", "warnings", "prior", "outcome", "worked", "better",
)  # fmt: skip
MANY = ("facts", "behaviours", "measures", "offers", "interruptions", "steps", "promises")
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def harmless(value: Any) -> str:
    """A cell's text; one that a spreadsheet would calculate begins with an apostrophe (OWASP's advice on CSV injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in FORMULA and text and not isinstance(value, (int, float)) else text  # -4.5 is a number


def rows(found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The heading, then a line for each incident (RFC 4180)."""
    yield row([*ONE, *MANY])
    for incident in found:
        many = ("; ".join(_items(name, incident[name])) for name in MANY)
        yield row([*(incident[name] for name in ONE), *many])


def row(values: Iterable[Any]) -> str:
    """One line of a table."""
    return ",".join(map(_quoted, map(harmless, values))) + "\r\n"


def _quoted(text: str) -> str:
    """By hand: `csv` would have to import `re`, and its writer needs a file."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\r\n;') or text != text.strip() else text


def _items(name: str, values: Any) -> Iterator[str]:
    if name == "steps":
        return (f"{step}={state}" for step, state in values.items())
    if name == "facts":
        return (f"{one['name']}={one['value']}" for one in values)
    if name == "offers":
        return (f"{one['id']}={one['answer']}" if one["answer"] else str(one["id"]) for one in values)
    if name == "promises":
        return (f"{one['what']} ({one['owner']}, {one['due']})" for one in values)
    return map(str, values)
