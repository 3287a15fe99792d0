"""Where playbooks, policy and the interface's strings are, and the compiled shard of each. Hot.

`places` = {"packs": [absolute folders, nearest first, bundled last], "policy": absolute path or None, "cache": folder or None}.
A pack is a folder of playbooks, or a single playbook's own folder.
"""

from __future__ import annotations

import os

from clientcoach.case.fields import LANGS
from clientcoach.content.cache import cached
from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypedDict

    class Places(TypedDict):
        """Folders and files that content is taken from."""

        packs: list[str]
        policy: str | None
        cache: str | None


PLAYBOOK_FILE = "playbook.yaml"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")


def playbook(places: Places, name: str, lang: str) -> dict[str, Any]:
    """The playbook's shard in one language.

    Raises UsageError `unknown_playbook` (value, near) or `unknown_language` (value, playbook, choices);
    ContentError where it cannot be used.
    """
    folder = find(places, name)
    source = _language(folder, name, lang)

    def build() -> dict[str, Any]:
        from clientcoach.content.compile import compile_playbook

        return compile_playbook(folder, name, lang)

    return cached(places["cache"], f"{name}-{lang}", folder, [os.path.join(folder, PLAYBOOK_FILE), source], build)


def policy(places: Places, lang: str) -> dict[str, Any]:
    """The team's policy in one language; what it leaves out comes from the bundled one. Raises ContentError."""
    default = os.path.join(bundled(), "policy.yaml")
    own = places["policy"] or default
    _known_language(lang)

    def build() -> dict[str, Any]:
        from clientcoach.content.compile import compile_policy

        return compile_policy(own, default, lang)

    return cached(places["cache"], f"policy-{lang}", own, list(dict.fromkeys([own, default])), build)


def ui(places: Places, lang: str) -> dict[str, Any]:
    """The interface's strings in one language. Raises UsageError, ContentError."""
    source = os.path.join(bundled(), "ui", f"{_known_language(lang)}.yaml")

    def build() -> dict[str, Any]:
        from clientcoach.content.compile import compile_ui

        return compile_ui(source, lang)

    return cached(places["cache"], f"ui-{lang}", source, [source], build)


def rules(places: Places, lang: str) -> dict[str, Any]:
    """What a text in a language is checked for (`reading.faults`); of two rules with one id the nearest pack's.

    Raises UsageError, ContentError.
    """
    return _rules(places, lang, "rules", None)


def labels(places: Places, lang: str) -> dict[str, Any]:
    """The rule for words that judge a person, alone: a note that is saved must not wait for the others. Raises UsageError, ContentError."""
    return _rules(places, lang, "labels", ("label-word",))


def _rules(places: Places, lang: str, kind: str, only: tuple[str, ...] | None) -> dict[str, Any]:
    name = f"{_known_language(lang)}.yaml"
    sources = [os.path.join(pack, "rules", name) for pack in places["packs"]]

    def build() -> dict[str, Any]:
        from clientcoach.content.rules import compile_rules

        return compile_rules([source for source in reversed(sources) if os.path.isfile(source)], lang, only)

    return cached(places["cache"], f"{kind}-{lang}", sources[0], sources, build)


def signals(places: Places, lang: str) -> dict[str, Any]:
    """What triage looks for in one language. Raises UsageError, ContentError."""
    return _reading(places, "signals", _known_language(lang))


def acts(places: Places, lang: str) -> dict[str, Any]:
    """What check knows a worker's text by in one language. Raises UsageError, ContentError."""
    return _reading(places, "acts", _known_language(lang))


def model(places: Places) -> dict[str, Any]:
    """How signals become a mood, an anger and a suggestion. Raises ContentError."""
    return _reading(places, "signals", "model")


def languages_told(places: Places) -> dict[str, Any]:
    """What tells the languages apart: a small part of each language's signals. Raises ContentError."""
    paths = {lang: _nearest(places, "signals", lang) for lang in LANGS}

    def build() -> dict[str, Any]:
        from clientcoach.content.signals import compile_languages

        return {"tables": compile_languages(paths)}

    tables: dict[str, Any] = cached(places["cache"], "languages", paths[LANGS[0]], list(paths.values()), build)["tables"]
    return tables


def _reading(places: Places, folder: str, name: str) -> dict[str, Any]:
    path = _nearest(places, folder, name)

    def build() -> dict[str, Any]:
        from clientcoach.content.signals import compile_file

        return compile_file(path)

    return cached(places["cache"], f"{folder}-{name}", path, [path], build)


def _nearest(places: Places, folder: str, name: str) -> str:
    """A file of the nearest pack that has it: a team's own stands for the whole of ours."""
    paths = [os.path.join(pack, folder, f"{name}.yaml") for pack in places["packs"]]
    return next((path for path in paths if os.path.isfile(path)), paths[-1])


def names(places: Places) -> list[str]:
    """The names of all playbooks, sorted; cheap: nothing is read."""
    found: set[str] = set()
    for pack in places["packs"]:
        found.update(name for name in [os.path.basename(pack), *_listed(pack)] if is_name(name) and _folder(pack, name))
    return sorted(found)


def find(places: Places, name: str) -> str:
    """The folder of the nearest playbook of that name. Raises UsageError `unknown_playbook`."""
    if is_name(name):
        for pack in places["packs"]:
            folder = _folder(pack, name)
            if folder:
                return folder
    raise UsageError("unknown_playbook", value=name[:64], near=_near(name, names(places)))


def languages(folder: str) -> list[str]:
    """The languages that the playbook in a folder is written in."""
    return [lang for lang in LANGS if os.path.isfile(os.path.join(folder, f"{lang}.yaml"))]


def source_language(places: Places, name: str) -> str:
    """The language a playbook is written from; its first one where that file is missing. Raises UsageError, ContentError."""
    from clientcoach.content.structure import read_structure

    folder = find(places, name)
    source = read_structure(os.path.join(folder, PLAYBOOK_FILE)).language
    return next(lang for lang in (source, *LANGS) if os.path.isfile(os.path.join(folder, f"{lang}.yaml")))


def bundled() -> str:
    """The folder of the playbooks that come with clientcoach: in the package when installed, beside it in the repository."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "_playbooks")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "playbooks")


def is_name(name: str) -> bool:
    """Whether it can name a playbook: a-z 0-9 _ -, at most 64, beginning with a letter or digit. So it never leaves its pack."""
    return 0 < len(name) <= 64 and name[0] not in "_-" and _LETTERS.issuperset(name)


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _folder(pack: str, name: str) -> str | None:
    inside = os.path.join(pack, name)
    if os.path.isfile(os.path.join(inside, PLAYBOOK_FILE)):
        return inside
    alone = os.path.basename(pack) == name and os.path.isfile(os.path.join(pack, PLAYBOOK_FILE))
    return pack if alone else None


def _language(folder: str, name: str, lang: str) -> str:
    """The path of the language file. Raises UsageError where the playbook is not written in that language."""
    path = os.path.join(folder, f"{_known_language(lang)}.yaml")
    if not os.path.isfile(path):
        raise UsageError("unknown_language", value=lang, playbook=name, choices=languages(folder))
    return path


def _known_language(lang: str) -> str:
    if lang not in LANGS:
        raise UsageError("unknown_language", value=lang[:64], near=_near(lang, LANGS), choices=list(LANGS))
    return lang


def _near(name: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name[:64], list(known), n=3, cutoff=0.5)
