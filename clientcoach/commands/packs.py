"""`playbook install`, `update`, `remove`: packs from others. All of it is checked first; an update shows its words before it is taken."""

from __future__ import annotations

import contextlib
import os
import shutil

from clientcoach.commands import Result
from clientcoach.commands.installed import Installed
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.content.pack import WORDS, Pack
from clientcoach.errors import ContentError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.content.source import Node
    from clientcoach.env import Env


def run_install(values: Mapping[str, Any], env: Env) -> Result:
    """Puts a pack where its playbooks are found; nothing at all where anything is wrong with it."""
    session, shelf = Session(values, env), Installed(env)
    pack = Pack(_path(session, values["source"]))
    if pack.name in shelf.locked():
        raise UsageError("pack_installed", value=pack.name, version=shelf.entry(pack.name).get("version", "?"))
    _no_twins(session, pack, shelf)
    shelf.put(shelf.stage(pack), pack, session.day)
    return _told("installed", session, shelf, pack)


def run_update(values: Mapping[str, Any], env: Env) -> Result:
    """What another version would change, word by word; with `--yes` it takes the old one's place."""
    session, shelf = Session(values, env), Installed(env)
    name = values["name"]
    entry = shelf.entry(name)
    pack = Pack(_path(session, values.get("source") or str(entry.get("source", ""))))
    if pack.name != name:
        raise UsageError("other_pack", value=pack.name, name=name, file=pack.path)
    _no_twins(session, pack, shelf)
    staged = shelf.stage(pack)
    try:
        changes = _changes(_words(shelf.place(name)), _words(staged))
        changed = shelf.changed(name)
        if values.get("yes"):
            shelf.put(staged, pack, session.day)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    data = {
        "schema": "clientcoach/pack_update@1",
        "name": name,
        "before": entry.get("version"),
        "after": pack.version,
        "changed_here": changed,
        "changes": changes,
        "done": bool(values.get("yes")),
    }
    return Result("pack_update", data, strings=session.told_in(session.ui()))


def run_remove(values: Mapping[str, Any], env: Env) -> Result:
    """Takes an installed pack away; one that was changed since only with `--yes`."""
    session, shelf = Session(values, env), Installed(env)
    name = values["name"]
    entry = shelf.entry(name)
    if os.path.isdir(shelf.place(name)) and shelf.changed(name) and not values.get("yes"):
        raise UsageError("pack_changed", value=name, folder=shelf.place(name))
    shelf.write({other: one for other, one in shelf.locked().items() if other != name})
    shutil.rmtree(shelf.place(name), ignore_errors=True)
    data = {
        "schema": "clientcoach/pack@1",
        "name": name,
        "version": entry.get("version"),
        "folder": shelf.place(name),
        "playbooks": entry.get("playbooks", []),
    }
    return Result("removed", data, strings=session.told_in(session.ui()))


def _path(session: Session, typed: str) -> str:
    return os.path.normpath(os.path.join(session.env.cwd or "/", os.path.expanduser(typed)))


def _told(kind: str, session: Session, shelf: Installed, pack: Pack) -> Result:
    data = {
        "schema": "clientcoach/pack@1",
        "name": pack.name,
        "version": pack.version,
        "folder": shelf.place(pack.name),
        "playbooks": pack.playbooks,
    }
    return Result(kind, data, strings=session.told_in(session.ui()))


def _no_twins(session: Session, pack: Pack, shelf: Installed) -> None:
    """Of two playbooks with one name the nearer would hide the other. Raises UsageError with both places."""
    for name in pack.playbooks:
        if name in library.names(session.places):
            there = library.find(session.places, name)
            if os.path.dirname(there) != shelf.place(pack.name):
                raise UsageError("duplicate_playbook", value=name, names=[there, f"{pack.path}: {name}"])


def _words(folder: str) -> dict[tuple[str, str], str]:
    """Every text of the playbooks in a folder: (file, path of keys) → text. A file that cannot be read has none."""
    from clientcoach.content.strict_yaml import load

    found = {}
    for place, _, files in os.walk(folder):
        for whole in (os.path.join(place, file) for file in files if file in WORDS):
            told = os.path.relpath(whole, folder).replace(os.sep, "/")
            with contextlib.suppress(ContentError):
                found.update({(told, key): text for key, text in _texts(load(whole)[1], "")})
    return found


def _texts(node: Node, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(node.value, dict):
        for name, inner in node.value.items():
            yield from _texts(inner, f"{key}.{name}" if key else name)
    elif isinstance(node.value, list):
        for number, inner in enumerate(node.value, 1):
            yield from _texts(inner, f"{key}.{number}")
    else:
        yield key, node.value


def _changes(before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]) -> list[dict[str, Any]]:
    keys = [*after, *(key for key in before if key not in after)]
    return [
        {"file": key[0], "key": key[1], "before": before.get(key), "after": after.get(key)}
        for key in sorted(keys, key=lambda key: key[0])
        if before.get(key) != after.get(key)
    ]
