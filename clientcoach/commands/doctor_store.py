"""What `doctor` asks of the store and of what waits beside it. Nothing here writes: what a crash left half written is told, not undone."""

from __future__ import annotations

import os
import shlex

from clientcoach.commands import keeping
from clientcoach.errors import CoachError, StorageError
from clientcoach.records import audit, where
from clientcoach.records.engine import is_url, shown
from clientcoach.records.store import Store
from clientcoach.views.messages import sentence, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.commands.session import Session
    from clientcoach.records.engine import Engine

    Check = dict[str, Any]
    Strings = Mapping[str, Any]

NAMED = 20  # records named in a line; with --json all are
LITTLE = 100_000_000  # bytes free, below which it is told
OTHERS_WRITE, OTHERS_READ, STICKY = 0o022, 0o044, 0o1000


def checks(session: Session, strings: Strings) -> Iterator[Check]:
    """A line each: where the store is, whether it is whole, what waits to be saved or gone on with."""
    seen = _Seen(session, strings)
    try:
        place = keeping.place(session)
    except CoachError as error:
        yield seen.told("store", "error", sentence(error, strings))
        return
    yield from _file(seen, place) if not is_url(place) else _opened(seen, place)
    yield from _waiting(seen)


class _Seen:
    """Makes checks: a name, ok, a level, a detail in the worker's language, the records it is about."""

    def __init__(self, session: Session, strings: Strings) -> None:
        self.session, self.strings = session, strings
        self.quick = bool(session.values.get("quick"))

    def told(self, name: str, level: str, detail: str, records: Sequence[str] = ()) -> Check:
        return {"check": name, "ok": level != "error", "level": level, "detail": detail, **({"records": list(records)} if records else {})}

    def say(self, name: str, level: str, key: str, records: Sequence[str] = (), **params: object) -> Check:
        return self.told(name, level, word(self.strings, key, **params), records)

    def ok(self, name: str, key: str, **params: object) -> Check:
        return self.told(name, "ok", word(self.strings, key, **params))

    def damaged(self, name: str, detail: str, place: str) -> Check:
        """Where the file itself is broken: what to do now."""
        copy = next(filter(_is_whole, where.copies(place)), None)
        last = [word(self.strings, "doctor.last_copy", file=copy)] if copy else []
        named = ["--db", place] if self.session.values.get("db") else []
        command = shlex.join(["clientcoach", "doctor", *named, "--recover", f"{place}.recovered"])
        return self.told(name, "error", " ".join([detail, *last, word(self.strings, "doctor.recover_with", command=command)]))


def _is_whole(path: str) -> bool:
    """Whether a copy is a store that nothing is wrong with."""
    from clientcoach.records.sqlite import SQLite
    from clientcoach.records.verify import verify

    try:
        engine = SQLite(path, write=False) if os.path.getsize(path) else None
        return engine is not None and not any(True for _ in verify(engine))
    except StorageError:
        return False


def _file(seen: _Seen, path: str) -> Iterator[Check]:
    if os.path.islink(path):
        yield seen.told("link", "ok", f"{path} → {os.path.realpath(path)}")
    if not os.path.exists(path) or (os.path.isfile(path) and not os.path.getsize(path)):
        yield seen.ok("store", "doctor.no_store", file=path)
        return
    if not os.path.isfile(path):
        yield from _opened(seen, path)
        return
    if _journal(path):
        yield seen.say("store", "warning", "doctor.half_written", file=path)
    else:
        yield from _opened(seen, path)
    yield from _around(seen, path)


def _journal(path: str) -> bool:
    """Whether a save goes on or broke off."""
    journal = f"{os.path.realpath(path)}-journal"
    return os.path.exists(journal) and os.path.getsize(journal) > 0


def _around(seen: _Seen, path: str) -> Iterator[Check]:
    """Who may get at the file, its drive, the room beside it, its copies."""
    yield _permissions(seen, os.path.realpath(path))
    kind, synced = where.drive(path), where.synced(path)
    if where.is_network(kind):
        yield seen.say("drive", "warning", "doctor.network", kind=kind)
    elif synced:
        yield seen.say("drive", "warning", "doctor.synced", folder=synced)
    else:
        yield seen.told("drive", "ok", kind or "-")
    size, free = os.path.getsize(path), where.free(path)
    little = free < max(LITTLE, 2 * size)
    yield seen.say(
        "space", "warning" if little else "ok", "doctor.little_room" if little else "doctor.room", size=_mb(size), free=_mb(free)
    )
    yield seen.told("copies", "ok", ", ".join(where.copies(path)) or "-")


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f}" if size < 1e8 else f"{size / 1e6:.0f}"


