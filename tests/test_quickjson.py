"""quickjson reads and writes what `json` does, and refuses what is not JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach import quickjson

TEXT = st.text(max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def strict(text: str) -> Any:
    def refuse(name: str) -> None:
        raise ValueError(name)

    return json.loads(text, parse_constant=refuse)


@given(value=VALUES, indent=st.sampled_from([0, 2]))
def test_what_is_written_is_read_back(value: Any, indent: int) -> None:
    text = quickjson.dumps(value, indent=indent)
    assert json.loads(text) == value
    assert quickjson.loads(text) == value


@given(value=VALUES)
def test_the_form_is_that_of_json(value: Any) -> None:
    assert quickjson.dumps(value) == json.dumps(value, ensure_ascii=False)
    assert quickjson.dumps(value, indent=2) == json.dumps(value, ensure_ascii=False, indent=2)
    assert quickjson.ordered(value) == json.dumps(value, ensure_ascii=False, sort_keys=True)


@pytest.mark.parametrize(("value", "error"), [({"a": {1}}, TypeError), ([float("nan")], ValueError), ([float("inf")], ValueError)])
def test_what_is_not_json_is_not_written(value: Any, error: type[Exception]) -> None:
    for write in (quickjson.dumps, quickjson.ordered, lambda value: quickjson.dumps(value, indent=2)):
        with pytest.raises(error):
            write(value)


@given(text=st.text(alphabet='[]{}",:0123456789.eE+-truefalsn \n\t\x00\u00a0\\u', max_size=12) | VALUES.map(json.dumps))
def test_it_accepts_what_json_accepts(text: str) -> None:
    try:
        wanted = strict(text)
    except ValueError:
        with pytest.raises(ValueError):
            quickjson.loads(text)
    else:
        assert quickjson.loads(text) == wanted


@pytest.mark.parametrize("text", ["", " ", "NaN", "[Infinity]", "1 2", "{", '{"a"}', "'a'", "\ufeff{}", '"\n"', "01"])
def test_it_refuses(text: str) -> None:
    with pytest.raises(ValueError):
        quickjson.loads(text)


def test_deep_nesting_does_not_kill_the_process() -> None:
    with pytest.raises(RecursionError):
        quickjson.loads("[" * 100_000)
