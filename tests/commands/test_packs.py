"""`playbook install|update|remove`: whole or not at all, nothing hostile, and what is in use before what."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach import __version__
from clientcoach.content import archive
from clientcoach.content.manifest import newer
from tests.support import validate

if TYPE_CHECKING:
    from tests.support import Place, Ran

MANIFEST = """name: courier
title: Courier words
description: What to say about a parcel.
version: 1.0.0
author: Ewa
languages: [en]
"""
BOOK = "steps:\n  listen: [open]\navoid: {listen: [a]}\nphrases:\n  listen.open.any: {}\n"
WORDS = """title: {listen: Listen}
part: {open: opening}
do: {listen: [Let them finish.]}
avoid: {listen: {a: {text: Calm down., why: It does not.}}}
phrases:
  listen.open.any: Tell me about the parcel.
"""
FILES = {"_manifest.yml": MANIFEST, "parcel/playbook.yaml": BOOK, "parcel/en.yaml": WORDS, "README.md": "# Courier", "LICENSE": "CC0"}


def zipped(files: dict[str, Any], path: Path, *, inside: str = "") -> str:
    """A zip file; a value may be text, bytes, or (mode, text)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, given in files.items():
            mode, data = given if isinstance(given, tuple) else (stat.S_IFREG | 0o644, given)
            info = zipfile.ZipInfo(inside + name)
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, data)
    return str(path)


def folder(files: dict[str, str], path: Path) -> str:
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return str(path)


def shelf(at: Place) -> Path:
    return at.home / ".local" / "share" / "clientcoach" / "packs"


def left(at: Place) -> list[str]:
    """What there is of installed packs, whatever its name."""
    return sorted(os.listdir(shelf(at))) if shelf(at).exists() else []


def install(at: Place, files: dict[str, Any], **more: Any) -> Ran:
    return at.run("playbook", "install", zipped(files, at.cwd / "pack.zip", **more))


# installing


@pytest.mark.parametrize("inside", ["", "courier/", "courier/1.0.0/"])
def test_a_zip_is_installed_and_its_playbook_can_be_said(at: Place, inside: str) -> None:
    path = (
        zipped({**FILES, "__MACOSX/x": "junk", "parcel/review.yaml": "{}"}, at.cwd / "pack.zip", inside=inside)
        if not inside
        else zipped(FILES, at.cwd / "pack.zip", inside=inside)
    )
    ran = at.run("playbook", "install", path, "--json")
    assert ran.code == 0, ran.err
    validate(ran.json)
    assert ran.json == {
        "schema": "clientcoach/pack@1",
        "name": "courier",
        "version": "1.0.0",
        "folder": str(shelf(at) / "courier"),
        "playbooks": ["parcel"],
    }
    assert at.run("say", "listen", "--playbook", "parcel", "--lang", "en").out == "Tell me about the parcel.\n"
    assert left(at) == ["courier", "packs.lock"]
    assert sorted(os.listdir(shelf(at) / "courier" / "parcel")) == ["en.yaml", "playbook.yaml"], "a stranger's approval is left out"


def test_a_folder_is_installed_as_a_copy(at: Place) -> None:
    path = folder(FILES, at.cwd / "theirs")
    os.mkdir(at.cwd / "theirs" / ".git")
    (at.cwd / "theirs" / ".git" / "x y").write_text("", encoding="utf-8")
    assert at.run("playbook", "install", path).code == 0
    (at.cwd / "theirs" / "parcel" / "en.yaml").write_text("broken: [", encoding="utf-8")
    assert at.run("say", "listen", "--playbook", "parcel", "--lang", "en").code == 0
    assert at.run("playbook", "install", path).code == 2, "it is installed already"


def test_a_folder_and_a_zip_of_the_same_files_have_the_same_hash(at: Place) -> None:
    install(at, FILES)
    first = (shelf(at) / "packs.lock").read_text(encoding="utf-8")
    at.run("playbook", "remove", "courier")
    at.run("playbook", "install", folder(FILES, at.cwd / "pack.zip.d"))
    assert (shelf(at) / "packs.lock").read_text(encoding="utf-8").replace("pack.zip.d", "pack.zip") == first


