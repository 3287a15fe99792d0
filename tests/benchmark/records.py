"""The records of a big team beside an empty store and beside hand-written SQL: `python -m tests.benchmark.records [--count N] [--rounds N] [--write]`.

Processor time is compared, round by round: it is what the size could cost, and the disk of the machine has no part in it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmark import pile
from tests.benchmark.figures import differences
from tests.benchmark.table import environment, machine, verdict, write
from tests.benchmark.timing import cost

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BARE = [sys.executable, "-I", "-c", "pass"]
BY_HAND = str(Path(__file__).with_name("by_hand.py"))
ADD = ("log", "add", "--cause", "delivery", "--did", "sent a courier", "--outcome", "settled")
BEGIN = """
import sys
from clientcoach.records.store import Store
from clientcoach.records import incidents, promises
with Store(sys.argv[1], str, "worker", write=False) as kept:
    list(promises.still_open(kept.engine, reference=sys.argv[2])), incidents.warned(kept.engine, [sys.argv[2]])
"""
PEAK = """
import sys
from clientcoach.__main__ import run
from clientcoach.env import current
code = run(sys.argv[1:], current())
held = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
sys.stderr.write("\\n" + held.split()[1])
sys.exit(code)
"""
LIST = ("log", "list", "--limit", "50")
IMPORTED = 20_000
WEEK, WEEKS = ["report", "--since", "2026-11-18", "--until", "2026-11-24"], ["report"]


class Place(NamedTuple):
    """Where the commands run: their variables, the big store (a copy that may be written to) and an empty one."""

    env: Mapping[str, str]
    home: Path
    big: str
    empty: str

    def ours(self, store: str, *words: str) -> list[str]:
        """One of our commands on one of the stores."""
        return [str(Path(sys.executable).parent / "clientcoach"), *words, "--db", store]


def place(home: Path, count: int) -> Place:
    """A home with both stores."""
    env = {**environment(home), "CLIENTCOACH_NOW": pile.NOW.isoformat(), "XDG_RUNTIME_DIR": str(home)}
    shutil.copyfile(pile.file(count), home / "big.db")
    shutil.copyfile(pile.file(0), home / "empty.db")
    for name in ("big.db", "empty.db"):
        (home / name).chmod(0o600)
    found = Place(env, home, str(home / "big.db"), str(home / "empty.db"))
    for store in (found.big, found.empty):  # compiles the playbooks, reads the file once
        subprocess.run(found.ours(store, *ADD), env=env, stdout=subprocess.DEVNULL, check=True)
    return found


def pairs(here: Place) -> dict[str, tuple[list[str], list[str], float | None]]:
    """What is compared: a command, what it is measured by, and how many times longer it may take."""
    small, big = here.empty, here.big
    reference = _busy(big)
    return {
        "`report`, a week / hand-written SQL": (*_reports(here, WEEK), 2.0),
        "`report`, four weeks / hand-written SQL": (*_reports(here, WEEKS), 2.0),
        "`promises due` / the same, empty store": (here.ours(big, "promises", "due"), here.ours(small, "promises", "due"), 1.5),
        "what a call looks up / the same, empty store": (_begin(big, reference), _begin(small, reference), 1.5),
        "`log add` / bare Python": (here.ours(big, *ADD), BARE, 3.5),
        "`log add`, empty store / bare Python": (here.ours(small, *ADD), BARE, 3.5),
        "`log list --limit 50` / the same, empty store": (here.ours(big, *LIST), here.ours(small, *LIST), None),
    }


def _reports(here: Place, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Our report and the one by hand, of the same time. Raises RuntimeError where they do not tell the same: then nothing is compared."""
    ours = here.ours(here.big, *words, "--json")
    told = json.loads(subprocess.check_output(ours, env=here.env))
    theirs = [sys.executable, "-I", BY_HAND, here.big, told["since"], told["until"], told["at"]]
    wrong = differences(told, json.loads(subprocess.check_output(theirs, env=here.env)))
    if wrong:
        raise RuntimeError(f"the two reports differ in {wrong}")
    return ours, theirs


