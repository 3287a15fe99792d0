"""Questions one after another, in the terminal. The only module that knows questionary, and its traps (research/cli.md 3.3):
only `unsafe_ask` raises on Ctrl-C, a list ignores Ctrl-D, and what comes from a pipe is pressed keys: a terminal is asked for before.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")  # terminals that do not answer where the cursor is are warned about otherwise

import questionary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


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
