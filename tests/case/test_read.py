"""From what was typed to a checked case: every field of every kind, every wrong type named."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.case.fields import FIELDS, MAX_TEXT
from clientcoach.case.read import from_triage, near, read_case, read_field, unknown
from clientcoach.errors import CoachError, FieldErrors, UsageError
from tests.support import schema

GOOD: dict[str, list[tuple[Any, Any]]] = {
    "choice": [],
    "text": [
        ("Anna", "Anna"),
        (" Anna  Nowak ", "Anna Nowak"),
        ("", None),
        ("-", None),
        ("x" * MAX_TEXT, "x" * MAX_TEXT),
    ],
    "id": [("4471", "4471"), (4471, "4471"), ("A-1/2", "A-1/2")],
    "name": [("lead", "lead")],
    "number": [("7", 7), (7, 7), (" 7 ", 7), (0, 0)],
    "yes_no": [(True, True), (False, False), ("yes", True), ("NO", False), ("1", True), ("off", False)],
    "moment": [("2h", "2h"), ("2026-11-25", "2026-11-25"), ("15:00", "15:00"), ("tomorrow", "tomorrow"), ("", None)],
    "money": [("38 EUR", {"minor": 3800, "currency": "EUR"})],
    "names": [("a", ["a"]), (["a", "b"], ["a", "b"]), ([], [])],
    "pairs": [("a=b", {"a": "b"}), (["a=b", "c=d=e"], {"a": "b", "c": "d=e"}), ({"a": "b"}, {"a": "b"})],
}
BAD: dict[str, list[Any]] = {
    "choice": ["nonsense", 5, 1.5, True, [], {}, ""],
    "text": [5, 1.5, True, [], {}, "x" * (MAX_TEXT + 1), "a\udcff", "\ud800"],
    "id": [1.5, True, [], {}, "x" * (MAX_TEXT + 1), "\udcff"],
    "name": [5, True, [], {}],
    "number": ["", "x", "1.5", 1.5, True, [], {}, "-1", -1, "9" * 20, 10**11, "٣", "1e3", float("inf"), float("nan")],
    "yes_no": ["maybe", "", 5, 1.5, [], {}],
    "moment": ["soon", "25:00", "2026-02-30", "0h", 5, True, [], {}, "x" * (MAX_TEXT + 1)],
    "money": ["38", "EUR", 38, True, [], {}],
    "names": [5, True, {}, [5], [None], ["\udcff"]],
    "pairs": ["a", 5, True, ["a"], [5], {"a": 5}, {"a": None}],
}


def fields(kind: str) -> list[str]:
    return [name for name, spec in FIELDS.items() if spec["kind"] == kind]


@pytest.mark.parametrize(
    ("name", "raw", "wanted"),
    [(name, raw, wanted) for kind, pairs in GOOD.items() for name in fields(kind) for raw, wanted in pairs],
)
def test_good_values(name: str, raw: Any, wanted: Any) -> None:
    assert read_field(name, raw) == wanted
    assert read_case({name: raw}) == ({} if wanted is None else {name: wanted})


@pytest.mark.parametrize(
    ("name", "raw"), [(name, raw) for kind, values in BAD.items() for name in fields(kind) for raw in values], ids=repr
)
def test_bad_values_name_their_field(name: str, raw: Any) -> None:
    with pytest.raises(UsageError) as caught:
        read_case({name: raw})
    assert caught.value.params["field"] == name
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(("name", "choice"), [(name, choice) for name in fields("choice") for choice in FIELDS[name]["choices"]])
def test_choices_are_read_in_any_case(name: str, choice: str) -> None:
    assert read_field(name, choice) == read_field(name, f" {choice.upper()} ") == read_field(name, choice.replace("_", "-")) == choice


@pytest.mark.parametrize("name", ["lang", "ui"])
def test_the_country_is_taken_for_the_language(name: str) -> None:
    assert read_field(name, "kz") == read_field(name, "KZ") == "kk"


@pytest.mark.parametrize(("name", "low", "high"), [(name, FIELDS[name]["min"], FIELDS[name]["max"]) for name in fields("number")])
def test_numbers_end_at_their_bounds(name: str, low: int, high: int) -> None:
    assert read_field(name, low) == low
    assert read_field(name, str(high)) == high
    for beyond in (low - 1, high + 1):
        with pytest.raises(UsageError) as caught:
            read_field(name, beyond)
        assert caught.value.code == "out_of_range"
        assert (caught.value.params["low"], caught.value.params["high"]) == (low, high)


def test_every_bad_field_is_named_at_once() -> None:
    with pytest.raises(FieldErrors) as caught:
        read_case({"anger": "x", "cause": 5, "customer": "Anna", "bogus": 1, "more": None})
    assert [error.params["field"] for error in caught.value.errors] == ["anger", "cause", "bogus", "more"]


def test_null_says_nothing() -> None:
    assert read_case(dict.fromkeys(FIELDS)) == {}


def test_an_envelope_may_stand_beside_the_fields() -> None:
    assert read_case({"schema": "x", "id": [], "playbook": 5, "anger": 3}) == {"anger": 3}


@pytest.mark.parametrize(("value", "wanted"), [("delivry", "delivery"), ("BILING", "billing"), ("prodct", "product"), ("zzz", None)])
def test_near_names(value: str, wanted: str | None) -> None:
    error = unknown("cause", value, FIELDS["cause"]["choices"])
    assert error.params["near"][:1] == ([wanted] if wanted else [])
    assert near(value, FIELDS["cause"]["choices"]) == error.params["near"]


def test_a_triage_becomes_a_case() -> None:
    found = {
        "schema": "clientcoach/triage@1",
        "lang": "ru",
        "cause": None,
        "anger": 8,
        "playbook": "angry-customer",
        "flags": ["hardship", "repeat", "legal"],
        "causes": {},
    }
    assert read_case(from_triage(found)) == {"lang": "ru", "anger": 8, "hardship": True, "prior": 1}
    assert read_case(from_triage({"flags": None})) == {}


@pytest.mark.parametrize("flags", [5, True, "hardship", {"hardship": 1}])
def test_flags_of_another_type(flags: Any) -> None:
    with pytest.raises(UsageError) as caught:
        from_triage({"flags": flags})
    assert caught.value.params["field"] == "flags"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=5), one, max_size=3),
    max_leaves=6,
)


@given(given=st.dictionaries(st.sampled_from(sorted(FIELDS)) | st.text(max_size=5), JSON, max_size=5))
def test_nothing_but_named_errors(given: dict[str, Any]) -> None:
    try:
        case = read_case(given)
    except CoachError as error:
        each = getattr(error, "errors", [error])
        assert all(one.params["field"] == name[:40] or one.params["field"] in given for one in each for name in [str(one.params["field"])])
    else:
        jsonschema.Draft202012Validator(schema("case")).validate(case)
        assert read_case(json.loads(json.dumps(case))) == case, "a checked case is read as itself"


def test_the_schema_and_the_fields_agree() -> None:
    assert set(schema("case")["properties"]) == {*FIELDS, "schema", "id", "playbook"}
    for name in fields("choice"):
        enum = schema("case")["properties"][name]["anyOf"][0]["enum"]
        assert set(enum) == {*FIELDS[name]["choices"], *FIELDS[name].get("aliases", ())}


def test_names_are_tidied_and_other_texts_are_not() -> None:
    given = {"customer": "Иван,", "address": "Pani Anno,", "agent": "Jan.", "company": "Acme Inc.", "item": "lamp,", "order": "A-1."}
    assert read_case(given) == {
        "customer": "Иван", "address": "Pani Anno", "agent": "Jan", "company": "Acme Inc.", "item": "lamp,", "order": "A-1."
    }  # fmt: skip
    assert read_case({"customer": ",;"}) == {}
