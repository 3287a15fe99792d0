"""The completion script for zsh."""

from __future__ import annotations

from clientcoach.options import VERBS
from clientcoach.share.words import ASK, FILE, HEAD, NONE, answer, groups, heads, places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

_ASK = r"""
__clientcoach_ask() { # the words that clientcoach names after VERB [FLAG]
    local -a found
    found=(${(f)"$(_call_program values clientcoach complete "$@" 2>/dev/null)"})
    compadd -- ${found:#-*}
}
"""
_END = r"""
if [[ $funcstack[1] == _clientcoach ]]; then
    _clientcoach "$@"
else
    compdef _clientcoach clientcoach
fi
"""


def script() -> str:
    """The whole script."""
    lines = ["#compdef clientcoach", HEAD.format("zsh"), *_ASK.splitlines(), ""]
    lines += _chooser("_clientcoach", "", heads(), ["'(- *)--version[Print the version.]'"])
    for group, tails in groups().items():
        lines += ["", *_chooser(f"__clientcoach_{group}", group, tails, list(_specs(group)) if group in VERBS else [])]
    for verb in VERBS:
        if verb not in groups():  # those are choosers with options
            lines += ["", *_verb(verb)]
    return "\n".join([*lines, *_END.splitlines(), ""])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _inner(text: str) -> str:
    """Text inside a specification of `_arguments`."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")


def _chooser(function: str, group: str, words: Mapping[str, str], more: list[str]) -> Iterator[str]:
    """A function that completes a word and hands over to the function of that word."""
    yield f"{function}() {{"
    yield from ("    local curcontext=$curcontext state line ret=1", "    local -a words_here")
    yield "    words_here=(" + " ".join(_quoted(f"{word}:{help_}") for word, help_ in words.items()) + ")"
    options = " ".join(["'(- *)'{-h,--help}'[Show help.]'", *more])
    yield f"    _arguments -C {options} '1: :->word' '*:: :->rest' && ret=0"
    yield "    case $state in"
    yield f"        word) _describe -t commands {_quoted((group + ' command').strip())} words_here && ret=0 ;;"
    prefix = f"__clientcoach_{group}_" if group else "__clientcoach_"
    yield f"        rest) (( $+functions[{prefix}$line[1]] )) && {prefix}$line[1] && ret=0 ;;"
    yield from ("    esac", "    return ret", "}")


def _verb(verb: str) -> Iterator[str]:
    yield f"__clientcoach_{verb.replace(' ', '_')}() {{"
    specs = list(_specs(verb))
    yield "    _arguments -s -S \\" if specs else "    _arguments \\"
    yield from (f"        {spec} \\" for spec in specs)
    yield from ("        '(- *)'{-h,--help}'[Show help.]'", "}")


def _specs(verb: str) -> Iterator[str]:
    for name, option in VERBS[verb]["options"].items():
        names = option["flags"]
        if not names:
            continue
        repeat = "*" if option.get("many") else ""
        told = f"[{_inner(option['help'])}]"
        value = "" if option.get("switch") else f":{_inner(option['metavar'])}:{_action(verb, name, option)}"
        if len(names) == 1:
            yield _quoted(f"{repeat}{names[0]}{told}{value}")
        else:
            yield f"'({' '.join(names)})'{{{','.join(names)}}}{_quoted(told + value)}"
    for number, (name, option) in enumerate(places(verb), 1):
        start = "*" if option.get("many") else f"{number}" if option.get("required") else f"{number}:"
        yield _quoted(f"{start}:{_inner(option['metavar'].strip('[]'))}:{_action(verb, name, option)}")


def _action(verb: str, name: str, option: Mapping[str, Any]) -> str:
    found = answer(name, option)
    if found == ASK:
        return " ".join(["", "__clientcoach_ask", verb, *option["flags"][:1]])
    return {FILE: "_files", NONE: " "}.get(found, f"({found})")
