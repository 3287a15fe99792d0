"""`complete WORDS…`: what can stand after the words typed so far, one a line. The static completion scripts call it for values."""

from __future__ import annotations

from clientcoach.case.fields import FIELDS, LANGS, STEPS
from clientcoach.commands import Result
from clientcoach.options import OPT_INS, POLICIES, VERBS
from clientcoach.settings import NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env


def run(values: Mapping[str, Any], env: Env) -> Result:
    """The candidates; nothing at all where anything is possible."""
    return Result("plain", "".join(f"{word}\n" for word in candidates(values.get("words", []), env)))


def candidates(words: list[str], env: Env) -> list[str]:
    """What can follow `words`, not filtered by what is typed of the next one: the shell does that."""
    verb = next((" ".join(words[:length]) for length in (2, 1) if " ".join(words[:length]) in VERBS and len(words) >= length), None)
    if verb is None:
        heads = [name.split() for name in VERBS]
        return sorted({head[len(words)] for head in heads if head[: len(words)] == words and len(head) > len(words)})
    options: dict[str, dict[str, Any]] = VERBS[verb]["options"]
    flags = {flag: name for name, option in options.items() for flag in option["flags"]}
    last = flags.get(words[-1])
    if last and not options[last].get("switch"):
        return _values(last, options[last], env)
    places = [name for name, option in options.items() if not option["flags"]][_placed(words[len(verb.split()) :], flags, options) :]
    found = [word for name in places for word in _values(name, options[name], env)]
    tails = [name.split()[1] for name in VERBS if name.startswith(f"{verb} ")] if words == [verb] else []  # `promises`, `promises add`
    return [*tails, *found, *sorted(flag for flag, name in flags.items() if flag not in words or options[name].get("many"))]


def _placed(words: list[str], flags: Mapping[str, str], options: Mapping[str, Mapping[str, Any]]) -> int:
    """How many of the words typed are neither flags nor their values."""
    rest, count = iter(words), 0
    for word in rest:
        if not word.startswith("-"):
            count += 1
        elif word in flags and not options[flags[word]].get("switch"):
            next(rest, None)
    return count


def closed(name: str, option: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of an option where they are a closed list; the completion scripts carry them."""
    kind = option.get("values")
    if kind in {"acts", "rules"}:
        from clientcoach.drill.acts import ACTS
        from clientcoach.drill.score import RULES

        return ACTS if kind == "acts" else tuple(RULES)
    if kind:
        return {"steps": STEPS, "settings": NAMES, "langs": LANGS, "policies": POLICIES, "opt_ins": OPT_INS}.get(kind, ())
    return tuple(option.get("choices") or FIELDS.get(name, {}).get("choices", ()))


def asked(name: str, option: Mapping[str, Any]) -> bool:
    """Whether the values depend on this installation, so that a completion has to ask for them."""
    return option.get("values") in {"schemas", "playbooks", "personas"} or name in {"offer", "playbook"}


def _values(name: str, option: Mapping[str, Any], env: Env) -> list[str]:
    if not asked(name, option):
        return list(closed(name, option))
    if option.get("values") == "schemas":
        from clientcoach.commands.schemas import names

        return names()
    return _from_content("persona" if option.get("values") == "personas" else name, env)


def _from_content(name: str, env: Env) -> list[str]:
    from clientcoach.commands.session import Session
    from clientcoach.content import library
    from clientcoach.errors import CoachError

    try:
        session = Session({}, env)
        if name == "offer":
            return [offer["id"] for offer in session.policy("en")["offers"]]
        return list(library.personas(session.places) if name == "persona" else library.names(session.places))
    except CoachError:
        return []  # a completion is no place to complain
