"""Writes the man page and the completions beside this file: `python -m clientcoach.share.generate`."""

from __future__ import annotations

from pathlib import Path

from clientcoach.share import bash, fish, manual, zsh

FOLDER = Path(__file__).parent


def files() -> dict[str, str]:
    """The text of every generated file by its name."""
    return {
        "clientcoach.1": manual.manual(),
        "clientcoach.bash": bash.script(),
        "clientcoach.zsh": zsh.script(),
        "clientcoach.fish": fish.script(),
    }


def main() -> None:
    """Writes them all."""
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
