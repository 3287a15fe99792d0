"""Whatever the worker does, in whatever order: the call stands at a valid place and says whole sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcoach.case.fields import STEPS
from clientcoach.coach.turns import KINDS
from clientcoach.errors import CoachError
from tests.support import LANGS, do, validate

if TYPE_CHECKING:
    from clientcoach.coach.call import Call
    from tests.support import Place

UNFINISHED = re.compile(r"[{}]|None(?! of)|  | [,.!?;:]|\.\.|«\s*»|„\s*”|“\s*”|,\s*,")
NAME = "Zuzanna"
JUNK: Any = st.sampled_from([None, "", "x", "...", 5, -1, 1.5, True, [], {}, [[]], "\ud800", "{x}", "2h", "accepted"])
FACTS = st.dictionaries(
    st.sampled_from(["cause", "anger", "order", "item", "deadline", "promised", "amount", "fault", "prior", "hardship", "verified", "channel", "role", "customer_gender", "agent_gender", "company", "offer", "lang", "seed", "bogus", "set"]),
    st.sampled_from(["delivery", "product", "billing", "8", 0, 10, "4471", "lamp", "2h", "tomorrow", "2026-11-20", "5 EUR", "100 EUR", "ours", True, "yes", "chat", "phone", "lead", "agent", "f", "m", "Acme", "pickup", ["pickup", "new_slot"], "ru", "kk", None]) | JUNK,
    max_size=3,
)  # fmt: skip
OFFERS = st.sampled_from(["pickup", "pickup", "new_slot", "refund_delivery", "free_service", "nothing"])
PLAIN = ["next", "another", "shorter", "softer", "firmer", "notes", "avoid", "return", "back"]


def actions(*, back: bool = True, end: bool = True, facts: bool = True, junk: bool = True) -> st.SearchStrategy[Any]:
    words = [word for word in PLAIN if back or word != "back"]
    kinds: list[st.SearchStrategy[Any]] = [
        st.just({"do": "next"}), st.just({"do": "next"}), st.sampled_from(words).map(lambda word: {"do": word}), st.sampled_from(KINDS).map(lambda kind: {"do": "interrupt", "kind": kind}),
        st.sampled_from(STEPS).map(lambda step: {"do": "go", "step": step}), st.sampled_from(["2m", "1h"]).map(lambda length: {"do": "hold", "for": length}),
    ]  # fmt: skip
    if facts:
        kinds += [
            FACTS.map(lambda given: {"do": "fact", "set": given}), st.sampled_from(LANGS).map(lambda lang: {"do": "language", "lang": lang}), st.integers(0, 10).map(lambda to: {"do": "anger", "to": to}),
            st.fixed_dictionaries({"do": st.just("offer"), "id": OFFERS, "answer": st.sampled_from(["accepted", "refused"])}, optional={"amount": st.sampled_from(["5 EUR", "500 EUR", "x"]), "approved_by": st.sampled_from(["Ewa", None])}),
            st.fixed_dictionaries({"do": st.just("promise")}, optional={"what": st.sampled_from(["a call", "..."]), "by": st.sampled_from(["2h", "2026-11-20", "-"]), "owner": st.sampled_from(["me", "—"])}),
        ]  # fmt: skip
    if end:
        kinds.append(st.just({"do": "end"}))
    if junk:
        kinds.append(
            st.dictionaries(
                st.sampled_from(
                    [
                        "do",
                        "set",
                        "kind",
                        "step",
                        "lang",
                        "id",
                        "answer",
                        "amount",
                        "by",
                        "what",
                        "owner",
                        "to",
                        "for",
                        "outcome",
                        "approved_by",
                    ]
                ),
                st.sampled_from([*PLAIN, "go", "end", "offer", "promise", "fact", "hold", "interrupt", "anger", "language"]) | JUNK,
                max_size=4,
            )
        )
        kinds.append(JUNK)
    return st.one_of(kinds)


def check_place(call: Call) -> None:
    book = call.desk().playbook
    assert 0 <= call.step < len(STEPS)
    assert call.part in dict(book["steps"])[call.step_name()]
    if call.turn:
        assert call.turn["part"] in dict(call.world.turns(call.lang)["steps"])[call.turn["kind"]]
        assert call.turn["kind"] in {*KINDS, "hold"}
    if call.phrase:
        phrases = (call.world.turns(call.lang) if call.turn else book)["phrases"][call.key()]
        assert call.phrase["id"] in [phrase["id"] for phrase in phrases]


def check_events(events: list[dict[str, Any]]) -> None:
    for event in events:
        validate(event)
        for text in (
            event.get("text"),
            (event.get("line") or {}).get("text") if isinstance(event.get("line"), dict) else None,
        ):
            assert text is None or not UNFINISHED.search(text.replace("{x}", "x")), text


@pytest.mark.parametrize("lang", LANGS)
def test_any_sequence(at: Place, lang: str) -> None:
    place = at

    @settings(max_examples=80)
    @given(steps=st.lists(actions(), max_size=25))
    def check(steps: list[Any]) -> None:
        call = place.call({"customer": NAME, "customer_gender": "f", "cause": "delivery"}, lang)
        for action in steps:
            before, ended = dict(vars(call)), call.ended
            try:
                events = call.act(action)
            except CoachError:
                assert vars(call) == before
            else:
                assert not ended
                check_events(events)
            check_place(call)
            call.line()
            call.upcoming()
            call.advice()
            call.offers()
        if not call.ended:
            check_events(call.close())
        assert call.ended

    check()


@pytest.mark.parametrize("lang", LANGS)
def test_names_and_empathy_are_rationed(at: Place, lang: str) -> None:
    @settings(max_examples=80)
    @given(steps=st.lists(actions(back=False, end=False, junk=False), max_size=30))
    def check(steps: list[Any]) -> None:
        call = at.call({"address": NAME, "cause": "delivery"}, lang)
        said = []
        for action in steps:
            try:
                said += [event for event in call.act(action) if event["type"] == "say" and event["said"]]
            except CoachError:
                continue
        assert sum(NAME in event["text"] for event in said) <= 2
        felt = [event["id"] for event in said if event.get("step") == "empathize"]
        assert len(felt) == len(set(felt))

    check()


def where(call: Call) -> tuple[Any, ...]:
    return call.step, call.part, call.phrase and call.phrase["id"]


@settings(max_examples=80)
@given(steps=st.lists(actions(facts=False, end=False, junk=False), max_size=20), count=st.integers(1, 5))
def test_back_undoes_next(at: Place, steps: list[Any], count: int) -> None:
    call = at.call({"cause": "delivery"})
    for action in steps:
        try:
            call.act(action)
        except CoachError:
            continue
    if call.turn:
        do(call, "return")
    places = [where(call)]
    for _ in range(count):
        if call.phrase is None:
            break
        do(call, "next")
        places.append(where(call))
    for place in reversed(places[:-1]):
        do(call, "back")
        assert where(call) == place


@settings(max_examples=80)
@given(
    steps=st.lists(actions(facts=False, end=False, junk=False), max_size=15),
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=3),
    inside=st.lists(st.sampled_from(["next", "another", "softer", "notes", "bad"]), max_size=5),
)
def test_an_interruption_returns_to_the_same_line(at: Place, steps: list[Any], kinds: list[str], inside: list[str]) -> None:
    call = at.call({"cause": "delivery"})
    for action in steps:
        try:
            call.act(action)
        except CoachError:
            continue
    if call.turn:
        do(call, "return")
    before = (*where(call), call.wish, list(call.seen), call.line())
    for kind in kinds:
        do(call, {"do": "interrupt", "kind": kind})
    for word in inside:
        if not call.turn:
            break
        try:
            do(call, word)
        except CoachError:
            continue
    if call.turn:
        do(call, "return")
    after = (*where(call), call.wish, list(call.seen), call.line())
    assert after[:-1] == before[:-1]
    assert (after[-1] or {}).get("id") == (before[-1] or {}).get("id")
