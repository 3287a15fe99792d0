"""A drill as words: the customer's lines and the trainee's, no number while it goes on."""

from __future__ import annotations

from textwrap import wrap

from clientcoach.case.text import safe
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    Json = Mapping[str, Any]

NARROWEST = 20  # columns


class Transcript:
    """Events (drill@1) as lines. `words`: what acts and rules are called; `width`: columns to break at, 0 for whole lines."""

    def __init__(self, words: Json, strings: Json, width: int = 0) -> None:
        self.words, self.strings, self.width = words, strings, max(width, NARROWEST) if width else 0
        self.name = ""

    def told(self, event: Json) -> str:
        """The lines of an event, each with its end; none for what is told otherwise."""
        return "".join(f"{line}\n" for line in getattr(self, f"_{event['type']}")(event))

    def wrapped(self, text: str, indent: str = "", room: int = 0) -> list[str]:
        """A text in lines that fit, each after `indent`, beside `room` columns of something else."""
        shown = safe(text)
        if not self.width:
            return [indent + shown]
        width = max(self.width - room, NARROWEST)
        return wrap(shown, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False) or [""]

    def _begin(self, event: Json) -> Iterator[str]:
        self.name = event["customer"] or word(self.strings, "drill.customer")
        again = f" ({word(self.strings, 'drill.again')})" if event["call"] > 1 else ""
        yield f"— {safe(event['title'])}{again} —"
        if event["call"] == 1:
            yield from self.wrapped(event["who"])
            yield from self.wrapped(word(self.strings, "drill.may", text=event["may"]))
        if event["rule"]:
            yield from self.wrapped(word(self.strings, "drill.practise", rule=self.rule(event["rule"])["name"]))

    def _customer(self, event: Json) -> Iterator[str]:
        yield from ("", *self.wrapped(f"{self.name}: {event['text'] or '…'}"))

    def _worker(self, event: Json) -> Iterator[str]:
        said = event["text"] or f"({self.acts(event['acts'])})"
        yield from ("", *self.wrapped(f"{word(self.strings, 'drill.you')}: {said}"))
        if event["by"] == "text":
            yield from self.wrapped(word(self.strings, "drill.read_as", acts=self.acts(event["acts"])), "   ")

    def _event(self, _event: Json) -> Iterator[str]:
        """Heard in what they say; a label would do the listening."""
        return iter(())

    def _hint(self, event: Json) -> Iterator[str]:
        yield from ("", *self.wrapped(word(self.strings, "drill.hint", tip=event["text"])))

    def _end(self, _event: Json) -> Iterator[str]:
        yield from ("", *self.wrapped(word(self.strings, "drill.ended")))

    def _debrief(self, event: Json) -> Iterator[str]:
        yield ""
        for line in event["lines"]:
            yield from self.wrapped(line)

    def acts(self, names: Iterable[str]) -> str:
        """Acts by what they are called: paraphrase + offer."""
        return " + ".join(safe(self.words["acts"][name]) for name in names)

    def rule(self, name: str) -> Json:
        """A rule's name, tip and reason."""
        rule: Json = self.words["rules"][name]
        return rule