HOSTILE: dict[str, tuple[dict[str, Any], str]] = {
    "out": ({"../evil.yaml": "x"}, "name"), "deeper out": ({"parcel/../../evil": "x"}, "name"), "absolute": ({"/etc/evil": "x"}, "name"),
    "drive": ({"C:/evil": "x"}, "name"), "backslash": ({"parcel\\..\\..\\evil": "x"}, "name"), "control": ({"parcel/\x1b[2J.yaml": "x"}, "name"),
    "look-alike": ({"раrcel/en.yaml": "x"}, "name"), "dash": ({"-rf/playbook.yaml": BOOK}, "name"), "dot": ({"./x": "x"}, "name"), "empty": ({"parcel//x": "x"}, "name"),
    "link": ({"parcel/pl.yaml": (stat.S_IFLNK | 0o777, "/etc/passwd")}, "link"), "device": ({"parcel/pl.yaml": (stat.S_IFCHR | 0o666, "")}, "link"),
    "pipe": ({"parcel/pl.yaml": (stat.S_IFIFO | 0o666, "")}, "link"), "script": ({"setup.py": "import os"}, "unknown"), "executable": ({"parcel/run.sh": "rm"}, "unknown"),
    "archive inside": ({"parcel/more.zip": "PK"}, "unknown"), "signals": ({"signals/en.yaml": "x"}, "unknown"), "ui": ({"ui/playbook.yaml": BOOK}, "unknown"),
    "policy": ({"policy.yaml": "verify: never"}, "unknown"), "language": ({"parcel/xx.yaml": "x"}, "unknown"), "capitals": ({"Letter/en.yaml": "x"}, "unknown"),
    "deep": ({"a/b/c/d/e.yaml": "x"}, "deep"), "long": ({"a" * 201: "x"}, "deep"), "large": ({"README.md": "a" * (archive.MAX_FILE + 1)}, "large"), "twice": ({"PARCEL/EN.yaml": "x"}, "twice"),
    "ratio": ({"README.txt": "a" * 900_000}, "ratio"), "many": ({f"README{number}": "x" for number in range(archive.MAX_FILES)}, "many"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_archive_leaves_nothing(at: Place, case: str) -> None:
    files, _ = HOSTILE[case]
    before = sorted(path.name for path in at.home.rglob("*") if "cache" not in path.parts)
    ran = install(at, {**FILES, **files})
    assert (ran.code, ran.out) == (2, ""), case
    assert ran.err.startswith("error: ")
    assert "was not installed" in ran.err
    assert left(at) == []
    after = sorted(path.name for path in at.home.rglob("*") if "cache" not in path.parts)
    assert set(after) - set(before) <= {"pack.zip"}


@pytest.mark.parametrize("case", HOSTILE)
def test_each_is_refused_for_what_it_is(at: Place, case: str) -> None:
    files, reason = HOSTILE[case]
    told = at.session().strings("en")[f"expected.archive_{reason}"][0]
    assert told in install(at, {**FILES, **files}).err


def test_the_sizes_that_an_archive_declares_are_not_believed(at: Place) -> None:
    path = Path(zipped({**FILES, "README.txt": os.urandom(3000)}, at.cwd / "pack.zip"))
    data = path.read_bytes()
    assert data.count((3000).to_bytes(4, "little")) >= 2
    path.write_bytes(data.replace((3000).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    ran = at.run("playbook", "install", str(path))
    assert (ran.code, left(at)) == (2, [])


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"\0" * 40, b"\0" * 1000])
def test_what_is_no_zip(at: Place, data: bytes) -> None:
    (at.cwd / "pack.zip").write_bytes(data)
    ran = at.run("playbook", "install", "pack.zip")
    assert (ran.code, left(at)) == (2, [])


def test_every_cut_of_an_archive_is_refused_or_whole(at: Place) -> None:
    data = Path(zipped(FILES, at.cwd / "pack.zip")).read_bytes()
    for end in range(0, len(data), 97):
        (at.cwd / "cut.zip").write_bytes(data[:end])
        assert at.run("playbook", "install", "cut.zip").code == 2
    assert left(at) == []


def test_an_encrypted_archive_is_refused(at: Place) -> None:
    path = Path(zipped(FILES, at.cwd / "pack.zip"))
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + offset] |= 1
            start = data.find(mark, start + 1)
    path.write_bytes(bytes(data))
    ran = at.run("playbook", "install", str(path))
    assert ran.code == 2
    assert "encrypted" in ran.err


def test_a_folder_with_a_link_or_a_pipe_is_refused(at: Place) -> None:
    path = Path(folder(FILES, at.cwd / "theirs"))
    os.symlink("/etc/passwd", path / "README.txt")
    assert at.run("playbook", "install", str(path)).code == 2
    (path / "README.txt").unlink()
    os.symlink("/etc", path / "parcel" / "more")
    assert at.run("playbook", "install", str(path)).code == 2
    (path / "parcel" / "more").unlink()
    os.mkfifo(path / "README.txt")
    assert at.run("playbook", "install", str(path)).code == 2
    assert left(at) == []


def test_the_sum_of_the_files_has_a_bound(at: Place) -> None:
    path = Path(folder(FILES, at.cwd / "theirs"))
    for number in range(archive.MAX_TOTAL // archive.MAX_FILE):
        (path / f"README{number}").touch()
        os.truncate(path / f"README{number}", archive.MAX_FILE)
    ran = at.run("playbook", "install", str(path))
    assert (ran.code, left(at)) == (2, [])
    assert "too large" in ran.err


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("name: courier", "name: ../x", 4), ("version: 1.0.0", "version: '1'", 4), ("languages: [en]", "languages: [en, de]", 4), ("languages: [en]", "languages: [en, pl]", 4),
        ("author: Ewa\n", "", 4), ("author: Ewa", "author: Ewa\nhooks: [x]", 4), (MANIFEST, "a: &a [*a]", 4), ("author: Ewa", "author: Ewa\nrequires: '>=99.0'", 2), ("author: Ewa", "author: Ewa\nrequires: soon", 4),
    ],
)  # fmt: skip
def test_a_manifest_that_will_not_do(at: Place, old: str, new: str, code: int) -> None:
    assert old in MANIFEST
    ran = install(at, {**FILES, "_manifest.yml": MANIFEST.replace(old, new)})
    assert (ran.code, left(at)) == (code, [])
    assert "_manifest.yml" in ran.err or ">=99.0" in ran.err


