"""Writes what follows from the options and the languages, beside this file and elsewhere: `python -m clientcoach.share.generate`."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from clientcoach.case.languages import LANG_ALIASES, LANGS
from clientcoach.share import bash, fish, manual, zsh

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parent
PACKAGE = FOLDER.parent
LANGUAGES = "../case/languages.py"
_CODES = re.compile(r'(\s*)"en"(?:,\s*"[a-z]{2}")+')  # the list of all languages in a schema


def files() -> dict[str, str]:
    """The text of every generated file by its path from here."""
    return {
        LANGUAGES: languages(),
        "clientcoach.1": manual.manual(),
        "clientcoach.bash": bash.script(),
        "clientcoach.zsh": zsh.script(),
        "clientcoach.fish": fish.script(),
        **schemas(),
    }


def languages() -> str:
    """What must be known of every language before its module is loaded."""
    modules = {code: import_module(f"clientcoach.wording.{code}") for code in _codes()}
    aliases = [f'"{alias}": "{code}"' for code, module in modules.items() for alias in module.ALIASES]
    scripts = [f'"{code}": {_tuple(module.SCRIPTS)}' for code, module in modules.items()]
    days = [f'"{word}": {ahead}' for ahead in (0, 1) for module in modules.values() for word in module.DAYS[ahead].split()]
    return (
        '"""The languages there are, each a module of clientcoach/wording/. Written by clientcoach/share/generate.py; do not edit."""\n\n'
        f"from __future__ import annotations\n\nLANGS = {_tuple(modules)}\n"
        f"LANG_ALIASES = {_table(aliases)}\nSCRIPTS = {_table(scripts)}\nDAYS = {_table(days)}\n"
    )


def _table(entries: Iterable[str]) -> str:
    return "{\n" + "".join(f"    {entry},\n" for entry in entries) + "}"


def _codes() -> list[str]:
    """The modules with a name of two letters. Those that are known keep their place, for the first wins a tie; new ones come last."""
    there = sorted(path.stem for path in (PACKAGE / "wording").glob("[a-z][a-z].py"))
    return sorted(there, key=lambda code: LANGS.index(code) if code in LANGS else len(LANGS))


def _tuple(words: Iterable[str]) -> str:
    told = [f'"{word}"' for word in words]
    return f"({', '.join(told)}{',' * (len(told) == 1)})"


def schemas() -> dict[str, str]:
    """The schemas that list the languages."""
    found = {f"../schemas/{path.name}": path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "schemas").glob("*.json"))}
    return {name: _CODES.sub(_all, text) for name, text in found.items() if _CODES.search(text)}


def _all(found: re.Match[str]) -> str:
    """As it was laid out; with what else languages are called where that stood there too."""
    codes = [*LANGS, *(LANG_ALIASES if any(f'"{alias}"' in found[0] for alias in LANG_ALIASES) else ())]
    return found[1] + f",{found[1] or ' '}".join(f'"{code}"' for code in codes)


def main() -> None:
    """Writes them all. Where there is another language than before, the rest is made by a process that knows it."""
    path, text = FOLDER / LANGUAGES, languages()
    if path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")
        subprocess.run([sys.executable, "-m", "clientcoach.share.generate"], check=True)
        return
    for name, content in files().items():
        (FOLDER / name).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
