"""Pieces of a stream on a Dask cluster: a worker's death costs time, the scheduler's is an error. Only this module knows Dask."""

from __future__ import annotations

import logging
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Self

from clientcoach import __version__
from clientcoach.commands.jobs import AHEAD, Done, Piece, Task, work
from clientcoach.errors import StorageError, UsageError

if TYPE_CHECKING:
    from types import ModuleType

PORT = 8786
RETRIES = 3  # of a piece, on other workers
PATIENCE = 10  # seconds until a scheduler that does not answer is none
MOST_AHEAD = 64  # pieces on their way: what the memory here has to hold
LOOK = 1  # seconds after which we look whether the scheduler is still there


def safe_address(given: str, *, insecure: bool) -> str:
    """An address with its protocol and port. Raises UsageError where it is on another machine without TLS: Dask runs what it is sent."""
    protocol, _, place = given.rpartition("://")
    protocol = protocol or "tcp"
    host, _, port = place.rpartition(":")
    if protocol not in {"tcp", "tls"} or not host or not port.isdigit():
        raise UsageError("bad_scheduler", value=given[:80])
    if protocol == "tcp" and not insecure and not _is_here(host.strip("[]")):
        raise UsageError("insecure_scheduler", value=given[:80])
    return f"{protocol}://{place}"


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Cluster:
    """Workers of a Dask scheduler. Raises StorageError where there is none, or none any more."""

    def __init__(self, task: Task, address: str) -> None:
        self.task, self.address, self.dask = task, address, _dask()
        try:
            self.client = self.dask.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise StorageError("no_scheduler", value=address, reason=str(error)[:200]) from error
        self.ahead = min(MOST_AHEAD, max(AHEAD, AHEAD * len(self.client.nthreads())))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close(timeout=LOOK)

    def begin(self, piece: Piece) -> Any:
        """Sends a piece on its way."""
        self.ahead = min(MOST_AHEAD, max(AHEAD, AHEAD * len(self.client.scheduler_info().get("workers", ()))))  # some may have come
        return self.client.submit(remote, __version__, self.task, piece.lines, piece.first, pure=False, retries=RETRIES)

    def ready(self, begun: Any) -> bool:
        """Whether its answers are there."""
        return bool(begun.done())

    def end(self, piece: Piece, begun: Any) -> Done:
        """The answers to a piece; one that no worker survives is done here."""
        while True:
            try:
                return Done(*begun.result(timeout=LOOK))
            except TimeoutError:
                if self.client.status != "running":
                    raise StorageError("scheduler_lost", value=self.address) from None
            except self.dask.KilledWorker:
                return work(self.task, piece.lines, piece.first)
            except (OSError, self.dask.CancelledError) as error:
                raise StorageError("scheduler_lost", value=self.address) from error
            except Exception as error:
                raise StorageError("worker_failed", reason=f"{type(error).__name__}: {error}"[:200]) from error


def remote(version: str, task: Task, lines: bytes, first: int) -> tuple[Any, ...]:
    """What a worker does. Raises RuntimeError where it is not of the same version: its answers would not be the same."""
    if version != __version__:
        raise RuntimeError(f"clientcoach {__version__} there, {version} here")
    import os

    return tuple(work(task._replace(variables={**os.environ, **task.variables}), lines, first))


def _dask() -> ModuleType:
    try:
        import distributed
    except ImportError as error:
        raise UsageError("no_cluster_extra") from error
    for name in list(logging.root.manager.loggerDict):  # what goes wrong is told in one sentence of ours
        if name.startswith("distributed"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    return distributed
