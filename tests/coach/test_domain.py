"""What the sources teach (rows of domain.md), served by a playbook: each rendered in four languages, with what makes it that row."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.content import library
from tests.language.expand import BOOKS, PLACES, expansions, phrases, playbook
from tests.support import LANGS, ROOT

if TYPE_CHECKING:
    from tests.support import Place

SEEDS = ROOT.parent / "shared" / "seeds"
RUN = 6  # words in a row that no phrase may have from a source


def script(at: Place, book: str, lang: str, *words: str, **facts: str) -> Any:
    """script@1 of a playbook with facts of its own."""
    ran = at.run("script", book, "--json", "--lang", lang, *words, *(f"--set={name}={value}" for name, value in facts.items()))
    assert ran.code == 0, ran.err
    return ran.json


def said(told: Any, part: str) -> str:
    """The line of STEP.PART."""
    step, _, name = part.partition(".")
    return next(line["text"] for one in told["steps"] if one["step"] == step for line in one["say"] if line["part"] == name)


def lines(told: Any) -> list[str]:
    return [line["text"] for step in told["steps"] for line in step["say"]]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("step", ["listen", "empathize", "apologize", "propose", "follow_up"])
def test_t1_to_t5_the_five_steps(at: Place, lang: str, step: str) -> None:
    told = script(at, "angry-customer", lang)
    assert [one["step"] for one in told["steps"]] == ["listen", "empathize", "apologize", "propose", "follow_up"]
    assert next(one for one in told["steps"] if one["step"] == step)["say"]


@pytest.mark.parametrize("lang", LANGS)
def test_b1_d4_a_limit_in_three_rungs(at: Place, lang: str) -> None:
    """Named by what was done, counted, and with a way back; one source with the interruption."""
    rungs = {
        rung: said(script(at, "boundaries", lang, behaviour="insult", rung=rung, warned="yes"), "limit.rung")
        for rung in ("ask", "warn", "end")
    }
    assert len(set(rungs.values())) == 3
    turns = {phrase["id"]: phrase for phrase in playbook("interruptions", lang)["phrases"]["insult.limit"]}
    assert {one["id"] for one in playbook("boundaries", lang)["phrases"]["limit.rung"]} == set(turns)
    by_behaviour = {
        said(script(at, "boundaries", lang, behaviour=one), "name.behaviour") for one in playbook("boundaries", lang)["facts"]["behaviour"]
    }
    assert len(by_behaviour) == 6
    assert said(script(at, "boundaries", lang, behaviour="private"), "frame.private")
    assert said(script(at, "boundaries", lang), "end.back")


@pytest.mark.parametrize("lang", LANGS)
def test_f1_three_questions_eight_outcomes(at: Place, lang: str) -> None:
    answers = ("yes", "no")
    outcomes = {
        (loss, reach, behaviour): said(script(at, "problem-client", lang, loss=loss, reach=reach, behaviour=behaviour), "answer.outcome")
        for loss in answers
        for reach in answers
        for behaviour in answers
    }
    assert len(set(outcomes.values())) == 8
    limited = script(at, "problem-client", lang, loss="yes", reach="yes", behaviour="no")
    fine = script(at, "problem-client", lang, loss="yes", reach="yes", behaviour="yes")
    assert "limit" in {line["part"] for step in limited["steps"] for line in step["say"]}
    assert "limit" not in {line["part"] for step in fine["steps"] for line in step["say"]}


@pytest.mark.parametrize("lang", LANGS)
def test_f4_parting_waits_for_every_promise(at: Place, lang: str) -> None:
    words = ("parting", "--lang", lang, "--ui", lang, "--reference", "k-1042")
    assert at.run("script", *words).code == 0
    made = at.run("promises", "add", "send the last invoice", "--due", "tomorrow", "--reference", "k-1042", "--json").json
    for verb in (["script"], ["call", "--answers", "/dev/null"], ["say", "tell", "--playbook"]):
        ran = at.run(*verb, *words)
        assert (ran.code, ran.out) == (1, "")
        assert "send the last invoice" in ran.err
    assert at.run("promises", "done", made["id"]).code == 0
    told = at.run("script", *words, "--json").json
    assert said(told, "tell.decision") and said(told, "route.complaint") and said(told, "back.return")


@pytest.mark.parametrize("lang", LANGS)
def test_e5_a_team_that_never_parts(at: Place, lang: str) -> None:
    (at.cwd / "policy.yaml").write_text("parting: never\n")
    (at.cwd / ".clientcoach.toml").write_text('policy = "policy.yaml"\n')
    ran = at.run("script", "parting", "--lang", lang, "--ui", lang, "--reference", "k-1042")
    assert (ran.code, ran.out) == (1, "")
    assert "boundaries" in ran.err


def test_parting_with_a_stranger_says_that_nothing_was_looked_up(at: Place) -> None:
    ran = at.run("script", "parting")
    assert ran.code == 0
    assert "--reference" in ran.err


@pytest.mark.parametrize("lang", LANGS)
def test_f3_hardship_asks_what_would_help(at: Place, lang: str) -> None:
    helped = {said(script(at, "hardship", lang, need=need), "propose.offer") for need in playbook("hardship", lang)["facts"]["need"]}
    assert len(helped) == 6
    told = script(at, "hardship", lang, "--customer", "Anna")
    assert next(step for step in told["steps"] if step["step"] == "listen")["ask"]
    assert said(told, "keep.consent")
    assert not [line for line in lines(told) if "Ann" in line]


@pytest.mark.parametrize("lang", LANGS)
def test_e3_the_company_speaks_first_in_writing(at: Place, lang: str) -> None:
    """Without a channel it is written; a notice for many names nobody's order."""
    words = ("--order", "4471", "--customer", "Anna", "--deadline", "2h")
    told = script(at, "proactive", lang, *words, issue="outage")
    assert lines(told) == lines(script(at, "proactive", lang, *words, "--channel", "email", issue="outage"))
    many = script(at, "proactive", lang, *words, issue="delay", audience="many")
    assert not [line for line in lines(many) if "4471" in line or "Ann" in line]
    issues = {said(script(at, "proactive", lang, issue=issue), "tell.happened") for issue in playbook("proactive", lang)["facts"]["issue"]}
    assert len(issues) == 5


