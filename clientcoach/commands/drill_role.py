"""`drill role`: the card for somebody who plays the customer, to be printed."""

from __future__ import annotations

from clientcoach.commands import Result
from clientcoach.commands.session import Session
from clientcoach.content import library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from clientcoach.env import Env

    Json = Mapping[str, Any]

MOST = 6  # acts that anger, and acts that soften: more is not kept in mind while playing
ANGERS, SOFTENS = 6, -5  # points from which an act is told


def run_role(values: Mapping[str, Any], env: Env) -> Result:
    """The card: the customer's words in `--lang`, what is told about them in `--ui`. Raises UsageError, ContentError, StorageError."""
    session = Session(values, env)
    case = session.case()
    ui = session.ui(case)
    persona = library.persona(session.places, values["name"], session.lang(case))
    model, words = library.drill_model(session.places), library.drill_words(session.places, ui)
    data = {"ui": ui, **_about(persona), **_moved(model, words["acts"])}
    result = Result("stream", None)
    result.notes = lambda _style: session.warned()
    result.lines = [_page(values.get("format", "text"), data, session.strings(ui))]
    if values.get("out"):
        from clientcoach.outfile import write

        write(values["out"], result.lines)
        result.lines = ()
    return result


def _page(style: str, data: Json, strings: Json) -> str:
    from clientcoach.views import drill_role

    return {"text": drill_role.text, "markdown": drill_role.markdown, "html": drill_role.html}[style](data, strings)


def _about(persona: Json) -> dict[str, Any]:
    """Who it is, and all that they say."""
    texts, card = persona["texts"], persona["card"]
    told = zip(card["facts"].items(), texts["facts"][1:], texts["ask"][1:], strict=True)
    numbers = {name: number for number, name in enumerate(card["facts"], 1)}
    facts = [{**fact, "text": text, "ask": ask, "after": numbers.get(fact.get("after", ""), 0)} for (_, fact), text, ask in told]
    return {
        **{name: persona[name] for name in ("name", "lang", "title", "who", "may", "opt_in")},
        **{name: card[name] for name in ("style", "needs", "legitimacy")},
        "customer": persona["case"]["customer"],
        **{name: texts[name] for name in ("opening", "story", "wants")},
        "facts": facts,
        "events": [{"turn": turn, "kind": kind, "text": _first(texts["events"][kind])} for kind, turn in _in_order(card["events"])],
        "softening": _first(texts["events"]["softening"]),
        "settled": _first(texts["ends"]["settled"]),
        "handed_over": _first(texts["ends"]["handed_over"]),
        "hang_up": _first(texts["events"]["hang_up"], "furious"),
    }


def _in_order(events: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(events.items(), key=lambda event: event[1])


def _first(bands: Mapping[str, list[list[str]]], band: str = "irritated") -> str:
    """A line: an own one where there is one."""
    return next((line for layer in bands[band] for line in layer), "")


def _moved(model: Json, names: Mapping[str, str]) -> dict[str, list[str]]:
    """What angers and what softens by the model, the strongest first."""
    anger = {act: [line["anger"] for line in model["acts"][act]] for act in names}
    worst = sorted((act for act in anger if min(anger[act]) >= ANGERS), key=lambda act: -min(anger[act]))
    best = sorted((act for act in anger if min(anger[act]) <= SOFTENS), key=lambda act: min(anger[act]))
    kind = [act for act in best if act not in _bought(model)]
    return {"angers": _named(worst[:MOST], names), "softens": _named(kind[:MOST], names)}


def _bought(model: Json) -> set[str]:
    """What softens now and comes back, or is no kindness but an answer to abuse."""
    return {*model["score"]["critical"]["acts"], "boundary", "safety"}


def _named(acts: Iterable[str], names: Mapping[str, str]) -> list[str]:
    return [names[act] for act in acts]
