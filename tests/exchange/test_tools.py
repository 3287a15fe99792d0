"""What goes out, as the other tools read it: espanso's and Zammad's documented shapes, Anki's own importer, a Markdown parser."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from markdown_it import MarkdownIt

from clientcoach.exchange.lines import Line
from clientcoach.exchange.plain import plainly
from clientcoach.exchange.zammad import plain, table
from tests.language.expand import strings
from tests.support import LANGS

if TYPE_CHECKING:
    from tests.support import Place

BOOK = "angry-customer"

# https://espanso.org/docs/matches/basics, …/matches/forms and schemas/match.schema.json of its repository: what a match may hold.
_FORM = {
    "type": "object",
    "required": ["name", "type", "params"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "type": {"const": "form"},
        "params": {"type": "object", "required": ["layout"], "additionalProperties": False, "properties": {"layout": {"type": "string"}, "fields": {"type": "object"}}},
    },
}  # fmt: skip
_MATCH = {
    "type": "object",
    "required": ["trigger", "replace"],
    "additionalProperties": False,
    "properties": {
        **{name: {"type": "string"} for name in ("trigger", "replace", "label")},
        "search_terms": {"type": "array", "items": {"type": "string"}},
        "vars": {"type": "array", "items": _FORM},
    },
}
MATCH_FILE = {
    "type": "object", "required": ["matches"], "additionalProperties": False, "properties": {"matches": {"type": "array", "items": _MATCH}},
}  # fmt: skip


def out(at: Place, *argv: str) -> str:
    ran = at.run("playbook", "export", *argv)
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize("lang", LANGS)
def test_espanso_reads_the_match_file(at: Place, lang: str) -> None:
    found = yaml.safe_load(out(at, BOOK, "--to", "espanso", "--lang", lang))
    jsonschema.validate(found, MATCH_FILE)
    triggers = [match["trigger"] for match in found["matches"]]
    assert len(set(triggers)) == len(triggers)
    assert not [
        one for one in triggers for other in triggers if one != other and other.startswith(one)
    ]  # espanso fires at the first that fits
    for match in found["matches"]:
        asked = {name for variable in match.get("vars", ()) for name in re.findall(r"\[\[(\w+)\]\]", variable["params"]["layout"])}
        used = set(re.findall(r"\{\{form1\.(\w+)\}\}", match["replace"]))
        assert asked == used, match
        assert "{" not in re.sub(r"\{\{form1\.\w+\}\}", "", match["replace"])
        assert "{{" not in match["label"]
        assert match["replace"][:1].isupper() or not match["replace"][:1].isalpha()


def test_an_espanso_package(at: Place) -> None:
    folder = at.cwd / "packages"
    out(at, BOOK, "care", "--to", "espanso", "--lang", "ru", "--lang", "kk", "--out", str(folder))
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"clientcoach-{book}-{lang}" for book in (BOOK, "care") for lang in ("kk", "ru")]
    for name in names:
        assert sorted(path.name for path in (folder / name).iterdir()) == ["README.md", "_manifest.yml", "package.yml"]
        manifest = yaml.safe_load((folder / name / "_manifest.yml").read_text(encoding="utf-8"))
        assert {"name", "title", "description", "version", "author"} <= manifest.keys()
        assert manifest["name"] == name
        assert re.fullmatch(r"[a-z0-9-]+", name)
        assert manifest["version"] == "2026.11.25"
        jsonschema.validate(yaml.safe_load((folder / name / "package.yml").read_text(encoding="utf-8")), MATCH_FILE)


def imported_by_zammad(text: str) -> list[dict[str, Any]]:
    """Zammad's `CanCsvImport.csv_import`, as far as it decides what a record becomes; text that is no HTML is made some."""
    head, *rows = csv.reader(io.StringIO(text))
    found = []
    for row in rows:
        record: dict[str, Any] = {
            key: value.strip() for key, value in zip((one.strip().lower() for one in head), row, strict=True) if value
        }
        assert not [value for value in record.values() if "~~~" in value]  # it would be split there
        assert record.keys() <= {"id", "name", "keywords", "content", "note", "active"}
        assert len(record["name"]) <= 250
        assert len(record.get("keywords", "")) <= 500
        assert len(record.get("note", "")) <= 250
        found.append(record)
    assert len({one["name"] for one in found}) == len(found)
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_zammad_reads_the_table(at: Place, lang: str) -> None:
    text = out(at, BOOK, "--to", "zammad", "--lang", lang)
    assert not text.startswith("\ufeff")  # the first column would have another name
    found = imported_by_zammad(text)
    used = {variable for one in found for variable in re.findall(r"#\{([^}]*)\}", one["content"])}
    assert used <= {"ticket.customer.firstname", "user.firstname", "config.organization"}
    assert ("ticket.customer.firstname" in used) is (lang in {"en", "ru"})
    assert not [one for one in found if "addr_" in one["content"] or "select" in one["content"]]


def test_signs_of_html_stay_text_in_zammad() -> None:
    line = Line("x", ("phrases", "a.b.c", "say"), "en", "If 1 < 2 & 3 > 2, say so.\nThen <b>stop</b>.")
    (one,) = imported_by_zammad(table([line], {"en": strings("en")}))
    assert one["content"] == "<div>If 1 &lt; 2 &amp; 3 &gt; 2, say so.<br>Then &lt;b&gt;stop&lt;/b&gt;.</div>"
    assert plain(one["content"]) == line.text


