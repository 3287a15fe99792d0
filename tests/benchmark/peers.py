"""The others: small command-line programs that print a filled-in text, each installed from PyPI into one environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

PINNED = ("chevron==0.14.0", "jinja2-cli==1.0.1", "jinja2==3.1.6", "tldr==3.4.4")
PHRASE = "I am sorry, {{name}}. Your delivery {{order}} is late, and I am tracing it now: you hear from me {{by}}."
VALUES = {"name": "Anna", "order": "4471", "by": "by noon"}
PAGE = "# tar\n\n> Archiving utility.\n\n- Create an archive:\n\n`tar cf {{target.tar}} {{file}}`\n"


def folder() -> Path:
    """Where the environment is kept between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "clientcoach-benchmark"


def install() -> Path:
    """The folder of their programs; made when it is not there yet, with the interpreter that runs this."""
    python = folder() / f"{'-'.join(PINNED).replace('==', '_')}-{sys.version_info.major}.{sys.version_info.minor}"
    done = python / "complete"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", python], check=True)
        subprocess.run([python / "bin" / "pip", "install", "--quiet", *PINNED], check=True)
        done.touch()
    return python / "bin"


def commands(home: Path) -> dict[str, list[str]]:
    """Each with one phrase to fill in; tldr with a page that it already has."""
    programs = install()
    (home / "phrase.txt").write_text(PHRASE, encoding="utf-8")
    (home / "values.json").write_text(json.dumps(VALUES), encoding="utf-8")
    page = home / "cache" / "tldr" / "pages" / "linux" / "tar.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(PAGE, encoding="utf-8")
    phrase, values = str(home / "phrase.txt"), str(home / "values.json")
    return {
        "chevron": [str(programs / "chevron"), "-d", values, phrase],
        "jinja2-cli": [str(programs / "jinja2"), phrase, values],
        "tldr, a cached page": [str(programs / "tldr"), "--platform", "linux", "tar"],
    }
