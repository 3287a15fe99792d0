"""`playbook new|review|approve|coverage|find`, `show --try`, `lint --explain`: what those who write the words work with."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.content.codes import CODES
from clientcoach.content.library import bundled
from clientcoach.records.incidents import blank
from tests.support import LANGS, validate

if TYPE_CHECKING:
    from tests.support import Place, Ran

MINE = ("--playbook", "mine")


@pytest.fixture
def mine(at: Place) -> Path:
    """A playbook of one's own, just begun, in the project's pack."""
    at.run("config", "set", "packs", "ours", "--project")
    assert at.run("playbook", "new", "mine").code == 0
    return at.cwd / "ours" / "mine"


def approve(at: Place, *ids: str, lang: str = "en", by: str = "Ewa") -> Ran:
    return at.run("playbook", "approve", *ids, *MINE, "--lang", lang, "--by", by)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def listed(at: Place, *langs: str) -> dict[tuple[str, str], str]:
    """(language, phrase) → how it stands, as `review` tells it."""
    found = at.run("playbook", "review", "mine", "--json", *(word for lang in langs for word in ("--lang", lang))).json
    validate(found)
    return {(one["lang"], one["id"]): one["status"] for one in found["phrases"]}


# new


def test_a_new_playbook_lints_clean_and_can_be_walked_at_once(at: Place, mine: Path) -> None:
    assert sorted(os.listdir(mine)) == ["en.yaml", "kk.yaml", "pl.yaml", "playbook.yaml", "ru.yaml"]
    ran = at.run("playbook", "lint", str(mine), "--json")
    assert (ran.json["problems"], ran.code) == ([], 0)
    assert "# mine" in (mine / "playbook.yaml").read_text(encoding="utf-8")
    for lang in LANGS:
        said = at.run("script", "mine", "--lang", lang, "--deadline", "2h", "--json").json
        assert [step["step"] for step in said["steps"]] == ["listen", "propose", "follow_up"]
        assert all(step["say"] and step["notes"] and step["avoid"] for step in said["steps"])
    events = at.run(
        "call", "mine", "--answers", "-", "--json", "--lang", "en", stdin='{"do":"next"}\n{"do":"interrupt","kind":"insult"}\n'
    ).events
    assert [event["type"] for event in events][:2] == ["begin", "step"]


def test_where_it_goes(at: Place) -> None:
    made = at.run("playbook", "new", "one", "--json").json
    validate(made)
    assert (made["folder"], made["packs"]) == (str(at.cwd / "playbooks" / "one"), "playbooks")
    assert "config set packs playbooks --project" in at.run("playbook", "new", "two").out
    made = at.run("playbook", "new", "three", "--into", "team/words", "--json").json
    assert made["folder"] == str(at.cwd / "team" / "words" / "three")
    at.variables["CLIENTCOACH_PACKS"] = os.pathsep.join([str(at.cwd / "playbooks" / "one"), str(at.cwd / "near"), str(at.cwd / "far")])
    made = at.run("playbook", "new", "four", "--json").json
    assert made["folder"] == str(at.cwd / "near" / "four"), "a single playbook's own folder takes no other in"
    assert "packs" not in made
    assert at.run("script", "four").code == 0


def test_the_first_language_named_is_the_source(at: Place) -> None:
    at.run("playbook", "new", "one", "--lang", "pl", "--lang", "kz")
    folder = at.cwd / "playbooks" / "one"
    assert sorted(os.listdir(folder)) == ["kk.yaml", "pl.yaml", "playbook.yaml"]
    assert "\nsource: pl " in (folder / "playbook.yaml").read_text(encoding="utf-8")
    assert at.run("playbook", "lint", str(folder)).code == 0


def test_a_copy_of_another_playbook_is_a_copy_with_its_comments(at: Place) -> None:
    at.run("config", "set", "packs", "ours", "--project")
    assert at.run("playbook", "new", "angry-customer", "--like", "angry-customer", "--lang", "ru").code == 0
    folder = at.cwd / "ours" / "angry-customer"
    theirs = Path(bundled(), "angry-customer")
    assert (folder / "ru.yaml").read_text(encoding="utf-8") == (theirs / "ru.yaml").read_text(encoding="utf-8")
    assert (folder / "playbook.yaml").read_text(encoding="utf-8") == (theirs / "playbook.yaml").read_text(encoding="utf-8").replace(
        "source: en", "source: ru"
    )
    assert at.run("playbook", "lint", str(folder)).code == 0
    change(folder / "ru.yaml", "listen.open.any:", "listen.open.any: Говорите, я слушаю вас внимательно.\n  listen.open.other:")
    change(folder / "playbook.yaml", "listen.open.any: {}", "listen.open.any: {}\n  listen.open.other: {when: {cause: [billing]}}")
    assert at.run("say", "listen", "--lang", "ru").out == "Говорите, я слушаю вас внимательно.\n"


@pytest.mark.parametrize("name", ["ui", "rules", "../out", "a/b", "Имя", "-x", "x" * 65, "", "."])
def test_a_name_that_cannot_be_one(at: Place, name: str) -> None:
    ran = at.run("playbook", "new", name) if not name.startswith("-") else at.run("playbook", "new", "--", name)
    assert ran.code == 2
    assert not (at.cwd / "playbooks").exists()


def test_nothing_is_overwritten_or_hidden(at: Place, mine: Path) -> None:
    (mine / "en.yaml").write_text("mine", encoding="utf-8")
    for words in (("mine",), ("mine", "--like", "mine"), ("angry-customer",)):
        assert at.run("playbook", "new", *words).code == 2
    assert (mine / "en.yaml").read_text(encoding="utf-8") == "mine"
    os.symlink("/nowhere", mine.parent / "link")
    assert at.run("playbook", "new", "link").code == 2
    assert at.run("playbook", "new", "x", "--like", "care", "--lang", "zz").code == 2
    assert at.run("playbook", "new", "x", "--like", "caer").code == 2
    assert sorted(os.listdir(mine.parent)) == ["link", "mine"]


def test_where_it_cannot_be_written_nothing_is_left(at: Place) -> None:
    (at.cwd / "file").write_text("", encoding="utf-8")
    ran = at.run("playbook", "new", "x", "--into", "file")
    assert ran.code == 6
    assert os.listdir(at.cwd) == ["file"]


# review and approve


def test_what_is_new_is_approved_and_a_changed_text_voids_it(at: Place, mine: Path) -> None:
    assert set(listed(at, "en", "pl").values()) == {"new"}
    assert len(listed(at)) == 24
    approve(at, "listen.ask.any", "listen.open.any")
    approve(at, "listen.ask.any", lang="pl", by="Jan")
    assert {"listen.ask.any", "listen.open.any"}.isdisjoint(name for lang, name in listed(at, "en"))
    change(mine / "en.yaml", "What matters most to you in this?", "What matters most to you?")
    stood = listed(at, "en", "pl")
    assert stood["en", "listen.ask.any"] == "changed"
    assert stood["pl", "listen.ask.any"] == "stale"
    assert ("en", "listen.open.any") not in stood
    text = at.run("playbook", "review", "mine", "--lang", "pl").out
    assert "mine pl listen.ask.any: the text it was made from has changed (signed by Jan on 2026-11-25)\n    say: Co jest" in text
    assert "    en say: What matters most to you?\n" in text


def test_review_line_by_line(at: Place, mine: Path) -> None:
    lines = at.run("playbook", "review", "mine", "--lang", "kk", "--format", "ndjson").events
    assert [one["id"] for one in lines][:2] == ["listen.open.any", "listen.open.delivery"]
    for line in lines:
        validate(line)
        assert line["source"]["lang"] == "en"
        assert line["forms"]["say"]


def test_all_of_a_playbook_in_several_languages(at: Place, mine: Path) -> None:
    approve(at, "listen.ask.any", by="Jan")
    ran = at.run("playbook", "approve", "--all", *MINE, "--lang", "en", "--lang", "kk", "--by", "Айгүл", "--json")
    validate(ran.json)
    assert [len(names) for names in ran.json["signed"].values()] == [5, 6]
    assert listed(at, "en", "kk") == {}
    assert 'by: "Jan"' in (mine / "review.yaml").read_text(encoding="utf-8"), "who has signed stays who has signed"
    assert at.run("playbook", "lint", str(mine)).code == 0
    assert "nothing to approve" in at.run("playbook", "approve", "--all", *MINE, "--lang", "en", "--by", "Ewa").out


def test_a_day_to_look_at_it_again(at: Place, mine: Path) -> None:
    at.run("playbook", "approve", "--all", *MINE, "--lang", "en", "--by", "Ewa", "--until", "2026-11-30")
    assert listed(at, "en") == {}
    at.variables["CLIENTCOACH_NOW"] = "2026-12-01T10:00:00+05:00"
    assert set(listed(at, "en").values()) == {"due"}
    assert at.run("playbook", "coverage", "mine", "--lang", "en", "--json").json["playbooks"][0]["due"] == [
        name for _, name in listed(at, "en")
    ]
    approve(at, "listen.ask.any")
    assert ("en", "listen.ask.any") not in listed(at, "en")
    for day in ("2026-11-30", "soon", "2026-13-01"):
        assert at.run("playbook", "approve", "--all", *MINE, "--lang", "en", "--by", "Ewa", "--until", day).code == 2


def test_the_worker_s_own_name_signs_where_none_is_given(at: Place, mine: Path) -> None:
    assert at.run("playbook", "approve", "listen.ask.any", *MINE, "--lang", "en").code == 2
    at.variables["CLIENTCOACH_AGENT"] = "Ola"
    assert at.run("playbook", "approve", "listen.ask.any", *MINE, "--lang", "en", "--json").json["by"] == "Ola"


@pytest.mark.parametrize(
    "words",
    [
        (), ("--all",), ("listen.ask.any", "--all", *MINE), ("listen.ask.nay", *MINE), ("listen.ask.nay",), ("listen.open.any",), ("listen.ask.any", "--playbook", "nowhere"),
        ("listen.ask.any", *MINE, "--by", "x" * 81), ("listen.ask.any", *MINE, "--by", "\u200b"),
    ],
)  # fmt: skip
def test_what_cannot_be_approved(at: Place, mine: Path, words: tuple[str, ...]) -> None:
    by = () if "--by" in words else ("--by", "Ewa")
    ran = at.run("playbook", "approve", *words, "--lang", "en", *by)
    assert ran.code == 2
    assert not (mine / "review.yaml").exists()


def test_no_language_and_an_unwritten_phrase(at: Place, mine: Path) -> None:
    assert at.run("playbook", "approve", "listen.ask.any", *MINE, "--by", "Ewa").code == 2
    (mine / "kk.yaml").unlink()
    ran = approve(at, "listen.ask.any", lang="kk")
    assert (ran.code, ran.out) == (2, "")
    assert "Write it first" in ran.err


def test_a_phrase_that_one_playbook_has_needs_no_playbook_named(at: Place, mine: Path) -> None:
    change(mine / "playbook.yaml", "listen.open.delivery:", "listen.open.only_here:")
    for lang in LANGS:
        change(mine / f"{lang}.yaml", "listen.open.delivery:", "listen.open.only_here:")
    ran = at.run("playbook", "approve", "listen.open.only_here", "--lang", "en", "--by", "Ewa", "--json")
    assert ran.json["playbook"] == "mine"


def test_what_came_with_clientcoach_is_signed_in_the_team_s_pack(at: Place) -> None:
    ran = at.run("playbook", "approve", "--all", "--playbook", "care", "--lang", "en", "--by", "Ewa")
    assert ran.code == 2, "there is no pack to keep it in"
    at.run("config", "set", "packs", "ours", "--project")
    ran = at.run("playbook", "approve", "--all", "--playbook", "care", "--lang", "en", "--by", "Ewa", "--json")
    assert ran.json["file"] == str(at.cwd / "ours" / "care" / "review.yaml")
    assert at.run("playbook", "review", "care", "--lang", "en", "--json").json["phrases"] == []
    assert not Path(bundled(), "care", "review.yaml").exists() or "Ewa" not in Path(bundled(), "care", "review.yaml").read_text(
        encoding="utf-8"
    )
    assert (at.cwd / "ours" / "care" / "review.yaml").stat().st_mode & 0o044 == 0o044 & ~_umask(), "a team reads it"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_signatures_of_phrases_that_are_gone_go_too(at: Place, mine: Path) -> None:
    approve(at, "listen.open.delivery", "listen.ask.any")
    for file in ("playbook.yaml", *(f"{lang}.yaml" for lang in LANGS)):
        lines = (mine / file).read_text(encoding="utf-8").splitlines(keepends=True)
        (mine / file).write_text("".join(line for line in lines if "listen.open.delivery" not in line), encoding="utf-8")
    approve(at, "propose.plan.any")
    text = (mine / "review.yaml").read_text(encoding="utf-8")
    assert "listen.open.delivery" not in text
    assert "listen.ask.any" in text


def test_a_policy_that_asks_for_approval_hides_the_rest(at: Place, mine: Path) -> None:
    (at.cwd / "policy.yaml").write_text("require_approved: true\n", encoding="utf-8")
    at.run("config", "set", "policy", "policy.yaml", "--project")
    assert at.run("playbook", "lint", str(at.cwd / "policy.yaml")).code == 2
    ran = at.run("say", "listen", *MINE, "--lang", "en")
    assert (ran.code, ran.out) == (4, "")
    assert "clientcoach playbook review mine --lang en" in ran.err
    approve(at, "listen.open.any", "listen.ask.any", "propose.plan.any", "follow_up.summary.any")
    case = (*MINE, "--lang", "en", "--cause", "delivery", "--deadline", "2h", "--verified")
    assert at.run("say", "listen", *case, "--json").json["id"] == "listen.open.any", "the one for deliveries is not approved"
    assert at.run("script", "mine", "--lang", "en", "--ui", "pl").code == 0, "notes are not said, and need no approval"
    approve(at, "listen.open.delivery")
    assert at.run("say", "listen", *case, "--json").json["id"] == "listen.open.delivery"
    change(mine / "en.yaml", "from the day you ordered", "from the day of the order")
    assert at.run("say", "listen", *case, "--json").json["id"] == "listen.open.any"
    contents = {one["detail"].partition(":")[0]: one for one in at.run("doctor", "--json").json["checks"] if one["check"] == "content"}
    assert (contents["mine"]["ok"], contents["mine"]["level"], contents["mine"]["detail"]) == (
        True,
        "warning",
        "mine: not_approved ru pl kk",
    )
    assert at.run("playbook", "find", "the day of the order", "--lang", "en", *MINE).code == 0, "who writes finds all"


def test_what_nobody_has_approved_never_stands_in_the_way_of_danger(at: Place, mine: Path) -> None:
    (at.cwd / "policy.yaml").write_text("require_approved: true\n", encoding="utf-8")
    at.variables["CLIENTCOACH_POLICY"] = "policy.yaml"
    at.run("playbook", "approve", "--all", *MINE, "--lang", "en", "--by", "Ewa")
    ran = at.run("call", "mine", "--answers", "-", "--json", "--lang", "en", stdin='{"do":"interrupt","kind":"threat"}\n')
    assert (ran.code, ran.out) == (4, ""), "told before the call, not in the middle of it"
    assert "playbook review interruptions --lang en" in ran.err
    card = at.run("triage", "--lang", "en", "--json", "I will come to your office with a knife and kill you").json["safety"][0]
    assert card["notes"]
    ran = at.run("check", "--lang", "en", "--json", stdin="Calm down. We are sorry if you were upset.")
    assert ran.json["findings"]
    assert not any("replacement" in one and one["rule"] == "calm-down" for one in ran.json["findings"])
    at.run("playbook", "approve", "--all", "--playbook", "interruptions", "--lang", "en", "--by", "Ewa")
    events = at.run("call", "mine", "--answers", "-", "--json", "--lang", "en", stdin='{"do":"interrupt","kind":"threat"}\n').events
    assert [event["line"]["text"] for event in events if event["type"] == "interruption"]


# coverage


def test_coverage_counts_by_step_and_cause(at: Place, mine: Path) -> None:
    found = at.run("playbook", "coverage", "mine", "--json").json
    validate(found)
    assert (found["lowest"], found["min"], found["langs"]) == (100, None, list(LANGS))
    assert [(row["step"], row["cause"], row["total"]) for row in found["rows"]] == [
        ("listen", None, 2),
        ("listen", "delivery", 1),
        ("propose", None, 2),
        ("follow_up", None, 1),
    ]
    assert all(set(row["current"].values()) == {row["total"]} for row in found["rows"])
    assert [one["unsigned"] for one in found["playbooks"]] == [6] * 4


def test_missing_and_stale_translations_lower_it(at: Place, mine: Path) -> None:
    at.run("playbook", "approve", "--all", *MINE, *(word for lang in LANGS for word in ("--lang", lang)), "--by", "Ewa")
    (mine / "kk.yaml").unlink()
    change(mine / "pl.yaml", "listen.open.delivery:", "listen.open.gone:")
    change(mine / "en.yaml", "What matters most to you in this?", "What matters most?")
    ran = at.run("playbook", "coverage", "mine", "--min", "50", "--json")
    assert ran.code == 1
    by = {one["lang"]: one for one in ran.json["playbooks"]}
    assert [by[lang]["percent"] for lang in LANGS] == [100, 83, 66, 0]
    assert (by["pl"]["missing"], by["pl"]["stale"], by["en"]["stale"], by["en"]["unsigned"]) == (
        ["listen.open.delivery"],
        ["listen.ask.any"],
        [],
        1,
    )
    assert len(by["kk"]["missing"]) == 6
    assert at.run("playbook", "coverage", "mine", "--lang", "ru", "--lang", "en", "--min", "83").code == 0
    assert at.run("playbook", "coverage", "mine", "--lang", "ru", "--min", "84").code == 1
    for least in ("101", "-1", "all"):
        assert at.run("playbook", "coverage", "mine", "--min", least).code == 2
    text = at.run("playbook", "coverage", "mine").out
    assert "mine: en 100 %, ru 83 %, pl 66 %, kk 0 %" in text
    assert "  listen, delivery: en 1/1, ru 1/1, pl 0/1, kk 0/1" in text
    assert "    pl missing (1): listen.open.delivery" in text
    table = at.run("playbook", "coverage", "mine", "--format", "markdown", "--min", "100").out
    assert "| mine | 6 | 100 % | 83 % | 66 % | 0 % |" in table
    assert "| mine: listen, delivery | 1 | 1 | 1 | 0 | 0 |" in table
    assert table.endswith("Least: 0 %. Wanted: 100 %.\n")


def test_coverage_of_a_broken_playbook_names_the_mistake(at: Place, mine: Path) -> None:
    (mine / "ru.yaml").write_text("phrases: [", encoding="utf-8")
    ran = at.run("playbook", "coverage", "mine")
    assert (ran.code, ran.out) == (4, "")
    assert f"{mine}/ru.yaml:" in ran.err


def said(at: Place, *calls: tuple[str, str | None, list[str]]) -> None:
    """Incidents of (day, playbook, phrases said) in the store."""
    for number, (day, playbook, names) in enumerate(calls):
        moment = f"{day}T10:00:00Z"
        incident = {
            **blank(),
            "id": f"{number:08x}-5c1e-7d33-9a51-0242ac120002",
            "opened_at": moment,
            "closed_at": moment,
            "playbook": playbook,
            "phrases": [{"id": name} for name in names],
        }
        assert at.run("log", "add", "--from", "-", stdin=json.dumps(incident)).code == 0


def test_what_is_never_said_and_what_is_said_more_often(at: Place, mine: Path) -> None:
    def use(name: str) -> dict[str, Any]:
        found = at.run("playbook", "coverage", name, "--use", "--lang", "en", "--json").json
        validate(found)
        return dict(found["use"][0])

    assert (use("mine")["said"], len(use("mine")["unused"])) == (0, 6), "there is no store yet"
    open_, ask, insult = "listen.open.any", "listen.ask.any", "insult.limit.any"
    said(
        at,
        ("2026-10-01", "mine", [open_, ask]),
        *[("2026-11-20", "mine", [open_, insult])] * 6,
        ("2026-11-24", None, [ask]),
        ("2026-08-01", "mine", ["propose.plan.any"]),
    )
    found = use("mine")
    assert found["said"] == 6
    assert found["unused"] == ["listen.open.delivery", "propose.plan.any", "propose.plan.by", "follow_up.summary.any"]
    assert found["rising"] == [{"id": open_, "said": 6, "before": 1}]
    assert use("interruptions")["rising"] == [{"id": insult, "said": 6, "before": 0}], "turns are taken in any playbook"
    assert ask not in use("angry-customer")["unused"], "the usual playbook needs no name"
    text = at.run("playbook", "coverage", "mine", "--use", "--lang", "en").out
    assert "    not said in eight weeks (4): listen.open.delivery, " in text
    assert "    said more often of late (1): listen.open.any (1 → 6)\n" in text
    assert "- care nobody has said any of it" in at.run("playbook", "coverage", "care", "--use", "--lang", "en", "--format", "markdown").out


# find


def test_find_looks_through_every_playbook_form_and_language(at: Place, mine: Path) -> None:
    ran = at.run("playbook", "find", "выпроваживают")
    assert ran.code == 1, "reasons are not said"
    found = at.run("playbook", "find", "ЖАЗЫП", "отырмын", "--json").json
    validate(found)
    assert found["phrases"][0] == {
        "playbook": "mine", "lang": "kk", "id": "listen.open.any",
        "forms": {"say": "Не болғанын айтып беріңізші. Тыңдап, жазып отырмын.", "written": "Не болғанын, есіңізде қалған күндерімен жазып жіберіңізші."},
    }  # fmt: skip
    assert at.run("playbook", "find", "dates you remember", *MINE).out.startswith("mine en listen.open.any: Tell me what happened.")
    assert {one["playbook"] for one in at.run("playbook", "find", "тыңдап", "--json").json["phrases"]} > {"mine"}


def test_the_language_of_the_worker_comes_first_among_equals(at: Place, mine: Path) -> None:
    for lang in LANGS:
        change(mine / f"{lang}.yaml", "  listen.ask.any:", "  listen.ask.any: X20\n  listen.ask.x20:")
    change(mine / "playbook.yaml", "  listen.ask.any: {}", "  listen.ask.any: {}\n  listen.ask.x20: {}")
    at.variables["CLIENTCOACH_LANG"] = "pl"
    langs = [one["lang"] for one in at.run("playbook", "find", "x20", "--format", "ndjson", *MINE).events]
    assert langs == ["pl", "en", "ru", "kk"]
    assert [one["lang"] for one in at.run("playbook", "find", "x20", "--lang", "ru", "--json").json["phrases"]] == ["ru"]


def test_find_shows_the_best_and_counts_the_rest(at: Place) -> None:
    ran = at.run("playbook", "find", "today", "--lang", "en", "--limit", "2")
    assert len([line for line in ran.out.splitlines() if not line.startswith(" ")]) == 3
    assert ran.out.splitlines()[-1].endswith("see --limit.")
    for words in (("?!",), ("today", "--limit", "0"), ("today", "--playbook", "nowhere")):
        assert at.run("playbook", "find", *words).code == 2


def test_find_passes_a_broken_playbook_over_and_names_it(at: Place, mine: Path) -> None:
    (mine / "ru.yaml").write_text("phrases: [", encoding="utf-8")
    ran = at.run("playbook", "find", "слушаю", "--lang", "ru")
    assert ran.code == 0
    assert "mine (ru)" in ran.err


# show --try


def tried(at: Place, *case: str) -> dict[str, dict[str, object]]:
    found = at.run("playbook", "show", "mine", "--try", "--lang", "en", "--json", *case).json
    validate(found)
    return {phrase["id"]: phrase for step in found["steps"] for part in step["parts"] for phrase in part["phrases"]}


def test_every_phrase_in_a_case_and_what_it_lacks(at: Place, mine: Path) -> None:
    phrases = tried(at, "--cause", "billing")
    assert phrases["listen.open.delivery"]["lacks"] == {"when": {"cause": ["delivery"]}}
    assert phrases["listen.open.delivery"]["says"].startswith("Tell me about the delivery")
    assert phrases["propose.plan.by"]["lacks"] == {"fields": ["deadline"]}
    assert "says" not in phrases["propose.plan.by"]
    phrases = tried(at, "--cause", "delivery", "--deadline", "2h", "--channel", "chat")
    assert all(phrase["eligible"] and "lacks" not in phrase for phrase in phrases.values())
    assert phrases["propose.plan.by"]["says"] == "I’m taking this on myself, and you’ll have my answer by noon today."
    assert phrases["listen.open.any"]["says"].startswith("Please write what happened")
    text = at.run("playbook", "show", "mine", "--try", "--lang", "en", "--cause", "delivery").out
    assert "   * listen.open.delivery: Tell me about" in text
    assert "   + listen.open.any: Tell me what" in text
    assert "   - propose.plan.by [lacks: your deadline]: I’m taking this on myself, and you’ll have my answer {by}." in text


def test_what_a_script_says_is_what_the_trial_marks(at: Place) -> None:
    case = ("--lang", "ru", "--cause", "delivery", "--anger", "8", "--order", "4471", "--customer", "Анна Петрова")
    found = at.run("playbook", "show", "angry-customer", "--try", "--json", *case).json
    validate(found)
    chosen = {part["chosen"] for step in found["steps"] for part in step["parts"]}
    said = {line["id"] for step in at.run("script", "angry-customer", "--json", *case).json["steps"] for line in step["say"]}
    assert said <= chosen


def test_a_part_that_does_not_come_is_marked(at: Place, mine: Path) -> None:
    change(mine / "playbook.yaml", "parts: {}", "parts: {propose.plan: {fault: [ours]}}")
    parts = {
        part["part"]: part
        for step in at.run("playbook", "show", "mine", "--try", "--lang", "en", "--json").json["steps"]
        for part in step["parts"]
    }
    assert (parts["plan"]["open"], parts["plan"]["chosen"], parts["open"]["open"]) == (False, None, True)
    assert "plan: the plan (not in this case)" in at.run("playbook", "show", "mine", "--try", "--lang", "en").out


def test_the_trial_tells_what_nobody_has_approved(at: Place, mine: Path) -> None:
    (at.cwd / "policy.yaml").write_text("require_approved: true\n", encoding="utf-8")
    at.variables["CLIENTCOACH_POLICY"] = "policy.yaml"
    approve(at, "listen.open.any")
    phrases = tried(at, "--cause", "delivery")
    assert phrases["listen.open.any"]["eligible"]
    assert phrases["listen.open.delivery"]["lacks"] == {"approval": True}
    assert at.run("playbook", "show", "mine", "--lang", "en").code == 0, "to read it, nothing has to be approved"


# lint --explain


@pytest.mark.parametrize("code", ["no-default", "yaml-merge", "TOO-LONG"])
def test_a_code_is_explained(at: Place, code: str) -> None:
    means, mend = CODES[code.lower()]
    assert at.run("playbook", "lint", "--explain", code).out == f"{code.lower()}: {means}\n{mend}\n"
    found = at.run("playbook", "lint", "--explain", code, "--json").json
    validate(found)
    assert found["mend"] == mend


def test_an_unknown_code_names_the_nearest(at: Place) -> None:
    ran = at.run("playbook", "lint", "--explain", "no-defalt")
    assert ran.code == 2
    assert "no-default" in ran.err
