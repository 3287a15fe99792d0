"""YAML → the shards that the coach reads. Errors stop a shard, warnings do not; nothing but ContentError is raised."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from clientcoach.content import strict_yaml
from clientcoach.content.facts import Scope, variables
from clientcoach.content.messages import compile_message
from clientcoach.content.review import Book, keep_approved
from clientcoach.content.schemas import DAYS, POLICY, UI
from clientcoach.content.shared import shared
from clientcoach.content.structure import read_structure
from clientcoach.content.texts import Texts, read_texts
from clientcoach.errors import ContentError

if TYPE_CHECKING:
    from clientcoach.content.source import Node, Source
    from clientcoach.content.structure import Structure

    Shard = dict[str, Any]

_POLICY_DEFAULTS: dict[str, Any] = {
    "zone": "local",
    "hours": {day: ["00:00", "24:00"] for day in DAYS},
    "verify": "after_listen",
    "own_the_fix": "verified",
    "parting": "never",
    "warnings_required": 2,
    "require_approved": False,
    "crisis_lines": {},
    "retention": {},
    "clocks": [],
    "offers": {},
}


def compile_playbook(folder: str, name: str, lang: str, turns: str, reviews: tuple[list[str], list[str]] | None = None) -> Shard:
    """The playbook shard without the cache's header; with files of signatures (its own, the interruptions'), only what is signed in them.

    `turns`: the folder of the interruptions, whose phrases it may share.

    Raises ContentError with the problems of both files, NotApproved.
    """
    book = read_structure(os.path.join(folder, "playbook.yaml"))
    try:
        texts, _, words = read_texts(os.path.join(folder, f"{lang}.yaml"), lang, book)
        words["phrases"] |= shared(book, turns, lang)
    except ContentError as error:
        raise ContentError([*book.source.problems, *error.problems]) from error
    _stop_on_errors(book.source, texts.source)
    if reviews is not None:
        own = {part: phrases for part, phrases in words["phrases"].items() if part not in book.shared}
        keep_approved(own, Book(name, folder, reviews[0], [lang]), lang)
        for part, of in book.shared.items():
            keep_approved({of: words["phrases"][part]}, Book(os.path.basename(turns), turns, reviews[1], [lang]), lang)
    return {"name": name, "lang": lang, **_bones(book), **words}


def _bones(book: Structure) -> Shard:
    steps = [[step, parts] for step, parts in book.steps.items()]
    return {"steps": steps, "parts": book.parts, "facts": book.facts, "case": book.case, **book.lists, **book.by_cause}


def compile_policy(own: str, default: str, lang: str) -> Shard:
    """The policy shard in one language: the team's own keys, the bundled ones for the rest. Raises ContentError."""
    given = [read_policy(path) for path in dict.fromkeys([default, own])]
    merged, offers = dict(_POLICY_DEFAULTS), given[-1][0]
    for source, data in given:
        merged.update({key: value for key, value in data.items() if value is not None})
        offers = source if "offers" in data else offers
    texts = Texts(offers, Scope(lang, variables()))
    merged["offers"] = [_offer(texts, name, offer) for name, offer in merged["offers"].items() if in_language(offer, lang)]
    _stop_on_errors(*(source for source, _ in given))
    return merged


def read_policy(path: str) -> tuple[Source, dict[str, Any]]:
    """A policy file's own keys. Problems are in the source. Raises ContentError where it is not even strict YAML."""
    source, root = strict_yaml.load(path)
    return source, POLICY.read(root, source)


def in_language(offer: dict[str, Any], lang: str) -> bool:
    """Whether an offer has both its sentences in the language; where not, it is not offered in it."""
    return all(lang in (offer.get(key) or {}) for key in ("say", "agreed"))


def offer_forms(texts: Texts, offer: dict[str, Any]) -> dict[str, Any]:
    """An offer's sentences in the texts' language; `say` and `agreed` must be sayable whatever is known."""
    lang = texts.scope.lang
    forms: dict[str, Any] = {"precise": None}
    for key in ("say", "agreed", "precise"):
        node: Node | None = (offer.get(key) or {}).get(lang)
        if node is not None:
            forms[key] = texts.form(node, f"offer.{key}")
            if key != "precise" and forms[key]["needs"]:
                names = " ".join(forms[key]["needs"])
                texts.source.report("offer-needs", f"'{key}' may not depend on {names}; put that into precise", node)
    return forms


def _offer(texts: Texts, name: str, offer: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": name,
        "kind": offer.get("kind"),
        "limit": offer.get("limit"),
        "per": offer.get("per") or "case",
        "roles": offer.get("roles") or ["agent"],
        "causes": offer.get("causes") or [],
        "valid_until": offer.get("valid_until"),
        "needs_lead": bool(offer.get("needs_lead")),
        **offer_forms(texts, offer),
    }


def compile_ui(path: str, lang: str) -> Shard:
    """The interface's strings in one language. Raises ContentError."""
    source, root = strict_yaml.load(path)
    scope = Scope(lang)
    strings = {key: compile_message(node, source, scope)["text"] for key, node in UI.read(root, source).items()}
    _stop_on_errors(source)
    return {"lang": lang, "strings": strings}


def _stop_on_errors(*sources: Source) -> None:
    if any(source.broken for source in sources):
        raise ContentError([problem for source in sources for problem in source.problems if problem["level"] == "error"])
