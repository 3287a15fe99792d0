"""`drill cards`: phrases to recall, read in one language and said aloud in another."""

from __future__ import annotations

from textwrap import wrap

from clientcoach.case.read import read_field, whole
from clientcoach.coach.choose import sayable
from clientcoach.coach.script import label_of
from clientcoach.commands import Result
from clientcoach.commands.drill_replay import columns
from clientcoach.commands.session import Session
from clientcoach.drill.recall import drawn
from clientcoach.errors import Cancelled, NeedsTerminal, UsageError
from clientcoach.views.messages import sentence, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.coach.script import Desk
    from clientcoach.coach.shapes import Phrase
    from clientcoach.commands.drill_hands import Asker
    from clientcoach.env import Env

    Card = dict[str, str]

COUNT, MOST = 10, 100
MOST_SEED = 2**31 - 1


def run_cards(values: Mapping[str, Any], env: Env) -> Result:
    """drill-cards@1 with `--json`; else the cards one after another. Raises UsageError, ContentError, NeedsTerminal."""
    session = Session(values, env)
    case = session.case()
    langs = read_field("lang", values.get("source") or session.ui(case)), read_field("lang", values.get("to") or session.lang(case))
    if langs[0] == langs[1]:
        raise UsageError("not_together", names=[f"--from {langs[0]}", f"--to {langs[1]}"])
    count = whole("--count", values.get("count", COUNT), 1, MOST)
    listed = bool(values.get("json")) or values.get("format") == "json"
    seed = whole("--seed", values.get("seed", 0 if listed else session.day.replace("-", "")), 0, MOST_SEED)
    cards = drawn(list(_cards(*(session.desk({**case, "lang": lang}, lang) for lang in langs))), count, seed)
    if listed:
        data = {"schema": "clientcoach/drill-cards@1", "from": langs[0], "to": langs[1], "seed": seed, "cards": cards}
        return Result("drill_cards", data)
    if values.get("no_input") or not env.is_terminal("stdin"):
        raise NeedsTerminal("needs_terminal")
    return _asked(session, cards)


def _cards(shown: Desk, wanted: Desk) -> Iterator[Card]:
    """The phrases that can be said whatever is known, in both languages; each pair of texts once. `about`: what the phrase is for."""
    seen = set()
    for key, phrases in shown.playbook["phrases"].items():
        others = {phrase["id"]: phrase for phrase in wanted.playbook["phrases"].get(key, ())}
        for phrase in phrases:
            other = others.get(phrase["id"])
            if other is None or not (_plain(shown, phrase) and _plain(wanted, other)):
                continue
            texts = shown.line(key, phrase, "say")["text"], wanted.line(key, other, "say")["text"]
            if texts not in seen and not any(text.endswith(":") for text in texts):  # which only lead on to what is offered
                seen.add(texts)
                label = label_of(shown.playbook, key.partition(".")[2], shown)
                yield {"id": phrase["id"], "about": label, "shown": texts[0], "wanted": texts[1]}


def _plain(desk: Desk, phrase: Phrase) -> bool:
    return sayable(phrase["forms"]["say"], desk.values)


def _asked(session: Session, cards: list[Card]) -> Result:
    """A card: its text, by Enter the answer, then whether it was had; at the end those that were not."""
    env, strings = session.env, session.strings(session.ui())
    result = Result("stream", None)
    result.lines = _through(env, cards, strings, result)
    return result


def _through(env: Env, cards: list[Card], strings: Mapping[str, Any], result: Result) -> Iterator[str]:
    asker, width = _asker(env), columns(env)
    missed = []
    yield _lines([word(strings, "drill.cards_begin")], width)
    try:
        for number, card in enumerate(cards, 1):
            yield "\n" + _lines([f"{number}/{len(cards)}  [{card['about']}] {card['shown']}"], width)
            asker.pick("", [("show", "1", word(strings, "drill.cards_show"))])
            yield _lines([card["wanted"]], width, "      ")
            answers = [(value, key, f"{key}) {word(strings, f'drill.cards_{value}')}") for key, value in (("1", "right"), ("2", "wrong"))]
            if asker.pick("", answers) == "wrong":
                missed.append(card)
    except EOFError:
        result.exit_code = Cancelled.exit_code
        if env.stderr is not None:
            env.stderr.write(f"{sentence(Cancelled(), strings)}\n")
        return
    yield "\n" + _lines([word(strings, "drill.cards_end", right=len(cards) - len(missed), count=len(cards))], width)
    if missed:
        yield _lines([word(strings, "drill.cards_missed")], width)
        yield _lines([text for card in missed for text in (card["shown"], card["wanted"], "")], width, "  ")


def _lines(texts: list[str], width: int, indent: str = "") -> str:
    """Whole words on lines of a terminal's width; as they are where there is none."""
    if not width:
        return "".join(f"{indent}{text}".rstrip() + "\n" for text in texts)
    broken = (wrap(text, width, initial_indent=indent, subsequent_indent=indent) or [""] for text in texts)
    return "".join(f"{line}\n" for lines in broken for line in lines)


def _asker(env: Env) -> Asker:
    screen = env.screen()
    if screen is not None:
        from clientcoach.asking.prompts import Lists

        return Lists(screen)
    from clientcoach.asking.plain import Plain

    stdin, beside = env.stdin, env.stderr
    if stdin is None or beside is None:
        raise NeedsTerminal("needs_terminal")
    return Plain(stdin, beside)
