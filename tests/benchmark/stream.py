"""Many scripts at once: how many a second, how much memory, and how long one phrase takes."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import timeit
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmark import cases, peers
from tests.benchmark.timing import cost, peak

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent.parent
COUNT, REPEATS = 10_000, 3
FEW, MANY = 1_000, 100_000
GROWTH = 2.0  # MiB that the allocator may differ by


def rows(home: Path, env: Mapping[str, str]) -> list[str]:
    """The rows of the streams and of one phrase."""
    clock = {**env, "CLIENTCOACH_NOW": "2026-11-23T10:00:00+05:00"}
    return ["| many | found | target | |", "|---|--:|--:|---|", *_speed(home, clock), _memory(home, clock), _phrase(clock)]


def _speed(home: Path, env: Mapping[str, str]) -> list[str]:
    """Scripts a second, ours and theirs in turns; both must say the same phrases."""
    lines = cases.write(home / "cases.ndjson", COUNT)
    ours = [str(Path(sys.executable).parent / "clientcoach"), "script", "--stream"]
    theirs = [sys.executable, "-m", "tests.benchmark.jinja_stream"]
    library = next((peers.install().parent / "lib").glob("python*/site-packages"))
    with_jinja = {**env, "PYTHONPATH": f"{ROOT}{os.pathsep}{library}"}
    outs = [home / name for name in ("ours", "theirs")]
    taken: list[tuple[float, ...]] = []
    for _ in range(REPEATS):
        us = cost(ours, env, lines, str(outs[0]))
        them = cost(theirs, with_jinja, lines, str(outs[1]))
        taken.append((COUNT / us.wall, COUNT / them.wall))
    if _phrases(outs[0]) != _phrases(outs[1]):
        raise RuntimeError("the two programs do not say the same phrases")
    us, them = map(statistics.median, zip(*taken, strict=True))
    return [
        f"| `script --stream`, scripts a second ({COUNT:,} cases) | {us:,.0f} | ≥ Jinja2 | {'met' if us >= them else '**missed**'} |",
        f"| the same phrases from a Jinja2 program | {them:,.0f} | | |",
    ]


def _phrases(file: Path) -> list[list[str]]:
    """The ids of the phrases of every script of a file."""
    with file.open(encoding="utf-8") as scripts:
        return [[line["id"] for step in json.loads(script)["steps"] for line in step["say"]] for script in scripts]


def _memory(home: Path, env: Mapping[str, str]) -> str:
    ours = [str(Path(sys.executable).parent / "clientcoach"), "script", "--stream"]
    subprocess.run(ours, env=env, input=b'{"lang": "en"}', stdout=subprocess.DEVNULL, check=True)  # the playbook is compiled before
    few, many = (peak(ours, cases.write(home / f"{count}.ndjson", count), env) for count in (FEW, MANY))
    told = "met" if many - few <= GROWTH else "**missed**"
    return f"| peak memory at {FEW:,} and {MANY:,} cases, MiB | {few:.1f}, {many:.1f} | flat | {told} |"


def _phrase(env: Mapping[str, str]) -> str:
    """One line with a name, a number and a deadline in it, its values known."""
    from clientcoach.case.moments import Moments
    from clientcoach.content import library
    from clientcoach.wording.evaluate import render
    from clientcoach.wording.values import Values

    places: Any = {"packs": [library.bundled()], "policy": None, "cache": f"{env['XDG_CACHE_HOME']}/clientcoach"}
    policy = library.policy(places, "en")
    case = {"customer": "Anna Nowak", "cause": "delivery", "order": "4471", "deadline": "2h"}
    values = Values(case, policy, Moments(case, policy, env["CLIENTCOACH_NOW"]), "en")
    phrases = library.playbook(places, "angry-customer", "en")["phrases"]
    texts = [
        one["forms"]["say"]["text"]
        for several in phrases.values()
        for one in several
        if all(map(values.known, one["forms"]["say"]["needs"]))
    ]
    best = min(timeit.repeat(lambda: [render(text, values) for text in texts], number=20, repeat=15)) / 20 / len(texts)
    return f"| one phrase ({len(texts)} different ones), µs | {best * 1e6:.1f} | | |"
