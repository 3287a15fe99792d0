"""The playbooks that an imported file is held against, and where what comes of it is written."""

from __future__ import annotations

import os

from clientcoach.case.fields import LANGS
from clientcoach.case.read import read_field
from clientcoach.commands.books import pack_at
from clientcoach.commands.session import DEFAULT_PLAYBOOK
from clientcoach.content import library
from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientcoach.commands.session import Session
    from clientcoach.content.structure import Structure
    from clientcoach.exchange.lines import Line, Path
    from clientcoach.exchange.plan import Change


class Shelf:
    """The playbooks that a file is held against: the team's own copy where there is one, else the one in use.

    Raises UsageError for a pack that is clientcoach's own.
    """

    def __init__(self, session: Session) -> None:
        from clientcoach.exchange.overlay import own

        self.session = session
        into = session.values.get("into")
        self.pack = pack_at(session, into)
        own(self.pack)
        self.alone = os.path.basename(self.pack) if os.path.isfile(os.path.join(self.pack, library.PLAYBOOK_FILE)) else None
        self.kept: dict[tuple[str, str], dict[Path, Line] | None] = {}
        self.books: dict[str, Structure] = {}
        self.taken: dict[str, int] = {}

    def target(self, name: str) -> str:
        """Where a playbook is written: in the pack, or the pack itself where that is the playbook."""
        return self.pack if self.alone == name else os.path.join(os.path.dirname(self.pack) if self.alone else self.pack, name)

    def folder(self, name: str) -> str:
        """Where it is read from. Raises UsageError."""
        target = self.target(name)
        own = library.is_name(name) and os.path.isfile(os.path.join(target, library.PLAYBOOK_FILE))
        return target if own else library.find(self.session.places, name)

    def texts(self, playbook: str, lang: str) -> dict[Path, Line] | None:
        """Every text of a playbook by its place; None where it is not there in the language. Raises ContentError."""
        if (playbook, lang) not in self.kept:
            self.kept[playbook, lang] = self._texts(playbook, lang)
        return self.kept[playbook, lang]

    def _texts(self, playbook: str, lang: str) -> dict[Path, Line] | None:
        from clientcoach.exchange.lines import lines

        try:
            folder = self.folder(playbook)
        except UsageError:
            return None
        if lang not in library.languages(folder):
            return None
        return {line.path: line for line in lines(folder, playbook, lang)}

    def parts(self, playbook: str) -> list[str]:
        """STEP.PART of the playbook."""
        return self._book(playbook).part_ids

    def _book(self, playbook: str) -> Structure:
        from clientcoach.content.structure import read_structure

        if playbook not in self.books:
            self.books[playbook] = read_structure(os.path.join(self.folder(playbook), library.PLAYBOOK_FILE))
        return self.books[playbook]

    def sources(self, playbook: str) -> Mapping[Path, Line]:
        """The texts of the language it is written from."""
        return self.texts(playbook, self._book(playbook).language) or {}

    def placed(self, line: Line) -> Line:
        """The line with what the file does not tell: its language, and with `--part` a place in the playbook that is meant."""
        values = self.session.values
        line = line._replace(text=line.text.strip())
        lang = line.lang if line.lang in LANGS else read_field("lang", values["lang"]) if values.get("lang") else ""
        if line.path or not values.get("part"):
            return line._replace(lang=lang)
        name = f"{values['part']}.{self._named(line)}"
        return line._replace(playbook=values.get("playbook", DEFAULT_PLAYBOOK), path=("phrases", name, "say"), lang=lang)

    def _named(self, line: Line) -> str:
        """A name for a phrase from what its tool calls it."""
        name = "".join(char if char in "abcdefghijklmnopqrstuvwxyz0123456789" else " " for char in line.name.lower())
        name = "_".join(name.split())[:48] or f"line_{line.row}"
        count = self.taken[f"{name}/{line.lang}"] = self.taken.get(f"{name}/{line.lang}", 0) + 1
        return name if count == 1 else f"{name}_{count}"

    def differs(self, change: Change) -> bool:
        """Whether the file tells other conditions of a phrase than it has; they are not taken over."""
        line = change.line
        now = (self.texts(line.playbook, line.lang) or {}).get(line.path)
        return bool(line.when and now and dict(line.when) != dict(now.when))

    @property
    def in_use(self) -> bool:
        """Whether what is written there is also read."""
        return self.pack in self.session.places["packs"]
