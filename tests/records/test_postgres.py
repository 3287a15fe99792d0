"""The store on a server: what a team's database may be, what it survives, and that nobody ever reads the password."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from clientcoach.errors import StorageError
from clientcoach.records import incidents, postgres
from clientcoach.records.engine import shown
from clientcoach.records.schema import MIGRATIONS
from clientcoach.records.verify import verify
from tests.records.postgres import PASSWORD, Address, Server, memory, tampering, unused_port
from tests.records.stores import AT, fill, incident, save, saved, store, writer
from tests.support import ROOT, ndjson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support import Place, Ran

KILLS = int(os.environ.get("CLIENTCOACH_KILLS", "20"))
ROLES = (ROOT / "clientcoach" / "share" / "team.sql").read_text(encoding="utf-8")


@pytest.fixture
def engine() -> str:
    return "postgresql"


def count(url: str) -> int:
    return len(saved(url))


def sound(url: str) -> None:
    with store(url, write=False) as kept:
        assert list(verify(kept.engine)) == []


def refusal(url: str, *, write: bool = True) -> str:
    with pytest.raises(StorageError) as error:
        store(url, write=write)
    assert PASSWORD not in str(error.value)
    return error.value.code


def save_refused(kept: Any) -> str:
    with pytest.raises(StorageError) as error:
        save(kept, incident())
    return error.value.code


def and_(url: str, **options: str) -> str:
    """The same address with more settings of the server."""
    return url + "".join(f"%20-c{name}%3D{value}" for name, value in options.items())


# What a database may be


def test_texts_sort_by_their_bytes_whatever_the_database_says(place):
    references = ["Z", "a", "B", "ą", "Ł", "é", "я", "ә", "_", "-1"]
    with store(place) as kept:
        for reference in references:
            save(kept, incident(reference=reference, promises=[]))
        assert next(kept.engine.rows("SELECT 'a' < 'B'"))[0], "the database itself sorts otherwise, or this test proves nothing"
        assert [row[0] for row in kept.engine.rows("SELECT reference FROM incident ORDER BY reference")] == sorted(references)
        assert {row[0] for row in kept.engine.rows("SELECT reference FROM incident WHERE reference > ?", ("Z",))} == set("aąŁéяә_")


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_without_every_alphabet_is_refused_and_stays_empty(server, encoding):
    name = server.database(f"in_{encoding.lower()}", f"ENCODING {encoding}", "LOCALE 'C'")
    assert refusal(server.url(name, "worker")) == "store_not_utf8"
    with server.asked(name) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_every_alphabet_comes_back_whatever_the_client_s_encoding(place):
    made = incident(facts=[{"name": "item", "value": "Чайник ақ — żółć 🙂"}])
    with store(f"{place}&client_encoding=LATIN1") as kept:
        save(kept, made)
        assert incidents.find(kept.engine, made["id"]) == made


@pytest.mark.parametrize("table", ["meta (a TEXT)", "meta (name TEXT, value TEXT)", "incident (a TEXT)", "audit (a TEXT)"])
def test_tables_of_another_program_are_told_and_left_alone(place, table):
    with psycopg.connect(place) as connection:
        connection.execute(f"CREATE TABLE {table}")
        if "name" in table:
            connection.execute("INSERT INTO meta VALUES ('version', 'seven')")
    assert refusal(place) == "store_not_ours"
    with psycopg.connect(place) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()").fetchone() == (1,)


@pytest.mark.parametrize("write", [False, True])
def test_a_newer_store_is_told(place, write):
    fill(place, 1)
    with psycopg.connect(place) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'version'")
    assert refusal(place, write=write) == "store_newer"


@pytest.fixture
def grow(monkeypatch):
    """Makes clientcoach a version newer, whose migration is the statements given."""
    return lambda *statements: monkeypatch.setattr(postgres, "MIGRATIONS", (*MIGRATIONS, statements))


def test_an_older_store_grows_when_it_is_written(place, grow):
    fill(place, 2)
    grow("CREATE TABLE more (a TEXT) {strict}", "INSERT INTO more (a) VALUES ('new')")
    with store(place, write=False) as kept:
        assert (kept.engine.version(), len(list(incidents.listed(kept.engine, {})))) == (len(MIGRATIONS), 2)
    with store(place) as kept:
        assert kept.engine.version() == len(MIGRATIONS) + 1
        assert list(kept.engine.rows("SELECT a FROM more")) == [("new",)]
    assert count(place) == 2


def test_a_growth_that_fails_never_was(place, grow, monkeypatch):
    fill(place, 2)
    grow("CREATE TABLE more (a TEXT) {strict}", "INSERT INTO nowhere (a) VALUES ('new')")
    assert refusal(place) == "store_not_ours"
    monkeypatch.undo()
    with store(place) as kept:
        assert kept.engine.version() == len(MIGRATIONS)
        assert next(kept.engine.rows("SELECT to_regclass('more')"))[0] is None


def test_many_make_the_tables_at_the_same_time(place):
    threads = [threading.Thread(target=fill, args=(place, 3)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(place) == 12
    sound(place)


# Who may what


def test_not_even_the_owner_empties_the_audit(place):
    fill(place, 1)
    with store(place) as kept, pytest.raises(StorageError) as error:
        kept.engine.run("TRUNCATE audit")
    assert error.value.code == "store_readonly"
    sound(place)


def test_roles_of_a_team(server, at):
    name = server.database("team")
    fill(server.url(name, "worker"), 2)
    with server.asked(name) as owner:
        owner.execute(ROLES)
        for role in ("writer", "auditor"):
            owner.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}' IN ROLE coach_{role}")
    writes, reads = server.url(name, "writer"), server.url(name, "auditor")
    at.variables["CLIENTCOACH_DB"] = writes
    assert at.run("log", "add", "--cause", "delivery", "--reference", "K-1", "--promise", "call back", "--due", "2h").code == 0
    assert at.run("promises", "done", at.run("promises", "--json").json["promises"][0]["id"]).code == 0
    for statement in (
        "UPDATE audit SET actor = 'x'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "DROP TABLE audit",
        "UPDATE meta SET value = '9'",
        "CREATE TABLE more (a TEXT)",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
    ):
        with store(writes) as kept, pytest.raises(StorageError) as error:
            kept.engine.run(statement)
        assert error.value.code == "store_readonly", statement
    with store(writes) as kept:
        made = next(incidents.listed(kept.engine, {}))
        kept.change(lambda engine, at, actor: incidents.erase(engine, made["id"], at, actor))
        assert not kept.engine.tidy(), "who does not own the tables cannot rewrite their files, and is told so"
    with store(server.url(name, "worker")) as kept:
        assert kept.engine.tidy()
    with store(reads) as kept:
        assert save_refused(kept) == "store_readonly"
    sound(reads)
    assert count(reads) == 2


def test_who_may_make_no_tables_is_told_so(server):
    name = server.database("closed")
    with server.asked(name) as owner:
        owner.execute(f"CREATE ROLE outsider LOGIN PASSWORD '{PASSWORD}'")
    assert refusal(server.url(name, "outsider")) == "store_readonly"


# How it is reached


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://anna:secret@db.example:5433/coach?sslmode=require", "postgresql://db.example:5433/coach"),
        ("postgres://anna:secret@db.example/coach", "postgresql://db.example/coach"),
        ("postgresql://db.example/coach?user=anna&password=secret", "postgresql://db.example/coach"),
        ("postgresql:///coach?host=/run/pg&password=secret@home", "postgresql://…"),
        ("postgresql://anna:se?secret@db.example/coach", "postgresql://…"),
        ("postgresql://anna:at@secret@db.example/coach", "postgresql://db.example/coach"),
        ("postgresql://anna:se/secret@db.example/coach", "postgresql://db.example/coach"),
        ("postgresql://anna:secret@[::1]:5433/coach", "postgresql://[::1]:5433/coach"),
        ("postgresql://anna:secret@one,two:5433/coach", "postgresql://one,two:5433/coach"),
        ("/home/anna@secret?/records.db", "/home/anna@secret?/records.db"),
    ],
)
def test_what_is_shown_of_an_address(url, told):
    assert shown(url) == told


def addresses(server: Address) -> dict[str, tuple[str, str]]:
    """Addresses that lead nowhere, with a word of what is told."""
    name = server.url().rpartition("/")[2]
    gone = server.url(name).replace(f":{server.port}", f":{unused_port()}")
    return {
        "no server": (gone, "refused"),
        "no host": (f"postgresql://worker:{PASSWORD}@nowhere.invalid/x", "nowhere.invalid"),
        "no database": (server.url("nowhere"), "let you in"),
        "wrong password": (server.url(name, password=f"{PASSWORD}-not"), "let you in"),
        "no user": (server.url(name, "nobody"), "let you in"),
        "no password": (server.url(name).replace(f":{PASSWORD}", ""), "let you in"),
        "no TLS": (server.url(name) + "?sslmode=require", "SSL"),
        "a password with signs": (f"postgresql://worker:{PASSWORD}%zz@127.0.0.1/x", "PGPASSFILE"),
        "an unknown option": (f"postgresql://127.0.0.1/x?pasword={PASSWORD}", "PGPASSFILE"),
        "a wrong port": (f"postgresql://worker:{PASSWORD}/x@127.0.0.1/x", "127.0.0.1"),
        "a terminal's commands": (gone.replace("127.0.0.1", "127.0.0.1%1b[2J%0aerror"), "postgresql"),
    }  # fmt: skip


@pytest.mark.parametrize("words", [("promises",), ("log", "add", "--cause", "delivery"), ("promises", "--debug")], ids=" ".join)
@pytest.mark.parametrize("kind", addresses(Address(0)))
def test_a_server_that_cannot_be_reached_is_told_in_one_line_without_the_password(at, server, kind, words):
    url, told = addresses(server)[kind]
    at.variables["CLIENTCOACH_UI"] = "en"
    ran = at.run(*words, "--db", url)
    assert (ran.code, ran.out) == (6, "")
    assert told in ran.err
    assert PASSWORD not in ran.err
    assert "\x1b" not in ran.err
    assert ran.err.count("\n") == 1 or "--debug" in words


@pytest.mark.parametrize("lang", ["en", "ru", "pl", "kk"])
def test_every_language_tells_it(at, server, lang):
    at.variables["CLIENTCOACH_UI"] = lang
    for url in (server.url(password="wrong"), server.url("nowhere"), "postgresql://%zz"):
        ran = at.run("promises", "--db", url)
        assert (ran.code, "store_" in ran.err) == (6, False)


def test_a_server_that_says_nothing_is_given_up(at):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        ran = at.run("promises", "--db", f"postgresql://anna@127.0.0.1:{silent.getsockname()[1]}/x?connect_timeout=1")
    assert (ran.code, ran.out, ran.err.count("\n")) == (6, "", 1)


def ask_and_hang_up(server: socket.socket) -> None:
    """A server that asks for the password and then is gone."""
    client, _ = server.accept()
    with client:
        client.recv(4096)
        client.send(b"R\0\0\0\x08\0\0\0\x03")  # AuthenticationCleartextPassword
        client.recv(4096)


def test_a_server_that_goes_after_the_password_is_not_said_to_refuse_it():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        thread = threading.Thread(target=ask_and_hang_up, args=(server,))
        thread.start()
        assert (
            refusal(f"postgresql://anna:{PASSWORD}@127.0.0.1:{server.getsockname()[1]}/x?sslmode=disable&gssencmode=disable")
            == "store_unreachable"
        )
        thread.join()


def ways(server: Address, place: str) -> dict[str, str]:
    """Addresses of the same place."""
    tail = place.rpartition("/")[2]
    name, _, options = tail.partition("?")
    with server.asked() as owner:
        (folder,) = owner.execute("SHOW unix_socket_directories").fetchone() or ("",)
    return {
        "IPv6": place.replace("127.0.0.1", "[::1]"),
        "a socket": f"postgresql:///{name}?host={folder}&port={server.port}&user=worker&password={PASSWORD}&{options}",
        "the short name": place.replace("postgresql://", "postgres://"),
        "no TLS": f"{place}&sslmode=disable",
        "several servers": place.replace("127.0.0.1", f"127.0.0.1:{unused_port()},127.0.0.1"),
    }


@pytest.mark.parametrize("kind", ["IPv6", "a socket", "the short name", "no TLS", "several servers"])
def test_an_address_is_passed_on_as_it_is(at, server, place, kind):
    fill(place, 1)
    ran = at.run("log", "list", "--db", ways(server, place)[kind], "--format", "ndjson")
    assert (ran.code, len(ran.events)) == (0, 1), ran.err


@pytest.mark.parametrize("kept", ["PGPASSWORD", "PGPASSFILE"])
def test_the_password_may_be_elsewhere(at, place, tmp_path, kept):
    fill(place, 1)
    (tmp_path / "pass").write_text(f"*:*:*:*:{PASSWORD}\n")
    (tmp_path / "pass").chmod(0o600)
    at.variables[kept] = {"PGPASSWORD": PASSWORD, "PGPASSFILE": str(tmp_path / "pass")}[kept]
    at.variables["CLIENTCOACH_DB"] = place.replace(f":{PASSWORD}", "")
    done = at.process("log", "list")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b"\n") == 1


def tells_no_password(ran: Ran) -> Ran:
    assert ran.code == 0
    assert PASSWORD not in ran.out + ran.err
    return ran


def test_the_settings_keep_the_address_and_hide_the_password(at, place):
    fill(place, 1)
    del at.variables["CLIENTCOACH_DB"]
    tells_no_password(at.run("config", "set", "db", place))
    for words in (("config", "show"), ("config", "show", "--json")):
        assert "postgresql://127.0.0.1" in tells_no_password(at.run(*words)).out
    assert len(tells_no_password(at.run("log", "list", "--format", "ndjson")).events) == 1
    at.variables["CLIENTCOACH_DB"] = place
    tells_no_password(at.run("config", "show"))
    tells_no_password(at.run("doctor"))


def test_without_psycopg_the_package_is_named(at, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "clientcoach.records.postgres")
    ran = at.run("promises", "--db", "postgresql://db.example/coach")
    assert (ran.code, ran.out, ran.err.count("\n")) == (6, "", 1)
    assert "clientcoach[team]" in ran.err


# What it survives


@pytest.fixture(scope="module")
def robust() -> Iterator[Server]:
    """A server that syncs what it acknowledges, to be killed."""
    own = Server("-c", "wal_writer_delay=10s", folder=memory())
    yield own
    own.remove()


class Saving(threading.Thread):
    """Saves and notes what was acknowledged, until the server no longer does; then notes what was told."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.heard, self.told = url, [], ""
        self.saved = threading.Semaphore(0)
        self.start()

    def run(self) -> None:
        try:
            with store(self.url) as kept:
                for number in itertools.count():
                    self.heard.append(save(kept, incident(number)))
                    self.saved.release()
        except StorageError as error:
            self.told = error.code
            self.saved.release()


