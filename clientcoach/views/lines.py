"""The call in plain lines: for a dumb terminal, a screen reader, a pipe. One line to say, marked; the rest is quiet around it."""

from __future__ import annotations

from clientcoach.views.messages import owner_of, word
from clientcoach.wording.outline import outline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from clientcoach.coach.call import Call

    Strings = Mapping[str, Any]
    Event = dict[str, Any]


def happened(events: list[Event], call: Call, strings: Strings) -> str:
    """What the events changed on screen: headings and notices, then the line to say now."""
    lines = [line for event in events for line in notices(event, call, strings)]
    return "".join(f"{line}\n" for line in [*lines, *_now(call, strings)])


def notices(event: Event, call: Call, strings: Strings) -> Iterator[str]:
    """What one event tells the worker."""
    kind = event["type"]
    if kind == "step" and "title" in event:
        yield f"\n— {event['number']}. {event['title']} —"
    elif kind == "interruption":
        yield f"\n! {call.advice()['title']}"
        if "card" in event:
            yield from (f"  * {note}" for note in event["card"]["notes"])
            yield from (f"  {name}: {number}" for name, number in event["card"]["numbers"].items())
    elif kind == "warning":
        yield f"! {event.get('message') or _warning(event, call, strings)}"
    elif kind == "promise":
        yield _promised(event, strings)
    elif kind == "offer":
        yield word(strings, f"call.offer_{event['answer']}", text=event["text"])
    elif kind == "anger":
        yield word(strings, "call.anger", to=str(event["to"]))
    elif kind == "end":
        yield from _end(event, call, strings)


def _warning(event: Event, call: Call, strings: Strings) -> str:
    key = f"call.{event['code']}"
    return word(strings, key if key in strings else f"warning.{event['code']}", steps=named(event.get("steps", ()), call, strings))


def named(names: Iterable[str], call: Call, strings: Strings) -> list[str]:
    """Steps by the interface's short names; those of a pack of one's own by their titles."""
    titles = call.world.notes()["title"]
    return [word(strings, key) if (key := f"step.{name}") in strings else outline(titles[name]["text"]) for name in names]


def _promised(promise: Mapping[str, Any], strings: Strings) -> str:
    by = promise["by"].replace("T", " ")[:16]
    return word(strings, "call.promised", what=promise["what"].rstrip("."), owner=owner_of(promise, strings), by=by)


def _end(event: Event, call: Call, strings: Strings) -> Iterator[str]:
    done = named([name for name, state in event["steps"].items() if state == "done"], call, strings)
    yield "\n" + word(strings, "call.end", outcome=word(strings, f"outcome.{event['outcome']}"), steps=done or "–")
    for promise in event["promises"]:
        yield _promised(promise, strings)


def _now(call: Call, strings: Strings) -> Iterator[str]:
    if call.ended:
        return
    line = call.line()
    if line is None:
        yield word(strings, "call.stopped" if call.turn else "call.all_said")
        return
    label = f"[{line['label']}] " if line["label"] else ""
    yield f"> {label}{line['text']}"
    if line["part"] == "options":
        yield from (f"    - {offer['text']}" for offer in call.offers() if not offer["needs_lead"])
    following = call.upcoming()
    if following:
        yield f"    ({word(strings, 'call.next')} {following['text']})"


def notes(call: Call, strings: Strings) -> str:
    """Notes and what to leave unsaid, when asked for."""
    advice = call.advice()
    lines = [f"  - {note}" for note in advice["notes"]]
    if advice["avoid"]:
        lines += [word(strings, "label.avoid"), *(f"  - {item['text']} — {item['why']}" for item in advice["avoid"])]
    return "".join(f"{line}\n" for line in lines)
