"""What a customer's message says: language, cause, mood, anger, dangers, facts. It reads words, not minds; every answer quotes them."""

from __future__ import annotations

import re

from clientcoach.matching.words import Words
from clientcoach.reading.facts import facts
from clientcoach.reading.found import Signals
from clientcoach.reading.language import Languages
from clientcoach.reading.latin import cyrillic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from clientcoach.reading.found import Found
    from clientcoach.reading.language import Tables

    Triage = dict[str, Any]

NEGATIVE, POSITIVE, NEUTRAL = "mood.negative", "mood.positive", "mood.neutral"
FLAGS = frozenset(f"flags.{name}" for name in ("legal", "threat", "self_harm", "abuse", "leaving", "public", "supervisor", "repeat"))
MOST = 10
_CAPITALS = re.compile(r"[^\W\d_a-zа-яёәіңғүұқөһąćęłńóśźż]{4,}")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1")


class Reader:
    """Reads messages; made once, used for a whole stream. `signals` gives a language's signals when they are first needed."""

    def __init__(self, signals: Callable[[str], Mapping[str, Any]], tables: Tables, model: Mapping[str, Any]) -> None:
        self.load, self.languages, self.model = signals, Languages(tables), model
        self.signals: dict[str, Signals] = {}

    def read(self, text: str, lang: str | None = None) -> Triage:
        """A triage@1 without its schema: lang, sure, cause, causes, anger, mood, flags, suggested, case, evidence."""
        words = Words(text)
        sure = 1.0
        if lang is None:
            lang, sure = self.languages.told(text, words)
        if lang not in self.signals:
            self.signals[lang] = Signals(self.load(lang))
        if lang == "kk":
            cyrillic(words)
        evidence, fields = self.signals[lang].read(words)
        sums: dict[str, int] = {}
        for name, weight, _, _ in evidence:
            sums[name] = sums.get(name, 0) + weight
        flags = [name[6:] for name in sums if name[:6] == "flags."]
        causes = {name[7:]: weight for name, weight in sums.items() if name[:7] == "causes."}
        negative = self._negative(sums, evidence)
        mood = "negative" if negative else "positive" if sums.get(POSITIVE, 0) > sums.get(NEGATIVE, 0) else "neutral"
        anger = self._anger(words, evidence, flags, mood)
        return {
            "lang": lang,
            "sure": sure,
            "cause": self._cause(causes),
            "causes": _shares(causes),
            "anger": anger,
            "mood": mood,
            "flags": flags,
            "suggested": self._suggested(sums, negative=negative),
            "case": facts(words, fields, lang),
            "evidence": [_quoted(one, words) for one in evidence],
        }

    def _suggested(self, sums: Mapping[str, int], *, negative: bool) -> list[str]:
        """The playbooks that fit, the best first; whoever asks knows which are installed."""
        return [line["playbook"] for line in self.model["playbooks"] if line["signal"] in sums or (negative and line["signal"] == NEGATIVE)]

    def _negative(self, sums: Mapping[str, int], evidence: Sequence[Found]) -> bool:
        """Complaining words, angry ones beside them, and flags, less what speaks against a complaint."""
        angry = [one for one in evidence if one[0] == "anger"]
        if angry and NEGATIVE in sums:
            taken = {place for one in evidence if one[0] == NEGATIVE for place in range(one[2], one[3])}
            angry = [one for one in angry if taken.isdisjoint(range(one[2], one[3]))]
        flags = 0 if FLAGS.isdisjoint(sums) else self.model["mood"]["flag"]
        against = sums.get(POSITIVE, 0) + sums.get(NEUTRAL, 0)
        threshold: int = self.model["mood"]["threshold"]
        return sums.get(NEGATIVE, 0) + sum(one[1] for one in angry) + flags - against >= threshold

    def _cause(self, causes: Mapping[str, int]) -> str | None:
        best = max(causes, key=causes.__getitem__, default=None)
        return best if best and causes[best] >= self.model["cause"]["threshold"] else None

    def _anger(self, words: Words, evidence: Sequence[Found], flags: Sequence[str], mood: str) -> int:
        """The strongest angry word and half of each other, then what flags, capitals and marks add.

        Marks alone never go above `most`, and beside thanks they are joy.
        """
        emphasis: Mapping[str, int] = self.model["emphasis"]
        most: int = emphasis["most"]
        weights = sorted((weight for name, weight, _, _ in evidence if name == "anger"), reverse=True)
        heard: int = (weights[0] + sum(weights[1:]) // 2 if weights else 0) or (
            self.model["anger"]["negative"] if mood == "negative" else 0
        )
        heard += sum(self.model["flags"].get(flag, 0) for flag in flags)
        marks = _marks(words, emphasis)
        if heard:
            return min(MOST, heard + marks)
        return 0 if mood == "positive" else min(marks, most)


def _marks(words: Words, emphasis: Mapping[str, int]) -> int:
    text = words.text
    exclamations = text.count("!")
    marks = emphasis["exclamations"] if exclamations > 2 else emphasis["exclamation"] if exclamations else 0
    if _CAPITALS.search(text):
        marks += emphasis["capitals"]
    if not words.plain and _DRAWN_OUT.search(text):
        marks += emphasis["drawn_out"]
    return marks


def _shares(causes: Mapping[str, int]) -> dict[str, float]:
    """Each cause's share of what speaks for any."""
    total = sum(causes.values())
    return {name: round(weight / total, 2) for name, weight in causes.items()}


def _quoted(one: Found, words: Words) -> dict[str, Any]:
    start, end = words.span(one[2], one[3])
    return {"signal": one[0], "start": start, "end": end, "text": words.text[start:end], "weight": one[1]}
