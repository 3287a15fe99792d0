"""After the debrief, behind keys: the curves, the scorecard, par, what another answer would have done; and the customer's second call."""

from __future__ import annotations

from clientcoach.drill.picks import picks
from clientcoach.drill.talk import calls_back
from clientcoach.drill.what_if import before, what_if
from clientcoach.views.debrief import compared, curves, par, scorecard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clientcoach.commands.drill_hands import Menu
    from clientcoach.commands.drill_play import Play

DONE, SECOND, OTHER = "done", "second", "other"
KEYS = {DONE: "o", "curves": "c", "scorecard": "s", "par": "p", "what_if": "w", SECOND: "b", OTHER: "t"}


class After:
    """`tell` shows something; nothing here is part of the talk."""

    def __init__(self, menu: Menu, tell: Callable[[str], None]) -> None:
        self.menu, self.tell = menu, tell

    def asked(self, play: Play) -> str:
        """Until the trainee has seen enough; how the customer calls again (`calls_back`), where that was wished. Raises EOFError."""
        again = calls_back(play.talk)
        also = [(DONE, "drill.done"), *((name, f"drill.see_{name}") for name in ("curves", "scorecard", "par", "what_if"))]
        items = [(name, KEYS[name], key) for name, key in (*also, *([(SECOND, "drill.see_second")] if again else []))]
        while (taken := self.menu.pick(self.menu.word("drill.more"), [], items)) not in {DONE, SECOND}:
            self.tell(f"\n{self._shown(taken, play).rstrip()}\n")
        return again if taken == SECOND else ""

    def _shown(self, taken: str, play: Play) -> str:
        words, strings = play.desk.words, play.desk.strings
        if taken == "curves":
            return curves(play.debrief["curves"], strings)
        if taken == "scorecard":
            return scorecard(play.debrief, words, strings)
        if taken == "par":
            return par(play.debrief, strings)
        return self._what_if(play)

    def _what_if(self, play: Play) -> str:
        """Both courses of the call: as it was, and with another answer in one turn."""
        turn = self._turn(play)
        acts = self._instead(play, turn)
        return compared(play.debrief, what_if(play.talk, turn, acts), turn, play.desk.strings)

    def _turn(self, play: Play) -> int:
        """A turn of the call; the costliest is pointed at."""
        said = [f"{one.turn}. {one.said or self.menu.transcript.acts(one.acts)}" for one in play.talk.rounds]
        costly = (play.debrief["costliest"] or {"turn": 1})["turn"]
        return 1 + self.menu.choose(self.menu.word("drill.which_turn"), said, costly - 1)

    def _instead(self, play: Play, turn: int) -> Sequence[str]:
        """One of the lines of that turn, or acts by name."""
        lines = [one for one in picks(before(play.talk, turn)) if one.acts != play.talk.rounds[turn - 1].acts]
        also = [(OTHER, KEYS[OTHER], "drill.other_act")]
        taken = self.menu.pick(self.menu.word("drill.what_instead"), [one.text for one in lines], also)
        return self.menu.acts(self.menu.word("drill.which"), []) if taken == OTHER else lines[int(taken)].acts
