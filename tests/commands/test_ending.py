"""The record of a call: a draft before anybody sees it, masked, changed, saved, thrown away; nothing personal by default."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.coach.resume import kept, resume
from clientcoach.commands.ending import DRAFT, GONE, SAVED, Ending, ending
from clientcoach.commands.live import Words
from clientcoach.errors import StorageError, UsageError
from clientcoach.records import drafts, incidents
from tests.records.stores import store
from tests.support import LANGS, do, go_to, validate

if TYPE_CHECKING:
    from pathlib import Path

    from clientcoach.coach.call import Call
    from tests.support import Place

PHONE = "+7 701 234 56 78"
CARD = "4111 1111 1111 1111"


def folder(at: Place) -> str:
    return str(at.home / "clientcoach")


def ended(at: Place, *actions: Any, case: dict[str, Any] | None = None, lang: str = "en") -> tuple[Call, list[dict[str, Any]]]:
    """A call of these actions, from its first event to its last."""
    call = at.call(case or {}, lang)
    events = [call.event("begin", playbook="angry-customer", lang=lang, case=dict(call.case)), call.step_event()]
    events += do(call, *actions)
    return call, events + call.close()


def record(at: Place, *actions: Any, **more: Any) -> Ending:
    call, events = ended(at, *actions, **more)
    session = call.world.session
    found = ending(session, Words(session, session.strings(call.lang), call.lang), call, events)
    assert found is not None
    return found


def fact(**facts: Any) -> dict[str, Any]:
    return {"do": "fact", "set": facts}


def promise(**more: Any) -> dict[str, Any]:
    return {"do": "promise", "what": "call the depot", "owner": "Ivan", "by": "2h", **more}


def told(found: Ending) -> str:
    return "\n".join(f"{label}: {text}" for label, text in found.rows())


def saved(at: Place) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = at.run("log", "list", "--json").json["incidents"]
    return found


# what there is to keep ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("actions", [(), ({"do": "anger", "to": 8},), ({"do": "language", "lang": "ru"},), ("another",)])
def test_a_call_with_nothing_in_it_has_no_record(at: Place, actions: Any) -> None:
    call, events = ended(at, *actions, case={"cause": "delivery", "order": "4471"})
    session = call.world.session
    assert ending(session, Words(session, session.strings("en"), "en"), call, events) is None
    assert drafts.waiting(folder(at)) == []


@pytest.mark.parametrize("action", ["next", fact(order="4471"), promise(), {"do": "interrupt", "kind": "threat"}, {"do": "offer", "id": "refund_delivery", "answer": "refused"}])  # fmt: skip
def test_whatever_happened_is_kept(at: Place, action: Any) -> None:
    found = record(at, action)
    assert drafts.waiting(folder(at)) == [found.incident]


def test_the_draft_is_there_before_anything_is_shown(at: Place) -> None:
    found = record(at, "next", promise())
    (draft,) = drafts.waiting(folder(at))
    assert draft == found.incident
    assert (found.state, found.kept) == (DRAFT, True)
    assert saved(at) == []


def test_a_resumed_call_has_what_was_before_it_broke_off(at: Place) -> None:
    call = at.call({})
    before = do(call, "next", "next", {"do": "interrupt", "kind": "insult"}, "return", promise())
    said = [event["id"] for event in before if event["type"] == "say" and event["said"]]
    events = [call.event("begin", playbook="angry-customer", lang="en", case={}, resumed=True), *call.close("open")]
    session = call.world.session
    made = ending(session, Words(session, session.strings("en"), "en"), call, events).incident
    assert [phrase["id"] for phrase in made["phrases"]] == said
    assert (made["interruptions"], made["warnings"]) == (["insult"], 1)
    assert [one["what"] for one in made["promises"]] == ["call the depot"]


def test_a_promise_whose_words_a_resumed_call_no_longer_knows_is_kept_with_its_date(at: Place) -> None:
    call, again = at.call({}), at.call({})
    do(call, "next", promise(what="call Zuzanna", owner="Zofia"))
    events = [*resume(again, json.loads(json.dumps(kept(call)))), *again.close("open")]
    session = again.world.session
    found = Ending(session, Words(session, session.strings("en"), "en"), again, events)
    found.save()
    (promised,) = saved(at)[0]["promises"]
    assert (promised["what"], promised["owner"], promised["due"]) == ("(…)", "(…)", call.promises[0]["by"])


def test_what_calmed_is_told_by_what_the_line_was_for(at: Place) -> None:
    calmer = [{"do": "anger", "to": 8}, "next", {"do": "anger", "to": 6}, {"do": "hold", "for": "2m"}, "next", {"do": "anger", "to": 4}]
    found = record(at, *calmer, {"do": "interrupt", "kind": "tears"}, "next", {"do": "anger", "to": 2})
    shown = dict(found.rows())[found.words("record.calmed")]
    assert shown.split(" · ") == [f"{found.words('step.listen')}: opening", found.words("key.hold"), found.words("kind.tears")]


# what it shows -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_shown_in_a_few_readable_rows(at: Place, lang: str) -> None:
    case = {"reference": "K-1042", "cause": "delivery", "channel": "phone", "anger": 8, "verified": True}
    call = at.call(dict(case), lang)
    events = [call.event("begin", playbook="angry-customer", lang=lang, case=dict(call.case))]
    events += do(call, "next", {"do": "anger", "to": 3}, {"do": "interrupt", "kind": "insult"}, "return")
    go_to(call, "propose.options")
    events += do(call, {"do": "offer", "id": "refund_delivery", "answer": "accepted"}, promise(owner="lead"))
    session = call.world.session
    words = Words(session, session.strings(lang), lang)
    found = Ending(session, words, call, [*events, *call.close()])
    shown = told(found)
    for text in (
        "K-1042",
        words("value.cause.delivery"),
        words("value.channel.phone"),
        "8 → 3",
        words("step.listen"),
        words("record.skipped", steps=[words("step.follow_up")]),
        words("kind.insult"),
        words("answer.accepted"),
        "call the depot",
        words("screen.my_lead"),
        words.day("deadline", call.promises[0]["by"]),
        words("record.calmed"),
    ):
        assert text in shown, text
    assert "{" not in shown
    assert "None" not in shown


def test_what_names_a_person_is_masked_counted_and_said(at: Place) -> None:
    found = record(at, fact(item=f"lamp {PHONE}", order="4471"), promise(what=f"call {PHONE}, card {CARD}"))
    assert PHONE not in told(found)
    assert CARD not in str(drafts.waiting(folder(at)))
    assert found.notices() == [found.words("log.masked", found=[f"{found.words('mask.card')} 1", f"{found.words('mask.phone')} 2"])]


@pytest.mark.parametrize("case", [{"reference": PHONE}, {"order": CARD}, {"reference": PHONE, "order": CARD}])
def test_a_number_that_names_a_person_is_not_kept_and_that_is_said(at: Place, case: dict[str, Any]) -> None:
    found = record(at, "next", case=case)
    assert found.incident["reference"] is None
    assert found.words("record.no_reference") in found.notices()
    found.change("reference", "K-7")
    assert found.incident["reference"] == "K-7"
    assert found.words("record.no_reference") not in found.notices()


def test_with_a_phone_for_a_number_the_order_finds_the_matter(at: Place) -> None:
    found = record(at, "next", case={"reference": PHONE, "order": "4471"})
    assert found.incident["reference"] == "4471"
    assert found.words("record.no_reference") not in found.notices()


def test_words_that_judge_the_person_are_pointed_at(at: Place) -> None:
    found = record(at, "next")
    assert found.notices() == []
    found.change("worked", "silence; she was hysterical")
    assert "hysterical" in found.notices()[-1]
    found.change("worked", "silence; she cried")
    assert found.notices() == []


def test_nothing_of_the_person_is_in_it(at: Place) -> None:
    case = {"customer": "Zuzanna Nowak", "customer_gender": "f", "hardship": True, "verified": True, "address": "Pani Zuzanno"}
    found = record(at, "next", "next", case=case)
    assert "uzann" not in str(drafts.waiting(folder(at)))
    assert "uzann" not in told(found)
    validate(found.incident, "incident")


# changing it ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["worked", "better"])
def test_a_text_is_masked_before_it_is_shown_again(at: Place, name: str) -> None:
    found = record(at, "next")
    found.change(name, f"ask early, {PHONE}")
    assert found.text(name) == "ask early, [phone]"
    assert drafts.waiting(folder(at))[0][name] == "ask early, [phone]"
    assert "[phone]" in told(found)
    assert found.notices() == [found.words("log.masked", found=[f"{found.words('mask.phone')} 1"])]
    found.change(name, " ")
    assert found.incident[name] is None


@pytest.mark.parametrize(("name", "field"), [("did", "measures"), ("quote", "behaviours")])
def test_a_list_gets_one_more_each_time_and_nothing_takes_the_last_back(at: Place, name: str, field: str) -> None:
    found = record(at, "next")
    found.change(name, "one")
    found.change(name, f"two {CARD}")
    assert found.incident[field] == ["one", "two [card]"]
    assert found.text(name) == ""
    found.change(name, "")
    assert drafts.waiting(folder(at))[0][field] == ["one"]


def test_what_is_refused_changes_nothing(at: Place) -> None:
    found = record(at, "next", case={"reference": "K-1"})
    before = dict(found.incident)
    for name, text in (("reference", PHONE), ("worked", "x" * 9000), ("did", "\ud800")):
        with pytest.raises(UsageError):
            found.change(name, text)
    assert found.incident == before
    assert drafts.waiting(folder(at)) == [before]


def test_another_number_is_that_of_its_promises_too(at: Place) -> None:
    found = record(at, promise(), case={"order": "4471"})
    assert found.incident["promises"][0]["reference"] == "4471"
    found.change("reference", "K-9")
    found.save()
    assert at.run("promises", "--reference", "K-9", "--json").json["promises"][0]["what"] == "call the depot"


# where it goes -------------------------------------------------------------------------------------------------------------------


def test_saved_it_is_in_the_store_with_its_promises_and_no_longer_a_draft(at: Place) -> None:
    found = record(at, "next", promise(), case={"order": "4471"})
    found.save()
    assert (found.state, drafts.waiting(folder(at))) == (SAVED, [])
    assert [one["id"] for one in saved(at)] == [found.incident["id"]]
    assert at.run("promises", "--json").json["promises"][0]["reference"] == "4471"
    first, noted = found.told()
    assert found.incident["id"][:13] in first
    assert noted == found.words("record.in_ledger", count=1)


def test_thrown_away_nothing_is_left(at: Place) -> None:
    found = record(at, "next")
    found.discard()
    assert (found.state, drafts.waiting(folder(at)), saved(at)) == (GONE, [], [])
    assert found.told() == [found.words("record.gone")]


def test_a_store_that_cannot_be_written_leaves_the_draft(at: Place) -> None:
    at.variables["CLIENTCOACH_DB"] = "/proc/nothing/records.db"
    found = record(at, "next")
    with pytest.raises(StorageError):
        found.save()
    assert (found.state, drafts.waiting(folder(at))) == (DRAFT, [found.incident])
    assert found.told() == [found.words("record.draft")]
    del at.variables["CLIENTCOACH_DB"]
    assert at.run("log", "add", "--drafts").code == 0
    assert [one["id"] for one in saved(at)] == [found.incident["id"]]


def test_a_record_that_can_be_kept_nowhere_is_printed(at: Place, tmp_path: Path) -> None:
    at.variables |= {"CLIENTCOACH_DB": "/proc/nothing/records.db", "XDG_RUNTIME_DIR": "/proc/nothing"}
    found = record(at, "next", promise())
    with pytest.raises(StorageError):
        found.save()
    (line,) = found.told()
    at.variables = {}
    assert at.run("log", "add", "--from", "-", stdin=line).code == 0
    assert [one["id"] for one in saved(at)] == [found.incident["id"]]


def test_what_was_shown_is_what_is_saved(at: Place) -> None:
    found = record(at, "next", fact(item=f"lamp {PHONE}"), promise(), case={"order": "4471"})
    found.change("did", f"called {PHONE}")
    shown = found.incident
    found.save()
    with store(at.home / ".local/share/clientcoach/records.db", write=False) as open_store:
        assert list(incidents.listed(open_store.engine, {})) == [shown]
