"""The full command line, built from `options.py`: help, abbreviated and mistyped lines. The only module that imports Typer.

It splits the command line and nothing more, like the front door; what the values mean is judged by `case/` and `settings`.
"""

from __future__ import annotations

import inspect
import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clientcoach import __version__
from clientcoach.options import VERBS

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientcoach.env import Env

CONTEXT = {"help_option_names": ["-h", "--help"], "terminal_width": 100}
ABOUT = """A coach for handling conflicts with customers.

\b
Examples:
  clientcoach call
  clientcoach script --lang pl --cause delivery --anger 8"""
GROUPS = {"playbook": "The phrases: list, show, lint.", "config": "Settings: show, keep, where."}


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


def _declare(app: typer.Typer, verb: str, run: Callable[[str, dict[str, Any]], int]) -> None:
    spec = VERBS[verb]

    def command(**values: Any) -> None:
        raise typer.Exit(run(verb, {name: value for name, value in values.items() if value not in (None, [], False)}))

    command.__signature__ = inspect.Signature([_parameter(*item) for item in spec["options"].items()])  # type: ignore[attr-defined]
    examples = "\n".join(f"  {example}" for example in spec["examples"])
    command.__doc__ = f"{spec['help']}\n\n\b\nExamples:\n{examples}"
    app.command(verb.rsplit(maxsplit=1)[-1], context_settings=CONTEXT)(command)


def build(run: Callable[[str, dict[str, Any]], int]) -> typer.Typer:
    """The Typer app; `run(verb, values)` gives the exit code."""
    plain: dict[str, Any] = {
        "rich_markup_mode": None,
        "add_completion": False,
        "pretty_exceptions_enable": False,
        "context_settings": CONTEXT,
    }
    app = typer.Typer(help=ABOUT, **plain)
    groups = {name: typer.Typer(help=text, **plain) for name, text in GROUPS.items()}
    for verb in VERBS:
        group = verb.split()[0]
        _declare(groups.get(group, app), verb, run)
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
    from clientcoach.__main__ import dispatch

    if not argv and env.is_terminal("stdin") and env.is_terminal("stdout"):
        return dispatch("call", {}, env)
    os.environ.setdefault("TYPER_USE_RICH", "0")
    app = build(lambda verb, values: dispatch(verb, values, env))
    try:
        app(argv, prog_name="clientcoach", standalone_mode=True)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 1
    return 0
