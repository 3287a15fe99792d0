"""The interface in four languages: the same keys and placeholders, every string renders, every key is used and every use has its key."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import clientcoach
from clientcoach.asking.panels import TASKS
from clientcoach.asking.sight import COMMANDS, NAMED
from clientcoach.case.fields import FIELDS
from clientcoach.coach.moves import OUTCOMES
from clientcoach.coach.script import ONLY_IN_A_CALL
from clientcoach.coach.turns import KINDS
from clientcoach.records.sqlite import CODES
from clientcoach.views.messages import LANG, word
from clientcoach.wording.evaluate import fragment
from clientcoach.wording.plural import categories
from clientcoach.wording.variables import VARIABLES
from tests.language.expand import BOOKS, COUNTS, LANGS, PLAYBOOKS, interface, playbook, strings, variables

SOURCES = sorted(Path(clientcoach.__file__).parent.rglob("*.py"))
PREFIXES = (
    "answer",
    "ask",
    "forget",
    "prune",
    "bar",
    "crisis",
    "key",
    "kind",
    "label",
    "log",
    "report",
    "mask",
    "screen",
    "task",
    "value",
    "call",
    "field",
    "warning",
    "outcome",
    "step",
    "doctor",
    "error",
    "outcomes",
    "prompt",
    "record",
    "expected",
    "exchange",
    "form",
    "triage",
    "check",
    "bulk",
    "authoring",
    "drill",
    "class",
    "debrief",
)


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    return tuple((str(path), ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES)


def raised() -> dict[str, str]:
    """Error codes given to an error class, directly or through a helper that takes the code first; `error.CODE` keys too."""
    found = dict.fromkeys(("cancelled", "terminated", "invalid_content", "bad_fields", *CODES.values()), "errors.py")
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in error_classes():
                for code in _texts(node.args[0]):
                    found[code] = path
    return found


@cache
def error_classes() -> frozenset[str]:
    """CoachError and everything derived from it."""
    found = {"CoachError"}
    for _ in range(4):
        found |= {
            node.name
            for _, tree in trees()
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and found & {_name(base) for base in node.bases}
        }
    return frozenset(found)


def _name(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def _texts(node: ast.expr) -> list[str]:
    """The texts an expression can be: itself, or both sides of a condition."""
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


KEY = re.compile(rf"(?:{'|'.join(PREFIXES)})\.[a-z_]*")


def literals() -> set[str]:
    """Every text in the code that looks like a key of the catalogue; the beginning of a key ("call.", "call.offer_") has a star."""
    found: set[str] = set()
    for path, tree in trees():
        for node in ast.walk(tree) if not path.endswith("described.py") else ():  # what the keys of a team's own files mean
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                found.add(node.value + "*" * node.value.endswith((".", "_")))
    return found


def made_of(name: str) -> bool:
    """Whether the code has the text, or an f-string's beginning and the rest of it (deadline_ and moved)."""
    known = literal_words()
    return name in known or any(name[:place] in known and name[place:] in known for place in range(4, len(name) - 2))


@cache
def literal_words() -> frozenset[str]:
    """Every short text in the code: what the beginning of a key may be completed with."""
    return frozenset(
        {
            node.value
            for _, tree in trees()
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 40
        }
    )


def test_all_languages_have_the_same_keys_in_the_same_order() -> None:
    assert LANGS
    for lang in LANGS:
        assert list(strings(lang)) == list(strings("en")), lang


def test_all_languages_have_the_same_placeholders() -> None:
    for lang in LANGS:
        different = [key for key in strings("en") if variables(strings(lang)[key]) != variables(strings("en")[key])]
        assert not different, lang


def test_plurals_are_plurals_in_every_language() -> None:
    def counted(message: list[Any]) -> set[str]:
        return {part[1] for part in message if isinstance(part, list) and part[0] == "p"}

    for lang in LANGS:
        for key, message in strings(lang).items():
            assert counted(message) == counted(strings("en")[key]), (lang, key)


@pytest.mark.parametrize("lang", LANGS)
def test_every_string_renders(lang: str) -> None:
    found = dict(interface(lang))
    assert found.keys() == strings("en").keys()
    assert all(text.strip() and "{" not in text and "None" not in text for text in found.values())


