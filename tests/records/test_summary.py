"""A report's numbers, counted in SQL, are those that Python counts one by one; and all of them are of one state of the store."""

from __future__ import annotations

import contextlib
import random
import statistics
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clientcoach.case.clock import Clock
from clientcoach.case.fields import CAUSES, CHANNELS, LANGS
from clientcoach.coach.moves import OUTCOMES
from clientcoach.errors import StorageError, UsageError
from clientcoach.records import incidents, summary
from clientcoach.records.ids import id_from
from clientcoach.records.periods import MOST, days, periods
from clientcoach.records.report import FEWEST, RISE, TOP, nothing, report
from clientcoach.records.sqlite import SQLite
from tests.records.postgres import ENGINES
from tests.records.stores import incident, promise, save, store

NOW = "2026-11-25T09:00:00Z"
START = datetime(2026, 10, 20, tzinfo=UTC)
PERIODS = [("2026-10-28T19:00:00Z", "2026-11-04T19:00:00Z"), ("2026-11-04T19:00:00Z", "2026-11-11T19:00:00Z"), ("2026-11-11T19:00:00Z", "2026-11-18T19:00:00Z"), ("2026-11-18T19:00:00Z", "2026-11-25T19:00:00Z")]  # fmt: skip
WHERE: list[dict[str, str]] = [
    {},
    {"cause": "delivery"},
    {"channel": "chat", "lang": "ru"},
    {"playbook": "own"},
    {"worker": "Ola"},
    {"cause": "none such"},
]
NAMES = ("listen.open.any", "own.plan.x", "listen.read_back.y")


