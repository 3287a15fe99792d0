"""What comes back from files that are really damaged: pages gone, bits flipped, ends cut off. Nothing is called whole that is not."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.case.moments import clock
from clientcoach.errors import StorageError
from clientcoach.records import audit, incidents, promises, recovery
from clientcoach.records.pages import Pages
from clientcoach.records.schema import AUDIT, INCIDENT, MIGRATIONS, PROMISE
from clientcoach.records.verify import verify
from tests.records.stores import AT, everything, fill, incident, promise, save, store
from tests.support import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from clientcoach.case.clock import Clock

PAGE = 4096
COUNT = 200


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.db"


@pytest.fixture
def time() -> Clock:
    return clock({}, NOW)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, Any]]:
    """A store's bytes and every record in it by its id."""
    path = tmp_path_factory.mktemp("filled") / "data" / "records.db"
    made = fill(path, COUNT)
    with store(path) as kept:
        late = promise(3, incident=None)
        kept.change(lambda engine, at, actor: promises.add(engine, late, at, actor))
        kept.change(lambda engine, at, actor: promises.change(engine, {**late, "done_at": AT}, at, actor, "done"))
        kept.change(lambda engine, at, actor: audit.append(engine, at, actor, "read", "f" * 64, None))  # a line about no record
        for one in made[:4]:
            kept.change(lambda engine, at, actor, one=one: incidents.erase(engine, one["id"], at, actor))
        return path.read_bytes(), records(kept.engine)


def records(engine: Any) -> dict[str, Any]:
    return {one["id"]: one for one in (*incidents.listed(engine, {}), *promises.every(engine))}


Outcome = tuple[dict[str, Any], dict[str, Any]]


@pytest.fixture
def recovered(file: Path, time: Clock, filled: tuple[bytes, dict[str, Any]]) -> Callable[[bytes], Outcome]:
    """The report and the records of the new store; what always holds is asserted here."""
    before = filled[1]

    def run(damaged: bytes) -> Outcome:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(damaged)
        new = file.parent / "new.db"
        new.unlink(missing_ok=True)
        with store(new) as kept, recovery.at_rest(str(file), str(file.parent)) as pages:
            report = kept.change(lambda engine, at, actor: recovery.fill(engine, at, actor, pages, time))
            assert list(verify(kept.engine)) == []
            everything(kept)
            found = records(kept.engine)
            actions = dict(kept.engine.rows("SELECT record, action FROM audit"))
        assert file.read_bytes() == damaged
        told = {*report["changed"], *report["unchecked"]}
        assert report["recovered"] == len(found) - len(told)
        assert {name for name, action in actions.items() if action == "recover"} == found.keys() - told
        for name in found.keys() - told:  # what is said to be whole is whole
            assert {**found[name], "promises": None} == {**before[name], "promises": None}
        assert not before.keys() & set(report["lost"]) & found.keys()
        return report, found

    return run


def behind(file: Path, sql: str, values: Sequence[Any] = ()) -> None:
    with store(file) as kept:
        kept.engine.run("PRAGMA foreign_keys=OFF")
        kept.engine.run(sql, values)


def test_a_sound_store_comes_back_whole(filled, recovered):
    whole, before = filled
    report, found = recovered(whole)
    assert found == before
    assert report == {"recovered": len(before), "changed": [], "unchecked": [], "lost": [], "audit_lost": 0}