@pytest.mark.parametrize("lang", [lang for lang in LANGS if lang != "en"])
def test_strings_are_translated(lang: str) -> None:
    """No string is the English one, but a very short one may be spelt alike, and keys are printed on keyboards in English."""
    printed = {"key.enter", "key.backspace"}
    same = [
        key for key, message in strings(lang).items() if message == strings("en")[key] and len(str(message)) > 12 and key not in printed
    ]
    assert not same


@pytest.mark.parametrize("lang", LANGS)
def test_counts_agree_in_the_worker_s_language(lang: str) -> None:
    """`views.messages.word` picks the plural form of the catalogue's language, not of English."""
    for key, message in strings(lang).items():
        counted = {part[1] for part in message if isinstance(part, list) and part[0] == "p"}
        for number in COUNTS if counted else ():
            given: dict[str, Any] = {name: number if name in counted else "X20" for name in variables(message)}
            assert word({**strings(lang), LANG: lang}, key, **given) == fragment(message, {"lang": lang, **given}), (key, number)


@pytest.mark.parametrize("lang", LANGS)
def test_every_plural_has_its_categories(lang: str) -> None:
    for key, message in strings(lang).items():
        for part in message:
            if isinstance(part, list) and part[0] == "p":
                assert set(categories(lang)) <= set(part[2]), key


def test_every_error_that_is_raised_has_its_sentence() -> None:
    known = {key.removeprefix("error.") for key in strings("en") if key.startswith("error.")}
    assert {code: path for code, path in raised().items() if code not in known} == {}


def test_every_sentence_of_an_error_is_used() -> None:
    known = {key.removeprefix("error.") for key in strings("en") if key.startswith("error.")} - {"near"}
    assert not known - set(raised())


def test_every_other_key_in_the_code_is_in_the_catalogue() -> None:
    known = set(strings("en"))
    missing = [key for key in literals() if not key.endswith("*") and key not in known]
    assert not missing
    assert not [start for start in literals() if start.endswith("*") and not any(key.startswith(start[:-1]) for key in known)]


def test_every_other_key_is_used() -> None:
    """Named in the code whole, or in two pieces."""
    whole = literals()
    starts = tuple(key[:-1] for key in whole if key.endswith("*"))
    steps = {step for book in BOOKS for step, _ in playbook(book, "en")["steps"]}
    values = {f"{name}.{value}" for name, spec in FIELDS.items() for value in spec.get("choices", ())}
    named = {*steps, *FIELDS, *values, *KINDS, *TASKS, *NAMED, *(name for _, name in COMMANDS), "emergency"}
    unused = [
        key
        for key in strings("en")
        if not key.startswith("error.")
        and key not in whole
        and not any(key.startswith(start) and (key[len(start) :] in named or made_of(key[len(start) :])) for start in starts)
    ]
    assert not unused


def test_every_field_that_can_be_missing_has_a_name() -> None:
    fields = {row["field"] for row in VARIABLES.values() if not row["always"]} - set(ONLY_IN_A_CALL)
    assert not [field for field in sorted(fields) if f"field.{field}" not in strings("en")]


def test_every_outcome_and_step_has_a_name() -> None:
    assert not [name for name in OUTCOMES if f"outcome.{name}" not in strings("en")]
    assert not [step for step, _ in playbook("angry-customer", "en")["steps"] if f"step.{step}" not in strings("en")]


def test_errors_say_what_to_do() -> None:
    """An error has at least two sentences (what is wrong; what to do), but for those after which nothing is to be done."""
    short = {"error.near", "error.cancelled", "error.bad_fields", "error.nothing_to_return_from", "error.pick_one"}
    for lang in LANGS:
        texts = dict(interface(lang))
        assert not [
            key
            for key, text in texts.items()
            if key.startswith("error.") and key not in short and len(re.findall(r"[.!?;](?=\s|$)", text)) < 2
        ], lang


def test_catalogue_files_are_all_there() -> None:
    assert {path.stem for path in (PLAYBOOKS / "ui").glob("*.yaml")} == set(LANGS)
