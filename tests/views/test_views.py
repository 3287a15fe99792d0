"""Messages, plain text and call lines, without a command around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.asking.typed import KEYS, TAKES, Typed, latin
from clientcoach.coach.actions import ACTIONS
from clientcoach.coach.turns import KINDS
from clientcoach.errors import ContentError, UsageError
from clientcoach.views import render
from clientcoach.views.lines import happened, notes
from clientcoach.views.messages import sentence, word
from tests.support import LANGS, do

if TYPE_CHECKING:
    from tests.support import Place

SCRIPT: dict[str, Any] = {
    "playbook": "p", "lang": "en", "missing": ["order"], "warnings": ["deadline_past"],
    "steps": [{"step": "propose", "number": 4, "title": "T", "say": [{"id": "a", "part": "options", "text": "Say this.", "label": "lead in"}, {"id": "b", "part": "x", "text": "And this.", "label": ""}], "ask": ["Why?"], "notes": ["Breathe."],
               "avoid": [{"text": "No.", "why": "Rude."}], "offers": [{"id": "o", "kind": "k", "text": "Mine.", "needs_lead": False}, {"id": "l", "kind": "k", "text": "Lead’s.", "needs_lead": True}]}],
}  # fmt: skip
STRINGS: dict[str, Any] = {
    "label.ask": ["Ask:"],
    "label.lead": ["Lead:"],
    "label.notes": ["Mind:"],
    "label.avoid": ["Avoid:"],
    "label.missing": ["Missing: ", ["v", "fields"]],
    "field.order": ["order number"],
    "warning.deadline_past": ["Past!"],
}


def test_text_in_full() -> None:
    assert render("script", SCRIPT, "text", STRINGS) == (
        "4. T\n   [lead in] Say this.\n     - Mine.\n   And this.\n   Ask:\n     - Why?\n   Lead:\n     - Lead’s.\n   Mind:\n     - Breathe.\n   Avoid:\n     - No. — Rude.\n"
    )


def test_only_what_is_said_aloud_is_marked() -> None:
    painted = render("script", SCRIPT, "text", STRINGS, paint=True)
    assert painted.count("\x1b[1m") == painted.count("\x1b[0m") == 2
    assert painted.replace("\x1b[1m", "").replace("\x1b[0m", "") == render("script", SCRIPT, "text", STRINGS)


def test_markdown_in_full() -> None:
    out = render("script", SCRIPT, "markdown", STRINGS)
    assert [line for line in out.splitlines() if line] == [
        "## 4. T",
        "*lead in*",
        "> Say this.",
        "> - Mine.",
        "> And this.",
        "**Ask:**",
        "- Why?",
        "**Lead:**",
        "- Lead’s.",
        "**Mind:**",
        "- Breathe.",
        "**Avoid:**",
        "- No. — Rude.",
        "Missing: order number",
        "Past\\!" if "\\!" in out else "Past!",
    ]


def test_an_unknown_key_is_still_told() -> None:
    assert word({}, "error.x", a=1) == "error.x {'a': 1}"
    assert word({}, "label.x") == "label.x"


@pytest.mark.parametrize("value", ["a\x1b[31mb", "a\u202eb", "a\ud800b"])
def test_what_is_quoted_in_a_message_is_harmless(value: str) -> None:
    told = word({"m": ["<", ["v", "x"], ">"]}, "m", x=value)
    assert told.encode()
    assert not set(told) & {"\x1b", "\u202e"}


@pytest.mark.parametrize("lang", LANGS)
def test_near_names_come_last(at: Place, lang: str) -> None:
    strings = at.session().strings(lang)
    told = sentence(UsageError("unknown_value", field="cause", value="x", near=["delivery"], choices=["delivery"]), strings)
    assert told.endswith(word(strings, "error.near", names=["delivery"]))
    assert "1" in sentence(ContentError([{}]), strings)


def test_a_catalogue_counts_in_its_language(at: Place) -> None:
    strings = at.session().strings("ru")
    told = {count: word(strings, "label.lint", errors=count, warnings=0, files=9, examples=0) for count in (1, 2, 5, 21)}
    assert len({text.replace(str(count), "N") for count, text in told.items()}) == 3, "1 and 21 are one form"


# the plain call ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_every_event_has_its_line(at: Place, lang: str) -> None:
    call, strings = at.call({"cause": "delivery", "verified": True}, lang), at.session().strings(lang)
    for action in ("next", {"do": "anger", "to": 3}, {"do": "interrupt", "kind": "threat"}, "return", {"do": "offer", "id": "free_service", "answer": "accepted"}, {"do": "offer", "id": "pickup", "answer": "accepted"},
                   {"do": "promise", "what": "x y", "by": "2026-11-20"}, {"do": "hold"}, "return", "end", "end"):  # fmt: skip
        told = happened(do(call, action), call, strings)
        assert told.strip()
        assert not any(key in told for key in ("call.", "label.", "step.", "outcome.", "{", "None"))
    assert notes(at.call(None, lang), strings).startswith("  - ")


def test_the_options_are_listed_under_their_line(at: Place) -> None:
    call, strings = at.call({"cause": "delivery", "verified": True}), at.session().strings("en")
    do(call, {"do": "go", "step": "propose"})
    told = happened([], call, strings)
    assert told.count("    - ") == len([offer for offer in call.offers() if not offer["needs_lead"]])


# typed lines and files of answers ---------------------------------------------------------------------------------------------------

TYPED = Typed(["pickup", "new_slot"], 5, ["en", "ru", "kk"])


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("\n", {"do": "next"}), (" \n", {"do": "another"}), ("back\n", {"do": "back"}), ("u", {"do": "back"}), ("г", {"do": "back"}), ("Q", {"do": "go", "step": "listen"}), ("е", {"do": "go", "step": "follow_up"}),
        ("f order=4471", {"do": "fact", "set": {"order": "4471"}}), ("f customer-gender = f", {"do": "fact", "set": {"customer_gender": "f"}}), ("f order=", {"do": "fact", "set": {"order": None}}), ("fact a=b=c", {"do": "fact", "set": {"a": "b=c"}}),
        ("x 1", {"do": "interrupt", "kind": KINDS[0]}), ("x tears", {"do": "interrupt", "kind": "tears"}), ("ч 2", {"do": "interrupt", "kind": KINDS[1]}), ("xx", {"do": "interrupt", "kind": "threat"}), ("чч", {"do": "interrupt", "kind": "threat"}),
        ("g 2", {"do": "offer", "id": "new_slot", "answer": "accepted"}), ("g pickup no", {"do": "offer", "id": "pickup", "answer": "refused"}), ("g 1 нет", {"do": "offer", "id": "pickup", "answer": "refused"}),
        ("j call the depot / 16:00", {"do": "promise", "what": "call the depot", "by": "16:00"}), ("j a / b / 2h", {"do": "promise", "what": "a / b", "by": "2h"}), ("l", {"do": "language", "lang": "ru"}), ("l pl", {"do": "language", "lang": "pl"}),
        ("c", {"do": "hold", "for": "2m"}), ("c 5m", {"do": "hold", "for": "5m"}), ("v", {"do": "anger", "to": 3}), ("b", {"do": "anger", "to": 7}), ("h", {"do": "help"}), ("help", {"do": "help"}), ("p Order 4471 is late", {"do": "message", "text": "Order 4471 is late"}), ("з Где?", {"do": "message", "text": "Где?"}),
    ],
)  # fmt: skip
def test_typed_lines(line: str, action: dict[str, Any]) -> None:
    assert TYPED.action(line) == action


@pytest.mark.parametrize("line", ["zz", "q q", "f order", "x", "g", "1", "²", "[red]"])
def test_lines_that_are_no_keys(line: str) -> None:
    with pytest.raises(UsageError):
        TYPED.action(line)


@pytest.mark.parametrize("line", ["x ²", "x 99", "g 0"])
def test_a_number_beyond_the_list_is_left_to_the_call(at: Place, line: str) -> None:
    with pytest.raises(UsageError):
        at.call().act(TYPED.action(line))


def test_anger_stays_in_its_bounds() -> None:
    assert Typed([], 1, ["en"]).action("v") == {"do": "anger", "to": 0}
    assert Typed([], 9, ["en"]).action("b") == {"do": "anger", "to": 10}
    assert Typed([], None, ["en"]).action("b")["to"] > 5


def test_keys_are_actions_and_no_two_are_one() -> None:
    assert {action["do"] for action in KEYS.values()} <= set(ACTIONS)
    assert not set(KEYS) & set(TAKES)
    assert latin("ФЫВАПРОЛД") == "asdfghjkl"


def test_a_packs_own_fact_is_missing_by_its_name() -> None:
    assert "Missing: order number, tariff\n" in render("script", {**SCRIPT, "missing": ["order", "tariff"]}, "markdown", STRINGS)