DAMAGE = {
    "header": lambda whole: bytes(100) + whole[100:],
    "header of ones": lambda whole: b"\xff" * 100 + whole[100:],
    "schema": lambda whole: bytes(PAGE) + whole[PAGE:],
    "schema of ones": lambda whole: b"\xff" * PAGE + whole[PAGE:],
    "every page's kind": lambda whole: (
        whole[:PAGE] + b"".join(b"\xff" * 8 + whole[at + 8 : at + PAGE] for at in range(PAGE, len(whole), PAGE))
    ),
    "every branch": lambda whole: b"".join(
        bytes(PAGE) if whole[at] in {2, 5, 10} else whole[at : at + PAGE] for at in range(0, len(whole), PAGE)
    ),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_nothing_is_lost_while_the_rows_are_there(filled, recovered, kind):
    report, found = recovered(DAMAGE[kind](filled[0]))
    assert found == filled[1]
    assert report["recovered"] == len(filled[1])


def leaves(whole: bytes, columns: tuple[str, ...]) -> list[int]:
    """Where the pages begin that hold rows of a table."""
    found = []
    for at in range(PAGE, len(whole), PAGE):
        kept = whole[:PAGE] + whole[at : at + PAGE]
        if whole[at] == 13 and any(list(Pages(memory(kept)).rows(len(columns)))):
            found.append(at)
    return found


def memory(data: bytes) -> Any:
    import io

    return io.BytesIO(data)


@pytest.mark.parametrize(("columns", "state"), [(INCIDENT, "lost"), (PROMISE, "lost"), (AUDIT, "unchecked")])
def test_a_page_that_is_gone_takes_its_own_rows_only(filled, recovered, columns, state):
    whole, before = filled
    at = leaves(whole, columns)[2]
    report, found = recovered(whole[:at] + bytes(PAGE) + whole[at + PAGE :])
    assert 0 < len(report[state]) < 40
    assert set(report[state]) <= before.keys()
    assert found.keys() | set(report["lost"]) == before.keys()
    assert report["recovered"] >= len(before) - 80
    assert bool(report["audit_lost"]) == (columns == AUDIT)
    if columns == INCIDENT:  # promises stay, without what they belonged to
        assert set(report["changed"]) == {one["id"] for name in report["lost"] for one in before[name]["promises"]}
        assert all(found[name]["incident"] is None for name in report["changed"])


def test_rows_that_a_page_no_longer_counts_come_back(filled, recovered):
    whole, before = filled
    at = leaves(whole, INCIDENT)[1]
    count = int.from_bytes(whole[at + 3 : at + 5], "big")
    assert count > 1
    _, found = recovered(whole[: at + 3] + (count - 1).to_bytes(2, "big") + whole[at + 5 :])
    assert found == before


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_gives_what_is_left(filled, recovered, part):
    whole, before = filled
    report, found = recovered(whole[: int(len(whole) * part)])
    assert len(found) >= len(before) * (part - 0.2)
    assert set(report["lost"]).isdisjoint(found)


@pytest.mark.parametrize("flips", [1, 30, 300])
def test_flipped_bits_are_never_called_whole(filled, recovered, flips):
    whole, before = filled
    chance, damaged = random.Random(flips), bytearray(whole)
    for _ in range(flips):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    report, found = recovered(bytes(damaged))
    assert report["recovered"] >= len(before) - 2 * flips
    assert len(found) >= len(before) * 0.8


def test_random_changes_of_any_kind_raise_nothing(filled, recovered):
    whole, chance = filled[0], random.Random(2026)
    for _ in range(6):
        damaged = bytearray(whole)
        for _ in range(40):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.choice([1, 2, 9, 60])] = chance.randbytes(chance.choice([1, 2, 9, 60]))
        recovered(bytes(damaged))


def test_a_text_that_became_another_is_told_and_kept(filled, recovered):
    whole, before = filled
    name = next(name for name, one in before.items() if "worked" in one)
    at = whole.index(name.encode(), whole.index(b'"worked"') - 2 * PAGE)
    place = whole.index("Ждать".encode(), at)
    damaged = bytearray(whole)
    damaged[place + 1] ^= 1
    report, found = recovered(bytes(damaged))
    assert len(report["changed"]) == 1
    changed = found[report["changed"][0]]
    assert changed["worked"] != before[changed["id"]]["worked"]
    assert {**changed, "worked": None} == {**before[changed["id"]], "worked": None}


