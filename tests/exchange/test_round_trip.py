"""Out and in again: the same phrases, in every format that comes back, for every playbook; and what others made of the file in between."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import polib
import pytest
import yaml

from clientcoach.content import library
from clientcoach.exchange import espanso, spreadsheet, zammad
from clientcoach.exchange.lines import lines
from clientcoach.wording.languages import language
from tests.support import LANGS, validate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Place

BOOK = "angry-customer"
FILES = {"csv": "phrases.csv", "zammad": "modules.csv", "espanso": "match.yml", "po": "phrases.po"}
SIGNED = """\
pl:
  listen.open.any: {{source: "{source}", text: "{text}", by: "Ewa", on: 2026-11-20}}
"""


@pytest.fixture(autouse=True)
def here(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(at.cwd)


def export(at: Place, style: str, *more: str, name: str | None = None) -> Path:
    path = at.cwd / (name or FILES[style])
    ran = at.run("playbook", "export", BOOK, "--to", style, "--out", str(path), *more)
    assert ran.code == 0, ran.err
    return path


def taken(at: Place, path: Path, *more: str) -> dict[str, Any]:
    ran = at.run("playbook", "import", str(path), "--into", "team", "--json", *more)
    assert ran.out, ran.err
    validate(ran.json)
    return ran.json


def counts(found: dict[str, Any]) -> tuple[int, int, int, int]:
    return found["new"], found["changed"], found["same"], found["left_out"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("style", FILES)
def test_what_went_out_comes_back_the_same(at: Place, style: str, lang: str) -> None:
    found = taken(at, export(at, style, "--lang", lang))
    texts = lines(library.find({"packs": [library.bundled()], "policy": None, "cache": None}, BOOK), BOOK, lang)
    assert counts(found) == (0, 0, sum(bool(line.phrase) or style == "po" for line in texts), 0)
    assert (found["format"], found["lines"]) == (style, [])
    assert not (at.cwd / "team").exists()


@pytest.mark.parametrize("style", ["csv", "zammad", "espanso"])
def test_all_playbooks_and_languages_in_one_file(at: Place, style: str) -> None:
    path = at.cwd / FILES[style]
    written = at.run("playbook", "export", "care", "handoff", "--to", style, "--out", str(path))
    assert written.code == 0
    new, changed, same, left = counts(taken(at, path))
    assert (new, changed, left) == (0, 0, 0)
    assert f"{same} texts exported: care, handoff (en, ru, pl, kk)." in written.err


@pytest.mark.parametrize(
    ("style", "old", "new"),
    [("csv", "Słucham, co się stało?", "Słucham, co się dzieje?"), ("espanso", "Słucham, co się stało?", "Słucham, co się dzieje?"),
     ("zammad", "Słucham, co się stało?", "Słucham, co się dzieje?"), ("po", "Słucham, co się stało?", "Słucham, co się dzieje?")],
)  # fmt: skip
def test_a_change_made_in_the_tool_is_written_and_nothing_else(at: Place, style: str, old: str, new: str) -> None:
    path = export(at, style, "--lang", "pl")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = taken(at, path)
    assert counts(found)[:2] == (0, 1)
    assert (found["lines"][0]["old"], found["lines"][0]["text"], found["written"]) == (old, new, [])
    found = taken(at, path, "--write")
    assert [name.rpartition("/")[2] for name in found["written"]] == ["en.yaml", "ru.yaml", "pl.yaml", "kk.yaml", "playbook.yaml"]
    for name in ("en.yaml", "ru.yaml", "kk.yaml", "playbook.yaml"):
        assert (at.cwd / "team" / BOOK / name).read_bytes() == (library_folder() / name).read_bytes()
    before, after = ((folder / "pl.yaml").read_text(encoding="utf-8") for folder in (library_folder(), at.cwd / "team" / BOOK))
    assert after == before.replace(f"short: {old}", f"short: {new}")
    assert counts(taken(at, path))[:2] == (0, 0)
    at.variables["CLIENTCOACH_PACKS"] = str(at.cwd / "team")
    assert new in at.run("playbook", "export", BOOK, "--to", "markdown", "--lang", "pl").out
    assert at.run("playbook", "lint", str(at.cwd / "team")).code == 0


def library_folder() -> Path:
    from pathlib import Path

    return Path(library.bundled()) / BOOK


def test_the_lost_choices_of_a_changed_text_are_named(at: Place) -> None:
    path = export(at, "espanso", "--lang", "pl")
    text = path.read_text(encoding="utf-8")
    assert text.count('replace: "Słucham uważnie.') == 1
    path.write_text(text.replace('replace: "Słucham uważnie.', 'replace: "Słucham spokojnie do {{form1.by}}.'), encoding="utf-8")
    (one,) = taken(at, path)["lines"]
    assert (one["state"], one["lost"], one["place"]) == ("changed", ["cg"], "phrases/listen.open.any/say")
    assert one["text"].startswith("Słucham spokojnie do {by}. ")
    told = at.run("playbook", "import", str(path), "--into", "team").out
    assert "gone with the old wording: its choices by cg" in told
    assert "Nothing is written yet." in told


def test_what_a_format_cannot_hold_is_told(at: Place) -> None:
    for style, said in [("csv", False), ("zammad", True), ("espanso", True), ("markdown", True), ("po", False)]:
        ran = at.run("playbook", "export", BOOK, "--to", style, "--lang", "pl")
        assert ("choices or names that this format cannot hold" in ran.err) is said, style
        assert "Not in this file: " in ran.err
        assert "approvals" in ran.err


def test_new_phrases_go_behind_their_part_in_every_language(at: Place) -> None:
    path = export(at, "csv")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    texts = {
        "en": "Start wherever you like.",
        "ru": "Начните с чего хотите.",
        "pl": "Proszę zacząć od czegokolwiek.",
        "kk": "Қалаған жеріңізден бастаңыз.",
    }
    for lang, text in texts.items():
        rows.append([BOOK, "listen.open.anywhere", lang, text, text, "", "", "", "cause=delivery|billing; anger=calm", "", "", ""])
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    found = taken(at, path, "--write")
    assert counts(found)[:2] == (8, 0)
    book = yaml.safe_load((at.cwd / "team" / BOOK / "playbook.yaml").read_text(encoding="utf-8"))
    names = list(book["phrases"])
    place = names.index("listen.open.anywhere")
    assert names[place - 1].startswith("listen.open.")
    assert names[place + 1].startswith("listen.ask.")
    assert book["phrases"]["listen.open.anywhere"] == {"when": {"cause": ["delivery", "billing"], "anger": ["calm"]}}
    for lang, text in texts.items():
        words = yaml.safe_load((at.cwd / "team" / BOOK / f"{lang}.yaml").read_text(encoding="utf-8"))["phrases"]
        assert words["listen.open.anywhere"] == {"say": text, "short": text}
    assert "# The five steps" in (at.cwd / "team" / BOOK / "playbook.yaml").read_text(encoding="utf-8")
    assert at.run("playbook", "lint", "team").code == 0


def test_a_phrase_in_one_language_only_is_refused_before_anything_is_written(at: Place) -> None:
    rows = f"playbook,phrase,lang,say\n{BOOK},listen.open.anywhere,en,Start wherever you like.\n"
    (at.cwd / "a.csv").write_text(rows)
    ran = at.run("playbook", "import", "a.csv", "--into", "team", "--write")
    assert (ran.code, ran.out, (at.cwd / "team").exists()) == (4, "", False)
    assert ran.err.count("missing-phrase") == 3
    assert f"{at.cwd}/team/{BOOK}/kk.yaml:" in ran.err


def test_a_form_that_a_phrase_lacks(at: Place) -> None:
    rows = f"phrase;playbook;say;softer;lang\nlisten.open.note;{BOOK};{said('listen.open.note', 'say')};Take your time.;en\n"
    (at.cwd / "a.csv").write_text(rows, encoding="utf-8")
    found = taken(at, at.cwd / "a.csv", "--write")
    assert counts(found) == (1, 0, 1, 0)
    words = yaml.safe_load((at.cwd / "team" / BOOK / "en.yaml").read_text(encoding="utf-8"))["phrases"]["listen.open.note"]
    assert words["softer"] == "Take your time."
    assert list(words)[:2] == ["say", "softer"]


def said(phrase: str, form: str) -> str:
    return next(line.text for line in lines(str(library_folder()), BOOK, "en") if line.path == ("phrases", phrase, form))


def test_conditions_of_a_phrase_that_is_there_are_left_alone_and_that_is_told(at: Place) -> None:
    path = export(at, "csv", "--lang", "en")
    path.write_text(path.read_text(encoding="utf-8").replace("cause=delivery", "cause=billing", 1), encoding="utf-8")
    assert taken(at, path)["conditions"] > 0
    assert "Conditions stay as they are" in at.run("playbook", "import", str(path)).out


def test_a_library_of_another_tool_goes_into_a_part(at: Place) -> None:
    """A playbook of its own in one language: a foreign file brings only that."""
    folder = at.cwd / "team" / "shop"
    shutil.copytree(library_folder(), folder)
    (folder / "playbook.yaml").write_text("source: en\nsteps: {listen: [open]}\nphrases:\n  listen.open.any: {}\n")
    (folder / "en.yaml").write_text(
        "title: {listen: Listen}\npart: {open: begin}\ndo: {listen: [Wait.]}\nphrases:\n  listen.open.any: Go ahead.\n"
    )
    for lang in ("ru", "pl", "kk"):
        (folder / f"{lang}.yaml").unlink()
    (at.cwd / "macros.csv").write_text("title;content_html;body\nLate parcel;x;I don't leave until it's found.\nLate parcel;x;'=Tell me.\n")
    found = taken(at, at.cwd / "macros.csv", "--playbook", "shop", "--part", "listen.open", "--lang", "en", "--write")
    assert counts(found) == (2, 0, 0, 0)
    words = yaml.safe_load((folder / "en.yaml").read_text(encoding="utf-8"))["phrases"]
    assert words["listen.open.late_parcel"] == "I don’t leave until it’s found."
    assert words["listen.open.late_parcel_2"] == "=Tell me."
    without = taken(at, at.cwd / "macros.csv")
    assert {one["state"] for one in without["lines"]} == {"unplaced"}


@pytest.mark.parametrize("style", ["espanso", "zammad"])
def test_foreign_modules_are_read_and_named(at: Place, style: str) -> None:
    files = {
        "espanso": ("a.yml", 'matches:\n  - triggers: [":hi", ":hello"]\n    form: "Hello [[name]], {{clipb}}"\n  - trigger: ":pic"\n    image_path: "/x.png"\n'),
        "zammad": ("a.csv", 'id,name,keywords,content,active\n1,hi,,"<div>Hello #{ticket.customer.firstname},<br>it&#39;s &lt;fine&gt; &amp; #{ticket.number}</div>",true\n'),
    }  # fmt: skip
    name, text = files[style]
    (at.cwd / name).write_text(text)
    ran = at.run("playbook", "import", name, "--part", "listen.open", "--lang", "en", "--json")
    if style == "espanso":
        assert ran.code == 4
        assert "unknown-variable 'clipb'" in ran.err
        assert [line.text for line in espanso.read(name, text)] == ["Hello [[name]], {{clipb}}", ""]
        assert espanso.back("Hello [[name]], {{ clipb }}", "en") == "Hello {name}, {clipb}"
    else:
        (line,) = zammad.read(name, text)
        assert line.text == "Hello #{ticket.customer.firstname},\nit's <fine> & #{ticket.number}"
        assert zammad.back(line.text, "ru").startswith("Hello {addr_pre}") is False
        assert zammad.back("#{ticket.customer.firstname}, it's #{user.firstname}", "en") == "{addr_pre}it’s {agent}"
        assert zammad.back("#{ticket.customer.firstname}, x", "pl") == "#{ticket.customer.firstname}, x"


def test_what_a_translator_is_not_done_with_stays_out(at: Place) -> None:
    path = export(at, "po", "--lang", "pl")
    found = polib.pofile(str(path))
    places = {entry.msgctxt: entry for entry in found}
    fuzzy, moved, done, emptied = (
        places[f"{BOOK}/{place}"]
        for place in ("phrases/listen.open.any/short", "phrases/listen.open.any/softer", "do/listen/1", "title/listen")
    )
    fuzzy.msgstr, fuzzy.flags = "Nie wiem jeszcze.", ["fuzzy"]
    moved.msgid, moved.msgstr = "An older text.", "Starszy tekst."
    done.msgstr, emptied.msgstr = "Nowa wskazówka.", ""
    found.save(str(path))
    given = taken(at, path, "--write")
    assert {one["place"]: one["state"] for one in given["lines"]} == {
        "phrases/listen.open.any/short": "unsure",
        "phrases/listen.open.any/softer": "outdated",
        "do/listen/1": "changed",
    }
    words = (at.cwd / "team" / BOOK / "pl.yaml").read_text(encoding="utf-8")
    assert "- Nowa wskazówka." in words
    assert "Nie wiem jeszcze" not in words


def test_a_stale_translation_is_fuzzy(at: Place) -> None:
    """Signed when its source said something else: the translator's tool shows it as to be looked at."""
    from clientcoach.content.review import Book

    folder = at.cwd / "team" / BOOK
    folder.mkdir(parents=True)
    (at.cwd / ".clientcoach.toml").write_text('packs = ["team"]\n')
    hashes = Book(BOOK, str(library_folder()), [], ["pl"]).hashes("pl", "listen.open.any")
    for source, flagged in [(hashes["source"], False), ("0" * 16, True)]:
        (folder / "review.yaml").write_text(SIGNED.format(source=source, text=hashes["text"]))
        entries = {entry.msgctxt: entry for entry in polib.pofile(str(export(at, "po", "--lang", "pl")))}
        assert entries[f"{BOOK}/phrases/listen.open.any/say"].fuzzy is flagged
        assert not entries[f"{BOOK}/phrases/listen.open.note/say"].fuzzy