@pytest.mark.parametrize("count", [0, 2])
def test_a_pack_has_one_manifest(at: Place, count: int) -> None:
    files = {name: text for name, text in FILES.items() if name != "_manifest.yml"}
    assert install(at, {**files, **{f"{number}/_manifest.yml": MANIFEST for number in range(count)}}).code == 2


def test_what_lies_beside_the_pack_is_refused(at: Place) -> None:
    assert install(at, {f"courier/{name}": text for name, text in FILES.items()} | {"other/x": "x"}).code == 2
    assert left(at) == []


def test_a_pack_with_a_mistake_names_it_and_leaves_nothing(at: Place) -> None:
    ran = install(at, {**FILES, "parcel/en.yaml": WORDS.replace("the parcel", "{prcel}")})
    assert (ran.code, left(at)) == (4, [])
    assert f"{at.cwd}/pack.zip/parcel/en.yaml:6:34: unknown-variable" in ran.err
    bomb = "a: &a [x]\nb: [" + "*a," * 1000 + "]\n"
    assert (install(at, {**FILES, "parcel/en.yaml": bomb}).code, left(at)) == (4, [])


def test_two_playbooks_of_one_name_are_named_with_both_places(at: Place) -> None:
    files = {**FILES, "care/playbook.yaml": BOOK, "care/en.yaml": WORDS}
    ran = install(at, files)
    assert (ran.code, left(at)) == (2, [])
    assert "/playbooks/care, " in ran.err
    assert f"{at.cwd}/pack.zip: care" in ran.err


@pytest.mark.parametrize(
    ("wanted", "wants_newer"),
    [(">=0.0.1", False), (f">={__version__}", False), (__version__, False), (">=99", True), ("99.0", True), (">= 0.1", False)],
)
def test_which_version_is_newer(wanted: str, wants_newer: bool) -> None:
    assert newer(wanted, __version__) is wants_newer
    assert newer(">=1.2", "1.2.0rc1") is False


# updating and removing