@pytest.mark.parametrize("lang", LANGS)
def test_e2_a_complaint_is_investigated_then_answered(at: Place, lang: str) -> None:
    (at.cwd / "policy.yaml").write_text(
        'clocks:\n  - {country: KZ, kind: written_claim, days: 10, calendar: calendar, from: received, source: "Art. 42-4", checked_on: 2026-11-22}\n'
    )
    (at.cwd / ".clientcoach.toml").write_text('policy = "policy.yaml"\n')
    book = playbook("complaint-book", lang)
    assert book["case"] == {"channel": "email", "anger": 7}
    told = script(at, "complaint-book", lang, "--ui", lang, "--received", "2026-11-20")
    assert len(told["hints"]) == 2
    assert "clientcoach log add --kind complaint" in told["hints"][0]
    assert "2026-11-30" in told["hints"][1]
    found = {said(script(at, "complaint-book", lang, finding=one), "facts.found") for one in book["facts"]["finding"]}
    assert len(found) == 4
    public = script(at, "complaint-book", lang, "--customer", "Anna", "--order", "4471", place="review")
    assert not [line for line in lines(public) if "4471" in line or "Ann" in line]


@pytest.mark.parametrize("lang", LANGS)
def test_f2_expectations_are_set_and_checked(at: Place, lang: str) -> None:
    told = script(at, "first-contact", lang, service="repair")
    for part in ("work.stages", "work.when", "work.not_included", "reach.how", "reach.hours", "check.understood"):
        assert said(told, part)
    assert "?" in said(told, "check.understood")


