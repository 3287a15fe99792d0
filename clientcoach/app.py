"""The full command line, built from `options.py`: help, abbreviated and mistyped lines. The only module that imports Typer.

It splits the command line and nothing more, like the front door; what the values mean is judged by `case/` and `settings`.
"""

from __future__ import annotations

import contextlib
import inspect
import os
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import TyperException

from clientcoach import __version__
from clientcoach.case.read import near
from clientcoach.errors import UsageError
from clientcoach.options import VERBS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clientcoach.env import Env

NAME = "clientcoach"
CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "terminal_width": 100}
ABOUT = """A coach for handling conflicts with customers.

\b
Examples:
  clientcoach call
  clientcoach script --lang pl --cause delivery --anger 8"""
GROUPS = {
    "playbook": "The phrases: list, show, find, lint; new, review, approve, coverage; export, import.",
    "config": "Settings: show, keep, where.",
    "log": "Incidents: add, list, show, export, import, copy, forget, prune.",
    "promises": "",
    "drill": "Practice: run, list, lesson, cards, spot, replay; role, new, lint; export, report; simulate.",
    "bulk": "Whole files of messages: triage, check.",
}


def _parameter(name: str, option: dict[str, Any]) -> inspect.Parameter:
    kind: Any = bool if option.get("switch") else list[str] if option.get("many") else str
    if option["flags"]:
        info = typer.Option(
            *option["flags"], help=option["help"], metavar=None if option.get("switch") else option["metavar"], show_default=False
        )
    else:
        info = typer.Argument(help=option["help"], metavar=option["metavar"].strip("[]"), show_default=False)
    required = option.get("required", False)
    default = inspect.Parameter.empty if required else False if option.get("switch") else None
    optional: Any = kind if required or option.get("switch") else kind | None
    annotation: Any = Annotated[optional, info]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _declare(app: typer.Typer, verb: str, take: Callable[[str, dict[str, Any]], None]) -> None:
    spec = VERBS[verb]

    def command(**values: Any) -> None:
        take(verb, {name: value for name, value in values.items() if value not in (None, [], False)})

    command.__signature__ = inspect.Signature([_parameter(*item) for item in spec["options"].items()])  # type: ignore[attr-defined]
    examples = "\n".join(f"  {example}" for example in spec["examples"])
    command.__doc__ = f"{spec['help']}\n\n\b\nExamples:\n{examples}"
    app.command(verb.rsplit(maxsplit=1)[-1], context_settings=CONTEXT)(command)


def _declare_head(app: typer.Typer, verb: str, take: Callable[[str, dict[str, Any]], None]) -> None:
    """A verb that may stand alone or before others (`promises`, `promises add`): its options are the group's own."""
    spec = VERBS[verb]

    def head(context: typer.Context, **values: Any) -> None:
        typed = {name: value for name, value in values.items() if value not in (None, [], False)}
        if context.invoked_subcommand is None:
            take(verb, typed)
        elif typed:
            context.fail(f"a verb after options ({context.invoked_subcommand})")

    first = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    head.__signature__ = inspect.Signature([first, *(_parameter(*item) for item in spec["options"].items())])  # type: ignore[attr-defined]
    examples = "\n".join(f"  {example}" for example in spec["examples"])
    app.callback(invoke_without_command=True, help=f"{spec['help']}\n\n\b\nExamples:\n{examples}", context_settings=CONTEXT)(head)


def build(take: Callable[[str, dict[str, Any]], None]) -> typer.Typer:
    """The Typer app; `take(verb, values)` gets what was typed."""
    plain: dict[str, Any] = {
        "rich_markup_mode": None,
        "add_completion": False,
        "pretty_exceptions_enable": False,
        "context_settings": CONTEXT,
    }
    app = typer.Typer(help=ABOUT, **plain)
    groups = {name: typer.Typer(help=text or None, **plain) for name, text in GROUPS.items()}
    for verb in VERBS:
        group = verb.split()[0]
        if verb in groups:
            _declare_head(groups[verb], verb, take)
        else:
            _declare(groups.get(group, app), verb, take)
    for name, group_app in groups.items():
        app.add_typer(group_app, name=name)

    @app.callback(invoke_without_command=True)
    def top(context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:  # noqa: FBT002 - Typer's way of a switch
        if version:
            typer.echo(f"clientcoach {__version__}")
            raise typer.Exit
        if context.invoked_subcommand is None:
            typer.echo(context.get_help(), err=True)
            raise typer.Exit(2)

    return app


def main(argv: list[str], env: Env) -> int:
    """Runs a command line that the front door did not take; the exit code. Alone in a terminal it starts a call."""
    from clientcoach.__main__ import dispatch, told

    if not argv and env.is_terminal("stdin") and env.is_terminal("stdout"):
        return dispatch("call", {}, env)
    os.environ.setdefault("TYPER_USE_RICH", "0")
    typed: list[tuple[str, dict[str, Any]]] = []
    app = build(lambda verb, values: typed.append((verb, values)))
    try:
        code = app(argv, prog_name=NAME, standalone_mode=False)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(error.message, err=True)
            return UsageError.exit_code
        return told(_usage(error, argv), _languages(argv), env)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 1
    return dispatch(*typed[0], env) if typed else code if isinstance(code, int) else 0


def _usage(error: Any, argv: Sequence[str]) -> UsageError:
    """What Typer could not make sense of, as an error of our own. It is known by what it carries: its classes are Typer's private ones."""
    verb = next((verb for length in (2, 1) if (verb := " ".join(argv[:length])) in VERBS or verb in GROUPS), "")
    command = f"{NAME} {verb}".rstrip()
    options: dict[str, Any] = VERBS.get(verb, {}).get("options", {})
    flag, place = getattr(error, "option_name", None), getattr(error, "param", None)
    flags = {flag: option for option in options.values() for flag in option["flags"]}
    if flag and not flag.startswith("-"):
        flag = f"--{flag}"
    if flag in flags:
        return UsageError("option_without_value" if flags[flag].get("switch") else "option_needs_value", value=flag, command=command)
    if flag:
        return UsageError("unknown_option", value=flag, command=command, near=near(flag, [*flags, *CONTEXT["help_option_names"]]))
    if place is not None:
        return UsageError("missing_word", command=command, name=options.get(place.name, {}).get("metavar", place.name))
    if verb not in VERBS or verb in GROUPS:
        return _no_verb(verb, argv, command)
    return UsageError("too_many_words", command=command, words=error.message.rpartition(" (")[2].rstrip(").")[:80])


def _no_verb(verb: str, argv: Sequence[str], command: str) -> UsageError:
    """The word that should have been the rest of a verb is missing, unknown, or stands after options."""
    depth = len(verb.split())
    word = next((word for word in argv[depth:] if not word.startswith("-")), None)
    heads = {head[depth] for head in map(str.split, VERBS) if head[:depth] == verb.split() and len(head) > depth}
    if word is None:
        return UsageError("missing_word", command=command, name="COMMAND")
    if word in heads:
        return UsageError("too_many_words", command=command, words=word)
    return UsageError("unknown_command", value=word[:40], command=command, near=near(word, heads))


def _languages(argv: Sequence[str]) -> dict[str, Any]:
    """The languages named on a command line that could not be read otherwise, so that even this is told in them."""
    words, found = [part for word in argv for part in (word.split("=", 1) if word.startswith("--") else [word])], {}
    for name, flags in (("ui", ("--ui",)), ("lang", ("--lang", "-l"))):
        with contextlib.suppress(StopIteration):
            found[name] = next(value for flag, value in pairwise(words) if flag in flags)
    return found
