"""A walk through a call, and its screens at the moments worth seeing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientcoach.asking.live import Live
from clientcoach.asking.sight import held
from clientcoach.coach.board import board
from clientcoach.commands.live import Words
from clientcoach.views.terminal import draw

if TYPE_CHECKING:
    from clientcoach.views.terminal import Frame
    from tests.support import Place

SIZE = (88, 18)
TYPED = "type "  # a step that types a text into the open entry
# (seconds since the call began, keys, caption); a caption keeps the screen
WALK = (
    (0, [], "The first second: the line is there; the customer talks"),
    (41, ["f", "a", "d", "f", "s", f"{TYPED}4471", "enter", "b", "enter", "enter", "enter"], "Two facts later: the lines name the case"),
    (70, ["x", "a"], "An insult: one key, a counted limit, and back to the same place"),
    (125, ["enter", "enter", "f", "g", "enter", "enter", "enter", "r", "v"], "The solution: what I may give, what only the lead may"),
    (151, ["g", "s", "a", "j", "a", "a"], "A promise in four keys: what, who, when"),
)


def screens(place: Place) -> list[tuple[str, Frame]]:
    """(caption, screen) of each moment."""
    call = place.call()
    seconds = 0.0
    session = place.session()
    live = Live(call, Words(session, session.strings("en"), "en"), lambda _found: [], lambda: seconds)
    found = []
    for moment, keys, caption in WALK:
        seconds = moment
        for key in keys:
            live.type(key.removeprefix(TYPED)) if key.startswith(TYPED) else live.press(key)
        seen = board(call)
        found.append((caption, draw(seen, held(live, seen), session.strings("en"), *SIZE)))
    return found
