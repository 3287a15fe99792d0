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
    from collections.abc import Iterable, Iterator
    from typing import Any, TypedDict

    class Places(TypedDict):
        """Folders and files that content is taken from."""

        packs: list[str]
        policy: str | None
        cache: str | None


PLAYBOOK_FILE = "playbook.yaml"
TURNS = "interruptions"  # the playbook of the turns a customer takes
REVIEW_FILE = "review.yaml"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")


def playbook(places: Places, name: str, lang: str, *, approved: bool = False) -> dict[str, Any]:
    """The playbook's shard in one language; `approved`: only with the phrases that somebody has signed.

    Raises UsageError `unknown_playbook` (value, near) or `unknown_language` (value, playbook, choices);
    ContentError where it cannot be used; NotApproved where too little of it is signed.
    """
    folder = find(places, name)
    source = _language(folder, name, lang)
    turns = next(found for pack in (*places["packs"], bundled()) if (found := _folder(pack, TURNS)))
    if approved:
        return _approved(places, folder, name, lang, turns)

    def build() -> dict[str, Any]:
        from clientcoach.content.compile import compile_playbook

        return compile_playbook(folder, name, lang, turns)

    files = [os.path.join(folder, PLAYBOOK_FILE), source, *_both(turns, lang)]
    return cached(places["cache"], f"{name}-{lang}", folder, files, build)


def _both(turns: str, lang: str) -> list[str]:
    """The files of the interruptions in a language: any playbook may share their phrases."""
    return [os.path.join(turns, PLAYBOOK_FILE), os.path.join(turns, f"{lang}.yaml")]


def _approved(places: Places, folder: str, name: str, lang: str, turns: str) -> dict[str, Any]:
    """It depends on the signatures too, and on the language that a translation was made from, which only its playbook tells."""
    signed = reviews(places, name), reviews(places, TURNS)

    def build() -> dict[str, Any]:
        from clientcoach.content.compile import compile_playbook

        return compile_playbook(folder, name, lang, turns, signed)

    files = [os.path.join(one, file) for one in (folder, turns) for file in (PLAYBOOK_FILE, *(f"{one}.yaml" for one in LANGS))]
    return cached(places["cache"], f"{name}-{lang}-approved", folder, [*files, *signed[0], *signed[1]], build)


def reviews(places: Places, name: str) -> list[str]:
    """Where the signatures of a playbook may be, nearest first: in every pack, for a team may sign what it did not write."""
    folders = [*(os.path.join(pack, name) for pack in places["packs"]), find(places, name)]
    return [os.path.join(folder, REVIEW_FILE) for folder in dict.fromkeys(folders)]


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
    """The interface's strings in one language, in English where it has none: `lang` tells. Raises UsageError, ContentError."""
    if not has_interface(_known_language(lang)):
        lang = LANGS[0]
    source = _interface(lang)

    def build() -> dict[str, Any]:
        from clientcoach.content.compile import compile_ui

        return compile_ui(source, lang)

    return cached(places["cache"], f"ui-{lang}", source, [source], build)


def has_interface(lang: str) -> bool:
    """Whether menus and messages are written in a language; its phrases can be spoken without."""
    return os.path.isfile(_interface(lang))


def interface(lang: str) -> str:
    """The language. Raises UsageError `no_interface` where it has none."""
    if not has_interface(lang):
        raise UsageError("no_interface", value=lang, choices=[one for one in LANGS if has_interface(one)])
    return lang


def _interface(lang: str) -> str:
    return os.path.join(bundled(), "ui", f"{lang}.yaml")


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
    return _reading(places, "signals", readable(places, "signals", lang))


def acts(places: Places, lang: str) -> dict[str, Any]:
    """What check knows a worker's text by in one language. Raises UsageError, ContentError."""
    return _reading(places, "acts", readable(places, "acts", lang))


def readable(places: Places, folder: str, lang: str) -> str:
    """The language, where a pack has the signals, acts or rules that read it. Raises UsageError `not_read`."""
    if not _reads(places, folder, _known_language(lang)):
        choices = [one for one in LANGS if _reads(places, folder, one)]
        raise UsageError("not_read", value=lang, file=f"{folder}/{lang}.yaml", choices=choices)
    return lang


def _reads(places: Places, folder: str, lang: str) -> bool:
    return os.path.isfile(_nearest(places, folder, lang))


def model(places: Places) -> dict[str, Any]:
    """How signals become a mood, an anger and a suggestion. Raises ContentError."""
    return _reading(places, "signals", "model")