def _permissions(seen: _Seen, file: str) -> Check:
    folder = os.path.dirname(file)
    modes = {path: where.mode(path) if os.name == "posix" else 0 for path in (file, folder)}
    for path, mode in modes.items():
        if mode & OTHERS_WRITE:
            level = "warning" if path == folder and mode & STICKY else "error"  # sticky: others may add files, not take ours
            return seen.say(
                "permissions", level, "doctor.others_write", file=path, mode=f"{mode:04o}", command=shlex.join(["chmod", "go-w", path])
            )
    if modes[file] & OTHERS_READ:
        return seen.say(
            "permissions", "warning", "doctor.others_read", file=file, mode=f"{modes[file]:04o}", command=shlex.join(["chmod", "600", file])
        )
    return seen.ok("permissions", "doctor.modes", file=f"{modes[file]:04o}", folder=f"{modes[folder]:04o}")


def _opened(seen: _Seen, place: str) -> Iterator[Check]:
    """The store from inside."""
    try:
        with Store(place, str, "doctor", write=False) as kept:
            yield seen.ok(
                "store", "doctor.found", file=shown(place), kind="PostgreSQL" if is_url(place) else "SQLite", version=kept.engine.version()
            )
            yield from _inside(seen, kept.engine, place)
    except StorageError as error:
        yield _failed(seen, error, place)


def _failed(seen: _Seen, error: StorageError, place: str) -> Check:
    """What kept the store shut; a file whose header is gone is known by its rows."""
    from clientcoach.records.recovery import looks_ours

    is_file = not is_url(place) and os.path.isfile(place)
    if is_file and error.code == "store_not_ours" and looks_ours(place):
        error.code = "store_damaged"
    if is_file and error.code == "store_damaged":
        reason = error.params.get("reason") or "header"
        return seen.damaged("store", word(seen.strings, "doctor.broken", file=place, reason=reason), place)
    return seen.told("store", "error", sentence(error, seen.strings))


def _inside(seen: _Seen, engine: Engine, place: str) -> Iterator[Check]:
    found: dict[str, list[str]] = {}
    for kind, what in _findings(seen, engine):
        found.setdefault(kind, []).append(what)
    if "file" in found:
        yield seen.damaged("integrity", word(seen.strings, "doctor.faults", words=found["file"]), place)
        return  # a broken tree may never end
    yield seen.ok("integrity", "doctor.sound")
    yield from _records(seen, engine, found)
    seq, chain = audit.head(engine)
    if "chain" in found:
        yield seen.say("audit", "error", "doctor.chain", names=found["chain"][:NAMED])
    yield seen.ok("audit", "doctor.head", count=seq, chain=chain)
    yield from _time(seen, engine)


def _findings(seen: _Seen, engine: Engine) -> Iterator[tuple[str, str]]:
    from clientcoach.records.verify import verify

    return (("file", words) for words in engine.faults()) if seen.quick else verify(engine)


def _records(seen: _Seen, engine: Engine, found: Mapping[str, Sequence[str]]) -> Iterator[Check]:
    """Each record against what the audit saw last."""
    if seen.quick:
        yield seen.ok("records", "doctor.not_looked")
        return
    broken = {"differs", "unrecorded", "lost", "measures"} & found.keys()
    for kind in sorted(broken):
        names = found[kind]
        more = [f"… (+{len(names) - NAMED})"] if len(names) > NAMED else []
        yield seen.say("records", "error", f"doctor.{kind}", names, names=[*names[:NAMED], *more])
    if not broken:
        count = next(engine.rows("SELECT (SELECT count(*) FROM incident), (SELECT count(*) FROM promise)"))
        yield seen.ok("records", "doctor.as_saved", incidents=count[0], promises=count[1])


def _time(seen: _Seen, engine: Engine) -> Iterator[Check]:
    """Whether this computer's clock stands before the last save."""
    last = next(engine.rows("SELECT at FROM audit ORDER BY seq DESC LIMIT 1"), None)
    try:
        now = keeping.now(seen.session)
    except CoachError:
        return  # the clock cannot be told at all, which another check says
    if last and last[0] > now:
        yield seen.say("time", "warning", "doctor.set_back", now=now, last=last[0])
    else:
        yield seen.told("time", "ok", last[0] if last else "-")


def _waiting(seen: _Seen) -> Iterator[Check]:
    """Incidents that are not saved yet, calls that broke off."""
    from clientcoach.records.journal import broken_off

    notice = keeping.drafts_notice(seen.session, seen.strings)
    yield seen.told("drafts", "warning" if notice else "ok", notice or "-")
    calls = len(broken_off(seen.session.env.directory("runtime")))
    yield seen.say("calls", "warning", "doctor.broken_off", count=calls) if calls else seen.told("calls", "ok", "-")
