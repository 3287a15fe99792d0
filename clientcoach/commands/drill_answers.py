"""`--answers`: what the trainee does, a JSON object a line; and what a text may be that somebody types into a drill."""

from __future__ import annotations

from clientcoach.case.read import near
from clientcoach.case.text import clean, is_text
from clientcoach.commands.drill_play import Step
from clientcoach.drill.acts import ACTS
from clientcoach.errors import CoachError, UsageError
from clientcoach.ndjson import objects
from clientcoach.records.drill_shape import MOST_ACTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, BinaryIO

    from clientcoach.commands.drill_play import Play

    Line = tuple[int, Mapping[str, Any] | UsageError]

LONGEST = 2000  # characters of a turn: minutes of speech
KEYS = ("act", "text", "hint")


class Answers:
    """`{"act": NAME or [NAMES]}`, `{"text": …}`, both (what the words were meant as), and `{"hint": true}` before or in one of them."""

    def __init__(self, source: BinaryIO, file: str) -> None:
        self.file = file
        self.lines: Iterator[Line] = objects(source, file)
        self.ahead: Line | None = None

    def more(self) -> bool:
        """Whether there is another line; it is waited for."""
        if self.ahead is None:
            self.ahead = next(self.lines, None)
        return self.ahead is not None

    def step(self, play: Play) -> Step | None:
        """The next turn, None for a hint. Raises UsageError for what is none, CoachError where there is no line left."""
        if not self.more() or self.ahead is None:
            raise CoachError("answers_ran_out", file=self.file, turn=play.talk.state.turn)
        (number, found), self.ahead = self.ahead, None
        if isinstance(found, UsageError):
            raise UsageError(found.code, **{**found.params, "file": f"{self.file}:{number}"})
        return self._step(found, play, f"{self.file}:{number}")

    def _step(self, found: Mapping[str, Any], play: Play, place: str) -> Step | None:
        hinted = found.get("hint", False)
        answered = "text" in found or "act" in found
        if set(found) - set(KEYS) or not isinstance(hinted, bool) or not (answered or hinted):
            raise UsageError("bad_answer", file=place)
        if not answered:
            return None
        said = text(found["text"]) if "text" in found else ""
        if "act" in found:
            return Step(_acts(found["act"], place), said, "act", hint=hinted)
        acts = play.reader.acts(said, play.talk)
        if not acts:
            raise UsageError("unread_answer", file=place, value=said[:80])
        return Step(acts, said, "text", hint=hinted)


def text(raw: Any) -> str:
    """Own words, on one line. Raises UsageError."""
    if not isinstance(raw, str):
        raise UsageError("wrong_type", field="text", expected="text", value=str(raw)[:40])
    if not is_text(raw):
        raise UsageError("not_text", field="text")
    said = clean(raw)
    if len(said) > LONGEST:
        raise UsageError("too_long", field="text", length=len(said), limit=LONGEST)
    return said


def _acts(raw: Any, place: str) -> list[str]:
    names = [raw] if isinstance(raw, str) else raw
    if not isinstance(names, list) or not 0 < len(names) <= MOST_ACTS or not all(isinstance(name, str) for name in names):
        raise UsageError("bad_answer", file=place)
    for name in names:
        if name not in ACTS:
            raise UsageError("unknown_act", file=place, value=name[:40], near=near(name[:40], ACTS), choices=list(ACTS))
    return names
