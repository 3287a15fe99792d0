"""What the customer answers to a turn: which of their lines, in the order in which a person would say them. No number changes here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.drill.events import ALONG, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clientcoach.drill.dice import Dice
    from clientcoach.drill.state import State

    Lines = Mapping[str, Sequence[Sequence[str]]]  # by band: the own ones, those of the style, those of anybody

BANDS = ("calm", "irritated", "angry", "furious")
_UP_TO = (20, 50, 80)  # the bands of a phrase times ten
# What is answered to when a turn was several acts: the first of these that was among them. What hurts comes before what helps.
REPLIES = (
    "blame_customer", "threaten_to_hang_up", "deny", "calm_down", "safety", "safety_unasked", "flat_no", "transfer_cold",
    "blame_colleague", "ask_again", "paraphrase_wrong", "paraphrase_early", "boundary_unasked", "interrupted", "explanation_early",
    "confirm_early", "confirm_not", "propose_blind", "jargon", "vague_again", "promise_vague", "propose_vague", "boundary",
    "propose_unheard", "compensation_unheard", "name_third", "hold", "transfer", "choice", "propose", "overpromise",
    "no_with_alternative", "compensation", "compensation_other", "promise", "apology_third", "apology_early", "apology",
    "apology_generic", "paraphrase", "empathy", "empathy_generic", "own", "explanation", "hold_timed", "after_tears", "listen_done",
    "again", "thank", "explore_guarded", "explore_done",
)  # fmt: skip
HURTS = frozenset((*REPLIES[: REPLIES.index("hold")], "apology_third", "apology_early"))  # what is answered to before a question is
UNANSWERED = frozenset(("listen", "explore", "name", "confirm"))  # what is told, asked or agreed is the answer itself

INSTEAD = frozenset(("silence", "one_more_thing", "refuses_all"))  # what is done in place of an answer
ASKS = frozenset(("listen_done", "propose_vague", "promise_vague"))  # asks back, and would not go on with something else
OFFERS = frozenset(("propose_blind", "propose_unheard", "compensation_unheard", "propose", "choice"))
APOLOGIES = frozenset(("apology", "apology_generic", "own"))


def band(anger: int) -> str:
    """The band of an anger of 0–100."""
    return BANDS[sum(anger >= limit for limit in _UP_TO)]


class Voice:
    """A persona's lines (`texts` of its shard), each said once in a call as long as there is another; `agreed`: the least solution."""

    def __init__(self, texts: Mapping[str, Any], dice: Dice, agreed: int) -> None:
        self.texts, self.dice, self.agreed = texts, dice, agreed
        self.used: set[str] = set()
        self.wanted = False

    def opening(self, again: str = "") -> str:
        """The first words; `again`: of the second call, `kept` or `broken`."""
        return self.texts["again"][again] if again else self._fresh(self.texts["opening"])

    def answer(self, state: State, acts: Sequence[str], told: Sequence[str], part: int | None, *, repeated: bool) -> str:
        """What is said after a turn, whose `told` are the events; `part`: of the story, where it was listened to.

        `repeated`: the worker has said the same, word for word, before.
        """
        said = self._said(state, acts, told, part, repeated=repeated)
        return " ".join(line for line in said if line) or self.reply("listen_done", state)

    def _said(self, state: State, acts: Sequence[str], told: Sequence[str], part: int | None, *, repeated: bool) -> Iterator[str]:
        if state.end and state.end != "timeout":
            yield self._last(state)
            return
        instead = next((name for name in told if name in INSTEAD), "")
        if instead:
            yield self.event(instead, state)
        else:
            yield self._reply(state, acts, part, repeated=repeated, told=told)
        if part is not None and instead in {"", "silence"}:  # a pause, and the story goes on
            yield self.texts["story"][part]
        yield from (self.texts["facts"][number] for number in state.fresh)
        yield from (self.event(name, state) for name in told if name != instead and not self._unsaid(name, state))
        if state.end:
            yield self._line(self.texts["ends"][state.end], state)

    def _last(self, state: State) -> str:
        """The last words, before which nothing else is said."""
        if state.end == "hung_up":
            return self.event("hang_up", state)
        return self.reply("transfer_cold", state) if state.handed == "cold" else self._line(self.texts["ends"][state.end], state)

    def _unsaid(self, name: str, state: State) -> bool:
        """Who has an offer, waits for an apology or has other things to think of does not ask what can be done."""
        return name == "softening" and (state.solution > 0 or state.endangered or APOLOGIES.isdisjoint(state.counts))

    def event(self, name: str, state: State) -> str:
        """What they say as they do something unasked."""
        return self._line(self.texts["events"][name], state)

    def _reply(self, state: State, acts: Sequence[str], part: int | None, *, repeated: bool, told: Sequence[str]) -> str:
        """To what weighs most; a question that brings nothing new is passed over where there is something else to say."""
        found = self._answerable(state, told)
        answered = self.reply(self._to(found, state, repeated=repeated), state) if found else ""
        if "explore" in acts and not state.fresh and part is None and HURTS.isdisjoint(found):
            return " ".join((answered, self._asked_in_vain(state, answered))).strip()
        return answered

    def _answerable(self, state: State, told: Sequence[str]) -> list[str]:
        """Who goes on with something else does not ask back; who threatens says no thanks first, nor that they want to go on."""
        found = [name for name in state.replies if name not in UNANSWERED]
        if not OFFERS.isdisjoint(found):  # an offer is heard, also where it cuts the story off
            found = [name for name in found if name != "interrupted"]
        if state.end == "timeout":
            return [name for name in found if name not in HURTS]
        if set(ALONG).issuperset(told):
            return found
        threatens = bool(set(HOSTILE).intersection(told))
        only = threatens or ASKS.intersection(found)
        without = ASKS | {"interrupted"} if threatens else ASKS
        return [name for name in found if name not in without and (name in HURTS or not only)]

    def _to(self, found: Sequence[str], state: State, *, repeated: bool) -> str:
        """What weighs most; nobody asks for a date or an offer that is there, and who was just let cry does not ask what is next."""
        most = min(found, key=REPLIES.index)
        if most == "listen_done" and state.events.get("tears") == state.turn - 1:
            return "after_tears"
        if {"promise_vague": state.promised, "propose_vague": state.solution >= self.agreed}.get(most):
            return "vague_again"
        return "again" if repeated and most not in HURTS else most

    def _asked_in_vain(self, state: State, answered: str) -> str:
        """All is told, and what they want is the answer; or what is left is guarded."""
        if len(state.known) == len(self.texts["facts"]) and not self.wanted:
            self.wanted = True
            return str(self.texts["wants"])
        if answered:
            return ""
        return self.reply("explore_guarded" if len(state.known) < len(self.texts["facts"]) else "explore_done", state)

    def reply(self, name: str, state: State) -> str:
        """An answer to an act."""
        return self._line(self.texts["replies"][name], state)

    def _line(self, lines: Lines, state: State) -> str:
        """By the anger; once the own ones were said, those of the style, then anybody's, then that this was said before."""
        layers = lines[band(state.anger)]
        for layer in layers:
            fresh = [line for line in layer if line not in self.used]
            if fresh:
                return self._fresh(fresh)
        again = self.texts["replies"]["again"][band(state.anger)]
        return self._fresh(next((fresh for layer in again if (fresh := [line for line in layer if line not in self.used])), again[-1]))

    def _fresh(self, lines: Sequence[str]) -> str:
        line = self.dice.pick(lines)
        self.used.add(line)
        return line
