"""Streams of messages and drafts, and vaderSentiment beside them: `python -m tests.benchmark.reading [--rounds N] [--count N] [--write]`.

Processor time is compared, round by round: another program on the machine slows both alike. For two jobs the clock tells, too.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmark import peers
from tests.benchmark.table import environment, machine, write
from tests.benchmark.timing import cost, peak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VADER = "vaderSentiment==3.3.2"
FEW, MANY = 1_000, 100_000
GROWTH = 4.0  # MiB that the allocator and the words that are remembered may differ by
FASTER = 1.7
PARTS = (
    ("Hi,", "Hello @shop,", "Listen.", "Good morning!", "", "So"),
    ("my parcel {n} is still not here", "I was charged twice for order {n}", "the phone broke after {n} days", "your agent hung up on me", "thank you for the quick help",
     "I have been waiting {n} minutes on hold", "where can I see my invoice", "nobody answers my emails", "the refund of {n} EUR never came", "you promised it for Monday"),
    ("and I am really angry!", "!!!", "and I want to speak to a manager.", "please help.", "Is that normal?", "I will never buy here again.", "Cheers.", "This is not okay, really not."),
)  # fmt: skip


def messages(count: int) -> Iterator[dict[str, object]]:
    """Messages of one to three sentences, the same in every run."""
    dice = random.Random(7)
    for number in range(count):
        said = [" ".join(dice.choice(part) for part in PARTS) for _ in range(dice.randrange(1, 4))]
        yield {"id": number, "text": " ".join(said).format(n=dice.randrange(2, 9999))}


def _file(home: Path, count: int) -> str:
    path = home / f"{count}.ndjson"
    if not path.exists():
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(one) + "\n" for one in messages(count))
    return str(path)


def _vader() -> str:
    """The Python of an environment with vaderSentiment alone in it; made when it is not there yet."""
    python = peers.folder() / f"vader-{sys.version_info.major}.{sys.version_info.minor}"
    if not (python / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", python], check=True)
        subprocess.run([python / "bin" / "pip", "install", "--quiet", VADER], check=True)
        (python / "complete").touch()
    return str(python / "bin" / "python")


def rows(home: Path, env: Mapping[str, str], rounds: int, count: int) -> list[str]:
    """The table."""
    ours = [str(Path(sys.executable).parent / "clientcoach")]
    commands = {
        "`triage --stream --lang en`": [*ours, "triage", "--stream", "--lang", "en"],
        "`triage --stream`": [*ours, "triage", "--stream"],
        "`triage --stream --jobs 2`": [*ours, "triage", "--stream", "--jobs", "2"],
        "`check --stream`": [*ours, "check", "--stream"],
        f"{VADER}": [_vader(), str(Path(__file__).with_name("vader_stream.py"))],
    }
    lines, out = _file(home, count), str(home / "out")
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            found = cost(command, env, lines, out)
            if number:  # the first round compiles the playbooks
                taken[name].append((count / found.cpu, count / found.wall))
    speed = {name: tuple(map(statistics.median, zip(*found, strict=True))) for name, found in taken.items()}
    one, two, them = speed["`triage --stream`"], speed["`triage --stream --jobs 2`"], speed[VADER]
    targets = {
        "`triage --stream`": ("≥ vaderSentiment", one[0] >= them[0]),
        "`triage --stream --jobs 2`": (f"≥ {FASTER} × one", two[1] >= FASTER * one[1]),
    }
    table = [f"| {count:,} messages | a second of the processor | a second of the clock | target | |", "|---|--:|--:|--:|---|"]
    for name, (cpu, wall) in speed.items():
        target, met = targets.get(name, ("", None))
        table.append(f"| {name} | {cpu:,.0f} | {wall:,.0f} | {target} | {'' if met is None else 'met' if met else '**missed**'} |")
    few, many = (peak([*ours, "triage", "--stream"], _file(home, size), env) for size in (FEW, MANY))
    table.append(
        f"| peak memory at {FEW:,} and {MANY:,}, MiB | {few:.1f} | {many:.1f} | flat | {'met' if many - few <= GROWTH else '**missed**'} |"
    )
    bare = [cost([sys.executable, "-I", "-c", "pass"], env).cpu for _ in range(rounds + 4)]
    alone = [cost([*ours, "triage", "Third day late!!!"], env).cpu for _ in range(rounds + 4)]
    table.append(f"| one `triage`, × bare Python | {statistics.median(alone) / statistics.median(bare):.1f} | | | |")
    return table


def main() -> None:
    """The table, printed; `--write` puts it into the README."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.reading")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        table = (
            "\n".join([f"{machine()}. Medians of {asked.rounds} rounds.", "", *rows(home, environment(home), asked.rounds, asked.count)])
            + "\n"
        )
    print(table)
    if asked.write:
        write(table, "benchmark of reading")


if __name__ == "__main__":
    main()
