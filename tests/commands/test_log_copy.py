"""`log copy`: a laptop's store into the team's: nothing twice, nothing lost when it is killed, nothing overwritten, nothing brought back."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.commands import log_copy
from clientcoach.records import incidents, promises
from clientcoach.records.verify import verify
from tests.records.postgres import ENGINES
from tests.records.stores import fill, incident, promise, save, store
from tests.support import LANGS, ROOT, validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import Place, Ran

LATER, LATEST = "2026-12-01T09:00:00Z", "2026-12-02T09:00:00Z"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def copy(at: Place, place: str) -> Callable[..., Ran]:
    """`log copy` from a file to `place`."""

    def run(*more: str, code: int = 0) -> Ran:
        ran = at.run("log", "copy", "--db", "laptop.db", "--to", place, *(more or ("--json",)))
        assert ran.code == code, ran.err
        if not more:
            validate(ran.json)
        return ran

    return run


def everything(path: Any) -> list[Any]:
    with store(path, write=False) as found:
        assert list(verify(found.engine)) == []
        return [*incidents.listed(found.engine, {}), *promises.on_their_own(found.engine)]


def counts(ran: Ran) -> list[int]:
    return [ran.json[name] for name in ("copied", "there_already", "updated", "erased_there", "conflicts")]


def change(path: Any, do: Callable[..., Any]) -> None:
    with store(path) as kept:
        kept.change(do)


def keep(path: Any, one: dict[str, Any], **state: Any) -> None:
    change(path, lambda engine, when, actor: promises.change(engine, {**one, **state}, when, actor, "done"))


def test_all_of_it_once(at: Place, place: str, copy: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_copy, "BATCH", 3)
    laptop = at.cwd / "laptop.db"
    fill(laptop, 7)
    for number in range(4):
        change(laptop, lambda engine, when, actor, number=number: promises.add(engine, promise(number), when, actor))
    with store(place) as team:
        save(team, incident(99))
    assert counts(copy()) == [11, 0, 0, 0, 0]
    assert counts(copy()) == [0, 11, 0, 0, 0]
    assert [one for one in everything(place) if one["reference"] != "R-99"] == everything(laptop)
    assert len(everything(place)) == 12
    with store(place, write=False) as team:
        actions = dict(team.engine.rows("SELECT action, count(*) FROM audit GROUP BY action"))
        measures = next(team.engine.rows("SELECT count(*) FROM measure"))[0]
    assert actions == {"create": 1, "promise": 1, "copy": 18}
    assert measures == 8 * 4


KILLED = """
import os, signal, sys
from clientcoach.__main__ import main
from clientcoach.commands import log_copy
from clientcoach.records import incidents
insert, left = incidents.insert, int(sys.argv.pop(1))

def last(*words):
    global left
    insert(*words)
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

