"""The panels after a call: the incident as it would be saved. One key saves it, letters change it, Esc leaves it for later."""

from __future__ import annotations

from clientcoach.asking.panel import Panel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from clientcoach.asking.live import Live

    class Record(Protocol):
        """The incident of a call that has ended; whatever is changed is masked and waits as a draft at once."""

        abusive: bool  # whether there was an insult or a threat

        def rows(self) -> list[tuple[str, str]]:
            """What would be saved, as (label, text)."""

        def notices(self) -> list[str]:
            """What was masked, what was left out."""

        def text(self, name: str) -> str:
            """What one of TYPED says now: where typing begins."""

        def change(self, name: str, text: str) -> None:
            """Another text for one of TYPED. Raises UsageError."""

        def save(self) -> None:
            """Into the store; it may take long. Raises StorageError, UsageError."""

        def discard(self) -> None:
            """Gone for good."""


COMMANDS = {"w": "worked", "b": "better", "d": "did", "q": "quote", "r": "reference", "x": "discard"}
TYPED = ("worked", "better", "did", "quote", "reference")


def hints(record: Record) -> list[tuple[str, str]]:
    """(key, command), the most needed first: after an insult or a threat their words."""
    keys = sorted(COMMANDS, key=lambda key: COMMANDS[key] != "quote") if record.abusive else COMMANDS
    return [(key, COMMANDS[key]) for key in keys]


def record_panel(live: Live, record: Record) -> Panel:
    """What would be saved, and the keys that save, change and throw away."""

    def take(command: str | None) -> Panel | None:
        if command is None:
            return live.save()
        return _discard_panel(live, record) if command == "discard" else _typing_panel(live, record, command)

    return Panel(live.words("record.title"), take=take, also=COMMANDS, body=["record"], last=True)


def _typing_panel(live: Live, record: Record, name: str) -> Panel:
    def take(text: str) -> Panel:
        record.change(name, text)
        return record_panel(live, record)

    return Panel(live.words(f"record.ask_{name}"), take=take, entry=record.text(name), home=record_panel(live, record))


def _discard_panel(live: Live, record: Record) -> Panel:
    """Asked once; Enter keeps it."""
    items = [(False, live.words("record.keep")), (True, live.words("record.discard"))]

    def take(sure: bool) -> Panel | None:  # noqa: FBT001 - the value of an item
        if not sure:
            return record_panel(live, record)
        record.discard()
        live.left = True
        return None

    return Panel(live.words("record.ask_discard"), items, take, also={"x": True}, home=record_panel(live, record))
