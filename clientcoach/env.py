"""What the process can see: streams, variables, directories. Made once in `main`, replaced as a whole in tests."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO


class Env:
    """Streams may be None (closed by the parent); `cwd` is None where the working directory is gone."""

    def __init__(self, variables: Mapping[str, str], stdin: TextIO | None, stdout: TextIO | None, stderr: TextIO | None) -> None:
        self.variables = variables
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        try:
            self.cwd: str | None = os.getcwd()
        except OSError:
            self.cwd = None

    @property
    def home(self) -> str | None:
        """The home directory; None where there is none."""
        home = self.variables.get("HOME") or self.variables.get("USERPROFILE")
        return home if home and os.path.isabs(home) else None

    def directory(self, kind: str) -> str | None:
        """Our directory of a kind (`config`, `cache`, `data` or `runtime`) by the XDG rules; None where there is no home."""
        if kind == "runtime":
            base = self.variables.get("XDG_RUNTIME_DIR", "")
            shared = os.path.join(self.variables.get("TMPDIR") or "/tmp", f"clientcoach-{getattr(os, 'getuid', int)()}")  # noqa: S108 - trusted only when it is ours alone
            return os.path.join(base, "clientcoach") if os.path.isabs(base) else shared
        variable, default = {
            "config": ("XDG_CONFIG_HOME", ".config"),
            "cache": ("XDG_CACHE_HOME", ".cache"),
            "data": ("XDG_DATA_HOME", os.path.join(".local", "share")),
        }[kind]
        base = self.variables.get(variable, "")
        if not os.path.isabs(base):
            if self.home is None:
                return None
            base = os.path.join(self.home, default)
        return os.path.join(base, "clientcoach")

    def is_terminal(self, name: str) -> bool:
        """Whether `stdin`, `stdout` or `stderr` is a terminal."""
        stream = getattr(self, name)
        try:
            return stream is not None and bool(stream.isatty())
        except ValueError:  # closed
            return False

    def screen(self) -> TextIO | None:
        """Where a whole screen can be drawn: standard output, standard error or the terminal itself; None where nobody would see it."""
        if not self.is_terminal("stdin") or self.variables.get("TERM", "dumb") == "dumb":
            return None
        for name in ("stdout", "stderr"):
            if self.is_terminal(name):
                found: TextIO = getattr(self, name)
                return found
        try:
            return open("/dev/tty", "w", encoding="utf-8")
        except OSError:
            return None

    def colour(self, wish: str | None = None, *, screen: bool = False) -> bool:
        """Whether the answer may be coloured; `wish` is always, never, auto or None. `screen`: it goes to a terminal for certain."""
        if wish in {"always", "never"}:
            return wish == "always"
        force = self.variables.get("FORCE_COLOR")
        if force is not None and force not in {"", "0"}:
            return True
        off = self.variables.get("NO_COLOR") or self.variables.get("TERM") == "dumb" or force == "0"
        return not off and (screen or self.is_terminal("stdout"))


def current() -> Env:
    """The environment of this process."""
    return Env(os.environ, sys.stdin, sys.stdout, sys.stderr)
