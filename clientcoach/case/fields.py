"""Every field of a case: its kind, its values, its bounds. Plain data; the flags, the JSON and the variables all read it."""

from __future__ import annotations

from clientcoach.case import languages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LANGS, LANG_ALIASES = languages.LANGS, languages.LANG_ALIASES
AGENT = "agent"  # the worker, where a role stands for a name
CAUSES = ("product", "promise", "delivery", "staff", "experience", "billing", "misunderstanding")
GENDERS = ("f", "m")
CHANNELS = ("phone", "chat", "email", "desk")
FAULTS = ("ours", "third_party", "customer", "unknown")
RELATIONSHIPS = ("ongoing", "one_off")
STEPS = ("listen", "empathize", "apologize", "propose", "follow_up")
ANGER_BANDS = (("calm", 0, 1), ("irritated", 2, 4), ("angry", 5, 7), ("furious", 8, 10))

MAX_TEXT = 200  # code points; longer than any name or product said aloud

_LANG = {"kind": "choice", "choices": LANGS, "aliases": LANG_ALIASES}
_TEXT = {"kind": "text"}

FIELDS: dict[str, dict[str, Any]] = {
    "lang": _LANG,
    "ui": _LANG,
    "customer": _TEXT,
    "customer_gender": {"kind": "choice", "choices": GENDERS},
    "address": _TEXT,
    "agent": _TEXT,
    "agent_gender": {"kind": "choice", "choices": GENDERS},
    "company": _TEXT,
    "cause": {"kind": "choice", "choices": CAUSES},
    "anger": {"kind": "number", "min": 0, "max": 10},
    "channel": {"kind": "choice", "choices": CHANNELS},
    "item": _TEXT,
    "order": {"kind": "id"},
    "promised": {"kind": "moment"},
    "deadline": {"kind": "moment"},
    "amount": {"kind": "money"},
    "offer": {"kind": "names"},
    "fault": {"kind": "choice", "choices": FAULTS},
    "prior": {"kind": "number", "min": 0, "max": 999},
    "relationship": {"kind": "choice", "choices": RELATIONSHIPS},
    "hardship": {"kind": "yes_no"},
    "reference": {"kind": "id"},
    "received": {"kind": "moment"},
    "role": {"kind": "name"},
    "verified": {"kind": "yes_no"},
    "set": {"kind": "pairs"},
    "seed": {"kind": "number", "min": 0, "max": 2**31 - 1},
}