def newer_pack(at: Place) -> str:
    words = WORDS.replace("Tell me about the parcel.", "What has become of the parcel?").replace("Let them finish.", "Listen.")
    return zipped({**FILES, "_manifest.yml": MANIFEST.replace("1.0.0", "1.1.0"), "parcel/en.yaml": words}, at.cwd / "pack.zip")


def test_an_update_shows_the_words_first(at: Place) -> None:
    install(at, FILES)
    newer_pack(at)
    ran = at.run("playbook", "update", "courier")
    assert ran.code == 0
    assert "parcel/en.yaml phrases.listen.open.any\n    - Tell me about the parcel.\n    + What has become of the parcel?\n" in ran.out
    assert "parcel/en.yaml do.listen.1\n    - Let them finish.\n    + Listen.\n" in ran.out
    assert "courier 1.0.0 → 1.1.0. 2 texts would change." in ran.out
    said = ("say", "listen", "--playbook", "parcel", "--lang", "en")
    assert at.run(*said).out == "Tell me about the parcel.\n"
    found = at.run("playbook", "update", "courier", "--yes", "--json").json
    validate(found)
    assert (found["before"], found["after"], found["done"], found["changed_here"]) == ("1.0.0", "1.1.0", True, False)
    assert at.run(*said).out == "What has become of the parcel?\n"
    assert left(at) == ["courier", "packs.lock"]
    assert '"version": "1.1.0"' in (shelf(at) / "packs.lock").read_text(encoding="utf-8")
    assert at.run("playbook", "update", "courier", "--json").json["changes"] == []


def test_a_bad_update_leaves_the_old_version(at: Place) -> None:
    install(at, FILES)
    before = (shelf(at) / "packs.lock").read_text(encoding="utf-8")
    for files in (
        {"../evil": "x"},
        {"parcel/en.yaml": "x: ["},
        {"_manifest.yml": MANIFEST.replace("courier", "other")},
        {"_manifest.yml": MANIFEST + "requires: '99'"},
    ):
        zipped({**FILES, **files}, at.cwd / "pack.zip")
        assert at.run("playbook", "update", "courier", "--yes").code in {2, 4}
    (at.cwd / "pack.zip").unlink()
    assert at.run("playbook", "update", "courier", "--yes").code == 2
    assert at.run("playbook", "update", "nothing").code == 2
    assert (shelf(at) / "packs.lock").read_text(encoding="utf-8") == before
    assert at.run("say", "listen", "--playbook", "parcel", "--lang", "en").code == 0
    assert left(at) == ["courier", "packs.lock"]


