"""The five steps, tailored to a case: what `script` and `say` answer. Pure: the same input gives the same output."""

from __future__ import annotations

from clientcoach.coach.choose import form_of, lacking, rank, said_names, sayable, wish_of
from clientcoach.coach.facts import facts_of, possible
from clientcoach.coach.offers import LAID_OUT, listed
from clientcoach.wording.evaluate import fragment, render
from clientcoach.wording.variables import VARIABLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from clientcoach.coach.shapes import Form, Line, Phrase, Playbook, Policy
    from clientcoach.wording.values import Values

QUESTIONS = 3  # more than three are an interrogation
NAMES = 2  # a name said a third time begins to grate (research E30)
ONLY_IN_A_CALL = frozenset(["offer", "hold", "policy"])  # nothing a worker could ask the customer for
NEEDS_OFFERS = {**LAID_OUT, "propose.compromise": 1, "propose.refused_all": 1}


class Desk:
    """Everything one script is made from: the playbook and the policy in a language, the case, its values."""

    def __init__(self, playbook: Playbook, policy: Policy, case: Mapping[str, Any], values: Values, today: str | None) -> None:
        self.playbook, self.policy, self.case, self.values, self.today = playbook, policy, case, values, today
        self.facts = facts_of(case, policy)
        self.seed: int = case.get("seed", 0)
        self.wish = wish_of(case.get("channel"))
        self.missing: list[str] = []
        self.names = 0

    def line(self, key: str, phrase: Phrase, wish: str | None = None) -> Line:
        """A phrase as a line of part `key` (STEP.PART); the customer's name is left out after its second use, and beside hardship."""
        form = form_of(phrase, wish or self.wish)
        values = self.values
        if said_names(form):
            values = values if self.names < NAMES and not self.case.get("hardship") else values.without_name()
            self.names += 1
        return {"id": phrase["id"], "part": key.partition(".")[2], "text": render(form["text"], values)}

    def ranked(self, key: str, used: Mapping[str, int] | None = None, wish: str | None = None) -> list[Phrase]:
        """The eligible phrases of a part, best first; what a better one lacks is noted in `missing`."""
        phrases = self.playbook["phrases"][key]
        found = rank(phrases, self.facts, self.values, used=used, seed=self.seed, wish=wish or self.wish)
        self.note(lacking(phrases, self.facts, self.values, found[0] if found else None, self.wish))
        return found

    def note(self, variables: Iterable[str]) -> None:
        """Adds the case fields behind unknown variables to what is missing."""
        for name in variables:
            field = VARIABLES[name]["field"] if name in VARIABLES else name
            if field not in ONLY_IN_A_CALL and field not in self.case and field not in self.missing:
                self.missing.append(field)


def build(desk: Desk, notes: Playbook) -> dict[str, Any]:
    """The script of a case (script@1 without its envelope). `notes` is the playbook in the worker's language."""
    steps = [_step(desk, notes, number, step, parts) for number, (step, parts) in enumerate(desk.playbook["steps"], 1)]
    if desk.case.get("fault") == "ours" and desk.facts["owns"] == "no":
        desk.missing.append("verified")  # until then nobody may hear that it was us
    return {"playbook": desk.playbook["name"], "lang": desk.playbook["lang"], "steps": steps, "missing": desk.missing}


def _step(desk: Desk, notes: Playbook, number: int, step: str, parts: list[str]) -> dict[str, Any]:
    offers = listed(desk.playbook, desk.policy, desk.case, desk.values, desk.today) if step == "propose" else []
    own = sum(1 for offer in offers if not offer["needs_lead"])
    lines: list[dict[str, Any]] = []
    questions: list[str] = []
    for part in parts:
        key = f"{step}.{part}"
        if not possible(desk.playbook["parts"].get(key, {}), desk.facts) or own < NEEDS_OFFERS.get(key, 0):
            continue
        ranked = desk.ranked(key)
        if part == "ask":
            questions = [desk.line(key, phrase)["text"] for phrase in ranked[:QUESTIONS]]
        elif ranked:
            line = desk.line(key, ranked[0])
            lines.append({**line, "label": label_of(notes, part, desk)})
    return {"step": step, "number": number, "say": lines, "ask": questions, **advice(desk, notes, step), "offers": offers}


def advice(desk: Desk, notes: Playbook, step: str, book: Playbook | None = None) -> dict[str, Any]:
    """Title, notes and what to avoid of a step; reasons in the worker's language, quotations in the customer's."""
    reasons = notes["avoid"].get(step, {})
    return {
        "title": _text(notes["title"][step], desk),
        "notes": [_text(form, desk) for form in notes["do"].get(step, []) if sayable(form, desk.values)],
        "avoid": [
            {"text": _text(quote["text"], desk), "why": _text(reasons[name]["why"], desk)}
            for name, quote in (book or desk.playbook)["avoid"].get(step, {}).items()
        ],
    }


def label_of(notes: Playbook, part: str, desk: Desk) -> str:
    """What the worker reads beside a line: the part's name in their language."""
    label = notes["label"].get(part)
    return fragment(label["text"], desk.values) if label else ""


def _text(form: Form, desk: Desk) -> str:
    return render(form["text"], desk.values)
