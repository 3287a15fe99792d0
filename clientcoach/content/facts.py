"""The names content may use: languages, facts a `when` may test, variables a text may name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clientcoach.case.fields import ANGER_BANDS, CAUSES, CHANNELS, FAULTS, GENDERS, LANGS, RELATIONSHIPS

if TYPE_CHECKING:
    from collections.abc import Mapping

FACTS: dict[str, tuple[str, ...]] = {
    "cause": CAUSES,
    "anger": tuple(name for name, _, _ in ANGER_BANDS),
    "channel": CHANNELS,
    "fault": FAULTS,
    "prior": ("first", "repeat"),
    "relationship": RELATIONSHIPS,
    "hardship": ("yes", "no"),
    "verified": ("yes", "no"),
    "verify": ("after_listen", "before_details", "never"),
    "owns": ("yes", "no"),
    "solution": ("open", "none", "lead", "refused", "refused_all", "accepted"),  # what the call has come to
    "listened": ("long",),  # the story has taken two minutes
}

__all__ = ["CAUSES", "FACTS", "GENDERS", "LANGS", "Scope", "variables"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a text may refer to. `variables` None: anything (the interface's own strings)."""

    lang: str
    variables: Mapping[str, Any] | None = None
    facts: Mapping[str, list[str]] = field(default_factory=dict)


def variables() -> Mapping[str, Any]:
    """The table of `wording/variables.py`: name → {field, always, kind, langs}."""
    from clientcoach.wording.variables import VARIABLES

    table: Mapping[str, Any] = VARIABLES
    return table