def _begin(store: str, reference: str) -> list[str]:
    return [sys.executable, "-c", BEGIN, store, reference]


def compared(here: Place, count: int) -> list[str]:
    """A row for each pair: in every round both run, one after the other, in turns the first."""
    lines = ["| at this size | CPU ms | of the other | × | target | |", "|---|--:|--:|--:|--:|---|"]
    taken: dict[str, list[tuple[float, float]]] = {}
    commands = pairs(here)
    for number in range(count + 1):
        for name, (ours, theirs, _) in commands.items():
            both = {at: cost(command, here.env).cpu for at, command in _in_turn(ours, theirs, number)}
            if number:  # the first round only warms up
                taken.setdefault(name, []).append((both[0], both[1]))
    for name, found in taken.items():
        target = commands[name][2]
        ms = [statistics.median(column) * 1000 for column in zip(*found, strict=True)]
        ratio = statistics.median(us / them for us, them in found)
        shown = f"≤ {target:.1f}" if target else ""
        lines.append(f"| {name} | {ms[0]:.1f} | {ms[1]:.1f} | {ratio:.2f} | {shown} | {verdict(ratio, target)} |")
    return lines


def _in_turn(ours: Sequence[str], theirs: Sequence[str], number: int) -> list[tuple[int, Sequence[str]]]:
    return sorted(enumerate((ours, theirs)), reverse=bool(number % 2))


def memory(here: Place) -> list[str]:
    """The most memory that each command held, and how long it took, on the big store and on the empty one."""
    lines = ["| memory at this size | peak MiB | empty store | seconds |", "|---|--:|--:|--:|"]
    for words in (["promises", "due"], ["promises", "--all"], LIST, WEEKS, ["log", "export"], ["doctor"]):
        (big, seconds), (small, _) = (_peak(here, store, *words) for store in (here.big, here.empty))
        lines.append(f"| `{' '.join(words)}` | {big:.1f} | {small:.1f} | {seconds:.1f} |")
    return lines


def _peak(here: Place, store: str, *words: str) -> tuple[float, float]:
    """MiB by the kernel's own mark, read at the command's end, and seconds."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", PEAK, *words, "--db", store]
    ran = subprocess.run(command, env=here.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    return int(ran.stderr.split()[-1]) / 1024, time.perf_counter() - begun


def imported(here: Place, count: int) -> str:
    """How fast other people's records come in."""
    lines = here.home / "some.ndjson"
    with lines.open("wb") as file:
        subprocess.run(
            here.ours(here.big, "log", "export", "--limit", str(count)), env=here.env, stdout=file, stderr=subprocess.DEVNULL, check=True
        )
    taken = cost(here.ours(str(here.home / "new.db"), "log", "import", str(lines)), here.env)
    return f"`log import`: {count / taken.wall:,.0f} incidents a second."


def _busy(store: str) -> str:
    """A customer who has called often, to whom something is owed."""
    import sqlite3

    sql = """SELECT reference FROM promise WHERE done_at IS NULL AND reference IS NOT NULL
        ORDER BY (SELECT count(*) FROM incident WHERE incident.reference = promise.reference) DESC LIMIT 1"""
    found: str = sqlite3.connect(store).execute(sql).fetchone()[0]
    return found


def size(here: Place, count: int) -> str:
    """What is in the store."""
    import sqlite3

    connection = sqlite3.connect(here.big)
    rows = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("measure", "promise")}
    mib = os.path.getsize(here.big) / 2**20
    return f"{count:,} incidents, {rows['measure']:,} measures, {rows['promise']:,} promises of two years; {mib:,.0f} MiB"


def main() -> None:
    """Everything, printed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.records")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        here = place(Path(name), asked.count)
        head = f"{machine()}. {size(here, asked.count)}. Medians of {asked.rounds} rounds; {imported(here, min(IMPORTED, asked.count))}"
        table = "\n".join([head, "", *compared(here, asked.rounds), "", *memory(here)]) + "\n"
    print(table)
    if asked.write:
        write(table, "benchmark of the records")


if __name__ == "__main__":
    main()
