"""What a call shows once it is over, as words: the lines of the debrief; behind keys the scorecard, the curves, par and what if.

A chart is at most 40 columns wide and says all in figures too: who cannot tell colours or lengths apart reads it.
"""

from __future__ import annotations

from textwrap import shorten

from clientcoach.case.text import safe
from clientcoach.views.messages import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    Json = Mapping[str, Any]

QUOTED = 140  # characters of a turn; the whole of it is in the transcript
BAR, FULL = 12, 100
BLOCK = "█"
CURVES = ("anger", "trust")


def lines(debrief: Json, better: Json | None, next_: Json | None, words: Json, strings: Json) -> list[str]:
    """The debrief (`drill.debrief`) in six lines at most: how it ended, what was done well, what made it harder and why, what to say
    there, what to practise next.

    `better`: {text} of a phrase, else the persona's own line stands in; `next_`: {rule, days} until it comes again, where that is known;
    `words`: what acts and rules are called. Nothing of them is wrapped.
    """
    found = [_ended(debrief, strings)]
    if debrief["done_well"]:
        rule = words["rules"][debrief["done_well"]["rule"]]["name"]
        found.append(word(strings, "debrief.done_well", rule=rule, **_quote(debrief["done_well"], words)))
    if debrief["costliest"]:
        found += [word(strings, "debrief.costliest", **_quote(debrief["costliest"], words)), why(debrief["costliest"], words, strings)]
        found.append(word(strings, "debrief.instead", text=_short((better or {}).get("text") or debrief["instead_said"])))
    return [*found, _next(debrief, next_, words, strings)]


def _ended(debrief: Json, strings: Json) -> str:
    """How it ended, and apart from that how much of the trainee's part was done."""
    outcome = debrief["outcome"]
    how = word(strings, f"debrief.ended_{outcome['end']}", turns=outcome["turns"])
    return f"{how} {_process(debrief, strings)}"


def _process(debrief: Json, strings: Json) -> str:
    key = "debrief.process_capped" if debrief["critical"] else "debrief.process"
    return word(strings, key, process=debrief["process"], turns=debrief["critical"])


def _quote(turn: Json, words: Json) -> dict[str, Any]:
    return {"turn": turn["turn"], "said": _short(turn["said"] or acts_of(turn["acts"], words))}


def _short(text: str) -> str:
    return shorten(safe(text), QUOTED, placeholder=" …")


def acts_of(names: Sequence[str], words: Json) -> str:
    """What acts are called: read-back + offer."""
    return " + ".join(words["acts"][name] for name in names)


def why(turn: Json, words: Json, strings: Json) -> str:
    """The reason of the rule that a turn ({rule, evidence}) went against, with the numbers of its evidence where it has some."""
    reason = words["rules"][turn["rule"]]["why"]
    return word(strings, "debrief.evidence", why=reason, evidence=turn["evidence"]) if turn["evidence"] else safe(reason)


def _next(debrief: Json, next_: Json | None, words: Json, strings: Json) -> str:
    if debrief["rule"] is None:
        return word(strings, "debrief.all_kept")
    rule = words["rules"][debrief["rule"]]
    told = {"rule": rule["name"], "tip": rule["tip"]}
    return word(strings, "debrief.next_in", days=next_["days"], **told) if next_ else word(strings, "debrief.next", **told)


def scorecard(debrief: Json, words: Json, strings: Json) -> str:
    """Each rule with what came of it and the turn that shows it; the points of the process; apart from them how the call ended."""
    rows = [
        (word(strings, f"debrief.{told['mark']}"), told["turn"], words["rules"][name]["name"]) for name, told in debrief["marks"].items()
    ]
    size = max(len(mark) for mark, _, _ in rows)
    found = [f"{mark.ljust(size)}  {turn or '':>2}  {safe(name)}" for mark, turn, name in rows]
    return "".join(f"{line}\n" for line in [*found, "", _process(debrief, strings), *_outcome(debrief, strings)])


def _outcome(debrief: Json, strings: Json) -> Iterator[str]:
    told = debrief["outcome"]
    yield word(strings, f"debrief.ended_{told['end']}", turns=told["turns"])
    yield word(strings, "debrief.reached", peak=told["peak"], anger=told["anger"], trust=told["trust"])
    softened = told["softening"]
    yield word(strings, "debrief.softened", turn=softened) if softened else word(strings, "debrief.not_softened")
    yield word(strings, "debrief.promises", count=told["promises"])
    if told["avoidable"]:
        yield word(strings, "debrief.avoidable", names=[event_name(name, strings) for name in told["avoidable"]])


def event_name(kind: str, strings: Json) -> str:
    """What the customer did, in the worker's words."""
    return word(strings, "debrief.hang_up" if kind == "hang_up" else f"kind.{kind}")


def par(debrief: Json, strings: Json) -> str:
    """The reference with the same customer beside what was reached."""
    told = {"par": debrief["par"], "yours": debrief["outcome"]}
    return "".join(f"{word(strings, f'debrief.{name}', result=_result(one, strings))}\n" for name, one in told.items())


def _result(told: Json, strings: Json) -> str:
    return word(
        strings, "debrief.result", end=word(strings, f"drill.{told['end']}"), turns=told["turns"], trust=told["trust"], anger=told["anger"]
    )


def curves(told: Json, strings: Json, block: str = BLOCK) -> str:
    """Anger and trust ({anger: […], trust: […]}), as the call began and after each turn: a row for each."""
    return "".join(f"{line}\n" for line in _chart(told, CURVES, [word(strings, f"debrief.{name}") for name in CURVES], block))


def compared(debrief: Json, other: Json, turn: int, strings: Json, block: str = BLOCK) -> str:
    """The curves beside those of another course of the call (`drill.what_if`: {curves, end}) that parts from it in `turn`."""
    heads = [word(strings, "debrief.as_it_was"), word(strings, "debrief.what_if")]
    found: list[str] = []
    for name in CURVES:
        pair = {"was": debrief["curves"][name], "would": other["curves"][name]}
        found += [word(strings, f"debrief.{name}"), *_chart(pair, ("was", "would"), heads, block, turn), ""]
    ends = {"was": _end(debrief["outcome"]["end"], strings), "would": _end(other["end"], strings)}
    return "".join(f"{line}\n" for line in [*found, word(strings, "debrief.ends", **ends)])


def _end(end: str, strings: Json) -> str:
    return word(strings, f"drill.{end}" if end else "debrief.broken_off")


def _chart(told: Json, names: Sequence[str], heads: Sequence[str], block: str, mark: int = 0) -> Iterator[str]:
    room = BAR + len(" 100")
    yield "     " + "  ".join(head[:room].ljust(room) for head in heads).rstrip()
    for turn in range(max(len(told[name]) for name in names)):
        cells = (_cell(told[name][turn] if turn < len(told[name]) else None, block) for name in names)
        yield f"{'>' if turn == mark > 0 else ' '}{turn:>2}  {'  '.join(cells)}".rstrip()


def _cell(number: int | None, block: str) -> str:
    if number is None:  # this call was over before
        return " " * (BAR + len(" 100"))
    return f"{(block * ((number * BAR + FULL // 2) // FULL)).ljust(BAR)} {number:>3}"
