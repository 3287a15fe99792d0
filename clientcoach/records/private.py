"""A folder for what must not outlive the session: journals of calls, incidents that wait to be saved. Ours alone, or not used at all."""

from __future__ import annotations

import os


def is_ours(folder: str | None) -> bool:
    """Whether the folder is ours alone, made where it was missing: in a shared temp folder somebody else may have put one there."""
    if folder is None:
        return False
    try:
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        if not os.path.lexists(folder):
            os.mkdir(folder, 0o700)
        found = os.lstat(folder)
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o077)
    return mine and os.path.isdir(folder) and not os.path.islink(folder)


def forget(path: str) -> None:
    """The file is gone, or was gone."""
    try:  # noqa: SIM105 - contextlib costs more than the error
        os.unlink(path)
    except OSError:
        pass


def named(folder: str | None, start: str, end: str) -> list[str]:
    """The paths of the files of a kind, in the order of their names; none where there is no folder that can be trusted."""
    if folder is None or not os.path.isdir(folder) or not is_ours(folder):
        return []
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.startswith(start) and name.endswith(end)]