def test_where_only_approved_phrases_are_said_only_they_leave_for_use(at: Place) -> None:
    (at.cwd / "policy.yaml").write_text("require_approved: true\n")
    at.variables["CLIENTCOACH_POLICY"] = str(at.cwd / "policy.yaml")
    (at.cwd / ".clientcoach.toml").write_text('packs = ["team"]\n')
    (at.cwd / "team").mkdir()
    ran = at.run("playbook", "export", "care", "--to", "espanso", "--lang", "en")
    assert (ran.code, ran.out) == (0, "matches:\n")
    assert "30 texts were left out" in ran.err
    assert at.run("playbook", "approve", "after.breathe.any", "--playbook", "care", "--lang", "en", "--by", "Ewa").code == 0
    for style in ("espanso", "zammad", "markdown"):
        ran = at.run("playbook", "export", "care", "--to", style, "--lang", "en")
        assert "Breathe in for four" in ran.out
        assert "Count it in your head" not in ran.out
        assert "29 texts were left out" in ran.err
    assert at.run("playbook", "export", "care", "--to", "csv", "--lang", "en").out.count("care,after") > 1


def test_po_is_what_gettext_wants(at: Place) -> None:
    out = at.cwd / "catalogues"
    assert at.run("playbook", "export", BOOK, "--to", "po", "--out", str(out)).code == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{lang}.po" for lang in LANGS)
    for path in out.iterdir():
        found = polib.pofile(str(path), check_for_duplicates=True)
        assert found.metadata["Language"] == path.stem
        assert found.metadata["Plural-Forms"] == language(path.stem).GETTEXT