incidents.insert, log_copy.BATCH = last, 4
main()
"""


def test_killed_and_started_again(at: Place, place: str, copy: Callable[..., Ran]) -> None:
    """Killed in the middle of a batch, again and again: what is there is whole batches, and the next run brings the rest."""
    laptop = at.cwd / "laptop.db"
    made = fill(laptop, 30)
    done = 0
    for count, whole in ((1, 0), (6, 4), (4, 0), (11, 8), (15, 12)):
        words = [sys.executable, "-c", KILLED, str(count), "log", "copy", "--db", str(laptop), "--to", place]
        child = subprocess.run(words, cwd=ROOT, env=at.environment(), capture_output=True, check=False, timeout=60)
        assert child.returncode == -signal.SIGKILL, child.stderr
        there = everything(place)
        assert len(there) == (done := done + whole)
        assert all(one in made for one in there)
    assert counts(copy())[:2] == [30 - done, done]
    assert everything(place) == everything(laptop)


def test_what_differs_is_told_and_left(at: Place, place: str, copy: Callable[..., Ran]) -> None:
    laptop = at.cwd / "laptop.db"
    one, other, third = fill(laptop, 3)
    with store(place) as team:
        save(team, {**one, "worked": "something else"})
        save(team, {**other, "promises": [{**other["promises"][0], "what": "something else"}]})
        own = third["promises"][0]
        team.change(lambda engine, when, actor: promises.add(engine, {**own, "incident": None}, when, actor))
    before = everything(place)
    ran = copy(code=1)
    assert counts(ran) == [0, 0, 0, 0, 3]
    assert sorted(ran.json["ids"]) == sorted(made["id"] for made in (one, other, third))
    assert everything(place) == before
    told = copy("--ui", "en", code=1)
    assert told.err.count("other content") == 3


@pytest.mark.parametrize(
    ("here", "there", "wins"),
    [
        ({"done_at": LATER}, {}, {"done_at": LATER}),
        ({}, {"done_at": LATER}, {"done_at": LATER}),
        ({"snoozed": LATEST}, {"snoozed": LATER}, {"snoozed": LATEST}),
        ({"snoozed": LATER}, {"snoozed": LATEST}, {"snoozed": LATEST}),
        ({"done_at": LATEST}, {"done_at": LATER}, {"done_at": LATER}),
        ({"snoozed": LATER}, {"done_at": LATER}, {"done_at": LATER, "snoozed": LATER}),
    ],
)
def test_the_later_state_of_a_promise_wins(
    at: Place, place: str, copy: Callable[..., Ran], here: dict[str, Any], there: dict[str, Any], wins: dict[str, Any]
) -> None:
    laptop = at.cwd / "laptop.db"
    (made,) = fill(laptop, 1)
    alone = promise(5)
    change(laptop, lambda engine, when, actor: promises.add(engine, alone, when, actor))
    copy()
    for one in (made["promises"][0], alone):
        for path, state in ((laptop, here), (place, there)):
            if state:
                keep(path, one, **state)
    updated = 0 if wins == there else 2
    assert counts(copy()) == [0, 2 - updated, updated, 0, 0]
    state = {"done_at": None, "snoozed": None, **wins}
    for one in everything(place):
        owed = one["promises"][0] if "promises" in one else one
        assert {name: owed[name] for name in state} == state
    assert counts(copy()) == [0, 2, 0, 0, 0]


def test_what_was_erased_there_stays_erased(at: Place, place: str, copy: Callable[..., Ran]) -> None:
    laptop = at.cwd / "laptop.db"
    fill(laptop, 3)
    change(laptop, lambda engine, when, actor: promises.add(engine, promise(1, reference="R-1"), when, actor))
    copy()
    assert at.run("log", "forget", "--reference", "R-1", "--yes", "--db", place).code == 0
    assert counts(copy()) == [0, 2, 0, 2, 0]
    assert "R-1" not in {one["reference"] for one in everything(place)}


@pytest.mark.parametrize("where", ["here", "there"])
def test_what_was_pruned_is_the_same_still(at: Place, place: str, copy: Callable[..., Ran], where: str) -> None:
    laptop = at.cwd / "laptop.db"
    with store(laptop) as kept:
        old = incident(1, closed_at="2026-01-01T10:00:00Z", promises=[])
        save(kept, old)
        kept.change(lambda engine, when, actor: promises.add(engine, promise(1, done_at="2026-01-01T10:00:00Z"), when, actor))
    copy()
    pruned = laptop if where == "here" else place
    assert at.run("log", "prune", "--yes", "--db", str(pruned), "--json").json["scrubbed"] == {"incidents": 1, "promises": 1}
    before = everything(place)
    assert counts(copy()) == [0, 2, 0, 0, 0]
    assert everything(place) == before


def test_the_same_store_is_refused(at: Place, place: str) -> None:
    (at.cwd / "link.db").symlink_to(at.cwd / "laptop.db")
    fill(at.cwd / "laptop.db", 1)
    fill(place, 1)
    for one, other in (("laptop.db", "./laptop.db"), ("link.db", "laptop.db"), (place, place)):
        ran = at.run("log", "copy", "--db", one, "--to", other)
        assert (ran.code, "--to" in ran.err) == (2, True)
        assert "opensesame" not in ran.err
    assert at.run("log", "copy", "--db", "laptop.db").code == 2
    assert len(everything(place)) == 1


def test_nothing_to_copy(at: Place, copy: Callable[..., Ran], engine: str) -> None:
    assert counts(copy()) == [0] * 5
    if engine == "sqlite":
        assert not (at.home / ".local").exists()


def test_a_target_that_cannot_be(at: Place) -> None:
    (at.cwd / "text.db").write_text("not a store\n" * 100, encoding="utf-8")
    fill(at.cwd / "laptop.db", 1)
    assert at.run("log", "copy", "--db", "laptop.db", "--to", "text.db").code == 6
    assert at.run("log", "copy", "--db", "text.db", "--to", "other.db").code == 6
    assert not (at.cwd / "other.db").exists()


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_tells_it(at: Place, copy: Callable[..., Ran], lang: str) -> None:
    fill(at.cwd / "laptop.db", 1)
    ran = copy("--ui", lang)
    assert "log." not in ran.out
    assert ": 1." in ran.out


@pytest.mark.parametrize("where", ["here", "there"])
def test_a_promise_that_was_erased_alone_stays_erased(at: Place, place: str, copy: Callable[..., Ran], where: str) -> None:
    """One customer's promise under another's incident."""
    laptop = at.cwd / "laptop.db"
    made = incident(1)
    made["promises"] = sorted((promise(one, incident=made["id"], reference=f"P-{one}") for one in (1, 2)), key=lambda one: one["id"])
    with store(laptop) as kept:
        save(kept, made)
    copy()
    erased = laptop if where == "here" else place
    assert at.run("log", "forget", "--reference", "P-1", "--yes", "--db", str(erased)).code == 0
    before = everything(place)
    assert counts(copy()) == [0, 1, 0, 0, 0]
    assert everything(place) == before
    assert len(before[0]["promises"]) == (2 if where == "here" else 1)
