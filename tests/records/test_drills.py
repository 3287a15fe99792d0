"""The trainee's own results: what a file of them survives, and what is taken for a result at all."""

from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.errors import StorageError
from clientcoach.records.drill_shape import FIELDS, known, misfit
from clientcoach.records.drills import keep, kept
from tests.drill.results import made, name
from tests.records.stores import without_rights
from tests.support import ROOT, schema, validate

if TYPE_CHECKING:
    from pathlib import Path

KILLS = int(os.environ.get("CLIENTCOACH_KILLS", "20"))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=80),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
DAMAGE = [
    b"\x00\xff\xfe not text\n",
    b'{"schema": "clientcoach/drill-result@1"}\n',
    b"[" * 100_000 + b"\n",
    b'{"half": \n',
    b"null\n",
    b'{"schema": "clientcoach/drill-result@x", "id": 1}\n',
    b'"clientcoach/drill-result@2"\n',
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "clientcoach" / "drills.ndjson"


def filled(file: Path, count: int = 3) -> list[dict[str, Any]]:
    found = [made(number) for number in range(count)]
    for one in found:
        keep(str(file), one)
    return found


def writer(file: Path, first: int, count: int, **more: Any) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "tests.drill.results", str(file), str(first), str(count)]
    return subprocess.Popen(words, cwd=ROOT, **more)


def names(file: Path) -> list[str]:
    return [one["id"] for one in kept(str(file))]


class Told(list[tuple[str, int]]):
    """What was said of a damaged file."""

    def __call__(self, aside: str, count: int) -> None:
        self.append((aside, count))


def test_what_was_kept_comes_back_in_its_order(file: Path) -> None:
    assert kept(str(file)) == []
    assert not file.parent.exists(), "reading makes nothing"
    found = filled(file)
    assert kept(str(file)) == found
    for one in found:
        validate(one)
    assert file.read_bytes().count(b"\n") == 3


