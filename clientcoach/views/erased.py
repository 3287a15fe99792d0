"""What was erased or copied, as plain text: a certificate to be filed, counts before and after."""

from __future__ import annotations

from clientcoach.case.text import safe
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Strings = Mapping[str, Any]


def forgotten(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """The certificate; before the erasure only what it would take."""
    return "".join(f"{line}\n" for line in (_certificate if data["done"] else _held)(data, strings))


def _held(data: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    yield from _counts(data, strings)
    yield from map(safe, data["copies"])
    if any(data["counts"][name] for name in ("incidents", "promises", "drafts")):
        yield word(strings, "forget.how")
    else:
        yield word(strings, "forget.nothing")


def _certificate(data: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    yield word(strings, "forget.title")
    for name in ("at", "actor", "reason", "reference"):
        if data[name]:
            yield f"{word(strings, f'forget.{name}')}: {safe(data[name])}"
    yield from _counts(data, strings)
    yield f"{word(strings, 'forget.records')}:"
    yield from (f"  {name}" for name in data["records"])
    yield f"{word(strings, 'forget.audit')}: {data['audit']['seq']} {data['audit']['chain']}"


def _counts(data: Mapping[str, Any], strings: Strings) -> Iterator[str]:
    yield from (f"{word(strings, f'forget.{name}')}: {count}" for name, count in data["counts"].items())


def pruned(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """What was taken out, or would be; then what stays because a promise is open."""
    if not (data["personal"] or data["details"]):
        return ""
    key = "prune.done" if data["done"] else "prune.due"
    kinds = {name: sum(data[name].values()) for name in ("erased", "scrubbed")}
    lines = [word(strings, key, **kinds, copies=len(data["copies"]))]
    if data["open"]:
        lines.append(word(strings, "prune.open", count=data["open"]))
    if not data["done"] and (any(kinds.values()) or data["copies"]):
        lines.append(word(strings, "prune.how"))
    return "".join(f"{line}\n" for line in lines)


def copied(data: Mapping[str, Any], strings: Strings, _mark: str) -> str:
    """What came of all records, in one line."""
    names = ("copied", "there_already", "updated", "erased_there", "conflicts")
    return word(strings, "log.copied", **{name: data[name] for name in names}) + "\n"
