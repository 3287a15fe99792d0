"""The hint of a turn: the rule that the reference would serve now. Its tip is in `drills/lines/LANGUAGE.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientcoach.drill.picks import reference

if TYPE_CHECKING:
    from clientcoach.drill.talk import Talk

# The rule that an act serves. Of a turn of several acts the first that is here counts: it is what the others wait for.
SERVES = {
    "safety": "keep_safe",
    "boundary": "hold_limit",
    "listen": "let_finish",
    "explore": "ask_first",
    "paraphrase": "read_back",
    "empathy": "name_feeling",
    "apology": "apologize_once",
    "own": "date_promise",
    "propose": "fit_offer",
    "choice": "fit_offer",
    "compensation": "fit_offer",
    "promise": "date_promise",
    "no_with_alternative": "fit_offer",
    "hold_timed": "meet_turn",
    "transfer": "meet_turn",
    "confirm": "sum_up",
    "thank": "sum_up",
}


def hint(talk: Talk) -> str:
    """The rule to keep in the next turn: what the customer has just done unasked comes before the steps, but for danger and abuse."""
    rule = next(SERVES[act] for act in reference(talk) if act in SERVES)
    told = talk.rounds[-1].told if talk.rounds else ()
    turned = any(name in talk.model["turns"] for name in told)
    return "meet_turn" if turned and rule not in {"keep_safe", "hold_limit"} else rule
