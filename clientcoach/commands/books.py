"""Playbooks as those who write them see them: which are meant, in which languages, where a team keeps its own."""

from __future__ import annotations

import os

from clientcoach.case.fields import LANGS
from clientcoach.case.read import read_field
from clientcoach.content import library
from clientcoach.content.review import Book
from clientcoach.errors import UsageError
from clientcoach.settings import PROJECT_FILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from clientcoach.commands.session import Session

OWN_PACK = "playbooks"  # where nothing is set


def langs_of(values: Mapping[str, Any], usual: Sequence[str] = LANGS) -> list[str]:
    """The languages that were named, each once. Raises UsageError."""
    return list(dict.fromkeys(read_field("lang", raw) for raw in values.get("langs", ()))) or list(usual)


def read_books(session: Session, names: Sequence[str], langs: Sequence[str]) -> list[Book]:
    """The playbooks that were named, else all. Raises UsageError, ContentError."""
    names = list(dict.fromkeys(names)) or library.names(session.places)
    return [Book(name, library.find(session.places, name), library.reviews(session.places, name), langs) for name in names]


def own_packs(session: Session) -> list[str]:
    """The packs that the project has named, then those of the worker; a single playbook's own folder is none to put others into."""
    named = [pack for given in reversed(session.settings.packs) for pack in session.settings.pack_paths(given)]
    return [pack for pack in named if not os.path.isfile(os.path.join(pack, library.PLAYBOOK_FILE))]


def is_own(session: Session, folder: str) -> bool:
    """Whether a playbook is in a pack of the team's own, and not only in ours."""
    return any(folder == pack or os.path.dirname(folder) == pack for pack in session.settings.paths("packs"))


def own_pack(session: Session) -> str:
    """Where a new playbook goes: the nearest pack, else ./playbooks. Raises UsageError where there is no working directory."""
    packs = own_packs(session)
    if packs:
        return packs[0]
    if session.env.cwd is None:
        raise UsageError("no_folder")
    return os.path.join(session.env.cwd, OWN_PACK)


def pack_at(session: Session, into: str | None) -> str:
    """The folder that was named (`--into`), else where a new one goes by itself. Raises UsageError."""
    return os.path.normpath(os.path.join(session.env.cwd or "/", os.path.expanduser(into))) if into else own_pack(session)


def with_pack(session: Session, pack: str) -> str:
    """What the project's setting `packs` has to be for a pack to be used first; the folder is named as shortly as can be."""
    raw, origin = session.settings.packs[-1] if session.settings.packs else ([], "")
    known = raw if isinstance(raw, list) else raw.split(os.pathsep)
    cwd = session.env.cwd
    inside = cwd is not None and pack.startswith(cwd + os.sep)
    return os.pathsep.join([os.path.relpath(pack, cwd) if inside else pack, *(known if os.path.basename(origin) == PROJECT_FILE else ())])