def ended(server: Server, url: str, how: str, chance: random.Random) -> list[Saving]:
    """Two writers, when a server has ended in the middle of their work."""
    writers = [Saving(url) for _ in range(2)]
    for one in writers:
        for _ in range(chance.randint(1, 6)):
            assert one.saved.acquire(timeout=60)
    server.kill() if how == "kill" else server.stop(signal.SIGQUIT)
    for one in writers:
        one.join()
    return writers


def lost_in(robust: Server, url: str, rounds: int) -> tuple[int, int]:
    """How many incidents were acknowledged, and how many of them are not there after the server's ends."""
    chance, heard = random.Random(2026), set()
    store(url).__exit__(None, None, None)
    for number in range(rounds):
        writers = ended(robust, url, ("kill", "immediate")[number % 2], chance)
        robust.start()
        assert [one.told for one in writers] == ["store_unreachable"] * 2
        heard |= {name for one in writers for name in one.heard}
    sound(url)
    return len(heard), len(heard - saved(url))


def test_no_end_of_the_server_loses_or_tears_an_acknowledged_incident(robust):
    heard, lost = lost_in(robust, robust.url(robust.database("coach"), "worker"), KILLS)
    assert heard >= 2 * KILLS
    assert lost == 0


def test_the_same_ends_lose_what_a_server_acknowledges_too_early(robust, monkeypatch):
    monkeypatch.setattr(postgres, "ALWAYS", "SELECT set_config('lock_timeout', ?, false)")
    assert lost_in(robust, robust.url(robust.database("hasty"), "worker", synchronous_commit="off"), 4)[1] > 0


