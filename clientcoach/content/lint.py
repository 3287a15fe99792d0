"""Everything wrong with a pack, at once: `lint(folder)`. What the codes mean: CONTRIBUTING.md."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from clientcoach.content import library, manifest, strict_yaml
from clientcoach.content.compile import in_language, offer_forms
from clientcoach.content.expand import expand
from clientcoach.content.facts import LANGS, Scope, variables
from clientcoach.content.lint_drills import lint_drills
from clientcoach.content.lint_rules import lint_rules
from clientcoach.content.lint_signals import FOLDERS, lint_signals
from clientcoach.content.lint_texts import cut
from clientcoach.content.messages import compile_message
from clientcoach.content.personas import FOLDER as DRILLS
from clientcoach.content.positions import position
from clientcoach.content.reach import unreachable
from clientcoach.content.schemas import POLICY, REVIEW, UI
from clientcoach.content.shared import shared
from clientcoach.content.source import Source, nearest
from clientcoach.content.spelling import foreign, slips, small_start, words
from clientcoach.content.structure import Structure, place, read_structure
from clientcoach.content.texts import Compiled, Texts, read_texts
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientcoach.coach.shapes import Message
    from clientcoach.content.shape import Shape
    from clientcoach.content.source import Node
    from clientcoach.errors import Problem

CLOCK_DAYS = 365  # how long a legal term may go unchecked
MAX_WORDS = 25  # what can be said in one breath while somebody is shouting

_SPOKEN = ("say", "short", "softer", "firmer", "written", "offer.say", "offer.agreed", "offer.precise")
_KNOWN_FILES = ("playbook.yaml", "review.yaml", *(f"{lang}.yaml" for lang in LANGS))


def lint(folder: str, today: str | None = None) -> list[Problem]:
    """All problems of a pack (or of one playbook's folder), by file, line and column; errors and warnings. Never raises ContentError.

    `today`: an ISO date (default: the computer's), for what has to be checked again from time to time.
    """
    found: list[Problem] = []
    books = [folder] if os.path.isfile(os.path.join(folder, "playbook.yaml")) else _folders(folder)
    for book in books:
        found += lint_playbook(book)
    found += _shaped(os.path.join(folder, manifest.FILE), manifest.MANIFEST)
    signed = _folders(folder, library.REVIEW_FILE)
    for only in signed:
        found += _shaped(os.path.join(only, library.REVIEW_FILE), REVIEW) if only not in books else []
    policy, ui, rules = (os.path.join(folder, name) for name in ("policy.yaml", "ui", "rules"))
    if os.path.isfile(policy):
        found += lint_policy(policy, today)
    if os.path.isdir(rules):
        found += lint_rules(rules)
    reading = [path for name in FOLDERS if os.path.isdir(path := os.path.join(folder, name))]
    for path in reading:
        found += lint_signals(path)
    drills = os.path.join(folder, DRILLS)
    if os.path.isdir(drills):
        found += lint_drills(drills)
    if os.path.isdir(ui):
        found += lint_ui(ui)
    elif not books and not signed and not os.path.isfile(policy) and not os.path.isdir(rules) and not reading and not os.path.isdir(drills):
        nothing = Source(folder)
        nothing.report("no-playbook", "no playbook, no policy, no rules, no signals and no drills here", (1, 1))
        found += nothing.problems
    return sorted(found, key=lambda problem: (problem["file"], problem["line"], problem["col"], problem["code"]))


def _folders(folder: str, file: str = library.PLAYBOOK_FILE) -> list[str]:
    """The folders in a pack that have a file."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    folders = (os.path.join(folder, name) for name in names)
    return [path for path in folders if os.path.isfile(os.path.join(path, file))]


def lint_playbook(folder: str) -> list[Problem]:
    """The problems of one playbook: its structure and each of its languages."""
    try:
        book = read_structure(os.path.join(folder, "playbook.yaml"))
    except ContentError as error:
        return error.problems
    _folder_name(folder, book)
    _interruptions(folder, book)
    problems = []
    for lang in LANGS:
        path = os.path.join(folder, f"{lang}.yaml")
        if os.path.exists(path):
            problems += _language(path, lang, book)
        elif lang == book.language and book.steps:
            book.source.report("missing-language", f"{lang}.yaml, its source language, is missing", place(book.root, "source"))
    return [*book.source.problems, *problems, *_shaped(os.path.join(folder, "review.yaml"), REVIEW)]


def _folder_name(folder: str, book: Structure) -> None:
    name = os.path.basename(os.path.abspath(folder))
    if not library.is_name(name):
        book.source.report("bad-name", f"'{name}' cannot name a playbook", (1, 1))
    for file in sorted(os.listdir(folder)):
        if file.endswith((".yaml", ".yml")) and file not in _KNOWN_FILES:
            book.source.report("unknown-file", f"'{file}' is not read{nearest(file, _KNOWN_FILES)}", (1, 1), "warning")


def _interruptions(folder: str, book: Structure) -> None:
    """The turns it names are there, and what it shares with them too."""
    packs = (os.path.dirname(os.path.abspath(folder)), library.bundled())
    places = (os.path.join(pack, library.TURNS) for pack in packs)
    path = next(path for path in places if os.path.isfile(os.path.join(path, library.PLAYBOOK_FILE)))  # signatures alone are none
    try:
        shared(book, path, book.language)
        known = read_structure(os.path.join(path, "playbook.yaml")).steps
    except ContentError:  # told where the interruptions are linted
        return
    for name in book.lists["interruptions"]:
        if name not in known:
            book.source.report(
                "unknown-name",
                f"'{name}' is not an interruption{nearest(name, known)}",
                place(book.root, "interruptions"),
            )
    for lang in library.languages(folder) if book.lists["interruptions"] or book.shared else ():
        if not os.path.isfile(os.path.join(path, f"{lang}.yaml")):
            message = f"the interruptions are not written in {lang}: there, nothing is said to a customer who breaks in"
            book.source.report("missing-language", message, (1, 1), "error" if book.shared else "warning")


def _language(path: str, lang: str, book: Structure) -> list[Problem]:
    try:
        texts, root, shard = read_texts(path, lang, book)
    except ContentError as error:
        return error.problems
    for part, phrases in () if book.source.broken else shard["phrases"].items():
        for phrase in unreachable(phrases, part, book):
            texts.source.report(
                "unreachable",
                f"'{phrase['id']}' can never be said: others always win",
                place(root, "phrases", phrase["id"]),
            )
    _check_texts(texts)
    return texts.source.problems


def _check_texts(texts: Texts) -> None:
    for text in texts.compiled:
        cut(text.node, texts.source)
        if text.sound:
            _check_text(text, texts)


def _check_text(text: Compiled, texts: Texts) -> None:
    lang, spoken = texts.scope.lang, text.kind in _SPOKEN
    seen: set[str] = set()
    longest = 0
    for sentence in expand(text.form["text"], lang):
        longest = max(longest, words(sentence))
        for slip in slips(sentence, lang, spoken=spoken):
            if slip.code not in seen:
                seen.add(slip.code)
                texts.source.report(slip.code, f"{slip.message}: {sentence}", _locate(text.node, slip.snippet, texts.source))
    if foreign(" ".join(_literals(text.form["text"])), lang):
        texts.source.report("untranslated", f"not in {lang}", _locate(text.node, "", texts.source))
    if spoken and any(small_start(start) for start in _starts(text.form["text"])) and "lower-case" not in seen:
        texts.source.report("lower-case", "a line begins with a capital letter", _locate(text.node, "", texts.source))
    if text.kind == "say" and longest > MAX_WORDS:
        message = f"{longest} words; more than {MAX_WORDS} are not said in one breath"
        texts.source.report("too-long", message, _locate(text.node, "", texts.source), "warning")


def _starts(message: Message) -> list[str]:
    """The literals that a message can begin with."""
    first = message[0] if message else ""
    if isinstance(first, str):
        return [first]
    return [start for branch in first[2].values() for start in _starts(branch)] if first[0] in "sp" else []


def _literals(message: Message) -> Iterator[str]:
    for part in message:
        if isinstance(part, str):
            yield part
        elif part[0] in "sp":
            for branch in part[2].values():
                yield from _literals(branch)


def _locate(node: Node, snippet: str, source: Source) -> tuple[int, int]:
    offset = str(node.value).find(snippet) if snippet else -1
    return position(node, source, max(offset, 0))


def _shaped(path: str, shape: Shape) -> list[Problem]:
    """The problems of a file that need not be there."""
    if not os.path.exists(path):
        return []
    try:
        source, root = strict_yaml.load(path)
    except ContentError as error:
        return error.problems
    shape.read(root, source)
    return source.problems


def lint_policy(path: str, today: str | None = None) -> list[Problem]:
    """The problems of a policy file, its offers in every language. `today` as in `lint`."""
    try:
        source, root = strict_yaml.load(path)
    except ContentError as error:
        return error.problems
    data = POLICY.read(root, source)
    _clocks(root, source, date.fromisoformat(today) if today else date.today())  # noqa: DTZ011 - the day on the wall
    offers: dict[str, dict[str, Any]] = data.get("offers") or {}
    for lang in LANGS:
        texts = Texts(source, Scope(lang, variables()))
        for name, offer in offers.items():
            if in_language(offer, lang):
                offer_forms(texts, offer)
            elif library.has_interface(lang):  # of a language that is only partly there no team owes anything
                _missing_offer(source, name, offer, lang)
        _check_texts(texts)
    return source.problems


def _clocks(root: Node, source: Source, today: date) -> None:
    """Laws change: a clock that nobody has checked for a year may be wrong."""
    clocks = root.value.get("clocks") if isinstance(root.value, dict) else None
    for clock in clocks.value if clocks and isinstance(clocks.value, list) else ():
        node = clock.value.get("checked_on") if isinstance(clock.value, dict) else None
        try:
            age = today - date.fromisoformat(str(node.value)) if node else timedelta()
        except ValueError:  # told already
            continue
        if node and age.days > CLOCK_DAYS:
            source.report("clock-unchecked", f"not checked for {age.days} days; check the law and set today's date", node, "warning")


def _missing_offer(source: Source, name: str, offer: dict[str, Any], lang: str) -> None:
    node = next((node for key in ("say", "agreed") for node in (offer.get(key) or {}).values()), None)
    source.report(
        "missing-language",
        f"offer '{name}' has no {lang}: it is not offered in that language",
        node or (1, 1),
        "warning",
    )


def lint_ui(folder: str) -> list[Problem]:
    """The problems of the interface's catalogues: each as it is, and against English (same keys, same placeholders)."""
    problems: list[Problem] = []
    english: dict[str, set[str]] = {}
    for lang in LANGS:
        path = os.path.join(folder, f"{lang}.yaml")
        if not os.path.exists(path) and not library.has_interface(lang):
            continue
        try:
            source, root = strict_yaml.load(path)
        except ContentError as error:
            problems += error.problems
            continue
        strings = UI.read(root, source)
        names = {key: _names(compile_message(node, source, Scope(lang))["text"]) for key, node in strings.items()}
        english = english or names
        _parity(names, english, strings, source)
        problems += source.problems
    return problems


def _names(message: Message) -> set[str]:
    found: set[str] = set()
    for part in message:
        if not isinstance(part, str) and part[0] != "#":
            found.add(part[1])
            for branch in part[2].values() if part[0] in "sp" else ():
                found |= _names(branch)
    return found


def _parity(names: dict[str, set[str]], english: dict[str, set[str]], strings: dict[str, Node], source: Source) -> None:
    for key in english.keys() - names.keys():
        source.report("missing-string", f"no string '{key}'", (1, 1))
    for key, used in names.items():
        if key not in english:
            source.report("unknown-string", f"'{key}' is not in English{nearest(key, english)}", strings[key])
        elif used ^ english[key]:
            differing = " ".join(sorted(used ^ english[key]))
            source.report("placeholders", f"'{key}': not the placeholders of English: {differing}", strings[key])
