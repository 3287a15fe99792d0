"""`playbook list|show|lint`, `doctor`, `complete`: the house-keeping verbs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clientcoach.case.fields import CAUSES, STEPS
from clientcoach.case.languages import LANGS as ALL
from clientcoach.content.library import bundled
from clientcoach.options import VERBS
from tests.support import LANGS

if TYPE_CHECKING:
    from tests.support import Place


def pack(at: Place, name: str = "ours") -> str:
    folder = at.cwd / "packs" / name
    shutil.copytree(f"{bundled()}/angry-customer", folder)
    at.variables["CLIENTCOACH_PACKS"] = str(at.cwd / "packs")
    return str(folder)


def test_list_names_what_is_there(at: Place) -> None:
    books = {book["name"]: book for book in at.run("playbook", "list", "--json").json["playbooks"]}
    assert {"angry-customer", "interruptions"} <= set(books)
    folder = pack(at)
    books = {book["name"]: book for book in at.run("playbook", "list", "--json").json["playbooks"]}
    assert books["ours"]["folder"] == folder
    assert f"ours  {' '.join(books['ours']['langs'])}  {folder}\n" in at.run("playbook", "list").out


def test_the_nearest_pack_wins(at: Place) -> None:
    folder = pack(at, "angry-customer")
    books = {book["name"]: book for book in at.run("playbook", "list", "--json").json["playbooks"]}
    assert books["angry-customer"]["folder"] == folder


def test_a_broken_playbook_does_not_stop_the_others(at: Place) -> None:
    folder = pack(at)
    with open(f"{folder}/en.yaml", "a", encoding="utf-8") as file:
        file.write("oops: 1\n")
    ran = at.run("say", "listen", "--playbook", "ours")
    assert (ran.code, ran.out) == (4, "")
    assert f"{folder}/en.yaml:" in ran.err
    assert "oops" in ran.err
    assert at.run("say", "listen").code == 0
    assert at.run("playbook", "lint", folder).code == 4
    assert at.run("doctor", "--json").code == 1


def test_show_lays_everything_open(at: Place) -> None:
    found = at.run("playbook", "show", "--json", "--lang", "en").json
    assert [step["step"] for step in found["steps"]] == list(STEPS)
    assert all(
        phrase["text"] and phrase["id"].startswith(f"{step['step']}.{part['part']}.")
        for step in found["steps"]
        for part in step["parts"]
        for phrase in part["phrases"]
    )
    text = at.run("playbook", "show", "--lang", "en").out
    assert all(phrase["id"] in text for step in found["steps"] for part in step["parts"] for phrase in part["phrases"])


@pytest.mark.parametrize("lang", LANGS)
def test_the_shipped_content_is_whole(at: Place, lang: str) -> None:
    session = at.session()
    for name in ("angry-customer", "interruptions"):
        assert session.playbook(lang, name)["lang"] == lang
    assert session.policy(lang)["offers"]
    assert set(session.strings(lang)) == set(session.strings("en"))


def test_doctor_looks_at_everything(at: Place) -> None:
    checks = at.run("doctor", "--json").json["checks"]
    assert [check["check"] for check in checks if check["check"] != "content"] == [
        "version",
        "encoding",
        "settings",
        "cache",
        "clock",
        "store",
        "drafts",
        "calls",
    ]
    at.variables["CLIENTCOACH_POLICY"] = "nowhere.yaml"
    ran = at.run("doctor")
    assert ran.code == 1
    assert "FAIL" in ran.out


def test_doctor_tells_broken_settings(at: Place) -> None:
    (at.cwd / ".clientcoach.toml").write_text("lang = 5\n", encoding="utf-8")
    ran = at.run("doctor", "--json")
    assert ran.code == 1
    assert [check["ok"] for check in ran.json["checks"] if check["check"] == "settings"] == [False]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], {verb.split()[0] for verb in VERBS}), (["playbook"], {verb.split()[1] for verb in VERBS if verb.startswith("playbook ")}), (["config"], {"show", "set", "path"}), (["script", "--cause"], set(CAUSES)), (["script", "--lang"], set(ALL)), (["script", "-l"], set(ALL)),
        (["script", "--format"], {"text", "json", "markdown", "html"}), (["script", "--color"], {"auto", "always", "never"}), (["say", "listen", "--form"], {"short", "softer", "firmer", "written"}), (["nonsense"], set()), (["playbook", "nonsense"], set()),
        (["script", "--order"], set()), (["script", "--customer-gender"], {"f", "m"}),
    ],
)  # fmt: skip
def test_complete_gives_exactly(at: Place, words: list[str], wanted: set[str]) -> None:
    ran = at.run("complete", *words)
    assert ran.code == 0
    assert set(ran.out.split()) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["say"], {"listen", "propose", "--lang"}),
        (["schema"], {"script", "case"}),
        (["config", "set"], {"lang", "policy"}),
        (["script", "--offer"], {"pickup"}),
        (["script"], {"angry-customer", "--anger"}),
        (["playbook", "show"], {"interruptions"}),
    ],
)
def test_complete_gives_among_others(at: Place, words: list[str], wanted: set[str]) -> None:
    assert wanted <= set(at.run("complete", *words).out.split())


def test_complete_does_not_offer_what_stands_already(at: Place) -> None:
    found = at.run("complete", "script", "--json", "--offer", "pickup").out.split()
    assert "--json" not in found
    assert "--offer" in found, "repeatable"


def test_complete_never_complains(at: Place) -> None:
    (at.cwd / ".clientcoach.toml").write_text("lang = \n", encoding="utf-8")
    assert at.run("complete", "script", "--offer").code == 0


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_help_has_examples_first(at: Place, verb: str) -> None:
    if verb == "complete":
        return
    out = at.run(*verb.split(), "--help").out
    assert out.index("Examples:") < out.index("Options:")
    assert all(example in out for example in VERBS[verb]["examples"])
    assert all(flag in out for option in VERBS[verb]["options"].values() for flag in option["flags"])
    assert at.run(*verb.split(), "-h").out == out


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("zone: Nowhere/City\n", 4, "unknown-zone"),
        ("require_approved: yes\n", 4, "bad-value"),
        ("hours: {mon-sun: closed}\n", 4, "bad-hours"),
    ],
)
def test_lint_and_doctor_read_the_team_s_policy(at: Place, text: str, code: int, found: str) -> None:
    path = at.cwd / "team.yaml"
    path.write_text(text, encoding="utf-8")
    (at.cwd / ".clientcoach.toml").write_text('policy = "team.yaml"\n', encoding="utf-8")
    ran = at.run("playbook", "lint", "--json")
    assert ran.code == code
    assert [(one["file"], one["code"]) for one in ran.json["problems"]] == [(str(path), found)]
    ran = at.run("doctor")
    assert ran.code == (1 if code else 0)
    assert found in ran.out
    assert at.run("say", "listen").code == code


def test_complete_gives_a_word_once(at: Place) -> None:
    assert "lang" not in at.run("complete", "config", "set", "lang").out.split()
    assert "lang" in at.run("complete", "config", "set", "--ui", "ru").out.split()
    assert "listen" not in at.run("complete", "say", "--lang", "ru", "propose").out.split()


def test_a_title_that_needs_a_fact_is_a_mistake_in_the_pack(at: Place) -> None:
    folder = pack(at)
    path = Path(folder, "en.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("listen: Hear", "listen: Hear {customer_voc},", 1), encoding="utf-8")
    ran = at.run("script", "ours")
    assert (ran.code, ran.out) == (4, "")
    assert "title-needs" in ran.err
