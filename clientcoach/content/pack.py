"""A pack from others, as it would be installed: nothing but playbooks, their words whole in the languages it names."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from clientcoach import __version__
from clientcoach.content import library
from clientcoach.content.archive import gather
from clientcoach.content.facts import LANGS
from clientcoach.content.manifest import FILE, newer, read_manifest
from clientcoach.errors import ContentError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientcoach.content.source import Node, Source

WORDS = (library.PLAYBOOK_FILE, *(f"{lang}.yaml" for lang in LANGS))
TAKEN = ("ui", "rules", "signals", "acts")  # folders of a pack that are no playbooks
BESIDE = re.compile(r"(README|LICENSE|LICENCE|CHANGELOG)[A-Za-z0-9_.-]*")


class Pack:
    """Its files, its manifest, its playbooks. Raises UsageError, ContentError for what cannot be installed."""

    def __init__(self, path: str) -> None:
        self.path = path
        found = gather(path)
        source, root, self.manifest = read_manifest(os.path.join(path, FILE), found[FILE])
        self.name, self.version = self.manifest["name"], self.manifest["version"]
        if newer(self.manifest.get("requires", "0"), __version__):
            raise UsageError("pack_needs_newer", value=self.name, version=self.manifest["requires"], reason=__version__)
        # Signatures of strangers are left out: whose approval counts is the team's own affair.
        self.files = {name: data for name, data in found.items() if not name.endswith(f"/{library.REVIEW_FILE}")}
        self.playbooks = sorted({name.split("/")[0] for name in self.files if name.endswith(f"/{library.PLAYBOOK_FILE}")})
        self._check_files()
        self._check_languages(source, root)

    def _check_files(self) -> None:
        for name in self.files:
            if not self._belongs(name):
                raise UsageError("bad_archive", file=self.path, value=name[:80], expected="archive_unknown")
        if not self.playbooks:
            raise UsageError("bad_archive", file=self.path, value=FILE, expected="archive_empty")

    def _belongs(self, name: str) -> bool:
        folder, _, file = name.rpartition("/")
        if not folder:
            return name == FILE or bool(BESIDE.fullmatch(file))
        return folder in self.playbooks and library.is_name(folder) and folder not in TAKEN and file in WORDS

    def _check_languages(self, source: Source, root: Node) -> None:
        at = root.value["languages"] if isinstance(root.value, dict) else root
        for name in (f"{book}/{lang}.yaml" for book in self.playbooks for lang in self.manifest["languages"]):
            if name not in self.files:
                source.report("missing-language", f"{name} is missing, though the pack names its language", at)
        if source.broken:
            raise ContentError(source.problems)

    def locked(self, today: str) -> dict[str, Any]:
        """What the lock file keeps of it."""
        told = {"version": self.version, "sha256": digest(self.files), "source": self.path, "installed_on": today}
        return {**told, "languages": self.manifest["languages"], "playbooks": self.playbooks}


def digest(files: Mapping[str, bytes]) -> str:
    """The hash of all files, with their names."""
    told = sha256()
    for name, data in sorted(files.items()):
        told.update(f"{len(name)} {name} {len(data)} ".encode())
        told.update(data)
    return told.hexdigest()
