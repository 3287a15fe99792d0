"""A file written whole or not at all: what stood there before stays until the new one is on the disk."""

from __future__ import annotations

import os
import tempfile

from clientcoach.errors import StorageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def write(path: str, lines: Iterable[str | bytes], *, settings: bool = False, shared: bool = False) -> None:
    """For its owner only; a link stays a link. `settings`: its folder is made where there is none, a file that was there keeps its mode.

    `shared`: as settings, but a new file is for everybody whom the umask lets: a team reads it.

    Raises StorageError where the file cannot be made; then nothing is left of it.
    """
    target = os.path.realpath(os.path.expanduser(path))
    if os.path.exists(target) and not os.path.isfile(target):
        raise StorageError("cannot_save", file=path, reason="not a regular file")
    folder, temporary = os.path.dirname(target), ""
    try:
        if settings or shared:
            os.makedirs(folder, mode=0o777 if shared else 0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{os.path.basename(target)[:64]}.")
        with os.fdopen(handle, "wb") as file:
            file.writelines(line.encode() if isinstance(line, str) else line for line in lines)
            file.flush()
            os.fsync(file.fileno())
        if (settings or shared) and os.path.exists(target):
            os.chmod(temporary, os.stat(target).st_mode & 0o7777)
        elif shared:
            os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
        temporary = ""
        settle(folder)
    except OSError as error:
        raise StorageError("cannot_save", file=path, reason=os.strerror(error.errno or 0)) from error
    finally:
        if temporary:
            os.unlink(temporary)


def _umask() -> int:
    """It can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def settle(folder: str) -> None:
    """The folder's entry on the disk, too, where folders can be synced."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
