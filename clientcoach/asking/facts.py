"""The panel of facts: which one, and then its value; what can be picked is picked, the rest is typed."""

from __future__ import annotations

from clientcoach.asking.panel import Panel
from clientcoach.case.fields import FIELDS
from clientcoach.case.read import read_field
from clientcoach.wording.evaluate import fragment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    OwnWord = Callable[[str, str], str]  # of a fact, and `label` or a value

    from clientcoach.asking.live import Live
    from clientcoach.asking.panel import Item

# The home row first: what is asked in most calls.
FACTS = (
    "cause", "order", "item", "promised", "verified", "fault", "customer", "amount", "prior",
    "customer_gender", "deadline", "hardship", "address", "reference", "relationship", "channel", "received", "lang",
)  # fmt: skip
PRIOR = 5  # failures that have a key
TYPED = ("text", "id")  # kinds that a pasted text can be
OTHER, MESSAGE = object(), object()
SHOWN = 80  # characters of a pasted text


def fact_panel(live: Live) -> Panel:
    """Every fact with what is known of it."""
    own, word = live.call.desk().playbook["facts"], own_words(live)
    known = live.call.case.get("set", {})
    items: list[Item] = [((name, values), _own_label(word, name, known.get(name))) for name, values in own.items()]
    items += [(name, _with_value(live, name)) for name in FACTS]
    return Panel(live.words("screen.fact"), items, lambda name: _value_panel(live, name))


def _own_label(word: OwnWord, name: str, value: str | None) -> str:
    label = word(name, "label")
    return f"{label}: {word(name, value)}" if value else label


def own_words(live: Live) -> OwnWord:
    """What the worker reads for a fact of the playbook's own (`label`) or one of its values; without words its name."""
    words, values = live.call.world.notes()["fact"], live.call.desk().values

    def word(name: str, of: str) -> str:
        form = words.get(name, {}).get(of)
        return fragment(form["text"], values) if form else name if of == "label" else of

    return word


def paste_panel(live: Live, text: str) -> Panel:
    """Which fact a pasted text is; of a customer's message first the dangers in it, then all that it tells."""
    message = live.words.message(text)
    facts, dangers = message["facts"], message["dangers"]
    items: list[Item] = [((kind,), f"! {live.words(f'kind.{kind}')}") for kind in dangers]
    if facts:
        items.append((MESSAGE, live.words("screen.message", facts=[_of_message(live, name, raw) for name, raw in facts.items()])))
    items += [(name, live.words(f"field.{name}")) for name in FACTS if FIELDS[name]["kind"] in TYPED]

    def take(value: Any) -> None:
        if isinstance(value, tuple):
            live.act("interrupt", kind=value[0])
        elif value is MESSAGE:
            live.act("fact", set=facts)
        else:
            live.fact(value, text)

    return Panel(live.words("screen.paste", text=text if len(text) <= SHOWN else f"{text[:SHOWN]}…"), items, take)


def _of_message(live: Live, name: str, raw: Any) -> str:
    """A fact of a message, short: a choice alone, the rest with its name."""
    value, kind = read_field(name, raw), FIELDS[name]["kind"]
    if name == "anger":
        return live.words("screen.anger", value=value)
    if kind == "yes_no":
        return live.words(f"field.{name}")
    return told(live, name, value) if kind in {"choice", "number"} else f"{live.words(f'field.{name}')} {told(live, name, value)}"


def _with_value(live: Live, name: str) -> str:
    label, value = live.words(f"field.{name}"), live.call.case.get(name)
    return label if value is None or value is False else f"{label}: {told(live, name, value)}"


def told(live: Live, name: str, value: Any) -> str:
    """A value of a fact as the worker reads it."""
    spec = FIELDS[name]
    if spec["kind"] == "choice":
        return live.words(f"value.{name}.{value}")
    if spec["kind"] == "yes_no":
        return live.words("value.yes" if value else "value.no")
    if spec["kind"] == "money":
        return live.words.money(value["minor"], value["currency"])
    if spec["kind"] == "number":
        return live.words(f"value.{name}", count=value)
    return live.words.day(name, value) if spec["kind"] == "moment" else str(value)


def _value_panel(live: Live, name: Any) -> Panel | None:
    if isinstance(name, tuple):  # a fact of the playbook's own
        return _own_panel(live, *name)
    kind, title, now = FIELDS[name]["kind"], live.words(f"field.{name}"), live.call.case.get(name)
    if kind == "yes_no":  # no toggle: a slip of the hand must not make a stranger a verified customer
        return Panel(
            title, [(True, live.words("value.yes")), (False, live.words("value.no"))], lambda value: live.fact(name, value), at=now
        )
    if kind == "choice":
        items: list[Item] = [(value, live.words(f"value.{name}.{value}")) for value in FIELDS[name]["choices"]]
        return Panel(title, [*items, *_forget(live, name)], lambda value: live.fact(name, value), at=now)
    if kind == "number":
        counts: list[Item] = [(count, live.words("value.prior", count=count)) for count in range(PRIOR + 1)]
        return Panel(title, [*counts, *_forget(live, name)], lambda value: live.fact(name, value), at=now)
    if kind == "moment":
        days = live.words.times() if name == "deadline" else live.words.days()
        items = [*days, (OTHER, live.words("screen.type_it")), *_forget(live, name)]
        return Panel(title, items, lambda value: _typed(live, name) if value is OTHER else live.fact(name, value))
    return _typed(live, name)


def _own_panel(live: Live, name: str, values: list[str]) -> Panel:
    known = live.call.case.get("set", {})
    others = {other: value for other, value in known.items() if other != name}
    forget = [(None, live.words("screen.forget"))] if name in known else []

    def take(value: str | None) -> None:
        live.fact("set", {**others, name: value} if value else others)

    word = own_words(live)
    return Panel(word(name, "label"), [*((value, word(name, value)) for value in values), *forget], take, at=known.get(name))


def _typed(live: Live, name: str) -> Panel:
    now = live.call.case.get(name)
    text = "" if now is None or FIELDS[name]["kind"] in {"money", "moment"} else str(now)

    def take(typed: str) -> None:
        live.fact(name, typed.strip() or (None if name in live.call.case else ""))

    return Panel(live.words(f"field.{name}"), take=take, entry=text)


def _forget(live: Live, name: str) -> list[Item]:
    """What was told can be taken back; a language cannot be unknown."""
    return [(None, live.words("screen.forget"))] if name in live.call.case and name != "lang" else []