IMPORTER = """
import json, sys, tempfile
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
with tempfile.TemporaryDirectory() as folder:
    kept = Collection(folder + "/c.anki2")
    counts = []
    for path in sys.argv[1:]:
        options = ImportAnkiPackageOptions(merge_notetypes=True, update_notes=0, update_notetypes=0)
        log = kept.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
        counts.append([len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)])
    notes = [kept.get_note(note) for note in kept.find_notes("")]
    decks = [deck.name for deck in kept.decks.all_names_and_ids()]
    print(json.dumps({"counts": counts, "notes": [note.fields for note in notes], "decks": decks, "cards": kept.card_count()}))
"""


def test_anki_takes_the_deck_in_and_knows_it_again(at: Place) -> None:
    first, second = (str(at.cwd / f"{name}.apkg") for name in ("first", "second"))
    for path in (first, second):
        assert at.run("playbook", "export", BOOK, "--to", "anki", "--lang", "en", "--lang", "ru", "--out", path).code == 0
    ran = subprocess.run([sys.executable, "-c", IMPORTER, first, second], capture_output=True, text=True, check=True)
    found = json.loads(ran.stdout.splitlines()[-1])
    fronts = [fields[0] for fields in found["notes"]]
    assert found["counts"] == [[len(fronts), 0, 0, 0], [0, 0, len(fronts), 0]]
    assert found["cards"] == len(fronts) == len(set(fronts))
    assert {f"clientcoach::{BOOK}::en", f"clientcoach::{BOOK}::ru"} <= set(found["decks"])
    backs = "".join(fields[1] for fields in found["notes"])
    assert "Tell me what happened" in backs
    assert "{addr_pre}" in backs  # the worker learns where the name goes


def test_without_genanki_the_extra_is_named(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genanki", None)
    ran = at.run("playbook", "export", BOOK, "--to", "anki", "--out", str(at.cwd / "a.apkg"))
    assert (ran.code, ran.out, list(at.cwd.iterdir())) == (2, "", [])
    assert "clientcoach[anki]" in ran.err


@pytest.mark.parametrize("lang", LANGS)
def test_markdown_has_every_line_and_no_markup_of_its_own(at: Place, lang: str) -> None:
    text = out(at, BOOK, "--to", "markdown", "--lang", lang)
    html = MarkdownIt().render(text)
    assert html.count("<h1>") == 1
    assert html.count("<h2>") == 5
    assert not re.findall(r"<(?!/?(?:h1|h2|h3|ul|li|em|p)>)[a-z/][^>]*>", html)
    rows = list(csv.DictReader(io.StringIO(out(at, BOOK, "--to", "csv", "--lang", lang).removeprefix("\ufeff"))))
    assert html.count("<li>") == sum(bool(row[form]) for row in rows for form in ("say", "short", "softer", "firmer", "written"))


@pytest.mark.parametrize(
    ("text", "lang", "shown", "lost", "names"),
    [
        ("{addr_pre}order {order} is late.", "en", "Order <order> is late.", ["addr_pre"], ["order"]),
        ("Sorry{addr_mid}, {by} I call.", "en", "Sorry, <by> I call.", ["addr_mid"], ["by"]),
        ("Я {wg, select, f {сама} m {сам} other {лично}} займусь.", "ru", "Я лично займусь.", ["wg"], []),
        ("Zwłoka: {days, plural, one {# dzień} few {# dni} many {# dni} other {# dnia}}.", "pl", "Zwłoka: <days> dni.", ["days"], ["days"]),
        ("A{cg, select, f {x} m {y} other {}} b.", "en", "A b.", ["cg"], []),
    ],
)
def test_a_line_without_its_choices(text: str, lang: str, shown: str, lost: list[str], names: list[str]) -> None:
    line = Line("x", ("phrases", "a.b.c", "say"), lang, text)
    assert plainly(line, lambda name: "" if name.startswith("addr") else f"<{name}>") == (shown, lost, names)


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        ((), 2, "--to is missing"), (("--to", "word"), 2, "Choose one of: "), (("nowhere", "--to", "csv"), 2, "no playbook “nowhere”"),
        (("care", "--to", "anki"), 2, "Name a folder with --out, for Anki a file"), (("care", "--to", "po"), 2, "en.po, kk.po, pl.po, ru.po"),
        (("care", "--to", "po", "--out", "a.po"), 2, "en.po, kk.po, pl.po, ru.po"), (("care", "--to", "csv", "--lang", "zz"), 2, "“zz”"),
        (("care", "--to", "csv", "--out", "nowhere/a.csv"), 6, "nowhere/a.csv"),
    ],
)  # fmt: skip
def test_what_makes_no_sense(at: Place, argv: tuple[str, ...], code: int, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(at.cwd)
    ran = at.run("playbook", "export", *argv)
    assert (ran.code, ran.out) == (code, ""), ran.err
    assert told in ran.err
    assert not list(at.cwd.iterdir())
