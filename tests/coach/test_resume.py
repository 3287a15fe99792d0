"""A call as ids and steps and back again: the same place, nothing of the customer's, and no garbage that upsets it."""

from __future__ import annotations

import io
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcoach import quickjson
from clientcoach.case.fields import FIELDS
from clientcoach.coach.board import board
from clientcoach.coach.call import Call
from clientcoach.coach.choose import form_of, wish_of
from clientcoach.coach.resume import UNKNOWN, kept, resume
from clientcoach.commands import call as verb
from clientcoach.commands.call import World
from clientcoach.env import Env
from clientcoach.errors import CoachError
from clientcoach.records.journal import Journal
from tests.coach.test_call_any import actions, check_events, check_place
from tests.support import LANGS, ROOT, do, go_to

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Place

CASE = {"cause": "delivery", "verified": True}
PERSONAL: dict[str, Any] = {
    "customer": "Markerina",
    "customer_gender": "f",
    "address": "Dame Addressa",
    "agent": "Workerine",
    "company": "Firmowa",
    "order": "ORDER-77123",
    "item": "glowwormlamp",
    "amount": {"minor": 987654, "currency": "EUR"},
    "promised": "2026-10-13",
    "received": "2026-09-29",
    "reference": "CASENO-55881",
    "prior": 7,
    "hardship": True,
}
MARKERS = ("markerina", "addressa", "workerine", "firmowa", "77123", "glowworm", "987654", "9876", "10-13", "09-29", "55881", "approverova", "typedwhat", "typedowner", "2003-03-03")  # fmt: skip
TOLD_LATE = [
    {"do": "fact", "set": {name: value}} for name, value in PERSONAL.items()
] + [
    {"do": "offer", "id": "free_service", "answer": "accepted", "approved_by": "Approverova"},
    {"do": "promise", "what": "typedwhat for Markerina", "owner": "Typedowner", "by": "3h"},
    {"do": "promise", "what": "typedwhat", "by": "2026-12-01"},
    {"do": "fact", "set": {"promised": "2003-03-03"}},
]  # fmt: skip
STEPS = st.lists(actions(end=False) | st.sampled_from(TOLD_LATE), max_size=25)


def after(call: Call, steps: list[Any]) -> Call:
    for action in steps:
        if not call.ended and isinstance(action, dict) and action.get("do") == "end":
            continue
        try:
            call.act(action)
        except CoachError:
            continue
    return call


def stranger(at: Place, lang: str, case: dict[str, Any] | None = None) -> Call:
    """A call of somebody of whom nothing is known, not yet begun."""
    return Call(World(at.session(), lang, lang), case or {}, lang)


def through_json(call: Call) -> dict[str, Any]:
    return quickjson.loads(quickjson.dumps(kept(call)))


def resumed(at: Place, call: Call) -> Call:
    again = stranger(at, call.lang)
    check_events(resume(again, through_json(call)))
    return again


def where(call: Call) -> tuple[Any, ...]:
    return call.step_name(), call.part, call.phrase and call.phrase["id"]


def turn_of(call: Call) -> dict[str, Any] | None:
    return call.turn and {name: call.turn[name] for name in ("kind", "part", "stays", "rung") if name in call.turn}


def needs(call: Call, phrase: Any) -> list[str]:
    return form_of(phrase, wish_of(call.case.get("channel"), call.wish))["needs"] if phrase else []


# the same place ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_a_call_goes_on_where_it_broke_off(at: Place, lang: str) -> None:
    @settings(max_examples=80)
    @given(steps=STEPS)
    def check(steps: list[Any]) -> None:
        call = after(at.call({**PERSONAL, "cause": "delivery"}, lang), steps)
        again = resumed(at, call)
        check_place(again)
        assert (again.lang, again.trail, turn_of(again)) == (call.lang, call.trail, turn_of(call))
        assert set(again.said) == set(call.said)
        assert {name: given["answer"] for name, given in again.answers.items()} == {
            name: given["answer"] for name, given in call.answers.items()
        }
        for name in ("kinds", "insults", "reached", "warned", "listened", "solution", "trend", "anger_start"):
            assert getattr(again, name) == getattr(call, name), name
        if not needs(call, call.phrase):
            assert where(again) == where(call)
            assert again.seen == call.seen
        elif not call.turn:
            assert again.step >= call.step
        assert len(again.promises) == len(call.promises)

    check()


