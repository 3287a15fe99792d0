"""Finding packs, and the shards as the coach reads them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clientcoach.content import library
from clientcoach.errors import ContentError, UsageError
from clientcoach.matching.words import Words
from clientcoach.reading.faults import Faults

ROOT = Path(__file__).parent.parent.parent
PACKS = ROOT / "tests" / "packs"
GOOD = PACKS / "good"


def places(*packs: Path, policy: Path | None = None, cache: Path | None = None) -> library.Places:
    """Where to look."""
    return {"packs": [str(pack) for pack in packs], "policy": str(policy) if policy else None, "cache": str(cache) if cache else None}


def test_names_and_nearest_pack(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(GOOD / "minimal", own)
    shutil.copytree(own / "demo", own / "Not a name")
    (own / "empty").mkdir()
    found = places(own, GOOD / "everything", tmp_path / "nowhere")
    assert library.names(found) == ["demo"]
    assert library.find(found, "demo") == str(own / "demo")
    assert library.names(places(own / "demo")) == ["demo"]
    assert library.find(places(own / "demo"), "demo") == str(own / "demo")


@pytest.mark.parametrize(
    "name", ["../minimal/demo", "..", "", ".", "demo/", "/demo", "a\0b", "-rf", "x" * 300, "ﬁle", "CON", "DEMO", "dеmo"]
)
def test_hostile_names(name: str) -> None:
    with pytest.raises(UsageError) as error:
        library.playbook(places(GOOD / "minimal"), name, "en")
    assert error.value.code == "unknown_playbook"


def test_nearest_names_are_offered() -> None:
    with pytest.raises(UsageError) as error:
        library.playbook(places(GOOD / "minimal"), "dmo", "en")
    assert error.value.params == {"value": "dmo", "near": ["demo"]}


@pytest.mark.parametrize("lang", ["zz", "../en", "", "EN"])
@pytest.mark.parametrize("kind", ["policy", "ui", "rules", "labels", "signals", "acts", "playbook"])
def test_unknown_languages(lang: str, kind: str) -> None:
    with pytest.raises(UsageError) as error:
        if kind == "playbook":
            library.playbook(places(GOOD / "minimal"), "demo", lang)
        else:
            getattr(library, kind)(places(), lang)
    assert error.value.code == "unknown_language"


def test_a_playbook_not_written_in_a_language_names_those_it_is_written_in() -> None:
    with pytest.raises(UsageError) as error:
        library.playbook(places(GOOD / "minimal"), "demo", "kk")
    assert error.value.params == {"value": "kk", "playbook": "demo", "choices": ["en"]}


def test_playbook_shard(tmp_path: Path) -> None:
    found = places(GOOD / "everything", cache=tmp_path / "cache")
    shard = library.playbook(found, "demo", "ru")
    assert shard == library.playbook(found, "demo", "ru")
    assert (shard["name"], shard["lang"], shard["steps"]) == ("demo", "ru", [["insult", ["limit", "back"]]])
    assert shard["parts"] == {"insult.back": {"rung": ["warn", "end"]}}
    assert shard["facts"] == {"rung": ["ask", "warn", "end"]}
    assert (shard["danger"], shard["interruptions"]) == (["insult"], [])
    assert (shard["remedies"], shard["prevent"]) == ({"delivery": ["refund"]}, {"delivery": ["record"]})
    assert shard["title"]["insult"] == {"text": ["Оскорбление"], "needs": []}
    assert shard["avoid"]["insult"]["mirror"]["why"]["text"] == ["Ответ тем же удваивает злость."]
    assert shard["prevent_text"]["record"]["text"] == ["Записывайте обещания."]
    assert [phrase["id"] for phrase in shard["phrases"]["insult.limit"]] == [
        "insult.limit.any",
        "insult.limit.end",
        "insult.limit.rung",
    ]
    end = shard["phrases"]["insult.limit"][1]
    assert end["when"] == {"rung": ["end"], "prior": ["repeat"]}
    assert end["forms"]["say"]["needs"] == ["days", "item_quoted"]
    assert (end["specificity"], end["verbatim"], list(end["forms"])) == (4, False, ["say", "short"])
    assert library.playbook(found, "demo", "en")["phrases"]["insult.limit"][1]["verbatim"] is True


def test_a_broken_language_breaks_only_itself(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(GOOD / "everything", pack)
    (pack / "demo" / "ru.yaml").write_text("title: {insult: '{nope}'}\nphrases: &a {}\n")
    (pack / "demo" / "pl.yaml").write_text(
        (pack / "demo" / "pl.yaml").read_text().replace("{# dnia}", "{{nope}}").replace("powrót", "'{nie}'")
    )
    found = places(pack)
    assert library.playbook(found, "demo", "en")["lang"] == "en"
    for lang, codes in (("ru", ["yaml-alias"]), ("pl", ["unknown-variable", "unknown-variable"])):
        with pytest.raises(ContentError) as error:
            library.playbook(found, "demo", lang)
        assert [problem["code"] for problem in error.value.problems] == codes
        assert error.value.problems[0]["file"] == str(pack / "demo" / f"{lang}.yaml")


def test_a_broken_playbook_names_the_problems_of_both_files(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(GOOD / "minimal", pack)
    with (pack / "demo" / "playbook.yaml").open("a") as book, (pack / "demo" / "en.yaml").open("a") as words:
        book.write("extra: 1\n")
        words.write("extra: 1\n")
    with pytest.raises(ContentError) as error:
        library.playbook(places(pack), "demo", "en")
    assert [os.path.basename(problem["file"]) for problem in error.value.problems] == ["playbook.yaml", "en.yaml"]


def test_warnings_do_not_stop(tmp_path: Path) -> None:
    shutil.copytree(PACKS / "bad" / "slip-too-long", tmp_path / "pack")
    assert library.playbook(places(tmp_path / "pack"), "demo", "en")["name"] == "demo"


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundled folder of our own."""
    folder = tmp_path / "bundled"
    shutil.copytree(GOOD / "policy", folder)
    shutil.copytree(GOOD / "ui" / "ui", folder / "ui")
    monkeypatch.setattr(library, "bundled", lambda: str(folder))
    return folder