def test_gettext_checks_it(at: Place) -> None:
    if not shutil.which("msgfmt"):
        pytest.skip("gettext is not installed")
    for lang in LANGS:
        subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(export(at, "po", "--lang", lang))], check=True)


def test_a_missing_translation_is_an_empty_entry(at: Place) -> None:
    folder = at.cwd / "team" / BOOK
    shutil.copytree(library_folder(), folder)
    text = (folder / "kk.yaml").read_text(encoding="utf-8")
    (folder / "kk.yaml").write_text(re.sub(r"    short: .*\n", "", text, count=1), encoding="utf-8")
    at.variables["CLIENTCOACH_PACKS"] = str(at.cwd / "team")
    untranslated = polib.pofile(str(export(at, "po", "--lang", "kk"))).untranslated_entries()
    assert f"{BOOK}/phrases/listen.open.any/short" in [entry.msgctxt for entry in untranslated]
    assert all(entry.msgctxt.startswith(f"{BOOK}/phrases/") for entry in untranslated)
    filled = polib.pofile("phrases.po")
    next(entry for entry in filled if entry.msgctxt == f"{BOOK}/phrases/listen.open.any/short").msgstr = "Тыңдап тұрмын."
    filled.save("filled.po")
    assert [(one["state"], one["text"]) for one in taken(at, at.cwd / "filled.po")["lines"]] == [("new", "Тыңдап тұрмын.")]


def test_cells_keep_every_text(at: Place) -> None:
    """What a spreadsheet would calculate is shown as text, and is itself again on the way back."""
    from clientcoach.exchange.table import guarded, records, unguarded, written

    for text in ("=1+1", "-5", "+7 777", "@all", "'=1", "''=1", "'quoted'", "'", "''", "\tx", "＝1", "plain", "", 'a "b", c;\nd', "’s"):
        cell = guarded(text)
        assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}
        assert unguarded(cell) == text
        if text.strip():
            assert [found["x"] for _, found in records("a.csv", written(["x"], [[text]]), ["x"])] == [text]


def test_the_table_is_a_table_for_others_too(at: Place) -> None:
    data = export(at, "csv", "--lang", "ru").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfplaybook,phrase,lang,say,")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert tuple(rows[0]) == spreadsheet.HEAD
    assert {row["lang"] for row in rows} == {"ru"}


def test_json_is_the_summary(at: Place) -> None:
    ran = at.run("playbook", "import", str(export(at, "csv", "--lang", "en")), "--json")
    assert json.loads(ran.out)["pack"] == str(at.cwd / "playbooks")
    assert ran.code == 0
