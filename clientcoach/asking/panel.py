"""A panel over the call: a list to pick from by one key, a long list that filters while one types, a text to type, something to read.

Pure: it knows neither terminal nor call.
"""

from __future__ import annotations

from clientcoach.asking.keys import PICKS
from clientcoach.matching.find import Index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    Item = tuple[Any, str]


class Panel:
    """`take` gets the value of the item picked, or the text typed, and returns the panel that follows (None: closed).

    `items` are (value, label). `entry`: the text to begin with, None where nothing is typed. `also`: further keys and their values.
    A list too long for the keys is filtered instead: `text` is then what was typed. `home`: where Esc goes (None: the panel closes).
    `last`: the call is over, and nothing lies under this panel: Backspace leads nowhere, Esc leaves.
    """

    def __init__(
        self,
        title: str,
        items: Sequence[Item] = (),
        take: Callable[[Any], Panel | None] = lambda _value: None,
        *,
        entry: str | None = None,
        also: Mapping[str, Any] | None = None,
        body: Sequence[str] = (),
        at: Any = None,
        home: Panel | None = None,
        last: bool = False,
    ) -> None:
        self.title, self.items, self.take, self.body = title, list(items), take, list(body)
        self.also = also or {}
        self.long = len(self.items) > len(PICKS)
        self.index = Index(self.items if self.long else ())
        self.text = entry if entry is not None else "" if self.long else None
        self.pointed = next((place for place, item in enumerate(self.items) if item[0] == at), 0)
        self.before: Panel | None = None  # where Backspace goes
        self.home, self.last = home, last

    @property
    def typing(self) -> bool:
        """Whether letters are text here, not keys."""
        return self.text is not None

    def shown(self) -> list[Item]:
        """The items that the filter lets through, the best first."""
        return self.index.find(self.text) if self.long and self.text else self.items

    @property
    def letters(self) -> str:
        """The keys of the items shown, in their order; a list that filters has none."""
        return "" if self.typing else PICKS

    def type(self, text: str) -> None:
        """The text as it stands now."""
        self.text, self.pointed = text, 0

    def move(self, by: int) -> None:
        """The pointer, round the ends; in what is only read, down and up."""
        if self.body:
            self.pointed = max(0, self.pointed + by)
            return
        count = len(self.shown())
        self.pointed = (self.pointed + by) % count if count else 0

    def picked(self, key: str) -> tuple[bool, Any]:
        """(whether the key picks something, its value)."""
        if key in self.also:
            return True, self.also[key]
        place = int(key) - 1 if key in "123456789" else self.letters.find(key)
        shown = self.shown()
        return (True, shown[place][0]) if 0 <= place < len(shown) and not self.typing else (False, None)

    def entered(self) -> tuple[bool, Any]:
        """What Enter takes: the item pointed at, else the text; what was only read is closed."""
        shown = self.shown()
        if shown:
            return True, shown[self.pointed][0]
        return bool(self.body) or (self.typing and not self.long), self.text
