"""Fixtures: a place to run in (`at`), with a cache that is warm after the first run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.support import Place

if TYPE_CHECKING:
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


@pytest.fixture
def at(tmp_path: Path, warm_cache: Path) -> Place:
    """An empty home with an empty working directory."""
    place = Place(tmp_path, warm_cache)
    place.cwd.mkdir()
    return place