@settings(max_examples=80)
@given(steps=STEPS, more=st.lists(actions(junk=False), max_size=15))
def test_a_resumed_call_can_do_what_any_call_can(at: Place, steps: list[Any], more: list[Any]) -> None:
    again = resumed(at, after(at.call({**PERSONAL, "cause": "delivery"}), steps))
    for action in more:
        try:
            check_events(again.act(action))
        except CoachError:
            continue
        check_place(again)
        board(again)
    if not again.ended:
        check_events(again.close())


@settings(max_examples=60)
@given(steps=STEPS)
def test_a_second_crash_loses_no_more_than_the_first(at: Place, steps: list[Any]) -> None:
    call = after(at.call({**PERSONAL, "cause": "delivery"}), steps)
    once = resumed(at, call)
    assert kept(resumed(at, once)) == kept(once)
    assert kept(once)["promises"] == kept(call)["promises"]


@pytest.mark.parametrize("kind", ["insult", "manager", "silence", "threat"])
def test_out_of_a_resumed_interruption_the_way_back_is_the_same_line(at: Place, kind: str) -> None:
    call = at.call({"cause": "delivery"})
    do(call, "next", "next", "another", "next", {"do": "interrupt", "kind": kind}, "next")
    again = resumed(at, call)
    do(call, "return")
    do(again, "return")
    assert where(again) == where(call)


def test_the_line_brought_back_is_still_there_after_an_interruption(at: Place) -> None:
    call = at.call({"cause": "delivery"})
    go_to(call, "propose.choose")
    do(call, {"do": "offer", "id": "pickup", "answer": "accepted"}, "back", {"do": "interrupt", "kind": "silence"})
    again = resumed(at, call)
    do(call, "return")
    do(again, "return")
    assert where(again) == where(call)


@pytest.mark.parametrize("way", ["return", {"do": "go", "step": "listen"}, {"do": "language", "lang": "ru"}])
def test_a_line_that_needs_what_was_not_kept_gives_way_to_one_that_does_not(at: Place, way: Any) -> None:
    call = at.call({"order": "77123"})
    go_to(call, "listen.read_back")
    assert "77123" in call.line()["text"]
    assert resumed(at, call).line()["part"] == "read_back"
    do(call, {"do": "interrupt", "kind": "silence"})
    again = resumed(at, call)
    do(again, way)
    if again.turn:
        do(again, "return")
    assert again.line()
    if way == "return":
        assert where(again)[:2] == where(call)[:2]


def test_a_hold_goes_on_with_its_length(at: Place) -> None:
    call = at.call()
    do(call, {"do": "hold", "for": "5m"})
    assert resumed(at, call).line() == call.line()
    do(call, "next")
    assert resumed(at, call).line() == call.line()


def test_what_was_accepted_is_summed_up_after_the_crash_as_before(at: Place) -> None:
    call = at.call({"cause": "delivery"})
    do(call, {"do": "offer", "id": "pickup", "answer": "accepted"}, {"do": "promise", "by": "2h", "owner": "lead"})
    do(call, {"do": "go", "step": "follow_up"})
    again = resumed(at, call)
    assert again.extra["agreed"] == call.extra["agreed"]
    assert again.promises == call.promises
    assert again.line() == call.line()
    assert again.outcome() == "settled"


def test_what_was_typed_is_told_as_unknown_with_its_date(at: Place) -> None:
    call = at.call({"agent": "Ola"})
    do(call, {"do": "promise", "what": "typed", "owner": "Ewa", "by": "2h"}, {"do": "promise", "what": "typed", "by": "3h"})
    first, second = resumed(at, call).promises
    assert (first["what"], first["owner"], first["by"]) == (UNKNOWN, UNKNOWN, call.promises[0]["by"])
    assert (second["what"], second["owner"]) == (UNKNOWN, "agent")


def test_the_least_recently_said_stays_the_least_recently_said(at: Place) -> None:
    call = at.call({"cause": "delivery"})
    do(call, "next", "next", "back", "back", "next")
    recent = sorted(call.said, key=call.said.__getitem__)
    again = resumed(at, call)
    assert sorted(again.said, key=again.said.__getitem__) == recent


def test_nobody_is_verified_by_a_crash(at: Place) -> None:
    call = at.call(CASE)
    again = resumed(at, call)
    assert board(again)["verified"] is False
    assert "verified" not in again.case


