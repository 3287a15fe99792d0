"""Values of a case: what is known, what is missing, what is worked out only once."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.case.moments import Moments
from clientcoach.wording.languages import language
from clientcoach.wording.values import _DERIVED, Values
from clientcoach.wording.variables import VARIABLES

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
POLICY: dict[str, Any] = {
    "zone": "Asia/Almaty",
    "hours": dict.fromkeys(DAYS, ["09:00", "18:00"]),
    "crisis_lines": {"emergency": "112"},
}
EXAMPLE: dict[str, Any] = {
    "customer_gender": "f",
    "agent_gender": "m",
    "company": "Acme",
    "order": "4471",
    "promised": "13.11",
    "prior": 2,
    "amount": {"minor": 3800, "currency": "EUR"},
    "deadline": "2h",
    "hold": "2m",
    "limit": [1000, "EUR"],
}
EXAMPLE_OF: dict[str, dict[str, str]] = {
    "en": {"customer": "Anna Petrova", "item": "X20 vacuum", "agent": "Ivan"},
    "ru": {"customer": "Анна Сергеевна Петрова", "item": "пылесос X20", "agent": "Иван"},
    "pl": {"customer": "Anna Nowak", "item": "odkurzacz X20", "agent": "Jan"},
    "kk": {"customer": "Айгүл Нұрланова", "item": "X20 шаңсорғышы", "agent": "Ерлан"},
}
LANGS = tuple(EXAMPLE_OF)


def of(lang: str, **case: Any) -> Values:
    """Values of a case on 22 November 2026 at 13:00."""
    return Values(case, POLICY, Moments(case, POLICY, "2026-11-22T13:00+05:00"), lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", VARIABLES)
def test_the_examples_are_what_comes_out(lang: str, name: str) -> None:
    values = of(lang, **EXAMPLE, **EXAMPLE_OF[lang], agreed=language(lang).EXAMPLES["agreed"])
    assert (values[name] if values.known(name) else None) == language(lang).EXAMPLES.get(name)


def test_the_table_is_complete() -> None:
    assert set(VARIABLES) == set(_DERIVED)
    lacking = {lang: set(VARIABLES) - set(language(lang).EXAMPLES) for lang in ("en", "ru", "pl", "kk")}
    assert lacking == {
        "en": set(),
        "ru": {"customer_dat", "customer_gen"},
        "pl": set(),
        "kk": set(),
    }  # a typed name is not inflected in Russian
    assert {row["kind"] for row in VARIABLES.values()} == {"text", "count", "enum"}
    assert {name for name, row in VARIABLES.items() if row["kind"] == "count"} == {"days", "prior"}


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_case_gives_only_what_is_always_there(lang: str) -> None:
    values = Values({}, {}, None, lang)
    always = {name for name, row in VARIABLES.items() if row["always"]}
    spoken_to = {"you_nom", "you_gen", "you_dat"} if lang != "pl" else set()
    assert {name for name in VARIABLES if values.known(name)} == always | spoken_to
    assert [values[name] for name in ("wg", "cg", "addr_pre", "addr_mid", "lang")] == ["other", "other", "", "", lang]


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("prior", {"prior": 0}),
        ("days", {"promised": "2026-11-22"}),
        ("days", {"promised": "2026-11-30"}),
        ("time", {"deadline": "2026-11-25"}),
        ("wait", {"deadline": "2026-11-25"}),
        ("wait_gen", {"deadline": "9h"}),
        ("hold", {"hold": "tomorrow"}),
        ("amount", {"amount": None}),
        ("item_quoted", {"item": "  "}),
        ("date", {"promised": "13.11"}),
        ("nonsense", {}),
        ("floor", {"set": {"floor": " "}}),
        ("emergency", {}),
    ],
)
def test_what_cannot_be_said_truthfully_is_missing(name: str, case: dict[str, Any]) -> None:
    values = Values(case, {**POLICY, "crisis_lines": None}, Moments(case, POLICY, "2026-11-22T13:00+05:00"), "en")
    assert not values.known(name)
    with pytest.raises(KeyError, match="."):
        values[name]


def test_without_moments_there_are_no_dates() -> None:
    assert not any(Values({"deadline": "2h"}, POLICY, None, "en").known(name) for name in ("by", "days", "promised"))


def test_a_pack_has_variables_of_its_own_but_not_ours() -> None:
    values = of("en", set={"floor": " third  floor ", "order": "X"}, order="1")
    assert (values["floor"], values["order"]) == ("third floor", "1")


@pytest.mark.parametrize("hold", ["2m", (2, "minute"), [2, "minute"]])
def test_a_hold_is_typed_or_counted(hold: Any) -> None:
    assert of("en", hold=hold)["hold"] == "for 2 minutes"


def test_a_value_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    values = of("en", order="1")
    assert values["order"] == "1"
    monkeypatch.setitem(_DERIVED, "order", lambda _: "2")
    assert (values["order"], values.known("order")) == ("1", True)


def test_the_name_can_be_left_out_and_the_rest_stays() -> None:
    values = of("en", customer="Anna Petrova", order="1")
    silent = values.without_name()
    assert (silent["addr_pre"], silent["addr_mid"], silent["customer_voc"], silent["order"]) == ("", "", "Anna", "1")
    assert values["addr_pre"] == "Anna, "


@given(
    lang=st.sampled_from(LANGS),
    name=st.sampled_from(sorted(VARIABLES)),
    case=st.fixed_dictionaries({}, optional={key: st.text(max_size=12) for key in ("customer", "address", "item", "order")}),
    gender=st.sampled_from(["f", "m", "", None, "x"]),
)
def test_any_text_gives_a_value_or_is_missing(lang: str, name: str, case: dict[str, str], gender: str | None) -> None:
    values = of(lang, **case, customer_gender=gender)
    if values.known(name):
        assert values[name] != "" or VARIABLES[name]["always"]


def test_a_line_without_dates_loads_no_calendar_and_no_other_language() -> None:
    code = (
        "import sys; from clientcoach.wording.values import Values; v = Values({'customer': 'Анна', 'order': '1'}, {}, None, 'ru');"
        "v['addr_pre'], v['order'], v['wg'];"
        "print([m for m in ('re', 'json', 'typing', 'datetime', 'enum', 'functools', 'dataclasses', 'pathlib', 'zoneinfo',"
        "'clientcoach.wording.pl', 'clientcoach.wording.kk', 'clientcoach.wording.en', 'clientcoach.case.moments') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, '.'); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
