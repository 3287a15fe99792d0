"""`drill new NAME`: a customer to begin with, in the team's own pack; whole or not at all, and never over another."""

from __future__ import annotations

import os

from clientcoach.commands import Result
from clientcoach.commands.books import langs_of, pack_at, with_pack
from clientcoach.commands.newbook import make
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

SKELETON = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "share", "persona")
CARD = "persona.yaml"
TAKEN = frozenset(("lines",))  # the folder of what all customers share


def run_new(values: Mapping[str, Any], env: Env) -> Result:
    """A commented skeleton, or the files of another customer (`--like`), in every language or some. It lints clean as it is."""
    session = Session(values, env)
    name = _free_name(session, values["name"], values.get("like"))
    model = library.persona_folder(session.places, values["like"]) if values.get("like") else SKELETON
    there = library.languages(model)
    langs = langs_of(values, there)
    missing = [lang for lang in langs if lang not in there]
    if missing:
        raise UsageError("persona_language", value=missing[0], name=os.path.basename(model), choices=there)
    pack = pack_at(session, values.get("into"))
    folder = os.path.join(pack, "drills", name)
    make(folder, {file: _text(os.path.join(model, file), name, langs) for file in (CARD, *(f"{lang}.yaml" for lang in langs))})
    use = {} if pack in session.places["packs"] else {"packs": with_pack(session, pack)}
    data = {"schema": "clientcoach/new@1", "playbook": name, "folder": folder, "langs": langs, **use}
    return Result("drill_new", data, strings=session.told_in(session.ui()))


def _free_name(session: Session, name: str, like: str | None) -> str:
    """A name that can be one and hides no other customer, unless its own words are the model. Raises UsageError."""
    if not library.is_name(name) or name in TAKEN:
        raise UsageError("bad_persona_name", value=name[:64], choices="a-z 0-9 _ -")
    if name in library.personas(session.places) and name != like:
        raise UsageError("persona_in_use", value=name, folder=library.persona_folder(session.places, name))
    return name


def _text(path: str, name: str, langs: list[str]) -> str:
    """A file of the model, under the new name; it claims the languages that are written. Raises ContentError."""
    from clientcoach.content.strict_yaml import load

    source, root = load(path)
    lines = list(source.lines)
    if isinstance(root.value, dict) and "languages" in root.value:
        lines[root.keys["languages"][0] - 1] = f"languages: [{', '.join(langs)}]"
    text = "\n".join(lines)
    return text.replace("# NAME", f"# {name}", 1) if os.path.dirname(path) == SKELETON else text
