"""What the tables share: whose machine it was, whether a target was met, where the README has its place for them."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def environment(home: Path) -> dict[str, str]:
    """A home of its own, so that neither cache nor settings of the user are in the way."""
    plain = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT"}}
    return {**plain, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "LANG": "C.UTF-8", "TLDR_NETWORK_ENABLED": "0"}


def verdict(found: float, target: float | None) -> str:
    """Met, missed, or nothing to meet."""
    return "" if target is None else "met" if round(found, 2) <= target else "**missed**"


def machine() -> str:
    """Where and when."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    system = next(
        (line.split("=")[1].strip('"\n') for line in _lines("/etc/os-release") if line.startswith("PRETTY_NAME")), platform.system()
    )
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{model}, {os.cpu_count()} cores, {system}, {python}, {dt.datetime.now().date()}{load}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if os.path.exists(path) else []


def write(table: str, name: str) -> None:
    """Puts a table between its marks in the README: `<!-- NAME -->` and `<!-- /NAME -->`."""
    readme = ROOT / "README.md"
    opening, closing = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, start, rest = readme.read_text(encoding="utf-8").partition(opening)
    _, end, after = rest.partition(closing)
    if not start or not end:
        sys.exit(f"README.md has no {opening.strip()} … {closing}")
    readme.write_text(f"{before}{opening}{table}{closing}{after}", encoding="utf-8")