def test_it_is_nobody_else_s_to_read(file: Path) -> None:
    filled(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.chmod(0o644)
    filled(file, 1)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_was_said_is_kept_without_what_names_a_person(file: Path) -> None:
    keep(str(file), made(said=["Write to anna@example.com or call +48 601 222 333", "a\ud800b\x1b[31m" + "x" * 9000]))
    said = kept(str(file))[0]["said"]
    assert "anna@" not in said[0]
    assert "601" not in said[0]
    assert "\x1b" not in said[1]
    assert len(said[1]) == 4000


@pytest.mark.parametrize(
    ("typed", "stands"), [(" Mon\x1bday\n", "Monday"), ("…", None), ("", None), ("x" * 99, "x" * 64), ("A\udcff", "A?")]
)
def test_no_result_is_lost_for_the_name_of_its_course(file: Path, typed: str, stands: str | None) -> None:
    keep(str(file), made(session=typed, lesson="/home/me/" + "l" * 300))
    assert kept(str(file))[0]["session"] == stands
    assert len(kept(str(file))[0]["lesson"]) == 200


def test_no_kill_loses_or_tears_a_result_that_was_told_as_saved(file: Path) -> None:
    chance, heard = random.Random(KILLS), set()
    for turn in range(KILLS):
        process = writer(file, turn * 10_000, 10_000, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout
        assert process.stderr
        heard |= {process.stdout.readline().decode().strip() for _ in range(chance.randint(1, 40))}
        process.kill()
        heard |= {line.decode().strip() for line in process.stdout.readlines() if line.endswith(b"\n")}
        assert process.stderr.read() == b""
        assert process.wait() == -signal.SIGKILL
        assert heard - set(names(file)) == set()
    assert len(heard) >= KILLS


@pytest.mark.parametrize("damaged", [False, True])
def test_writers_at_the_same_time_lose_nothing(file: Path, damaged: bool) -> None:
    before = filled(file, 1)
    if damaged:
        with file.open("ab") as stream:
            stream.write(DAMAGE[0])
    processes = [writer(file, 100 * (crowd + 1), 25, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for crowd in range(6)]
    complaints = b"".join(process.communicate(timeout=120)[1] for process in processes)
    assert [process.returncode for process in processes] == [0] * 6
    assert complaints.count(b"aside 1 ") == len(complaints.splitlines()) == int(damaged), "said once, by whoever met it"
    wanted = {before[0]["id"], *(name(100 * (crowd + 1) + number) for crowd in range(6) for number in range(25))}
    assert sorted(names(file)) == sorted(wanted)
    assert len(list(file.parent.iterdir())) == 1 + damaged


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: repr(damage[:20]))
@pytest.mark.parametrize("writing", [False, True])
def test_a_damaged_file_is_kept_aside_and_the_rest_goes_on(file: Path, damage: bytes, writing: bool) -> None:
    found, told = filled(file), Told()
    lines = file.read_bytes().splitlines(keepends=True)
    broken = lines[0] + damage + b"".join(lines[1:])
    file.write_bytes(broken)
    if writing:
        keep(str(file), made(9), told)
        found.append(made(9))
    assert kept(str(file), told) == found
    [(aside, count)] = told
    assert count == 1
    with open(aside, "rb") as stream:
        assert stream.read() == broken
    assert stat.S_IMODE(os.stat(aside).st_mode) == 0o600
    assert os.path.dirname(aside) == str(file.parent)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_another_damage_is_another_copy(file: Path) -> None:
    filled(file, 1)
    told = Told()
    for damage in DAMAGE[:2]:
        with file.open("ab") as stream:
            stream.write(damage)
        assert len(kept(str(file), told)) == 1
    assert len({aside for aside, _ in told}) == 2
    assert all(os.path.exists(aside) for aside, _ in told)


@pytest.mark.parametrize("cut", [1, 50])
def test_a_last_line_that_was_cut_short(file: Path, cut: int) -> None:
    """Without its end it is whole; without more it is damaged. Either way the next one stands on a line of its own."""
    found, told = filled(file, 2), Told()
    file.write_bytes(file.read_bytes()[:-cut])
    keep(str(file), made(9), told)
    assert kept(str(file), told) == [found[0], *(found[1:] if cut == 1 else []), made(9)]
    assert len(told) == (cut != 1)


@pytest.mark.parametrize("version", ["2", "17"])
def test_a_file_of_a_newer_clientcoach_is_left_alone(file: Path, version: str) -> None:
    filled(file)
    with file.open("ab") as stream:
        stream.write(DAMAGE[0] + b'{"schema": "clientcoach/drill-result@%s", "shape": "new"}\n' % version.encode())
    before = file.read_bytes()
    for do in (lambda: kept(str(file)), lambda: keep(str(file), made(9))):
        with pytest.raises(StorageError) as error:
            do()
        assert (error.value.code, error.value.exit_code) == ("drills_newer", 6)
        assert error.value.params == {"file": str(file), "version": f"clientcoach/drill-result@{version}"}
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_new_fields_of_the_same_version_are_no_damage(file: Path) -> None:
    told = Told()
    keep(str(file), {**made(), "weather": "fine"})
    assert kept(str(file), told) == [made()]
    assert told == []


@pytest.mark.parametrize("damaged", [False, True])
def test_a_link_stays_a_link(file: Path, tmp_path: Path, damaged: bool) -> None:
    real = tmp_path / "elsewhere" / "mine.ndjson"
    file.parent.mkdir(parents=True)
    file.symlink_to(real)
    assert kept(str(file)) == [], "it leads nowhere yet"
    found = filled(file, 1)
    if damaged:
        with real.open("ab") as stream:
            stream.write(DAMAGE[0])
    keep(str(file), made(9))
    assert kept(str(file)) == [*found, made(9)]
    assert file.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["folder", "fifo", "loop"])
def test_what_is_no_file_is_neither_read_nor_waited_for(file: Path, kind: str) -> None:
    file.parent.mkdir(parents=True)
    {"folder": lambda: file.mkdir(), "fifo": lambda: os.mkfifo(file), "loop": lambda: file.symlink_to(file)}[kind]()
    with pytest.raises(StorageError) as error:
        kept(str(file))
    assert error.value.code == "drills_unreadable"
    with pytest.raises(StorageError):
        keep(str(file), made())


def test_a_full_disk_leaves_the_file_as_it_was(file: Path) -> None:
    filled(file)
    before = file.read_bytes()
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) + 100},) * 2)"
    code = f"{limit}; from tests.drill.results import made; from clientcoach.records.drills import keep; keep({str(file)!r}, made(9))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert b"StorageError: ('cannot_save'" in ran.stderr
    assert file.read_bytes() == before
    keep(str(file), made(9))
    assert len(kept(str(file))) == 4


def test_what_cannot_be_synced_was_not_saved(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(file)
    before = file.read_bytes()

    def fails(_descriptor: int) -> None:
        raise OSError(errno.EIO, "")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(StorageError) as error:
        keep(str(file), made(9))
    assert error.value.params == {"file": str(file), "reason": os.strerror(errno.EIO)}
    assert file.read_bytes() == before


@pytest.mark.parametrize(("rights", "answer"), [(0o400, "3 ('', 1)"), (0o600, "3 ('', 1)"), (0o000, "drills_unreadable")])
def test_where_nothing_can_be_written_the_rest_is_read(file: Path, rights: int, answer: str) -> None:
    filled(file)
    with file.open("ab") as stream:
        stream.write(DAMAGE[0])
    file.chmod(rights)
    file.parent.chmod(0o500)
    code = (
        "import sys; from clientcoach.errors import StorageError; from clientcoach.records.drills import kept\n"
        "told = []\n"
        f"try: print(len(kept({str(file)!r}, lambda *one: told.append(one))), *told)\n"
        "except StorageError as error: print(error.code)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, timeout=60, preexec_fn=without_rights)
    file.parent.chmod(0o700)
    if ran.returncode == 77:
        pytest.skip("root keeps its rights here")
    assert ran.stdout.decode().strip() == answer, ran.stderr
    assert list(file.parent.iterdir()) == [file]


@given(st.sampled_from(sorted(FIELDS)), ANYTHING)
def test_whatever_stands_in_a_field_is_told_without_a_fault(field: str, value: Any) -> None:
    """And what passes the check passes the schema."""
    raw = {**made(), field: value}
    if not misfit(raw):
        validate(known(raw))


@given(ANYTHING)
def test_whatever_there_is_instead_of_a_result(raw: Any) -> None:
    assert misfit(raw)


@pytest.mark.parametrize(
    ("field", "value"),
    [("at", "2026-02-30T00:00:00Z"), ("at", "2026-11-25T10:00:00+5"), ("at", "2026-11-25T1٠:00:00Z"), ("id", "x" * 36), ("persona", "../etc"), ("persona", ""), ("seed", True), ("seed", -1), ("seed", 1 << 64),
     ("turns", 0), ("turns", 101), ("acts", [["listen"]]), ("acts", [["listen"], []]), ("acts", [["listen"], ["shout"]]), ("anger", [50, 47]), ("anger", [50, 47, 101]), ("anger", [50, 47, 7.0]), ("marks", {"let_finish": "maybe"}), ("marks", {"<b>": "kept"}),
     ("process", 101), ("critical", 1), ("label", "during"), ("session", ""), ("session", "x" * 65), ("said", ["", "\ud800"]), ("end", "won"), ("lang", "xx"), ("call", 3), ("prompted", None)],
)  # fmt: skip
def test_what_does_not_fit_is_named(field: str, value: Any) -> None:
    assert misfit({**made(), field: value}) == field
    without = made()
    del without[field]
    assert misfit(without) == ("" if field in {"label", "session"} else field)


def test_the_schema_has_the_same_fields() -> None:
    assert list(schema("drill-result")["properties"]) == list(FIELDS)
    assert schema("drill-export")["$defs"]["result"]["properties"] == schema("drill-result")["properties"]
