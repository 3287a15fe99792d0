"""Messages: what is refused is in tests/packs; here the tree, the places, fuzzing, and ICU itself as the oracle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import icu4py.messageformat
import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from clientcoach.content import strict_yaml
from clientcoach.content.expand import expand
from clientcoach.content.facts import LANGS, Scope, variables
from clientcoach.content.messages import compile_message
from clientcoach.content.positions import position
from clientcoach.content.source import Node, Source
from clientcoach.wording.evaluate import render
from clientcoach.wording.languages import language
from clientcoach.wording.plural import categories

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientcoach.coach.shapes import Form


def compiled(text: str, lang: str = "en", **facts: list[str]) -> tuple[Form, list[str]]:
    """The form and the codes of what is wrong."""
    source = Source("x.yaml", [text])
    form = compile_message(Node(text, 1, 1), source, Scope(lang, variables(), facts))
    return form, [problem["code"] for problem in source.problems]


def test_tree_and_needs() -> None:
    form, wrong = compiled(
        "{addr_pre}order {order}: {days, plural, =0 {now} one {# day} other {{wg, select, f {a} other {# b}}}}.".replace("# b", "b")
    )
    assert wrong == []
    assert form["needs"] == ["days", "order"]
    assert form["text"] == [
        ["v", "addr_pre"], "order ", ["v", "order"], ": ",
        ["p", "days", {"=0": ["now"], "one": [["#"], " day"], "other": [["s", "wg", {"f": ["a"], "other": ["b"]}]]}], ".",
    ]  # fmt: skip


def test_own_facts_are_needed_and_have_their_values() -> None:
    form, wrong = compiled("{rung, select, warn {a} other {b}}", rung=["ask", "warn"])
    assert (form["needs"], wrong) == (["rung"], [])
    assert compiled("{rung, select, end {a} other {b}}", rung=["ask", "warn"])[1] == ["unknown-selector"]


def test_the_interface_may_name_anything() -> None:
    source = Source("ui.yaml", ["x"])
    form = compile_message(Node("{what, select, a {{count, plural, one {#} other {#}}} other {{value}}}", 1, 1), source, Scope("en"))
    assert (source.problems, form["needs"]) == ([], ["count", "value", "what"])


def test_categories_agree_with_cldr() -> None:
    for lang in LANGS:
        rule = Locale(lang).plural_form
        assert set(categories(lang)) == set(rule.tags) | {"other"}
        for category, sample in language(lang).PLURALS.items():
            number = sample.replace(",", ".")
            assert rule(float(number) if "." in number else int(number)) == category


def test_depth_and_length_limits_are_exact() -> None:
    def nest(depth: int) -> str:
        return "{wg, select, other {" * depth + "it" + "}}" * depth

    assert compiled(nest(6))[1] == []
    assert compiled(nest(7))[1] == ["message-depth"]
    assert compiled("a" * 1000)[1] == []
    assert compiled("a" * 1001)[1] == ["message-length"]


@pytest.mark.parametrize("text", ["a: x {nope} y", "a: 'x''s ''{nope}'' y'", 'a: "x\\u00a0\\"\\x41 {nope} \\\n   y"', "a: x\n  y\n  {nope} z",
                                  "a: >-\n  x\n\n    y {nope}\n  z", "a: |  # note\n  x\n  y: {nope}", "- a:\n  - >-\n\n    {nope}"])  # fmt: skip
def test_places_are_exact_in_every_style(text: str) -> None:
    source = Source("x.yaml")
    node = strict_yaml.parse(text.encode(), source)
    while not isinstance(node.value, str):
        node = next(iter(node.value.values())) if isinstance(node.value, dict) else node.value[0]
    line, col = position(node, source, node.value.index("{nope}"))
    assert source.lines[line - 1][col - 1 :].startswith("{nope}")
    line, col = position(node, source, len(node.value))
    assert source.lines[line - 1][: col - 1].endswith(node.value[-1])


# ---- fuzz: nothing but reported problems

PIECES = st.sampled_from(
    ["a", " ", "{", "}", "#", "'", "''", ",", "wg", "cg", "days", "order", "nope", "a.b", "select", "plural", "selectordinal", "number", "offset:1",
     "one", "few", "other", "f", "=1", "=01", "{wg, select, ", "{days, plural, ", "other {", "}}", "\n", "\u2009", "ж"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(LANGS))
@example("{" * 1000, "en")
@example("{wg,select,other{" * 58, "en")
@example("'{", "en")
@example("{wg,", "en")
def test_anything_else_is_reported_and_what_is_not_can_be_rendered(text: str, lang: str) -> None:
    form, wrong = compiled(text, lang)
    if not wrong:
        assert list(expand(form["text"], lang))
        render(
            form["text"],
            {"lang": lang, "wg": "f", "cg": "other", "days": 3, **dict.fromkeys(form["needs"], "x"), "order": "1"} | ({"days": 3}),
        )


# ---- the oracle: what we compile and render is what ICU formats


def messages(lang: str) -> st.SearchStrategy[str]:
    """Valid messages, nested up to three deep."""
    word = st.sampled_from(["слово", "day", "dzień", "күн", "Да", "x y", ", ", "’s"])

    def bigger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        selects = st.tuples(st.sampled_from(["wg", "cg"]), inner, inner, inner).map(
            lambda t: f"{{{t[0]}, select, f {{{t[1]}}} m {{{t[2]}}} other {{o{t[3]}}}}}"
        )
        plural = st.tuples(st.sampled_from(["days", "prior"]), st.lists(inner, min_size=5, max_size=5)).map(
            lambda t: (
                f"{{{t[0]}, plural, =0 {{none {t[1][4]}}} "
                + " ".join(f"{category} {{# {branch}}}" for category, branch in zip(categories(lang), t[1], strict=False))
                + "}"
            )
        )
        return selects | plural | st.tuples(inner, inner).map(lambda t: f"{t[0]} {t[1]}")

    return st.recursive(word | st.sampled_from(["{order}", "{company}"]), bigger, max_leaves=6).map(lambda text: f"A {text} z")


VALUES = st.fixed_dictionaries(
    {"wg": st.sampled_from(["f", "m", "other"]), "cg": st.sampled_from(["f", "m", "other"]), "days": st.integers(0, 130),
     "prior": st.integers(0, 25), "order": st.sampled_from(["4471", "A-1"]), "company": st.sampled_from(["Acme", "Ромашка"])}
)  # fmt: skip


def squeezed(text: str) -> str:
    """Without white space, which rendering tidies and ICU does not."""
    return "".join(text.split()).replace(",", "")


@pytest.mark.parametrize("lang", LANGS)
@given(data=st.data())
def test_icu_says_the_same(lang: str, data: st.DataObject) -> None:
    text = data.draw(messages(lang))
    values: Mapping[str, Any] = data.draw(VALUES)
    form, wrong = compiled(text, lang)
    assert wrong in ([], ["message-length"])
    if not wrong:
        expected = icu4py.messageformat.MessageFormat(text, lang).format(dict(values))
        assert squeezed(render(form["text"], {"lang": lang, **values})) == squeezed(expected)
