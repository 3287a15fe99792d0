"""`check`: what a worker gets for a draft; formats, rules switched off, the mended draft."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import LANGS, ndjson, validate

if TYPE_CHECKING:
    from tests.support import Place

FIVE = {
    "en": "Calm down please. As I already told you, you should have read the contract. It is not our fault, and this is company policy, so there is nothing I can do. We will get back to you as soon as possible.",
    "ru": "Успокойтесь, пожалуйста. Как я уже говорил, вам надо было прочитать договор. Это не наша вина, такова политика компании, и я ничего не могу сделать. Мы свяжемся с вами как можно скорее.",
    "pl": "Proszę się uspokoić. Jak już mówiłem, powinien był pan przeczytać umowę. To nie nasza wina, taka jest polityka firmy i nic nie mogę zrobić. Odezwiemy się jak najszybciej.",
    "kk": "Тынышталыңызшы. Мен сізге айттым ғой, шартты оқу керек еді. Бұл біздің кінәміз емес, компанияның саясаты осындай, мен ештеңе істей алмаймын. Жақын арада хабарласамыз.",
}  # fmt: skip
FAULTS = {"calm-down", "blame-client", "policy-wall", "vague-time"}


def rules(found: Any) -> set[str]:
    return {one["rule"] for one in found["findings"]}


@pytest.mark.parametrize("lang", LANGS)
def test_a_reply_of_five_faults(at: Place, lang: str) -> None:
    ran = at.run("check", "--json", stdin=FIVE[lang])
    validate(ran.json)
    assert ran.code == 1
    assert ran.json["lang"] == lang
    assert rules(ran.json) >= FAULTS
    assert rules(ran.json) & {"deny", "blame-colleague"}
    for one in ran.json["findings"]:
        assert FIVE[lang][one["start"] : one["end"]] == one["text"]
        assert (one["line"], one["column"]) == (1, one["start"] + 1)
    text = at.run("check", stdin=FIVE[lang]).out
    assert all(f"{one['line']}:{one['column']} " in text for one in ran.json["findings"])


def test_places_in_lines(at: Place) -> None:
    (one,) = at.run("check", "--json", stdin="Hello,\nplease calm down.\n").json["findings"]
    assert (one["line"], one["column"], one["text"]) == (2, 1, "please calm down")


def test_messages_are_in_the_workers_language(at: Place) -> None:
    told = {at.run("check", "--ui", ui, "--json", stdin="Calm down.").json["findings"][0]["message"] for ui in LANGS}
    assert len(told) == 4


def test_the_teams_language_of_phrases_does_not_tell_the_drafts(at: Place) -> None:
    at.variables["CLIENTCOACH_LANG"] = "kk"
    assert at.run("check", "--json", stdin=FIVE["ru"]).json["lang"] == "ru"
    assert at.run("check", "--json", "--lang", "kk", stdin=FIVE["ru"]).json["lang"] == "kk"


# rules that are off -----------------------------------------------------------------------------------------------------------


def test_rules_are_switched_off_by_flag_setting_and_comment(at: Place) -> None:
    text = FIVE["en"]
    assert rules(at.run("check", "--json", "--disable", "calm-down", "--disable", "vague-time,deny", stdin=text).json) & {"calm-down", "vague-time", "deny"} == set()  # fmt: skip
    assert "calm-down" not in rules(at.run("check", "--json", stdin=f"<!-- clientcoach-off: calm-down, deny -->\n{text}").json)
    assert at.run("config", "set", "disable", "calm-down,deny").code == 0
    assert rules(at.run("check", "--json", stdin=text).json) & {"calm-down", "deny"} == set()
    (at.cwd / ".clientcoach.toml").write_text('disable = ["vague-time"]\n')
    assert "vague-time" not in rules(at.run("check", "--json", stdin=text).json)


@pytest.mark.parametrize("how", ["flag", "setting", "comment"])
def test_a_rule_that_there_is_not(at: Place, how: str) -> None:
    if how == "setting":
        at.variables["CLIENTCOACH_DISABLE"] = "calm-dwon"
    flags = ("--disable", "calm-dwon") if how == "flag" else ()
    ran = at.run("check", *flags, stdin="# clientcoach-off: calm-dwon\nHello" if how == "comment" else "Hello")
    assert (ran.code, ran.out) == (2, "")
    assert "calm-down" in ran.err


def test_fail_on(at: Place) -> None:
    warned = "We will get back to you as soon as possible."
    assert [at.run("check", "--fail-on", level, stdin=warned).code for level in ("error", "warning", "hint")] == [0, 1, 1]
    assert at.run("check", "--fail-on", "hint", stdin="Thank you.").code == 0


def test_advice_for_notes_is_not_for_customers(at: Place) -> None:
    assert "label-word" not in rules(at.run("check", "--json", stdin="The customer was rude and hysterical.").json)


# the case ---------------------------------------------------------------------------------------------------------------------


def test_a_draft_against_its_case(at: Place) -> None:
    case = at.cwd / "case.json"
    case.write_text(json.dumps({"order": "4471", "customer": "Anna Nowak"}))
    found = at.run("check", "--json", "--case", str(case), stdin="Dear Ms Kowalska, your order #4472 is on its way.").json
    assert [(one["rule"], one["text"], one["replacement"]) for one in found["findings"] if one["rule"] == "wrong-fact"] == [
        ("wrong-fact", "Kowalska", "Anna Nowak"), ("wrong-fact", "4472", "4471"),
    ]  # fmt: skip
    assert at.run("check", "--order", "4471", "--fix", stdin="Your order #4472 is on its way.\n").out == "Your order #4471 is on its way.\n"
    assert at.run("check", "--case", "-", stdin="{}").code == 2


def test_steps_are_asked_for_by_channel_and_playbook(at: Place) -> None:
    text = "Your parcel is at the depot in Lodz and the driver there has it on the list for the tour, " * 2
    missing = {channel: {rule for rule in rules(at.run("check", "--json", "--channel", channel, stdin=text).json) if "missing" in rule} for channel in ("email", "chat")}  # fmt: skip
    assert "missing-listen" in missing["email"] - missing["chat"]
    assert not {rule for rule in rules(at.run("check", "--json", "--playbook", "care", stdin=text).json) if "missing" in rule}


# mending ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_mended_draft_has_none_of_what_was_mended(at: Place, lang: str) -> None:
    ran = at.run("check", "--fix", stdin=FIVE[lang] + "\n")
    assert ran.code == 0
    assert "  " not in ran.out
    assert ran.out.endswith(".\n") and not ran.out.endswith(" \n")
    assert not rules(at.run("check", "--json", "--lang", lang, stdin=ran.out).json) & {"calm-down", "policy-wall", "vague-time"}
    assert all(
        line.startswith(("---", "+++", "@@", "-", "+", " ")) for line in at.run("check", "--diff", stdin=FIVE[lang]).out.splitlines()
    )


def test_a_sentence_with_a_fact_is_left_to_the_worker(at: Place) -> None:
    text = "We refund 38 EUR as soon as possible. Calm down.\n"
    ran = at.run("check", "--fix", stdin=text)
    assert ran.out.startswith("We refund 38 EUR as soon as possible. ")
    assert "Calm" not in ran.out
    assert "1 remark" in ran.err


def test_a_good_draft_stays_as_it_is(at: Place) -> None:
    text = "Dear Anna,\r\n\r\n\tI am sorry the lamp came broken.\r\n"
    assert at.run("check", "--fix", stdin=text).out == text
    ran = at.run("check", "--diff", stdin=text)
    assert (ran.code, ran.out) == (0, "")


def test_a_file_is_never_changed(at: Place) -> None:
    path = at.cwd / "draft.txt"
    path.write_text("Calm down.\n")
    ran = at.run("check", str(path), "--diff")
    assert (ran.code, path.read_text()) == (1, "Calm down.\n")
    assert ran.out.startswith(f"--- {path}\n")
    assert "\x1b" not in at.run("check", "--fix", stdin="Calm down.\n\x1b[31mThanks.\n").out


# formats ----------------------------------------------------------------------------------------------------------------------


def test_github(at: Place) -> None:
    path = at.cwd / "a,b.txt"
    path.write_text("Hello,\ncalm down 100%.\n")
    (line,) = at.run("check", str(path), "--format", "github").out.splitlines()
    assert line.startswith(f"::error file={str(path).replace(',', '%2C')},line=2,col=1,title=calm-down::")


def test_sarif_has_what_the_standard_asks_for(at: Place) -> None:
    ran = at.run("check", "--format", "sarif", stdin=FIVE["en"])
    (run,) = ran.json["runs"]
    assert (ran.json["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "clientcoach")
    declared = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(declared) == len(set(declared))
    for result in run["results"]:
        assert result["ruleId"] in declared
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "stdin"
        assert min(place["region"]["startLine"], place["region"]["startColumn"]) >= 1
        region = place["region"]
        assert 0 <= region["charOffset"] <= region["charOffset"] + region["charLength"] <= len(FIVE["en"])


def test_a_stream_of_drafts(at: Place) -> None:
    lines = [{"id": 1, "text": "Calm down."}, {"id": 2, "text": "Order #4472 is here.", "case": {"order": "4471"}}, {"id": 3, "text": "x", "case": 5}, {"id": 4, "text": "x", "case": {"anger": "x"}}]  # fmt: skip
    ran = at.run("check", "--stream", stdin=ndjson(lines))
    assert ran.code == 1
    for answer in ran.events:
        validate(answer)
    assert [sorted(rules(answer)) if "findings" in answer else answer["error"]["code"] for answer in ran.events] == [["calm-down"], ["wrong-fact"], "wrong_type", "wrong_type"]  # fmt: skip


def test_one_draft_at_a_time(at: Place) -> None:
    ran = at.run("check", "a.txt", "b.txt")
    assert ran.code == 2
    assert "--replies" in ran.err
