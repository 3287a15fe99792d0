"""`check --replies`: every reply of a team's own library, with its place in the file, however the file keeps it."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcoach.commands.canned import replies
from clientcoach.commands.replies import without_placeholders
from tests.support import ROOT, validate

if TYPE_CHECKING:
    from tests.support import Place

FILES = {
    "macros.csv": 'name;lang;content\nlate;en;"Dear {{ticket.name}},\nplease ""do"" calm down."\nfine;en;Thank you.\n',
    "macros.tsv": "title\ttext_en\ttext_ru\nlate\tThank you, calm down.\tСпасибо.\n",
    "espanso.yml": 'matches:\n  - trigger: ":late"\n    replace: |\n      Hello,\n      calm down.\n  - trigger: ":fine"\n    replace: "Thank you."\n',
    "flow.yaml": 'replies:\n  - {name: late, text: "Hello, calm down."}\n',
    "macros.json": '{"items": [{"title": "fine", "body": "Thank \\"you\\"."}, {"title": "late", "body": "\\u0048ello\\ncalm down"}]}',
    "list.json": '["Thank you.", "Please, calm down."]',
    "macros.ndjson": '{"name": "fine", "text": "Thank you."}\n\n{"name": "late", "text": "Hi, calm down."}\n',
    "macros.md": "---\ntitle: calm down\n---\n# Ours: calm down\n## late\nHello,\n\ncalm down.\n\n## fine\n```\n# no head\n```\nThank you.\n",
    "whole.md": "Hello, calm down.\n",
    "plain.txt": "Hello,\ncalm down.\n",
}


@pytest.fixture(autouse=True)
def here(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(at.cwd)


def write(at: Place, name: str, text: str | bytes) -> str:
    (at.cwd / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return name


@pytest.mark.parametrize("name", FILES)
def test_the_one_fault_of_a_file_is_found_at_its_place(at: Place, name: str) -> None:
    ran = at.run("check", "--replies", write(at, name, FILES[name]), "--json")
    validate(ran.json)
    (one,) = ran.json["findings"]
    line = FILES[name].splitlines()[one["line"] - 1]
    assert ran.code == 1
    assert (one["rule"], one["file"]) == ("calm-down", name)
    assert one["reply"].strip(":") in {"late", ""}
    assert line[one["column"] - 1 :].lower().startswith(one["text"].lower()[:4])


def test_all_files_together(at: Place) -> None:
    names = [write(at, name, text) for name, text in FILES.items()]
    ran = at.run("check", "--replies", *names)
    assert ran.code == 1
    found = [line for line in ran.out.splitlines() if re.match(r"\S+:\d+:\d+ error calm-down: ", line)]
    assert [line.split(":")[0] for line in found] == names
    github = at.run("check", "--replies", *names, "--format", "github").out.splitlines()
    assert [re.search(r"file=([^,]*)", line)[1] for line in github] == names  # type: ignore[index]
    sarif = at.run("check", "--replies", *names, "--format", "sarif").json["runs"][0]["results"]
    assert [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in sarif] == names


def test_a_clean_library(at: Place) -> None:
    ran = at.run("check", "--replies", write(at, "a.csv", "name,text\na,Thank you.\nb,Good morning.\n"))
    assert (ran.code, ran.err) == (0, "")
    assert "2" in ran.out


def test_the_language_of_a_column_or_a_key(at: Place) -> None:
    path = write(at, "a.csv", "name,text_pl,text_ru\na,Dzień dobry,Здравствуйте\n")
    assert [(one.text, one.lang) for one in replies(path, (at.cwd / path).read_text())] == [("Dzień dobry", "pl"), ("Здравствуйте", "ru")]
    assert [one.lang for one in replies("a.json", '[{"text": "x", "locale": "kz-KZ"}, {"text": "x", "lang": "fr"}]')] == ["kk", None]


def test_rules_off_in_a_file(at: Place) -> None:
    path = write(at, "a.yml", "# clientcoach-off: calm-down\nmatches:\n  - {trigger: a, replace: calm down}\n")
    assert at.run("check", "--replies", path).code == 0
    assert at.run("check", "--replies", write(at, "b.md", FILES["macros.md"]), "--disable", "calm-down").code == 0


def test_a_reply_is_a_part_of_an_answer(at: Place) -> None:
    """A whole draft would miss its steps."""
    text = "Your parcel is at the depot in Lodz and the driver there has it on the list for the tour, " * 3
    assert (
        at.run(
            "check", "--replies", write(at, "a.txt", text), "--json", "--fail-on", "hint", "--order", "4471", "--disable", "too-long"
        ).json["findings"]
        == []
    )


@pytest.mark.parametrize(
    "held",
    [
        "{{ticket.calm down}}",
        "{% if calm down %}",
        "${calm down}",
        "#{calm down}",
        "{calm down}",
        "$calm.down$",
        "%calm.down%",
        "[[calm down]]",
        "<<calm down>>",
        "<!-- calm down -->",
        "<b title='calm down'>",
    ],
)
def test_placeholders_are_no_faults(at: Place, held: str) -> None:
    blank = without_placeholders(f"Hello, {held}!")
    assert (len(blank), blank.strip(" !")) == (len(held) + 8, "Hello,")
    assert at.run("check", "--replies", write(at, "a.txt", f"Hello, {held}! Thank you."), "--json").json["findings"] == []


def test_a_placeholder_for_a_time_is_a_time(at: Place) -> None:
    vague = at.run("check", "--replies", write(at, "a.txt", "We will call you soon."), "--json").json["findings"]
    dated = at.run("check", "--replies", write(at, "b.txt", "We will call you soon, by {{due_date}}."), "--json").json["findings"]
    assert ([one["rule"] for one in vague], dated) == (["vague-time"], [])


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.doc", "hello", 2), ("a.csv", "a,b\n1,2\n", 2), ("a.yml", "key: value\n", 2), ("a.json", "{", 2), ("a.json", "[" * 10_000, 2), ("a.ndjson", '{"text": "x"}\n[', 2), ("a.csv", 'text\n"open', 2),
        ("a.csv", "Успокойтесь, это текст".encode("cp1251"), 2), ("a.yml", "a: &x {text: y}\nb: *x\n", 4), ("a.txt", b"\x00", 2), ("a.txt", b"", 2), ("a.csv", "text\n" + "x" * 200_000, 2),
    ],
)  # fmt: skip
def test_a_file_that_is_no_library(at: Place, name: str, text: str | bytes, code: int) -> None:
    ran = at.run("check", "--replies", write(at, name, text))
    assert (ran.code, ran.out) == (code, "")
    assert name in ran.err
    assert "broke inside" not in ran.err


@pytest.mark.parametrize("argv", [(), ("a.txt", "--fix"), ("a.txt", "--stream"), ("nowhere.csv",)])
def test_what_makes_no_sense(at: Place, argv: tuple[str, ...]) -> None:
    write(at, "a.txt", "Hello")
    ran = at.run("check", "--replies", *argv)
    assert (ran.code, ran.out) == (2, "")


TEXTS = st.text(st.sampled_from('ab "\n\\é,;😀\t{}'), min_size=1, max_size=20).map(lambda text: f"x{text}x")


@settings(max_examples=60)
@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_places_are_right_whatever_stands_around(texts: list[str]) -> None:
    """The first character of each reply, and its last, at the line and column that are told."""
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([["text"], *([text] for text in texts)])
    for name, data in (
        ("a.csv", table.getvalue()),
        ("a.json", json.dumps([{"text": text} for text in texts])),
        ("b.json", json.dumps(texts, ensure_ascii=False)),
    ):
        found = replies(name, data)
        assert [one.text for one in found] == texts, name
        for one in found:
            for offset in (0, len(one.text) - 1):
                line, column = one.where(offset)
                assert data.split("\n")[line - 1][column - 1] == "x", (name, data, offset)


def hooked(name: str) -> tuple[dict[str, Any], list[str]]:
    """A hook and the words of its entry, without the program's."""
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert {"id", "name", "description", "entry", "language", "files"} <= hooks[name].keys()
    program, *argv = hooks[name]["entry"].split()
    assert program == "clientcoach"
    return hooks[name], argv


