"""What is kept of a drill: the acts, how it went, what came of each rule (drill-result@1). Who, where and when is given by the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientcoach.drill.score import KEPT, PARTLY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clientcoach.drill.talk import Talk

SCHEMA = "clientcoach/drill-result@1"
GIVEN = ("rule", "lesson", "session", "label")  # null where the drill had none


def result(talk: Talk, debrief: Mapping[str, Any], *, id: str, at: str, **more: str | int | None) -> dict[str, Any]:  # noqa: A002 - the field's name
    """The result of a call that has ended. `id` and `at` (UTC, ISO, seconds) from `records.ids`; `more`: of GIVEN, what there is.

    What was said is as it was typed: `records.drills.keep` masks it.
    """
    marks = {rule: told["mark"] for rule, told in debrief["marks"].items()}
    return {
        "schema": SCHEMA,
        "id": id,
        "at": at,
        "persona": talk.persona["name"],
        "lang": talk.persona["lang"],
        "seed": talk.seed,
        "call": 2 if talk.again else 1,
        "acts": [list(one.acts) for one in talk.rounds],
        "said": [one.said for one in talk.rounds],
        "end": talk.state.end,
        "turns": talk.state.turn,
        "anger": talk.curve("anger"),
        "trust": talk.curve("trust"),
        "marks": marks,
        "process": debrief["process"],
        "critical": bool(debrief["critical"]),
        "prompted": list(_prompted(talk, debrief)),
        **{name: more.get(name) for name in GIVEN},
    }


def _prompted(talk: Talk, debrief: Mapping[str, Any]) -> Iterator[str]:
    """The rules that were kept in a turn for which a hint was asked: done with help is not yet known."""
    aided = {one.turn for one in talk.rounds if one.aided}
    yield from (rule for rule, told in debrief["marks"].items() if told["turn"] in aided and told["mark"] in {KEPT, PARTLY})
