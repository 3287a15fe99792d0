"""Questions one after another, in the terminal. The only module that knows questionary, and its traps (research/cli.md 3.3):
only `unsafe_ask` raises on Ctrl-C, a list ignores Ctrl-D, and what comes from a pipe is pressed keys: a terminal is asked for before.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")  # terminals that do not answer where the cursor is are warned about otherwise

import questionary

from clientcoach.asking.keys import typed_as

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TextIO

    Item = tuple[str, str, str]  # value, keys that take it, title


def text(question: str, hint: str = "") -> str:
    """What was typed; nothing where Enter was all. Raises EOFError (Ctrl-D), KeyboardInterrupt."""
    return str(questionary.text(question, instruction=f"{hint} " if hint else None, qmark="").unsafe_ask()).strip()


def choose(question: str, choices: Mapping[str, str], hint: str = " ") -> str:
    """The key of the choice that was taken; digits point at one, Enter takes it, the first at once. Raises EOFError, KeyboardInterrupt."""
    items = [questionary.Choice(title, value=key) for key, title in choices.items()]
    asked = questionary.select(question, items, instruction=hint, qmark="", use_shortcuts=True, use_jk_keys=False)
    keys: Any = asked.application.key_bindings
    keys.add("c-d", eager=True)(lambda event: event.app.exit(exception=EOFError()))
    return str(asked.unsafe_ask())


class Lists:
    """The questions of a drill on a screen: gone once they are answered, for the transcript tells what was chosen.

    All raise EOFError (Ctrl-D) and KeyboardInterrupt.
    """

    marking = "drill.which_how"

    def __init__(self, screen: TextIO | None) -> None:
        from clientcoach.asking.terminal import output

        self.how: dict[str, Any] = {"qmark": "", "erase_when_done": True, "output": output(screen) if screen else None}

    def pick(self, question: str, items: Sequence[Item], at: str | None = None) -> str:
        """The value of the item whose key was pressed, or that was pointed at (first `at`) and taken."""
        choices = [questionary.Choice(title, value=value) for value, _, title in items]
        asked = questionary.select(f"\n {question}", choices, default=at, instruction=" ", use_jk_keys=False, **self.how)
        bindings: Any = asked.application.key_bindings
        for value, keys, _ in items:
            for char in (one for key in keys for one in typed_as(key)):
                bindings.add(char, eager=True)(_taking(value))
        bindings.add("c-d", eager=True)(_leaving)
        return str(asked.unsafe_ask())

    def text(self, question: str, hint: str) -> str:
        """What was typed on one line."""
        return str(questionary.text(f"\n {question}", instruction=f"{hint} ", **self.how).unsafe_ask())

    def several(self, question: str, hint: str, items: Sequence[tuple[str, str]], marked: Sequence[str], least: str) -> list[str]:
        """The values of those (value, title) that were marked, in their order; where none was, `least` is told and they are asked again."""
        choices = [questionary.Choice(title, value=value, checked=value in marked) for value, title in items]
        asked = questionary.checkbox(f"\n {question}", choices, instruction=hint, use_jk_keys=False, **self.how)
        bindings: Any = asked.application.key_bindings
        bindings.add("c-d", eager=True)(_leaving)
        found = [str(value) for value in asked.unsafe_ask()]
        return found or self.several(least, hint, items, (), least)  # questionary's own message wants a terminal that tells its height


def _taking(value: str) -> Callable[[Any], None]:
    return lambda event: event.app.exit(result=value)


def _leaving(event: Any) -> None:
    event.app.exit(exception=EOFError())