def test_policy_shard(bundle: Path) -> None:
    shard = library.policy(places(), "pl")
    assert shard["hours"] == {
        **dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], ["09:00", "18:00"]),
        "sat": ["10:00", "24:00"],
        "sun": None,
    }
    assert (shard["zone"], shard["verify"], shard["own_the_fix"], shard["parting"]) == (
        "Asia/Almaty",
        "before_details",
        "verified",
        "after_commitments",
    )
    assert (shard["warnings_required"], shard["require_approved"]) == (2, False)
    assert (shard["crisis_lines"], shard["retention"]) == ({"emergency": "112"}, {"personal": 180, "details": 728})
    assert shard["clocks"][0]["days"] == 10
    (offer,) = shard["offers"]
    assert (offer["id"], offer["kind"], offer["limit"], offer["roles"], offer["causes"]) == (
        "refund_delivery",
        "refund",
        [1000, "EUR"],
        ["agent"],
        ["delivery"],
    )
    assert (offer["valid_until"], offer["needs_lead"], offer["per"], offer["precise"]) == (None, False, "case", None)
    assert offer["agreed"] == {"text": ["Dziś zwracam opłatę."], "needs": []}
    assert library.policy(places(), "en")["offers"][0]["precise"]["needs"] == ["amount"]


def test_a_team_replaces_the_keys_it_gives(bundle: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("verify: never\noffers:\n  tea: {kind: gesture, say: {en: I can bring tea.}, agreed: {en: I bring tea.}}\n")
    found = places(policy=own, cache=tmp_path / "cache")
    shard = library.policy(found, "en")
    assert (shard["verify"], shard["zone"]) == ("never", "Asia/Almaty")
    assert [offer["id"] for offer in shard["offers"]] == ["tea"]
    assert library.policy(found, "ru")["offers"] == []
    (bundle / "policy.yaml").write_text("zone: Europe/Warsaw\n")
    assert library.policy(found, "en")["zone"] == "Europe/Warsaw"
    own.write_text("verify: sometimes\n")
    with pytest.raises(ContentError):
        library.policy(found, "en")
    own.unlink()
    with pytest.raises(ContentError) as error:
        library.policy(found, "en")
    assert error.value.problems[0]["code"] == "file-unreadable"


def test_rules_of_several_packs(tmp_path: Path) -> None:
    found = places(tmp_path, GOOD / "rules", cache=tmp_path / "cache")
    shard = library.rules(found, "pl")
    (rule,) = shard["rules"].values()
    assert (rule["level"], rule["message"]) == ("hint", ["„", ["v", "word"], "”: ", ["v", "instead"], "."])
    read = Faults(shard).read(Words("Maruda, świry, wieczny malkontent, marudny"))
    assert read == [("label-word", 0, 1, "pięć uwag"), ("label-word", 1, 2, "krzyk"), ("label-word", 2, 4, "pięć uwag")]
    assert library.rules(found, "en")["rules"] == {}
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "pl.yaml").write_text((GOOD / "rules" / "rules" / "pl.yaml").read_text().replace("label-word", "other"))
    assert sorted(library.rules(found, "pl")["rules"]) == ["label-word", "other"]
    (tmp_path / "rules" / "pl.yaml").write_text("label-word: {}\n")
    with pytest.raises(ContentError) as error:
        library.rules(found, "pl")
    assert {problem["code"] for problem in error.value.problems} == {"missing-key"}


