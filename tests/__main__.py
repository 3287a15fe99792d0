"""The whole suite: lint, types, import contracts, tests. Exits with 1 when any of them fails, after all have run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
STAGES = (
    ("lint", [BIN / "ruff", "check"]),
    ("types", [BIN / "mypy"]),
    ("import contracts", [BIN / "lint-imports", "--no-cache"]),
    ("content", [BIN / "clientcoach", "playbook", "lint"]),
    ("tests", [sys.executable, "-m", "pytest", "-n", str(min(os.cpu_count() or 2, 4))]),
)


def main() -> int:
    """Runs every stage with its own output; 0 when all pass."""
    failed = []
    for name, command in STAGES:
        print(f"== {name}", flush=True)
        if subprocess.run([str(word) for word in command], cwd=ROOT, check=False).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