def test_a_server_that_acknowledges_too_early_is_not_believed(robust):
    """Its default would lose incidents that were told to be saved: ours are not left to it."""
    url = robust.url(robust.database("early"), "worker", synchronous_commit="off")
    with store(url) as kept:
        assert next(kept.engine.rows("SELECT current_setting('synchronous_commit')"))[0] == "on"
    remote = robust.url("early", "worker", synchronous_commit="remote_apply")
    with store(remote) as kept:
        assert next(kept.engine.rows("SELECT current_setting('synchronous_commit')"))[0] == "remote_apply"


def test_an_incident_waits_while_the_server_is_gone(robust, at):
    at.variables["CLIENTCOACH_DB"] = url = robust.url(robust.database("gone"), "worker")
    fill(url, 1)
    robust.stop(signal.SIGQUIT)
    ran = at.run("log", "add", "--cause", "delivery", "--did", "called back")
    robust.start()
    assert (ran.code, ran.out) == (6, "")
    assert "log add --drafts" in ran.err
    assert PASSWORD not in ran.err
    assert count(url) == 1
    for _ in range(2):
        assert at.run("log", "add", "--drafts").code == 0
    assert count(url) == 2
    sound(url)


def test_eight_writers_take_turns_whatever_isolation_is_usual(place):
    url = and_(place, default_transaction_isolation="serializable")
    processes = [writer(url, 25) for _ in range(8)]
    ends = [(process.communicate(timeout=120), process.returncode) for process in processes]
    assert [(errors, code) for (_, errors), code in ends] == [(b"", 0)] * 8
    heard = {line.decode() for (output, _), _ in ends for line in output.split()}
    assert len(heard) == 200
    assert saved(place) == heard
    sound(place)


