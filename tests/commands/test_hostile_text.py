"""A customer's name and product are text and nothing else, in every format, parsed back by somebody else's parser."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from clientcoach.case.text import clean
from clientcoach.views.markdown import escape

if TYPE_CHECKING:
    from tests.support import Place

HOSTILE = [
    "[red]", "{customer}", ":warning:", '"quoted"', "'s", "👩‍👩‍👧 ❤️", "*bold*", "_under_", "__x__", "`code`", "<b>", "</blockquote><script>alert(1)</script>", "&amp;", "&lt;", "[a](http://x.y)", "![a](b)",
    "http://example.com", "www.example.com", "a@b.cd", "<a@b.cd>", "# head", "1. one", "12) x", "- item", "+ item", "> quote", "~~gone~~", "a | b", "\\", "\\*", "$x$", "%s {0}", "==x==", "---", "***x***", "[x]: y", "\t", "~~~", "```",
    ".NET", "wow !!!", "Yahoo!", "Acme Inc.", "a , b", "why ?", "№ :5", ", x", "iPhone", "x..y ….",
]  # fmt: skip
BIDI = "\u202e\u2066\u200e\u200f\u061c"


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.quotes: list[str] = []
        self.tags: set[str] = set()
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") or name in {"src", "href"} for name, _ in attrs)
        if tag == "blockquote":
            self.inside = True
            self.quotes.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "blockquote"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.quotes[-1] += data


def flat(text: str) -> str:
    """As it is read: single spaces, but every space that is there."""
    return " ".join(text.replace("\u200b", "").split())


def inline_text(markdown: str) -> tuple[str, set[str]]:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    inner = [child for token in tokens for child in token.children or ()]
    return "".join(child.content for child in inner), {child.type for child in inner} | {token.type for token in tokens}


@pytest.mark.parametrize("text", HOSTILE)
def test_in_every_format(at: Place, text: str) -> None:
    argv = ["script", "--lang", "en", "--cause", "product", "--customer", f"{text}x", "--item", text, "--order", text]
    wanted = at.run(*argv, "--json").json
    said = [line["text"] for step in wanted["steps"] for line in step["say"]]
    cleaned = clean(text)
    if cleaned:
        assert wanted["case"]["item"] == cleaned
        assert any(f"“{cleaned}”" in line for line in said), "the item is said as it was typed"
        assert any(f"order {cleaned}" in line for line in said), "so is the order"
    plain = at.run(*argv).out
    assert all(line in plain for line in said)
    page = at.run(*argv, "--format", "html").out
    reader = Reader()
    reader.feed(page)
    assert [flat(quote) for quote in reader.quotes] == [
        flat(line["label"] + line["text"]) for step in wanted["steps"] for line in step["say"]
    ]
    assert reader.tags == {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "section",
        "h2",
        "h3",
        "blockquote",
        "small",
        "br",
        "ul",
        "li",
        "p",
    }
    markdown = at.run(*argv, "--format", "markdown").out
    found, types = inline_text(markdown)
    assert all(flat(line) in flat(found) for line in said)
    assert (
        types
        == inline_text(
            at.run(
                "script",
                "--lang",
                "en",
                "--cause",
                "product",
                "--customer",
                "Annax",
                "--item",
                "x",
                "--order",
                "x",
                "--format",
                "markdown",
            ).out
        )[1]
    )


@settings(max_examples=300)
@given(text=st.text(alphabet=st.sampled_from("ab1.)(*_`[]<>#+-!|~&:@=\\\"'{}$% \u2014h/t"), min_size=1, max_size=14) | st.text(max_size=10))
def test_markdown_escapes_everything(text: str) -> None:
    text = clean(text) or "x"
    for before, allowed in (
        ("> ", {"blockquote_open", "blockquote_close"}),
        ("- ", {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"}),
        ("", set()),
    ):
        found, types = inline_text(before + escape(text) + "\n")
        assert types <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special", *allowed}
        assert flat(found) == flat(text)


@pytest.mark.parametrize("char", [*BIDI, "\x1b", "\x07", "\x9b"])
def test_control_characters_and_bidi_marks_are_gone_everywhere(at: Place, char: str) -> None:
    argv = ["script", "--customer", f"An{char}na", "--item", f"lamp{char}", "--cause", "product"]
    for style in ("text", "json", "markdown", "html"):
        out = at.run(*argv, "--format", style).out
        assert char not in out
        assert json.dumps(char).strip('"') not in out
    assert at.run(*argv, "--json").json["case"]["customer"] == "Anna"


def test_the_page_says_its_language_and_loads_nothing(at: Place) -> None:
    page = at.run("script", "--format", "html").out
    assert '<html lang="en">' in page
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")
