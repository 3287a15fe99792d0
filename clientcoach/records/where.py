"""Where a store's file is: who else may get at it, how much room is left, whether the drive is one that SQLite cannot trust."""

from __future__ import annotations

import os
import stat

NETWORK = (
    "9p", "afs", "ceph", "cifs", "davfs", "drvfs", "fuse.davfs", "fuse.rclone", "fuse.sshfs", "glusterfs", "lustre", "nfs", "nfs4",
    "prl_fs", "smb3", "smbfs", "vboxsf", "vmhgfs",
)  # fmt: skip
SYNCED = (  # how the folders begin that other programs copy from computer to computer
    "dropbox", "onedrive", "icloud drive", "iclouddrive", "mobile documents", "com~apple~clouddocs", "google drive", "googledrive",
    "nextcloud", "owncloud", "pcloud", "megasync", "yandex.disk", "яндекс.диск", "syncthing", "box sync",
)  # fmt: skip
MOUNTS = "/proc/mounts"


def drive(path: str) -> str:
    """The kind of file system that a file is on; "" where the system does not say. `psutil` would be a large package for these lines."""
    try:
        with open(MOUNTS, encoding="utf-8", errors="surrogateescape") as file:
            mounts = [line.split(" ") for line in file]
    except OSError:
        return ""
    real = os.path.realpath(path)
    found = [(len(at), kind) for _, written, kind, *_ in mounts if _within(real, at := _plain(written))]
    return max(found, key=lambda one: one[0], default=(0, ""))[1]


def _plain(written: str) -> str:
    """A mount's path as it is: spaces, tabs, line ends and backslashes are written as octal numbers."""
    for mark, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        written = written.replace(mark, char)
    return written


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def is_network(kind: str) -> bool:
    """Whether another computer may write there, too, with locks that nobody can be sure of."""
    return kind in NETWORK


def synced(path: str) -> str | None:
    """The folder above a file that a program copies to other computers, by its name; None where there is none."""
    for name in os.path.realpath(path).split(os.sep)[:-1]:
        if name.casefold().startswith(SYNCED):
            return name
    return None


def mode(path: str) -> int:
    """The permissions of a file or folder."""
    return stat.S_IMODE(os.stat(path).st_mode)


def free(path: str) -> int:
    """The bytes that are free beside a file."""
    import shutil

    return shutil.disk_usage(os.path.dirname(os.path.realpath(path))).free


def copies(path: str) -> list[str]:
    """The files beside a store that are copies of it by their name, the newest first."""
    folder, name = os.path.split(os.path.realpath(path))
    found = [os.path.join(folder, one) for one in os.listdir(folder) if one.startswith(f"{name}.") and one != name]
    return sorted(filter(os.path.isfile, found), key=os.path.getmtime, reverse=True)
