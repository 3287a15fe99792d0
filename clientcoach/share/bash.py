"""The completion script for bash, also the 3.2 of macOS."""

from __future__ import annotations

from clientcoach.options import VERBS
from clientcoach.share.words import HEAD, answer, flags, groups, heads, places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_FUNCTIONS = r"""
__clientcoach_offer() { # the WORDS that begin with what is typed
    local word
    for word in "$@"; do
        [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
    done
}

__clientcoach_files() {
    local word
    compopt -o filenames 2>/dev/null
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
}

__clientcoach_answer() { # WORDS or @ask or @file; then what to ask
    local word
    case "$1" in
        @ask)
            while IFS= read -r word; do
                [[ $word == -* ]] || __clientcoach_offer "$word"
            done < <("${program/#\~\//$HOME/}" complete "${@:2}" 2>/dev/null)
            ;;
        @file) __clientcoach_files ;;
        @none) ;;
        *) __clientcoach_offer $1 ;;
    esac
}

__clientcoach() {
    local program=$1 cur=${COMP_WORDS[COMP_CWORD]} verb='' flag='' place=0 skip='' at word
    COMPREPLY=()
    [[ $cur == = ]] && cur=''
    for ((at = 1; at < COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        if [[ $word == = ]]; then
            continue
        elif [[ -n $skip ]]; then
            skip=''
        elif [[ -z $verb || (" $groups " == *" $verb "* && $word != -*) ]]; then
            verb="${verb:+$verb }$word"
        elif [[ $word == -?* ]]; then
            __clientcoach_is_switch "$word" || { skip=1; flag=$word; }
        else
            place=$((place + 1))
        fi
    done
    if [[ -n $skip ]]; then
        __clientcoach_answer "$(__clientcoach_value "$verb" "$flag")" $verb "$flag"
    elif [[ $cur == -* ]]; then
        __clientcoach_offer $(__clientcoach_flags "$verb") -h --help
    else
        __clientcoach_answer "$(__clientcoach_value "$verb" "$place")" $verb
    fi
}

complete -F __clientcoach clientcoach
"""


def script() -> str:
    """The whole script."""
    body = _FUNCTIONS.replace('" $groups "', f'" {" ".join(groups())} "')
    return "\n".join([HEAD.format("bash"), "", *_flags(), "", *_switches(), "", *_values()]) + "\n" + body


def _flags() -> Iterator[str]:
    yield from ("__clientcoach_flags() { # VERB", '    case "$1" in')
    yield "        '') echo --version ;;"
    for verb in VERBS:
        words = " ".join(flag for flag, _, _ in flags(verb))
        if words:
            yield f"        '{verb}') echo {words} ;;"
    yield from ("    esac", "}")


def _switches() -> Iterator[str]:
    found = {flag: None for verb in VERBS for flag, _, option in flags(verb) if option.get("switch")}
    yield "__clientcoach_is_switch() { # a FLAG without a value, or one with its value after `=`"
    yield f'    [[ $1 == *=* || " {" ".join([*found, "-h", "--help", "--version"])} " == *" $1 "* ]]'
    yield "}"


def _values() -> Iterator[str]:
    """One line an answer; a flag with the same answer in every verb is told once."""
    by_flag: dict[str, dict[str, str]] = {}
    for verb in VERBS:
        for flag, name, option in flags(verb):
            if not option.get("switch"):
                by_flag.setdefault(flag, {})[verb] = answer(name, option)
    lines: dict[str, list[str]] = {}
    for flag, answers in by_flag.items():
        same = len(set(answers.values())) == 1
        for verb, told in ({"*": next(iter(answers.values()))} if same else answers).items():
            lines.setdefault(told, []).append(f"*:{flag}" if verb == "*" else f"'{verb}':{flag}")
    lines.setdefault(" ".join(heads()), []).append("'':0")
    for head, tails in groups().items():
        lines.setdefault(" ".join(tails), []).append(f"'{head}':0")
    for verb in VERBS:
        for number, (name, option) in enumerate(places(verb)):
            lines.setdefault(answer(name, option), []).append(f"'{verb}':{number}")
    lines.pop("@none", None)
    yield "__clientcoach_value() { # VERB, and a FLAG or the number of a place: the words that can stand there"
    yield '    case "$1:$2" in'
    for told, patterns in lines.items():
        yield f"        {' | '.join(patterns)}) echo '{told}' ;;"
    yield from ("        *) echo @none ;;", "    esac", "}")
