"""Answers from a file: NDJSON, one action a line."""

from __future__ import annotations

import json

from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def answers(text: str) -> Iterator[tuple[int, dict[str, Any] | UsageError]]:
    """(line number, action); a line that is no JSON object comes as the error it is, in its place."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            action = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, UsageError("bad_json", file="--answers", reason=str(error))
            continue
        yield number, action if isinstance(action, dict) else UsageError("bad_action")