def test_a_killed_writer_leaves_nothing_behind(place):
    heard: set[str] = set()
    for number in range(4):
        process = writer(place, 0)
        assert process.stdout
        heard |= {process.stdout.readline().decode().strip() for _ in range(number + 1)}
        process.kill()
        heard |= {line.decode().strip() for line in process.communicate()[0].splitlines()}
    assert heard - saved(place) == set()
    sound(place)


def end_the_connection(place: str, kept: Any) -> None:
    number = kept.engine.connection.info.backend_pid
    with tampering(place) as owner:
        owner.execute("SELECT pg_terminate_backend(%s, 5000)", (number,))


def test_a_connection_that_is_lost_is_told(place):
    with store(place) as kept:
        save(kept, incident(1))
        end_the_connection(place, kept)
        assert save_refused(kept) == "store_unreachable"
        with pytest.raises(StorageError) as error:
            list(incidents.listed(kept.engine, {}))
        assert error.value.code == "store_unreachable"
    assert count(place) == 1


LOST = """
import sys
from tests.records.stores import AT, StorageError, incident, incidents, store
from tests.records.test_postgres import end_the_connection
with store(sys.argv[1]) as kept:
    kept.engine.begin()
    rows = ((end_the_connection(sys.argv[1], kept), "x")[1:] for _ in range(3))
    try:
        kept.engine.run_many("SELECT ?", rows)
    except StorageError as error:
        print(error.code)
"""


