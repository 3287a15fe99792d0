"""Moving through the call: the next line, another, another form, back, a step, the end."""

from __future__ import annotations

from clientcoach.case.read import unknown
from clientcoach.coach.choose import sayable
from clientcoach.coach.facts import holds
from clientcoach.coach.place import EXACT, steering_part
from clientcoach.coach.turns import hold_over, next_in_turn
from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from clientcoach.coach.call import Action, Call, Event

FORMS = {"shorter": "short", "softer": "softer", "firmer": "firmer"}
OUTCOMES = ("settled", "grudging", "handed_over", "ended", "open")


def next_line(call: Call, _action: Action) -> list[Event]:
    """The line is said; the next one, in this step or a later one, comes on screen."""
    events = call.say_event(said=True)
    if call.turn:
        return events + next_in_turn(call)
    if call.phrase is None:  # everything is said
        return events
    before = call.step
    call.trail.append((call.step, call.part, call.phrase["id"]))
    desk = call.desk()
    call.enter(desk, call.after(desk, call.step, call.part))
    return events + ([call.step_event()] if call.step != before else [])


def back(call: Call, _action: Action) -> list[Event]:
    """The line before, as it was; later answers stay."""
    if call.turn is not None:
        raise UsageError("in_interruption", kind=call.turn["kind"])
    if not call.trail:
        return [call.step_event()]
    before = call.step
    call.step, call.part, name = call.trail.pop()
    call.wish, call.seen = None, []
    desk = call.desk()
    listed = desk.playbook["phrases"][call.key()]
    call.phrase = next((phrase for phrase in listed if phrase["id"] == name), None) or call.choose(desk, call.key(), [])
    call.keep_sayable()
    return [call.step_event()] if call.step != before else [call.moved_event()]


def another(call: Call, _action: Action) -> list[Event]:
    """Another line of the same part; when all were seen, from the first again."""
    if call.phrase is None:
        raise UsageError("nothing_to_say")
    events = call.say_event(said=False)
    call.seen.append(call.phrase["id"])
    call.wish = None
    chosen = call.choose(call.desk(), call.key(), call.seen)
    if chosen is None or chosen["id"] in call.seen:
        call.seen = [call.phrase["id"]]
        chosen = call.choose(call.desk(), call.key(), call.seen)
    call.phrase = chosen or call.phrase
    return events


def form(call: Call, action: Action) -> list[Event]:
    """The line shorter, softer or firmer; where it has no such form, another line of the part that has."""
    wish = FORMS[action["do"]]
    if call.phrase is None:
        raise UsageError("nothing_to_say")
    if wish not in call.phrase["forms"] or call.phrase["verbatim"]:
        desk = call.desk()
        book = call.book(desk)
        having = [phrase for phrase in book["phrases"][call.key()] if wish in phrase["forms"] and holds(phrase["when"], desk.facts)]
        having = [phrase for phrase in having if sayable(phrase["forms"][wish], desk.values) and phrase["id"] not in call.said]
        if call.key().startswith(EXACT):
            having = [phrase for phrase in having if phrase["specificity"] == call.phrase["specificity"]]
        if not having:
            raise UsageError("no_such_form", form=action["do"])
        call.phrase = max(having, key=lambda phrase: phrase["specificity"])
    call.wish = wish
    return []


def look(_call: Call, _action: Action) -> list[Event]:
    """Notes and avoid change nothing; a view shows them from `Call.advice`."""
    return []


def go(call: Call, action: Action) -> list[Event]:
    """Straight to a step; the line on screen counts as skipped."""
    step = action.get("step")
    if step not in call.steps:
        raise unknown("step", str(step), call.steps)
    if call.turn and call.turn["stays"]:
        raise UsageError("steps_stopped", kind=call.turn["kind"])
    events = call.say_event(said=False) + hold_over(call)
    call.turn = None
    call.trail.append((call.step, call.part, None))
    desk = call.desk()
    call.enter(desk, call.after(desk, call.steps.index(step), ""))
    return [*events, call.step_event()]


def steer(call: Call, _action: Action) -> list[Event]:
    """The story has taken two minutes: the line that asks for the main thing, where the worker still listens."""
    call.listened = True
    found = steering_part(call.desk().playbook, call.step_name()) if call.hearing() else None
    if found is None or call.part == found:
        return []
    desk = call.desk()
    events = call.say_event(said=False)
    call.trail.append((call.step, call.part, call.phrase and call.phrase["id"]))
    call.enter(desk, (call.step, found))
    return [*events, call.moved_event()]


def end(call: Call, action: Action) -> list[Event]:
    """The end; a step that nobody has touched is pointed out once before."""
    outcome = action.get("outcome")
    if outcome is not None and outcome not in OUTCOMES:
        raise unknown("outcome", str(outcome), OUTCOMES)
    cut_short = call.turn is not None and call.turn["stays"]
    skipped = call.skipped()
    if skipped and not cut_short and not call.warned:
        call.warned = True
        return [call.warning("steps_skipped", steps=skipped)]
    return call.close(outcome)
