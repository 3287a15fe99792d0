"""`drill run --answers`: events by a contract, the same for the same seed and answers; what cannot be an answer is told with its line."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.content import library
from clientcoach.content.personas import OPT_INS as CONTENT_OPT_INS
from clientcoach.drill.acts import ACTS
from clientcoach.drill.ends import ENDS
from clientcoach.drill.events import KINDS
from clientcoach.drill.hints import SERVES
from clientcoach.drill.score import MARKS, RULES
from clientcoach.drill.talk import calls_back
from clientcoach.drill.told import BY
from clientcoach.options import OPT_INS
from tests.drill.answers import answers, file, played
from tests.support import LANGS, schema, validate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Place, Ran

NAME = "late-sofa"
OWN = {
    "en": "I can hear how angry that makes you, you waited for the sofa on Tuesday and nobody came. Which day do you need it by?",
    "ru": "Понимаю, как это злит: вы ждали диван во вторник, и никто не приехал. К какому дню он вам нужен?",
    "pl": "Rozumiem, że to złości: czekała Pani na sofę we wtorek i nikt nie przyjechał. Na kiedy jest Pani potrzebna?",
    "kk": "Сейсенбіде диван күтіп, ешкім келмегеніне ашуланғаныңызды түсінемін. Диван қай күнге керек?",
}


def run(at: Place, *lines: Any, name: str = NAME, lang: str = "en", flags: tuple[str, ...] = ("--json",)) -> Ran:
    return at.run("drill", "run", name, "--lang", lang, "--ui", lang, "--answers", file(at, *lines), *flags)


def results(at: Place) -> list[Any]:
    path = kept(at)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def kept(at: Place) -> Path:
    return at.home / ".local" / "share" / "clientcoach" / "drills.ndjson"


def kinds(ran: Ran) -> list[str]:
    return [event["type"] for event in ran.events]


@pytest.mark.parametrize("lang", LANGS)
def test_a_whole_drill_keeps_its_contract(at: Place, lang: str) -> None:
    talk = played(at, NAME, lang, 3)
    ran = run(at, *answers(talk), lang=lang, flags=("--json", "--seed", "3"))
    assert (ran.code, ran.err) == (0, "")
    for event in ran.events:
        validate(event, "drill")
    begin, opening, *_, last, end, debrief = ran.events
    assert (begin["persona"], begin["seed"], begin["lang"], begin["rule"], begin["lesson"]) == (NAME, 3, lang, None, None)
    assert (opening["text"], opening["turn"]) == (talk.opening, 0)
    assert [event["text"] for event in ran.events if event["type"] == "customer"][1:] == [one.answer for one in talk.rounds]
    assert [event["acts"] for event in ran.events if event["type"] == "worker"] == [list(one.acts) for one in talk.rounds]
    assert all(event["text"] for event in ran.events if event["type"] == "worker")
    assert last["state"] == {name: getattr(talk.state, name) for name in ("anger", "trust", "heard", "solution")}
    assert (end["end"], end["turn"]) == ("settled", talk.state.turn)
    assert 2 <= len(debrief["lines"]) <= 6
    assert debrief["process"] >= 90
    assert results(at) == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_seed_and_answers_give_the_same_bytes(at: Place, lang: str) -> None:
    """In another process too, whose hashes are others, on another day."""
    lines = [{"act": "listen"}, {"hint": True}, {"text": OWN[lang]}, {"act": ["apology", "own"]}, {"act": "flat_no"}, {"act": "calm_down"}]
    lines += [{"act": "blame_customer"}] * 12
    argv = ("drill", "run", NAME, "--lang", lang, "--answers", file(at, *lines), "--json", "--seed", "5")
    first = at.run(*argv)
    assert first.code == 0
    assert first.events[-1]["type"] == "debrief"
    assert at.run(*argv).out == first.out
    env = {**at.environment(), "PYTHONHASHSEED": "7", "CLIENTCOACH_NOW": "2031-01-02T03:04:05+00:00"}
    assert at.process(*argv, env=env).stdout.decode() == first.out


def test_another_seed_is_another_call(at: Place) -> None:
    told = {run(at, {"act": "listen"}, flags=("--json", "--seed", str(seed))).out for seed in range(6)}
    assert len(told) > 1


def test_each_event_follows_the_turn_that_caused_it(at: Place) -> None:
    ran = run(at, *[{"act": "blame_customer"}] * 14)
    assert ran.code == 0
    order = {"worker": 0, "event": 1, "customer": 2}
    turns = [(event["turn"], order[event["type"]]) for event in ran.events if event["turn"] and event["type"] in order]
    assert turns == sorted(turns)
    told = [event for event in ran.events if event["type"] == "event"]
    assert {event["kind"] for event in told} >= {"hang_up"}
    assert all(event["of_the_customer"] == (event["turn"] < 3) for event in told)
    assert ran.events[-1]["critical"]
    assert ran.events[-1]["process"] <= 40


def test_what_a_persona_does_anyway_is_not_the_trainees(at: Place) -> None:
    talk = played(at, "rude-clerk", "en")
    ran = run(at, *answers(talk), name="rude-clerk")
    told = {event["kind"]: event["of_the_customer"] for event in ran.events if event["type"] == "event"}
    assert told.get("review") is True


@pytest.mark.parametrize("lang", LANGS)
def test_own_words_are_read(at: Place, lang: str) -> None:
    ran = run(at, {"act": "listen"}, {"text": OWN[lang]}, lang=lang)
    worker = [event for event in ran.events if event["type"] == "worker"][1]
    assert worker["by"] == "text"
    assert worker["text"] == OWN[lang]
    assert {"empathy", "explore"} <= set(worker["acts"])


def test_own_words_may_say_what_they_were_meant_as(at: Place) -> None:
    ran = run(at, {"text": OWN["en"], "act": ["listen"]})
    worker = next(event for event in ran.events if event["type"] == "worker")
    assert (worker["by"], worker["text"], worker["acts"]) == ("act", OWN["en"], ["listen"])


def test_words_that_say_nothing_known_are_not_scored(at: Place) -> None:
    ran = run(at, {"act": "listen"}, {"text": "Bananas are yellow"})
    assert ran.code == 2
    assert "answers.ndjson:2" in ran.err
    assert "Bananas" in ran.err
    assert kinds(ran) == ["begin", "customer", "worker", "customer"]


def test_a_hint_is_told_and_remembered(at: Place) -> None:
    ran = run(at, {"hint": True}, {"act": "listen"}, {"hint": True, "act": "listen"}, {"act": "listen"})
    assert kinds(ran) == ["begin", "customer", "hint", "worker", "customer", "hint", "worker", "customer", "worker", "customer"]
    assert [event["hint"] for event in ran.events if event["type"] == "worker"] == [True, True, False]
    hint = next(event for event in ran.events if event["type"] == "hint")
    assert (hint["rule"], hint["turn"]) == ("let_finish", 1)
    assert hint["text"] == library.drill_words(at.session().places, "en")["rules"]["let_finish"]["tip"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_coach_gives_one_short_tip_a_turn(at: Place, lang: str) -> None:
    talk = played(at, NAME, lang)
    ran = run(at, *answers(talk), lang=lang, flags=("--json", "--coach"))
    tips = [event["text"] for event in ran.events if event["type"] == "hint"]
    assert len(tips) == talk.state.turn
    assert all(0 < len(tip) <= 120 for tip in tips)
    assert all(event["hint"] for event in ran.events if event["type"] == "worker")


def test_every_act_of_the_reference_serves_a_rule() -> None:
    assert set(SERVES) <= set(ACTS)
    assert set(SERVES.values()) <= set(RULES)


def test_answers_that_run_out_leave_no_debrief_and_no_result(at: Place) -> None:
    ran = run(at, {"act": "listen"}, {"act": "listen"}, flags=("--json", "--keep"))
    assert ran.code == 1
    assert "answers.ndjson" in ran.err
    assert kinds(ran)[-1] == "customer"
    assert results(at) == []
    empty = run(at)
    assert (empty.code, kinds(empty)) == (1, ["begin", "customer"])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"act": "lisen"}, "Did you mean: listen"),
        ({"act": ["listen", "apologise"]}, "apolog"),
        ({"act": []}, "answers.ndjson:2"),
        ({"act": [["listen"]]}, "answers.ndjson:2"),
        ({"act": ["listen"] * 41}, "answers.ndjson:2"),
        ({"act": 5}, "answers.ndjson:2"),
        ({"act": None}, "answers.ndjson:2"),
        ({"act": "listen", "score": 100}, "answers.ndjson:2"),
        ({"hint": False}, "answers.ndjson:2"),
        ({"hint": "yes"}, "answers.ndjson:2"),
        ({}, "answers.ndjson:2"),
        ({"text": 5}, "text"),
        ({"text": ""}, "answers.ndjson:2"),
        ({"text": "a" * 2001}, "2001"),
        (b'{"text": "\\ud800"}', "UTF-8"),
        (b"[]", "answers.ndjson:2"),
        (b"{", "answers.ndjson:2"),
        (b'{"act": "listen", "act": "thank"}', "answers.ndjson:2"),
        (b'{"act": NaN}', "answers.ndjson:2"),
        (b"\xff", "answers.ndjson:2"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_answer_is_told_with_its_line(at: Place, line: Any, told: str) -> None:
    ran = run(at, {"act": "listen"}, line)
    assert ran.code == 2
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) == 1
    assert kinds(ran) == ["begin", "customer", "worker", "customer"]


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("late-sofaa",), 2),
        (("../late-sofa",), 2),
        (("late-sofa", "--lang", "xx"), 2),
        (("late-sofa", "--seed", "-1"), 2),
        (("late-sofa", "--seed", str(2**31)), 2),
        (("late-sofa", "--label", "during"), 2),
        (("late-sofa", "--format", "json"), 2),
        (("late-sofa", "--opt-in", "everything"), 2),
        (("late-sofa", "--session", "m" * 65), 2),
        (("late-sofa", "--session", "\udc80"), 2),
        (("last-letter",), 2),
        (("last-letter", "--opt-in", "abuse"), 2),
        ((), 2),
    ],
    ids=str,
)
def test_what_cannot_be_meant(at: Place, argv: tuple[str, ...], code: int) -> None:
    ran = at.run("drill", "run", *argv, "--answers", file(at, {"act": "listen"}))
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("error: ")
    assert "Traceback" not in ran.err


def test_a_file_that_is_not_there(at: Place) -> None:
    assert at.run("drill", "run", NAME, "--answers", "nowhere.ndjson").code == 2


def test_nobody_to_ask(at: Place) -> None:
    for argv in (("drill",), ("drill", "run", NAME), ("drill", "run", "--resume"), ("drill", "lesson", "1")):
        ran = at.run(*argv)
        assert (ran.code, ran.out) == (5, "")


def test_what_broke_off_has_its_name_and_its_answers(at: Place) -> None:
    for argv in (("drill", "run", NAME, "--resume"), ("drill", "run", "--resume", "--answers", file(at, {"act": "listen"}))):
        ran = at.run(*argv)
        assert (ran.code, ran.out) == (2, "")
        assert "--resume" in ran.err


@pytest.mark.parametrize("name", ["last-letter", "shouting-caller", "at-the-door"])
def test_the_opt_in_ones_by_name(at: Place, name: str) -> None:
    needed = library.persona(at.session().places, name, "en")["opt_in"]
    talk = played(at, name, "en")
    ran = run(at, *answers(talk), name=name, flags=("--json", "--opt-in", needed))
    assert ran.code == 0
    assert ran.events[-2]["end"] == talk.state.end


def test_answers_from_standard_input(at: Place) -> None:
    lines = "".join(json.dumps(one) + "\n" for one in answers(played(at, NAME, "en")))
    ran = at.run("drill", "run", NAME, "--answers", "-", "--json", stdin=lines)
    assert (ran.code, kinds(ran)[-1]) == (0, "debrief")


def test_answers_after_the_end_are_left(at: Place) -> None:
    talk = played(at, NAME, "en")
    lines = answers(talk)
    assert run(at, *lines, {"act": "nonsense"}).out == run(at, *lines).out


def test_the_result_is_kept_where_it_is_wished(at: Place) -> None:
    talk = played(at, NAME, "en", 2)
    ran = run(at, *answers(talk), flags=("--json", "--seed", "2", "--keep", "--session", "monday", "--label", "before"))
    assert ran.code == 0
    (found,) = results(at)
    validate(found, "drill-result")
    assert (found["persona"], found["seed"], found["session"], found["label"], found["end"]) == (NAME, 2, "monday", "before", "settled")
    assert found["acts"] == [list(one.acts) for one in talk.rounds]
    assert found["marks"] == {rule: told["mark"] for rule, told in ran.events[-1]["marks"].items()}
    assert os.stat(kept(at)).st_mode & 0o777 == 0o600


def test_what_is_kept_of_own_words_is_masked(at: Place) -> None:
    lines = answers(played(at, NAME, "en"))
    run(at, {"text": "I write to anna@example.com, I see.", "act": "listen"}, *lines, flags=("--keep", "--json"))
    (found,) = results(at)
    assert "anna@example.com" not in kept(at).read_text(encoding="utf-8")
    assert "[email]" in found["said"][0]


def test_the_next_day_is_told_by_what_was_kept(at: Place) -> None:
    """A rule that was kept twice, on its days, and then in part: it stays where it was on the ladder. Of strangers nobody knows that."""
    well = answers(played(at, NAME, "en"))
    for day in ("2026-11-25", "2026-11-26"):
        at.variables["CLIENTCOACH_NOW"] = f"{day}T10:00:00+05:00"
        assert run(at, *well, flags=("--json", "--keep")).events[-1]["marks"]["stay_kind"]["mark"] == "kept"
    at.variables["CLIENTCOACH_NOW"] = "2026-11-29T10:00:00+05:00"
    slipping = answers(played(at, NAME, "en", begin="jargon"))
    strange = run(at, *slipping).events[-1]
    assert (strange["marks"]["stay_kind"]["mark"], strange["next"]) == ("partly", {"rule": "stay_kind", "days": 1})
    assert run(at, *slipping, flags=("--json", "--keep")).events[-1]["next"] == {"rule": "stay_kind", "days": 3}


def test_the_second_call_is_played_while_answers_are_left(at: Place) -> None:
    seed = next(seed for seed in range(20) if calls_back(played(at, NAME, "en", seed)) == "broken")
    talk = played(at, NAME, "en", seed)
    second = played(at, NAME, "en", seed, again="broken", first=talk)
    lines = [*answers(talk), *answers(second)]
    flags = ("--json", "--seed", str(seed), "--second", "--keep")
    ran = run(at, *lines, flags=flags)
    assert ran.code == 0
    for event in ran.events:
        validate(event, "drill")
    calls = [event["call"] for event in ran.events]
    assert calls == sorted(calls)
    assert [event["type"] for event in ran.events if event["call"] == 2][0:2] == ["begin", "customer"]
    assert next(event["text"] for event in ran.events if event["call"] == 2 and event["type"] == "customer") == second.opening
    assert [found["call"] for found in results(at)] == [1, 2]
    assert {event["call"] for event in run(at, *lines, flags=flags[:3]).events} == {1}
    assert {event["call"] for event in run(at, *answers(talk), flags=flags[:4]).events} == {1}
    half = run(at, *answers(talk), {"act": "listen"}, flags=flags[:4])
    assert half.code == 1


def test_whose_promise_was_kept_only_says_so(at: Place) -> None:
    seed = next(seed for seed in range(20) if calls_back(played(at, NAME, "en", seed)) == "kept")
    ran = run(at, *answers(played(at, NAME, "en", seed)), flags=("--json", "--seed", str(seed), "--second", "--keep"))
    again = [event for event in ran.events if event["call"] == 2]
    assert (ran.code, [event["type"] for event in again]) == (0, ["begin", "customer", "end"])
    assert again[1]["text"] == library.persona(at.session().places, NAME, "en")["texts"]["again"]["kept"]
    assert [found["call"] for found in results(at)] == [1], "nothing was drilled in it"


@pytest.mark.parametrize("lang", LANGS)
def test_as_text_it_is_a_talk_without_numbers(at: Place, lang: str) -> None:
    talk = played(at, NAME, lang)
    ran = run(at, *answers(talk), lang=lang, flags=())
    assert ran.code == 0
    talked, _, debriefed = ran.out.rpartition(talk.rounds[-1].answer)
    assert talk.persona["title"] in talked
    assert all(one.answer in ran.out for one in talk.rounds)
    for number in (talk.curve("anger") + talk.curve("trust"))[2:]:
        assert f" {number}\n" not in talked
    assert debriefed.strip()
    assert "debrief." not in ran.out
    assert "drill." not in ran.out


def test_hostile_words_are_shown_harmless(at: Place) -> None:
    ran = run(at, {"text": "I see\x1b[2J\u202e, go on\x07", "act": "listen"}, flags=())
    assert "\x1b" not in ran.out + ran.err
    assert "\u202e" not in ran.out
    assert "I see" in ran.out
    told = run(at, {"text": "I see\x1b[2J\x9b31m", "act": "listen"})
    assert "\x1b" not in told.out
    assert "\x9b" not in told.out


def test_lessons_are_played_one_after_another(at: Place) -> None:
    lesson = library.lesson(at.session().places, 1)
    lines = [line for drill in lesson["drills"] for line in answers(played(at, drill["persona"], "en", drill["seed"]))]
    ran = at.run("drill", "lesson", "1", "--lang", "en", "--answers", file(at, *lines), "--json", "--keep")
    assert (ran.code, ran.err) == (0, "")
    begun = [event for event in ran.events if event["type"] == "begin"]
    assert [(event["persona"], event["seed"]) for event in begun] == [(drill["persona"], drill["seed"]) for drill in lesson["drills"]]
    assert {(event["rule"], event["lesson"]) for event in begun} == {(lesson["rule"], "1")}
    assert [found["lesson"] for found in results(at)] == ["1"] * len(begun)
    assert kinds(ran).count("debrief") == len(begun)


def test_a_lesson_of_one_s_own(at: Place) -> None:
    (at.cwd / "ours.yaml").write_text(
        "lessons:\n  - title: {en: Ours}\n    rule: sum_up\n    drills:\n      - {persona: double-charge, seed: 9}\n", encoding="utf-8"
    )
    lines = answers(played(at, "double-charge", "en", 9))
    ran = at.run("drill", "lesson", str(at.cwd / "ours.yaml"), "--lang", "en", "--answers", file(at, *lines), "--json")
    assert ran.code == 0
    assert (ran.events[0]["lesson"], ran.events[0]["rule"], ran.events[0]["seed"]) == ("ours.yaml", "sum_up", 9)


@pytest.mark.parametrize(
    ("lesson", "code"), [("0", 2), ("99", 2), ("nowhere.yaml", 4), ("broken.yaml", 4), ("unknown.yaml", 2), ("opt-in.yaml", 2)]
)
def test_a_lesson_that_cannot_be_used(at: Place, lesson: str, code: int) -> None:
    text = "lessons:\n  - title: {en: Ours}\n    rule: sum_up\n    drills:\n      - {persona: PERSONA, seed: 9}\n"
    (at.cwd / "broken.yaml").write_text(text.replace("sum_up", "sum_it_up"), encoding="utf-8")
    (at.cwd / "unknown.yaml").write_text(text.replace("PERSONA", "nobody"), encoding="utf-8")
    (at.cwd / "opt-in.yaml").write_text(text.replace("PERSONA", "last-letter"), encoding="utf-8")
    named = lesson if lesson.isdigit() else str(at.cwd / lesson)
    ran = at.run("drill", "lesson", named, "--lang", "en", "--answers", file(at, {"act": "listen"}))
    assert (ran.code, ran.out) == (code, "")
    assert "error: " in ran.err
    assert "Traceback" not in ran.err


def test_the_schema_names_what_there_is() -> None:
    told = schema("drill")["$defs"]
    assert set(told["acts"]["items"]["enum"]) == set(ACTS)
    assert set(told["rule"]["enum"]) == set(RULES)
    assert set(told["end"]["enum"]) == set(ENDS)
    assert set(told["event_event"]["properties"]["kind"]["enum"]) == set(KINDS)
    assert set(told["event_worker"]["properties"]["by"]["enum"]) == set(BY)
    assert set(told["event_debrief"]["properties"]["marks"]["additionalProperties"]["properties"]["mark"]["enum"]) == set(MARKS)
    assert OPT_INS == CONTENT_OPT_INS


def test_personas_and_opt_ins_are_completed(at: Place) -> None:
    offered = at.run("complete", "drill", "run").out.split()
    assert set(library.personas(at.session().places)) <= set(offered)
    assert at.run("complete", "drill", "run", "--opt-in").out.split() == list(OPT_INS)
