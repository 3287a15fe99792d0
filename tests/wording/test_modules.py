"""Every language module has what every other has; whatever else is a language's own would be a table that nobody finds."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest
from babel import Locale

from clientcoach.case.languages import DAYS, LANG_ALIASES, LANGS, SCRIPTS
from clientcoach.wording import en
from clientcoach.wording.languages import language
from clientcoach.wording.variables import VARIABLES

OWN = {"TYPE_CHECKING"}
TAKEN = {
    name for name, thing in vars(en).items() if getattr(thing, "__module__", en.__name__) != en.__name__ or isinstance(thing, ModuleType)
}
WANTED = sorted(name for name in vars(en) if not name.startswith("_") and name not in OWN | TAKEN | {"annotations", "weekday"})


def arity(function: object) -> tuple[int, int]:
    """How many arguments a function needs, and how many it takes."""
    found = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    return sum(one.default is one.empty for one in found), len(found)


def test_what_is_wanted() -> None:
    assert {"SCRIPTS", "PLURALS", "EXAMPLES", "plural", "address", "money"} <= set(WANTED)
    assert len(WANTED) == 26


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", WANTED)
def test_a_module_has_what_english_has(lang: str, name: str) -> None:
    mine, model = getattr(language(lang), name), getattr(en, name)
    if callable(model):
        assert arity(mine) == arity(model)
    else:
        assert type(mine) is type(model)
        assert name in {"SCRIPTS", "ALIASES"} or not isinstance(model, tuple) or len(mine) == len(model)


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_known_without_the_module_is_what_it_says(lang: str) -> None:
    module = language(lang)
    assert SCRIPTS[lang] == module.SCRIPTS
    assert [{DAYS[word] for word in words.split()} for words in module.DAYS] == [{0}, {1}]
    assert set(module.SCRIPTS) <= {"LATIN", "CYRILLIC"}
    assert {alias for alias, code in LANG_ALIASES.items() if code == lang} == set(module.ALIASES)


@pytest.mark.parametrize("lang", LANGS)
def test_the_tables_fit(lang: str) -> None:
    module = language(lang)
    assert set(module.EXAMPLES) <= set(VARIABLES)
    assert {name for name, row in VARIABLES.items() if row["always"]} <= set(module.EXAMPLES)
    assert set(module.PLURALS) == {*Locale(lang).plural_form.tags, "other"}
    assert module.LETTERS == module.LETTERS.lower()
    for kind, sample in module.PLURALS.items():
        whole, _, fraction = sample.partition(module.MARKS[1])
        assert module.plural(int(whole), fraction) == kind


def test_another_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        language("zz")
    with pytest.raises(KeyError):
        language("dates")
