"""A typed line of the plain call as an action.

Keys are physical: the letter of a key is the same command on QWERTY, ЙЦУКЕН and the Kazakh layout.
In the plain form a key is typed with Enter,
and what it needs follows it: `f order=4471`, `x insult`, `x 2`, `j call the depot / 16:00`.
"""

from __future__ import annotations

from clientcoach.asking.keys import latin
from clientcoach.case.fields import LANGS, STEPS
from clientcoach.coach.turns import KINDS
from clientcoach.errors import UsageError
from clientcoach.wording.languages import language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    Action = dict[str, Any]

KEYS = {
    "q": {"do": "go", "step": STEPS[0]},
    "w": {"do": "go", "step": STEPS[1]},
    "e": {"do": "go", "step": STEPS[2]},
    "r": {"do": "go", "step": STEPS[3]},
    "t": {"do": "go", "step": STEPS[4]},
    "a": {"do": "shorter"},
    "s": {"do": "softer"},
    "d": {"do": "firmer"},
    "n": {"do": "notes"},
    "o": {"do": "end"},
    "u": {"do": "back"},
    "i": {"do": "return"},
    "xx": {"do": "interrupt", "kind": "threat"},
}
WORDS = ("next", "back", "another", "shorter", "softer", "firmer", "notes", "avoid", "return", "end")
TAKES = {
    "f": "fact",
    "x": "interrupt",
    "l": "language",
    "j": "promise",
    "g": "offer",
    "c": "hold",
    "v": "calmer",
    "b": "angrier",
    "h": "help",
    "p": "message",
}
ANGER_STEP = 2
ANGER_UNKNOWN = 5


class Typed:
    """Turns typed lines into actions; `offers` and `anger` tell what the call stands at."""

    def __init__(self, offers: Sequence[str], anger: int | None, langs: Sequence[str]) -> None:
        self.offers, self.anger, self.langs = offers, anger, langs

    def action(self, line: str) -> Action:
        """Enter is `next`, a space is `another`. Raises UsageError for anything that is not a key or a word."""
        if not line.strip():
            return {"do": "another"} if line.strip("\r\n") else {"do": "next"}
        word, _, rest = line.strip().partition(" ")
        if word in WORDS:
            return {"do": word}
        key = latin(word)
        if key in KEYS and not rest:
            return dict(KEYS[key])
        name = next((full for short, full in TAKES.items() if full == word or short == key), None)
        if name is None:
            raise UsageError("unknown_key", value=line.strip()[:40])
        handler: Any = getattr(self, f"_{name}")
        action: Action = handler(rest.strip())
        return action

    def _pick(self, text: str, names: Sequence[str], do: str) -> str:
        if text.isascii() and text.isdigit() and 1 <= int(text) <= len(names):
            return names[int(text) - 1]
        if not text:
            raise UsageError("pick_one", do=do, names=[f"{place} {name}" for place, name in enumerate(names, 1)])
        return text

    def _fact(self, text: str) -> Action:
        name, mark, value = text.partition("=")
        if not mark:
            raise UsageError("wrong_type", field="fact", expected="NAME=VALUE", value=text[:40])
        return {"do": "fact", "set": {name.strip().replace("-", "_"): value.strip() or None}}

    def _interrupt(self, text: str) -> Action:
        return {"do": "interrupt", "kind": self._pick(text, KINDS, "x")}

    def _language(self, text: str) -> Action:
        return {"do": "language", "lang": text or (self.langs[-2] if len(self.langs) > 1 else self._pick(text, LANGS, "l"))}

    def _promise(self, text: str) -> Action:
        what, _, by = (part.strip() for part in text.rpartition(" / "))
        return {"do": "promise", "what": what or None, "by": by or None}

    def _offer(self, text: str) -> Action:
        name, _, answer = text.partition(" ")
        refused = answer.strip().lower() in {"no", "refused", *(language(lang).NO for lang in LANGS)}
        return {"do": "offer", "id": self._pick(name, self.offers, "g"), "answer": "refused" if refused else "accepted"}

    def _hold(self, text: str) -> Action:
        return {"do": "hold", "for": text or "2m"}

    def _calmer(self, _text: str) -> Action:
        return {"do": "anger", "to": max(0, (ANGER_UNKNOWN if self.anger is None else self.anger) - ANGER_STEP)}

    def _angrier(self, _text: str) -> Action:
        return {"do": "anger", "to": min(10, (ANGER_UNKNOWN if self.anger is None else self.anger) + ANGER_STEP)}

    def _message(self, text: str) -> Action:
        return {"do": "message", "text": text}

    def _help(self, _text: str) -> Action:
        return {"do": "help"}
