"""The completion script for fish."""

from __future__ import annotations

from clientcoach.options import VERBS
from clientcoach.share.words import ASK, FILE, HEAD, NONE, answer, groups, heads, places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

_FUNCTIONS = r"""
function __clientcoach_typed # WORDS: they are all that is typed so far
    set -l words (commandline -opc)
    test "$words[2..-1]" = "$argv"
end

function __clientcoach_at # VERB: the line is about it
    set -l words (commandline -opc)
    set -l last (math 1 + (count $argv))
    test (count $words) -ge $last; and test "$words[2..$last]" = "$argv"
end

function __clientcoach_ask # the words that clientcoach names after VERB [FLAG]
    command clientcoach complete $argv 2>/dev/null | string match -v -- '-*'
end

complete -c clientcoach -f
"""


def script() -> str:
    """The whole script."""
    lines = [HEAD.format("fish"), *_FUNCTIONS.splitlines()]
    lines += [_line("__clientcoach_typed", f"-a {word}", help_) for word, help_ in heads().items()]
    lines += [_line("__clientcoach_typed", "-l version", "Print the version."), "complete -c clientcoach -s h -l help -d 'Show help.'"]
    for group, tails in groups().items():
        lines += [_line(f"__clientcoach_typed {group}", f"-a {word}", help_) for word, help_ in tails.items()]
    for verb in VERBS:
        lines += _verb(verb)
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _line(condition: str, what: str, help_: str) -> str:
    return f"complete -c clientcoach -n {_quoted(condition)} {what} -d {_quoted(help_)}"


def _verb(verb: str) -> Iterator[str]:
    tails = " ".join(groups().get(verb, ()))  # of a verb that may also stand before others
    about = f"__clientcoach_at {verb}" + (f"; and not __fish_seen_subcommand_from {tails}" if tails else "")
    for name, option in VERBS[verb]["options"].items():
        if option["flags"]:
            names = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option["flags"])
            value = "" if option.get("switch") else f" {_value(verb, name, option)}"
            yield _line(about, names + value, option["help"])
    for name, option in places(verb):
        if answer(name, option) != NONE:
            yield _line(about, _value(verb, name, option).removeprefix("-x ").replace("-r -F", "-F"), option["help"])


def _value(verb: str, name: str, option: Mapping[str, Any]) -> str:
    found = answer(name, option)
    if found == ASK:
        asking = " ".join(["__clientcoach_ask", verb, *option["flags"][:1]])
        return f"-x -a {_quoted(f'({asking})')}"
    return {FILE: "-r -F", NONE: "-x"}.get(found, f"-x -a {_quoted(found)}")
