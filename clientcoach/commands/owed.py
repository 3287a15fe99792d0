"""What the verbs of the promises share: the team's day, and what of the ledger is shown in which order."""

from __future__ import annotations

from clientcoach.commands import keeping
from clientcoach.errors import UsageError
from clientcoach.records import promises

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from clientcoach.case.moments import Moment
    from clientcoach.commands.session import Session
    from clientcoach.records.engine import Engine
    from clientcoach.records.promises import Promise
    from clientcoach.records.store import Store


BEFORE_LATE = "follow-up"  # the playbook for a promise that will not be kept in time, said while it still could be


class Days:
    """The clock of the team's zone and hours, stopped once, with its moments as the store keeps them (UTC text)."""

    def __init__(self, session: Session) -> None:
        from clientcoach.records.observed import utc

        self.clock = session.clock(session.policy(session.ui()))
        self.now = utc(self.clock.now.isoformat(timespec="seconds"))
        self.today = self.clock.today

    def moment(self, field: str, typed: str) -> Moment:
        """What was typed, as a moment. Raises UsageError naming the field."""
        from clientcoach.case.moments import resolve

        try:
            return resolve(typed, self.clock)
        except ValueError as error:
            raise UsageError("bad_moment", field=field, value=typed[:40]) from error

    def opening(self, iso: str) -> str:
        """A time as it is; of a date the hour at which the team opens."""
        from datetime import datetime, timedelta

        from clientcoach.records.observed import utc

        when = datetime.fromisoformat(iso)
        if when.tzinfo is None:
            when = self.clock.at(when + timedelta(minutes=(self.clock.span(when.date()) or (0, 0))[0]))
        return utc(when.isoformat(timespec="seconds"))

    def day(self, at: str) -> str:
        """The date of a moment where the team is."""
        from datetime import datetime

        return self.clock.here(datetime.fromisoformat(at)).date().isoformat()

    def midnight(self) -> str:
        """The first moment of tomorrow."""
        from datetime import datetime, timedelta

        from clientcoach.records.observed import utc

        return utc(self.clock.at(datetime.fromisoformat(self.today) + timedelta(days=1)).isoformat(timespec="seconds"))

    def no_later(self, until: str, promise: Promise) -> str:
        """When a promise that is put off comes back: on its day at the latest, unless it is late already."""
        due = promise["due_at"]
        if until <= due or due <= self.now:
            return until
        morning = self.opening(self.day(due))
        return morning if self.now < morning < due else due

    def shown(self, promise: Promise) -> Promise:
        """A promise with its date where the team is and how it stands now."""
        return {**promise, "day": self.day(promise["due_at"]), "status": promises.status(promise, self.now)}


def listed(session: Session, *, hide: bool, today: bool = False) -> dict[str, Any]:
    """The answer: due today first, then the late ones, then the rest, each by date.

    `hide`: leaves out and counts those put off; `today`: nothing that is due later.
    """
    days, reference = Days(session), _reference(session)
    store = keeping.store(session)
    found = _read(store, days, reference, today=today) if store else []
    shown = [one for one in found if not (hide and (one["snoozed"] or "") > days.now)]
    shown.sort(key=lambda one: (_place(one, days), one["due_at"], one["id"]))
    nearly = any(one["day"] == days.today and one["status"] == "open" for one in shown)
    return {
        "schema": "clientcoach/promises@1",
        "at": days.now,
        "today": days.today,
        "late": sum(one["status"] == "late" for one in found),
        "put_off": len(found) - len(shown),
        "playbook": BEFORE_LATE if nearly else None,
        "promises": shown,
    }


def owed_to(engine: Engine, named: Iterable[str]) -> list[Promise]:
    """The open promises to a customer, by any of the numbers they are known by."""
    return [one for name in named for one in promises.still_open(engine, reference=name)]


def kept(session: Session) -> Iterator[Promise]:
    """The promises that were kept, in the order they were made; there may be more than fit into memory."""
    days, reference = Days(session), _reference(session)
    store = keeping.store(session)
    if store is not None:
        with store:
            yield from (days.shown(one) for one in promises.every(store.engine, reference=reference) if one["done_at"])


def _reference(session: Session) -> str | None:
    """Whose promises are meant; None: everybody's. Raises UsageError."""
    from clientcoach.records.observed import clean

    reference = clean(session.case().get("reference"))
    typed = session.values.get("reference")
    if typed is not None and reference is None:  # a text that says nothing is nobody's, and must not mean everybody's
        raise UsageError("wrong_type", field="reference", expected="text", value=typed[:40])
    return reference


def _read(store: Store, days: Days, reference: str | None, *, today: bool) -> list[Promise]:
    before = days.midnight() if today else None
    with store:
        return [days.shown(one) for one in promises.still_open(store.engine, reference=reference, before=before)]


def _place(promise: Promise, days: Days) -> int:
    """0 due today, 1 late, 2 later."""
    if promise["day"] == days.today:
        return 0
    return 1 if promise["status"] == "late" else 2
