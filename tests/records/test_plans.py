"""What a worker waits for costs what it answers, not what the store holds: counted in the steps of SQLite's machine, few records or many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.records import incidents, promises, summary
from tests.records.stores import AT, incident, promise, save, store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from clientcoach.records.sqlite import SQLite

FEW, MANY = 20, 600
LONG_AGO = "2024-02-01T10:00:00Z"
PERIOD = ("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")
NAME = "019ae2f4-0000-7000-8000-00000000000"


def recent(number: int) -> dict[str, Any]:
    """An incident of this month with its promise, still open."""
    made = incident(number, id=f"{NAME}{number:x}" if number < 16 else f"{NAME[:-1]}1{number - 16:x}", closed_at=AT, softened=60)
    return {**made, "promises": [{**one, "id": made["id"], "incident": made["id"]} for one in made["promises"]]}


def old(number: int) -> dict[str, Any]:
    """One of somebody else, long over."""
    made = incident(number, closed_at=LONG_AGO, reference=f"X-{number}")
    kept = promise(number, incident=made["id"], reference=f"X-{number}", made_at=LONG_AGO, due_at=LONG_AGO, done_at=LONG_AGO)
    return {**made, "promises": [kept]}


def done(engine: Any) -> list[Any]:
    """A promise kept, as `promises done` does it."""
    found = promises.begin_so(engine, f"{NAME}3")
    promises.change(engine, {**found[0], "done_at": AT}, AT, "tester", "done")
    return found


QUERIES: dict[str, Callable[[Any], Any]] = {
    "due": lambda engine: promises.still_open(engine, before="2026-12-10T00:00:00Z"),
    "open": promises.still_open,
    "open of a customer": lambda engine: promises.still_open(engine, reference="R-1"),
    "all of a customer": lambda engine: promises.every(engine, reference="R-1"),
    "warned": lambda engine: [incidents.warned(engine, ["R-1", "R-2"])],
    "promise": lambda engine: promises.begin_so(engine, f"{NAME}3"),
    "incident": lambda engine: incidents.find(engine, f"{NAME}3"),
    "newest": lambda engine: incidents.listed(engine, {}, limit=5),
    "the newest": lambda engine: incidents.listed(engine, {}, limit=1),
    "of a customer": lambda engine: incidents.listed(engine, {"reference": "R-1"}, limit=5),
    "since": lambda engine: incidents.listed(engine, {"since": PERIOD[0], "cause": "delivery"}, limit=5),
    "saved": lambda engine: [incidents.insert_new(engine, recent(FEW), AT, "tester", "create")],
    "done": done,
    "counted": lambda engine: summary.counted(engine, PERIOD, {}),
    "counted of a cause": lambda engine: summary.counted(engine, PERIOD, {"cause": "delivery"}),
    "softened": lambda engine: summary.softened(engine, PERIOD, {}),
    "measured": lambda engine: summary.measured(engine, PERIOD, {}),
    "promised": lambda engine: summary.promised(engine, PERIOD, {}, AT).values(),
    "promised of a cause": lambda engine: summary.promised(engine, PERIOD, {"cause": "delivery"}, AT).values(),
    "examples": lambda engine: summary.examples(engine, PERIOD, {"cause": "delivery"}),
}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store with the few, and one with the many beside them."""
    folder = tmp_path_factory.mktemp("plans")
    for name, count in (("few", 0), ("many", MANY)):
        with store(folder / name) as kept:
            for number in range(count):
                save(kept, old(number))
            for number in range(FEW):
                save(kept, recent(number))
    return folder / "few", folder / "many"


def steps(engine: SQLite, query: Callable[[Any], Iterable[Any]]) -> tuple[int, int]:
    """How many rows the query gave, and how many steps it took."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    engine.connection.set_progress_handler(step, 1)
    try:
        return len(list(query(engine))), count
    finally:
        engine.connection.set_progress_handler(None, 1)


def taken(places: tuple[Path, Path], query: Callable[[Any], Any], analyse: bool = False) -> list[tuple[int, int]]:
    found = []
    for place in places:
        with store(place) as kept:
            kept.engine.begin()
            if analyse:
                kept.engine.run("ANALYZE")
            found.append(steps(kept.engine, query))  # type: ignore[arg-type]
            kept.engine.rollback()
    return found


@pytest.mark.parametrize("analyse", [False, True], ids=["", "with the planner's figures"])
@pytest.mark.parametrize("name", QUERIES)
def test_a_query_takes_no_more_steps_among_many(places: tuple[Path, Path], name: str, analyse: bool) -> None:
    few, many = taken(places, QUERIES[name], analyse)
    assert few[0] == many[0] > 0
    assert many[1] <= few[1] * 1.2, (few, many)


def test_a_query_that_reads_everything_takes_more(places: tuple[Path, Path]) -> None:
    few, many = taken(places, lambda engine: engine.rows("SELECT count(*) FROM promise WHERE owner <> ''"))
    assert few[0] == many[0] == 1
    assert many[1] > few[1] * 10


def test_a_page_of_incidents_takes_two_queries(places: tuple[Path, Path]) -> None:
    with store(places[1], write=False) as kept:
        told: list[str] = []
        kept.engine.connection.set_trace_callback(told.append)  # type: ignore[attr-defined]
        found = list(incidents.listed(kept.engine, {}, limit=MANY))
    assert len(found) == MANY
    assert len(told) == 2 * (1 + MANY // incidents.PAGE)
