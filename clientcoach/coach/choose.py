"""Which phrase is said: the most specific one that fits, among equals the least recently used, then the seed."""

from __future__ import annotations

from clientcoach.coach.facts import holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from clientcoach.coach.shapes import Form, Phrase
    from clientcoach.wording.values import Values

WRITTEN = ("chat", "email")


def form_of(phrase: Phrase, wish: str | None) -> Form:
    """The wished form (`short`, `softer`, `firmer`, `written`), else the spoken one; a verbatim phrase has only one."""
    forms = phrase["forms"]
    return forms["say"] if wish is None or phrase["verbatim"] else forms.get(wish, forms["say"])


def wish_of(channel: str | None, wish: str | None = None) -> str | None:
    """The form a channel reads best, unless another was wished for."""
    return wish or ("written" if channel in WRITTEN else None)


def sayable(form: Form, values: Values) -> bool:
    """Nothing the text needs is unknown."""
    needs = form["needs"]
    return not needs or all(values.known(name) for name in needs)


def rank(
    phrases: list[Phrase],
    facts: Mapping[str, str],
    values: Values,
    *,
    used: Mapping[str, int] | None = None,
    seed: int = 0,
    wish: str | None = None,
) -> list[Phrase]:
    """The eligible phrases, best first. `used` tells when a phrase was last said (higher is later)."""
    fitting = [
        phrase for phrase in phrases if (not phrase["when"] or holds(phrase["when"], facts)) and sayable(form_of(phrase, wish), values)
    ]
    turn = seed % len(fitting) if seed and fitting else 0
    ordered = fitting[turn:] + fitting[:turn] if turn else fitting
    if used:
        return sorted(ordered, key=lambda phrase: (-phrase["specificity"], used.get(phrase["id"], 0)))
    return sorted(ordered, key=lambda phrase: -phrase["specificity"])


def lacking(phrases: list[Phrase], facts: Mapping[str, str], values: Values, chosen: Phrase | None, wish: str | None = None) -> list[str]:
    """The variables that kept a more specific phrase from being said, in the order of the phrases."""
    floor = chosen["specificity"] if chosen else -1
    return [
        name
        for phrase in phrases
        if phrase["specificity"] > floor and holds(phrase["when"], facts)
        for name in form_of(phrase, wish)["needs"]
        if not values.known(name)
    ]


def said_names(form: Form, names: Collection[str] = ("addr_pre", "addr_mid")) -> bool:
    """Whether a form says the customer's name."""
    return any(isinstance(part, list) and part[0] == "v" and part[1] in names for part in form["text"])