def test_fields_that_say_nothing_usable_are_left_out(file, recovered, filled):
    file.parent.mkdir()
    file.write_bytes(filled[0])
    name = next(name for name, one in filled[1].items() if "worked" in one)
    behind(file, "UPDATE incident SET cause = 'x', lang = 'zz', anger_start = 99, detail = 'no', closed_at = ? WHERE id = ?", ("y", name))
    report, found = recovered(file.read_bytes())
    assert report["changed"] == [name]
    assert (found[name]["cause"], found[name]["lang"], found[name]["anger_start"], found[name]["facts"]) == (None, None, None, [])
    assert found[name]["reference"] == filled[1][name]["reference"]
    assert found[name]["closed_at"] == found[name]["opened_at"] == AT


def test_a_promise_without_a_date_cannot_stand_alone(file, recovered, filled):
    file.parent.mkdir()
    file.write_bytes(filled[0])
    name = next(name for name, one in filled[1].items() if "due" in one)
    behind(file, "UPDATE promise SET due = 'never' WHERE id = ?", (name,))
    report, _ = recovered(file.read_bytes())
    assert (report["changed"], report["lost"]) == ([], [name])


def test_a_record_whose_name_was_damaged_comes_back_under_another(file, recovered, filled):
    file.parent.mkdir()
    file.write_bytes(filled[0])
    name = next(name for name, one in filled[1].items() if "worked" in one)
    behind(file, "UPDATE incident SET id = 'x' WHERE id = ?", (name,))
    report, found = recovered(file.read_bytes())
    assert report["lost"] == [name]
    assert [found[other]["worked"] for other in report["unchecked"]] == [filled[1][name]["worked"]]


def test_a_line_of_the_audit_with_a_wrong_name_still_vouches(file, recovered, filled):
    whole, before = filled
    at = leaves(whole, AUDIT)[3]
    name = next(name for name in before if name.encode() in whole[at : at + PAGE])
    place = whole.index(name.encode(), at)
    wrong = name[:-1] + ("0" if name[-1] != "0" else "1")
    report, found = recovered(whole[:place] + wrong.encode() + whole[place + len(name) :])
    assert (found, report["lost"], report["changed"]) == (before, [], [])


def test_what_was_erased_stays_erased(file, recovered, filled):
    whole = filled[0]
    file.parent.mkdir()
    file.write_bytes(whole)
    old = file.parent / "old.db"
    made = incident()
    with store(file) as kept:
        save(kept, made)
        kept.change(lambda engine, at, actor: incidents.erase(engine, made["id"], at, actor))
    with store(old) as kept:
        save(kept, made)
    _, found = recovered(file.read_bytes() + old.read_bytes()[PAGE:])  # a page that a backup or another program left behind
    assert made["id"] not in found


def test_long_texts_flow_over_several_pages_and_come_back(file, time):
    made = [incident(number, measures=[f"{number} {'длинно ' * 500}"] * (number + 1)) for number in range(6)]
    with store(file) as kept:
        for one in made:
            save(kept, one)
    with store(file.parent / "new.db") as kept, recovery.at_rest(str(file), str(file.parent)) as pages:
        report = kept.change(lambda engine, at, actor: recovery.fill(engine, at, actor, pages, time))
        assert {one["id"]: one for one in incidents.listed(kept.engine, {})} == {one["id"]: one for one in made}
    assert report["recovered"] == 12


@pytest.mark.parametrize("size", [512, 8192, 65536])
def test_pages_of_another_size_are_read(file, size):
    made = fill(file, 30)
    with store(file) as kept:
        for statement in (f"PRAGMA page_size={size}", "VACUUM"):
            kept.engine.run(statement)
    with file.open("rb") as stream:
        found = {row[0] for row in Pages(stream).rows(len(INCIDENT))}
    assert found == {one["id"] for one in made}


def rows_of(path: Path) -> Iterator[Any]:
    with path.open("rb") as stream:
        yield from Pages(stream).rows(2)


def test_numbers_of_every_length_are_read(tmp_path):
    path = tmp_path / "numbers.db"
    numbers = [0, 1, -1, 127, -128, 30000, -(1 << 20), 1 << 30, -(1 << 45), (1 << 63) - 1, -(1 << 63), None]
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE numbers (a INTEGER, b TEXT)")
        connection.executemany("INSERT INTO numbers VALUES (?, ?)", [(number, str(number)) for number in numbers])
        connection.execute("INSERT INTO numbers (rowid, a, b) VALUES (?, 5, 'far')", ((1 << 62) + 1,))
    connection.close()
    assert list(rows_of(path)) == [*((number, str(number), at) for at, number in enumerate(numbers, 1)), (5, "far", (1 << 62) + 1)]


