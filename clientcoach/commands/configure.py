"""`config show`, `config path`, `config set`."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile

from clientcoach.case.text import printable
from clientcoach.commands import Result
from clientcoach.errors import StorageError, UsageError
from clientcoach.settings import PROJECT_FILE, Settings, check, locale_lang, project_file, user_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env


def run_show(_values: Mapping[str, Any], env: Env) -> Result:
    """Every setting that has a value, with its origin."""
    settings = Settings(env)
    shown = [{"name": name, "value": value, "origin": origin} for name, (value, origin) in sorted(settings.values.items())]
    if not any(one["name"] == "lang" for one in shown):
        shown.append({"name": "lang", "value": locale_lang(env) or "en", "origin": "locale" if locale_lang(env) else "default"})
    return Result("settings", {"schema": "clientcoach/settings@1", "settings": shown})


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
    _replace(target, tomlkit.dumps(document))
    return Result("plain", f"{name} = {typed}  ({target})\n")


def _target(values: Mapping[str, Any], env: Env) -> str:
    target = (project_file(env) or (env.cwd and os.path.join(env.cwd, PROJECT_FILE))) if values.get("project") else user_file(env)
    if not target:
        raise UsageError("no_home")
    return target


def _replace(target: str, text: str) -> None:
    """The file whole or not at all; a new one is for its owner, an existing one keeps its mode, a link stays a link."""
    temporary, target = "", os.path.realpath(target)
    try:
        os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=os.path.dirname(target))
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        if os.path.exists(target):
            shutil.copymode(target, temporary)
        os.replace(temporary, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise StorageError("cannot_save", file=target, reason=os.strerror(error.errno or 0)) from error
