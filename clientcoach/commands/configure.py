"""`config show`, `config path`, `config set`."""

from __future__ import annotations

import os

from clientcoach.case.text import printable
from clientcoach.commands import Result
from clientcoach.errors import UsageError
from clientcoach.outfile import write
from clientcoach.records.engine import shown
from clientcoach.settings import PROJECT_FILE, Settings, check, locale_lang, project_file, user_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env


def run_show(_values: Mapping[str, Any], env: Env) -> Result:
    """Every setting that has a value, with its origin."""
    settings = Settings(env)
    given = [(name, one) for name, found in sorted(settings.values.items()) for one in (settings.packs if name == "packs" else [found])]
    listed = [{"name": name, "value": _seen(name, value), "origin": origin} for name, (value, origin) in given]
    if not any(one["name"] == "lang" for one in listed):
        listed.append({"name": "lang", "value": locale_lang(env) or "en", "origin": "locale" if locale_lang(env) else "default"})
    return Result("settings", {"schema": "clientcoach/settings@1", "settings": listed})


def run_path(values: Mapping[str, Any], env: Env) -> Result:
    """Where `config set` writes."""
    return Result("plain", _target(values, env) + "\n")


def run_set(values: Mapping[str, Any], env: Env) -> Result:
    """Keeps one setting; comments and everything else in the file stay."""
    import tomlkit

    target = _target(values, env)
    name = values["name"].replace("-", "_")
    typed = printable(values["value"]).strip()
    value: Any = typed.split(os.pathsep) if name == "packs" else typed
    check(name, value, target)
    try:
        with open(target, encoding="utf-8") as file:
            document = tomlkit.parse(file.read())
    except (FileNotFoundError, NotADirectoryError):
        document = tomlkit.document()
    except (OSError, ValueError) as error:
        raise UsageError("bad_settings_file", file=target, reason=str(error)) from error
    document[name] = value
    write(target, [tomlkit.dumps(document)], settings=True)
    return Result("plain", f"{name} = {_seen(name, typed)}  ({target})\n")


def _seen(name: str, value: Any) -> Any:
    """A setting as it may be seen: the address of a server may hold a password."""
    return shown(value) if name == "db" else value


def _target(values: Mapping[str, Any], env: Env) -> str:
    target = (project_file(env) or (env.cwd and os.path.join(env.cwd, PROJECT_FILE))) if values.get("project") else user_file(env)
    if not target:
        raise UsageError("no_home")
    return target