def test_a_chain_of_pages_that_bites_its_tail_ends(file):
    made = incident(measures=["длинно " * 500] * 9)
    with store(file) as kept:
        save(kept, made)
    damaged = bytearray(file.read_bytes())
    for at in range(PAGE, len(damaged), PAGE):
        if damaged[at] == 0 and int.from_bytes(damaged[at : at + 4], "big"):
            damaged[at : at + 4] = (at // PAGE + 1).to_bytes(4, "big")  # each page says that it follows itself
    file.write_bytes(damaged)
    with file.open("rb") as stream:
        assert [row[0] for row in Pages(stream).rows(len(INCIDENT))][:1] == [made["id"]]


def test_what_a_crash_left_half_written_is_undone_in_a_copy(file, time):
    made = fill(file, 30)
    crashed = file.parent.parent / "crashed" / "records.db"
    crashed.parent.mkdir()
    with store(file) as kept:
        kept.engine.run("PRAGMA cache_size=1")
        kept.engine.begin()
        kept.engine.run("UPDATE incident SET outcome = 'half', detail = detail || ?", (" " * 9000,))
        for end in ("", "-journal"):
            shutil.copy(f"{file}{end}", f"{crashed}{end}")
        kept.engine.rollback()
    before = {path.name: path.read_bytes() for path in crashed.parent.iterdir()}
    with store(file.parent / "new.db") as kept, recovery.at_rest(str(crashed), str(file.parent)) as pages:
        kept.change(lambda engine, at, actor: recovery.fill(engine, at, actor, pages, time))
        assert {one["id"]: one for one in incidents.listed(kept.engine, {})} == {one["id"]: one for one in made}
    assert {path.name: path.read_bytes() for path in crashed.parent.iterdir()} == before
    assert not [path for path in file.parent.iterdir() if path.is_dir()]


def test_writers_wait_while_a_file_is_read(file, monkeypatch):
    fill(file, 3)
    monkeypatch.setattr("clientcoach.records.sqlite.WAIT", 0.1)
    with recovery.at_rest(str(file), str(file.parent)), store(file) as kept, pytest.raises(StorageError) as error:
        save(kept, incident(9))
    assert error.value.code == "store_locked"


@pytest.mark.parametrize(("pragma", "code"), [("application_id=7", "store_not_ours"), ("user_version=99", "store_newer")])
def test_another_program_s_file_and_a_newer_one_are_refused(file, pragma, code):
    fill(file, 1)
    behind(file, f"PRAGMA {pragma}")
    with pytest.raises(StorageError) as error, recovery.at_rest(str(file), str(file.parent)):
        pass
    assert error.value.code == code


def test_every_table_is_read_or_follows_from_those_that_are(file):
    """Whoever adds a table has to say how it comes back."""
    assert len(MIGRATIONS) >= 1
    fill(file, 1)
    with store(file, write=False) as kept:
        tables = {row[0] for row in kept.engine.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")}
        widths = {name: len(list(kept.engine.rows(f"SELECT * FROM pragma_table_info('{name}')"))) for name in tables}
    assert tables == {"incident", "promise", "audit", "measure", "meta"}  # measures follow from incidents; meta is the servers'
    assert len(set(widths.values())) == len(tables), "rows are known by how many columns they have"


def test_rows_of_ours_are_known_in_a_file_without_a_header(file, tmp_path):
    fill(file, 1)
    file.write_bytes(bytes(PAGE) + file.read_bytes()[PAGE:])
    text = tmp_path / "text"
    text.write_text("dear diary\n" * 3000)
    assert [recovery.looks_ours(str(path)) for path in (file, text, tmp_path / "nowhere")] == [True, False, False]
    assert os.path.getsize(text) > 4 * PAGE
