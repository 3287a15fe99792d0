"""What a worker's draft does and what is wrong with it: acts, steps, findings. Pure: the policy and the case are given as data."""

from __future__ import annotations

from clientcoach.reading import against
from clientcoach.reading.acts import acts, sentences, steps
from clientcoach.reading.against import finding
from clientcoach.reading.faults import Faults
from clientcoach.reading.found import Signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.matching.words import Words
    from clientcoach.reading.acts import Act

    Finding = dict[str, Any]

CLOSED = ("confirm",)


class Checker:
    """Checks drafts in one language. `model`: the numbers of `check` in signals/model.yaml."""

    def __init__(self, acts_shard: Mapping[str, Any], rules: Mapping[str, Any], model: Mapping[str, Any]) -> None:
        self.acts, self.faults, self.rules, self.model = Signals(acts_shard), Faults(rules), rules["rules"], model

    def check(self, words: Words, asked: Sequence[str], case: Mapping[str, Any], policy: Mapping[str, Any]) -> dict[str, Any]:
        """{acts, steps, findings} of a draft; `asked`: the steps it should take. A finding has rule, start, end, text, instead?"""
        evidence, details = self.acts.read(words)
        read = acts(evidence, details, words)
        taken = steps(read)
        found = [
            *(self._fault(fault, words) for fault in self.faults.read(words, details)),
            *self._missing(words, taken, asked),
            *self._form(words, read, case),
            *against.case(words, details, read, case, policy),
        ]
        kept = [finding for finding in found if finding["rule"] in self.rules]
        bad = [{**finding, "act": self.rules[finding["rule"]]["act"]} for finding in kept if self.rules[finding["rule"]].get("act")]
        return {
            "acts": [{name: act[name] for name in ("act", "start", "end", "text")} for act in [*read, *bad]],
            "steps": taken,
            "findings": sorted(kept, key=lambda finding: (finding["start"], finding["end"])),
        }

    def _fault(self, fault: tuple[str, int, int, str | None], words: Words) -> Finding:
        rule, first, after, instead = fault
        return finding(rule, *words.span(first, after), words.text, instead)

    def _missing(self, words: Words, taken: Mapping[str, Any], asked: Sequence[str]) -> Iterator[Finding]:
        """The steps that are not there; a line or two is no whole reply and misses none."""
        if len(words) >= self.model["reply"]:
            for step in asked:
                if not taken[step]["found"]:
                    yield finding(f"missing-{step.replace('_', '-')}", 0, 0, words.text)

    def _form(self, words: Words, read: Sequence[Act], case: Mapping[str, Any]) -> Iterator[Finding]:
        """Sentences that are too long to be said; a whole reply without a summary to say yes to, or without a fact of the case."""
        for first, last in sentences(words):
            if last - first > self.model["line"]:
                yield finding("too-long", *words.span(first, last), words.text)
        if len(words) >= self.model["reply"]:
            if not any(act["act"] in CLOSED for act in read):
                yield finding("no-close", 0, 0, words.text)
            if against.nameless(words, case):
                yield finding("no-case-noun", 0, 0, words.text)
