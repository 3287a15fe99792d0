"""What the keys and the clock add to the board of a call: time, notices, the open panel, the keys that matter now. Plain data."""

from __future__ import annotations

from clientcoach.asking.facts import own_words, told
from clientcoach.asking.keys import letter
from clientcoach.asking.live import NUDGE, STEER
from clientcoach.asking.panels import limit_of
from clientcoach.asking.record import hints as record_hints
from clientcoach.case.fields import FIELDS
from clientcoach.coach.board import ASKED
from clientcoach.coach.moves import FORMS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from clientcoach.asking.live import Live
    from clientcoach.asking.panel import Panel
    from clientcoach.coach.board import Board

NAMED = {"enter": "next", "space": "another", "backspace": "back"}  # keys that have names, and what they do
COMMANDS = (
    ("f", "fact"), ("x", "interruption"), ("xx", "danger"), ("v", "calmer"), ("b", "angrier"),
    ("a", "shorter"), ("s", "softer"), ("d", "firmer"), ("g", "offers"), ("j", "promise"), ("c", "hold"),
    ("i", "return"), ("n", "notes"), ("l", "language"), ("k", "copy"), ("o", "end"), ("h", "keys"),
)  # fmt: skip
SETTLING = ("propose", "follow_up")  # steps in which offers and promises are made


def held(live: Live, seen: Board) -> dict[str, Any]:
    """Everything a view needs beside the board `seen`."""
    other, hints = live.other_lang(), _hints(live)
    return {
        "clock": _clock(live.elapsed),
        "pair": (live.call.lang, other) if other else None,
        "notices": list(_notices(live)),
        "known": _known(live, seen),
        "missing": _missing(live, seen),
        "waiting": live.held is not None,
        "owed": live.owed,
        "warned": live.warned,
        "notes_key": letter("n", live.words.ui),
        "record": live.record.rows() if live.record else None,
        "due": told(live, "deadline", live.call.case["deadline"]) if "deadline" in live.call.case else None,
        "limits": {offer["id"]: f" ({limit})" for offer in seen["offers"] if (limit := limit_of(live, offer))},
        "panel": _panel(live),
        "hints": hints,
        "brief": _brief(live, hints),
        "keys": _keys(live),
    }


def _clock(seconds: int) -> str:
    minutes, rest = divmod(max(0, seconds), 60)
    return f"{minutes:02}:{rest:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def _notices(live: Live) -> Iterator[tuple[str, str]]:
    """The most pressing first: a hold that is over, what the last key caused, how long the story has taken."""
    left = live.hold_left
    if left is not None and not live.call.ended:
        key = "screen.hold_left" if left >= 0 else "screen.hold_over"
        yield "told" if left >= 0 else "due", live.words(key, left=_clock(left), over=_clock(-left))
    yield from (("told", notice) for notice in live.notices)
    if live.record and live.panel and live.panel.last:
        yield from (("quiet", notice) for notice in live.record.notices())
    if live.elapsed >= NUDGE and live.panel is None and live.call.hearing():
        yield "quiet", live.words("screen.steer" if live.elapsed >= STEER else "screen.nudge")


def _known(live: Live, seen: Board) -> str:
    word = own_words(live)
    own = [f"{word(name, 'label')}: {word(name, value)}" for name, value in seen["own"].items() if value]
    facts = " · ".join(_fact(live, name, value) for name, value in seen["known"].items())
    if facts and seen["verified"] is False:
        facts = live.words("screen.by_customer", facts=facts)
    return " · ".join([*own, *([facts] if facts else [])]) or live.words("screen.nothing_known")


def _missing(live: Live, seen: Board) -> list[str]:
    """What is still to be found out: the playbook's own questions first, for its lines hang on them."""
    word = own_words(live)
    own = [word(name, "label") for name, value in seen["own"].items() if value is None and not live.call.turn]
    return [*own, *(live.words(f"field.{name}") for name in seen["missing"])][:ASKED]


def _fact(live: Live, name: str, value: Any) -> str:
    label = live.words(f"field.{name}")
    kind = FIELDS[name]["kind"]
    if kind == "yes_no":
        return label
    return told(live, name, value) if kind == "number" or name == "cause" else f"{label}: {told(live, name, value)}"


def _panel(live: Live) -> dict[str, Any] | None:
    panel = live.panel
    if panel is None:
        return None
    letters = [letter(key, live.words.ui) for key in panel.letters]
    labels = [label for _, label in panel.shown()]
    keys = [letters[place] if place < len(letters) else "" for place in range(len(labels))]
    return {
        "title": panel.title,
        "rows": list(zip(keys, labels, strict=True)),
        "pointed": panel.pointed,
        "entry": panel.typing,
        "body": panel.body,
    }


def _hints(live: Live) -> list[tuple[str, str]]:
    """The keys that do something here, the most needed first; in a panel those that leave it."""
    if live.panel:
        return _panel_hints(live, live.panel)
    call, turn = live.call, live.call.turn
    forms = call.phrase["forms"] if call.phrase else {}
    wished = [name for name, form in FORMS.items() if form in forms and form != call.wish]
    settling = ["offers", "promise"] if call.step_name() in SETTLING and not turn else []
    saying = ["next", "another"] if call.phrase else []
    over = ["end"] if call.step + 1 == len(call.steps) or (turn and turn["stays"]) else []
    leaving = [*over, "return"] if turn else ["back"]
    rest = [] if turn else [*over, *settling, "calmer", "angrier", "hold"]
    names = [*saying, *leaving, "keys", "fact", "interruption", "danger", *rest, *wished, "notes", "language"]
    printed = {name: label for label, name in _pairs(live)}
    return [(printed[name], live.words(f"key.{name}")) for name in names]


def _brief(live: Live, hints: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The keys for a screen with room for one row of them: the next line, all keys, danger."""
    if live.panel:
        return hints
    printed = {name: (key, live.words(f"key.{name}")) for key, name in _pairs(live)}
    first = [hints[0], printed["keys"], printed["danger"]]
    return [*first, *(hint for hint in hints if hint not in first)]


def _panel_hints(live: Live, panel: Panel) -> list[tuple[str, str]]:
    if live.record and panel.last:
        keys = [(letter(key, live.words.ui), live.words(f"key.{name}")) for key, name in record_hints(live.record)]
        return [(live.words("key.enter"), live.words("key.save")), ("Esc", live.words("key.later")), *keys]
    hints = [("↑ ↓", "")] if panel.body else [(live.words("key.enter"), live.words("key.choose"))]
    back = [(live.words("key.backspace"), live.words("key.back"))] if panel.before else []
    return [*hints, ("Esc", live.words("key.escape")), *back]


def _pairs(live: Live) -> list[tuple[str, str]]:
    """(key as printed, command)."""
    named = [(live.words(f"key.{key}"), name) for key, name in NAMED.items()]
    pairs = [*named, *(("".join(letter(key, live.words.ui) for key in keys), name) for keys, name in COMMANDS)]
    return [(live.words("key.backspace"), "return") if name == "return" and live.call.turn else (key, name) for key, name in pairs]


def _keys(live: Live) -> list[tuple[str, str]]:
    """Every key, for the panel that tells them."""
    steps = " ".join(letter(key, live.words.ui) for key in "qwert")
    told_keys = [(key, live.words(f"key.{name}")) for key, name in _pairs(live)]
    return [*told_keys, (steps, live.words("key.steps")), ("Esc", live.words("key.escape")), ("Ctrl-D", live.words("key.leave"))]
