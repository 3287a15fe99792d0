"""A fifth language by files and one module alone: a copy of the tree, `fifth/` put where CONTRIBUTING says, and nothing else changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.support import LANGS, NOW, ROOT, Ran

HERE = Path(__file__).parent / "fifth"
MESSAGE = "Wo bleibt mein Paket? Sie haben es mir für 20.11 versprochen!"


@dataclass
class Tree:
    """A copy of clientcoach with a fifth language."""

    root: Path

    def python(self, *argv: str, **variables: str) -> Ran:
        home = self.root / "home"
        base = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "PATH": os.environ["PATH"], "CLIENTCOACH_NOW": NOW, "LANG": "C.UTF-8"}
        environment = {**base, "PYTHONPATH": str(self.root), **variables}
        done = subprocess.run([sys.executable, *argv], env=environment, cwd=home, input="", capture_output=True, text=True, timeout=120)
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    def run(self, *argv: str, **variables: str) -> Ran:
        return self.python("-m", "clientcoach", *argv, **variables)

    def put(self, file: str, at: str) -> None:
        target = self.root / at
        target.parent.mkdir(exist_ok=True)
        shutil.copy(HERE / file, target)

    def valid(self, value: Any, name: str) -> None:
        jsonschema.validate(value, json.loads((self.root / "clientcoach" / "schemas" / f"{name}.json").read_text()))


def left_behind(folder: str, names: list[str]) -> set[str]:
    """Whatever belongs to languages that were added since: this one stays the fifth."""
    kinds = "py|yaml|json" if Path(folder).name in {"wording", "data"} else "yaml"
    found = {name: re.fullmatch(rf"(?:locale_)?([a-z][a-z])\.(?:{kinds})", name) for name in names}
    return {"__pycache__", *(name for name, one in found.items() if one and one[1] not in LANGS)}


def tree_with_words(root: Path) -> Tree:
    """The module, its table of months, one playbook of the skeleton in five languages."""
    for name in ("clientcoach", "playbooks"):
        shutil.copytree(ROOT / name, root / name, ignore=left_behind)
    tree = Tree(root)
    (root / "home").mkdir()
    tree.put("de.py", "clientcoach/wording/de.py")
    tree.put("locale_de.json", "clientcoach/wording/data/locale_de.json")
    shutil.copytree(root / "clientcoach" / "share" / "skeleton", root / "playbooks" / "hello")
    tree.put("de.yaml", "playbooks/hello/de.yaml")
    made = tree.python("-m", "clientcoach.share.generate")
    assert (made.code, made.err) == (0, "")
    return tree


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Its phrases alone."""
    return tree_with_words(tmp_path_factory.mktemp("spoken"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Its interface and its signals too."""
    made = tree_with_words(tmp_path_factory.mktemp("whole"))
    made.put("signals.yaml", "playbooks/signals/de.yaml")
    english = (made.root / "playbooks" / "ui" / "en.yaml").read_text(encoding="utf-8")
    told = english.replace("There is no playbook “{value}”.", "Das Szenario „{value}“ gibt es nicht.")
    assert told != english
    (made.root / "playbooks" / "ui" / "de.yaml").write_text(told, encoding="utf-8")
    return made


def test_what_is_generated_knows_it_and_is_current(tree: Tree) -> None:
    look = "from clientcoach.share.generate import FOLDER, files; from clientcoach.case.languages import LANGS; print(LANGS, [n for n, t in files().items() if (FOLDER / n).read_text() != t])"
    assert tree.python("-c", look).out == "('en', 'ru', 'pl', 'kk', 'de') []\n"
    assert tree.run("complete", "script", "--lang").out.split() == ["en", "ru", "pl", "kk", "de"]
    for script in ("bash", "zsh", "fish"):
        assert "en ru pl kk de" in (tree.root / "clientcoach" / "share" / f"clientcoach.{script}").read_text(encoding="utf-8")
    assert "en, ru, pl, kk, de" in tree.run("script", "--help").out
    again = tree.python("-m", "clientcoach.share.generate")
    assert (again.code, tree.python("-c", look).out[-3:]) == (0, "[]\n")


def test_a_script_is_spoken_in_it(tree: Tree) -> None:
    case = [
        "--customer",
        "anna novak",
        "--customer-gender",
        "f",
        "--cause",
        "delivery",
        "--promised",
        "2026-11-20",
        "--deadline",
        "heute 12:00",
    ]
    ran = tree.run("script", "hello", "--lang", "de", "--json", *case)
    assert ran.code == 0
    tree.valid(ran.json, "script")
    assert ran.json["lang"] == "de"
    assert [part["text"] for step in ran.json["steps"] for part in step["say"]] == [
        "Sie warten seit 5 Tagen. Was wurde Ihnen gesagt?",
        "Ich kümmere mich selbst darum. Sie haben bis heute 12:00 Uhr meine Antwort.",
        "Ich fasse zusammen, damit wir beide dasselbe notiert haben.",
    ]


def test_names_plurals_and_aliases(tree: Tree) -> None:
    line = ["say", "listen", "--playbook", "hello", "--ui", "en"]
    assert tree.run(*line, "--lang", "de", "--customer", "anna novak", "--customer-gender", "f") == Ran(
        0, "Frau Novak, erzählen Sie mir bitte, was passiert ist. Ich schreibe mit.\n", ""
    )
    assert tree.run(*line, "--lang", "at") == Ran(0, "Erzählen Sie mir bitte, was passiert ist. Ich schreibe mit.\n", "")
    assert (
        tree.run(*line, "--lang", "de", "--cause", "delivery", "--promised", "2026-11-24").out
        == "Sie warten seit einem Tag. Was wurde Ihnen gesagt?\n"
    )


def test_a_call_goes_on_in_it(tree: Tree) -> None:
    actions = [
        {"do": "next"},
        {"do": "interrupt", "kind": "insult"},
        {"do": "language", "lang": "en"},
        {"do": "language", "lang": "de"},
        {"do": "end"},
        {"do": "end"},
    ]
    answers = tree.root / "home" / "answers.ndjson"
    answers.write_text("".join(json.dumps(one) + "\n" for one in actions))
    ran = tree.run("call", "hello", "--lang", "de", "--answers", str(answers), "--json")
    for event in ran.events:
        tree.valid(event, "call")
    said = [event["line"]["text"] for event in ran.events if event.get("line")]
    assert said[0] == "Erzählen Sie mir bitte, was passiert ist. Ich schreibe mit."
    assert [event["lang"] for event in ran.events if event["type"] == "language"] == ["en", "de"]
    warned = [event["message"] for event in ran.events if event["type"] == "warning" and "message" in event]
    assert warned == ["The playbook interruptions is not written in de. Choose one of: en, ru, pl, kk."]
    assert ran.events[-1]["type"] == "end"


def test_it_is_linted_and_covered(tree: Tree) -> None:
    ran = tree.run("playbook", "lint", str(tree.root / "playbooks" / "hello"), "--json")
    assert (ran.code, ran.json["errors"]) == (0, 0)
    assert [(one["code"], Path(one["file"]).name) for one in ran.json["problems"]] == [
        ("missing-do", "de.yaml"), ("missing-do", "de.yaml"), ("missing-language", "playbook.yaml"),
    ]  # fmt: skip
    covered = tree.run("playbook", "coverage", "--json").json
    tree.valid(covered, "coverage")
    percents = {one["playbook"]: one["percent"] for one in covered["playbooks"] if one["lang"] == "de"}
    assert (percents.pop("hello"), set(percents.values())) == (100, {0})
    assert tree.run("playbook", "coverage", "care", "--json").json["langs"] == list(LANGS)  # nothing of it is German


def test_its_spelling_is_its_own(tree: Tree) -> None:
    pack = tree.root / "home" / "pack"
    shutil.copytree(tree.root / "playbooks" / "hello", pack / "hello")
    path = pack / "hello" / "de.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Ich prüfe das jetzt", "Ich prüfé das „jetzt”"), encoding="utf-8")
    codes = {one["code"] for one in tree.run("playbook", "lint", str(pack), "--json").json["problems"] if one["level"] == "error"}
    assert codes == {"wrong-letter", "unpaired"}


def test_without_an_interface_another_is_shown(tree: Tree) -> None:
    line = ["say", "listen", "--playbook", "hello", "--lang", "de"]
    assert tree.run(*line).err == "Warning: there is no interface in de yet; it is shown in en. Another: --ui.\n"
    assert tree.run(*line, LANG="pl_PL.UTF-8").err.startswith("Uwaga: nie ma jeszcze interfejsu w języku de, jest więc w języku pl.")
    refused = Ran(2, "", "error: There is no interface in “de” yet. Choose one of: en, ru, pl, kk.\n")
    assert tree.run(*line, "--ui", "de") == refused
    assert tree.run(*line, CLIENTCOACH_UI="de") == refused
    assert tree.run("config", "set", "ui", "de") == refused
    unasked = tree.run("say", "listen", "--playbook", "hello", LANG="de_DE.UTF-8")  # a terminal's language asks for nothing
    assert unasked == Ran(0, "Tell me what happened. I’m listening, and I’m writing it down.\n", "")
    assert tree.run("card", "hello", "--lang", "de", "--format", "markdown").code == 0


def test_what_is_not_there_is_told(tree: Tree) -> None:
    assert (
        tree.run("script", "--lang", "de", "--ui", "en").err
        == "error: The playbook angry-customer is not written in de. Choose one of: en, ru, pl, kk.\n"
    )
    assert tree.run("triage", "--lang", "de", "--ui", "en", MESSAGE) == Ran(
        2, "", "error: Texts in “de” cannot be read yet: signals/de.yaml is missing. Choose one of: en, ru, pl, kk.\n"
    )
    draft = tree.root / "home" / "draft.txt"
    draft.write_text("Bitte warten Sie.")
    told = tree.run("check", "--lang", "de", "--ui", "ru", str(draft))
    assert (told.code, told.err) == (
        2,
        "error: Тексты на языке «de» пока не читаются: нет файла rules/de.yaml. Выберите из списка: en, ru, pl, kk.\n",
    )
    assert tree.run("doctor").code == 0
    assert tree.run("log", "list", "--lang", "de").code == 0
    assert tree.run("playbook", "export", "hello", "--to", "zammad", "--lang", "de").code == 0
    assert "nplurals=2" in tree.run("playbook", "export", "hello", "--to", "po", "--lang", "de").out


def test_with_its_files_it_is_read_and_shown(whole: Tree) -> None:
    found = whole.run("triage", "--json", MESSAGE)
    whole.valid(found.json, "triage")
    assert (found.code, found.json["lang"], found.json["cause"], found.json["case"]) == (0, "de", "delivery", {"promised": "20.11"})
    assert "Language: Deutsch" in whole.run("triage", "--ui", "en", MESSAGE).out  # no interface has a name for it
    assert whole.run("triage", "--json", "Where is my parcel? You promised it for today.").json["lang"] == "en"
    danger = whole.run("triage", "--json", "Ich kann nicht mehr leben").json  # its safety card is in no German file
    assert [card["kind"] for card in danger["safety"]] == ["self_harm"]
    unknown = whole.run("script", "hallo", "--ui", "de")
    assert (unknown.code, unknown.err.startswith("error: Das Szenario „hallo“ gibt es nicht.")) == (2, True)
    assert whole.run("say", "listen", "--playbook", "hello", "--lang", "de").err == ""