def test_a_lost_connection_is_told_once(place):
    done = subprocess.run([sys.executable, "-c", LOST, place], cwd=ROOT, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"store_unreachable\n", b"")


def test_a_connection_that_is_lost_in_the_middle_saves_nothing(place):
    with store(place) as kept:
        with pytest.raises(StorageError) as error:
            kept.change(lambda engine, at, actor: (incidents.insert(engine, incident(), at, actor), end_the_connection(place, kept)))
        assert error.value.code == "store_unreachable"
    assert count(place) == 0


def test_a_statement_that_takes_too_long_is_told_as_busy(place):
    with store(and_(place, statement_timeout="200")) as kept:
        with pytest.raises(StorageError) as error:
            kept.engine.run("SELECT pg_sleep(60)")
        assert error.value.code == "store_locked"
        save(kept, incident())
    assert count(place) == 1


def test_a_store_that_another_writes_is_read_and_told_as_busy(place, monkeypatch):
    monkeypatch.setattr(postgres, "WAIT", "100ms")
    fill(place, 2)
    with store(place) as other, store(place) as kept:
        other.engine.begin()
        assert save_refused(kept) == "store_locked"
        assert len(list(incidents.listed(kept.engine, {}))) == 2
        other.engine.rollback()
        save(kept, incident(3))
    assert count(place) == 3


def test_a_failure_that_was_passed_over_is_not_acknowledged(place):
    def careless(engine: Any, at: str, actor: str) -> None:
        incidents.insert(engine, incident(), at, actor)
        with pytest.raises(StorageError):
            engine.run("SELECT nothing FROM nowhere")

    with store(place) as kept:
        with pytest.raises(StorageError):
            kept.change(careless)
        save(kept, incident())
    assert count(place) == 1


@pytest.fixture
def small_disk(server: Address, tmp_path: Path) -> Iterator[str]:
    """The name of a tablespace of one megabyte; only root can make one."""
    with server.asked() as owner:
        (data,) = owner.execute("SHOW data_directory").fetchone() or ("",)
    folder = Path(data).parent / f"small-{os.getpid()}"
    folder.mkdir()
    mode = Path(data).stat()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size=1m,mode=700,uid={mode.st_uid},gid={mode.st_gid}", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if mount.returncode:
        pytest.skip(f"a small disk cannot be made here: {mount.stderr.decode().strip()}")
    try:
        with server.asked() as owner:
            owner.execute(f"CREATE TABLESPACE small OWNER worker LOCATION '{folder}'")
        yield "small"
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_keeps_what_was_acknowledged(place, small_disk):
    output, errors = writer(and_(place, default_tablespace=small_disk), 0).communicate(timeout=60)
    assert errors == b"store_full"
    heard = set(output.decode().split())
    assert len(heard) > 20
    assert saved(place) == heard
    sound(place)
    with psycopg.connect(place) as connection:  # the server's own last breath on a disk that goes away with the test
        connection.execute("DROP TABLE incident, measure, promise, audit, meta")


