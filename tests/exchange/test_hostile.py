"""Files from outside that are wrong, broken or meant badly: told in one sentence, nothing written, nothing hangs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcoach.content import library, strict_yaml
from clientcoach.content.source import INVISIBLE, Source
from clientcoach.errors import StorageError
from clientcoach.exchange import overlay, po, zammad
from clientcoach.exchange.lines import Line, lines, named
from clientcoach.exchange.writer import with_phrases, with_texts

if TYPE_CHECKING:
    from tests.support import Place

BOOK = "angry-customer"
BUNDLED = Path(library.bundled()) / BOOK
HEAD = "playbook,phrase,lang,say\n"
ROW = f"{BOOK},listen.open.any,en,Tell me all of it.\n"
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset={}\\nLanguage: en\\n"\n\nmsgctxt "angry-customer/title/listen"\nmsgid "Hear them out"\nmsgstr "Let them talk"\n'


@pytest.fixture(autouse=True)
def here(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(at.cwd)


def write(at: Place, name: str, data: str | bytes) -> str:
    (at.cwd / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return name


@pytest.mark.parametrize(
    ("name", "data", "code", "told"),
    [
        ("a.csv", b"", 2, "nothing to read"),
        ("a.csv", "a,b\n1,2\n", 2, "no column playbook, phrase, lang, say; it has: a, b"),
        ("a.csv", "phrase,lang,text\nx,y,z\n", 2, "no column playbook, say"),
        ("a.csv", HEAD + '"open', 2, "line 2"),
        ("a.csv", HEAD + ROW.strip() + ",more\n", 2, "5 cells, 4 columns"),
        ("a.csv", HEAD.strip() + f",when\n{ROW.strip()},whenever\n", 2, "when: whenever"),
        ("a.csv", HEAD + "x" * 200_000, 2, "field larger than field limit"),
        ("a.csv", b"\x00\x01\x02\x03", 2, "a.csv"),
        ("a.csv", HEAD.encode() + bytes(range(0x80, 0x9F)) * 9, 2, "UTF-8"),
        ("a.yml", "key: value\n", 2, "no matches of espanso"),
        ("a.yml", "matches: &a [*a]\n", 4, "yaml-alias"),
        ("a.yml", "matches:\n  - !!python/object:os.system {}\n", 4, "yaml-tag"),
        ("a.yml", "[" * 5000, 4, "yaml-"),
        ("a.yml", "matches:\n" + "  - {trigger: a, replace: b}\n" * 60_000, 4, "yaml-size"),
        ("a.po", b"", 2, "cannot be read as PO"),
        ("a.po", "not a catalogue\n", 2, "cannot be read as PO"),
        ("a.po", 'msgid "a\nmsgstr ""', 2, "cannot be read as PO"),
        ("a.po", PO.format("EVIL-9"), 2, "charset=EVIL-9"),
        ("a.po", PO.format("UTF-7"), 2, "charset=UTF-7"),
        ("a.po", PO.format("UTF-8").encode() + b"\xff", 2, "byte"),
        ("a.po", "/etc/passwd", 2, "cannot be read as PO"),
        ("a.bin", b"x", 2, "Name its format with --from: espanso, zammad, csv, po"),
        ("a.csv", HEAD + ROW.replace("Tell me all of it.", "{order"), 4, "message-syntax"),
        ("a.csv", HEAD + ROW.replace("Tell me", "Tell \u202eme"), 4, "yaml-character"),
        ("a.csv", HEAD + ROW.replace("Tell me", "Tеll me"), 4, "mixed-script"),
        ("a.csv", HEAD + ROW.replace("Tell me", "Tell me " * 200), 4, "message-length"),
        ("a.csv", HEAD + ROW.replace("Tell me", "{evil.__class__} me"), 4, "bad-variable"),
        ("a.csv", HEAD + ROW.replace("listen.open.any", "listen.open.new"), 4, "missing-phrase"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_in(at: Place, name: str, data: str | bytes, code: int, told: str) -> None:
    ran = at.run("playbook", "import", write(at, name, data), "--into", "team", "--write")
    assert (ran.code, (at.cwd / "team").exists()) == (code, False), ran.err
    assert told in ran.err + ran.out
    assert "broke inside" not in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("../../etc,listen.open.any,en,x", "no_playbook"), ("nowhere,listen.open.any,en,x", "no_playbook"), (f"{BOOK},listen.open.any,de,x", "no_language"),
        (f"{BOOK},listen.open,en,x", "no_place"), (f"{BOOK},../../x.y,en,x", "no_place"), (f"{BOOK},listen.nowhere.any,en,x", "no_part"),
    ],
)  # fmt: skip
def test_a_line_that_has_no_place_is_left_out_and_the_rest_goes_on(at: Place, row: str, state: str) -> None:
    path = write(at, "a.csv", f"{HEAD}{row}\n{ROW}")
    ran = at.run("playbook", "import", path, "--into", "team", "--write", "--json")
    assert (ran.code, ran.json["changed"], ran.json["left_out"]) == (1, 1, 1)
    assert ran.json["lines"][0]["state"] == state
    assert ran.json["lines"][0]["row"] == 2
    assert [path.name for path in (at.cwd / "team").iterdir()] == [BOOK]


def test_a_file_of_fifty_megabytes(at: Place) -> None:
    for name in ("a.csv", "a.yml", "a.po"):
        with (at.cwd / name).open("wb") as file:
            file.truncate(50 << 20)
        ran = at.run("playbook", "import", name)
        assert (ran.code, ran.out) == (2, "")
        assert "larger than" in ran.err


def test_the_same_place_twice(at: Place) -> None:
    path = write(at, "a.csv", f"{HEAD}{ROW}{ROW}{ROW.replace('all', 'most')}")
    ran = at.run("playbook", "import", path, "--json")
    assert [one["state"] for one in ran.json["lines"]] == ["changed", "changed", "twice"]


@pytest.mark.parametrize(
    ("encoding", "lang", "text"),
    [
        ("cp1251", "ru", "Расскажите обо всём по порядку, я внимательно слушаю и ничего не упущу."),
        ("cp1250", "pl", "Proszę opowiedzieć wszystko po kolei, słucham uważnie i niczego nie pominę, zażółć gęślą jaźń."),
        ("utf-16", "kk", "Бәрін басынан айтып беріңіз, мен мұқият тыңдап тұрмын."),
        ("utf-8-sig", "kk", "Бәрін басынан айтып беріңіз, мен мұқият тыңдап тұрмын."),
    ],
)
def test_tables_as_spreadsheets_save_them(at: Place, encoding: str, lang: str, text: str) -> None:
    rows = f"playbook;phrase;lang;say\r\n{BOOK};listen.open.any;{lang};{text}\r\n"
    path = write(at, "a.csv", rows.encode(encoding))
    ran = at.run("playbook", "import", path, "--json")
    assert (ran.code, ran.json["encoding"]) == (0, encoding.upper().removesuffix("-SIG"))
    assert [one["text"] for one in ran.json["lines"]] == [text]
    assert ("Read as" in at.run("playbook", "import", path).out) is not encoding.startswith("utf-8")


def test_a_catalogue_of_another_program(at: Place) -> None:
    ran = at.run(
        "playbook", "import", write(at, "a.po", PO.format("UTF-8").replace('msgctxt "angry-customer/title/listen"\n', "")), "--json"
    )
    assert (ran.code, [one["state"] for one in ran.json["lines"]]) == (1, ["unplaced"])


def test_po_in_the_encoding_of_its_header(at: Place) -> None:
    text = PO.format("windows-1251").replace("Language: en", "Language: ru_RU").replace("Let them talk", "Дайте выговориться")
    path = write(at, "a.po", text.replace("Hear them out", "Hear them out").encode("cp1251"))
    ran = at.run("playbook", "import", path, "--json")
    assert [(one["lang"], one["text"]) for one in ran.json["lines"]] == [("ru", "Дайте выговориться")]


@pytest.mark.parametrize("into", ["bundled", "link", "inside"])
def test_what_comes_with_clientcoach_is_never_written(at: Place, into: str) -> None:
    path = write(at, "a.csv", HEAD + ROW)
    before = {path: path.read_bytes() for path in BUNDLED.iterdir()}
    os.symlink(library.bundled(), at.cwd / "link")
    folder = {"bundled": library.bundled(), "link": "link", "inside": str(BUNDLED)}[into]
    ran = at.run("playbook", "import", path, "--into", folder, "--write")
    assert (ran.code, ran.out) == (2, "")
    assert "belongs to clientcoach itself" in ran.err
    assert {path: path.read_bytes() for path in BUNDLED.iterdir()} == before


def test_a_pack_of_links_into_ours_is_not_followed(at: Place) -> None:
    folder = at.cwd / "team" / BOOK
    folder.mkdir(parents=True)
    for path in BUNDLED.iterdir():
        os.symlink(path, folder / path.name)
    before = (BUNDLED / "en.yaml").read_bytes()
    ran = at.run("playbook", "import", write(at, "a.csv", HEAD + ROW), "--into", "team", "--write")
    assert (ran.code, (BUNDLED / "en.yaml").read_bytes()) == (2, before)


@pytest.mark.parametrize("own", [False, True])
def test_a_disk_that_fills_up_leaves_everything_as_it_was(at: Place, monkeypatch: pytest.MonkeyPatch, *, own: bool) -> None:
    folder = at.cwd / "team" / BOOK
    if own:
        shutil.copytree(BUNDLED, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()} if own else None
    real, calls = overlay.write, []

    def full(path: str, content: list[str], **more: bool) -> None:
        calls.append(path)
        if len(calls) == 2:
            raise StorageError("cannot_save", file=path, reason="No space left on device")
        real(path, content, **more)

    monkeypatch.setattr(overlay, "write", full)
    rows = HEAD + ROW + f"{BOOK},listen.open.any,ru,Расскажите всё как было.\n"
    ran = at.run("playbook", "import", write(at, "a.csv", rows), "--into", "team", "--write")
    assert (ran.code, ran.out) == (6, "")
    assert ({path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else None) == before
    if not own:
        assert not folder.exists()


def test_the_playbook_folder_itself_may_be_named(at: Place) -> None:
    folder = at.cwd / "team" / BOOK
    shutil.copytree(BUNDLED, folder)
    ran = at.run("playbook", "import", write(at, "a.csv", HEAD + ROW), "--into", str(folder), "--write", "--json")
    assert ran.json["written"] == [str(folder / "en.yaml")]
    assert "say: Tell me all of it.\n" in (folder / "en.yaml").read_text(encoding="utf-8")


def test_a_pack_that_is_broken_already_is_not_made_worse(at: Place) -> None:
    folder = at.cwd / "team" / BOOK
    shutil.copytree(BUNDLED, folder)
    (folder / "kk.yaml").write_text("title: [\n")
    ran = at.run("playbook", "import", write(at, "a.csv", HEAD + ROW), "--into", "team", "--write")
    assert ran.code == 4
    assert "kk.yaml" in ran.err
    assert (folder / "en.yaml").read_bytes() == (BUNDLED / "en.yaml").read_bytes()


def test_html_of_a_module_is_read_in_time() -> None:
    """Quadratic patterns would take minutes."""
    for text in ("<" * 130_000, "<br" + " " * 130_000, "<div" * 30_000, "&lt;" * 30_000):
        zammad.plain(text)


def test_names_of_lines_and_back() -> None:
    for line in lines(str(BUNDLED), BOOK, "en"):
        if line.phrase:
            assert named(line.key) == (BOOK, line.path, "en")
    for name in ("", "en", "zz.a.b.c.d", "en.a.b.c", "en.a.b.c.d.loud", "en.a b.c.d.e\n.f", "x" * 10_000):
        assert named(name) is None


def test_outlandish_charsets() -> None:
    assert po.decoded("a.po", b"\xef\xbb\xbfmsgid") == "msgid"


def test_what_is_not_changed_stays_to_the_byte() -> None:
    """Every language file, with one short text changed: one line differs."""
    for path in sorted(Path(library.bundled()).glob("*/??.yaml")):
        if (path.parent / "playbook.yaml").exists():
            text = path.read_text(encoding="utf-8")
            found = [line for line in lines(str(path.parent), path.parent.name, path.stem) if line.form == "short" and len(line.text) < 60]
            if found:
                after = with_texts(text, [found[0]._replace(text="Иә — yes.")])
                changed = [pair for pair in zip(text.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]]
                assert len(changed) == 1, (path, changed)


def test_line_ends_and_comments_stay() -> None:
    text = "phrases: # ours\r\n  # the first\r\n  a.b.c: One. # why\r\n  a.b.d:\r\n    say: Two.\r\n    written: 'Three: x'\r\n"
    after = with_texts(
        text, [Line("x", ("phrases", "a.b.c", "short"), "en", "O."), Line("x", ("phrases", "a.b.d", "softer"), "en", "A: b")]
    )
    assert after == (
        "phrases: # ours\r\n  # the first\r\n  a.b.c:      # why\r\n    say: One.\r\n    short: O.\r\n  a.b.d:\r\n    say: Two.\r\n"
        "    softer: >-\r\n      A: b\r\n    written: 'Three: x'\r\n"
    )


VISIBLE = st.text(st.characters(codec="utf-8"), min_size=1, max_size=300).map(
    lambda text: INVISIBLE.sub("", text).replace("\r", "").strip()
)


@settings(max_examples=300)
@given(texts=st.lists(VISIBLE.filter(bool), min_size=4, max_size=4))
def test_whatever_is_written_is_read_again(texts: list[str]) -> None:
    text = 'phrases:\n  a.b.c: One.\n  a.b.d: >-\n    Two.\n  a.b.e:\n    say: "Three."\n'
    places = [("a.b.c", "say"), ("a.b.d", "say"), ("a.b.e", "say"), ("a.b.n", "say")]
    after = with_texts(text, [Line("x", ("phrases", *place), "en", said) for place, said in zip(places, texts, strict=True)])
    root = strict_yaml.parse(after.encode(), Source("x"))
    phrases = root.value["phrases"].value
    found = [phrases["a.b.c"].value, phrases["a.b.d"].value, phrases["a.b.e"].value["say"].value, phrases["a.b.n"].value]
    assert found == texts


def test_conditions_are_written_as_data() -> None:
    after = with_phrases("steps: {a: [b]}\nphrases:\n  a.b.c: {}\n", {"a.b.d": {"x: y": ["{z}", "# no"]}})
    root = strict_yaml.parse(after.encode(), Source("x"))
    when = root.value["phrases"].value["a.b.d"].value["when"].value
    assert {key: [one.value for one in node.value] for key, node in when.items()} == {"x: y": ["{z}", "# no"]}