def test_ui_shard(bundle: Path) -> None:
    shard = library.ui(places(), "ru")
    assert shard["strings"]["menu.next"] == ["Дальше"]
    assert shard["strings"]["count"][0][:2] == ["p", "n"]


def test_bundled_is_in_the_package_or_beside_it() -> None:
    assert library.bundled() == str(ROOT / "playbooks")


ONLY = """
import sys
before = set(sys.modules)
from clientcoach.content import library
for round in range(2):
    places = {"packs": [sys.argv[1]], "policy": None, "cache": sys.argv[2]}
    assert library.names(places) == ["demo"]
    library.playbook(places, "demo", "en")
    if round == int(sys.argv[3]): break
print(" ".join(sorted(set(sys.modules) - before)))
"""


def test_a_warm_start_imports_nothing_but_ourselves(tmp_path: Path) -> None:
    def run() -> list[str]:
        command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n" + ONLY]
        done = subprocess.run([*command, str(GOOD / "minimal"), str(tmp_path), "0"], capture_output=True, text=True, check=True)
        return done.stdout.split()

    shutil.rmtree(tmp_path)
    library.playbook(places(GOOD / "minimal", cache=tmp_path), "demo", "en")
    allowed = {"__future__", "binascii", "_json", "time"}
    assert {name for name in run() if not name.startswith("clientcoach")} <= allowed


@pytest.mark.parametrize("broken", ["own", "bundled"])
def test_a_bad_offer_is_reported_in_the_file_it_stands_in(bundle: Path, tmp_path: Path, broken: str) -> None:
    own, offers = tmp_path / "own.yaml", "offers:\n  tea: {kind: gesture, say: {en: 'I can bring {te}.'}, agreed: {en: I bring tea.}}\n"
    own.write_text(offers if broken == "own" else "verify: never\n")
    if broken == "bundled":
        (bundle / "policy.yaml").write_text(offers)
    with pytest.raises(ContentError) as error:
        library.policy(places(policy=own), "en")
    file = own if broken == "own" else bundle / "policy.yaml"
    assert [(problem["file"], problem["line"], problem["col"]) for problem in error.value.problems] == [(str(file), 2, 47)]
