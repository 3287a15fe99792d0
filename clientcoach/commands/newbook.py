"""`playbook new NAME`: a playbook to begin with, in the team's own pack; whole or not at all, and never over another."""

from __future__ import annotations

import os
import re
import shutil
import tempfile

from clientcoach.commands import Result
from clientcoach.commands.books import langs_of, pack_at, with_pack
from clientcoach.commands.session import DEFAULT_LANG, Session
from clientcoach.content import library
from clientcoach.content.pack import TAKEN
from clientcoach.errors import StorageError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

SKELETON = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "share", "skeleton")
SOURCE = re.compile(r"^source:[ \t]*(\w+)", re.MULTILINE)


def run_new(values: Mapping[str, Any], env: Env) -> Result:
    """A commented skeleton, or the files of another playbook (`--like`), in every language or some. It lints clean as it is."""
    session = Session(values, env)
    name = _free_name(session, values["name"], values.get("like"))
    model = library.find(session.places, values["like"]) if values.get("like") else SKELETON
    there = library.languages(model)
    langs = langs_of(values, there)
    missing = [lang for lang in langs if lang not in there]
    if missing:
        raise UsageError("unknown_language", value=missing[0], playbook=os.path.basename(model), choices=there)
    pack = pack_at(session, values.get("into"))
    folder = os.path.join(pack, name)
    make(folder, {file: _text(model, file, name, langs) for file in (library.PLAYBOOK_FILE, *(f"{lang}.yaml" for lang in langs))})
    use = {} if pack in session.places["packs"] else {"packs": with_pack(session, pack)}
    data = {"schema": "clientcoach/new@1", "playbook": name, "folder": folder, "langs": langs, **use}
    return Result("new", data, strings=session.told_in(session.ui()))


def _free_name(session: Session, name: str, like: str | None) -> str:
    """A name that can be one and hides no other playbook, unless its own words are the model. Raises UsageError."""
    if not library.is_name(name) or name in TAKEN:
        raise UsageError("bad_name", value=name[:64], choices="a-z 0-9 _ -")
    if name in library.names(session.places) and name != like:
        raise UsageError("name_in_use", value=name, folder=library.find(session.places, name))
    return name


def _text(model: str, file: str, name: str, langs: list[str]) -> str:
    """A file of the model, under the new name, its source language among those that are written. Raises ContentError."""
    from clientcoach.content.strict_yaml import load

    text = "\n".join(load(os.path.join(model, file))[0].lines)
    if model == SKELETON:
        text = text.replace("# NAME", f"# {name}", 1)
    return _with_source(text, langs) if file == library.PLAYBOOK_FILE else text


def _with_source(text: str, langs: list[str]) -> str:
    found = SOURCE.search(text)
    if (found[1] if found else DEFAULT_LANG) in langs:
        return text
    return text[: found.start(1)] + langs[0] + text[found.end(1) :] if found else f"{text.rstrip()}\nsource: {langs[0]}\n"


def make(folder: str, files: Mapping[str, str]) -> None:
    """Written beside and then renamed, so that nobody ever reads half a playbook. Raises UsageError, StorageError."""
    if os.path.lexists(folder):
        raise UsageError("already_there", file=folder)
    pack, temporary = os.path.dirname(folder), ""
    try:
        os.makedirs(pack, exist_ok=True)
        temporary = tempfile.mkdtemp(prefix=f".{os.path.basename(folder)}.", dir=pack)
        for file, text in files.items():
            with open(os.path.join(temporary, file), "w", encoding="utf-8", newline="\n") as out:
                out.write(text)
        os.chmod(temporary, os.stat(pack).st_mode & 0o777)
        os.rename(temporary, folder)
        temporary = ""
    except OSError as error:
        raise StorageError("cannot_save", file=folder, reason=os.strerror(error.errno or 0)) from error
    finally:
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)
