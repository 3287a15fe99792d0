"""Where a store is: the drive under a path, the folders that other programs copy, what stands beside the file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from clientcoach.records import where

if TYPE_CHECKING:
    from pathlib import Path

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/anna/local xfs rw 0 0
//server/share /mnt/our\\040team cifs rw 0 0
anna@server:/ /mnt/far fuse.sshfs rw 0 0
C:\\134 /mnt/c 9p rw 0 0
"""


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mounts").write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr(where, "MOUNTS", str(tmp_path / "mounts"))


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/var/records.db", "ext4", False),
        ("/home/anna/records.db", "nfs4", True),
        ("/homes/anna/records.db", "ext4", False),
        ("/home/anna/local/records.db", "xfs", False),
        ("/mnt/our team/records.db", "cifs", True),
        ("/mnt/far/records.db", "fuse.sshfs", True),
        ("/mnt/c/Users/anna/records.db", "9p", True),
    ],
)
def test_the_drive_is_the_nearest_mount(path, kind, network):
    assert where.drive(path) == kind
    assert where.is_network(kind) == network


def test_a_system_that_does_not_tell_its_drives(tmp_path, monkeypatch):
    monkeypatch.setattr(where, "MOUNTS", str(tmp_path / "nowhere"))
    assert where.drive("/var/records.db") == ""


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("/home/anna/Dropbox/records.db", "Dropbox"),
        ("/home/anna/Dropbox (Our team)/a/records.db", "Dropbox (Our team)"),
        ("/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/records.db", "Mobile Documents"),
        ("/mnt/c/Users/anna/OneDrive - Firma/records.db", "OneDrive - Firma"),
        ("/home/anna/Яндекс.Диск/records.db", "Яндекс.Диск"),
        ("/home/anna/boxes/dropbox.db", None),
    ],
)
def test_a_folder_that_is_copied_to_other_computers(path, folder):
    assert where.synced(path) == folder


def test_a_link_is_judged_by_where_it_leads(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "records.db").symlink_to(tmp_path / "Dropbox" / "records.db")
    assert where.synced(str(tmp_path / "records.db")) == "Dropbox"


def test_copies_stand_beside_the_file_the_newest_first(tmp_path):
    for age, name in enumerate(["records.db.before-2", "records.db.bak", "records.db", "records.db-journal", "other.db.bak"]):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (age, age))
    (tmp_path / "records.db.folder").mkdir()
    assert [os.path.basename(path) for path in where.copies(str(tmp_path / "records.db"))] == ["records.db.bak", "records.db.before-2"]
