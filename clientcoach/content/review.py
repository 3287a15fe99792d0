"""Who has approved which words: the signatures of `review.yaml`, and how each phrase stands to them.

A signature names the hash of a phrase's text and of the source text it was made from; when either changes, it is void.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from clientcoach.content import strict_yaml
from clientcoach.content.facts import LANGS
from clientcoach.content.schemas import LANGUAGE, REVIEW
from clientcoach.content.source import INVISIBLE
from clientcoach.content.structure import read_structure
from clientcoach.errors import ContentError, NotApproved

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clientcoach.content.structure import Structure

    Words = dict[str, dict[str, str]]  # id → {form: text}
    Signature = dict[str, str]  # source, text, by, on, until
    Signatures = dict[str, dict[str, Signature]]  # language → id → signature

FILE = "review.yaml"
LENGTH = 16  # hex digits of a hash: it tells of a change; it is no lock
MISSING, NEW, CHANGED, STALE, APPROVED = "missing", "new", "changed", "stale", "approved"
TO_REVIEW = (NEW, CHANGED, STALE)
NAMED = 5  # parts that an error names


class Book:
    """A playbook with the words of each of its languages and their signatures, as they are written. Raises ContentError."""

    def __init__(self, name: str, folder: str, reviews: Iterable[str], langs: Iterable[str] = LANGS) -> None:
        self.name, self.folder = name, folder
        self.structure: Structure = read_structure(os.path.join(folder, "playbook.yaml"))
        if self.structure.source.broken:
            raise ContentError(self.structure.source.problems)
        self.source = self.structure.language
        self.words = {lang: written(os.path.join(folder, f"{lang}.yaml")) for lang in {self.source: None, **dict.fromkeys(langs)}}
        self.signed = signatures(reviews)

    def signature(self, lang: str, name: str) -> Signature | None:
        """The signature of a phrase, void or not."""
        return self.signed.get(lang, {}).get(name)

    def hashes(self, lang: str, name: str) -> Signature:
        """What a signature of the phrase as it is now would hold."""
        return {"source": digest(self.words[self.source].get(name)), "text": digest(self.words[lang].get(name))}

    def standing(self, lang: str, name: str) -> str:
        """missing, new, changed (its own text), stale (the text it was made from) or approved."""
        if name not in self.words[lang]:
            return MISSING
        signature, now = self.signature(lang, name), self.hashes(lang, name)
        if signature is None:
            return NEW
        if signature["text"] != now["text"]:
            return CHANGED
        return APPROVED if signature["source"] == now["source"] else STALE


def digest(forms: Mapping[str, str] | None) -> str:
    """The hash of all that a phrase says; "-" where there is none."""
    if not forms:
        return "-"
    told = "\0".join(f"{name}={text.strip()}" for name, text in sorted(forms.items()))
    return sha256(told.encode()).hexdigest()[:LENGTH]


def written(path: str) -> Words:
    """The phrases of a language file as they are written; {} where there is no file. Raises ContentError."""
    if not os.path.isfile(path):
        return {}
    source, root = strict_yaml.load(path)
    data = LANGUAGE.read(root, source)
    if source.broken:
        raise ContentError(source.problems)
    return {
        name: {form: str(getattr(given, "value", given)) for form, given in forms.items() if given}
        for name, forms in (data.get("phrases") or {}).items()
    }


def signatures(reviews: Iterable[str]) -> Signatures:
    """What the files of signatures hold together, nearest first: of two for one phrase the nearest counts. Raises ContentError."""
    merged: Signatures = {}
    for path in reversed([path for path in reviews if os.path.isfile(path)]):
        for lang, signed in read(path).items():
            merged.setdefault(lang, {}).update(signed)
    return merged


def read(path: str) -> Signatures:
    """The signatures of one file. Raises ContentError."""
    source, root = strict_yaml.load(path)
    found: Signatures = REVIEW.read(root, source)
    if source.broken:
        raise ContentError(source.problems)
    return found


def keep_approved(phrases: dict[str, list[Any]], book: Book, lang: str) -> None:
    """Takes away what nobody has approved. Raises NotApproved where a part would be left without something to say whatever is known."""
    lacking = []
    for part, given in phrases.items():
        given[:] = [phrase for phrase in given if book.standing(lang, phrase["id"]) == APPROVED]
        if not any(not phrase["when"] and not phrase["forms"]["say"]["needs"] for phrase in given):
            lacking.append(part)
    if lacking:
        more = ["…"] if len(lacking) > NAMED else []
        raise NotApproved("not_approved", playbook=book.name, value=lang, count=len(lacking), names=[*lacking[:NAMED], *more])


def lines(signed: Signatures) -> list[str]:
    """A file of signatures, one a line, in an order that does not change."""
    found = ["# Written by “clientcoach playbook approve”, never by hand. A changed text voids its signature.\n"]
    for lang in (lang for lang in LANGS if signed.get(lang)):
        found += [f"{lang}:\n", *(f"  {name}: {_entry(signed[lang][name])}\n" for name in sorted(signed[lang]))]
    return found if len(found) > 1 else [*found, "{}\n"]


def _entry(signature: Signature) -> str:
    by = INVISIBLE.sub("", signature["by"]).replace("\\", "\\\\").replace('"', '\\"')
    until = f", until: {signature['until']}" if signature.get("until") else ""
    return f'{{source: "{signature["source"]}", text: "{signature["text"]}", by: "{by}", on: {signature["on"]}{until}}}'
