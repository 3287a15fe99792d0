"""A drill as acts and a seed, and back again: what may outlive a crash. What was said in own words is not in it."""

from __future__ import annotations

from clientcoach.case.fields import LANGS
from clientcoach.commands.drill_desk import Task
from clientcoach.commands.drill_play import Play, Step
from clientcoach.content import library
from clientcoach.drill.acts import ACTS
from clientcoach.drill.talk import Talk, calls_back
from clientcoach.drill.told import BY
from clientcoach.errors import CoachError
from clientcoach.records.drill_shape import LABELS, MOST_ACTS, MOST_TURNS, maybe, name, number, one_of, several, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.commands.drill_desk import Desk
    from clientcoach.commands.drill_kept import Kept

_TURNS = several(several(one_of(ACTS), MOST_ACTS), MOST_TURNS)
FIELDS = {
    "persona": name,
    "lang": one_of(LANGS),
    "seed": number(0, (1 << 64) - 1),
    "rule": maybe(name),
    "lesson": maybe(text(200)),
    "coach": lambda raw: isinstance(raw, bool),
    "session": maybe(text(64)),
    "label": maybe(one_of(LABELS)),
    "first": maybe(_TURNS),  # of a second call: the acts of the one before it
    "acts": _TURNS,
    "by": several(one_of(BY), MOST_TURNS),
    "aided": several(lambda raw: isinstance(raw, bool), MOST_TURNS),
}


def state(play: Play) -> dict[str, Any]:
    """Where a drill stands, as JSON."""
    task, talk = play.task, play.talk
    return {
        "persona": task.persona,
        "lang": play.desk.lang,
        "seed": task.seed,
        "rule": task.rule,
        "lesson": task.lesson,
        "coach": play.coach,
        **play.given,
        "first": [list(one.acts) for one in play.first.rounds] if play.first else None,
        "acts": [list(one.acts) for one in talk.rounds],
        "by": play.by,
        "aided": [one.aided for one in talk.rounds],
    }


def sound(found: Mapping[str, Any]) -> bool:
    """Whether a state has everything that `state` writes, each of its own kind."""
    counted = isinstance(found, dict) and all(given in found and fits(found[given]) for given, fits in FIELDS.items())
    return counted and len(found["acts"]) == len(found["by"]) == len(found["aided"])


def resumed(desk: Desk, found: Mapping[str, Any], kept: Kept) -> Play:
    """The drill at the place it was kept at. Raises CoachError `nothing_drilled` where that place is no more."""
    if found["persona"] not in library.personas(desk.session.places):
        raise CoachError("nothing_drilled")
    desk.lang = found["lang"]
    task = Task(found["persona"], found["seed"], found["rule"], found["lesson"])
    persona = desk.persona(task.persona)
    first = None
    if found["first"] is not None:
        first = Talk(desk.model, persona, task.seed)
        for acts in found["first"]:
            _take(first, acts)
    again = calls_back(first) if first else ""
    if first and not again:
        raise CoachError("nothing_drilled")
    play = Play(desk, task, persona, kept, again=again, first=first)
    play.coach, play.given = found["coach"], {name: found[name] for name in desk.given}
    for acts, by, aided in zip(found["acts"], found["by"], found["aided"], strict=True):
        _alive(play.talk)
        play.take(Step(acts, "", by), aided=aided)
    return play


def _take(talk: Talk, acts: list[str]) -> None:
    _alive(talk)
    talk.take(acts)


def _alive(talk: Talk) -> None:
    """A pack that has changed since may have ended the call sooner. Raises CoachError."""
    if talk.ended:
        raise CoachError("nothing_drilled")
