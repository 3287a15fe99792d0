"""Typed moments, the team's clock, working time."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcoach.case.asked import exists
from clientcoach.case.moments import Clock, Moments, clock, days_late, parse, resolve
from clientcoach.case.read import read_field
from clientcoach.errors import UsageError

WORKDAYS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ["09:00", "18:00"])
OFFICE: dict[str, Any] = {"zone": "Asia/Almaty", "hours": {**WORKDAYS, "sat": ["10:00", "14:00"], "sun": None}}
ALWAYS: dict[str, Any] = {"zone": "Asia/Almaty", "hours": {}}
FRIDAY = "2026-11-20T13:02+05:00"


def at(now: str, policy: dict[str, Any] = OFFICE) -> Clock:
    """The clock of a policy, stopped."""
    return clock(policy, now)


def short(text: str, now: str = FRIDAY, policy: dict[str, Any] = OFFICE, *, back: bool = False) -> tuple[Any, ...]:
    """(iso, wait, flags that are set) of a moment."""
    moment = resolve(text, at(now, policy), back=back)
    flags = [name for name in ("moved", "outside", "past") if moment[name]]
    return moment["iso"], moment["wait"], " ".join(flags)


def test_a_moment_has_every_part() -> None:
    assert resolve("2026-11-25 15:00", at(FRIDAY)) == {
        "date": "2026-11-25",
        "time": "15:00",
        "wait": None,
        "iso": "2026-11-25T15:00+05:00",
        "today": "2026-11-20",
        "ahead": 5,
        "weekday": 2,
        "moved": False,
        "outside": False,
        "past": False,
    }


PARSED = {
    "2026-11-25": {"kind": "day", "year": 2026, "month": 11, "day": 25},
    "25.11.2026": {"kind": "day", "year": 2026, "month": 11, "day": 25},
    " 5.1 ": {"kind": "day", "year": None, "month": 1, "day": 5},
    "29.2": {"kind": "day", "year": None, "month": 2, "day": 29},
    "2028-02-29": {"kind": "day", "year": 2028, "month": 2, "day": 29},
    "2000-02-29": {"kind": "day", "year": 2000, "month": 2, "day": 29},
    "Today": {"kind": "day", "ahead": 0},
    "завтра": {"kind": "day", "ahead": 1},
    "9:05": {"kind": "time", "hour": 9, "minute": 5, "offset": None},
    "2026-11-25T15:00": {"kind": "datetime", "year": 2026, "month": 11, "day": 25, "hour": 15, "minute": 0, "offset": None},
    "2026-11-25 15:00:59+05:30": {
        "kind": "datetime", "year": 2026, "month": 11, "day": 25, "hour": 15, "minute": 0, "offset": 330
    },
    "25.11T15:00-0300": {"kind": "datetime", "year": None, "month": 11, "day": 25, "hour": 15, "minute": 0, "offset": -180},
    "25.11 15:00+05": {"kind": "datetime", "year": None, "month": 11, "day": 25, "hour": 15, "minute": 0, "offset": 300},
    "2026-11-25T15:00Z": {"kind": "datetime", "year": 2026, "month": 11, "day": 25, "hour": 15, "minute": 0, "offset": 0},
    "tomorrow 15:00": {"kind": "datetime", "ahead": 1, "hour": 15, "minute": 0, "offset": None},
    "30m": {"kind": "wait", "count": 30, "unit": "minute"},
    "2 H": {"kind": "wait", "count": 2, "unit": "hour"},
    "3d": {"kind": "wait", "count": 3, "unit": "day"},
    "999w": {"kind": "wait", "count": 999, "unit": "week"},
}  # fmt: skip


@pytest.mark.parametrize(("text", "asked"), PARSED.items())
def test_what_can_be_typed(text: str, asked: dict[str, Any]) -> None:
    assert parse(text) == asked


REFUSED = {
    "not_a_moment": (
        "", "soon", "m", "2x", "h2", "25", "25.11.26", "2026-11", "2026-11-25-1", "26-11-25", "1.2.3.4", "25.111", "٢h",
        "2026-٢-25", "15:00Z", "15:00+05:00", "15:", "15:0", "1500", "2026-11-25 15", "2026-11-25 noon", "soon 15:00", "15:00:00:00",
        "2026-11-25T15:00+", "-1h", "1.5h", "25-11", "x.11", "2026-11-25T15:00+5:0", "25.11.x",
    ),
    "no_such_date": ("2026-02-29", "31.4", "0.1", "1.13", "2100-02-29", "1969-12-31", "2200-01-01", "00.00.2026"),
    "no_such_time": ("24:00", "12:60", "2026-11-25 15:00:60", "2026-11-25 15:00+24:00"),
    "wait_out_of_range": ("0h", "000d", "1000m"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), [(text, reason) for reason, texts in REFUSED.items() for text in texts])
def test_what_cannot_be_typed_has_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        parse(text)


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_the_calendar_is_the_calendar(day: date) -> None:
    assert exists(day.year, day.month, day.day)
    after = day + timedelta(days=1)
    assert exists(day.year, day.month, day.day + 1) == (after.month == day.month)


TYPED = [
    st.text(max_size=20),
    st.from_regex(r"[0-9]{1,4}[mhdw.:T+-]?[0-9]{0,2}[.:-]?[0-9]{0,4}[T ]?[0-9:+Z-]{0,9}", fullmatch=True),
]


@given(text=st.one_of(TYPED), now=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), back=st.booleans())  # noqa: DTZ001
def test_whatever_is_typed_is_a_moment_or_a_reason(text: str, now: datetime, back: bool) -> None:  # noqa: FBT001
    try:
        parse(text)
    except ValueError as error:
        assert str(error) in REFUSED  # noqa: PT017
        return
    moment = resolve(text, at(now.isoformat()), back=back)
    assert date.fromisoformat(moment["date"]).isoweekday() == moment["weekday"] + 1
    assert moment["iso"].startswith(moment["date"])


RESOLVED = [
    # waits within the day; minutes are rounded up to five, the wait stays as typed
    ("2h", FRIDAY, "2026-11-20T15:05+05:00", [2, "hour"], ""),
    ("30m", FRIDAY, "2026-11-20T13:35+05:00", [30, "minute"], ""),
    ("3m", FRIDAY, "2026-11-20T13:05+05:00", [3, "minute"], ""),
    ("5h", "2026-11-20T13:00+05:00", "2026-11-20T18:00+05:00", [5, "hour"], ""),
    ("1h", "2026-11-20T13:00:01+05:00", "2026-11-20T14:05+05:00", [1, "hour"], ""),
    # the rest goes on at the next opening; the wait would be a lie
    ("6h", "2026-11-20T13:00+05:00", "2026-11-21T11:00+05:00", None, "moved"),
    ("9h", "2026-11-20T16:00+05:00", "2026-11-23T12:00+05:00", None, "moved"),
    ("1h", "2026-11-20T08:00+05:00", "2026-11-20T10:00+05:00", None, "moved"),
    ("1h", "2026-11-20T18:00+05:00", "2026-11-21T11:00+05:00", None, "moved"),
    ("1h", "2026-11-22T12:00+05:00", "2026-11-23T10:00+05:00", None, "moved"),
    # days and weeks are calendar days, but not closed ones
    ("1d", FRIDAY, "2026-11-21", [1, "day"], ""),
    ("2d", FRIDAY, "2026-11-23", None, "moved"),
    ("1w", FRIDAY, "2026-11-27", [1, "week"], ""),
    # a time alone is today, else on the next open day
    ("15:00", FRIDAY, "2026-11-20T15:00+05:00", None, ""),
    ("19:00", FRIDAY, "2026-11-20T19:00+05:00", None, "outside"),
    ("13:00", FRIDAY, "2026-11-21T13:00+05:00", None, "moved"),
    ("16:00", "2026-11-21T17:00+05:00", "2026-11-23T16:00+05:00", None, "moved"),
    ("15:00", "2026-11-22T13:00+05:00", "2026-11-23T15:00+05:00", None, "moved"),
    # what the worker named stays, with what is odd about it
    ("2026-11-22", FRIDAY, "2026-11-22", None, "outside"),
    ("2026-11-19", FRIDAY, "2026-11-19", None, "past"),
    ("today", FRIDAY, "2026-11-20", None, ""),
    ("tomorrow", FRIDAY, "2026-11-21", None, ""),
    ("tomorrow 14:00", FRIDAY, "2026-11-21T14:00+05:00", None, ""),
    ("tomorrow 14:01", FRIDAY, "2026-11-21T14:01+05:00", None, "outside"),
    ("2026-11-20 08:59", FRIDAY, "2026-11-20T08:59+05:00", None, "outside past"),
    ("2026-11-22 12:00", FRIDAY, "2026-11-22T12:00+05:00", None, "outside"),
    ("2026-11-20T10:00Z", FRIDAY, "2026-11-20T15:00+05:00", None, ""),
    ("2026-11-20T20:00-03:00", FRIDAY, "2026-11-21T04:00+05:00", None, "outside"),
    # without a year: the next one
    ("20.11", FRIDAY, "2026-11-20", None, ""),
    ("19.11", FRIDAY, "2027-11-19", None, ""),
    ("29.2", FRIDAY, "2028-02-29", None, ""),
]


@pytest.mark.parametrize(("text", "now", "iso", "wait", "flags"), RESOLVED)
def test_deadlines(text: str, now: str, iso: str, wait: Any, flags: str) -> None:
    assert short(text, now) == (iso, wait, flags)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("19.11", "2026-11-19"),
        ("25.12", "2026-12-25"),
        ("1.12", "2026-12-01"),
        ("1.1", "2027-01-01"),
        ("22.6", "2026-06-22"),
        ("29.2", "2028-02-29"),
        ("09:00", "2026-11-20T09:00+05:00"),
        ("2025-11-19", "2025-11-19"),
        ("2025-11-19 15:00", "2025-11-19T15:00+05:00"),
    ],
)
def test_what_was_once_promised_is_near_and_never_past(text: str, iso: str) -> None:
    assert short(text, back=True) == (iso, None, "")


def test_always_open_needs_no_morning() -> None:
    assert short("12h", FRIDAY, ALWAYS) == ("2026-11-21T01:05+05:00", [12, "hour"], "")
    assert short("100h", FRIDAY, ALWAYS)[1:] == ([100, "hour"], "")
    closed = {**ALWAYS, "hours": dict.fromkeys(WORKDAYS)}
    assert short("1h", FRIDAY, closed) == ("2026-11-20T14:05+05:00", [1, "hour"], "")
    around_the_clock = {**ALWAYS, "hours": dict.fromkeys([*WORKDAYS, "sat", "sun"], ["00:00", "24:00"])}
    assert short("12h", FRIDAY, around_the_clock) == short("12h", FRIDAY, ALWAYS)


def test_hours_that_never_hold_the_wait_do_not_hang() -> None:
    tiny = {"zone": "UTC", "hours": {"mon": ["09:00", "09:01"]}}
    assert short("999h", "2026-11-20T13:00Z", tiny) == ("2027-01-01T04:00+00:00", [999, "hour"], "")
    backwards = {"zone": "UTC", "hours": {"fri": ["18:00", "09:00"], "mon": ["09:00", "18:00"]}}
    assert short("1h", "2026-11-20T13:00Z", backwards) == ("2026-11-23T10:00+00:00", None, "moved")


WARSAW: dict[str, Any] = {"zone": "Europe/Warsaw", "hours": {}}


@pytest.mark.parametrize(
    ("text", "now", "iso"),
    [
        ("3h", "2026-03-29T01:00", "2026-03-29T05:00+02:00"),
        ("3h", "2026-10-25T01:00", "2026-10-25T03:00+01:00"),
        ("2026-03-29 02:30", "2026-03-28T12:00", "2026-03-29T03:30+02:00"),
        ("2026-10-25 02:30", "2026-10-24T12:00", "2026-10-25T02:30+02:00"),
        ("2m", "2026-03-29T01:56", "2026-03-29T03:00+02:00"),
        ("1d", "2026-03-28T12:00", "2026-03-29"),
    ],
)
def test_summer_time(text: str, now: str, iso: str) -> None:
    assert short(text, now, WARSAW)[0] == iso


def test_a_working_day_of_summer_time_has_its_hours() -> None:
    night = {"zone": "Europe/Warsaw", "hours": {"sun": ["00:00", "06:00"]}}  # five hours long on 29 March
    assert short("5h", "2026-03-29T00:00", night) == ("2026-03-29T06:00+02:00", [5, "hour"], "")
    assert short("6h", "2026-03-29T00:00", night) == ("2026-04-05T01:00+02:00", None, "moved")


@settings(deadline=None, max_examples=60)
@given(count=st.integers(1, 99), unit=st.sampled_from("mh"), minutes=st.integers(0, 60 * 24 * 14))
def test_working_time_adds_up(count: int, unit: str, minutes: int) -> None:
    now = datetime(2026, 11, 16, tzinfo=UTC) + timedelta(minutes=minutes)
    wanted = count * (60 if unit == "h" else 1)
    end = resolve(f"{count}{unit}", at(now.isoformat()))
    worked, moment, last = 0, now, datetime.fromisoformat(end["iso"])
    office = at(now.isoformat())
    while moment < last:
        local = office.here(moment)
        span = office.span(local.date())
        worked += bool(span and span[0] <= local.hour * 60 + local.minute < span[1])
        moment += timedelta(minutes=1)
    assert wanted <= worked + 5
    assert worked - 5 <= wanted
    assert (end["wait"] is None) == end["moved"]
    if end["wait"]:
        assert timedelta() <= last - now - timedelta(minutes=wanted) < timedelta(minutes=5)


@pytest.mark.parametrize(
    ("policy", "now", "iso"),
    [
        ({"zone": "Asia/Almaty"}, "2026-11-20T13:00+03:00", "2026-11-20T15:00:00+05:00"),
        ({"zone": "Asia/Almaty"}, "2026-11-20T13:00", "2026-11-20T13:00:00+05:00"),
        ({"zone": "Asia/Almaty"}, " 2026-11-20T08:00Z ", "2026-11-20T13:00:00+05:00"),
        ({"zone": "local"}, "2026-11-20T13:00+03:00", "2026-11-20T13:00:00+03:00"),
        ({}, "2026-11-20T13:00-02:00", "2026-11-20T13:00:00-02:00"),
    ],
)
def test_the_clock_can_be_stopped(policy: dict[str, Any], now: str, iso: str) -> None:
    stopped = clock(policy, now)
    assert stopped.now.isoformat() == iso
    assert stopped.today == iso[:10]


def test_the_local_zone_is_the_systems() -> None:
    code = (
        "from clientcoach.case.moments import clock, resolve; c = clock({'zone': 'local'}, '2026-07-01T12:00');"
        "print(c.now.isoformat(), resolve('2026-12-01 12:00', c)['iso'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"TZ": "Europe/Warsaw", "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["2026-07-01T12:00:00+02:00", "2026-12-01T12:00+01:00"]


@pytest.mark.parametrize("zone", ["Asia/Almaty", "local"])
def test_the_clock_runs(zone: str) -> None:
    assert abs(clock({"zone": zone}).now - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("now", ["yesterday", "2026-13-01", "0001-01-01T00:00", "9999-12-31T23:59-10:00"])
def test_a_clock_that_cannot_be_read(now: str) -> None:
    with pytest.raises(UsageError) as caught:
        clock(OFFICE, now)
    assert caught.value.code == "bad_now"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "Asia", "\0"])
def test_a_zone_that_is_none(zone: str) -> None:
    with pytest.raises(UsageError) as caught:
        clock({"zone": zone}, FRIDAY)
    assert caught.value.code == "unknown_zone"


@pytest.mark.parametrize(("promised", "late"), [("2026-11-13", 7), ("2026-11-20", None), ("25.11", None), ("19.11", 1)])
def test_days_late(promised: str, late: int | None) -> None:
    assert days_late(resolve(promised, at(FRIDAY), back=True)) == late
    assert Moments({"promised": promised}, OFFICE, FRIDAY).days_late() == late


def test_the_dates_of_a_case() -> None:
    moments = Moments({"promised": "19.11", "deadline": "19.11", "received": "1.11"}, OFFICE, FRIDAY)
    found = [moments.moment(field) for field in ("promised", "deadline", "received", "birthday")]
    assert [moment and moment["date"] for moment in found] == ["2026-11-19", "2027-11-19", "2026-11-01", None]
    assert moments.moment("deadline") is moments.moment("deadline")
    assert moments.clock is moments.clock
    assert Moments({}, OFFICE, FRIDAY).days_late() is None


def test_reading_what_was_typed_loads_no_calendar() -> None:
    code = "import sys; from clientcoach.case.moments import parse; parse('2026-11-25T15:00'); print('datetime' in sys.modules, 're' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, '.'); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("now", ["9999-12-31T00:00Z", "9999-12-31", "2190-01-01", "0001-01-01T00:00+14:00", "1969-12-31T23:59"])
def test_a_time_far_away_is_a_bad_time(now: str) -> None:
    for policy in (OFFICE, ALWAYS, {}):
        with pytest.raises(UsageError) as error:
            clock(policy, now)
        assert error.value.code == "bad_now"


@pytest.mark.parametrize("now", ["2189-12-31T23:59+14:00", "2189-12-31T23:59-12:00", "1970-01-01T00:00+14:00", "1970-01-01T00:00-12:00"])
@pytest.mark.parametrize(
    "text", ["999m", "999h", "999d", "999w", "23:59", "2199-12-31 23:59", "1970-01-01 00:00", "29.2", "1.1", "tomorrow"]
)
def test_nothing_overflows(now: str, text: str) -> None:
    never = {"zone": "UTC", "hours": dict.fromkeys(WORKDAYS, ["18:00", "09:00"])}
    for policy in (OFFICE, ALWAYS, never):
        for back in (False, True):
            assert resolve(text, clock(policy, now), back=back)["date"]


@pytest.mark.parametrize("text", ["9999-12-31", "9999-12-31 23:59", "31.12.9999", "2200-01-01"])
def test_a_deadline_far_away_is_a_bad_moment(text: str) -> None:
    with pytest.raises(UsageError) as error:
        read_field("deadline", text)
    assert error.value.code == "bad_moment"
