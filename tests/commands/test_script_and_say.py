"""`script` and `say`: pure, seeded, with alternatives; what is missing; where the identity check stands; every language."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcoach.case.fields import CAUSES, CHANNELS, FAULTS, STEPS
from clientcoach.coach.script import ONLY_IN_A_CALL
from clientcoach.commands.script import tailored
from clientcoach.content.library import bundled
from clientcoach.wording.variables import VARIABLES
from tests.support import LANGS, Place, validate

if TYPE_CHECKING:
    from pathlib import Path

CASE = ("--cause", "delivery", "--anger", "8", "--order", "4471", "--deadline", "2h")
UNFINISHED = re.compile(r"[{}]|None(?! of)|null|  | [,.!?;:]|\.\.|«\s*»|„\s*”|“\s*”|,\s*,|KeyError|nan\b")


def lines(script: dict[str, Any]) -> list[str]:
    return [
        text
        for step in script["steps"]
        for text in [
            *(line["text"] for line in step["say"]),
            *step["ask"],
            *(offer["text"] for offer in step["offers"]),
        ]
    ]


def policy(at: Place, text: str) -> None:
    (at.cwd / "policy.yaml").write_text(text, encoding="utf-8")
    at.variables["CLIENTCOACH_POLICY"] = "policy.yaml"


@pytest.mark.parametrize("lang", LANGS)
def test_the_five_steps_in_every_language(at: Place, lang: str) -> None:
    ran = at.run(
        "script",
        "--json",
        "--lang",
        lang,
        "--customer",
        "Anna Nowak",
        "--customer-gender",
        "f",
        "--agent-gender",
        "m",
        *CASE,
    )
    assert ran.code == 0, ran.err
    validate(ran.json)
    assert [step["step"] for step in ran.json["steps"]] == list(STEPS)
    assert [step["number"] for step in ran.json["steps"]] == [1, 2, 3, 4, 5]
    assert all(step["say"] and step["title"] and step["notes"] and step["avoid"] for step in ran.json["steps"])
    assert any("4471" in line for line in lines(ran.json))
    assert any("Ann" in line or "Анна" in line for line in lines(ran.json))
    assert ran.json["case"]["deadline_at"] == "2026-11-25T12:00+05:00"
    assert at.run("script", "--lang", lang, "--ui", "en", *CASE).out.count("\n1. ") == 0
    assert at.run("say", "empathize", "--lang", lang, *CASE).out.strip()


@pytest.mark.parametrize("ui", LANGS)
def test_notes_follow_ui_and_lines_follow_lang(at: Place, ui: str) -> None:
    own = at.run("script", "--json", "--lang", "en", *CASE).json
    told = at.run("script", "--json", "--lang", "en", "--ui", ui, *CASE).json
    assert lines(told) == lines(own)
    assert [[one["text"] for one in step["avoid"]] for step in told["steps"]] == [
        [one["text"] for one in step["avoid"]] for step in own["steps"]
    ]
    for said, other in zip(own["steps"], told["steps"], strict=True):
        for name in ("title", "notes"):
            assert (said[name] == other[name]) is (ui == "en")
        assert ([one["why"] for one in said["avoid"]] == [one["why"] for one in other["avoid"]]) is (ui == "en")


@pytest.mark.parametrize("style", ["text", "json", "markdown", "html"])
def test_the_same_input_gives_the_same_output(at: Place, style: str) -> None:
    argv = ("script", "--format", style, *CASE, "--seed", "5")
    first = at.run(*argv)
    at.run("script", "--cause", "billing")
    assert at.run(*argv) == first


def test_seed_chooses_among_equals_only(at: Place) -> None:
    found = {seed: at.run("say", "listen", "--json", "--seed", str(seed)).json for seed in range(5)}
    assert found[0] == at.run("say", "listen", "--json").json
    assert len({one["id"] for one in found.values()}) > 1
    specific = {at.run("say", "listen", "--json", "--cause", "delivery", "--seed", str(seed)).json["id"] for seed in range(6)}
    assert specific == {"listen.open.delivery"}, "a seed never takes a worse line"


def test_alternatives_are_all_different_and_end(at: Place) -> None:
    first = at.run("say", "listen", "--json").json
    found = [at.run("say", "listen", "--json", "--another", str(number)).json for number in range(first["alternatives"] + 1)]
    assert found[0] == first
    assert len({one["id"] for one in found}) == len({one["text"] for one in found}) == len(found) > 3
    beyond = at.run("say", "listen", "--another", str(len(found)))
    assert (beyond.code, beyond.out) == (1, "")
    assert str(first["alternatives"]) in beyond.err


@pytest.mark.parametrize("form", ["short", "softer", "firmer", "written"])
def test_forms_differ_from_the_spoken_line(at: Place, form: str) -> None:
    spoken, other = at.run("say", "listen", "--json").json, at.run("say", "listen", "--json", "--form", form).json
    assert spoken["id"] == other["id"]
    assert spoken["text"] != other["text"]


def test_chat_reads_the_written_form(at: Place) -> None:
    assert (
        at.run("say", "listen", "--channel", "chat", "--cause", "product").out
        == at.run("say", "listen", "--channel", "chat", "--cause", "product", "--form", "written").out
    )
    assert at.run("say", "listen", "--channel", "phone").out == at.run("say", "listen").out


def test_missing_names_case_fields_and_shrinks(at: Place) -> None:
    bare = at.run("script", "--json", "--cause", "delivery").json["missing"]
    more = at.run("script", "--json", *CASE).json["missing"]
    assert {"order", "deadline"} <= set(bare)
    assert not {"order", "deadline"} & set(more)
    fields = {variable["field"] for variable in VARIABLES.values()}
    assert set(bare) <= fields


@pytest.mark.parametrize("lang", LANGS)
def test_every_missing_field_has_its_name_in_the_catalogue(at: Place, lang: str) -> None:
    strings = at.session().strings(lang)
    for variable in VARIABLES.values():
        field = variable["field"]
        assert variable["always"] or field in ONLY_IN_A_CALL or f"field.{field}" in strings, field


@pytest.mark.parametrize(("rule", "place"), [("after_listen", "listen"), ("before_details", "propose"), ("never", None)])
def test_the_identity_check_stands_where_the_policy_puts_it(at: Place, rule: str, place: str | None) -> None:
    policy(at, f"verify: {rule}\n")
    found = at.run("script", "--json", *CASE).json
    assert [step["step"] for step in found["steps"] for line in step["say"] if line["part"] == "verify"] == ([place] if place else [])
    assert found["steps"][0]["say"][0]["part"] == "open", "never the first thing"
    verified = at.run("script", "--json", "--verified", *CASE).json
    assert not [line for step in verified["steps"] for line in step["say"] if line["part"] == "verify"]


def test_a_printed_script_shows_every_part_that_may_come(at: Place) -> None:
    parts = [line["part"] for line in at.run("script", "--json", "--verified", *CASE).json["steps"][3]["say"]]
    assert parts == ["options", "choose", "compromise", "plan", "ask_lead", "refused_all"]
    assert at.run("say", "propose", "--json", "--verified").json["part"] == "options"
    policy(at, "offers: {}\n")
    ran = at.run("script", "--json", "--verified", *CASE)
    if ran.code == 0:
        parts = [line["part"] for line in ran.json["steps"][3]["say"]]
        assert "options" not in parts
        assert "choose" not in parts


def offers(at: Place, *argv: str) -> dict[str, bool]:
    return {offer["id"]: offer["needs_lead"] for offer in at.run("script", "--json", *argv).json["steps"][3]["offers"]}


def test_offers_by_cause_role_limit_and_currency(at: Place) -> None:
    assert list(offers(at, "--cause", "product")) == ["exchange_item", "repair_item", "redo_service", "refund_item"]
    assert offers(at, "--cause", "product") == {
        "exchange_item": False,
        "repair_item": False,
        "redo_service": False,
        "refund_item": True,
    }
    assert offers(at, "--cause", "billing", "--amount", "50 EUR")["refund_overcharge"] is False
    assert offers(at, "--cause", "billing", "--amount", "50,01 EUR")["refund_overcharge"] is True, "over the limit"
    assert offers(at, "--cause", "billing", "--amount", "5 USD")["refund_overcharge"] is True, "not comparable"
    assert offers(at, "--cause", "delivery", "--amount", "500 EUR")["refund_delivery"] is False, "the sum is not its figure"
    assert offers(at, "--offer", "free_service", "--role", "lead") == {"free_service": False}
    assert set(offers(at, "--cause", "delivery")) >= {"new_slot", "pickup", "refund_delivery"}


def test_an_offer_ends_on_its_day(at: Place) -> None:
    offer = 'offers:\n  spring:\n    kind: gesture\n    roles: [agent]\n    causes: [delivery]\n    needs_lead: false\n    valid_until: "2026-11-25"\n    say: {{en: "A.", ru: "А.", pl: "A.", kk: "А."}}\n    agreed: {{en: "A.", ru: "А.", pl: "A.", kk: "А."}}\n'.replace(
        "{{", "{"
    ).replace("}}", "}")
    policy(at, offer)
    assert at.run("script", "--json", "--cause", "delivery").code == 0, at.run("script", "--cause", "delivery").err
    assert "spring" in offers(at, "--cause", "delivery")
    assert "spring" in offers(at, "--offer", "spring")
    at.variables["CLIENTCOACH_NOW"] = "2026-11-26T00:01:00+05:00"
    assert "spring" not in offers(at, "--cause", "delivery")
    assert at.run("script", "--offer", "spring").code == 2


CASES = st.fixed_dictionaries(
    {},
    optional={
        "cause": st.sampled_from(CAUSES), "anger": st.integers(0, 10), "channel": st.sampled_from(CHANNELS), "fault": st.sampled_from(FAULTS), "prior": st.integers(0, 5), "hardship": st.booleans(), "verified": st.booleans(),
        "address": st.just("Zuzanna"), "customer": st.sampled_from(["Anna Nowak", "Петрова Анна Сергеевна", "Айгүл Нұрланова", "Bob", "Dr. Who!", "«Q»", "a.", "?!x"]), "customer_gender": st.sampled_from("fm"), "agent": st.sampled_from(["Ola", "Ерлан"]), "agent_gender": st.sampled_from("fm"),
        "company": st.sampled_from(["Acme Inc.", "«Ромашка»", "X?"]), "item": st.sampled_from(["lamp", "the “big” lamp.", "лампа!"]), "order": st.sampled_from(["4471", "№ 5."]), "promised": st.sampled_from(["2026-11-20", "2026-11-25", "01.01"]),
        "deadline": st.sampled_from(["30m", "2h", "3d", "1w", "15:00", "09:00", "today", "tomorrow", "2027-01-01", "2026-11-20", "2026-11-27T18:30"]), "amount": st.sampled_from(["5 EUR", "12,50 zł", "1000000 ₸"]), "seed": st.integers(0, 50), "relationship": st.sampled_from(["ongoing", "one_off"]),
    },
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_no_case_leaves_anything_unfinished(at: Place, lang: str) -> None:
    session = at.session()

    @settings(max_examples=60)
    @given(case=CASES)
    def check(case: dict[str, Any]) -> None:
        found = tailored(session, session.case({**case, "lang": lang, "ui": lang}))
        validate(found)
        for text in lines(found):
            assert not UNFINISHED.search(text), text
        said = [line["text"] for step in found["steps"] for line in step["say"]]
        assert sum("Zuzanna" in text for text in said) <= 2, "a name said too often grates"

    check()


def test_pack_facts_are_checked_against_the_playbook(at: Place, tmp_path: Path) -> None:
    ran = at.run("script", "--set", "colour=red")
    assert ran.code == 2
    assert "colour" in ran.err
    assert tmp_path.exists()


PAST = ("--deadline", "2020-01-01", "--lang", "en")


@pytest.mark.parametrize("verb", [("script",), ("say", "propose", "--part", "plan")])
def test_warnings_stand_beside_the_text_and_inside_the_json(at: Place, verb: tuple[str, ...]) -> None:
    ran = at.run(*verb, *PAST)
    assert ran.code == 0
    assert "in the past" in ran.err
    assert "in the past" not in ran.out
    ran = at.run(*verb, *PAST, "--json")
    assert (ran.err, ran.json["warnings"]) == ("", ["deadline_past"])
    assert at.run(*verb, "--json").json["warnings"] == []


def test_what_is_missing_is_a_hint_and_in_a_document_its_foot(at: Place) -> None:
    ran = at.run("script", "--lang", "en")
    assert "more exact" in ran.err
    assert "more exact" not in ran.out
    for style in ("markdown", "html"):
        ran = at.run("script", "--format", style, *PAST)
        assert ran.err == ""
        assert "more exact" in ran.out
        assert "in the past" in ran.out
    assert at.run("say", "listen", "--lang", "en").err == ""


def test_notes_fall_back_to_the_language_the_playbook_is_written_from(at: Place) -> None:
    folder = at.cwd / "packs" / "ours"
    shutil.copytree(f"{bundled()}/angry-customer", folder)
    for lang in ("ru", "kk"):
        (folder / f"{lang}.yaml").unlink()
    at.variables["CLIENTCOACH_PACKS"] = str(at.cwd / "packs")
    wanted = at.run("script", "ours", "--lang", "pl", "--ui", "en", "--json").json
    ran = at.run("script", "ours", "--lang", "pl", "--ui", "ru", "--json")
    assert (ran.code, ran.json) == (0, wanted)
    assert ran.err.count("\n") == 1
    assert "ours" in ran.err
    assert "сценари" in ran.err
    ran = at.run("script", "ours", "--stream", "--lang", "pl", "--ui", "ru", stdin="{}\n{}\n")
    assert (ran.code, ran.err.count("\n"), len(ran.events)) == (0, 1, 2)
    assert at.run("script", "ours", "--lang", "ru").code == 2, "lines to say are never of another language"
