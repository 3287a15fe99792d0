"""What a customer was promised before: found by either number, late ones marked, never in the way of the call."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.commands import before as module
from clientcoach.commands.before import Aside, Before
from clientcoach.commands.live import Words
from clientcoach.errors import CoachError, StorageError
from clientcoach.records import promises
from tests.records.stores import incident, promise, save, store
from tests.support import LANGS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Place

TODAY = "2026-11-25"


@pytest.fixture
def path(at: Place) -> Path:
    at.variables["CLIENTCOACH_DB"] = str(at.home / "records.db")
    return at.home / "records.db"


def kept(path: Path, *found: dict[str, Any]) -> None:
    with store(path) as one:
        for each in found:
            one.change(lambda engine, at, actor, each=each: promises.add(engine, each, at, actor))


def due(text: str, **more: Any) -> dict[str, Any]:
    return promise(due=text, due_at=f"{text}T09:00:00Z", **{"reference": "K-1", "what": text, **more})


def found(at: Place, lang: str = "en", **case: Any) -> Before:
    session = at.session()
    looking = Before(session, Words(session, session.strings(lang), lang))
    assert looking.learned(case)
    looking.look()
    return looking


@pytest.mark.parametrize(
    "case", [{"reference": "K-1"}, {"order": "K-1"}, {"reference": "K-1", "order": "K-1"}, {"reference": "K-2", "order": "K-1"}]
)
def test_a_promise_is_found_by_either_number_and_once(at: Place, path: Path, case: dict[str, str]) -> None:
    kept(path, due("2026-12-01"), due("2026-12-02", reference="K-3"), due("2026-12-03", done_at="2026-11-24T10:00:00Z"))
    assert len(found(at, **case).owed) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_it_says_by_when_what_and_who_with_the_nearest_first_and_the_late_ones_marked(at: Place, path: Path, lang: str) -> None:
    kept(path, due("2026-12-10"), due("2026-11-20", owner="lead"), due("2026-11-30"))
    looking = found(at, lang, reference="K-1")
    words = looking.words
    late = f"{words.day('deadline', '2026-11-20')}: 2026-11-20 ({words('screen.my_lead')})"
    assert looking.owed == [
        words("screen.owed_late", promise=late),
        f"{words.day('deadline', '2026-11-30')}: 2026-11-30 (Anna)",
        f"{words.day('deadline', '2026-12-10')}: 2026-12-10 (Anna)",
    ]
    assert looking.warned is None


def test_warnings_of_the_same_matter_are_added_up(at: Place, path: Path) -> None:
    with store(path) as one:
        for number, warnings in (("K-1", 1), ("K-1", 2), ("K-2", 5)):
            save(one, incident(reference=number, warnings=warnings, promises=[]))
    looking = found(at, reference="K-1")
    assert looking.warned == looking.words("screen.warned_before", count=3, required=2)
    assert found(at, reference="K-9").warned is None


def test_a_number_that_names_a_person_is_not_looked_up(at: Place, path: Path) -> None:
    kept(path, due("2026-12-01", reference="+7 701 234 56 78"))
    assert found(at, reference="+7 701 234 56 78").owed == []


def test_without_a_number_or_a_store_nothing_is_opened_or_made(at: Place, path: Path) -> None:
    session = at.session()
    looking = Before(session, Words(session, session.strings("en"), "en"))
    assert not looking.learned({"cause": "delivery"})
    assert found(at, order="4471").owed == []
    assert not path.exists()


def test_only_another_number_is_a_reason_to_look_again(at: Place) -> None:
    session = at.session()
    looking = Before(session, Words(session, session.strings("en"), "en"))
    assert [looking.learned(case) for case in ({}, {"order": "1"}, {"order": "1", "item": "x"}, {"order": "2"}, {})] == [
        False,
        True,
        False,
        True,
        True,
    ]


def test_an_answer_that_comes_after_another_number_was_learned_is_not_shown(at: Place, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(path, due("2026-12-01"))
    looking = found(at, reference="K-2")
    ask = promises.still_open

    def slow(*args: Any, **more: Any) -> Any:
        looking.learned({"reference": "K-3"})
        return ask(*args, **more)

    assert looking.learned({"reference": "K-1"})
    monkeypatch.setattr(promises, "still_open", slow)
    looking.look()
    assert looking.owed == []


def test_hostile_texts_of_the_store_are_plain_lines(at: Place, path: Path) -> None:
    kept(path, due("2026-12-01", what="a\x1b[31m\u202e[bold]b\n{x}", owner="o\x07"))
    (line,) = found(at, reference="K-1").lines()
    assert line.endswith("a[31m[bold]b {x} (o)")


def test_a_store_that_cannot_be_read_is_said_in_one_line(at: Place, path: Path) -> None:
    path.write_bytes(b"not a store at all" * 100)
    session = at.session()
    looking = Before(session, Words(session, session.strings("en"), "en"))
    assert looking.learned({"reference": "K-1"})
    with pytest.raises(StorageError):
        looking.look()
    assert looking.lines() == [looking.words("screen.owed_unread")]


def test_nobody_waits_for_a_locked_store(at: Place, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(path, due("2026-12-01"))
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    session = at.session()
    looking = Before(session, Words(session, session.strings("en"), "en"))
    looking.learned({"reference": "K-1"})
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert looking.lines() == [looking.words("screen.owed_unread")]
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_work_that_fails_or_hangs_ends_no_program() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    failed, hanging = Aside(broken), Aside(threading.Event().wait)
    assert failed.ended()
    assert isinstance(failed.fault, CoachError)
    assert not hanging.ended(0.01)
