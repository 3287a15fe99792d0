"""A drill in the terminal: the trainee picks a line or says it in their own words. What was read in those is told before it counts."""

from __future__ import annotations

from textwrap import shorten

from clientcoach.asking.keys import PICKS, letter
from clientcoach.case.text import safe
from clientcoach.commands.drill_answers import text
from clientcoach.commands.drill_play import Step
from clientcoach.drill.acts import ACTS
from clientcoach.drill.picks import picks
from clientcoach.errors import Cancelled, UsageError
from clientcoach.views.messages import sentence, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Protocol

    from clientcoach.commands.drill_desk import Desk
    from clientcoach.commands.drill_play import Play
    from clientcoach.views.drill import Transcript

    Item = tuple[str, str, str]

    class Asker(Protocol):
        """Questions on a screen (`asking.prompts.Lists`) or line by line (`asking.plain.Plain`)."""

        marking: str

        def pick(self, question: str, items: Sequence[Item], at: str | None = None) -> str: ...
        def text(self, question: str, hint: str) -> str: ...
        def several(self, question: str, hint: str, items: Sequence[tuple[str, str]], marked: Sequence[str], least: str) -> list[str]: ...


ROW = 60  # characters of a turn in a list of turns
INDENT = " " * len(" » 1) ")  # of the further rows of a line in a list
HOME = "asdf"  # beside the digits: a Kazakh number row has none
OWN, HINT, LEAVE, TAKE, CORRECT, REWRITE = "own", "hint", "leave", "take", "correct", "rewrite"
KEYS = {OWN: "t", HINT: "h", LEAVE: "o", CORRECT: "c", REWRITE: "t"}


class Menu:
    """Questions as a drill asks them: in the worker's language, with the keys as the keyboard prints them, broken at the window's edge."""

    def __init__(self, desk: Desk, asker: Asker, transcript: Transcript) -> None:
        self.desk, self.asker, self.transcript = desk, asker, transcript

    def word(self, key: str, **params: object) -> str:
        """A text of the interface."""
        return word(self.desk.strings, key, **params)

    def pick(self, question: str, texts: Iterable[str], also: Iterable[tuple[str, str, str]]) -> str:
        """The number (from 0) of one of at most nine texts, or the value of one of `also` (value, key, catalogue's key)."""
        items = [self._numbered(place, one) for place, one in enumerate(texts)]
        items += [(value, key, self._title(letter(key, self.desk.ui), self.word(name))) for value, key, name in also]
        return self.asker.pick(question, items)

    def choose(self, question: str, texts: Sequence[str], at: int) -> int:
        """The number (from 0) of one of at most eighteen texts, by home row and top row; `at` is pointed at."""
        items = [
            (str(place), PICKS[place], self._title(letter(PICKS[place], self.desk.ui), shorten(safe(one), ROW, placeholder=" …")))
            for place, one in enumerate(texts)
        ]
        return int(self.asker.pick(question, items, str(at)))

    def _numbered(self, place: int, one: str) -> Item:
        digit = str(place + 1)
        return str(place), digit + HOME[place : place + 1], self._title(digit, one)

    def _title(self, key: str, one: str) -> str:
        rows = self.transcript.wrapped(f"{key}) {one}", room=len(INDENT) + 1)
        return f"\n{INDENT}".join(rows)

    def acts(self, question: str, marked: Sequence[str]) -> list[str]:
        """Acts by their names, those that were read first; one at least."""
        names = [*marked, *(name for name in ACTS if name not in marked)]
        items = [(name, self.transcript.acts([name])) for name in names]
        return self.asker.several(question, self.word(self.asker.marking), items, marked, self.word("drill.one_at_least"))


class Typed:
    """`Hands` of somebody at a terminal. `note` is called before each turn, for the journal."""

    def __init__(self, menu: Menu, note: Callable[[], None], tell: Callable[[str], None]) -> None:
        self.menu, self.note, self.tell = menu, note, tell

    def step(self, play: Play) -> Step | None:
        """The next turn, None for a hint. Raises Cancelled where the trainee leaves, EOFError, KeyboardInterrupt."""
        self.note()
        lines = picks(play.talk)
        also = [(OWN, KEYS[OWN], "drill.own"), (HINT, KEYS[HINT], "drill.ask_hint"), (LEAVE, KEYS[LEAVE], "drill.leave")]
        while (taken := self.menu.pick(self.menu.word("drill.turn"), [one.text for one in lines], also)) == OWN:
            if step := self._own(play):
                return step
        if taken == LEAVE:
            raise Cancelled
        return None if taken == HINT else Step(lines[int(taken)].acts, lines[int(taken)].text, "pick")

    def _own(self, play: Play) -> Step | None:
        """Own words, once they are taken as what they were read as; None where nothing was typed."""
        while typed := self._written():
            if step := self._agreed(typed, play.reader.acts(typed, play.talk)):
                return step
        return None

    def _written(self) -> str:
        while True:
            try:
                return text(self.menu.asker.text(self.menu.word("drill.write"), self.menu.word("drill.back")))
            except UsageError as error:
                self.tell(sentence(error, self.menu.desk.strings))

    def _agreed(self, typed: str, read: Sequence[str]) -> Step | None:
        """The turn as it was read, or as the trainee says it was meant; None where they would say it differently."""
        menu = self.menu
        also = [(CORRECT, KEYS[CORRECT], "drill.correct" if read else "drill.name_it"), (REWRITE, KEYS[REWRITE], "drill.rewrite")]
        said = menu.transcript.wrapped(f"{menu.word('drill.you')}: {typed}", room=1)
        told = menu.word("drill.read_as", acts=menu.transcript.acts(read)) if read else menu.word("drill.unread")
        taken = menu.pick("\n ".join([*said, "", told]), [], [(TAKE, "a", "drill.take"), *also] if read else also)
        if taken == CORRECT:
            return Step(menu.acts(menu.word("drill.which"), read), typed, "act")
        return Step(read, typed, "text") if taken == TAKE else None