@pytest.mark.parametrize("lang", LANGS)
def test_d5_yes_partly_and_no_with_something_instead(at: Place, lang: str) -> None:
    told = {answer: script(at, "unusual-request", lang, answer=answer) for answer in ("yes", "partly", "no")}
    assert len({said(one, "answer.say") for one in told.values()}) == 3
    parts = {
        answer: {line["part"] for step in one["steps"] if step["step"] == "answer" for line in step["say"]} for answer, one in told.items()
    }
    assert "instead" in parts["no"] and "instead" not in parts["yes"]
    assert "compromise" in parts["partly"]


@pytest.mark.parametrize("lang", LANGS)
def test_c1_a_misunderstanding_has_two_readings(at: Place, lang: str) -> None:
    told = script(at, "misunderstanding", lang, about="price", settled="yes")
    assert said(told, "clear.both") and said(told, "clear.which") != said(script(at, "misunderstanding", lang, settled="no"), "clear.which")
    assert next(step for step in told["steps"] if step["step"] == "propose")["offers"]


@pytest.mark.parametrize("lang", LANGS)
def test_c9_d6_in_touch_afterwards_and_before_it_is_late(at: Place, lang: str) -> None:
    after, late = script(at, "follow-up", lang, news="check"), script(at, "follow-up", lang, "--deadline", "2h", news="late")
    for part in ("check.works", "opinion.heard", "further.help", "follow_up.invite"):
        assert said(after, part)
    assert said(late, "news.new_date") and said(late, "news.own")
    assert "own" not in {line["part"] for step in after["steps"] for line in step["say"]}


@pytest.mark.parametrize("lang", LANGS)
def test_c8_b2_the_colleague_and_the_worker(at: Place, lang: str) -> None:
    assert said(script(at, "handoff", lang), "colleague.happened")
    assert lines(at.run("care", "--json", "--lang", lang, "--ui", lang).json)


def test_what_triage_suggests_is_installed() -> None:
    model = library.model(PLACES)
    suggested = {line["playbook"] for line in model["playbooks"]} | set(model["history"]["playbooks"])
    assert suggested <= set(BOOKS)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}


def test_words_of_a_source_would_be_seen() -> None:
    source = runs(words_of("one two three four five six seven"))
    assert runs(words_of("So: two, three, four, five, six, seven!")) & source
    assert not runs(words_of("two three four five six eight")) & source


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are not part of the repository")
@pytest.mark.parametrize("lang", LANGS)
def test_no_phrase_is_a_source_s(lang: str) -> None:
    sources = set().union(*(runs(words_of(Path(file).read_text(encoding="utf-8"))) for file in SEEDS.iterdir()))
    assert sources
    assert phrases(lang)
    taken = [str(one) for one in expansions(lang) if runs(words_of(one.sentence)) & sources]
    assert not taken, json.dumps(taken[:5], ensure_ascii=False)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("book", [book for book in BOOKS if book not in {"interruptions", "investigation", "care"}])
def test_every_playbook_can_be_walked(at: Place, book: str, lang: str) -> None:
    """From the first line to the end, an insult in the middle of it, and a line in every step."""
    acts = [{"do": "next"}] * 3 + [{"do": "interrupt", "kind": "insult"}, {"do": "return"}] + [{"do": "next"}] * 40 + [{"do": "end"}] * 2
    if "insult" not in playbook(book, lang)["interruptions"]:
        acts = [act for act in acts if act["do"] not in {"interrupt", "return"}]
    answers = at.cwd / "walk.ndjson"
    answers.write_text("".join(json.dumps(act) + "\n" for act in acts))
    ran = at.run(
        "call",
        book,
        "--answers",
        str(answers),
        "--json",
        "--lang",
        lang,
        "--ui",
        lang,
        "--order",
        "4471",
        "--deadline",
        "2h",
        "--reference",
        "k-1",
    )
    assert ran.code == 0, ran.err[:500]
    walked = ran.events
    assert walked[-1]["type"] == "end"
    said_in = {event["step"] for event in walked if event["type"] == "step" and event["line"]}
    assert said_in == {step for step, _ in playbook(book, lang)["steps"]}
    assert all(event["text"].strip() for event in walked if event["type"] == "say")
