"""`drill replay FILE`: a drill that was played, turn by turn, for a projector; with --from and --act how else it could have gone."""

from __future__ import annotations

import shutil

from clientcoach.case.read import unknown, whole
from clientcoach.commands import Result
from clientcoach.commands.drill_events import drill_events
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.drill.acts import ACTS
from clientcoach.drill.talk import Talk
from clientcoach.drill.told import turned
from clientcoach.drill.what_if import curves, what_if
from clientcoach.errors import Cancelled, UsageError
from clientcoach.views.debrief import acts_of, compared
from clientcoach.views.messages import word
from clientcoach.views.replay import Numbered
from clientcoach.views.report_text import block_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.env import Env

    Event = dict[str, Any]

USUAL = 80  # columns


def run_replay(values: Mapping[str, Any], env: Env) -> Result:
    """The transcript, or how the call would have gone. Raises UsageError for a file that is no drill, a turn or an act there is not."""
    session = Session(values, env)
    ui = session.ui()
    events = drill_events(session.open(values["file"]), values["file"])
    strings, words = session.strings(ui), library.drill_words(session.places, ui)
    numbered = Numbered(words, strings, columns(env), open_=True)
    result = Result("drill", None)
    notes = list(session.warned())
    result.notes = lambda _style: notes
    if bool(values.get("acts")) is not ("turn" in values):
        raise UsageError("what_if_needs")
    if not values.get("acts"):
        result.lines = _revealed(events, numbered, env, waits=_waits(values, env))
        return result
    talk = _again(session, events)
    result.lines = _otherwise(talk, whole("--from", values["turn"], 1, len(talk.rounds)), _acts(values["acts"]), numbered, _block(env))
    if not _same(talk, events):
        notes.append(word(strings, "debrief.changed"))
    return result


def _block(env: Env) -> str:
    """What bars are made of."""
    return block_for(getattr(env.stdout, "encoding", None) or "utf-8")


def columns(env: Env) -> int:
    """Where lines are broken: at the terminal's edge; nowhere (0) in a file."""
    return shutil.get_terminal_size((USUAL, 0)).columns if env.is_terminal("stdout") else 0


def _waits(values: Mapping[str, Any], env: Env) -> bool:
    """Whether somebody is there to press Enter."""
    return not values.get("no_input") and values["file"] != "-" and env.is_terminal("stdin") and env.is_terminal("stdout")


def _revealed(events: Sequence[Event], numbered: Numbered, env: Env, *, waits: bool) -> Iterator[str]:
    """A turn at a time. Raises Cancelled (Ctrl-D)."""
    if waits and env.stderr is not None:
        env.stderr.write(word(numbered.strings, "debrief.enter") + "\n\n")
        env.stderr.flush()
    for place, turn in enumerate(_turns(events)):
        if place and waits and env.stdin is not None and not env.stdin.readline():
            raise Cancelled
        yield "".join(map(numbered.told, turn))
    yield "\n"


def _turns(events: Sequence[Event]) -> Iterator[list[Event]]:
    """What belongs together: the beginning with the first words, each turn with its answer, the end with the debrief."""
    turn: list[Event] = []
    for event in events:
        if turn and event["type"] in {"begin", "worker", "end"}:
            yield turn
            turn = []
        turn.append(event)
    yield turn


def _again(session: Session, events: Sequence[Event]) -> Talk:
    """The first call of the file, made again of its seed and acts. Raises UsageError, ContentError."""
    begin = events[0]
    persona = library.persona(session.places, begin["persona"], begin["lang"])
    talk = Talk(library.drill_model(session.places), persona, begin["seed"])
    for event in _first_call(events):
        if event["type"] == "worker" and not talk.ended:
            talk.take(event["acts"], event["text"])
    if not talk.rounds:
        raise UsageError("no_turns")
    return talk


def _first_call(events: Sequence[Event]) -> Iterator[Event]:
    yield events[0]
    for event in events[1:]:
        if event["type"] == "begin":
            return
        yield event


def _same(talk: Talk, events: Sequence[Event]) -> bool:
    """Whether the customer says what the file says."""
    found = [event["text"] for event in _first_call(events) if event["type"] == "customer"]
    return found == [talk.opening, *(one.answer for one in talk.rounds)]


def _acts(names: Sequence[str]) -> list[str]:
    for name in names:
        if name not in ACTS:
            raise unknown("act", name, ACTS)
    return list(names)


def _otherwise(talk: Talk, turn: int, acts: Sequence[str], numbered: Numbered, block: str) -> Iterator[str]:
    """The call from that turn on, then both courses beside each other; `block`: what bars are made of."""
    other = what_if(talk, turn, acts)
    yield numbered.paragraph(word(numbered.strings, "debrief.from_here", turn=turn, acts=acts_of(acts, numbered.words)))
    numbered.name = talk.persona["case"].get("customer") or word(numbered.strings, "drill.customer")
    for one in other["talk"].rounds[turn - 1 :]:
        yield from map(numbered.told, turned(other["talk"], one, "act"))
    was = {"curves": curves(talk), "outcome": {"end": talk.state.end}}
    yield f"\n{compared(was, other, turn, numbered.strings, block)}"
