"""What a trainee's own words do, as acts of the drill: read as `check` reads drafts, and held against this customer's words and lines."""

from __future__ import annotations

from clientcoach.commands.check import Drafts
from clientcoach.reading.alike import Lines, numbers, sentences, stems

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.commands.session import Session
    from clientcoach.drill.talk import Talk

# The names that `check` has for an act (research/science.md 3.2), where the drill has another.
DRILLED = {
    "empathy_specific": "empathy",
    "apology_specific": "apology",
    "propose_concrete": "propose",
    "promise_dated": "promise",
    "hold_explained": "hold_timed",
    "hold_unexplained": "hold",
}
# The faults that `check` tells without an act, as what they are to a customer.
FAULTS = {"vague-time": "promise_vague", "vague-owner": "promise_vague", "if-apology": "apology_generic", "never-again": "overpromise"}
NOT_HERE = "overpromise"  # by the team's own limits, which are not those of a persona
# What counts as specific once the turn names what this customer has told: `check` knows orders, dates and sums, not a sofa.
NAMES_IT = {"empathy_generic": "empathy", "apology_generic": "apology"}
SHARED = 2  # words of the customer's own in a turn that names what was told
COMMON = ("apology_generic", "empathy_generic", "thank", "propose_vague", "promise_vague", "flat_no", "calm_down", "listen")
READ_BACK = 4  # and in a sentence that is nothing but what was told
NAMED = frozenset(("apology", "apology_generic", "empathy", "empathy_generic"))
TELLS = ("paraphrase", "explanation")  # what is told in the sentence of an apology is its reason
BESIDE = frozenset(("confirm", "explanation", "own"))  # what a sentence that reads back is often taken for


class Reader:
    """Reads the lines of one drill. `persona`: its shard; `lang`: of the call."""

    def __init__(self, session: Session, persona: Mapping[str, Any], lang: str) -> None:
        self.drafts, self.lang, self.persona = Drafts(session), lang, persona
        texts = persona["texts"]
        self.fault = stems(" ".join(texts["lines"]["apology"]))  # what went wrong, also in words that the customer did not use
        self.common = stems(" ".join(line for name in COMMON for line in texts["lines"][name]))  # in any case whatever
        self.lines = Lines({**texts["lines"], "explore": [line for line in (*texts["ask"], *texts["open"]) if line]})

    def acts(self, text: str, talk: Talk) -> list[str]:
        """The acts, each once, in the order of the text; none where nothing is recognized."""
        heard = " ".join((self.persona["who"], talk.opening, *(one.answer for one in talk.rounds)))
        told = len((stems(text) & (stems(heard) | self.fault)) - self.common) >= SHARED
        found = [name for start, end in sentences(text) for name in self._sentence(text[start:end], heard)]
        found = list(dict.fromkeys(NAMES_IT.get(name, name) if told else name for name in found))
        return _closed(found, text) if talk.state.solution >= talk.model["gates"]["solution"]["at"] else _open(found)

    def _sentence(self, sentence: str, heard: str) -> list[str]:
        """By a line of the drill that says the same, else by what `check` finds, else as what was told."""
        known, found = self.lines.nearest(sentence), list(dict.fromkeys(self._checked(sentence)))
        if known and not (known in TELLS and NAMED.intersection(found)):
            return [known]
        if set(found) <= BESIDE and len(stems(sentence) & stems(heard)) >= READ_BACK:
            found = ["paraphrase", *found]
        elif not found and sentence.rstrip().endswith("?"):
            found = ["explore"]
        if NAMED.intersection(found):
            found = [name for name in found if name not in TELLS]
        right = numbers(sentence) <= numbers(heard)
        return [name if right or name != "paraphrase" else "paraphrase_wrong" for name in found]

    def _checked(self, sentence: str) -> Iterator[str]:
        report = self.drafts.report(sentence, {**_known(self.persona["case"]), "lang": self.lang}, whole=False)
        faults = [{**one, "act": FAULTS[one["rule"]]} for one in report["findings"] if one["rule"] in FAULTS]
        found: Sequence[Mapping[str, Any]] = [*(one for one in report["acts"] if one["act"] != NOT_HERE), *faults]
        for one in sorted(found, key=lambda act: (act["start"], act["end"])):
            yield DRILLED.get(one["act"], one["act"])


def _open(found: list[str]) -> list[str]:
    """Before there is anything to agree on, "is that right?" belongs to what was read back."""
    return [name for name in found if name != "confirm"] if {"paraphrase", "paraphrase_wrong"}.intersection(found) else found


def _closed(found: list[str], text: str) -> list[str]:
    """Once there is, a summary that ends in a question asks for the yes."""
    summary = text.rstrip().endswith("?") and {"paraphrase", "paraphrase_wrong", "confirm"}.intersection(found)
    return ["confirm"] if summary else found


def _known(case: Mapping[str, Any]) -> dict[str, Any]:
    """What of a persona's case a reading is held against."""
    return {name: case[name] for name in ("order", "customer", "customer_gender", "cause") if name in case}