def test_what_is_told_anew_goes_before_what_was_kept(at: Place) -> None:
    call = at.call(CASE)
    again = stranger(at, "en", {"cause": "billing", "order": "1"})
    resume(again, through_json(call))
    assert (again.case["cause"], again.case["order"]) == ("billing", "1")


def test_the_first_event_says_that_the_call_was_resumed(at: Place) -> None:
    again = stranger(at, "en")
    begin, step = resume(again, through_json(at.call(CASE)))
    assert (begin["type"], begin["resumed"], begin["case"]) == ("begin", True, {"cause": "delivery"})
    assert (step["type"], step["line"]) == ("step", again.line())


# nothing of the customer's ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_personal_is_kept(at: Place, lang: str) -> None:
    @settings(max_examples=80)
    @given(steps=STEPS)
    def check(steps: list[Any]) -> None:
        call = after(at.call({**PERSONAL, "cause": "delivery"}, lang), [*steps, *TOLD_LATE])
        assert any(call.answers.values())
        assert call.promises
        found = json.dumps(kept(call), ensure_ascii=False).lower()
        assert [marker for marker in MARKERS if marker in found] == []

    check()


def test_every_marker_is_in_the_call_itself(at: Place) -> None:
    call = after(at.call({**PERSONAL, "cause": "delivery"}), TOLD_LATE[:-1])
    do(call, {"do": "fact", "set": {"address": "Dame Addressa"}})
    everything = json.dumps([PERSONAL, call.case, call.answers, call.promises, TOLD_LATE]).lower()
    assert [marker for marker in MARKERS if marker not in everything] == []


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"cause", "channel", "fault", "relationship", "anger", "lang", "ui"}))
def test_only_facts_from_closed_lists_are_kept(at: Place, name: str) -> None:
    values = {
        "text": "Zzyzx", "id": "Zzyzx", "name": "lead", "choice": "f", "number": 8, "yes_no": True, "moment": "2026-11-20",
        "money": {"minor": 123, "currency": "EUR"}, "names": ["pickup"], "pairs": {},
    }  # fmt: skip
    assert kept(at.call({name: values[FIELDS[name]["kind"]]}))["case"] == {}


# other playbooks, garbage -----------------------------------------------------------------------------------------------------


INSULT, HOLD = {"do": "interrupt", "kind": "insult"}, {"do": "hold", "for": "3m"}


def state(at: Place, last: dict[str, Any] = INSULT) -> dict[str, Any]:
    call = at.call({"cause": "delivery", "anger": 7})
    do(call, "next", "next", {"do": "hold", "for": "3m"}, "next", "return")
    do(call, {"do": "offer", "id": "pickup", "answer": "accepted"}, {"do": "promise", "by": "2h"}, last)
    return through_json(call)


def usable_or_refused(call: Call, found: Any) -> None:
    """A journal is taken, and then the call can do everything, or it is refused with a sentence."""
    try:
        check_events(resume(call, found))
    except CoachError as error:
        assert error.code == "nothing_to_resume"
        return
    for action in ("notes", "next", "another", "return", "back", {"do": "hold"}, "next", "return", {"do": "interrupt", "kind": "insult"}, "return", {"do": "anger", "to": 3}, {"do": "language", "lang": "ru"}, {"do": "offer", "id": "callback", "answer": "refused"}, {"do": "go", "step": "empathize"}):  # fmt: skip
        try:
            check_events(call.act(action))
        except CoachError:
            continue
        board(call)
        quickjson.dumps(kept(call))
    check_events(call.close())


def test_the_state_that_garbage_is_made_from_is_good(at: Place) -> None:
    again = stranger(at, "en")
    check_events(resume(again, state(at)))
    assert again.turn["kind"] == "insult"


GARBAGE: list[Any] = [
    None, "", "x", "...", "2h", "accepted", "listen", "en", "\ud800", "{x}", 5, 0, -1, 99, 1.5, True, [], ["listen"], [5], [[]], [["listen"]],
    [["listen", "open", 5]], [{}], [None], {}, {"en": 1}, {"kind": "insult"}, {"pickup": "maybe"},
]  # fmt: skip
KEYS = ("step", "part", "phrase", "said", "trail", "turn", "answers", "promises", "hold", "reached", "case", "wish", "seen", "insults", "names", "kinds", "solution", "warned", "listened", "trend", "anger_start")  # fmt: skip


