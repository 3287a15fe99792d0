"""The generated tables are what their generators write today."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.numbers import get_currency_precision

from clientcoach.case.languages import LANGS
from clientcoach.case.money import decimals
from clientcoach.wording.names import found, is_surname
from clientcoach.wording.tables import locale, text

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
DATA = ROOT / "clientcoach" / "wording" / "data"


def generator(name: str) -> ModuleType:
    """A script of tests/language/generate."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tests" / "language" / "generate" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lang", LANGS)
def test_locale_tables_are_babels(lang: str) -> None:
    assert generator("locale_tables").text(lang) == (DATA / f"locale_{lang}.json").read_text(encoding="utf-8")


def test_money_has_as_many_decimals_as_babel_says() -> None:
    codes = generator("locale_tables").CURRENCIES
    assert {code: decimals(code) for code in codes} == {code: get_currency_precision(code) for code in codes}


def test_accusative_weekdays_belong_to_their_nominatives() -> None:
    assert [locale("ru")["weekdays_acc"][day] for day in (0, 2)] == ["понедельник", "среду"]
    assert [locale("pl")["weekdays_acc"][day] for day in (0, 2)] == ["poniedziałek", "środę"]


def test_the_vocatives_are_morfeuszs() -> None:
    names = generator("names_pl")
    lines = text("names_pl.tsv")[1:].splitlines(keepends=True)
    table = {line.split("\t")[0] for line in lines}
    assert names.rows(sorted(table)) == lines
    others = [name for name in random.Random(0).sample(names.lemmas(), 4000) if name not in table]  # noqa: S311
    assert names.rows(others) == []


def test_the_vocative_table_is_small_sorted_and_licensed() -> None:
    assert 3000 < text("names_pl.tsv").count("\n") < 4000
    assert (DATA / "names_pl.tsv").stat().st_size <= 90_000
    names = [line.split("\t")[0] for line in text("names_pl.tsv")[1:].splitlines()]
    assert names == sorted(names)
    licence = (DATA / "SGJP-LICENCE.txt").read_text(encoding="utf-8")
    assert "Redistribution and use in source and binary forms" in licence
    assert licence == generator("names_pl").licence()


def test_the_given_names_are_pymorphys_and_those_of_kazakhstan() -> None:
    import pymorphy3

    module, morph = generator("names_ru"), pymorphy3.MorphAnalyzer()
    listed = {
        head + rest.rstrip("mfbMFB") for head, *rests in map(str.split, text("names_ru.dat", "kz1048").splitlines()[1:]) for rest in rests
    }
    names = {name: found(name) for name in listed}
    assert module.text(names) == text("names_ru.dat", "kz1048")
    assert not any(map(is_surname, names))
    assert {"марина", "лев", "яков", "константин", "мадина", "ян", "семен"} | set(module.kazakh()) <= set(names)
    for name in random.Random(0).sample(sorted(set(names) - set(module.kazakh())), 1500):
        read = [parse.tag for parse in morph.parse(name) if {"Name", "nomn", "sing"} <= parse.tag.grammemes and parse.is_known]
        kinds = {module._GENDERS[kind] for tag in read for kind in module._GENDERS.keys() & tag.grammemes}
        assert names[name].lower() == (kinds.pop() if len(kinds) == 1 else "b"), name
    assert (DATA / "names_ru.dat").stat().st_size < 80_000


@pytest.mark.parametrize("word", ["", "а", "ал", "александрx", "цой", "x", "\n", "иван петр", "ван", "m", "виктm"])
def test_what_is_no_listed_name(word: str) -> None:
    assert found(word) == ""


@pytest.mark.parametrize(
    ("word", "gender"),
    [("Алёна", "f"), ("СЕМЁН", "m"), ("Илья", "m"), ("Любовь", "f"), ("Саша", "b"), ("Ким", "M"), ("Ян", "m"), ("Айгүл", "f")],
)
def test_the_gender_of_a_listed_name(word: str, gender: str) -> None:
    assert found(word) == gender
