"""The screens of a call as they were looked at and kept. Renew them with `python -m tests.tty.snapshots`, and look at the difference."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

import pytest

from tests.tty.snapshots import ALL, FOLDER, drawn, path_of

if TYPE_CHECKING:
    from tests.support import Place


@pytest.mark.parametrize(("lang", "ui", "size"), ALL)
def test_screens_look_as_they_were_kept(at: Place, lang: str, ui: str, size: tuple[int, int]) -> None:
    kept = path_of(lang, ui, size).read_text(encoding="utf-8").splitlines()
    changed = "\n".join(unified_diff(kept, drawn(at, lang, ui, size).splitlines(), "kept", "now", lineterm=""))
    assert not changed, changed


def test_no_kept_screen_is_left_over() -> None:
    assert sorted(FOLDER.iterdir()) == sorted(path_of(*one) for one in ALL)
