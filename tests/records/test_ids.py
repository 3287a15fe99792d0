"""The digests that a store is held against are plain ones: anybody can work them out again."""

from __future__ import annotations

import hashlib
import json

from clientcoach.records.ids import digest
from tests.records.stores import incident


def test_a_digest_is_the_sha256_of_sorted_json() -> None:
    for value in (incident(), ["", 1, None, True, 0.5], {"б": [], "a": {"z": "\ud800", "b": ()}}):
        text = json.dumps(value, sort_keys=True, ensure_ascii=False)
        assert digest(value) == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