def test_the_hook_runs_what_it_says(at: Place) -> None:
    """`.pre-commit-hooks.yaml` as pre-commit reads it: the entry with the names of the files that its pattern picks."""
    hook, argv = hooked("clientcoach-replies")
    assert "args" not in hook
    picked = [name for name in FILES if re.search(hook["files"], name)]
    assert picked == ["macros.csv", "macros.tsv", "espanso.yml", "macros.json", "macros.ndjson", "macros.md"]
    assert not [name for name in ("README.md", "src/app.json", "templates.py") if re.search(hook["files"], name)]
    assert re.search(hook["files"], "docs/macros/late.md")
    assert at.run(*argv, *(write(at, name, FILES[name]) for name in picked)).code == 1


def test_the_hook_for_playbooks_lints_the_pack(at: Place) -> None:
    """It is told no names: a change of one file may break another, so the whole pack is linted, here the working directory."""
    hook, argv = hooked("clientcoach-playbook-lint")
    assert hook["pass_filenames"] is False
    assert at.run("playbook", "new", "late-parcel", "--into", ".").code == 0
    written = [path.relative_to(at.cwd).as_posix() for path in sorted(at.cwd.rglob("late-parcel/*"))]
    assert len(written) == 5
    others = [
        "policy.yaml",
        "team/policy.yaml",
        "team/rules/ru.yaml",
        "team/signals/model.yaml",
        "team/late-parcel/review.yaml",
        "team/acts/deu.yaml",
    ]
    assert [name for name in (*written, *others) if not re.search(hook["files"], name)] == []
    assert not [
        name for name in ("README.md", "docker-compose.yaml", "team/late-parcel/en.yml", "src/en.py") if re.search(hook["files"], name)
    ]
    assert at.run(*argv, *hook["args"]).code == 0
    text = at.cwd / "late-parcel" / "ru.yaml"
    text.write_text(text.read_text(encoding="utf-8").replace("Я слушаю", "Я  cлушаю"), encoding="utf-8")
    ran = at.run(*argv, *hook["args"])
    assert ran.code == 4
    assert "mixed-script" in ran.out
    assert "double-space" in ran.out