def drill_model(places: Places) -> dict[str, Any]:
    """The numbers of the simulated customer. Raises ContentError."""
    path = drill_model_file(places)

    def build() -> dict[str, Any]:
        from clientcoach.content.drills import compile_file

        return compile_file(path)

    return cached(places["cache"], "drills-model", path, [path], build)


def drill_model_file(places: Places) -> str:
    """The file of these numbers."""
    return _nearest(places, "drills", "drill-model")


def persona(places: Places, name: str, lang: str) -> dict[str, Any]:
    """A simulated customer in one language (`content.personas`). Raises UsageError, ContentError."""
    folder = persona_folder(places, name)
    if not os.path.isfile(os.path.join(folder, f"{_known_language(lang)}.yaml")):
        raise UsageError("persona_language", value=lang, name=name, choices=languages(folder))
    shared = _nearest(places, os.path.join("drills", "lines"), lang)

    def build() -> dict[str, Any]:
        from clientcoach.content.personas import compile_persona

        return compile_persona(folder, lang, shared)

    files = [os.path.join(folder, "persona.yaml"), os.path.join(folder, f"{lang}.yaml"), shared]
    return cached(places["cache"], f"drill-{name}-{lang}", folder, files, build)


def persona_folder(places: Places, name: str) -> str:
    """The folder of the nearest persona of that name. Raises UsageError `unknown_persona`."""
    folders = [os.path.join(pack, "drills", name) for pack in places["packs"]] if is_name(name) else []
    for folder in folders:
        if os.path.isfile(os.path.join(folder, "persona.yaml")):
            return folder
    raise UsageError("unknown_persona", value=name[:64], near=_near(name, personas(places)))


def personas(places: Places) -> list[str]:
    """The names of all simulated customers, sorted; cheap: nothing is read."""
    folders = [os.path.join(pack, "drills") for pack in places["packs"]]
    found = {name for folder in folders for name in _listed(folder) if os.path.isfile(os.path.join(folder, name, "persona.yaml"))}
    return sorted(name for name in found if is_name(name))


def drill_words(places: Places, lang: str) -> dict[str, Any]:
    """What acts and rules of a drill are called in a language, and the tip and reason of each rule. Raises UsageError, ContentError."""
    path = _nearest(places, os.path.join("drills", "lines"), _known_language(lang))

    def build() -> dict[str, Any]:
        from clientcoach.content.personas import compile_lines

        return compile_lines(path)

    return cached(places["cache"], f"drills-lines-{lang}", path, [path], build)


def lessons(places: Places) -> list[dict[str, Any]]:
    """The lessons of the nearest pack that has some: {title: {lang: text}, rule, drills: [{persona, seed}]}. Raises ContentError."""
    path = _nearest(places, "drills", "lessons")

    def build() -> dict[str, Any]:
        from clientcoach.content.lessons import compile_lessons

        return compile_lessons(path)

    found: list[dict[str, Any]] = cached(places["cache"], "drills-lessons", path, [path], build)["lessons"]
    return found


def lesson(places: Places, number: int) -> dict[str, Any]:
    """A lesson by its number, from 1 on. Raises UsageError `unknown_lesson`, ContentError."""
    found = lessons(places)
    if not 1 <= number <= len(found):
        raise UsageError("unknown_lesson", value=str(number), choices=[str(one) for one in range(1, len(found) + 1)])
    return found[number - 1]


def languages_told(places: Places) -> dict[str, Any]:
    """What tells the languages apart: a small part of the signals of each that has them. Raises ContentError."""
    paths = {lang: _nearest(places, "signals", lang) for lang in LANGS}

    def build() -> dict[str, Any]:
        from clientcoach.content.signals import compile_languages

        return {"tables": compile_languages({lang: path for lang, path in paths.items() if os.path.isfile(path)})}

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
    for folder in everywhere(places, name):
        return folder
    raise UsageError("unknown_playbook", value=name[:64], near=_near(name, names(places)))


def everywhere(places: Places, name: str) -> Iterator[str]:
    """The folders of all playbooks of that name, nearest first: each hides those after it."""
    if is_name(name):
        for pack in places["packs"]:
            folder = _folder(pack, name)
            if folder:
                yield folder


def shelf(data: str | None) -> str | None:
    """The folder of installed packs, in the data directory."""
    return data and os.path.join(data, "packs")


def installed(data: str | None) -> list[str]:
    """The packs that were installed, by name; cheap: nothing is read."""
    folder = shelf(data)
    return [os.path.join(folder, name) for name in sorted(_listed(folder)) if is_name(name)] if folder else []


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
