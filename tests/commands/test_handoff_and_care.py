"""`handoff` and `care`: two playbooks with a command of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientcoach.records.ids import new_id
from clientcoach.records.incidents import blank, insert
from clientcoach.records.store import Store
from tests.support import LANGS, validate

if TYPE_CHECKING:
    from tests.support import Place

CASE = ("--cause", "delivery", "--order", "4471", "--anger", "9")
NEWEST, OLDER = "2026-11-25T05:00:00Z", "2026-11-24T05:00:00Z"


def keep(at: Place, closed: str, **more: object) -> str:
    incident = {**blank(), "id": new_id(), "opened_at": closed, "closed_at": closed, **more}
    with Store(str(at.cwd / "store.db"), lambda: closed, "Ola", write=True) as store:
        store.change(lambda engine, when, actor: insert(engine, incident, when, actor))
    return str(incident["id"])


@pytest.mark.parametrize("lang", LANGS)
def test_the_colleague_gets_six_lines_and_the_customer_two(at: Place, lang: str) -> None:
    answer = at.run("handoff", "--lang", lang, *CASE, "--json").json
    validate(answer)
    assert [len(step["say"]) for step in answer["steps"]] == [6, 2]


def test_the_colleague_reads_the_workers_language_the_customer_hears_theirs(at: Place) -> None:
    mixed, english, kazakh = (
        at.run("handoff", *CASE, "--lang", lang, "--ui", ui, "--json").json for lang, ui in (("kk", "en"), ("en", "en"), ("kk", "kk"))
    )
    texts = [[line["text"] for step in answer["steps"] for line in step["say"]] for answer in (mixed, english, kazakh)]
    assert texts[0] == texts[1][:6] + texts[2][6:]
    assert [step["title"] for step in mixed["steps"]] == [step["title"] for step in english["steps"]]


def test_without_a_name_it_is_the_newest_incident(at: Place) -> None:
    at.variables["CLIENTCOACH_DB"] = str(at.cwd / "store.db")
    older = keep(at, OLDER, cause="billing", lang="en")
    keep(at, NEWEST, cause="delivery", lang="en", offers=[{"id": "pickup", "answer": "accepted"}])
    assert at.run("handoff", "--json").json["case"]["cause"] == "delivery"
    assert "pick-up point" in at.run("handoff").out
    assert at.run("handoff", older, "--json").json["case"]["cause"] == "billing"


@pytest.mark.parametrize("typed", [("--cause", "product"), ("--order", "9001"), ("--reference", "K-9")])
def test_a_typed_case_takes_nothing_from_another_customers_incident(at: Place, typed: tuple[str, str]) -> None:
    alone = at.run("handoff", *typed).out
    at.variables["CLIENTCOACH_DB"] = str(at.cwd / "store.db")
    kept = keep(at, NEWEST, cause="delivery", lang="en", prior=2, offers=[{"id": "pickup", "answer": "accepted"}])
    assert at.run("handoff", *typed).out == alone
    assert "pick-up point" in at.run("handoff", kept, *typed).out


def test_what_is_typed_about_the_speakers_goes_with_the_newest_incident(at: Place) -> None:
    at.variables["CLIENTCOACH_DB"] = str(at.cwd / "store.db")
    keep(at, NEWEST, cause="delivery", lang="en", offers=[{"id": "pickup", "answer": "accepted"}])
    assert "pick-up point" in at.run("handoff", "--lang", "en", "--customer-gender", "f", "--deadline", "2h").out


def test_an_incident_that_is_not_there_is_said(at: Place) -> None:
    ran = at.run("handoff", "nope")
    assert ran.code == 2
    assert "nope" in ran.err


def test_to_look_for_an_incident_makes_no_store(at: Place) -> None:
    assert at.run("handoff").code == 0
    assert not [path for path in at.home.rglob("*.db*") if path.is_file()]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("when", "count"), [("after", 5), ("before", 2), ("limits", 3)])
def test_care_is_one_card(at: Place, lang: str, when: str, count: int) -> None:
    answer = at.run("care", when, "--ui", lang, "--json").json
    validate(answer)
    (step,) = answer["steps"]
    assert (step["step"], len(step["say"])) == (when, count)


def test_care_without_a_word_is_for_after_a_call(at: Place) -> None:
    assert at.run("care").out == at.run("care", "after").out


def test_care_knows_what_made_the_call_hard(at: Place) -> None:
    usual, threat = (at.run("care", *words).out for words in ((), ("--set", "event=threat")))
    assert usual != threat


def test_care_names_the_number_when_it_is_needed(at: Place) -> None:
    assert "112" in at.run("care", "limits").out


def test_care_keeps_nothing(at: Place) -> None:
    before = sorted(at.home.rglob("*"))
    at.run("care", "--set", "event=self_harm")
    assert sorted(at.home.rglob("*")) == before


def test_another_card_is_refused(at: Place) -> None:
    ran = at.run("care", "sometimes")
    assert ran.code == 2
    assert "before" in ran.err
