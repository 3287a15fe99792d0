"""Incidents that are not in the store yet: one masked incident@1 a file, in the session's private folder, gone with the session."""

from __future__ import annotations

import os

from clientcoach import quickjson
from clientcoach.errors import StorageError
from clientcoach.records.ids import is_id
from clientcoach.records.private import forget, is_ours, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Incident = dict[str, Any]

START, END = "incident-", ".json"
MAX_SIZE = 1 << 20  # bytes; a draft is a page


def keep(folder: str | None, incident: Mapping[str, Any]) -> str | None:
    """The path of the draft (mode 0600), whole and on the disk; None where nothing could be written."""
    if folder is None or not is_ours(folder):
        return None
    from clientcoach.outfile import write

    path = _path(folder, incident["id"])
    try:
        write(path, [quickjson.dumps(incident), "\n"])
    except StorageError:
        return None
    return path


def waiting(folder: str | None) -> list[Incident]:
    """The drafts, the oldest first, as they were found: whoever saves them reads them with `reading.incident_from`.

    What is not an incident of its own name is passed over.
    """
    return [found for path in named(folder, START, END) if (found := _read(path)) is not None]


def drop(folder: str | None, name: str) -> None:
    """The draft of an incident is gone, where there was one."""
    if folder is not None and is_id(name) and os.path.isdir(folder):
        forget(_path(folder, name))


def _path(folder: str, name: str) -> str:
    return os.path.join(folder, f"{START}{name}{END}")


def _read(path: str) -> Incident | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    try:
        found = quickjson.loads(os.read(descriptor, MAX_SIZE).decode())
    except (OSError, ValueError, RecursionError):
        return None
    finally:
        os.close(descriptor)
    name = os.path.basename(path)[len(START) : -len(END)]
    return found if isinstance(found, dict) and found.get("id") == name and is_id(name) else None
