"""The shapes that content compiles to and the coach reads. For the type checker only: nothing here is imported at run time."""

from __future__ import annotations

from typing import Any, TypedDict

Message = list[Any]
"""Parts in order: text, ["v", name], ["s", name, {key: Message}], ["p", name, {category: Message}], ["#"]."""


class Form(TypedDict):
    """A compiled text and the variables without which it cannot be said."""

    text: Message
    needs: list[str]


class Phrase(TypedDict):
    """One phrase: conditions (ANDed; values ORed) and its forms by name (`say` always)."""

    id: str
    when: dict[str, list[str]]
    forms: dict[str, Form]
    verbatim: bool
    specificity: int


class Advice(TypedDict):
    """What not to say (the customer's language), and why (the worker's)."""

    text: Form
    why: Form


class Playbook(TypedDict):
    """A playbook in one language."""

    name: str
    lang: str
    steps: list[tuple[str, list[str]]]
    parts: dict[str, dict[str, list[str]]]
    facts: dict[str, list[str]]
    case: dict[str, Any]  # what a case is taken to be that does not say: channel, anger, set
    interruptions: list[str]
    looks_up: list[str]  # commitments, clocks
    danger: list[str]
    remedies: dict[str, list[str]]
    title: dict[str, Form]
    label: dict[str, Form]
    fact: dict[str, dict[str, Form]]  # what a worker reads for its own facts: `label`, and each value
    do: dict[str, list[Form]]
    avoid: dict[str, dict[str, Advice]]
    phrases: dict[str, list[Phrase]]


class Offer(TypedDict):
    """One thing the team may give. `limit` is [minor units, currency]."""

    id: str
    kind: str
    limit: list[Any] | None
    per: str
    roles: list[str]
    causes: list[str]
    valid_until: str | None
    needs_lead: bool
    say: Form
    agreed: Form
    precise: Form | None


class Policy(TypedDict):
    """What this team may offer and must do, in one language."""

    zone: str
    hours: dict[str, list[str] | None]
    verify: str
    own_the_fix: str
    parting: str
    warnings_required: int
    require_approved: bool
    crisis_lines: dict[str, str]
    retention: dict[str, int]
    clocks: list[dict[str, Any]]
    offers: list[Offer]


class Line(TypedDict):
    """One line to say."""

    id: str
    part: str
    text: str
