"""The only exit: streams, encoding, signals; the front door, else the full app; every error told once, with its exit code."""

from __future__ import annotations

import os
import sys

from clientcoach import door
from clientcoach.env import current
from clientcoach.errors import Cancelled, CoachError, ContentError, StorageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, NoReturn

    from clientcoach.commands import Result
    from clientcoach.env import Env

CANCELLED_BY_KEY = 130
BROKEN_PIPE = 141
COMMANDS = {
    "playbook": "playbooks", "config": "configure", "schema": "schemas", "complete": "completion",
    "playbook new": "newbook", "playbook review": "review", "playbook approve": "review", "playbook coverage": "coverage",
    "playbook find": "finding", "playbook export": "exporting", "playbook import": "importing",
    "playbook install": "packs", "playbook update": "packs", "playbook remove": "packs",
    "drill list": "drill_people", "drill role": "drill_role", "drill new": "drill_new", "drill lint": "drill_lint",
    "drill cards": "drill_cards", "drill simulate": "drill_simulate", "drill lesson": "drill_lesson",
    "drill replay": "drill_replay", "drill spot": "drill_spot",
    "drill export": "drill_export", "drill report": "drill_report",
    "log forget": "log_forget", "log prune": "log_prune", "log copy": "log_copy",
}  # fmt: skip


def main() -> NoReturn:
    """Runs the command line of this process and leaves with its exit code."""
    _utf8()
    env = current()
    try:
        code = run([_typed(word) for word in sys.argv[1:]], env)
        if env.stdout is not None:
            env.stdout.flush()
    except BrokenPipeError:
        code = BROKEN_PIPE
    except KeyboardInterrupt:
        code = CANCELLED_BY_KEY
    except OSError as error:  # the last flush: a full device says so only now
        code = told(StorageError("cannot_write", reason=os.strerror(error.errno or 0)), {}, env)
    _leave(code)


def _utf8() -> None:
    """UTF-8 whenever nobody's terminal decides otherwise; on a terminal that cannot, a substitute instead of a crash."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is None or not hasattr(stream, "reconfigure"):
            continue
        utf8 = stream.encoding.lower().replace("-", "") == "utf8"
        if not utf8 and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "backslashreplace")
        elif stream is sys.stdin:
            stream.reconfigure(errors="surrogateescape")
        else:
            stream.reconfigure(errors="replace" if stream.isatty() else "backslashreplace")


def _typed(word: str) -> str:
    """A word as the UTF-8 it was typed in, also where the locale made something else of its bytes."""
    if word.isascii():
        return word
    try:
        return os.fsencode(word).decode()
    except UnicodeError:
        return word


def _leave(code: int) -> NoReturn:
    """Without the interpreter's own last flush, which would complain about a pipe that is gone."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            pass
    os._exit(code)


def run(argv: Sequence[str], env: Env) -> int:
    """The exit code of a command line; the answer is on stdout, everything else on stderr."""
    if argv == ["--version"]:
        from clientcoach import __version__

        write(env, f"clientcoach {__version__}\n")
        return 0
    found = door.parse(argv)
    if found is not None:
        return dispatch(*found, env)
    from clientcoach.app import main as full

    return full(list(argv), env)


def dispatch(verb: str, values: Mapping[str, Any], env: Env) -> int:
    """Runs one verb and writes its answer; errors become a sentence and an exit code."""
    module, _, name = verb.partition(" ")
    try:
        _check_choices(verb, values)
        command = __import__(f"clientcoach.commands.{COMMANDS.get(verb) or COMMANDS.get(module, module)}", fromlist=["run"])
        result: Result = getattr(command, f"run_{name}" if name else "run")(values, env)
        return _show(result, values, env)
    except CoachError as error:
        return told(error, values, env)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours: told in one line, with how to see more
        broken = CoachError("internal", reason=f"{type(error).__name__}: {error}"[:200])
        broken.__cause__ = error
        return told(broken, values, env)


def _check_choices(verb: str, values: Mapping[str, Any]) -> None:
    from clientcoach.options import VERBS

    for name, option in VERBS[verb]["options"].items():
        if "choices" in option and values.get(name, option["choices"][0]) not in option["choices"]:
            from clientcoach.case.read import unknown

            raise unknown(name, values[name], option["choices"])


def _show(result: Result, values: Mapping[str, Any], env: Env) -> int:
    if result.lines is not None:
        for line in result.lines:
            write(env, line)
            if result.eager and env.stdout is not None:
                env.stdout.flush()
        _aside(env, result.notes("json"))
        return result.exit_code
    style: str = "json" if values.get("json") else values.get("format", "text")
    strings = result.strings() if result.strings and style != "json" and result.kind != "say" else {}
    from clientcoach.views import render

    write(env, render(result.kind, result.data, style, strings, paint=env.colour(values.get("color") or result.colour)))
    notes = list(result.notes(style))
    if notes and env.stdout is not None:
        env.stdout.flush()  # the answer comes first, also on a terminal
    _aside(env, notes)
    return result.exit_code


def write(env: Env, text: str) -> None:
    """Text to stdout. A closed one is nobody listening; a full one is an error."""
    if env.stdout is None:
        return
    try:
        env.stdout.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StorageError("cannot_write", reason=os.strerror(error.errno or 0)) from error


def _aside(env: Env, lines: Iterable[str]) -> None:
    """Hints, warnings and errors: to stderr, where there still is one."""
    text = "".join(f"{line}\n" for line in lines)
    if env.stderr is not None and text:
        try:  # noqa: SIM105 - contextlib costs more than the error
            env.stderr.write(text)
        except (OSError, ValueError):
            pass


def told(error: CoachError, values: Mapping[str, Any], env: Env) -> int:
    """One error on stderr, in the worker's language where that can still be had."""
    from clientcoach.views.messages import problem, sentence

    strings = _strings_for_error(values, env)
    mark = "" if isinstance(error, Cancelled) else "error: "  # leaving is none
    lines = [f"{mark}{sentence(one, strings)}" for one in error.each()]
    if isinstance(error, ContentError):
        lines = [*map(problem, error.problems), *lines]
    _aside(env, lines)
    if values.get("debug"):
        import traceback

        traceback.print_exception(error)
    return error.exit_code


def _strings_for_error(values: Mapping[str, Any], env: Env) -> dict[str, Any]:
    """The catalogue for an error message, whatever else is broken; English is the last resort, the bare code after that."""
    from clientcoach.case.fields import LANGS
    from clientcoach.commands.session import Session, catalogue
    from clientcoach.content import library
    from clientcoach.settings import locale_lang

    wishes = [values.get("ui"), values.get("lang"), env.variables.get("CLIENTCOACH_UI"), env.variables.get("CLIENTCOACH_LANG")]
    try:
        session = Session(values, env)
        return session.strings(session.ui())
    except CoachError:
        pass
    lang = next((wish for wish in wishes if wish in LANGS), locale_lang(env) or "en")
    try:
        return catalogue({"packs": [library.bundled()], "policy": None, "cache": env.directory("cache")}, lang)
    except CoachError:
        return {}


if __name__ == "__main__":
    main()
