"""The strict loader: text stays text, hostile files end in ContentError quickly, and nothing else ever escapes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.content import strict_yaml
from clientcoach.content.source import Node, Source
from clientcoach.errors import ContentError

PACKS = Path(__file__).parent.parent / "packs"
FILES = sorted(PACKS.rglob("*.yaml"))


def plain(node: Node) -> object:
    """The tree as plain lists, dicts and text."""
    if isinstance(node.value, dict):
        return {key: plain(item) for key, item in node.value.items()}
    return [plain(item) for item in node.value] if isinstance(node.value, list) else node.value


def codes(data: bytes) -> list[str]:
    """The codes of what is wrong with a file; empty when it can be read."""
    try:
        strict_yaml.parse(data, Source("x.yaml"))
    except ContentError as error:
        return [problem["code"] for problem in error.problems]
    return []


# Too large, too deep or too strange to keep as files (storage.md section 4, rows 1 to 10).
GENERATED = {
    "brackets": (b"[" * 100_000, "yaml-depth"),
    "braces": (b"{" * 100_000, "yaml-key"),
    "dashes": (b"- " * 100_000, "yaml-depth"),
    "question marks": (b"? " * 100_000, "yaml-key"),
    "mixed brackets": (b"[{a: " * 50_000, "yaml-depth"),
    "deep indentation": (b"".join(b" " * n + b"a:\n" for n in range(400)), "yaml-depth"),
    "10 MB": (b"a: " + b"x" * 10_000_000, "yaml-size"),
    "200,000 keys": (b"".join(b"key%d: v\n" % n for n in range(200_000)), "yaml-size"),
    "merge bomb": (
        b"a0: &a0 {k: v}\n" + b"".join(b"a%d: &a%d {<<: [%s]}\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 30)),
        "yaml-alias",
    ),
    "random bytes": (bytes(range(128, 256)), "yaml-encoding"),
    "utf-32": ("a: b".encode("utf-32"), "yaml-encoding"),
    "surrogate": (b"a: \xed\xa0\x80", "yaml-encoding"),
    "overlong": (b"a: \xc0\xaf", "yaml-encoding"),
    "escaped surrogate": (b'a: "\\uD800"', None),
    "escaped byte order mark": (b'a: "\\uFEFF"', "yaml-character"),
    "anchor on a key": (b"&a b: c", "yaml-alias"),
    "tag on a key": (b"!!str b: c", "yaml-tag"),
    "quoted merge key": (b'"<<": {a: b}', ""),
    "unknown directive": (b"%FOO bar\n--- a", None),
    "tag directive": (b"%TAG ! tag:x,2000:\n--- a", "yaml-documents"),
    "unclosed quote": (b'a: "b', "yaml-syntax"),
    "null byte": (b"a: \0", "yaml-character"),
    "empty": (b"", "yaml-empty"),
    "byte order mark alone": (b"\xef\xbb\xbf", "yaml-empty"),
    "two byte order marks": (b"\xef\xbb\xbf\xef\xbb\xbfa: b", "yaml-character"),
}


@pytest.mark.parametrize(("data", "code"), GENERATED.values(), ids=GENERATED.keys())
@pytest.mark.parametrize("parser", ["C", "Python"])
def test_hostile(data: bytes, code: str | None, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if parser == "Python":
        monkeypatch.setattr(strict_yaml, "_Parser", yaml.Loader)
    started = time.process_time()
    found = codes(data)
    assert time.process_time() - started < 2
    assert found[:1] == ([code] if code else []) or (code is None and found)


def test_scalars_stay_text() -> None:
    typed: list[str] = "no 1.10 0777 12:30:45 2026-13-45 0x1F 1e999 .nan ~ null true =".split()
    root = strict_yaml.parse("\n".join(f"k{n}: {text}" for n, text in enumerate(typed)).encode(), Source("x"))
    assert list(plain(root).values()) == typed  # type: ignore[attr-defined]
    assert plain(strict_yaml.parse(b"n: " + b"9" * 5000, Source("x"))) == {"n": "9" * 5000}


def test_places_and_styles() -> None:
    text = "a: 'x'\nb:\n  - >-\n    y\n    z\n  - {c: d}\n"
    root = strict_yaml.parse(text.encode(), Source("x"))
    assert isinstance(root.value, dict)
    assert root.keys == {"a": (1, 1), "b": (2, 1)}
    assert (root.value["a"].line, root.value["a"].col, root.value["a"].style) == (1, 4, "'")
    listed = root.value["b"].value
    assert isinstance(listed, list)
    folded, flow = listed
    assert (folded.value, folded.line, folded.col, folded.style) == ("y z", 3, 5, ">")
    assert (flow.line, flow.col, flow.style) == (6, 5, "{")


def test_line_ends_and_columns_count_characters() -> None:
    root = strict_yaml.parse("\ufeffжж: x\r\nb: y\rc: z\n".encode(), Source("x"))
    assert root.keys == {"жж": (1, 1), "b": (2, 1), "c": (3, 1)}
    assert isinstance(root.value, dict)
    assert root.value["жж"].col == 5


def test_duplicate_names_both_lines() -> None:
    with pytest.raises(ContentError) as error:
        strict_yaml.parse(b"a: 1\nb: 2\n\na: 3\n", Source("x"))
    assert error.value.problems[0]["message"] == "key 'a' is given twice, lines 1 and 4"
    assert error.value.problems[0]["text"] == "a: 3"


def test_encoding_names_the_byte() -> None:
    with pytest.raises(ContentError) as error:
        strict_yaml.parse("a: é".encode()[:-2] + "é".encode("latin-1"), Source("x"))
    assert error.value.problems[0]["message"] == "not UTF-8 at byte 3"


def test_what_cannot_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path, tmp_path / "none.yaml", tmp_path / "fifo", Path("a\0b")):
        with pytest.raises(ContentError) as error:
            strict_yaml.load(str(path))
        assert error.value.problems[0]["code"] == "file-unreadable"


def test_control_characters_never_reach_the_terminal() -> None:
    with pytest.raises(ContentError) as error:
        strict_yaml.parse(b"a: \x1b]8;;http://x\x07", Source("x"))
    assert "\x1b" not in repr(error.value.problems[0]["text"]) and "\x1b" not in error.value.problems[0]["message"]


TOKENS = st.sampled_from(
    ["a", "b: ", "- ", "? ", ": ", "{", "}", "[", "]", ",", "&a ", "*a", "!t ", "!!str ", "|", ">-", "'", '"', "\\", "#", " ", "\n", "\n  ",
     "<<", "---", "...", "%YAML 1.1", "\t", "\r", "\\x", "\\u12", "\\UFFFFFFFF", "ж", "\ufeff", "\0", "@", "`", "~", "1"]
)  # fmt: skip


@given(st.lists(TOKENS, max_size=40).map("".join))
def test_only_content_errors_escape_on_yaml_like_text(text: str) -> None:
    codes(text.encode())


@given(st.binary(max_size=200))
def test_only_content_errors_escape_on_bytes(data: bytes) -> None:
    codes(data)


@given(st.data())
def test_only_content_errors_escape_on_damaged_files(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(FILES)).read_bytes()
    at = data.draw(st.integers(0, len(text)))
    codes(text[:at] + data.draw(st.binary(max_size=4)) + text[at + data.draw(st.integers(0, 3)) :])


@given(
    st.recursive(
        st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4),
        max_leaves=20,
    )
)
def test_agrees_with_pyyaml_where_both_accept(value: object) -> None:
    text = yaml.dump({"top": value}, default_style='"', allow_unicode=True)
    source = Source("x")
    try:
        root = strict_yaml.parse(text.encode(), source)
    except ContentError as error:
        assert {problem["code"] for problem in error.problems} <= {
            "yaml-tag",
            "yaml-alias",
            "yaml-depth",
            "yaml-character",
        }
    else:
        assert plain(root) == {"top": value}
