"""What the worker learns on the way: facts, the language, the anger. The line on screen is chosen anew at once."""

from __future__ import annotations

from clientcoach.case.languages import LANGS
from clientcoach.case.read import read_case
from clientcoach.coach.choose import sayable
from clientcoach.coach.commitments import say_agreed
from clientcoach.coach.facts import deadline_warnings
from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from clientcoach.coach.call import Action, Call, Event
    from clientcoach.coach.script import Desk
    from clientcoach.coach.shapes import Phrase


def fact(call: Call, action: Action) -> list[Event]:
    """Facts in any order; null forgets one."""
    given = action.get("set")
    if not isinstance(given, dict) or not given:
        raise UsageError("wrong_type", field="set", expected="{FIELD: VALUE}", value=str(given)[:40])
    facts = read_case(given)
    gone = [name for name, value in given.items() if value is None]
    if not facts and not gone:  # "..." says nothing
        raise UsageError("wrong_type", field=next(iter(given)), expected="text", value=str(next(iter(given.values())))[:40])
    lang = facts.pop("lang", None)
    moment = call.learn(facts)
    call.case = {name: value for name, value in call.case.items() if name not in gone}
    call.offers()  # an offer that does not exist is refused now, not when the step comes
    events = language(call, {"lang": lang}) if lang and lang != call.lang else []
    call.retailor()
    warnings = [call.warning(code) for code in deadline_warnings(moment)]
    return [call.event("fact", set={**facts, **dict.fromkeys(gone)}, line=call.line()), *events, *warnings]


def language(call: Call, action: Action) -> list[Event]:
    """The other language, at the same place."""
    lang = read_case({"lang": action.get("lang")}).get("lang")
    if lang is None:
        raise UsageError("wrong_type", field="lang", expected=", ".join(LANGS), value="")
    before, call.lang = call.lang, lang
    if lang != before:  # a form of address belongs to its language
        call.case = {name: value for name, value in call.case.items() if name != "address"}
    call.phrase = _same_phrase(call, call.desk())
    say_agreed(call)
    return [call.event("language", lang=lang, **{"from": before}, line=call.line())]


def _same_phrase(call: Call, desk: Desk) -> Phrase | None:
    if call.phrase is None:
        return None
    book = call.book(desk)
    if call.turn:
        kept = call.turn["phrase"]
        listed = desk.playbook["phrases"].get(f"{call.step_name()}.{call.part}", [])
        call.turn["phrase"] = next((phrase for phrase in listed if kept and phrase["id"] == kept["id"]), None)
        call.turn["case"] = None  # the line to come back to has to be chosen in the new language
    for phrase in book["phrases"][call.key()]:
        if phrase["id"] == call.phrase["id"] and sayable(phrase["forms"]["say"], desk.values):
            return phrase
    return call.choose(desk, call.key(), [])


def anger(call: Call, action: Action) -> list[Event]:
    """How angry the customer is now."""
    facts = read_case({"anger": action.get("to")})
    if "anger" not in facts:
        raise UsageError("wrong_type", field="to", expected="0–10", value="")
    before = call.case.get("anger")
    call.learn(facts)
    call.retailor()
    return [call.event("anger", **{"from": before}, to=facts["anger"], line=call.line())]
