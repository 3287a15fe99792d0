"""A team's own copy of a playbook: made from the one in use, changed, linted, and only then put in its place."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from typing import TYPE_CHECKING

from clientcoach.content import library
from clientcoach.content.facts import LANGS
from clientcoach.content.lint import lint
from clientcoach.errors import ContentError, StorageError, UsageError
from clientcoach.exchange.writer import with_phrases, with_texts
from clientcoach.outfile import write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientcoach.errors import Problem
    from clientcoach.exchange.lines import Line

FILES = (*(f"{lang}.yaml" for lang in LANGS), library.PLAYBOOK_FILE)  # the last one makes the folder a playbook


class Overlay:
    """The files of a playbook as they will be. `folder`: where they go; `base`: where they come from, the same folder or another."""

    def __init__(self, base: str, folder: str) -> None:
        self.base, self.folder = base, folder
        self.files = {name: _read(path) for name in FILES if os.path.isfile(path := os.path.join(base, name))}
        self.before = dict(self.files) if base == folder else {}

    def change(self, new: Iterable[Line], changed: Iterable[Line]) -> None:
        """Takes the lines in; of a new phrase its conditions too. Raises ContentError where lint finds a mistake in what comes of it."""
        found = [*new, *changed]
        for lang in {line.lang for line in found}:
            name = f"{lang}.yaml"
            self.files[name] = with_texts(self.files[name], [line for line in found if line.lang == lang])
        phrases = {line.phrase: line.when for line in found if line.phrase not in self._known}
        if phrases := {name: when for name, when in phrases.items() if name}:
            self.files[library.PLAYBOOK_FILE] = with_phrases(self.files[library.PLAYBOOK_FILE], phrases)
        problems = [problem for problem in self._lint() if problem["level"] == "error"]
        if problems:
            raise ContentError(problems)

    @property
    def _known(self) -> set[str]:
        from clientcoach.content.structure import read_structure

        return set(read_structure(os.path.join(self.base, library.PLAYBOOK_FILE)).phrases)

    def _lint(self) -> list[Problem]:
        """As it would be in its place: under its own name, with the interruptions of its pack."""
        name, pack = os.path.split(self.folder)[1], os.path.dirname(self.folder)
        with tempfile.TemporaryDirectory() as parent:
            around = os.path.join(pack, "interruptions")
            if name != "interruptions" and os.path.isfile(os.path.join(around, library.PLAYBOOK_FILE)):
                shutil.copytree(around, os.path.join(parent, "interruptions"))
            folder = os.path.join(parent, name)
            os.mkdir(folder)
            for file, text in self.files.items():
                with open(os.path.join(folder, file), "w", encoding="utf-8", newline="") as out:
                    out.write(text)
            problems = lint(folder)
        for problem in problems:
            problem["file"] = problem["file"].replace(folder, self.folder, 1)
        return problems

    def save(self) -> list[str]:
        """Every file that differs, all or none of them. Raises StorageError, UsageError for a place that is clientcoach's own."""
        changed = {os.path.join(self.folder, name): name for name, text in self.files.items() if self.before.get(name) != text}
        for path in changed:
            own(path)
        made: list[str] = []
        try:
            for path, name in changed.items():
                write(path, [self.files[name]], shared=True)
                made.append(path)
        except StorageError:
            for path in made:
                self._restore(path, changed[path])
            with contextlib.suppress(OSError):  # of a folder that was not there nothing stays
                os.rmdir(self.folder)
            raise
        return list(changed)

    def _restore(self, path: str, name: str) -> None:
        if name in self.before:
            write(path, [self.before[name]], shared=True)
        else:
            os.unlink(path)


def own(path: str) -> None:
    """Raises UsageError for a place inside the playbooks that come with clientcoach, however it is named."""
    bundled = os.path.realpath(library.bundled())
    if os.path.commonpath([bundled, os.path.realpath(path)]) == bundled:
        raise UsageError("built_in", file=path)


def _read(path: str) -> str:
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()