# Many


def test_few_rows_and_many_are_the_same(place, monkeypatch):
    monkeypatch.setattr(postgres, "FEW", 5)
    with store(place) as kept:
        for size in (0, 1, 4, 5, 6, 23):
            found = kept.engine.rows("SELECT n, ? FROM generate_series(1, ?) AS n ORDER BY n", ("x", size))
            assert list(found) == [(number, "x") for number in range(1, size + 1)]


def test_a_reader_in_the_middle_stops_nobody_and_sees_one_state(place, monkeypatch):
    monkeypatch.setattr(postgres, "FEW", 5)
    fill(place, 12)
    sql = "SELECT id FROM incident ORDER BY id"
    with store(place, write=False) as reads, store(place) as writes:
        first, second = reads.engine.rows(sql), reads.engine.rows(sql)
        found = [next(first), next(second)]
        save(writes, incident(99))
        writes.change(lambda engine, at, actor: engine.run("DELETE FROM promise"))
        assert (len([*first]), len([*second])) == (11, 11)
        assert found[0] == found[1]
        assert reads.engine.connection.execute("SELECT count(*) FROM pg_cursors").fetchone() == (0,), "cursors are closed"
    assert count(place) == 13


def test_what_is_read_together_is_of_one_state(place):
    fill(place, 2)

    def look_twice(engine: Any) -> list[int]:
        found = [len(list(incidents.listed(engine, {})))]
        fill(place, 1)
        return [*found, len(list(incidents.listed(engine, {})))]

    with store(place, write=False) as kept:
        assert kept.read(look_twice) == [2, 2]
    assert count(place) == 3


READ_ALL = """
import resource, sys
from tests.records.stores import store
with store(sys.argv[1], write=False) as kept:
    list(kept.engine.rows("SELECT 1"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(len(text) > 0 for text, _ in kept.engine.rows("SELECT repeat('x', 1000), n FROM generate_series(1, 100000) AS n"))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_hundred_thousand_rows_are_never_in_memory(place):
    done = subprocess.run([sys.executable, "-c", READ_ALL, place], cwd=ROOT, capture_output=True, check=True)
    rows, grown = map(int, done.stdout.split())
    assert rows == 100_000
    assert grown < 30_000, "kilobytes; the rows have a hundred thousand"


def both(at: Place, *words: tuple[str, ...]) -> list[dict[str, Any]]:
    """What two commands answered that ran at the same time."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": at.cwd, "env": at.environment()}
    processes = [subprocess.Popen([sys.executable, "-m", "clientcoach", *argv, "--json"], **pipes) for argv in words]
    ends = [(*process.communicate(timeout=60), process.returncode) for process in processes]
    assert [(errors, code) for _, errors, code in ends] == [(b"", 0)] * len(words)
    return [json.loads(output) for output, _, _ in ends]


def test_two_who_import_the_same_file_double_nothing(at, place):
    ids = [f"019ae2f4-5c1e-7d33-9a51-{number:012x}" for number in range(1200)]
    lines = [{"id": name, "closed_at": AT, "cause": "billing", "reference": "K-1"} for name in ids]
    (at.cwd / "file.ndjson").write_bytes(ndjson(lines))
    told = both(at, *[("log", "import", "file.ndjson")] * 2)
    assert [sum(one[name] for one in told) for name in ("imported", "skipped")] == [1200, 1200]
    assert saved(place) == set(ids)
    sound(place)


def test_two_who_copy_their_stores_double_nothing(at, place):
    one, other = (at.cwd / name for name in ("one.db", "other.db"))
    common = fill(one, 60)
    shutil.copy(one, other)
    more = fill(other, 30)
    told = both(at, *[("log", "copy", "--db", str(path), "--to", place) for path in (one, other)])
    assert sum(one["copied"] for one in told) == 90
    assert sum(one["there_already"] for one in told) == 60
    assert saved(place) == {one["id"] for one in common + more}
    sound(place)
