"""Fixtures: a place to run in (`at`), with a cache that is warm after the first run; a place for a store (`place`).

A module whose tests are to run on both engines overrides the fixture `engine` with the parameters ENGINES.
"""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.records import postgres
from tests.support import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

settings.register_profile(
    "suite",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for the whole session of a worker process."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Address]:
    """The PostgreSQL server that all worker processes of a run share."""
    base = tmp_path_factory.getbasetemp()
    yield from postgres.shared(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def databases(server: postgres.Address) -> Iterator[str]:
    """URLs of empty databases: schemas of one that is this worker process's own."""
    name = server.database(f"of_{os.getpid()}")
    return (_schema(server, name, f"s{number}") for number in itertools.count())


def _schema(server: postgres.Address, database: str, name: str) -> str:
    with server.asked(database) as connection:
        connection.execute(f"CREATE SCHEMA {name} AUTHORIZATION worker")
    return server.url(database, "worker", search_path=name)


@pytest.fixture
def engine() -> str:
    """Which database the tests of a module run on."""
    return "sqlite"


@pytest.fixture
def place(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Where a store can be made: the path of a file that is not there, or the URL of an empty database."""
    return next(request.getfixturevalue("databases")) if engine == "postgresql" else str(tmp_path / "data" / "records.db")


@pytest.fixture
def at(tmp_path: Path, warm_cache: Path, engine: str, request: pytest.FixtureRequest) -> Place:
    """An empty home with an empty working directory, where the store is the default one or an empty database."""
    place = Place(tmp_path, warm_cache)
    place.cwd.mkdir()
    if engine == "postgresql":
        place.variables["CLIENTCOACH_DB"] = request.getfixturevalue("place")
    return place
