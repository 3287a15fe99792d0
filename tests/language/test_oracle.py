"""The engine against ICU itself (icu4py): every message of the content, and messages made up by hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icu4py.messageformat import MessageFormat

from clientcoach.content import strict_yaml
from clientcoach.content.facts import Scope
from clientcoach.content.messages import compile_message
from clientcoach.content.source import Node, Source
from clientcoach.wording import evaluate
from clientcoach.wording.languages import language
from clientcoach.wording.plural import categories
from clientcoach.wording.variables import VARIABLES
from tests.language.expand import BOOKS, COUNTS, LANGS, PLAYBOOKS, TODAY, variables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = [(book, lang) for book in (*BOOKS, "ui", "policy") for lang in LANGS]
GENDERS = ("f", "m", "other")
NUMBERS = (0, *COUNTS, 999, 1000, 25000)


def raw(message: list[Any], values: dict[str, Any]) -> str:
    """Ours before polishing: what ICU knows nothing about."""
    return evaluate.fragment(message, values)


def icu(pattern: str, lang: str, values: dict[str, Any]) -> str:
    """ICU's; its space in numbers is U+00A0 in every version but some have U+202F."""
    return str(MessageFormat(pattern, lang).format(values)).replace("\u202f", "\u00a0")


def nodes(path: Path) -> Iterator[tuple[Node, Source]]:
    """Every text of a YAML file."""
    source, root = strict_yaml.load(str(path))

    def walk(node: Node) -> Iterator[Node]:
        if isinstance(node.value, str):
            yield node
        else:
            for child in node.value.values() if isinstance(node.value, dict) else node.value:
                yield from walk(child)

    for node in walk(root):
        yield node, source


def messages(book: str, lang: str) -> Iterator[tuple[str, list[Any]]]:
    """ICU source and our tree of every text that the file holds in the language."""
    path = PLAYBOOKS / "policy.yaml" if book == "policy" else PLAYBOOKS / book / f"{lang}.yaml"
    for node, source in nodes(path):
        assert isinstance(node.value, str)
        if "{" in node.value or "’" in node.value:
            source.problems.clear()
            form = compile_message(node, source, Scope(lang))
            if not source.problems:  # policy.yaml holds the other languages too
                yield node.value, form["text"]


def argument_sets(message: list[Any], lang: str) -> Iterator[dict[str, Any]]:
    """Plain values for what a message names: each gender, each number."""
    names = variables(message)
    base: dict[str, Any] = {"lang": lang, **{name: str(language(lang).EXAMPLES.get(name, f"<{name}>")) for name in names}}
    kinds = {part[1]: part[0] for part in _choices(message)}
    counts = [name for name in names if kinds.get(name) == "p" or VARIABLES.get(name, {}).get("kind") == "count"]
    for number in NUMBERS if counts else (0,):
        for wg in GENDERS if kinds.get("wg") else ("other",):
            for cg in GENDERS if kinds.get("cg") else ("other",):
                yield {
                    **base,
                    **dict.fromkeys(counts, number),
                    **{name: value for name, value in (("wg", wg), ("cg", cg)) if name in names},
                }


def _choices(message: list[Any]) -> Iterator[list[Any]]:
    for part in message:
        if isinstance(part, list) and part[0] in "sp":
            yield part
            for branch in part[2].values():
                yield from _choices(branch)


def plain(pattern: str, values: dict[str, Any]) -> dict[str, Any]:
    """Numbers that stand alone are formatted by us as they are; ICU would group them, so it gets text."""
    return {key: str(value) if isinstance(value, int) and f"{{{key}, plural" not in pattern else value for key, value in values.items()}


@pytest.mark.parametrize(("book", "lang"), FILES)
def test_every_message_is_rendered_as_icu_renders_it(book: str, lang: str) -> None:
    count = 0
    for pattern, message in messages(book, lang):
        for values in argument_sets(message, lang):
            assert raw(message, values) == icu(pattern, lang, plain(pattern, values)), (pattern, values)
            count += 1
    assert count


def test_the_oracle_disagrees_when_something_is_wrong() -> None:
    message = ["5 ", ["p", "n", {"one": ["день"], "few": ["дня"], "many": ["дня"], "other": ["дня"]}]]
    pattern = "5 {n, plural, one {день} few {дня} many {дней} other {дня}}"
    assert raw(message, {"lang": "ru", "n": 5}) != icu(pattern, "ru", {"n": 5})


LITERAL = st.text(alphabet="abc дней ż қ.,!’ \u00a0«»№", min_size=1, max_size=12)
NAME = st.sampled_from(["order", "amount", "item"])


def patterns(lang: str) -> st.SearchStrategy[str]:
    """ICU sources with variables, selects on wg, plurals on n with exact numbers, up to three deep."""

    def deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        select = st.tuples(inner, inner, inner).map(
            lambda branch: f"{{wg, select, f {{{branch[0]}}} m {{{branch[1]}}} other {{{branch[2]}}}}}"
        )
        keys = categories(lang)
        plural = st.tuples(st.tuples(*[inner] * len(keys)), st.booleans(), inner).map(
            lambda given: (
                "{n, plural, "
                + ("=1 {" + given[2] + "} " if given[1] else "")
                + " ".join(f"{key} {{#{text}}}" for key, text in zip(keys, given[0], strict=True))
                + "}"
            )
        )
        return st.lists(st.one_of(LITERAL, NAME.map("{{{}}}".format), select, plural), min_size=1, max_size=3).map("".join)

    return st.recursive(st.one_of(LITERAL, NAME.map("{{{}}}".format)), deeper, max_leaves=8)


@pytest.mark.parametrize("lang", LANGS)
@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_made_up_messages_are_rendered_as_icu_renders_them(lang: str, data: st.DataObject) -> None:
    pattern = data.draw(patterns(lang))
    values = {
        "lang": lang,
        "wg": data.draw(st.sampled_from(GENDERS)),
        "n": data.draw(st.integers(0, 2000)),
        "order": "4471",
        "amount": "38 €",
        "item": "{x}",
    }
    source = Source("made-up.yaml", pattern)
    form = compile_message(Node(pattern, 1, 1), source, Scope(lang))
    if source.problems:  # a text of blanks, or too deep for us
        assert {problem["code"] for problem in source.problems} <= {"empty-text", "message-depth", "message-length"}
        return
    assert raw(form["text"], values) == icu(pattern, lang, values)


def test_today_is_the_day_of_the_examples() -> None:
    assert TODAY.isoformat() == "2026-11-22"
