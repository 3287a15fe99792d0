"""The bundled model for tests, and a shaken one."""

from __future__ import annotations

import functools
import os
from typing import Any

from clientcoach.content.drills import compile_file
from clientcoach.drill.dice import Dice
from clientcoach.drill.state import part
from tests.support import ROOT

PATH = ROOT / "playbooks" / "drills" / "drill-model.yaml"
FULL = bool(os.environ.get("CLIENTCOACH_TEST_DRILL_FULL"))  # the numbers of the issue; without, smaller ones that take seconds


def much(small: int, full: int) -> int:
    """How often something is tried."""
    return full if FULL else small


@functools.cache
def model() -> dict[str, Any]:
    return compile_file(str(PATH))


def shaken(seed: int, by: int = 40) -> dict[str, Any]:
    """The model with every number of what acts, events and ends do drawn anew within so many percent; customers are drawn as before."""
    dice, found = Dice(seed), {**model()}
    for name in sorted(found.keys() - {"personas"}):
        found[name] = _shaken(found[name], dice, by)
    return found


def _shaken(node: Any, dice: Dice, by: int) -> Any:
    if isinstance(node, dict):
        return {name: _shaken(value, dice, by) for name, value in sorted(node.items())}
    if isinstance(node, list):
        return [_shaken(value, dice, by) for value in node]
    return part(node, dice.between(100 - by, 100 + by)) if isinstance(node, int) else node
