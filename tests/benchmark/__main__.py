"""Measures and prints the table: `python -m tests.benchmark [--rounds 21] [--quick] [--write]`.

`--write` puts it between the marks of the README; `--quick` leaves the live call and the streams out. Ratios are the contract, milliseconds a picture.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmark import peers, screen, stream
from tests.benchmark.table import environment, machine, verdict, write
from tests.benchmark.timing import Cost, rounds

BARE = "python -I -c pass"
CASE = ["--lang", "pl", "--customer", "Anna Nowak", "--customer-gender", "f", "--cause", "delivery", "--anger", "8", "--order", "4471"]
DATES = [*CASE, "--deadline", "2h"]
OURS = {
    "clientcoach --version": (["--version"], 1.3),
    "complete script --cause": (["complete", "script", "--cause"], 2.0),
    "say": (["say", "apologize", *CASE], 2.0),
    "say --json": (["say", "apologize", *CASE, "--json"], 2.0),
    "script": (["script", *CASE], 2.0),
    "script --json": (["script", *CASE, "--json"], 2.0),
    "say, a deadline": (["say", "propose", "--part", "plan", *DATES], 3.0),
    "script, a deadline": (["script", *DATES], 3.0),
    "script --json, a deadline": (["script", *DATES, "--json"], 3.0),
    "playbook list": (["playbook", "list"], None),
}


def start_up(home: Path, count: int) -> list[str]:
    """The rows of the short commands."""
    env = environment(home)
    program = str(Path(sys.executable).parent / "clientcoach")
    ours = {name: [program, *words] for name, (words, _) in OURS.items()}
    others = peers.commands(home)
    for command in ours.values():  # compiles the playbooks
        subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
    taken = rounds({BARE: [sys.executable, "-I", "-c", "pass"], **ours, **others}, env, count, BARE)
    fastest = min(taken[name][1] for name in others)
    lines = ["| command | ms | CPU ms | × bare Python | target | |", "|---|--:|--:|--:|--:|---|"]
    for name, (cost, ratio) in taken.items():
        target = OURS.get(name, ("", None))[1]
        told = verdict(ratio, target)
        if name in ours and ratio >= fastest:
            told = f"{told} **behind a peer**".strip()
        lines.append(_row(name, cost, ratio, target, told))
    return lines


def _row(name: str, cost: Cost, ratio: float, target: float | None, told: str) -> str:
    shown = f"≤ {target:.1f}" if target else ""
    return f"| `{name}` | {cost.wall * 1000:.1f} | {cost.cpu * 1000:.1f} | {ratio:.2f} | {shown} | {told} |"


def main() -> None:
    """Everything, printed; slow rows last."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        note = f"Medians of {asked.rounds} shuffled rounds, warm cache; {', '.join(peers.PINNED)}."
        lines = [f"{machine()}. {note}", "", *start_up(home, asked.rounds)]
        if not asked.quick:
            lines += ["", *screen.rows(home, environment(home)), "", *stream.rows(home, environment(home))]
    table = "\n".join(lines) + "\n"
    print(table)
    if asked.write:
        write(table, "benchmark")


if __name__ == "__main__":
    main()
