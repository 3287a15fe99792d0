"""For programs: `clientcoach.triage(text)`, `clientcoach.check(text)`. Plain functions of plain data, which any pool can pickle."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from clientcoach.commands.check import Drafts
from clientcoach.commands.session import Session
from clientcoach.commands.triage import Triager
from clientcoach.env import current

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MADE = 16  # readers that are kept, by language and what is switched off


def triage(text: str, lang: str | None = None, *, ui: str | None = None) -> dict[str, Any]:
    """triage@1 of a customer's message: what `clientcoach triage --json` prints.

    `lang`: a code; found out where it is None. `ui`: the language of the safety card. Settings and playbooks are read once a
    process. Raises clientcoach.errors.UsageError for what is no text, ContentError for playbooks that cannot be used.
    """
    return _triager(lang, ui).line({"text": text})


def check(
    text: str, case: Mapping[str, Any] | None = None, *, lang: str | None = None, ui: str | None = None, disable: Iterable[str] = ()
) -> dict[str, Any]:
    """check@1 of a worker's draft: what `clientcoach check --json` prints, without the file's name.

    `case`: what is known of the customer's case (case@1); `disable`: rules to leave out. Raises as `triage` does.
    """
    named = {"lang": lang} if lang else {}
    return _drafts(ui, tuple(sorted(disable))).line({"text": text, "case": dict(case or {}), **named})


@lru_cache(MADE)
def _triager(lang: str | None, ui: str | None) -> Triager:
    return Triager(Session({name: value for name, value in (("lang", lang), ("ui", ui)) if value}, current()))


@lru_cache(MADE)
def _drafts(ui: str | None, disable: tuple[str, ...]) -> Drafts:
    return Drafts(Session({**({"ui": ui} if ui else {}), "disable": list(disable)}, current()))