def test_an_update_that_cannot_be_written_leaves_the_old_version(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    install(at, FILES)
    newer_pack(at)
    real = os.rename

    def full(old: str, new: str) -> None:
        if new.endswith("/courier") and "old" not in old:
            raise OSError(28, "No space left on device")
        real(old, new)

    monkeypatch.setattr(os, "rename", full)
    ran = at.run("playbook", "update", "courier", "--yes")
    assert ran.code == 6
    monkeypatch.undo()
    assert at.run("say", "listen", "--playbook", "parcel", "--lang", "en").out == "Tell me about the parcel.\n"
    assert left(at) == ["courier", "packs.lock"]


def test_what_was_changed_here_is_told_and_not_thrown_away(at: Place) -> None:
    install(at, FILES)
    mine = shelf(at) / "courier" / "parcel" / "en.yaml"
    mine.write_text(WORDS.replace("the parcel", "your parcel"), encoding="utf-8")
    assert at.run("playbook", "update", "courier", "--json").json["changed_here"] is True
    assert "changed here" in at.run("playbook", "update", "courier").out
    assert at.run("playbook", "remove", "courier").code == 2
    assert mine.exists()
    assert at.run("playbook", "remove", "courier", "--yes").code == 0
    assert left(at) == ["packs.lock"]


def test_a_pack_is_removed(at: Place) -> None:
    install(at, FILES)
    found = at.run("playbook", "remove", "courier", "--json").json
    validate(found)
    assert found["version"] == "1.0.0"
    assert at.run("say", "listen", "--playbook", "parcel").code == 2
    for name in ("courier", "..", "packs.lock"):
        assert at.run("playbook", "remove", name).code == 2


@pytest.mark.parametrize("text", ["", "[]", "{", '{"packs": []}', '{"packs": {"courier": 5}}'])
def test_a_broken_lock_file_breaks_no_call(at: Place, text: str) -> None:
    install(at, FILES)
    (shelf(at) / "packs.lock").write_text(text, encoding="utf-8")
    assert at.run("say", "listen", "--playbook", "parcel", "--lang", "en").code == 0
    assert at.run("playbook", "remove", "courier").code == 2


def test_what_a_crash_has_left_is_no_playbook_and_is_installed_over(at: Place) -> None:
    folder(FILES, shelf(at) / ".courier.x1y2")
    assert "parcel" not in at.run("playbook", "list").out
    folder({**FILES, "parcel/en.yaml": WORDS.replace("parcel.", "letter.")}, shelf(at) / "courier")
    ran = install(at, FILES)
    assert ran.code == 0, ran.err
    assert at.run("say", "listen", "--playbook", "parcel", "--lang", "en").out == "Tell me about the parcel.\n"


# what is in use before what


def test_personal_over_team_over_installed_over_built_in(at: Place) -> None:
    install(at, FILES)

    def said() -> str:
        return at.run("say", "listen", "--playbook", "parcel", "--lang", "en").out

    assert said() == "Tell me about the parcel.\n"
    for name, words in (("team", "the team’s parcel"), ("personal", "my own parcel")):
        folder({"playbook.yaml": BOOK, "en.yaml": WORDS.replace("the parcel", words)}, at.home / name / "parcel")
    at.run("config", "set", "packs", str(at.home / "team"), "--project")
    assert said() == "Tell me about the team’s parcel.\n"
    at.run("config", "set", "packs", str(at.home / "personal"))
    assert said() == "Tell me about my own parcel.\n"
    packs = at.session().places["packs"]
    assert packs[:3] == [str(at.home / "personal"), str(at.home / "team"), str(shelf(at) / "courier")]
    assert [one["value"] for one in at.run("config", "show", "--json").json["settings"] if one["name"] == "packs"] == [
        [str(at.home / "personal")],
        [str(at.home / "team")],
    ]
    at.variables["CLIENTCOACH_PACKS"] = str(at.home / "team")
    assert said() == "Tell me about the team’s parcel.\n", "a variable stands for all that files say"


def test_a_new_playbook_goes_to_the_team_not_to_the_worker(at: Place) -> None:
    at.run("config", "set", "packs", str(at.home / "personal"))
    at.run("config", "set", "packs", "team", "--project")
    assert at.run("playbook", "new", "one", "--json").json["folder"] == str(at.cwd / "team" / "one")


def test_words_of_an_installed_pack_are_approved_in_the_team_s_own(at: Place) -> None:
    install(at, FILES)
    at.run("config", "set", "packs", "team", "--project")
    ran = at.run("playbook", "approve", "--all", "--playbook", "parcel", "--lang", "en", "--by", "Ewa", "--json")
    assert ran.json["file"] == str(at.cwd / "team" / "parcel" / "review.yaml")
    assert at.run("playbook", "remove", "courier").code == 0, "it is still as it was installed"


def test_the_list_names_what_a_playbook_hides(at: Place) -> None:
    install(at, FILES)
    folder({"playbook.yaml": BOOK, "en.yaml": WORDS}, at.cwd / "team" / "parcel")
    at.run("config", "set", "packs", "team", "--project")
    ran = at.run("playbook", "list", "--json")
    validate(ran.json)
    (parcel,) = [book for book in ran.json["playbooks"] if book["name"] == "parcel"]
    assert (parcel["folder"], parcel["hides"]) == (str(at.cwd / "team" / "parcel"), [str(shelf(at) / "courier" / "parcel")])
    assert f"(in place of {shelf(at)}/courier/parcel)\n" in at.run("playbook", "list").out


def test_doctor_tells_what_was_changed_since_it_was_installed(at: Place) -> None:
    install(at, FILES)
    assert "changed since" not in at.run("doctor").out
    (shelf(at) / "courier" / "parcel" / "en.yaml").write_text(WORDS.replace("the parcel", "your parcel"), encoding="utf-8")
    assert f"WARN  content: {shelf(at)}/courier: changed since it was installed\n" in at.run("doctor").out
    (shelf(at) / "packs.lock").write_text("{", encoding="utf-8")
    assert at.run("doctor").code == 1
