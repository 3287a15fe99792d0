"""NDJSON coming in: line numbers, what is wrong with a line, and nothing read ahead of need."""

from __future__ import annotations

import io

from clientcoach.errors import UsageError
from clientcoach.ndjson import objects


def test_lines_keep_their_numbers_and_their_errors() -> None:
    text = '{"do":"next"}\r\n\n  \n[1]\n{bad\n{"do":"promise","what":"a\u2028b\x85c"}\n{"n": NaN}\n' + "[" * 50_000
    found = list(objects(io.BytesIO(text.encode() + b"\n\xff"), "-"))
    assert [number for number, _ in found] == [1, 4, 5, 6, 7, 8, 9]
    assert [one.code if isinstance(one, UsageError) else one["do"] for _, one in found] == [
        "next",
        "not_an_object",
        "bad_json",
        "promise",
        "bad_json",
        "bad_json",
        "not_utf8",
    ]


def test_a_line_is_given_before_the_next_is_read() -> None:
    source = io.BytesIO(b'{"a": 1}\n{"b": 2}\n')
    stream = objects(source, "-")
    assert next(stream) == (1, {"a": 1})
    assert source.read() == b'{"b": 2}\n'