def test_the_list_of_keys_is_complete(at: Place) -> None:
    assert set(KEYS) == set(state(at)) - {"playbook", "lang"}


@pytest.mark.parametrize("key", KEYS)
def test_a_journal_without_one_of_its_keys_is_no_journal(at: Place, key: str) -> None:
    found = state(at)
    del found[key]
    with pytest.raises(CoachError) as caught:
        resume(stranger(at, "en"), found)
    assert caught.value.code == "nothing_to_resume"


@pytest.mark.parametrize("last", [INSULT, HOLD], ids=["insult", "hold"])
@pytest.mark.parametrize("key", KEYS)
def test_a_journal_with_a_wrong_value_is_refused_or_harmless(at: Place, key: str, last: dict[str, Any]) -> None:
    good, upset = state(at, last), []
    for value in GARBAGE:
        try:
            usable_or_refused(stranger(at, "en"), json.loads(json.dumps({**good, key: value})))
        except Exception as error:
            upset.append((value, repr(error)[:60]))
    assert upset == []


@pytest.mark.parametrize(
    ("where", "name"),
    [("turn", name) for name in ("kind", "part", "stays", "rung", "wish", "seen", "phrase")]
    + [("promises", name) for name in ("agreed", "owner", "by")]
    + [("case", name) for name in ("cause", "anger", "order")],
)
def test_a_wrong_value_further_in_is_refused_or_harmless_too(at: Place, where: str, name: str) -> None:
    good, upset = state(at), []
    for value in GARBAGE:
        found = json.loads(json.dumps(good))
        inner = found[where][0] if where == "promises" else found[where]
        assert name in inner or name == "order"
        inner[name] = value
        try:
            usable_or_refused(stranger(at, "en"), json.loads(json.dumps(found)))
        except Exception as error:
            upset.append((value, repr(error)[:60]))
    assert upset == []


@settings(max_examples=60)
@given(found=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(GARBAGE)))
def test_a_journal_of_nothing_but_garbage_is_refused(at: Place, found: dict[str, Any]) -> None:
    usable_or_refused(stranger(at, "en"), found)


@pytest.mark.parametrize("change", [{"step": "gone"}, {"part": "gone"}, {"trail": [["gone", "open", None]]}])
def test_a_place_that_the_playbook_no_longer_has_is_nothing_to_resume(at: Place, change: dict[str, Any]) -> None:
    with pytest.raises(CoachError) as caught:
        resume(stranger(at, "en"), {**state(at), "turn": None, "phrase": "listen.open.any", **change})
    assert caught.value.code == "nothing_to_resume"


def test_a_phrase_that_the_playbook_no_longer_has_gives_way_to_another_of_its_part(at: Place) -> None:
    call = at.call({"cause": "delivery"})
    again = stranger(at, "en")
    resume(again, {**through_json(call), "phrase": "listen.open.gone"})
    assert (again.step_name(), again.part) == ("listen", "open")
    assert again.line()["part"] == "open"


# the command ------------------------------------------------------------------------------------------------------------------


class Keyboard(io.StringIO):
    """Lines typed at a terminal; after the last one the end of the file, or `then`."""

    def __init__(self, text: str, then: BaseException | None = None) -> None:
        super().__init__(text)
        self.then = then

    def isatty(self) -> bool:
        return True

    def readline(self, *args: Any) -> str:
        line = super().readline(*args)
        if not line and self.then:
            raise self.then
        return line