def utc(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def maybe(dice: random.Random, values: Any, chance: float = 0.8) -> Any:
    return dice.choice(values) if dice.random() < chance else None


def made(dice: random.Random, number: int) -> dict[str, Any]:
    """Now and then at the edge of a period or in the same second as another; some things are not known."""
    when = dice.choice(PERIODS)[0] if dice.random() < 0.05 else utc(START + timedelta(hours=dice.randrange(900)))
    name = id_from(["incident", number])
    promised = [
        {**promise(), "id": id_from(["promise", number]), "incident": name, "channel": maybe(dice, CHANNELS), "made_at": when, "owner": dice.choice(["Ola", "Jan"]),
         "due_at": utc(START + timedelta(hours=dice.randrange(1200))), "done_at": maybe(dice, [utc(START + timedelta(hours=dice.randrange(900)))], 0.6)}
    ] if dice.random() < 0.4 else []  # fmt: skip
    return incident(
        0,
        id=name, opened_at=when, closed_at=when, lang=maybe(dice, LANGS), channel=maybe(dice, CHANNELS), playbook=maybe(dice, ["angry-customer", "own"]), cause=maybe(dice, CAUSES[: dice.choice([1, 7])]),
        reference=maybe(dice, [f"K-{number}" for number in range(60)]), worker=maybe(dice, ["Ola", "Jan"]), anger_start=maybe(dice, range(11)), anger_end=maybe(dice, range(11)), softened=maybe(dice, range(30, 300, 7), 0.5),
        warnings=dice.choice([0, 0, 0, 1, 3]), prior=dice.choice([0, 0, 0, 1, 2]), outcome=maybe(dice, OUTCOMES), steps={step: dice.choice(["done", "skipped"]) for step in ("listen", "propose") if dice.random() < 0.7},
        offers=[{"id": one, "answer": maybe(dice, ["accepted", "refused"])} for one in ("pickup", "refund") if dice.random() < 0.4], interruptions=dice.choices(["insult", "tears"], k=dice.choice([0, 0, 1, 3])),
        phrases=[{"id": dice.choice(NAMES), **({"calmed": True} if dice.random() < 0.3 else {})} for _ in range(dice.randrange(4))], promises=promised,
    )  # fmt: skip


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pile(place: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Fills the store with a few hundred incidents, and with promises made by hand."""
    dice = random.Random(4)
    every = [made(dice, number) for number in range(500)]
    by_hand = [
        promise(owner=dice.choice(["Ola", "Jan"]), made_at=utc(START + timedelta(hours=dice.randrange(900))), channel=maybe(dice, CHANNELS))
        for _ in range(30)
    ]
    with store(place) as kept:
        kept.change(lambda engine, at, actor: [incidents.insert(engine, one, at, actor) for one in every])
        kept.change(lambda engine, at, actor: [incidents.add_promise(engine, one, at, actor) for one in by_hand])
    return every, by_hand


def told(found: list[dict[str, Any]], every: list[dict[str, Any]]) -> dict[str, Any]:
    known = [(one["anger_start"], one["anger_end"]) for one in found if None not in (one["anger_start"], one["anger_end"])]
    means = (
        {
            "start": statistics.mean(a for a, _ in known),
            "end": statistics.mean(b for _, b in known),
            "change": statistics.mean(b - a for a, b in known),
        }
        if known
        else {}
    )
    return {
        "incidents": len(found),
        "repeats": sum(bool(one["prior"] or earlier(one, every)) for one in found),
        "warnings": sum(one["warnings"] for one in found),
        "anger": {
            "count": len(known),
            **{name: pytest.approx(means[name], abs=0.0051) if means else None for name in ("start", "end", "change")},
        },
    }


def earlier(one: dict[str, Any], every: list[dict[str, Any]]) -> bool:
    place = (one["closed_at"], one["id"])
    return one["reference"] is not None and any(
        other["reference"] == one["reference"] and (other["closed_at"], other["id"]) < place for other in every
    )


def middle(found: list[dict[str, Any]]) -> dict[str, Any]:
    known = [one["softened"] for one in found if one["softened"] is not None]
    return {"count": len(known), "median": statistics.median(known) if known else None}


def groups(found: list[dict[str, Any]], name: str, every: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for value in {one[name] for one in found}:
        own = [one for one in found if one[name] == value]
        rows.append({"name": value, **told(own, every), "share": pytest.approx(len(own) / len(found), abs=0.0001)})
    return sorted(rows, key=lambda one: (-one["incidents"], one["name"] or "~"))


def within(found: list[dict[str, Any]], period: tuple[str, str], column: str) -> list[dict[str, Any]]:
    return [one for one in found if period[0] <= one[column] < period[1]]


def counts(found: list[dict[str, Any]]) -> dict[str, int]:
    kept = [one for one in found if one["done_at"]]
    late = [one for one in found if not one["done_at"] and one["due_at"] < NOW]
    return {
        "made": len(found),
        "kept": len(kept),
        "in_time": sum(one["done_at"] <= one["due_at"] for one in kept),
        "late": len(late),
        "open": len(found) - len(kept) - len(late),
    }


def meant(one: dict[str, Any], home: dict[str, Any], where: dict[str, str]) -> bool:
    """Whether a promise is among those asked for: by its incident's columns, its own channel, its incident's worker or else its owner."""
    own = {**{name: home.get(name) for name in where}, "channel": one["channel"], "worker": home.get("worker") or one["owner"]}
    return all(own[name] == value for name, value in where.items())


def test_the_numbers_are_those_that_are_counted_one_by_one(place: str, pile: Any) -> None:
    for where in WHERE:
        compare(place, *pile, where)


def compare(place: str, every: list[dict[str, Any]], by_hand: list[dict[str, Any]], where: dict[str, str]) -> None:
    whole = (PERIODS[0][0], PERIODS[-1][1])
    chosen = [one for one in every if all(one[name] == value for name, value in where.items())]
    found = within(chosen, whole, "closed_at")
    promised = [(one, home) for home in every for one in home["promises"]] + [(one, {}) for one in by_hand]
    made_so = [one for one, home in promised if meant(one, home, where)]
    with store(place, write=False) as kept:
        answer = kept.read(lambda engine: report(engine, PERIODS, where, NOW))

    assert answer["totals"] == {**told(found, every), "softened": middle(found)}
    for period, one in zip(PERIODS, answer["periods"], strict=True):
        own = within(found, period, "closed_at")
        promises = counts(within(made_so, period, "made_at"))
        assert one == {
            "since": period[0],
            "until": period[1],
            **told(own, every),
            "softened": middle(own),
            "promises": promises,
            "by_cause": groups(own, "cause", every),
        }
    assert answer["promises"] == counts(within(made_so, whole, "made_at"))
    for name in ("cause", "channel", "lang", "playbook", "outcome"):
        assert answer[f"by_{name}"] == groups(found, name, every)

    steps = Counter(item for one in found for item in one["steps"].items())
    assert {(one["step"], one["done"], one["skipped"]) for one in answer["by_step"]} == {
        (step, steps[step, "done"], steps[step, "skipped"]) for step, _ in steps
    }
    assert all(one["share"] == pytest.approx(one["skipped"] / (one["done"] + one["skipped"]), abs=0.0001) for one in answer["by_step"])
    kinds = Counter(kind for one in found for kind in one["interruptions"])
    assert {one["kind"]: one["count"] for one in answer["interruptions"]} == kinds
    offers = Counter((offer["id"], offer["answer"]) for one in found for offer in one["offers"])
    assert {(one["id"], one["made"], one["accepted"], one["refused"]) for one in answer["offers"]} == {
        (name, sum(offers[name, state] for state in ("accepted", "refused", None)), offers[name, "accepted"], offers[name, "refused"])
        for name, _ in offers
    }
    said = Counter((one["playbook"], phrase["id"]) for one in found for phrase in one["phrases"])
    calmed = Counter((one["playbook"], phrase["id"]) for one in found for phrase in one["phrases"] if phrase.get("calmed"))
    assert {(one["playbook"], one["id"]): (one["said"], one["calmed"]) for one in answer["phrases"]} == {
        name: (said[name], calmed[name]) for name in calmed
    }
    with store(place, write=False) as kept:
        assert summary.phrase_counts(kept.engine, whole, where) == {name: (said[name], calmed[name]) for name in said}

    for one in answer["prevention"]:
        newest = sorted(((one["closed_at"], one["id"]) for one in [each for each in found if each["cause"] == one["cause"]]), reverse=True)[
            :5
        ]
        assert [next(name for _, name in newest if name.startswith(start)) for start in one["examples"]] == [name for _, name in newest]
        assert all(sum(each["id"].startswith(start) for each in every) == 1 for start in one["examples"])
    assert [one["cause"] for one in answer["prevention"]] == [one["name"] for one in answer["by_cause"] if one["name"]]
    check_rising(answer, found)


def check_rising(answer: dict[str, Any], found: list[dict[str, Any]]) -> None:
    last = datetime.fromisoformat(NOW) - datetime.fromisoformat(PERIODS[-1][0])
    part = last / timedelta(weeks=3)
    before, now = (Counter(one["cause"] for one in found if (one["closed_at"] >= PERIODS[-1][0]) is so) for so in (False, True))
    wanted = (
        {cause for cause, count in now.items() if cause and count >= FEWEST and count >= RISE * before[cause] * part} if before else set()
    )
    assert {one["cause"] for one in answer["rising"]} == wanted
    for one in answer["rising"]:
        expected = before[one["cause"]] * part
        assert one["incidents"] == now[one["cause"]]
        assert one["expected"] == pytest.approx(expected, abs=0.051)
        assert one["ratio"] == (pytest.approx(one["incidents"] / expected, abs=0.0051) if expected else None)


@pytest.mark.parametrize(
    ("before", "now", "rising"),
    [
        (6, 5, True),
        (10, 5, True),
        (12, 5, False),
        (0, 5, True),
        (0, 4, False),
        (3, 4, False),
        (30, 15, True),
        (31, 15, True),
        (33, 15, False),
    ],
)
def test_what_rises(place: str, before: int, now: int, rising: bool) -> None:
    """Three whole weeks before; of the last only six days and fourteen hours are over, so that a third of that is to be expected."""
    with store(place) as kept:
        save(kept, incident(cause="staff", closed_at="2026-11-01T10:00:00Z"))
        for number in range(before):
            save(kept, incident(number, cause="billing", closed_at="2026-11-10T10:00:00Z"))
        for number in range(now):
            save(kept, incident(number, cause="billing", closed_at="2026-11-24T10:00:00Z"))
        found = kept.read(lambda engine: report(engine, PERIODS, {}, NOW))["rising"]
    assert [one["cause"] for one in found] == ["billing"] * rising
    assert not rising or (found[0]["ratio"] is None) == (before == 0)


def test_of_two_in_the_same_second_one_is_a_repeat(place: str) -> None:
    with store(place) as kept:
        for reference in ("K-1", "K-1", "K-2", None, None):
            save(kept, incident(closed_at="2026-11-24T10:00:00Z", reference=reference))
        assert kept.read(lambda engine: report(engine, PERIODS, {}, NOW))["totals"]["repeats"] == 1


def test_nothing_rises_in_a_new_store(place: str) -> None:
    with store(place) as kept:
        for number in range(9):
            save(kept, incident(number, cause="billing", closed_at="2026-11-24T10:00:00Z"))
        assert kept.read(lambda engine: report(engine, PERIODS, {}, NOW))["rising"] == []


def test_only_the_phrases_that_calmed_most(place: str) -> None:
    names = [f"listen.open.x{number}" for number in range(TOP + 3)]
    phrases = [{"id": name, "calmed": True} for place, name in enumerate(names) for _ in range(place + 1)]
    with store(place) as kept:
        save(kept, incident(closed_at="2026-11-24T10:00:00Z", phrases=[*phrases, {"id": "listen.open.never"}]))
        found = kept.read(lambda engine: report(engine, PERIODS, {}, NOW))["phrases"]
    assert [one["id"] for one in found] == names[::-1][:TOP]


def test_ids_that_begin_alike_are_told_apart(place: str) -> None:
    names = [f"019ae2f4-5c1e-7d33-9a51-{number:012x}" for number in (1, 2)]
    with store(place) as kept:
        for name in names:
            save(kept, incident(id=name, cause="billing", closed_at="2026-11-24T10:00:00Z", promises=[]))
        save(kept, incident(id="119ae2f4-5c1e-7d33-9a51-000000000001", cause="billing", closed_at="2026-11-24T10:00:00Z", promises=[]))
        assert summary.examples(kept.engine, PERIODS[-1], {}) == ["119ae2f4", *names[::-1]]


def test_one_state_of_the_store(place: str) -> None:
    """Another writes between two reads: both see what was there before. A file cannot even be written while it is read."""
    with store(place) as kept:
        save(kept, incident())

    with store(place, write=False) as reading, store(place) as writing:
        if isinstance(writing.engine, SQLite):
            writing.engine.connection.execute("PRAGMA busy_timeout=0")

        def twice(engine: Any) -> list[int]:
            first = next(engine.rows("SELECT count(*) FROM incident"))[0]
            with pytest.raises(StorageError, match="store_locked") if isinstance(writing.engine, SQLite) else contextlib.nullcontext():
                save(writing, incident(1))
            return [first, next(engine.rows("SELECT count(*) FROM incident"))[0]]

        assert reading.read(twice) == [1, 1]
        save(writing, incident(2))
        assert reading.read(lambda engine: next(engine.rows("SELECT count(*) FROM incident")))[0] == 3 - isinstance(writing.engine, SQLite)


def test_nothing_is_the_report_of_an_empty_store(place: str) -> None:
    with store(place) as kept:
        assert kept.read(lambda engine: report(engine, PERIODS, {}, NOW)) == nothing(PERIODS, NOW)


def clock(zone: str = "Europe/Warsaw") -> Clock:
    named = ZoneInfo(zone)
    return Clock(datetime(2026, 11, 25, 14, tzinfo=UTC).astimezone(named), named, {})


def test_weeks_are_whole_and_of_the_team_s_days() -> None:
    """Four weeks back from the end; the night of 25 October has an hour more, so that a week begins at another hour of UTC."""
    found = periods(None, "2026-11-25T23:00:00Z", "week", clock())
    assert [start for start, _ in found] == ["2026-10-28T23:00:00Z", "2026-11-04T23:00:00Z", "2026-11-11T23:00:00Z", "2026-11-18T23:00:00Z"]
    assert all(one[1] == following[0] for one, following in pairwise(found))
    assert [days(one, clock()) for one in found][0] == ("2026-10-29", "2026-11-04")
    longer = periods("2026-10-10T22:00:00Z", "2026-11-25T23:00:00Z", "week", clock())
    assert longer[0] == ("2026-10-10T22:00:00Z", "2026-10-14T22:00:00Z"), "the first is what is left over"
    assert longer[2][0] == "2026-10-21T22:00:00Z"
    assert longer[3] == ("2026-10-28T23:00:00Z", "2026-11-04T23:00:00Z")


def test_months_are_the_calendar_s() -> None:
    found = periods(None, "2026-11-25T23:00:00Z", "month", clock())
    assert [days(one, clock()) for one in found] == [
        ("2026-08-01", "2026-08-31"),
        ("2026-09-01", "2026-09-30"),
        ("2026-10-01", "2026-10-31"),
        ("2026-11-01", "2026-11-25"),
    ]
    whole = periods("2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z", "month", clock())
    assert [days(one, clock()) for one in whole] == [("2026-10-01", "2026-10-31")]
    assert days(periods("2026-01-09T23:00:00Z", "2026-02-09T23:00:00Z", "month", clock())[0], clock()) == ("2026-01-10", "2026-01-31")


def test_periods_that_cannot_be() -> None:
    with pytest.raises(UsageError, match="no_span"):
        periods("2026-11-25T23:00:00Z", "2026-11-25T23:00:00Z", "week", clock())
    with pytest.raises(UsageError, match="too_many_periods"):
        periods("1970-01-01T00:00:00Z", "2026-11-25T23:00:00Z", "week", clock())
    assert len(periods("2021-11-17T23:00:00Z", "2026-11-25T23:00:00Z", "week", clock())) == MOST
