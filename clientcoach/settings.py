"""Settings, each with its origin: flag, environment, project file, user file, default (in that order)."""

from __future__ import annotations

import os

from clientcoach.case.fields import FIELDS, LANG_ALIASES, LANGS
from clientcoach.case.read import near, read_field
from clientcoach.case.text import is_text
from clientcoach.content.cache import cached, stamp
from clientcoach.content.library import has_interface, interface
from clientcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from clientcoach.env import Env

    Setting = tuple[Any, str]

PROJECT_FILE = ".clientcoach.toml"
USER_FILE = "config.toml"
PREFIX = "CLIENTCOACH_"
CHOICES = {"color": ("auto", "always", "never"), "screen": ("full", "plain")}
OWN = ("policy", "packs", "db", "disable", *CHOICES)  # settings that are not facts of a case
LISTS = ("packs", "disable")
# The facts of a case that are the team's and the worker's own. What belongs to one customer has no place on a disk.
KEPT = ("lang", "ui", "agent", "agent_gender", "company", "channel", "role", "relationship", "seed")
NAMES = (*KEPT, *OWN)


def user_file(env: Env) -> str | None:
    """The path of the user's settings file, whether or not it exists."""
    folder = env.directory("config")
    return folder and os.path.join(folder, USER_FILE)


def project_file(env: Env) -> str | None:
    """The nearest `.clientcoach.toml`, from the working directory upwards."""
    folder = env.cwd
    while folder:
        path = os.path.join(folder, PROJECT_FILE)
        if os.path.isfile(path):
            return path
        parent = os.path.dirname(folder)
        folder = parent if parent != folder else None
    return None


class Settings:
    """Raw values by name, with where each came from; fields are checked when the case is read."""

    def __init__(self, env: Env) -> None:
        self.env = env
        self.values: dict[str, Setting] = {}
        self.packs: list[Setting] = []  # each that is given: a worker's own packs stand before the team's, and neither hides the other
        for path in (user_file(env), project_file(env)):
            if path and os.path.isfile(path):
                given = _read_file(path, env)
                self.values.update({name: (value, path) for name, value in given.items()})
                self.packs += [(given["packs"], path)] if "packs" in given else []
        for name in (*FIELDS, *OWN):
            value = env.variables.get(PREFIX + name.upper())
            if value:
                if name in OWN:  # the fields of a case are checked with the rest of the case
                    check(name, value, PREFIX + name.upper())
                self.values[name] = (value, PREFIX + name.upper())
                self.packs = [self.values[name]] if name == "packs" else self.packs

    def get(self, name: str) -> Any:
        """The raw value, or None."""
        return self.values.get(name, (None, ""))[0]

    def paths(self, name: str) -> list[str]:
        """`policy`, `db` or `packs` as absolute paths, relative to the file that set them; packs the nearest first."""
        if name == "packs":
            return list(dict.fromkeys(path for given in self.packs for path in self.pack_paths(given)))
        raw, origin = self.values.get(name, ("", ""))
        return self._absolute([raw], origin)

    def pack_paths(self, given: Setting) -> list[str]:
        """The packs that one file or variable names."""
        raw, origin = given
        return self._absolute(raw if isinstance(raw, list) else raw.split(os.pathsep), origin)

    def _absolute(self, listed: list[str], origin: str) -> list[str]:
        base = os.path.dirname(origin) if os.path.isabs(origin) else self.env.cwd or "/"
        return [os.path.normpath(os.path.join(base, os.path.expanduser(path))) for path in listed if path]

    def fields(self) -> dict[str, Any]:
        """The raw case fields that settings give."""
        return {name: value for name, (value, _) in self.values.items() if name in FIELDS}


def _read_file(path: str, env: Env) -> dict[str, Any]:
    """A settings file, checked; compiled once like the packs are. Raises UsageError naming the file."""
    source = stamp(path)
    if source is None:
        raise UsageError("unreadable_file", file=path, reason="")
    compiled = cached(env.directory("cache"), "settings", path, [path], lambda: {"values": _parse(path)})
    values: dict[str, Any] = compiled["values"]
    return values


def _parse(path: str) -> dict[str, Any]:
    import tomllib

    try:
        with open(path, "rb") as file:
            values = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError("bad_settings_file", file=path, reason=str(error)) from error
    except OSError as error:
        raise UsageError("unreadable_file", file=path, reason="") from error
    for name, value in values.items():
        try:
            check(name, value, path)
        except UsageError as error:
            raise UsageError(error.code, **{**error.params, "field": f"{path}: {name}"}) from error
    return values


def check(name: str, value: Any, path: str) -> None:
    """Raises UsageError where a setting has an unknown name or a value that cannot be used."""
    if name in FIELDS and name not in KEPT:
        raise UsageError("never_kept", name=name, file=path)
    if name not in NAMES:
        raise UsageError("unknown_setting", name=name[:40], file=path, near=near(name, NAMES))
    if name in CHOICES:
        if value not in CHOICES[name]:
            near_ones = near(str(value), CHOICES[name])
            raise UsageError("unknown_value", field=name, value=str(value)[:40], near=near_ones, choices=list(CHOICES[name]))
    elif name in OWN:
        listed = value if isinstance(value, list) and name in LISTS else [value]
        if not all(isinstance(item, str) and item for item in listed):
            raise UsageError("wrong_type", field=name, expected="names" if name == "disable" else "path", value=str(value)[:40])
        if not all(map(is_text, listed)):
            raise UsageError("not_text", field=name)
    else:
        value = read_field(name, value)
        if name == "ui":
            interface(value)


def locale_lang(env: Env) -> str | None:
    """The language of the terminal's locale, where there is an interface in it: of another only a part may be there, and nobody asked."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = env.variables.get(variable)
        if value:
            code = value[:2].lower() if value[2:3] in {"", "_", ".", "-"} else ""
            code = LANG_ALIASES.get(code, code)
            return code if code in LANGS and has_interface(code) else None
    return None