class Walks:
    """Calls in the plain form, each as if in a process of its own: what it leaves open is closed when it is over."""

    def __init__(self, at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at, self.made = at, []
        made = self.made

        class Watched(Journal):
            def __init__(self, *given: Any) -> None:
                super().__init__(*given)
                made.append(self)

        monkeypatch.setattr(verb, "Journal", Watched)

    def __call__(self, text: str, then: BaseException | None = None, **values: Any) -> str:
        env = Env({**self.at.environment(), "TERM": "dumb"}, Keyboard(text, then), io.StringIO(), io.StringIO())
        env.cwd = str(self.at.cwd)
        try:
            return "".join(verb.run(values, env).lines or ())
        finally:
            for journal in self.made:
                if journal.descriptor >= 0:
                    os.close(journal.descriptor)
            self.made.clear()

    def broken(self, text: str, **values: Any) -> dict[str, Any]:
        """The last state kept of a call that Ctrl-C has ended."""
        with pytest.raises(KeyboardInterrupt):
            self(text, KeyboardInterrupt(), **values)
        return json.loads(self.only().read_text().splitlines()[-1])

    def left(self) -> list[Path]:
        folder = self.at.home / "clientcoach"
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def only(self) -> Path:
        (path,) = self.left()
        return path


@pytest.fixture
def walk(at: Place, monkeypatch: pytest.MonkeyPatch) -> Walks:
    return Walks(at, monkeypatch)


def refused(walk: Walks) -> str:
    with pytest.raises(CoachError) as caught:
        walk("", resume=True)
    return caught.value.code


PLACE = ("playbook", "lang", "step", "part", "phrase", "turn", "said", "trail", "started")


def test_ctrl_c_leaves_a_call_that_resume_goes_on_with(walk: Walks) -> None:
    before = walk.broken("\n\nx insult\n", lang="pl")
    path = walk.only()
    again = walk.broken("", resume=True, lang="en")
    assert walk.only() == path
    assert {name: again[name] for name in PLACE} == {name: before[name] for name in PLACE}
    assert walk.broken("i\n", resume=True)["turn"] is None


def test_a_resumed_call_that_ends_leaves_nothing(walk: Walks) -> None:
    walk.broken("\n")
    walk("o\no\n\n", resume=True)
    assert walk.left() == []
    assert refused(walk) == "nothing_to_resume"


def test_the_end_whose_record_is_saved_and_ctrl_d_leave_nothing(walk: Walks) -> None:
    walk("\no\no\n\n")
    assert walk.left() == []
    with pytest.raises(CoachError) as caught:
        walk("\n")
    assert (caught.value.code, walk.left()) == ("cancelled", [])


def test_a_new_call_leaves_the_one_that_broke_off_where_it_is(walk: Walks) -> None:
    walk.broken("\n\n")
    path = walk.only()
    walk("o\no\n")
    assert walk.only() == path


def test_a_fault_of_ours_leaves_the_journal(walk: Walks) -> None:
    with pytest.raises(ZeroDivisionError):
        walk("\n", ZeroDivisionError())
    assert walk.only()


@pytest.fixture
def mine(at: Place) -> Path:
    """A pack with the playbook "mine", written in English and Polish."""
    pack = at.cwd / "pack" / "mine"
    pack.mkdir(parents=True)
    for name in ("playbook.yaml", "en.yaml", "pl.yaml"):
        shutil.copy(ROOT / "playbooks" / "angry-customer" / name, pack)
    (at.cwd / ".clientcoach.toml").write_text('packs = ["pack"]\n', encoding="utf-8")
    return pack


def test_a_language_that_the_playbook_has_lost_is_nothing_to_resume(mine: Path, walk: Walks) -> None:
    walk.broken("\n", playbook="mine", lang="pl")
    (mine / "pl.yaml").unlink()
    assert refused(walk) == "nothing_to_resume"


@pytest.mark.usefixtures("mine")
def test_a_call_of_ones_own_playbook_is_resumed_with_it_and_not_without_it(at: Place, walk: Walks) -> None:
    assert walk.broken("\n\n", playbook="mine")["playbook"] == "mine"
    assert walk.broken("\n", resume=True)["playbook"] == "mine"
    (at.cwd / ".clientcoach.toml").unlink()
    assert refused(walk) == "nothing_to_resume"


@pytest.mark.parametrize("key", ["playbook", "lang", "started", "time"])
@pytest.mark.parametrize("value", [None, [], {}, "gone", 5, True, "../../etc", -1.5], ids=repr)
def test_a_journal_with_a_garbled_head_is_refused_or_harmless(walk: Walks, key: str, value: Any) -> None:
    found = walk.broken("\n")
    walk.only().write_text(json.dumps({**found, key: value}) + "\n")
    walk("o\no\n")
    try:
        again = walk.broken("\n", resume=True)
    except CoachError as error:
        assert error.code == "nothing_to_resume"
    else:
        assert {name: again[name] for name in PLACE[:2]} == {name: found[name] for name in PLACE[:2]}
        assert isinstance(again["started"], int | float)
