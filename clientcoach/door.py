"""The front door: exact, complete command lines, without importing Typer. Anything else is None, and Typer judges it."""

from __future__ import annotations

from clientcoach.options import VERBS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

LITERAL = frozenset(["complete"])  # its words may look like flags; they are only words


def parse(argv: Sequence[str]) -> tuple[str, dict[str, Any]] | None:
    """(verb, values) where every word is known and every value is there; None hands over to Typer."""
    for length in (2, 1):
        verb = " ".join(argv[:length])
        if len(argv) >= length and verb in VERBS:
            return ("complete", {"words": list(argv[1:])}) if verb in LITERAL else _walk(verb, argv[length:])
    return None


def _walk(verb: str, words: Sequence[str]) -> tuple[str, dict[str, Any]] | None:
    spec = VERBS[verb]["options"]
    flags = {flag: name for name, option in spec.items() for flag in option["flags"]}
    places = [name for name, option in spec.items() if not option["flags"]]
    values: dict[str, Any] = {}
    rest = iter(words)
    for word in rest:
        name = flags.get(word) if word.startswith("-") and word != "-" else _next(places, spec)
        if name is None:
            return None
        option = spec[name]
        if option.get("switch"):
            values[name] = True
            continue
        raw = next(rest, None) if option["flags"] else word
        if raw is None or (raw.startswith("-") and raw != "-"):
            return None
        values[name] = [*values.get(name, ()), raw] if option.get("many") else raw
    return None if any(spec[name]["required"] and name not in values for name in places) else (verb, values)


def _next(places: list[str], spec: dict[str, Any]) -> str | None:
    """What the next word is; one that takes many takes the rest."""
    return None if not places else places[0] if spec[places[0]].get("many") else places.pop(0)
