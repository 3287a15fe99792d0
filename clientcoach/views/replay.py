"""A call that is over, turn by turn, with the number of each: for a projector, for marking up."""

from __future__ import annotations

from clientcoach.views.debrief import acts_of, event_name, why
from clientcoach.views.drill import Transcript
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Json = Mapping[str, Any]

UNNAMED = frozenset(("softening", "one_more_thing"))  # heard in what is said


class Numbered(Transcript):
    """The transcript with numbered turns. `open_`: with what the trainee did not see, how it stood and what the customer did unasked."""

    def __init__(self, words: Json, strings: Json, width: int = 0, *, open_: bool = False) -> None:
        super().__init__(words, strings, width)
        self.open = open_

    def _worker(self, event: Json) -> Iterator[str]:
        said = event["text"] or f"({self.acts(event['acts'])})"
        yield from ("", *self.wrapped(f"{event['turn']}. {word(self.strings, 'drill.you')}: {said}"))
        if self.open:
            yield from self.wrapped(f"[{self.acts(event['acts'])}]", "   ")

    def _customer(self, event: Json) -> Iterator[str]:
        yield from super()._customer(event)
        if self.open:
            shown = (f"{word(self.strings, f'debrief.{name}')} {event['state'][name]}" for name in ("anger", "trust"))
            yield from self.wrapped(f"[{' · '.join(shown)}]", "   ")

    def _event(self, event: Json) -> Iterator[str]:
        if self.open and event["kind"] not in UNNAMED:
            yield from self.wrapped(f"! {event_name(event['kind'], self.strings)}", "   ")

    def paragraph(self, *texts: str) -> str:
        """Texts beside the call, each broken as its lines are."""
        return "".join(f"{line}\n" for text in texts for line in self.wrapped(text))


def task(rule: Json, strings: Json) -> str:
    """What to look for in a call: {name, tip}."""
    return word(strings, "debrief.spot", rule=rule["name"], tip=rule["tip"])


def verdict(told: Json, words: Json, strings: Json) -> list[str]:
    """What came of marking a turn (drill-spot@1): whether it was the one, why, and what to say there."""
    fault = told["fault"]
    key = "debrief.spot_right" if told["right"] else "debrief.spot_other"
    return [
        word(strings, key, turn=fault["turn"], said=fault["said"], acts=acts_of(fault["acts"], words)),
        why({**fault, "rule": told["rule"]}, words, strings),
        word(strings, "debrief.instead", text=fault["instead_said"]),
    ]
