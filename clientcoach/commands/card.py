"""`card`: a playbook on one page, to be printed and kept in sight: each step with three lines, what to leave unsaid, the keys."""

from __future__ import annotations

from clientcoach.asking.keys import letter
from clientcoach.asking.sight import COMMANDS, NAMED
from clientcoach.case.read import read_field
from clientcoach.coach.choose import sayable
from clientcoach.coach.facts import possible
from clientcoach.coach.script import NEEDS_OFFERS, advice, label_of
from clientcoach.commands import Result
from clientcoach.commands.session import Session
from clientcoach.errors import UsageError
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.coach.script import Desk
    from clientcoach.coach.shapes import Phrase
    from clientcoach.env import Env

    Chosen = list[tuple[str, Phrase]]  # (part, phrase)

LINES = 3  # of a step, and quotations of what to leave unsaid: more is read by nobody while somebody shouts
ON_A_CARD = 24  # lines of all steps together: a playbook of many steps has fewer in each
STEP_KEYS = "qwert"


def run(values: Mapping[str, Any], env: Env) -> Result:
    """The page in one language, or in two side by side. Raises UsageError, StorageError."""
    session = Session(values, env)
    case = session.case()
    langs = [session.lang(case)]
    if values.get("beside"):
        langs.append(read_field("lang", values["beside"]))
    if len(set(langs)) < len(langs):
        raise UsageError("not_together", names=[f"--lang {langs[0]}", f"--beside {langs[1]}"])
    desks = [session.desk({**case, "lang": lang}, lang) for lang in langs]
    ui = session.ui(case)
    data = {"playbook": desks[0].playbook["name"], "langs": langs, "steps": list(_steps(desks)), "keys": _keys(session.strings(ui), ui)}
    result = Result("stream", None)
    result.lines = [_page(values.get("format", "html"), data, {lang: session.strings(lang) for lang in langs})]
    if values.get("out"):
        from clientcoach.outfile import write

        write(values["out"], result.lines)
        result.lines = ()
    return result


def _page(style: str, data: Mapping[str, Any], strings: Mapping[str, Mapping[str, Any]]) -> str:
    from clientcoach.views import card

    return card.markdown(data, strings) if style == "markdown" else card.html(data, strings)


def _steps(desks: list[Desk]) -> Iterator[dict[str, Any]]:
    """Each step with its texts by language, in the order of the desks."""
    steps = desks[0].playbook["steps"]
    most = max(1, min(LINES, ON_A_CARD // len(steps)))
    for number, (step, parts) in enumerate(steps, 1):
        told = [advice(desk, desk.playbook, step) for desk in desks]
        yield {
            "number": number,
            "title": [one["title"] for one in told],
            "lines": [_line(step, part, phrase, desks) for part, phrase in _chosen(desks[0], step, parts, most)],
            "avoid": [[quote["text"] for quote in one["avoid"][:most]] for one in told],
        }


def _chosen(desk: Desk, step: str, parts: list[str], most: int) -> Chosen:
    """The best line of each part that any case may come to; where there are few parts, their next lines."""
    keys = ((part, f"{step}.{part}") for part in parts)
    open_parts = [(part, key) for part, key in keys if possible(desk.playbook["parts"].get(key, {}), desk.facts)]
    ranked = [(part, found) for part, key in open_parts if (found := desk.ranked(key))]
    best = sorted(
        ranked, key=lambda one: f"{step}.{one[0]}" in NEEDS_OFFERS and one[0] != "options"
    )  # the others depend on what is offered
    turns = max((len(found) for _, found in best), default=0)
    lines = [(part, found[turn]) for turn in range(turns) for part, found in best if turn < len(found)][:most]
    return sorted(lines, key=lambda one: parts.index(one[0]))


def _line(step: str, part: str, phrase: Phrase, desks: list[Desk]) -> dict[str, list[str]]:
    """The same phrase in every language; where it cannot be said in one, the best of its part."""
    key = f"{step}.{part}"
    texts = []
    for desk in desks:
        same = [one for one in desk.playbook["phrases"][key] if one["id"] == phrase["id"] and sayable(one["forms"]["say"], desk.values)]
        texts.append(desk.line(key, (same or desk.ranked(key))[0])["text"])
    return {"label": [label_of(desk.playbook, part, desk) for desk in desks], "text": texts}


def _keys(strings: Mapping[str, Any], ui: str) -> list[tuple[str, str]]:
    """The keys of the live call as the worker's keyboard prints them."""
    named = [(word(strings, f"key.{key}"), name) for key, name in NAMED.items()]
    steps = [(" ".join(letter(key, ui) for key in STEP_KEYS), "steps")]
    others = [("".join(letter(key, ui) for key in keys), name) for keys, name in COMMANDS]
    return [(key, word(strings, f"key.{name}")) for key, name in (*named, *steps, *others)]
