"""A drill from a file of answers: nobody is asked, and unless it is wished nothing is kept."""

from __future__ import annotations

from clientcoach.commands.drill_play import Play
from clientcoach.drill.talk import calls_back
from clientcoach.views.drill import Transcript

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clientcoach.commands.drill_answers import Answers
    from clientcoach.commands.drill_desk import Desk, Task
    from clientcoach.commands.drill_kept import Kept


def scripted(desk: Desk, tasks: Iterable[Task], answers: Answers, style: str, kept: Kept | None) -> Iterator[str]:
    """The lines of the drills, one after another; each with its second call where that is wished and answers are left.

    Raises CoachError where they run out before the end: then there is no debrief.
    """
    for task in tasks:
        play = Play(desk, task, desk.persona(task.persona), kept)
        yield from _told(play, answers, style)
        again = calls_back(play.talk)
        if again and desk.values.get("second") and (again == "kept" or answers.more()):
            yield from _told(Play(desk, task, play.persona, kept, again=again, first=play.talk), answers, style)


def _told(play: Play, answers: Answers, style: str) -> Iterator[str]:
    transcript = Transcript(play.desk.words, play.desk.strings)
    for event in play.events(answers):
        yield line(event) if style == "ndjson" else transcript.told(event)
    if style == "text":
        yield "\n"


def line(event: object) -> str:
    """An event as a line of NDJSON."""
    from clientcoach.views import render

    return render("drill", event, "ndjson", {})
